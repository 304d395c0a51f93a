// Package count counts texts as the places count them where they are posted: each platform has its own
// idea of how long a text is, and cuts or refuses what is longer.
//
// A unit is one such idea. Its source is in the comment beside it. If a platform does not document its
// own, the unit is the most careful one that people who post there report; docs/copies.md says which.
package count

import (
	"regexp"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/rivo/uniseg"
	"golang.org/x/text/unicode/norm"
)

// Unit is a way to count.
type Unit string

// The units.
const (
	UTF16      Unit = "utf-16"      // as JavaScript, Java and Objective-C count: an emoji is two or more
	CodePoints Unit = "code-points" // of Unicode
	Graphemes  Unit = "graphemes"   // what a reader sees as one (Unicode Standard Annex 29)
	Bytes      Unit = "bytes"       // of UTF-8
	Half       Unit = "half"        // two ASCII characters are one; rounded up
	Weibo      Unit = "weibo"       // the same up to U+00FF, and a link is ten
	X          Unit = "x"           // weighted, and a link is 23
	Mastodon   Unit = "mastodon"    // graphemes, and a link is 23
	Threads    Unit = "threads"     // code points, and of an emoji the bytes
	SMS        Unit = "sms"         // segments of short messages
)

// Units returns all units.
func Units() []Unit {
	return []Unit{UTF16, CodePoints, Graphemes, Bytes, Half, Weibo, X, Mastodon, Threads, SMS}
}

// Of counts a text.
func (u Unit) Of(text string) int {
	switch u {
	case CodePoints:
		return utf8.RuneCountInString(text)
	case Graphemes:
		return uniseg.GraphemeClusterCount(text)
	case Bytes:
		return len(text)
	case Half:
		return (narrow(text, 0x7f) + 1) / 2
	case Weibo:
		return ofWeibo(text)
	case X:
		return ofX(text)
	case Mastodon:
		// app/validators/status_length_validator.rb of Mastodon 4: graphemes, 23 for each link.
		links := link.FindAllString(text, -1)
		return uniseg.GraphemeClusterCount(link.ReplaceAllString(text, "")) + 23*len(links)
	case Threads:
		return ofThreads(text)
	case SMS:
		return Segments(text).Number
	}
	return units16(text)
}

func units16(text string) int {
	n := 0
	for _, r := range text {
		n += utf16.RuneLen(r)
	}
	return n
}

// narrow counts a UTF-16 unit as one up to a last one, and as two above.
func narrow(text string, last rune) int {
	n := 0
	for _, r := range text {
		if r <= last {
			n++
		} else {
			n += 2 * utf16.RuneLen(r)
		}
	}
	return n
}

// link is an address with its scheme, up to what cannot be a part of it.
var link = regexp.MustCompile(`(?i)\bhttps?://[-a-z0-9]+(\.[-a-z0-9]+)*(:\d+)?([/?#][-\w$.+!*()/,:;@&=?~#%]*[-\w$+*/@&=~#%])?`)

// ofWeibo counts as the page counts on which one posts: half of the bytes that GBK would need, and a
// link, which becomes an address at t.cn, as 20 of them; what a link has above 140 is counted, too.
func ofWeibo(text string) int {
	n := 0
	rest := link.ReplaceAllStringFunc(text, func(address string) string {
		n += 20 + max(0, len(address)-140)
		return ""
	})
	return (n + narrow(strings.TrimSpace(rest), 0xff) + 1) / 2
}

// ofX counts by config/v3.json of github.com/twitter/twitter-text: of the text in NFC, a code point is 2,
// or 1 in the ranges below; an emoji is 2, however many code points it is made of; a link is 23.
func ofX(text string) int {
	text = norm.NFC.String(text)
	n := 23 * len(link.FindAllString(text, -1))
	for clusters := uniseg.NewGraphemes(link.ReplaceAllString(text, "\n")); clusters.Next(); {
		if runes := clusters.Runes(); isEmoji(runes) {
			n += 2
		} else {
			for _, r := range runes {
				n += weight(r)
			}
		}
	}
	return n - len(link.FindAllString(text, -1)) // the ends of lines that are in their places
}

func weight(r rune) int {
	if r <= 4351 || r >= 8192 && r <= 8205 || r >= 8208 && r <= 8223 || r >= 8242 && r <= 8247 {
		return 1
	}
	return 2
}

// isEmoji reports whether the code points of a grapheme are an emoji: one of the planes of pictographs,
// or a sign that is made one by what follows it (Unicode Technical Standard 51).
func isEmoji(runes []rune) bool {
	for i, r := range runes {
		if r >= 0x1f000 && r <= 0x1faff || i > 0 && (r == 0xfe0f || r == 0x20e3) {
			return true
		}
	}
	return false
}

// ofThreads counts as developers.facebook.com/docs/threads/posts says: characters, and of emojis the
// bytes of UTF-8.
func ofThreads(text string) int {
	n := 0
	for clusters := uniseg.NewGraphemes(text); clusters.Next(); {
		if runes := clusters.Runes(); isEmoji(runes) {
			n += len(clusters.Str())
		} else {
			n += len(runes)
		}
	}
	return n
}
