package policy

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"candor/generator/diag"
	"candor/generator/fileset"
	"candor/generator/input/content"
	"candor/generator/site/incident"
)

func TestPlaceholder(t *testing.T) {
	document := func(text string) *content.Document {
		f := fileset.NewFile("incidents/rash/updates/1.md", []byte("+++\ntitle = \"[标题]\"\ntime = 2026-11-04T18:00\n+++\n"+text+"\n"))
		return content.Parse(f, content.Locate(f.Path, nil))
	}
	for text, want := range map[string]int{
		"写[什么]":                                 1,
		"on [day and\ntime], [number] people":   2,
		"[link](https://example.org/) `[code]`": 0,
		"- [ ] task\n- [x] task":                0,
		`\[sic\] and 【书名】`:                      0,
	} {
		found := placeholder(document(text), "")
		assert.Len(t, found, want+1, text) // and one for the title
		for _, d := range found {
			assert.Equal(t, diag.Error, d.Severity, text)
		}
	}
	for reason, want := range map[incident.Reason]diag.Severity{incident.Draft: diag.Warning, incident.Unapproved: diag.Warning, incident.Scheduled: diag.Error} {
		assert.Equal(t, want, placeholder(document("x"), reason)[0].Severity, reason)
	}
	assert.Empty(t, placeholder(document("[x y]"), incident.Prepared), "placeholders belong in a scenario")
}
