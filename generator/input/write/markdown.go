package write

import (
	"regexp"
	"strings"
	"time"

	"candor/generator/domain"
	"candor/generator/input/tomldoc"
)

// Markdown is the body of a file, written block by block.
type Markdown struct{ text strings.Builder }

// String returns what has been written.
func (m *Markdown) String() string { return m.text.String() }

// block begins a block behind an empty line.
func (m *Markdown) block(text string) { m.text.WriteString("\n" + text + "\n") }

// Heading writes a heading of a level from 1 to 6, its text on one line without links, with its id and, if updated
// is not zero, the instant at which what is under it was last true.
func (m *Markdown) Heading(level int, text string, id domain.Section, updated time.Time) {
	attributes := "{#" + string(id)
	if !updated.IsZero() {
		attributes += " updated=" + tomldoc.FormatTime(updated)
	}
	if text = unlinked(text); text != "" {
		text += " "
	}
	m.block(strings.Repeat("#", level) + " " + text + attributes + "}")
}

// Text writes paragraphs. An empty line separates two; another line end is kept as one. A web
// address becomes a link.
func (m *Markdown) Text(text string) {
	for _, lines := range paragraphs(text) {
		m.block(broken(lines, ""))
	}
}

// List writes a list whose items are texts.
func (m *Markdown) List(items ...string) {
	written := make([]string, len(items))
	for i, item := range items {
		written[i] = "- " + indented(item)
	}
	m.block(strings.Join(written, "\n"))
}

// Task is a task item, its text on one line without links. With a due time it is a promise.
type Task struct {
	Done bool
	Text string
	Due  time.Time // zero if there is none
	ID   string    // empty if there is none
}

// Tasks writes a list of task items.
func (m *Markdown) Tasks(tasks ...Task) {
	written := make([]string, len(tasks))
	for i, t := range tasks {
		written[i] = "- [ ] "
		if t.Done {
			written[i] = "- [x] "
		}
		written[i] += unlinked(t.Text)
		if !t.Due.IsZero() {
			written[i] += " due:" + tomldoc.FormatTime(t.Due)
		}
		if t.ID != "" {
			written[i] += " id:" + t.ID
		}
	}
	m.block(strings.Join(written, "\n"))
}

// indented writes the paragraphs of a text as those of an item.
func indented(text string) string {
	var written []string
	for _, lines := range paragraphs(text) {
		written = append(written, broken(lines, "  "))
	}
	return strings.Join(written, "\n\n  ")
}

// broken joins lines with line ends that are kept: a backslash, or two spaces behind a line that ends
// with a backslash itself.
func broken(lines []string, indent string) string {
	text := lines[0]
	for _, line := range lines[1:] {
		end := "\\\n"
		if strings.HasSuffix(text, "\\") {
			end = "  \n"
		}
		text += end + indent + line
	}
	return text
}

// paragraphs returns the escaped lines of each paragraph of a text.
func paragraphs(text string) [][]string {
	var all [][]string
	var lines []string
	for _, line := range append(strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n"), "") {
		if line = strings.Trim(line, " \t\r\f\v"); line != "" {
			lines = append(lines, begin(inline(line)))
		} else if lines != nil {
			all, lines = append(all, lines), nil
		}
	}
	return all
}

var (
	// signs have a meaning anywhere in Markdown, or in a heading.
	signs = strings.NewReplacer(`\`, `\\`, "`", "\\`", `*`, `\*`, `_`, `\_`, `~`, `\~`, `[`, `\[`, `<`, `\<`,
		`{`, `\{`, `}`, `\}`, `://`, `\://`, `www.`, `www\.`)

	// entity is what HTML takes for another character.
	entity = regexp.MustCompile(`&(#?[0-9A-Za-z]+;)`)

	// token is what may be read as the due time or the id of a task item.
	token = regexp.MustCompile(`(due|id):`)

	// address is a web address as people write it in a sentence.
	address = regexp.MustCompile(`https?://[A-Za-z0-9][-A-Za-z0-9._~:/?#@!$&'()*+,;=%]*[-A-Za-z0-9_~/#=]`)

	// opening is what begins a block at the beginning of a line: a heading, a quotation, an item.
	opening = regexp.MustCompile(`^(#|>|[-+]|\d{1,9}[.)])`)

	// divider is the second line of a table, a rule, or what is below a heading elsewhere.
	divider = regexp.MustCompile(`^([-:| \t]+|=+)$`)
)

// inline escapes a line so that it is read as its own text, but for web addresses, which it makes
// links.
func inline(line string) string {
	var b strings.Builder
	at := 0
	for _, found := range address.FindAllStringIndex(line, -1) {
		b.WriteString(escaped(line[at:found[0]]) + "<" + line[found[0]:found[1]] + ">")
		at = found[1]
	}
	return b.String() + escaped(line[at:])
}

func escaped(text string) string {
	return token.ReplaceAllString(signs.Replace(entity.ReplaceAllString(text, "&amp;$1")), `$1\:`)
}

// unlinked escapes a text on one line, with no links: the reader leaves their words out of a title.
func unlinked(text string) string {
	return strings.ReplaceAll(escaped(Line(text)), "@", `\@`)
}

// begin escapes what begins a block at the beginning of a line.
func begin(line string) string {
	if at := opening.FindStringIndex(line); at != nil {
		return line[:at[1]-1] + `\` + line[at[1]-1:]
	}
	if divider.MatchString(line) {
		return `\` + line
	}
	return line
}
