package count

import (
	"strings"
	"unicode/utf16"
)

// Message is how a short message is sent (3GPP TS 23.038 and 23.040): in one segment, or in several
// with a header in each. It is in the 7-bit alphabet of GSM if that has all its characters, else in
// UCS-2.
type Message struct {
	Number int  // of segments
	Used   int  // of the alphabet's units
	UCS2   bool // not in the alphabet of GSM
}

// The characters of GSM's alphabet, and those that need two of its units each.
const (
	gsm = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZ" +
		"ÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
	gsmTwice = "\f^{}\\[~]|€"
)

// Segments counts a short message. No character is cut in two between segments.
func Segments(text string) Message {
	size, single, each := sizeGSM, 160, 153
	ucs2 := strings.ContainsFunc(text, func(r rune) bool { return sizeGSM(r) == 0 })
	if ucs2 {
		size, single, each = utf16.RuneLen, 70, 67
	}
	m := Message{UCS2: ucs2}
	room := 0
	for _, r := range text {
		n := size(r)
		if m.Used += n; n > room {
			m.Number, room = m.Number+1, each
		}
		room -= n
	}
	if m.Used <= single {
		m.Number = min(m.Used, 1)
	}
	return m
}

// sizeGSM returns how many units of GSM's alphabet a character needs; 0 if it is not in it.
func sizeGSM(r rune) int {
	switch {
	case strings.ContainsRune(gsm, r):
		return 1
	case strings.ContainsRune(gsmTwice, r):
		return 2
	}
	return 0
}
