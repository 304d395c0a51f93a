package count_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"candor/generator/author/count"
)

// TestOf: each unit counts as its platform does.
func TestOf(t *testing.T) {
	const family, flag, thumb = "👨‍👩‍👧‍👦", "🇨🇳", "👍🏽"
	long := "https://candor.example/tarnmoss-essence-allergy/updates/1/#update-2026-11-02-0950-first-response"
	for _, c := range []struct {
		unit count.Unit
		text string
		want int
	}{
		{count.UTF16, "", 0}, {count.UTF16, "对不起。", 4}, {count.UTF16, "😀", 2}, {count.UTF16, family, 11},
		{count.CodePoints, "对不起a", 4}, {count.CodePoints, "😀", 1}, {count.CodePoints, family, 7},
		{count.Graphemes, family, 1}, {count.Graphemes, "e\u0301" + flag, 2}, {count.Graphemes, "नि", 1},
		{count.Bytes, "对a", 4}, {count.Bytes, family, 25},

		// The title of a note: two Latin letters or digits are one, an emoji is two.
		{count.Half, "请先停用", 4}, {count.Half, "TM260917", 4}, {count.Half, "a", 1}, {count.Half, "停用TM2", 4},
		{count.Half, "😀", 2}, {count.Half, "é", 1},

		// Weibo: 140 Chinese characters, or 280 Latin ones; a link of any length is ten.
		{count.Weibo, strings.Repeat("字", 140), 140}, {count.Weibo, strings.Repeat("a", 280), 140},
		{count.Weibo, "a", 1}, {count.Weibo, "Test", 2}, {count.Weibo, " 字 ", 1}, {count.Weibo, "é é", 2},
		{count.Weibo, "https://candor.example/rash/", 10}, {count.Weibo, "见" + long + "。", 12},
		{count.Weibo, "https://candor.example/" + strings.Repeat("a", 120), 12},

		// twitter-text's own cases (conformance/validate.yml), and the ranges of its configuration.
		{count.X, "", 0}, {count.X, "abc", 3}, {count.X, "对不起", 6}, {count.X, "café", 4}, {count.X, "cafe\u0301", 4},
		{count.X, "😀", 2}, {count.X, family, 2}, {count.X, flag, 2}, {count.X, thumb, 2}, {count.X, "❤️", 2}, {count.X, "1️⃣", 2},
		{count.X, "“x”", 3}, {count.X, "a…", 3}, {count.X, "€", 2}, {count.X, "あ", 2},
		{count.X, "https://a.example", 23}, {count.X, "see " + long + ".", 28}, {count.X, "见" + long + "。谢谢", 31},
		{count.X, "http://a.example http://b.example", 47}, {count.X, "a\r\nb", 4},

		{count.Mastodon, "see " + long, 27}, {count.Mastodon, family, 1}, {count.Mastodon, "见https://a.example。", 25},
		{count.Threads, "对不起", 3}, {count.Threads, "a😀", 5}, {count.Threads, family, 25}, {count.Threads, "https://a.example", 17},
		{count.SMS, "", 0}, {count.SMS, "a", 1}, {count.SMS, strings.Repeat("字", 71), 2},
	} {
		assert.Equal(t, c.want, c.unit.Of(c.text), "%s: %s", c.unit, c.text)
	}
}

// TestSegments: 160 or 153 units of GSM's alphabet, 70 or 67 of UCS-2; no character is cut in two.
func TestSegments(t *testing.T) {
	a, z := strings.Repeat("a", 1), strings.Repeat("字", 1)
	for _, c := range []struct {
		text string
		want count.Message
	}{
		{strings.Repeat(a, 160), count.Message{1, 160, false}}, {strings.Repeat(a, 161), count.Message{2, 161, false}},
		{strings.Repeat(a, 306), count.Message{2, 306, false}}, {strings.Repeat(a, 307), count.Message{3, 307, false}},
		{"€[x]", count.Message{1, 7, false}}, {strings.Repeat(a, 159) + "€", count.Message{2, 161, false}},
		{strings.Repeat(a, 152) + "€" + strings.Repeat(a, 152), count.Message{3, 306, false}},
		{strings.Repeat(z, 70), count.Message{1, 70, true}}, {strings.Repeat(z, 71), count.Message{2, 71, true}},
		{strings.Repeat(z, 134), count.Message{2, 134, true}}, {strings.Repeat(z, 135), count.Message{3, 135, true}},
		{strings.Repeat(z, 66) + "😀" + strings.Repeat(z, 66), count.Message{3, 134, true}},
		{"【槐鹭】退款已到账。", count.Message{1, 10, true}}, {"It’s here", count.Message{1, 9, true}},
	} {
		assert.Equal(t, c.want, count.Segments(c.text), c.text)
	}
}
