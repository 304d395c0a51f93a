package tomldoc

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/BurntSushi/toml"
	"golang.org/x/text/width"
)

// What a Chinese keyboard, a word processor or another format puts in the place of TOML's signs.
const (
	opening = `"“”„‟〝＂「『«‘’＇`
	closing = `"“”„‟〞＂」』»‘’＇`
	blanks  = " \t\u3000\u00a0"
)

var (
	loosePair = regexp.MustCompile(`^([ \t]*)([A-Za-z0-9_.Ａ-Ｚａ-ｚ０-９＿-]+|"[^"]*")([\s\x{3000}\x{a0}]*)([=＝﹦:：])` +
		`([\s\x{3000}\x{a0}]*)(.*?)` +
		`([\s\x{3000}\x{a0}]*(?:[ \t]#.*)?)$`)
	looseHeader = regexp.MustCompile(`^([ \t]*)([\[［【]{1,2})([A-Za-z0-9_. -]+)([\]］】]{1,2})([ \t]*)$`)
	wideComment = regexp.MustCompile(`^([ \t]*)＃(.*)$`)
)

// mend returns the one line of TOML that a line can mean which is none. Ok is false if there is
// none, or several.
func mend(line string) (mended string, ok bool) {
	if m := wideComment.FindStringSubmatch(line); m != nil {
		mended = m[1] + "#" + m[2]
	} else if m := looseHeader.FindStringSubmatch(line); m != nil {
		open, shut := utf8.RuneCountInString(m[2]), utf8.RuneCountInString(m[4])
		if open != shut {
			return "", false
		}
		mended = m[1] + strings.Repeat("[", open) + m[3] + strings.Repeat("]", shut) + m[5]
	} else if m := loosePair.FindStringSubmatch(line); m != nil {
		value, ok := mendValue(m[6])
		if !ok {
			return "", false
		}
		before, sign, after := narrowBlanks(m[3]), m[4], narrowBlanks(m[5])
		if sign != "=" {
			before, sign, after = " ", "=", " "
		}
		mended = m[1] + width.Narrow.String(m[2]) + before + sign + after + value + m[7]
	}
	return mended, mended != "" && mended != line && isTOML(mended)
}

func narrowBlanks(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\u3000' || r == '\u00a0' {
			return ' '
		}
		return r
	}, s)
}

func isTOML(text string) bool {
	var v any
	_, err := toml.Decode(text, &v)
	return err == nil
}

// mendValue returns the value that another can mean, or itself.
func mendValue(value string) (mended string, ok bool) {
	if value == "" {
		return "", false
	}
	first, n := utf8.DecodeRuneInString(value)
	last, m := utf8.DecodeLastRuneInString(value)
	narrow := width.Narrow.String(value)
	near, isTime := NearTime(value)
	switch {
	case isTOML("a = " + value):
		return value, true
	case isTime:
		return near, true
	case strings.ContainsRune(",，;；", last):
		return mendValue(strings.TrimRight(value[:len(value)-m], blanks))
	case strings.ContainsRune(`[［【`, first) && strings.ContainsRune(`]］】`, last):
		return mendList(value[n : len(value)-m])
	case n+m <= len(value) && strings.ContainsRune(opening, first) && strings.ContainsRune(closing, last):
		return mendText(value[n : len(value)-m])
	case strings.EqualFold(narrow, "true") || strings.EqualFold(narrow, "false"):
		return strings.ToLower(narrow), true
	case !strings.ContainsAny(narrow, `"'`) && isTOML("a = "+narrow):
		return narrow, true
	}
	return "", false
}

// mendText quotes what stands between quotation marks.
func mendText(inner string) (mended string, ok bool) {
	unclosed := strings.Count(inner, "“") != strings.Count(inner, "”")
	if unclosed || strings.Contains(inner, `\`) || several.MatchString(inner) {
		return "", false
	}
	return `"` + strings.ReplaceAll(inner, `"`, `\"`) + `"`, true
}

// several is where one text seems to end and another to begin.
var several = regexp.MustCompile(`["“”＂](?:\s*[,，、]\s*|\s+)["“”＂]`)

// mendList mends the elements of a list of texts without commas in them.
func mendList(inner string) (mended string, ok bool) {
	var list []string
	for _, element := range strings.FieldsFunc(inner, func(r rune) bool { return r == ',' || r == '，' || r == '、' }) {
		value, ok := mendValue(strings.Trim(element, blanks))
		if !ok {
			return "", false
		}
		list = append(list, value)
	}
	return "[" + strings.Join(list, ", ") + "]", len(list) > 0
}
