package policy

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestUnreachable(t *testing.T) {
	const full = "write one number in full, as in +86 21 1234 5678; a second one is another [[contact]]"
	for value, want := range map[string]string{
		"+44 20 7946 0958": "", "400-820-3417": "", "12315": "", "0800 123 456": "", "(02) 9876 5432": "", "911": "",
		"+39 06 1234 5678": "", "+44 (0)20 7946 0958": "", "021-12345678转2": "", "+1 (800) 395-8325": "", "+683 4000": "",
		"help@example.org": "", "https://example.org": "", "www.example.org": "", "微信：yezhou-care": "", "@yezhou": "",
		"1 Northmoor Road, help desk": "", "榆关路1号，一楼服务台": "", "？？？": "", "": "", "12": "", "24/7": "",
		"+999 123 4567":               full,
		"+86 123":                     full,
		"400-820-3417 / 021-12345678": full,
		"400-820-3417、021-12345678":   full,
		"138****0917":                 full,
		"000-0000-0000":               full,
		"+86 021-1234 5678":           `write value = "+86 21-1234 5678"`,
		"＋８６（０２１）１２３４５６７８":        `write value = "+86(21)12345678"`,
		"客服 400-820-3417（中文）":     `write value = "400-820-3417", and the words in label or hours`,
		"help@example":            "write it as in help@example.org",
		"a@b@example.org":         "write it as in help@example.org",
		"https:example.org":       "write it as in https://example.org/help",
		"example.org/help":        `write value = "https://example.org/help"`,
		"mailto:help@example.org": `write value = "help@example.org"`,
		"tel:+442079460958":       `write value = "+442079460958"`,
		"javascript:alert(1)":     "write a phone number, an e-mail address, an https:// address, or where to go",
	} {
		_, hint := unreachable(value)
		assert.Equal(t, want, hint.String(), value)
	}
}
