package tomldoc

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// TestSyntax words what the decoder finds.
func TestSyntax(t *testing.T) {
	for text, want := range map[string]string{
		"title =\nb = 1":             "the value is missing",
		"title =":                    "the value is missing",
		"title = Rash":               `"Rash" is not a value`,
		"title = \"a\" b":            `nothing can follow the value on its line, but "b" does`,
		"[[contact]\na = 1":          "the brackets around the name of a table are not closed",
		"[contact\na = 1":            "the brackets around the name of a table are not closed",
		"[]":                         "a table has no name",
		"[a..b]":                     "a table has no name",
		"title":                      "there is no = after the key",
		"title\nb = 1":               "there is no = after the key",
		"= 1":                        "there is no key before the =",
		".a = 1":                     "a part of the key is missing before or after the full stop",
		"a. = 1":                     "there is no key before the =",
		"a = [,]":                    "there is a comma too many",
		"a = {,}":                    "there is a comma too many",
		"a = [1 2]":                  "a comma is missing in the list, or the bracket that closes it",
		"a = [1":                     "a comma is missing in the list, or the bracket that closes it",
		"a = {b = 1 c = 2}":          "a comma is missing in the table, or the brace that closes it",
		"a = \"one":                  "the quotation mark that closes the text is missing",
		"a = \"one\n":                "the quotation mark that closes the text is missing",
		"a = '''one":                 "the quotation mark that closes the text is missing",
		`a = "C:\qa"`:                "this text has a backslash that TOML does not know",
		`a = "\u12"`:                 "this text has a backslash that TOML does not know",
		`a = "\uD800"`:               "this text has a backslash that TOML does not know",
		"a = 0123":                   "a number cannot begin with 0",
		"a = 01.5":                   "a number cannot begin with 0",
		"a = 99999999999999999999":   "this number is too large",
		"a = 1e999":                  "this number is too large",
		"a = 1_":                     "this is not how TOML writes a number",
		"a = .5":                     "this is not how TOML writes a number",
		"a = 1.":                     "this is not how TOML writes a number",
		"a = +0x1":                   "this is not how TOML writes a number",
		"a = 0b12":                   `nothing can follow the value on its line, but "2" does`,
		"[a]\nb = 1\n[[a]]\nc = 1":   "this name has a value of another kind above",
		"a = 1\na = 2":               `the key "a" is here twice`,
		"a = 2026-11-04T18:00:00+:0": "2026-11-04T18:00:00+:0 is not a date and time that exists",
	} {
		doc, _ := parse(text)
		if got := doc.Findings(); assert.NotEmpty(t, got, text) {
			assert.Equal(t, want, got[0].Message.String(), text)
		}
	}
}

// TestEveryWording breaks a file at each of its bytes: no fault is said in the words of the decoder.
func TestEveryWording(t *testing.T) {
	for i := range everyShape {
		for _, sign := range []string{"", "=", ".", ",", "\"", "'", "[", "]", "{", "}", "\n", "\\", "0", "x", "é", "-", "#"} {
			doc, _ := parse(everyShape[:i] + sign + everyShape[i+len(everyShape[i:i+1]):])
			for _, line := range lines(doc.Findings()) {
				assert.False(t, strings.Contains(line, "this is not TOML"), "%q at %d: %s", sign, i, line)
			}
		}
	}
}
