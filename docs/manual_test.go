package docs

import (
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// contributors are the pages that are in English only: their readers change the program.
var contributors = []string{"architecture.md"}

// page is a page of the manual, or another Markdown file that links to them.
type page struct {
	path     string // below docs, such as "zh/rules/cadence.md"
	text     string
	sections []section
	code     []codeBlock
}

// section is a heading and what is below it, up to the next heading.
type section struct {
	level int
	slug  string   // its address
	items int      // of lists
	rows  []string // what the first cell of each row of a table has in backquotes
	links []string // as written
}

// codeBlock is a fenced or an indented block.
type codeBlock struct {
	kind  string // as the fence says
	lines []string
}

// TestManual holds the Chinese manual against the English one: every page has its counterpart, to
// which it links, with the same sections, links, lists, tables and code.
func TestManual(t *testing.T) {
	for _, name := range english(t) {
		t.Run(name, func(t *testing.T) {
			if slices.Contains(contributors, name) {
				assert.NoFileExists(t, filepath.Join("zh", name))
				return
			}
			en, zh := read(t, name), read(t, "zh/"+name)
			assertOther(t, en, "中文", zh.path)
			assertOther(t, zh, "English", en.path)
			assertSections(t, en, zh)
			if path.Dir(name) != "rules" { // examples of a rule are in the language of their page
				assertCode(t, en, zh)
			}
		})
	}
	var pages []string
	for _, file := range files(t, "zh") {
		pages = append(pages, strings.TrimPrefix(file, "zh/"))
	}
	assert.Subset(t, english(t), pages, "a Chinese page has no English one")
}

// TestLinks holds that every link of the manual, and of README.md, leads to a file and a heading.
func TestLinks(t *testing.T) {
	for _, name := range append(files(t, "."), "../README.md", "../README.zh.md") {
		p := read(t, name)
		for _, s := range p.sections {
			for _, link := range s.links {
				_, ok := target(t, p, link)
				assert.True(t, ok, "%s links to %s", name, link)
				assert.False(t, leaves(p, link), "%s links to %s, which is in the other language", name, link)
			}
		}
	}
}

// TestRulePages holds that Rule returns pages without their link to the other language.
func TestRulePages(t *testing.T) {
	assert.True(t, strings.HasPrefix(Rule("cadence", "en"), "# cadence\n\nWarning."))
	assert.True(t, strings.HasPrefix(Rule("cadence", "zh-Hans"), "# cadence\n\n警告。"))
}

// english returns the pages in English.
func english(t *testing.T) []string {
	return slices.DeleteFunc(files(t, "."), func(name string) bool { return strings.HasPrefix(name, "zh/") })
}

// files returns the Markdown files in a folder and below it.
func files(t *testing.T, folder string) []string {
	t.Helper()
	var list []string
	require.NoError(t, filepath.WalkDir(folder, func(name string, _ os.DirEntry, err error) error {
		if strings.HasSuffix(name, ".md") {
			list = append(list, filepath.ToSlash(name))
		}
		return err
	}))
	return list
}

var (
	heading  = regexp.MustCompile(`^(#{1,6}) (.*)$`)
	fence    = regexp.MustCompile("^```(.*)$")
	item     = regexp.MustCompile(`^ *- `)
	row      = regexp.MustCompile(`^\|([^|]*)\|`)
	codeSpan = regexp.MustCompile("``(?s:.*?)``|`[^`]*`")
	link     = regexp.MustCompile(`\]\(([^)\s]+)\)`)
)

// read reads a page. Headings, links and the like in code are none.
func read(t *testing.T, name string) page {
	t.Helper()
	data, err := os.ReadFile(name)
	require.NoError(t, err)
	p := page{path: name, text: string(data)}
	slugs, prose, fenced, before := map[string]int{}, "", false, ""
	for _, line := range strings.Split(p.text, "\n") {
		f := fence.FindStringSubmatch(line)
		switch {
		case f != nil:
			if fenced = !fenced; fenced {
				p.code = append(p.code, codeBlock{kind: f[1]})
			}
		case fenced:
			last := &p.code[len(p.code)-1]
			last.lines = append(last.lines, line)
		case strings.HasPrefix(line, "    ") && (before == "" || strings.HasPrefix(before, "    ")):
			if before == "" && !(len(p.code) > 0 && strings.HasPrefix(prose, "\n\n")) {
				p.code = append(p.code, codeBlock{kind: "indented"})
			}
			last := &p.code[len(p.code)-1]
			last.lines = append(last.lines, line)
		case heading.MatchString(line):
			p.finish(prose)
			h := heading.FindStringSubmatch(line)
			p.sections = append(p.sections, section{level: len(h[1]), slug: slug(h[2], slugs)})
			prose = ""
		default:
			prose += "\n" + line
			p.add(line)
		}
		before = line
	}
	p.finish(prose)
	return p
}

// add counts a line of prose in its section.
func (p *page) add(line string) {
	if len(p.sections) == 0 {
		return
	}
	s := &p.sections[len(p.sections)-1]
	if item.MatchString(line) {
		s.items++
	}
	if r := row.FindStringSubmatch(line); r != nil {
		s.rows = append(s.rows, strings.Join(codeSpan.FindAllString(r[1], -1), " "))
	}
}

// finish finds the links of the last section, whose text is prose.
func (p *page) finish(prose string) {
	if len(p.sections) == 0 {
		return
	}
	s := &p.sections[len(p.sections)-1]
	for _, l := range link.FindAllStringSubmatch(codeSpan.ReplaceAllString(prose, "``"), -1) {
		s.links = append(s.links, l[1])
	}
}

// slug is the address of a heading as GitHub makes it.
func slug(text string, before map[string]int) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case r == ' ':
			return '-'
		case r == '-' || r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
			return unicode.ToLower(r)
		}
		return -1
	}, text)
	n := before[text]
	before[text]++
	if n > 0 {
		text += "-" + string(rune('0'+n))
	}
	return text
}

// target says what a link leads to, in words that are the same in both languages, and whether it
// is there.
func target(t *testing.T, from page, to string) (string, bool) {
	t.Helper()
	if strings.Contains(to, "://") {
		return to, true
	}
	file, anchor, _ := strings.Cut(to, "#")
	name := from.path
	if file != "" {
		name = path.Join(path.Dir(from.path), file)
	}
	if _, err := os.Stat(name); err != nil {
		return "", false
	}
	both := strings.TrimPrefix(name, "zh/")
	if anchor == "" {
		return both, true
	}
	i := slices.IndexFunc(read(t, name).sections, func(s section) bool { return s.slug == anchor })
	return both + " section " + string(rune('0'+i/10)) + string(rune('0'+i%10)), i >= 0
}

// leaves reports whether a link leads from the Chinese manual to the English one, or back, though
// the language of the page has that page, too; the link below the title is meant to.
func leaves(from page, to string) bool {
	file, _, _ := strings.Cut(to, "#")
	name := path.Join(path.Dir(from.path), file)
	both, chinese := strings.CutPrefix(name, "zh/")
	_, fromChinese := strings.CutPrefix(from.path, "zh/")
	if strings.Contains(to, "://") || file == "" || chinese == fromChinese || both == strings.TrimPrefix(from.path, "zh/") {
		return false
	}
	if chinese {
		return true
	}
	_, err := os.Stat("zh/" + name)
	return err == nil
}

// assertOther holds that the paragraph below the title of p links to the page in other words.
func assertOther(t *testing.T, p page, words, other string) {
	t.Helper()
	to, err := filepath.Rel(path.Dir(p.path), other)
	require.NoError(t, err)
	_, rest, _ := strings.Cut(p.text, "\n\n")
	line, _, _ := strings.Cut(rest, "\n")
	assert.Equal(t, "["+words+"]("+filepath.ToSlash(to)+")", line, p.path)
}

func assertSections(t *testing.T, en, zh page) {
	t.Helper()
	level := func(list []section) (levels []int) {
		for _, s := range list {
			levels = append(levels, s.level)
		}
		return levels
	}
	require.Equal(t, level(en.sections), level(zh.sections), "levels of headings of %s", zh.path)
	for i, e := range en.sections {
		z := zh.sections[i]
		where := []any{"%s below #%s", zh.path, z.slug}
		assert.Equal(t, targets(t, en, e), targets(t, zh, z), where...)
		assert.Equal(t, e.items, z.items, where...)
		assert.Len(t, z.rows, len(e.rows), where...)
		for i := range min(len(e.rows), len(z.rows)) {
			if !translated(z.rows[i]) {
				assert.Equal(t, e.rows[i], z.rows[i], where...)
			}
		}
	}
}

// targets are what the links of a section lead to, once each.
func targets(t *testing.T, p page, s section) (list []string) {
	t.Helper()
	for _, l := range s.links {
		to, ok := target(t, p, l)
		if !ok {
			to = l
		}
		list = append(list, to)
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// assertCode holds that blocks of code differ only in lines that say something to people, and there
// only in what is said.
func assertCode(t *testing.T, en, zh page) {
	t.Helper()
	require.Len(t, zh.code, len(en.code), "blocks of code in %s", zh.path)
	for i, e := range en.code {
		z := zh.code[i]
		assert.Equal(t, e.kind, z.kind)
		if !assert.Len(t, z.lines, len(e.lines), "%s:\n%s", zh.path, strings.Join(z.lines, "\n")) {
			continue
		}
		for j, line := range e.lines {
			if translated(line) || translated(z.lines[j]) {
				if strings.Contains(z.lines[j], "{#") {
					line = withID(line)
				}
				assert.Equal(t, signs(line), signs(z.lines[j]), "%s: %s", zh.path, z.lines[j])
			} else {
				assert.Equal(t, sameTag(line), sameTag(z.lines[j]), zh.path)
			}
		}
	}
}

func translated(line string) bool {
	return strings.ContainsFunc(line, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}

var (
	tag  = regexp.MustCompile(`\b(zh-Hans|en)\b`)
	sign = regexp.MustCompile(`^\s*[\w."-]+ = |^#+ |^ *- (\[.\] )?|\{#[\w-]+|\b(due|id|updated)[:=]\S+|` +
		`\]\([^)]*\)|\b\d{4}-\d\d-\d\d(T\d\d:\d\d)?|^\$ .*|--[a-z]+`)
)

// sameTag writes one word for both languages: an example in English is translated into Chinese, and
// the other way round.
func sameTag(line string) string { return tag.ReplaceAllString(line, "TAG") }

// signs are what a line of code says to the program.
func signs(line string) []string { return sign.FindAllString(sameTag(line), -1) }

// withID gives a heading in English the id that its words make, if it has none.
func withID(line string) string {
	if h := heading.FindStringSubmatch(line); h != nil && !strings.Contains(line, "{#") {
		return line + " {#" + slug(h[2], map[string]int{})
	}
	return line
}
