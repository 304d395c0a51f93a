package themes_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"candor/generator/outside/chromium/chromiumtest"

	"github.com/chromedp/chromedp"
	"golang.org/x/text/unicode/norm"
)

// paper is a size of paper that look.md asks for.
type paper struct {
	name string
	info string // what pdfinfo calls it
	size chromedp.PaperSize
}

// TestPrint: on paper, from a device that is set to dark, the title, the words
// and the addresses behind the links are there, black on white.
func TestPrint(t *testing.T) {
	for _, tool := range []string{"pdftotext", "pdfinfo"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Fatalf("%s is missing: run .ci/setup", tool)
		}
	}
	eachPage(t, func(b *tab, s *site, page string) {
		b.Look(chromiumtest.View{Width: 360, Scheme: "dark"})
		b.Media("print", "prefers-color-scheme", "dark")
		if found := b.weak(7); len(found) > 0 {
			b.Errorf("%s on paper: contrast under 7:%s", page, list(found))
		}
		if p := chromiumtest.Eval[struct{ Paper, Ink float64 }](b, "probe.page()"); p.Paper < .99 || p.Ink > .01 {
			b.Errorf("%s on paper: paper of luminance %.2f, ink of %.2f", page, p.Paper, p.Ink)
		}
		b.Media("", "prefers-color-scheme", "dark")
		// Out of a PDF, right-to-left text comes in another order, and columns come line by line.
		wanted := chromiumtest.Eval[[]string](b, `[...[...document.querySelectorAll("h1:not(.row)")].filter((h) => h.checkVisibility() && getComputedStyle(h).direction == "ltr").map((h) => h.textContent), ...[...document.querySelectorAll("main a[href^=http]")].map((a) => a.href)]`)
		headings := chromiumtest.Eval[[]string](b, `[...document.querySelectorAll("main :is(h1, h2, h3, h3 > small, .day)")].map((h) =>
			(h.matches(".row") ? [...h.children] : [h]).map((e) => e.innerText.split("\n").at(-1)).join(""))`)
		for _, p := range []paper{{"A4", "A4", chromedp.PaperA4}, {"Letter", "letter", chromedp.PaperLetter}} {
			sheets, laidOut := printed(b, p)
			text := plain(strings.Join(sheets, ""))
			for _, words := range wanted {
				if !strings.Contains(text, plain(words)) {
					b.Errorf("%s on %s: %q is not there", page, p.name, words)
				}
			}
			if len(sheets) < 1 || len(sheets) > 40 {
				b.Errorf("%s on %s: %d sheets", page, p.name, len(sheets))
			}
			for i, sheet := range laidOut {
				for _, heading := range headings {
					if i < len(laidOut)-1 && lastLine(sheet) == plain(heading) {
						b.Errorf("%s on %s: sheet %d ends with the heading %q", page, p.name, i+1, heading)
					}
				}
			}
		}
	})
}

// printed prints the page and returns the words on each sheet: in the order in which they were written,
// and line by line, whatever columns they stand in.
func printed(b *tab, p paper) (written, laidOut []string) {
	b.Helper()
	data, err := chromedp.Run(b.Page, chromedp.PrintToPDF(chromedp.PDFPaper(p.size), chromedp.PDFPreferCSSPageSize()))
	if err != nil {
		b.Fatalf("print: %v", err)
	}
	file := filepath.Join(b.TempDir(), "page.pdf")
	if err := os.WriteFile(file, data, 0o600); err != nil {
		b.Fatal(err)
	}
	if info := tool(b, "pdfinfo", file); !strings.Contains(info, "("+p.info+")") {
		b.Errorf("printed on another paper than %s:\n%s", p.name, info)
	}
	sheets := func(args ...string) []string { // every sheet ends with a form feed
		list := strings.Split(tool(b, "pdftotext", append(args, "-enc", "UTF-8", file, "-")...), "\f")
		return list[:len(list)-1]
	}
	return sheets(), sheets("-layout")
}

var sheetNumber = regexp.MustCompile(`^\d+/\d+$`)

// lastLine returns the last line of a sheet above its number.
func lastLine(sheet string) string {
	last := ""
	for line := range strings.Lines(sheet) {
		if line = plain(line); line != "" && !sheetNumber.MatchString(line) {
			last = line
		}
	}
	return last
}

func tool(b *tab, name string, args ...string) string {
	b.Helper()
	out, err := exec.CommandContext(b.Page, name, args...).Output()
	if err != nil {
		b.Fatalf("%s: %v", name, err)
	}
	return string(out)
}

// plain takes away what a line break on paper changes, and what one glyph for
// two characters does (Kangxi radicals for ideographs).
func plain(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.IsControl(r) || r == '\u00ad' || r == '\u200b' {
			return -1
		}
		return r
	}, norm.NFKC.String(text))
}
