package content

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"candor/generator/fileset"
)

// hostile are texts that cost a Markdown or TOML parser more than their length,
// or that did in some parser, each in any size.
func hostile() map[string]func(size int) string {
	repeat := func(unit string) func(int) string {
		return func(size int) string { return strings.Repeat(unit, size/len(unit)) }
	}
	front := func(unit string) func(int) string {
		return func(size int) string {
			return "+++\ntitle = \"x\"\nx = " + strings.Repeat(unit, min(size, frontLimit-100)/len(unit)) + "\n+++\n"
		}
	}
	texts := map[string]func(int) string{
		"nested quotes in one line": func(size int) string { return strings.Repeat(">", size) + "a" },
		"nested quotes with spaces": func(size int) string { return strings.Repeat("> ", size/2) + "a" },
		"nested lists in one line":  repeat("- "),
		"nested ordered lists":      repeat("1. "),
		"lists and quotes":          repeat("> - "),
		"staircase of lists":        staircase("- "),
		"staircase of quotes": func(size int) string {
			return steps(size, func(i int) string { return strings.Repeat(">", i) + " a\n" })
		},
		"staircase of quotes, capped": func(size int) string {
			return steps(size, func(i int) string { return strings.Repeat(">", i%30) + " a\n" })
		},
		"wide list of lists": repeat("- - - - a\n"),
		"setext lines":       repeat("a\n===\n"),
		"rules":              repeat("***\n"),
		"fences":             repeat("```\n"),
		"fences of many lengths": func(size int) string {
			return steps(size, func(i int) string { return strings.Repeat("`", 3+i%500) + "\n" })
		},
		"open fence in quotes":         repeat("> ```\n"),
		"headings":                     repeat("# a {#b}\n"),
		"headings with one attribute":  repeat("## {"),
		"empty headings":               repeat("##\n"),
		"braces":                       func(size int) string { return "# " + strings.Repeat("{", size) + "}" },
		"a long word":                  repeat("a"),
		"a long attribute":             func(size int) string { return "# a {#" + strings.Repeat("b", size) + "}" },
		"many attributes":              func(size int) string { return "# a {" + strings.Repeat("b ", size/2) + "}" },
		"a long heading":               func(size int) string { return "# " + strings.Repeat("中 ", size/4) },
		"blank lines":                  repeat("\n"),
		"spaces":                       repeat(" "),
		"tabs":                         repeat("\t"),
		"tabs in a list":               repeat("-\t"),
		"indented code":                repeat("    a\n"),
		"short lines":                  repeat("a\n"),
		"soft and hard breaks":         repeat("a  \n"),
		"reference definitions":        func(size int) string { return steps(size, func(i int) string { return fmt.Sprintf("[a%d]: b\n", i) }) },
		"one definition many times":    repeat("[a]: b\n"),
		"definitions without end":      repeat("[a]: <b\n"),
		"definitions with open titles": repeat("[a]: b \"\n"),
		"uses of a reference": func(size int) string {
			return "[a]: /" + strings.Repeat("b", size/2) + "\n\n" + strings.Repeat("[a]\n\n", size/10)
		},
		"boxes of another keyboard": repeat("- 【】a due：2026/12/05 18：00 id：b\n"),
		"boxes without a list":      repeat("[] a\n"),
		"tokens nearly":             func(size int) string { return "- [ ] a" + strings.Repeat(" due：2026-12-05T18:00", size/25) },
		"links of another keyboard": repeat("[a]（b.md）"),
		"headings without a space":  repeat("##a\n"),
		"pasted tables":             repeat("a\tb\n"),
		"bars alone":                repeat("|a|b|\n"),
		"bullets":                   repeat("• a\n"),
		"numbers":                   repeat("1、a\n"),
		"due times in a text":       repeat("a due:2026-12-05T18:00\n"),
		"due times in code":         repeat("`due:2026-12-05T18:00`\n\n"),
		"masked names":              repeat("王**、"),
		"tasks":                     repeat("- [ ] a due:2026-11-04T18:00 id:b\n"),
		"tokens of one task":        func(size int) string { return "- [ ] a" + strings.Repeat(" id:b", size/5) },
		"wide table": func(size int) string {
			return "|" + strings.Repeat("a|", size/6) + "\n|" + strings.Repeat("-|", size/6) + "\n" + strings.Repeat("|", size/3)
		},
		"long table": func(size int) string { return "|a|b|\n|-|-|\n" + strings.Repeat("|1|2|\n", size/6) },
		"growing table": func(size int) string {
			return strings.Repeat("|a", 60) + "|\n" + strings.Repeat("|-", 60) + "|\n" + strings.Repeat("|\n", size/2)
		},
		"many tables":           repeat("|a|\n|-|\n\n"),
		"tables in a paragraph": repeat("|a|\n|-|\n"),
		"escaped pipes":         func(size int) string { return "|a|\n|-|\n|" + strings.Repeat(`\|`, size/2) },
		"pipes":                 repeat("|"),
		"pipes and dashes":      repeat("|-"),
		"html blocks":           repeat("<div>\n\n"),
		"comments":              repeat("<!-- "),
		"comments closed":       repeat("<!-- -->"),
		"declarations":          repeat("<!A "),
		"instructions":          repeat("<?"),
		"cdata":                 repeat("<![CDATA["),
		"open tags":             repeat("<a "),
		"open attributes":       repeat("<a b='"),
		"closing tags":          repeat("</a"),
		"urls":                  repeat("http://a "),
		"urls without end":      func(size int) string { return strings.Repeat("http://a.", size/9) },
		"urls with brackets": func(size int) string {
			return "http://a.example/" + strings.Repeat("(", size/2) + strings.Repeat(")", size/2)
		},
		"urls with entities":        func(size int) string { return "http://a.example/" + strings.Repeat("&amp;", size/5) },
		"www":                       repeat("www.a "),
		"mail":                      repeat("a@b."),
		"mail without end":          repeat("a@"),
		"mail signs":                func(size int) string { return strings.Repeat("a.", size/2) + "@" },
		"colons":                    repeat(":"),
		"h":                         repeat("h"),
		"mailto":                    repeat("mailto:"),
		"autolinks":                 repeat("<a:b"),
		"autolinks closed":          repeat("<a:b>"),
		"image openers":             repeat("!["),
		"images":                    repeat("![a](b)"),
		"links":                     repeat("[a](b)"),
		"links in links":            func(size int) string { return strings.Repeat("[", size/6) + "a" + strings.Repeat("](b)", size/6) },
		"links in images":           func(size int) string { return strings.Repeat("![", size/6) + "a" + strings.Repeat("](b)", size/6) },
		"link openers with targets": repeat("[a]("),
		"link openers with angles":  repeat("[a](<b"),
		"link openers with titles":  repeat("[a](b \""),
		"nested brackets":           func(size int) string { return strings.Repeat("[", size/2) + strings.Repeat("]", size/2) },
		"brackets":                  repeat("[a"),
		"closing brackets":          repeat("a]"),
		"placeholders":              repeat("[a] "),
		"brackets over lines":       repeat("[a\n"),
		"brackets in blocks":        repeat("[a\n\n"),
		"reference brackets":        repeat("[a][b]"),
		"round brackets":            repeat("("),
		"emphasis":                  repeat("*a* "),
		"emphasis openers":          repeat("*a "),
		"emphasis closers":          repeat("a* "),
		"emphasis mixed":            repeat("*a_b "),
		"emphasis nested":           func(size int) string { return strings.Repeat("*a **a ", size/14) + strings.Repeat("b** b*", size/14) },
		"strikethrough":             repeat("~~a "),
		"strikethrough in emphasis": repeat("*~~a"),
		"emphasis over lines":       repeat("*a\n"),
		"emphasis of many lengths": func(size int) string {
			return steps(size, func(i int) string { return strings.Repeat("*", i%100) + "a" })
		},
		"code openers": func(size int) string {
			return steps(size, func(i int) string { return strings.Repeat("`", 1+i%400) + "a" })
		},
		"code over lines":      repeat("`a\n"),
		"backslashes":          repeat("\\"),
		"escapes":              repeat("\\*"),
		"entities":             repeat("&amp;"),
		"open entities":        repeat("&a"),
		"number entities":      repeat("&#1"),
		"a long entity":        func(size int) string { return "&" + strings.Repeat("a", size) + ";" },
		"quotation marks":      repeat("\""),
		"Chinese":              repeat("中文，"),
		"Chinese lines":        repeat("中\n"),
		"quoted lines":         repeat("“\n"),
		"emphasised lines":     repeat("*“*\n"),
		"phone numbers":        repeat("400-820-8820、"),
		"almost phone numbers": repeat("400-820-882、"),
		"groups of digits":     repeat("1 "),
		"brackets of digits":   repeat("(1"),
		"capitals":             repeat("A*"),
		"masked mail":          repeat("a*@"),
		"emoji":                repeat("👩‍🔬"),
	}
	for _, mark := range []string{"[", "]", "*", "_", "~", "`", "<", ">", "&", "!", "(", ")", "#", "+", "-", "=", "{", "}", "|", "^", "$", "'", ":", "/", "@", "."} {
		texts["only "+mark] = repeat(mark)
		texts["spaced "+mark] = repeat(mark + " ")
		texts["lettered "+mark] = repeat("a" + mark)
	}
	for name, paragraph := range map[string]string{
		"images":   strings.Repeat("![", nestingLimit-1) + strings.Repeat("a", 8<<10) + strings.Repeat("](b)", nestingLimit-1),
		"brackets": strings.Repeat(strings.Repeat("[", nestingLimit-1)+"a"+strings.Repeat("]", nestingLimit-1), brackets/nestingLimit),
		"links":    strings.Repeat("[", nestingLimit-1) + "a" + strings.Repeat("](b)", nestingLimit-1),
		"row":      strings.Repeat("[a](b)", brackets-1),
		"names":    strings.Repeat("[a]", brackets-1),
		"labels":   strings.Repeat("[a", nestingLimit-1) + strings.Repeat("b", 900) + strings.Repeat("]", nestingLimit-1),
		"emphasis": strings.Repeat("*a **a ", delimiters/6) + strings.Repeat("b** b*", delimiters/6),
		"openers":  strings.Repeat("*a_", delimiters/2-1),
		"tildes":   strings.Repeat("~~a ", delimiters/2-1),
		"code":     steps(delimiters-1, func(i int) string { return strings.Repeat("`", i) + "a" }),
		"quotes":   strings.Repeat(">", nestingLimit-1) + "a",
		"lists":    strings.Repeat("- ", nestingLimit-1) + "a",
		"cells":    strings.Repeat("|a", columnsLimit-1) + "\n" + strings.Repeat("|-", columnsLimit-1) + "\n",
		"marked":   "[a]",
		"broken":   "[a](b)",
	} {
		texts["paragraphs at the caps: "+name] = repeat(paragraph + "\n\n")
		texts["one line at the caps: "+name] = repeat(paragraph + "\n")
	}
	for name, unit := range map[string]string{"arrays": "[", "tables": "{a=", "closed arrays": "[],", "strings": "\"\",", "dots": "a.", "quotes": "'''", "escapes": "\"\\u0041", "numbers": "1_", "comments": "#"} {
		texts["toml "+name] = front(unit)
	}
	texts["toml balanced arrays"] = func(size int) string {
		n := min(size, frontLimit-100) / 2
		return "+++\nx = " + strings.Repeat("[", n) + strings.Repeat("]", n) + "\n+++\n"
	}
	texts["toml dotted keys"] = func(size int) string {
		return "+++\n" + strings.Repeat("a.", min(size, frontLimit-100)/2) + "a = 1\n+++\n"
	}
	texts["toml many keys"] = func(size int) string {
		return "+++\n" + steps(min(size, frontLimit-100), func(i int) string { return fmt.Sprintf("k%d=%d\n", i, i) }) + "+++\n"
	}
	texts["toml many tables"] = func(size int) string {
		return "+++\n" + steps(min(size, frontLimit-100), func(i int) string { return fmt.Sprintf("[t%d]\n", i) }) + "+++\n"
	}
	texts["toml many contacts"] = func(size int) string {
		return "+++\n" + strings.Repeat("[[contact]]\nx=1\n", min(size, frontLimit-100)/16) + "+++\n"
	}
	texts["toml impossible dates"] = func(size int) string {
		return "+++\n" + steps(min(size, frontLimit-100), func(i int) string { return fmt.Sprintf("k%d=2026-02-30\n", i) }) + "+++\n"
	}
	return texts
}

// steps repeats lines that depend on their number until size is reached.
func steps(size int, line func(i int) string) string {
	var b strings.Builder
	for i := 1; b.Len() < size; i++ {
		b.WriteString(line(i))
	}
	return b.String()[:size]
}

func staircase(unit string) func(int) string {
	return func(size int) string {
		return steps(size, func(i int) string { return strings.Repeat("  ", i-1) + unit + "a\n" })
	}
}

// hang is far above what any of the texts takes: a guard, not a measure.
const hang = 20 * time.Second

// TestHostile parses every hostile text at a quarter of the size that is read at all:
// each must end soon, with findings or with a document.
func TestHostile(t *testing.T) {
	place := Place{Kind: Index, Slug: "rash", Name: "index"}
	for name, text := range hostile() {
		t.Run(name, func(t *testing.T) {
			file := fileset.NewFile("incidents/rash/index.md", []byte(text(bodyLimit/4)))
			ctx, cancel := context.WithTimeout(t.Context(), hang)
			defer cancel()
			parsed := make(chan *Document, 1)
			go func() { parsed <- Parse(file, place) }()
			select {
			case d := <-parsed:
				require.LessOrEqual(t, len(d.Findings), 20*findingsLimit)
			case <-ctx.Done():
				t.Fatal("the parser does not come back")
			}
		})
	}
}
