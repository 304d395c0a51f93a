package translation

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"candor/generator/fileset"
	"candor/generator/input/content"
)

func document(path, text string) *content.Document {
	return content.Parse(fileset.NewFile(path, []byte(text)), content.Locate(path, []string{"en"}))
}

// update makes an update of an incident, or its translation.
func update(lang, front, body string) *content.Document {
	if lang != "" {
		return document("incidents/rash/updates/1.en.md", "+++\ntitle = \"T\"\n"+front+"+++\n"+body)
	}
	return document("incidents/rash/updates/1.md", "+++\ntitle = \"T\"\ntime = 2026-11-04T12:00\n"+front+"+++\n"+body)
}

func TestDifferences(t *testing.T) {
	const original = "开头。\n\n## 已完成 {#done}\n\n- [x] 甲 id:a\n- 乙，见[报告](lab.pdf)\n\n其中一段。\n\n![图](a.png)\n\n| 甲 | 乙 |\n|---|---|\n| 丙 | 丁 |\n\n## 下一步 {#next}\n\n- [ ] 丙 due:2026-11-05T12:00 id:c\n"
	const equal = "Lead.\n\n## Done {#done}\n\n- [x] A id:a\n- B, see the [report](lab.pdf)\n\nSome text.\n\n![Picture](a.png)\n\n| A | B |\n|---|---|\n| C | D |\n\n## Next {#next}\n\n- [ ] C due:2026-11-05T12:00 id:c\n"
	for _, c := range []struct{ old, new, want string }{
		{"", "", ""},
		{"Lead.\n", "", `5:4: paragraph 1 before the first heading is missing here`},
		{"Some text.\n\n", "", `9:31: paragraph 1 under "Done" is missing here`},
		{"Lead.\n", "Lead.\n\nMore.\n", `6:1: the original has nothing that corresponds to this`},
		{"- B, see the [report](lab.pdf)\n", "", `8:1: list 1 under "Done" differs in items: 2 in the original, 1 here; 8:1: list 1 under "Done" differs in links: 1 in the original, 0 here`},
		{"[report](lab.pdf)", "report", `8:1: list 1 under "Done" differs in links: 1 in the original, 0 here`},
		{"[x] ", "", `8:1: list 1 under "Done" differs in task items: 1 in the original, 0 here`},
		{"![Picture](a.png)", "Picture", `13:1: paragraph 2 under "Done" differs in images: 1 in the original, 0 here`},
		{"| C | D |\n", "", `15:1: table 1 under "Done" differs in rows: 2 in the original, 1 here`},
		{"## Next {#next}\n\n- [ ] C due:2026-11-05T12:00 id:c\n", "", `17:10: the section "下一步" is missing here`},
		{"{#next}", "{#nxt}", `19:4: the original has no section "nxt"; 21:34: the section "下一步" is missing here`},
		{"id:a", "id:b", `8:3: the original of this task item has the id "a"`},
		{"id:a", "", `8:3: the original of this task item has the id "a"`},
		{"due:2026-11-05T12:00", "due:2026-11-05T13:00", `21:3: the original of this task item has another due: time`},
		{"[x] A", "[ ] A", `8:3: this task item is ticked in one of the two`},
		{"Lead.", "Lead of 3.", `4:9: paragraph 1 before the first heading says 3 here, which the original does not`},
		{"## Done", "## 3 done", `6:4: the heading "3 done" says 3 here, which the original does not`},
	} {
		text := strings.Replace(equal, c.old, c.new, 1)
		pair := Pair{Original: update("", "", original), Translation: update("en", "", text), From: "zh-Hans"}
		var got []string
		for _, d := range pair.Check(time.UTC) {
			assert.Equal(t, differs, d.Rule)
			got = append(got, fmt.Sprintf("%d:%d: %s", d.Line, d.Column, d.Message))
		}
		assert.Equal(t, c.want, strings.Join(got, "; "), "%q for %q", c.new, c.old)
	}
}

// TestAlign: blocks stand beside what they translate, and each in one row.
func TestAlign(t *testing.T) {
	a := document("pages/a.md", "+++\ntitle = \"A\"\n+++\nlead\n\n## 一 {#one}\n\np1\n\n- i\n\np2\n\n## 二 {#two}\n\np3\n\n## 三\n\np4\n")
	b := document("pages/a.en.md", "+++\ntitle = \"A\"\n+++\nlead\n\n## Two {#two}\n\n> q\n\np3\n\n## One {#one}\n\np1\n\np2\n\n## Three\n\np4\n\n## More\n")
	require.Empty(t, append(a.Findings, b.Findings...))
	text := func(d *content.Document, p Place) string {
		switch {
		case p.None:
			return "-"
		case p.Block < 0:
			return "# " + d.Sections[p.Section].Title
		}
		block := p.Fragment(d).Blocks[p.Block]
		return string(d.Source.Data[block.Start:block.End])
	}
	var got []string
	for _, row := range AlignAll(a, []*content.Document{b}) {
		got = append(got, text(a, row[0])+" | "+text(b, row[1]))
	}
	assert.Equal(t, []string{"lead | lead", "# 一 | # One", "p1 | p1", "- i | -", "p2 | p2", "# 二 | # Two", "- | > q", "p3 | p3", "# 三 | # Three", "p4 | p4", "- | # More"}, got)
}

func TestStale(t *testing.T) {
	const one, two = "revised = 2026-11-04T12:00\n", "revised = 2026-11-04T13:00+01:00\n"
	for _, c := range []struct {
		original, translation string
		stale                 bool
	}{
		{"", "", false},
		{"", one, false},
		{one, "", true},
		{one, one, false},
		{one, two, false}, // one instant
		{one, "revised = 2026-11-04T11:59\n", true},
		{one, "revised = 2026-11-05T11:59\n", false},
	} {
		got := Pair{Original: update("", c.original, ""), Translation: update("en", c.translation, ""), From: "zh-Hans"}.Check(time.UTC)
		assert.Equal(t, c.stale, len(got) == 1 && got[0].Rule == "translation-stale", "%q %q: %v", c.original, c.translation, got)
	}
	faq := func(path, at string) *content.Document {
		return document(path, "## Q {#q"+at+"}\n\nA.\n")
	}
	for at, want := range map[string]int{"": 0, " updated=2026-11-04T11:00": 1, " updated=2026-11-04T12:00": 0} {
		got := Pair{Original: faq("incidents/rash/faq.md", " updated=2026-11-04T12:00"), Translation: faq("incidents/rash/faq.en.md", at), From: "zh-Hans"}.Check(time.UTC)
		assert.Len(t, got, want, at)
	}
}

// TestHuge: texts that nobody could mean are compared in a bounded time.
func TestHuge(t *testing.T) {
	a := update("", "", strings.Repeat("1 2 3 4\n\n", 60_000))
	b := update("en", "", strings.Repeat("5 6 7 8\n\n- x\n\n", 50_000))
	assert.InDelta(t, findingsLimit, len(Pair{Original: a, Translation: b, From: "zh-Hans"}.Check(time.UTC)), 10)
	a = update("", "", strings.Repeat("1 2 3 4\n", 60_000))
	b = update("en", "", strings.Repeat("5 6 7 8\n", 60_000))
	assert.Empty(t, Pair{Original: a, Translation: b, From: "zh-Hans"}.Check(time.UTC))
}
