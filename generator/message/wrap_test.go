package message

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestWrap(t *testing.T) {
	for _, c := range []struct{ head, text, want string }{
		{"", "one two three four", "one two|  three|  four"},
		{"a/b c/d.md:1:2: ", "error: one", "a/b c/d.md:1:2:|  error:|  one"},
		{"", "see content/incidents/x.md now", "see|  content/incidents/x.md|  now"},
		{"", "页面还没有写完，不能发布。", "页面还没有|  写完，不|  能发布。"},
		{"", "写“这样”（见下）吧", "写“这样”|  （见下）|  吧"},
		{"", "\x1b[1m页面还没有写完\x1b[0m", "\x1b[1m页面还没有|  写完\x1b[0m"},
		{"  hint: ", "so", "  hint: so"},
	} {
		assert.Equal(t, strings.ReplaceAll(c.want, "|", "\n"), Wrap(c.head, c.text, 10, "  "))
		assert.Equal(t, c.head+c.text, Wrap(c.head, c.text, 0, "  "))
	}
}

func TestCells(t *testing.T) {
	assert.Equal(t, 7, Cells("a\x1b[31m汉字\x1b[0me\u0301…"))
}
