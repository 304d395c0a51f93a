package write_test

import (
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"candor/generator/diag"
	"candor/generator/domain"
	"candor/generator/fileset"
	"candor/generator/input/content"
	"candor/generator/input/write"
)

// TestFile: a whole file, its parts under their headings.
func TestFile(t *testing.T) {
	at := time.Date(2026, 11, 4, 18, 0, 0, 0, time.UTC)
	var m write.Markdown
	m.Text("Orders of 3 *May* fail.\nSee https://example.org/a_b?c=d&e, or write to a_b@example.org.\n\n# 1")
	m.Heading(2, "Done {so} far #", domain.GroupDone, at)
	m.List("- one\n\ntwo", "1. [x]")
	m.Tasks(write.Task{Text: "Refund id:x", Due: at, ID: "refund"}, write.Task{Done: true, Text: "Call"})
	f := write.New(m.String())
	f.Front.Set("title", write.String("Title"))
	f.Front.Set("time", write.Time(at))
	data, err := f.Bytes()
	require.NoError(t, err)
	assert.Equal(t, `+++
title = "Title"
time = 2026-11-04T18:00
+++

Orders of 3 \*May\* fail.\
See <https://example.org/a_b?c=d&e>, or write to a\_b@example.org.

\# 1

## Done \{so\} far # {#done updated=2026-11-04T18:00}

- \- one

  two
- 1\. \[x]

- [ ] Refund id\:x due:2026-11-04T18:00 id:refund
- [x] Call
`, string(data))

	doc := parsed(t, string(data))
	require.Empty(t, doc.Findings)
	require.Empty(t, doc.Brackets)
	assert.Equal(t, "Title", doc.Front.Title)
	assert.Equal(t, at, doc.Front.Time.In(time.UTC))
	section := doc.Section(domain.GroupDone)
	require.NotNil(t, section)
	assert.Equal(t, "Done {so} far #", section.Title)
	assert.Equal(t, at, section.Updated.In(time.UTC))
	require.Len(t, doc.Tasks, 2)
	assert.Equal(t, "refund", doc.Tasks[0].ID)
	assert.Equal(t, "Refund id:x", doc.Tasks[0].Plain)
	assert.Equal(t, at, doc.Tasks[0].Due.In(time.UTC))
	assert.True(t, doc.Tasks[1].Done)
}

func parsed(t *testing.T, file string) *content.Document {
	t.Helper()
	return content.Parse(fileset.NewFile("incidents/a/updates/b.md", []byte(file)), content.Place{Kind: content.Update, Slug: "a", Name: "b"})
}

// TestOpen: the front matter of a file is changed; the fences, the body and a byte order mark are
// as they were.
func TestOpen(t *testing.T) {
	for _, c := range [][3]string{
		{"+++\n", "title = \"A\" # b\n", "+++\nbody\n+++\n"},
		{"\ufeff+++  \r\n", "title = \"A\"\r\n", "+++ \r\nbody"},
		{"+++\n", "text = \"\"\"\n ++\n\"\"\"\n", "+++"},
		{"+++\n", "", "+++\n"},
	} {
		f, err := write.Open([]byte(strings.Join(c[:], "")))
		require.NoError(t, err)
		data, err := f.Bytes()
		require.NoError(t, err)
		assert.Equal(t, strings.Join(c[:], ""), string(data))
		f.Front.Set("kind", write.String(domain.KindProgress))
		data, err = f.Bytes()
		require.NoError(t, err)
		newline := "\n"
		if strings.Contains(c[1], "\r") {
			newline = "\r\n"
		}
		assert.Equal(t, c[0]+c[1]+`kind = "progress"`+newline+c[2], string(data))
	}
	for _, none := range []string{"", "+++", "+++\ntitle = 1\n", "text\n+++\n+++\n", "---\n---\n"} {
		_, err := write.Open([]byte(none))
		assert.Error(t, err, none)
	}
}

// TestEscape: texts with signs of Markdown are published as they are.
func TestEscape(t *testing.T) {
	for _, text := range []string{
		"*a* _b_ `c` ~~d~~ [e](f) ![g](h) <i> <!-- j --> &amp; &#65; \\ \\* a\\",
		"# a\n## b\n> c\n- d\n+ e\n* f\n1. g\n2) h\n---\n===\n***\n___\n```\n~~~\n    i\n\tj",
		"a | b\n--|--\nc | d", "|a|\n|-|\n|b|", "a\n:-:", "[a]: https://example.org \"b\"", "[ ] a\n[x] b", "- [ ] a due:2026-11-04T18:00",
		"https://example.org/_a_*b*?c=d&amp;e#f. http://x https://例.example ftp://a.b/c www.example.org/a_b_c mailto:a@b.example a_b@c_d.example",
		"{#id}", "## a {#b}", "✅ done", "+++", "中文，\n换行 *重点*", "a  b", "<https://example.org>", "(https://example.org/a)", "$x$ ^y^ :tada: \"q\" -- ...",
	} {
		assertText(t, text)
	}
}

// TestEscapeRandom is TestEscape for random texts.
func TestEscapeRandom(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	parts := []string{"a", "1", " ", "\n", "\n\n", "*", "_", "`", "~", "[", "]", "(", ")", "<", ">", "&", "#", "\\", "!", "|", "-", "+", "=", ":", ".", "{", "}", "//", "www.", "@",
		"https://", "http://a.b", "x.org", "é", "中", "due:", "id:", "&amp;", "\"", "'", "\t", "    "}
	for range 4000 {
		var b strings.Builder
		for range rng.IntN(14) {
			b.WriteString(parts[rng.IntN(len(parts))])
		}
		assertText(t, b.String())
	}
}

// FuzzText: any text is published as it is, whether it is a paragraph, an item or a heading.
func FuzzText(f *testing.F) {
	f.Add("*a* https://example.org/ {#b}\n\n1. c")
	f.Add("✅0")
	f.Add("a@b.c www.d.e <f>&amp;\\")
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) < 400 {
			assertText(t, text)
		}
	})
}

// unwritable is what no text may hold, and what Markdown takes for space.
var unwritable = regexp.MustCompile(`[\x00-\x08\x0b-\x1f\x7f-\x{a0}\x{202a}-\x{202e}\x{2066}-\x{2069}\x{fffd}\x{feff}\x{1680}\x{2000}-\x{200f}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}]`)

func assertText(t *testing.T, text string) {
	t.Helper()
	text = unwritable.ReplaceAllString(strings.ToValidUTF8(text, ""), "")
	var m write.Markdown
	m.Text(text)
	doc := parsed(t, front+m.String())
	require.Empty(t, doc.Findings, "%q", m.String())
	require.Empty(t, doc.Brackets, "%q", m.String())
	require.Empty(t, doc.Links, "%q", m.String())
	require.Equal(t, trimmed(text), read(t, doc.Lead), "%q", m.String())

	m = write.Markdown{}
	m.List(text, "end")
	doc = parsed(t, front+m.String())
	require.Empty(t, doc.Findings, "%q", m.String())
	require.Empty(t, doc.Tasks, "%q", m.String())
	require.Equal(t, strings.TrimPrefix(trimmed(text)+"\n\nend", "\n\n"), strings.TrimPrefix(read(t, doc.Lead), "\n\n"), "%q", m.String())

	m = write.Markdown{}
	m.Tasks(write.Task{Text: text, ID: "x"})
	m.Heading(2, text, "known", time.Time{})
	doc = parsed(t, front+m.String())
	require.Empty(t, doc.Findings, "%q", m.String())
	require.Len(t, doc.Tasks, 1, "%q", m.String())
	require.Equal(t, "x", doc.Tasks[0].ID, "%q", m.String())
	require.True(t, doc.Tasks[0].Due.IsZero(), "%q", m.String())
	require.Equal(t, write.Line(text), doc.Tasks[0].Plain, "%q", m.String())
	require.Len(t, doc.Sections, 1, "%q", m.String())
	require.Equal(t, "known", doc.Sections[0].ID, "%q", m.String())
	require.Equal(t, withoutSign(write.Line(text)), doc.Sections[0].Title, "%q", m.String())
}

// withoutSign is what an update's heading says besides the sign of its group.
func withoutSign(heading string) string {
	for _, sign := range []string{"✅", "🔄", "❌", "📅"} {
		if rest, ok := strings.CutPrefix(heading, sign); ok {
			return strings.TrimSpace(strings.TrimPrefix(rest, "\ufe0f"))
		}
	}
	return heading
}

const front = "+++\ntitle = \"a\"\ntime = 2026-11-04T18:00\n+++\n"

// trimmed is a text without the spaces at the ends of its lines, and with one empty line where it
// has some.
func trimmed(text string) string {
	lines := strings.Split(text, "\n")
	for i := range lines {
		lines[i] = strings.Trim(lines[i], " \t")
	}
	return strings.Trim(regexp.MustCompile(`\n{3,}`).ReplaceAllString(strings.Join(lines, "\n"), "\n\n"), "\n")
}

// read returns the words of a fragment, with a line end for each break and an empty line between
// paragraphs.
func read(t *testing.T, f content.Fragment) string {
	t.Helper()
	var b strings.Builder
	page := string(f.Fill(func(content.Hole) string { return "" }))
	for z := html.NewTokenizer(strings.NewReader(page)); ; {
		switch z.Next() {
		case html.ErrorToken:
			return strings.Trim(regexp.MustCompile(`\n{3,}`).ReplaceAllString(b.String(), "\n\n"), "\n")
		case html.TextToken:
			if text := z.Token().Data; strings.Trim(text, "\n") != "" {
				b.WriteString(strings.TrimPrefix(text, "\n"))
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			switch token := z.Token(); token.Data {
			case "br":
				b.WriteString("\n")
			case "p", "li":
				b.WriteString("\n\n")
			case "a", "ul":
			default:
				t.Fatalf("<%s> in %s", token.Data, page)
			}
		}
	}
}

// TestFront: whatever an incident says of itself, the reader of content reads it as it was given.
func TestFront(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	text := func() string { return strings.TrimSpace(words(rng)) + "." }
	shown := func() string { return strings.NewReplacer("\n", "", `\[`, "[", `\]`, "]").Replace(text()) } // one line
	for range 500 {
		known := time.Date(2026, 11, 4, rng.IntN(24), rng.IntN(60), rng.IntN(2), 0, time.UTC)
		want := content.Front{Title: shown(), Summary: shown(), Affected: shown(), Type: text(), Owner: text(), Level: domain.Levels()[rng.IntN(3)],
			Stance: domain.Stances()[rng.IntN(3)], Drill: rng.IntN(2) == 0, Files: map[string]string{}, Occasion: domain.OccasionIncident}
		f := write.New("\nText.\n")
		for range rng.IntN(3) {
			c := content.Contact{Label: shown(), Value: shown(), Hours: shown()}
			contact := f.Front.Add("contact")
			contact.Set("label", write.String(c.Label))
			contact.Set("value", write.String(c.Value))
			contact.Set("hours", write.String(c.Hours))
			want.Contacts = append(want.Contacts, c)
		}
		for range 1 + rng.IntN(2) {
			name, label := words(rng), shown()
			f.Front.In("files").Set(name, write.String(label))
			want.Files[name] = label
		}
		for range 1 + rng.IntN(2) {
			want.ApprovedBy = append(want.ApprovedBy, words(rng))
		}
		f.Front.Set("title", write.String(want.Title))
		f.Front.Set("summary", write.String(want.Summary))
		f.Front.Set("affected", write.String(want.Affected))
		f.Front.Set("type", write.String(want.Type))
		f.Front.Set("owner", write.String(want.Owner))
		f.Front.Set("level", write.Int(want.Level))
		f.Front.Set("stance", write.String(want.Stance))
		f.Front.Set("drill", write.Bool(want.Drill))
		f.Front.Set("known", write.Time(known))
		f.Front.Set("approved_by", write.Strings(want.ApprovedBy))
		data, err := f.Bytes()
		require.NoError(t, err)
		doc := content.Parse(fileset.NewFile("incidents/a/index.md", data), content.Place{Kind: content.Index, Slug: "a", Name: "index"})
		said := slices.DeleteFunc(slices.Clone(doc.Findings), func(f diag.Diagnostic) bool {
			return strings.Contains(f.Message.String(), "hides or reorders text") // it is read back, and may not be published
		})
		require.Empty(t, said, "%s", data)
		assert.Equal(t, known, doc.Front.Known.In(time.UTC))
		want.Known = doc.Front.Known
		require.Equal(t, want, doc.Front, "%s", data)
	}
}
