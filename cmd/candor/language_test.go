package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// TestLanguage chooses the language that the program speaks.
func TestLanguage(t *testing.T) {
	for _, c := range []struct{ line, lang, rest string }{
		{"check", "", "check"},
		{"--lang zh check", "zh", "check"},
		{"--lang=zh --lang en check", "en", "check"},
		{"check --lang en", "", "check --lang en"}, // the translation that is checked
		{"due --lang zh --within 8h", "zh", "due --lang zh --within 8h"},
		{"due --within 8h --lang=zh", "zh", "due --within 8h --lang=zh"},
		{"due -- --lang zh", "", "due -- --lang zh"},
		{"--lang zh new site x --lang en", "zh", "new site x --lang en"},
		{"new site x --lang en", "", "new site x --lang en"},
		{"new update x --lang en --content y", "", "new update x --lang en --content y"},
		{"due --lang", "", "due --lang"},
		{"--lang", "", "--lang"},
		{"nothing --lang zh", "zh", "nothing --lang zh"},
		{"help due --lang zh", "zh", "help due --lang zh"},
		{"", "", ""},
	} {
		asked, rest := leading(strings.Fields(c.line))
		if asked == "" {
			asked = trailing(newRoot(&printer{}), rest)
		}
		assert.Equal(t, c.lang, asked, c.line)
		assert.Equal(t, c.rest, strings.Join(rest, " "), c.line)
	}
	for tag, want := range map[string]string{
		"en": "en", "en-GB": "en", "zh": "zh-Hans", "zh-CN": "zh-Hans", "zh_SG": "zh-Hans", "zh-Hans": "zh-Hans",
		"zh_TW": "zh-Hans", "zh-Hant-HK": "zh-Hans", "fr": "", "C": "", "POSIX": "", "": "", "chinese": "",
	} {
		got, ok := spoken(tag)
		assert.Equal(t, want != "", ok, tag)
		if ok {
			assert.Equal(t, want, got, tag)
		}
	}
}

// TestHelpInEnglish holds that the help has the form that the library gives it.
func TestHelpInEnglish(t *testing.T) {
	for _, line := range []string{"--help", "build --help", "new --help", "new update --help", "completion zsh --help", "help watch"} {
		var out, errs strings.Builder
		assert.Equal(t, exitFine, run(strings.Fields(line), &out, &errs), line)
		assert.Empty(t, errs.String(), line)
		assert.Contains(t, out.String(), "\nUsage:\n  candor", line)
		assert.Contains(t, out.String(), "\nFlags:\n", line)
		assert.NotContains(t, out.String(), "%!", line)
	}
}
