package generator

import (
	"crypto/sha256"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"candor/generator/author/seal"
	"candor/generator/fileset"
	"candor/generator/input/ledger"
	"candor/generator/site/sealed"
)

// TestSealed seals a site, changes it in many ways, and builds each with a Generator that knows the
// build before, and from nothing: both find the same, and only what was sealed stops publication.
func TestSealed(t *testing.T) {
	texts := map[string]string{
		"site.toml":                           "title = \"S\"\norganisation = \"O\"\nat = 2026-11-04T12:00Z\n[languages.en]\nname = \"English\"\n[languages.zh-Hans]\nname = \"中文\"\n",
		"incidents/rash/index.md":             "+++\ntitle = \"Rash\"\nsummary = \"S\"\nlevel = 2\ntype = \"experience\"\nstance = \"full\"\nknown = 2026-11-04T06:00\nshow = [\"sentiment\"]\n[files]\n\"lab.txt\" = \"Lab\"\n[[contact]]\nlabel = \"Help\"\nvalue = \"help@o.example\"\n+++\nLead.\n\n## What we know {#known}\n\nNine people.\n",
		"incidents/rash/faq.md":               "## May I use it? {#use}\n\nNo.\n",
		"incidents/rash/lab.txt":              "lab",
		"incidents/rash/metrics.csv":          "time,negative,sales\n2026-11-04T08:00,63%,12\n2026-11-04T09:00,40%,15\n",
		"incidents/rash/updates/a.md":         "+++\ntitle = \"A\"\ntime = 2026-11-04T07:00\n+++\n- [ ] refunds due:2026-11-06T18:00 id:refunds\n",
		"incidents/rash/updates/a.zh-Hans.md": "+++\ntitle = \"甲\"\n+++\n- [ ] 退款 due:2026-11-06T18:00 id:refunds\n",
		"incidents/other/index.md":            "+++\ntitle = \"Other\"\nsummary = \"S\"\nlevel = 2\ntype = \"experience\"\nstance = \"full\"\nknown = 2026-11-04T06:00\n+++\nLead.\n",
	}
	input := func(texts map[string]string) Input {
		var list []fileset.File
		for path, text := range texts {
			list = append(list, fileset.NewFile(path, []byte(text)))
		}
		return Input{Content: fileset.Must(list), Zones: time.LoadLocation, Check: true, Units: true}
	}
	first := Build(input(texts))
	for _, d := range first.Diagnostics {
		require.NotEqual(t, ledger.Rule, d.Rule)
	}
	n := byte(0)
	sealing := seal.Seal(seal.Request{Ledger: ledger.New(), Units: first.Units, At: first.At, Zone: time.UTC,
		Salt: func() [32]byte { n++; return sha256.Sum256([]byte{n}) }})
	require.Empty(t, sealing.Found)
	texts[ledger.Log] = sealing.Log
	point := ledger.Point{Origin: "o.example", Size: sealing.Size, Root: ledger.Root(strings.Split(strings.TrimSuffix(sealing.Log, "\n"), "\n"))}
	texts[ledger.Checkpoint] = point.String()
	for _, f := range sealing.Texts {
		texts[f.Path] = string(f.Data)
	}

	g := New()
	g.Build(input(texts))
	for _, c := range []struct {
		name, path, old, new string
		where                string // path of the finding; empty for none
	}{
		{"nothing", "site.toml", "", "", ""},
		{"the date of a promise", "incidents/rash/updates/a.md", "06T18:00", "08T18:00", "incidents/rash/updates/a.md"},
		{"a translation alone", "incidents/rash/updates/a.zh-Hans.md", "甲", "乙", "incidents/rash/updates/a.zh-Hans.md"},
		{"an answer", "incidents/rash/faq.md", "No.", "Yes.", "incidents/rash/faq.md"},
		{"a question taken out", "incidents/rash/faq.md", "## May I use it? {#use}\n\nNo.\n", "", ledger.Log},
		{"a section", "incidents/rash/index.md", "Nine", "Six", "incidents/rash/index.md"},
		{"a summary", "incidents/other/index.md", "summary = \"S\"", "summary = \"None\"", "incidents/other/index.md"},
		{"a contact", "incidents/rash/index.md", "help@", "nobody@", "incidents/rash/index.md"},
		{"a time", "incidents/rash/updates/a.md", "T07:00", "T07:30", "incidents/rash/updates/a.md"},
		{"the bytes of a file", "incidents/rash/lab.txt", "lab", "bal", "incidents/rash/lab.txt"},
		{"a figure that shows", "incidents/rash/metrics.csv", "63%", "36%", "incidents/rash/metrics.csv"},
		{"a figure taken out", "incidents/rash/metrics.csv", "2026-11-04T08:00,63%,12\n", "", "incidents/rash/metrics.csv"},
		{"all figures taken out", "incidents/rash/index.md", "\"sentiment\"", "", ledger.Log},
		{"a figure that does not show", "incidents/rash/metrics.csv", ",12", ",14", ""},
		{"more figures", "incidents/rash/metrics.csv", "40%,15\n", "40%,15\n2026-11-04T10:00,38%,15\n", ""},
		{"an update taken out", "incidents/rash/updates/a.md", texts["incidents/rash/updates/a.md"], "+++\ntitle = \"A\"\ntime = 2026-11-05T07:00\n+++\nLater.\n", ledger.Log},
		{"an update made a draft", "incidents/rash/updates/a.md", "time =", "draft = true\ntime =", ledger.Log},
		{"white space", "incidents/rash/faq.md", "No.\n", "No.  \n\n\n", ""},
		{"line ends", "incidents/rash/faq.md", "\n", "\r\n", ""},
		{"the zone", "site.toml", "at =", "time_zone = \"Asia/Shanghai\"\nat =", "incidents/other/index.md"},
		{"a new text", "incidents/rash/faq.md", "No.\n", "No.\n\n## Really? {#really}\n\nYes.\n", ""},
		{"the ledger", ledger.Log, "publish", "typo", ledger.Log},
	} {
		t.Run(c.name, func(t *testing.T) {
			edited := map[string]string{}
			for path, text := range texts {
				edited[path] = text
			}
			edited[c.path] = strings.Replace(texts[c.path], c.old, c.new, -1)
			if c.path == ledger.Log {
				edited[c.path] = strings.Replace(texts[c.path], c.old, c.new, 1)
			}
			cold, warm := Build(input(edited)), g.Build(input(edited))
			assert.Equal(t, cold.Diagnostics, warm.Diagnostics)
			assert.Equal(t, names(cold.Units), names(warm.Units))
			var found []string
			for _, d := range cold.Diagnostics {
				if d.Rule == ledger.Rule {
					found = append(found, d.Path)
				}
			}
			if c.where == "" {
				assert.Empty(t, found)
				return
			}
			require.NotEmpty(t, found)
			assert.Contains(t, found, c.where)
			back, again := Build(input(texts)), g.Build(input(texts))
			assert.Equal(t, back.Diagnostics, again.Diagnostics)
		})
	}
}

// names returns units with the digests of their texts.
func names(units []sealed.Unit) []string {
	list := make([]string, len(units))
	for i, u := range units {
		list[i] = u.Name + " " + u.Sum.String()
	}
	return list
}
