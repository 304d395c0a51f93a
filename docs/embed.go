// Package docs holds the pages of the manual that the program itself can show.
//
// The manual is in English, and in Chinese below zh: a page has the same path in both, and names
// the other one in the paragraph below its title.
package docs

import (
	"embed"
	"strings"
)

//go:embed rules zh/rules
var pages embed.FS

// Rule returns the page of a rule in a language of the program, as Markdown, without the link to
// the same page in the other language.
func Rule(id, lang string) string {
	folder := "rules/"
	if lang == "zh-Hans" {
		folder = "zh/rules/"
	}
	page, err := pages.ReadFile(folder + id + ".md")
	if err != nil {
		panic("docs: " + err.Error()) // a test holds that every rule has its pages
	}
	title, rest, _ := strings.Cut(string(page), "\n\n")
	if link, body, _ := strings.Cut(rest, "\n\n"); strings.HasPrefix(link, "[") {
		rest = body
	}
	return title + "\n\n" + rest
}
