package policy

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"candor/generator/fileset"
	"candor/generator/input/content"
)

// TestComments: data in comments of front matter and of the text are nobody's business, for they
// are not published.
func TestComments(t *testing.T) {
	const number = "13800138000"
	for text, want := range map[string]int{
		"Call " + number + ".":    1,
		"<!-- " + number + " -->": 0,
		"<!-- " + number:          0,
		"<!-- a --> " + number + " <!-- " + number + " --> " + number: 2,
		"<!-- <!-- " + number + " --> " + number + " <!-- " + number:  1,
		"<!--> " + number:                        1,
		"--> " + number + " <!-- -- > " + number: 1,
		"# " + number:                            1,
	} {
		front := "+++\ntitle = \"" + number + "\" # " + number + "\n  # " + number + "\n+++\n"
		file := fileset.File{Path: "incidents/x/updates/a.md", Data: []byte(front + text + "\n")}
		doc := content.Parse(file, content.Place{})
		assert.Len(t, (&Checker{}).personalData(doc, Circumstance{}), 2+want, text)
	}
}

// TestManyPersonal: of a list of people the first places are reported, and where the rest begins.
func TestManyPersonal(t *testing.T) {
	text := strings.Repeat("13800138000\n", 5_000)
	doc := content.Parse(fileset.File{Path: "incidents/x/updates/a.md", Data: []byte(text)}, content.Place{})
	found := (&Checker{}).personalData(doc, Circumstance{})
	assert.Len(t, found, 201)
	assert.Equal(t, 201, found[200].Line)
	assert.Contains(t, found[200].Message.String(), "the first 200 places are listed")
	assert.NotContains(t, found[200].Excerpt, "13800138000")
}

// BenchmarkPersonalData reads a paragraph of phone numbers in one line. Twice the line takes twice
// the time.
func BenchmarkPersonalData(b *testing.B) {
	for _, n := range []int{4_000, 8_000, 16_000} {
		text := strings.Repeat("13800138000、", n)
		doc := content.Parse(fileset.File{Path: "incidents/x/updates/a.md", Data: []byte(text)}, content.Place{})
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				(&Checker{}).personalData(doc, Circumstance{})
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*n), "µs/number")
		})
	}
}
