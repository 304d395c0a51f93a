package copies

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// TestSentences: texts are shortened by whole sentences.
func TestSentences(t *testing.T) {
	for _, want := range [][]string{
		{},
		{"对不起。", "原因还没查清！", "为什么？"},
		{"他们说：“不敢按。”", "我们谈过了。"},
		{"每千克14.2毫克和11.6毫克。", "详见常见问题"},
		{"We are sorry.", "We do not know the cause yet; until we do, stop."},
		{"It costs 24.5 yuan.", "12,400 bottles were sold.", "“Why?”", "Because."},
		{"Dr. Wen met Mr. Xing at 8:30.", "See www.example.org for more."},
		{"Is it safe?", "No."},
	} {
		gap := " "
		if len(want) > 0 && endsWide(want[0]) {
			gap = ""
		}
		got := sentences(strings.Join(want, gap))
		assert.Equal(t, strings.Join(want, "|"), strings.Join(got, "|"))
		assert.Equal(t, strings.Join(want, gap), running(got), "and put together again")
	}
	assert.Equal(t, "甲。\n\n乙。丙", paragraphs([]string{"甲。", "\n乙。", "丙"}))
	assert.Equal(t, "A.\n\nB. C", paragraphs([]string{"A.", "\nB.", "C"}))
	assert.Equal(t, "甲“乙”丙", running([]string{"甲“乙”", "\n丙"}))
}

// TestClauses: a title can end where one of its clauses does.
func TestClauses(t *testing.T) {
	for title, want := range map[string]string{
		"检测报告公布：提取液少做了一次纯化":                      "检测报告公布：|提取液少做了一次纯化",
		"“120次”受到质疑，我们在查，退货今晚就能办":                "“120次”受到质疑，|我们在查，|退货今晚就能办",
		"Correction: 14,160 bottles, not 12,400": "Correction:| 14,160 bottles,| not 12,400",
		"Off sale":                               "Off sale",
	} {
		assert.Equal(t, want, strings.Join(clauses(title), "|"))
	}
}

// TestNumbers: figures are compared however they are written; addresses have none, nor have single digits.
func TestNumbers(t *testing.T) {
	assert.Equal(t, []string{"12400", "14.2", "12:30", "98"}, numbers("12,400瓶、14.2毫克，12:30前，98%，2人 https://x.example/2026/"))
}
