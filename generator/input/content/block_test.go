package content

import (
	"html/template"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"candor/generator/fileset"
)

const blocksText = `+++
title = "T"
time = 2026-11-04T12:00
+++

First, [a link](#x) and <https://a.example>.

<!-- a note -->
- one
- two
  - ![deep](a.png)
- [ ] three due:2026-11-05T12:00

## Under {#x}

### Inside

| a | b |
|---|---|
| 1 | 2 |

> quoted

` + "```\ncode\n```\n" + `
***

last
`

// TestBlocks: each block says what it is, what stands in it and where.
func TestBlocks(t *testing.T) {
	f := fileset.NewFile("incidents/rash/updates/1.md", []byte(blocksText))
	d := Parse(f, Locate(f.Path, nil))
	require.Empty(t, d.Findings)
	var got []string
	for _, f := range []Fragment{d.Lead, d.Sections[0].Body} {
		for _, b := range f.Blocks {
			text := strings.ReplaceAll(string(d.Source.Data[b.Start:b.End]), "\n", "|")
			got = append(got, strings.Repeat("i", b.Items)+strings.Repeat("t", b.Tasks)+strings.Repeat("l", b.Links)+strings.Repeat("p", b.Images)+" "+text)
		}
	}
	assert.Equal(t, []string{
		"l First, [a link](#x) and <https://a.example>.",
		"iiiitp - one|- two|  - ![deep](a.png)|- [ ] three due:2026-11-05T12:00",
		" ### Inside", "ii | a | b |||---|---||| 1 | 2 |", " > quoted", " ```|code|```", " ***", " last",
	}, got)
	assert.Equal(t, []BlockKind{Paragraph, List}, kindsOf(d.Lead))
	assert.Equal(t, []BlockKind{Subheading, Table, Quotation, Code, Rule, Paragraph}, kindsOf(d.Sections[0].Body))
}

func kindsOf(f Fragment) []BlockKind {
	var kinds []BlockKind
	for _, b := range f.Blocks {
		kinds = append(kinds, b.Kind)
	}
	return kinds
}

// TestCut: the blocks of a fragment, filled one by one, are the fragment.
func TestCut(t *testing.T) {
	f := fileset.NewFile("incidents/rash/updates/1.md", []byte(blocksText))
	d := Parse(f, Locate(f.Path, nil))
	fill := func(h Hole) string { return "<hole>" }
	for _, f := range []Fragment{d.Lead, d.Sections[0].Body} {
		parts := make([]string, len(f.Blocks))
		for i := range f.Blocks {
			parts[i] = string(f.Cut(i).Fill(fill))
		}
		assert.Equal(t, f.Fill(fill), template.HTML(strings.Join(parts, "\n")))
	}
}
