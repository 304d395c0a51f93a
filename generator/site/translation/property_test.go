package translation

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"candor/generator/fileset"
	"candor/generator/input/content"
)

// cut is a part of a translation whose loss has to be found.
type cut struct {
	what     string
	from, to int
}

// cuts lists every paragraph, list item and number in digits of a document.
func cuts(d *content.Document, l locale) []cut {
	var list []cut
	fragments := []content.Fragment{d.Lead}
	for _, s := range d.Sections {
		fragments = append(fragments, s.Body)
	}
	for _, f := range fragments {
		for _, b := range f.Blocks {
			text := string(d.Source.Data[b.Start:b.End])
			switch b.Kind {
			case content.Paragraph, content.Table, content.Quotation:
				list = append(list, cut{"block", b.Start, b.End})
			case content.List:
				at := b.Start
				for line := range strings.Lines(text) {
					if strings.HasPrefix(line, "- ") {
						list = append(list, cut{"item", at, at + len(line)})
					}
					at += len(line)
				}
			}
			if b.Kind == content.Code {
				continue
			}
			found := quantities(readable([]byte(text)), l)
			for _, q := range found {
				again := slices.ContainsFunc(found, func(o quantity) bool { return o.start != q.start && possible(o, q) })
				if q.once && again || slices.Contains([]string{"0", "1", "2"}, q.is[0]) {
					continue // the block still says the day; articles and "both" say one and two
				}
				list = append(list, cut{"number", b.Start + q.start, b.Start + q.end})
			}
		}
	}
	return list
}

// TestLoss: whatever is taken out of a translation of the example is found.
func TestLoss(t *testing.T) {
	english := localeOf("en")
	total := map[string]int{}
	for _, p := range examples(t) {
		d := p.Translation
		for _, c := range cuts(d, english) {
			data := string(d.Source.Data[:c.from]) + string(d.Source.Data[c.to:])
			lost := p
			lost.Translation = content.Parse(fileset.NewFile(d.Source.Path, []byte(data)), d.Place)
			total[c.what]++
			if len(lost.Check(time.UTC)) == 0 {
				t.Errorf("%s: nobody misses the %s %q in %q", d.Source.Path, c.what, d.Source.Data[c.from:c.to], around(data, c.from))
			}
		}
	}
	t.Log(fmt.Sprint(total))
}

func around(text string, at int) string {
	return text[max(0, at-60):min(len(text), at+60)]
}
