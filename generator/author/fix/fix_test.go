package fix

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"candor/generator/diag"
	"candor/generator/fileset"
	"candor/generator/input/content"
)

// check finds what is wrong with files by themselves.
func check(files fileset.Set) diag.List {
	var found diag.List
	for f := range files.All() {
		doc := content.Parse(f, content.Place{Kind: content.Update, Slug: "a", Name: "b"})
		found = append(append(found, doc.Findings...), doc.Markup...)
	}
	return found.Sort()
}

func fixed(text string) (now string, done, left diag.List) {
	files, done, left := Files(fileset.Must([]fileset.File{fileset.NewFile("u.md", []byte(text))}), check)
	f, _ := files.Get("u.md")
	return string(f.Data), done, left
}

const front = "+++\ntitle = \"T\"\ntime = 2026-11-04T18:00\n+++\n"

// TestFiles: what can be meant in one way is written so, and nothing else is touched.
func TestFiles(t *testing.T) {
	for _, c := range [][2]string{
		{"##标题\n", "## 标题\n"},
		{"###\u3000 Title {#a}\n", "### Title {#a}\n"},
		{"＃＃ 标题｛＃done｝\n", "## 标题{#done}\n"},
		{"##　标题 {done}\n", "## 标题 {#done}\n"},
		{"## a {#b updated=2026/11/05 12：00}\n", "## a {#b updated=2026-11-05T12:00}\n"},
		{"## a {# b}\n", "## a {#b}\n"},
		{"- [] a due:2026-12-05T18:00\n", "- [ ] a due:2026-12-05T18:00\n"},
		{"-[ ] a\n-[x] b\n", "- [ ] a\n- [x] b\n"},
		{"- 【 】a\n", "- [ ] a\n"},
		{"- ［　］　a\n", "- [ ] a\n"},
		{"- [√] a id：b\n", "- [x] a id:b\n"},
		{"* [X ] a\n", "* [x] a\n"},
		{"1. [ x] a\n", "1. [x] a\n"},
		{"> － [ ] a\n", "> - [ ] a\n"},
		{"• [ ] a\n", "- [ ] a\n"},
		{"- □ a due:2026-12-05T18:00\n", "- [ ] a due:2026-12-05T18:00\n"},
		{"- [ ] a due：2026-12-05T18：00 id：b\n", "- [ ] a due:2026-12-05T18:00 id:b\n"},
		{"- [ ] a due:2026/12/05 18:00\n", "- [ ] a due:2026-12-05T18:00\n"},
		{"- [ ] a due:2026.12.5 8:00\n", "- [ ] a due:2026-12-05T08:00\n"},
		{"- [ ] a due:２０２６年１２月５日１８点\n", "- [ ] a due:2026-12-05T18:00\n"},
		{"- [ ] a due:2026年12月5日下午6点半\n", "- [ ] a due:2026-12-05T18:30\n"},
		{"- [ ] a Due: 2026-12-05 18:00+0800\n", "- [ ] a due:2026-12-05T18:00+08:00\n"},
		{"- [ ] 再回访due:2026-12-05T18:00\n", "- [ ] 再回访 due:2026-12-05T18:00\n"},
		{"- [ ] due:2026-12-05T18:00 a id:b\n", "- [ ] a due:2026-12-05T18:00 id:b\n"},
		{"- [ ] a（due:2026-12-05T18:00）。\n", "- [ ] a due:2026-12-05T18:00\n"},
		{"- [ ] a\n  due：2026-12-05T18:00\n", "- [ ] a\n  due:2026-12-05T18:00\n"},
		{"[客服]（https://e.example/a）。\n", "[客服](https://e.example/a)。\n"},
		{"［a］(faq.md#x) [b] (/about/)\n", "[a](faq.md#x) [b](/about/)\n"},
		{"a\tb\n1\t2\n", "| a | b |\n|---|---|\n| 1 | 2 |\n"},
		{"> a\tb\n> 1\t2\n", "> | a | b |\n> |---|---|\n> | 1 | 2 |\n"},
		{"| a | b |\n| 1 | 2 |\n", "| a | b |\n|---|---|\n| 1 | 2 |\n"},
		{"｜a｜b｜\n｜－－｜－－｜\n｜1｜2｜\n", "| a | b |\n| --- | --- |\n| 1 | 2 |\n"},
		{"• a\n• b\n", "- a\n- b\n"},
		{"-甲\n-乙\n", "- 甲\n- 乙\n"},
		{"1.甲\n2.乙\n", "1. 甲\n2. 乙\n"},
		{"１）甲\n２）乙\n", "1. 甲\n2. 乙\n"},
		{"＊ 甲\n＊ 乙\n", "- 甲\n- 乙\n"},
		{"＞ 引用\n＞ 引用\n", "> 引用\n> 引用\n"},
		{"！[图](a.png)\n", "![图](a.png)\n"},
		{"![图]（a.png）\n", "![图](a.png)\n"},
		{"请：\n1、a\n2、b\n", "请：\n1. a\n2. b\n"},
	} {
		for _, form := range []func(string) string{
			func(s string) string { return s },
			func(s string) string { return "\ufeff" + strings.ReplaceAll(s, "\n", "\r\n") },
			func(s string) string { return strings.ReplaceAll("Before.  \n\n"+s+"\nAfter. \t\n", "\n", "\r\n") },
		} {
			text := form(front + c[0])
			want := form(front + c[1])
			if strings.HasPrefix(text, "Before") {
				text, want = strings.ReplaceAll(front, "\n", "\r\n")+form(c[0]), strings.ReplaceAll(front, "\n", "\r\n")+form(c[1])
			}
			now, done, left := fixed(text)
			assert.Equal(t, want, now, "%q", text)
			assert.NotEmpty(t, done, "%q", text)
			assert.Empty(t, said(left), "%q", text)
		}
	}
}

func TestFrontMatter(t *testing.T) {
	good := "+++\ntitle = \"停电\"\ntime = 2026-11-04T18:00\n+++\nText.\n"
	for _, text := range []string{
		"+++\ntitle = “停电”\ntime = 2026-11-04T18：00\n+++\nText.\n",
		"+++\ntitle = ”停电”\ntime = 2026/11/04 18:00\n+++\nText.\n",
		"+++\ntitle = 「停电」\ntime = 2026年11月4日18时\n+++\nText.\n",
		"+++\ntitle ＝ \"停电\"\ntime：2026-11-04T18:00\n+++\nText.\n",
		"+++\ntitle = \"停电\"\ntime = \"2026-11-04 18:00\"\n+++\nText.\n",
		"+++\ntitle = ＂停电＂\ntime = ２０２６-１１-０４T１８:００\n+++\nText.\n",
		"＋＋＋\ntitle = \"停电\"\ntime = 2026-11-04T18:00\n＋＋＋\nText.\n",
		"---\ntitle = \"停电\"\ntime = 2026-11-04T18:00\n---\nText.\n",
		"---\ntitle: \"停电\"\ntime: 2026-11-04T18:00\n---\nText.\n",
		"++++\ntitle = \"停电\"\ntime = 2026-11-04T18:00\n ++\nText.\n",
		"+++\ntitle = \"停电\"\ntime = 2026-11-4T18:00\n＋＋＋\nText.\n",
		"+++ title = \"停电\"\ntime = 2026-11-04T18:00\n+++\nText.\n",
		"\n\n+++\ntitle = \"停电\"\ntime = 2026-11-04T18:00\n+++\nText.\n",
	} {
		now, done, left := fixed(text)
		assert.Equal(t, good, now, "%q", text)
		assert.NotEmpty(t, done, "%q", text)
		assert.Empty(t, said(left), "%q", text)
	}
}

// TestNotCertain: what can be meant in several ways is found and left as it is.
func TestNotCertain(t *testing.T) {
	for _, text := range []string{
		"+++abc\ntitle = \"T\"\ntime = 2026-11-04T18:00\n+++\n",
		front + "- [×] a\n", front + "- a due:2026-12-05T18:00\n", front + "- [ ] a due:05/12/2026 18:00\n",
		front + "- [ ] a due:2026/12/05\n", front + "- [ ] a due:2026/13/05 18:00\n",
		front + "- [ ] a due:2026-12-05 下午12:00\n",
		front + "#标题\n", front + "    四个空格开头的一段话。\n", front + "**未闭合的话\n", front + "a](https://e.example/)\n",
		front + "a\tb\n1\t2\t3\n", front + "电话：\t95000\n邮箱：\ta@e.example\n",
		front + "- [] a\x07 due：2026-12-05T18:00\n", front + "`code\n",
		front + "~~删除的话\n", front + "** 注意 **\n",
		front + "    - [ ] a due:2026-12-05T18:00\n",
		"+++\ntitle = “a”，“b”\ntime = 2026-11-04T18:00\n+++\n",
		"+++\ntitle = \"他说“好”\ntime = 2026-11-04T18:00\n+++\n", "+++\ntitle = 停电\ntime = 2026-11-04T18:00\n+++\n",
	} {
		now, done, left := fixed(text)
		assert.Equal(t, text, now)
		assert.Empty(t, said(done), "%q", text)
		assert.NotEmpty(t, left, "%q", text)
	}
}

func said(list diag.List) (texts []string) {
	for _, d := range list {
		texts = append(texts, fmt.Sprintf("%d:%d: %s [%s]", d.Line, d.Column, d.Message.String(), d.Rule))
	}
	return texts
}

// examples are the texts of the example site, and what goes wrong in them.
func examples(t testing.TB) []string {
	names, err := filepath.Glob("../../../content/incidents/*/updates/*.md")
	require.NoError(t, err)
	require.NotEmpty(t, names)
	var texts []string
	for _, name := range names {
		data, err := os.ReadFile(name)
		require.NoError(t, err)
		texts = append(texts, string(data))
	}
	return texts
}

// slips are what people type instead of what is meant.
var slips = [][2]string{
	{"\n## ", "\n##"}, {"\n## ", "\n＃＃"}, {"\n### ", "\n###　"}, {"- [ ] ", "- [] "}, {"- [ ] ", "-[ ] "},
	{"- [x] ", "- [√] "},
	{"- [ ] ", "- 【 】"}, {" due:", " due："}, {" id:", " id："}, {" due:", "due:"}, {"T18:00", " 18:00"},
	{"T18:00", "T18：00"}, {"2026-11-", "2026/11/"},
	{"\"", "“"}, {" = ", "＝"}, {"+++", "＋＋＋"}, {"+++", "---"}, {"](", "]（"}, {"](", "] ("}, {"{#", "{"},
	{"{#", "{＃"}, {"**", "** "}, {"\n", "\r\n"},
	{"+++", "\ufeff+++"}, {"\n- ", "\n• "}, {"\n\n", "\n\n    "}, {" ", "\t"}, {"[", "［"}, {":", "："},
	{"\n- ", "\n1、"}, {"\n- ", "\n-"}, {"\n> ", "\n＞"}, {"，", "\t"}, {"。", "。\n"},
}

// FuzzFiles makes slips in real texts: whatever is fixed is no longer found, nothing that was read
// before is found anew, and a second run changes nothing.
func FuzzFiles(f *testing.F) {
	texts := examples(f)
	for i := range slips {
		f.Add(uint16(i), []byte{byte(i), 1, 0, byte(i + 7), 3, 0})
	}
	f.Fuzz(func(t *testing.T, n uint16, plan []byte) {
		text := texts[int(n)%len(texts)]
		for i := 0; i+2 < len(plan) && i < 30; i += 3 {
			s := slips[int(plan[i])%len(slips)]
			if plan[i+2]%4 == 0 {
				text = strings.ReplaceAll(text, s[0], s[1])
			} else if parts := strings.SplitAfterN(text, s[0], 2+int(plan[i+1])); len(parts) > 1 {
				at := len(text) - len(parts[len(parts)-1]) - len(s[0])
				text = text[:at] + s[1] + text[at+len(s[0]):]
			}
		}
		checkLaw(t, text)
	})
}

// checkLaw holds that a run leaves nothing to correct, and finds nothing anew in a text that could be read.
func checkLaw(t *testing.T, text string) {
	t.Helper()
	files := fileset.Must([]fileset.File{fileset.NewFile("u.md", []byte(text))})
	before := check(files)
	now, done, left := fixed(text)
	if len(done) == 0 && now != text {
		t.Fatalf("changed without a word: %q", text)
	}
	for _, d := range left {
		if d.Fix != nil {
			t.Fatalf("not fixed: %d:%d %s: %q\nmade of %q", d.Line, d.Column, d.Message.String(), now, text)
		}
	}
	again, twice, _ := fixed(now)
	if again != now || len(twice) > 0 {
		t.Fatalf("changed again: %q, made of %q", again, now)
	}
	if strings.Count(text, "\r") > 0 && strings.Count(text, "\n") == strings.Count(text, "\r\n") &&
		strings.Count(now, "\n") != strings.Count(now, "\r\n") {
		t.Fatalf("other line ends: %q, made of %q", now, text)
	}
	for _, d := range before {
		if d.Rule == "bad-value" || d.Rule == "bad-date" {
			return // it may have hidden others
		}
	}
	known := map[string]int{}
	for _, d := range before {
		if d.Fix == nil {
			known[d.Rule]++
		}
	}
	for _, d := range left {
		if known[d.Rule]--; known[d.Rule] < 0 && d.Rule != "duplicate-id" {
			t.Fatalf("new: %d:%d %s [%s] in %q\nmade of %q", d.Line, d.Column, d.Message.String(), d.Rule, now, text)
		}
	}
}

// FuzzApply: the text of a file is corrected where it was meant, whatever its line ends, and the rest stays.
func FuzzApply(f *testing.F) {
	f.Add([]byte("\ufeffa\r\nb\rc\n"), 1, 2, "\nd", 4, 9)
	f.Add([]byte("\r\r\n\n\xff"), 0, 0, "x", 0, 1)
	f.Fuzz(func(t *testing.T, data []byte, start, length int, text string, start2, length2 int) {
		was := content.Normalise(data)
		inside := func(start, length int) *diag.Fix {
			from := max(0, min(start, len(was)))
			return &diag.Fix{Start: from, End: max(from, min(from+max(0, length%100), len(was))), New: text}
		}
		list := diag.List{{Fix: inside(start, length)}, {Fix: inside(start2, length2)}}
		plain := bytes.ReplaceAll(bytes.TrimPrefix(data, []byte("\ufeff")), []byte("\r\n"), nil)
		if strings.ContainsAny(text, "\r\ufeff") || bytes.ContainsAny(plain, "\r\ufeff") {
			return // a correction could make a line end, or a byte order mark, with what is beside it
		}
		now, applied := Apply(data, list)
		want := was
		for i := len(applied) - 1; i >= 0; i-- {
			f := applied[i].Fix
			if i == 0 || *applied[i-1].Fix != *f {
				want = slices.Concat(want[:f.Start], []byte(f.New), want[f.End:])
			}
		}
		assert.Equal(t, string(want), string(content.Normalise(now)))
		untouched, none := Apply(data, nil)
		assert.Equal(t, string(data), string(untouched))
		assert.Empty(t, none)
	})
}
