package themes_test

import (
	"testing"

	"candor/generator/outside/chromium/chromiumtest"
)

// rows reads where the cells of each row stand, in CSS pixels.
const rows = `[...document.querySelectorAll('.row')].map(r => [...r.children].filter(c => c.checkVisibility()).map(c => {
  const b = c.getBoundingClientRect();
  return {Top: b.top, Bottom: b.bottom, Left: b.left, Right: b.right, Text: c.textContent || (c.querySelector('img') ? 'picture' : ''), Lang: c.lang, Dir: getComputedStyle(c).direction}
}))`

type cell struct {
	Top, Bottom, Left, Right float64
	Text, Lang, Dir          string
}

// TestAligned: what belongs together stands in one row, however long the page:
// beside each other where there is room, under each other on a phone. Rows do not
// overlap.
func TestAligned(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		if len(s.bilingual()) == 0 {
			t.Skip()
		}
		b := newTab(t)
		for _, page := range s.bilingual() {
			for _, width := range []int64{360, 1280} {
				b.Size(width, 800, 1)
				b.open(s.url(page))
				table := chromiumtest.Eval[[][]cell](b, rows)
				if len(table) < 10 {
					t.Fatalf("%s has %d rows", page, len(table))
				}
				bottom := 0.0
				for _, row := range table {
					aligned(b, page, width, row)
					for _, c := range row {
						if c.Top < bottom-0.5 {
							t.Errorf("%s at %d: %.40q begins above the end of the row before it", page, width, c.Text)
						}
						if c.Text == "" && s.name != "proof" { // below the title of a text that is not translated, which says so
							t.Errorf("%s at %d: a cell beside %.40q is empty", page, width, row[0].Text)
						}
					}
					for _, c := range row {
						bottom = max(bottom, c.Bottom)
					}
				}
			}
		}
	})
}

func aligned(b *tab, page string, width int64, row []cell) {
	for i, c := range row[1:] {
		before := row[i]
		switch {
		case width < 640 && c.Top < before.Bottom-0.5:
			b.Errorf("%s at %d: %.40q does not stand under %.40q", page, width, c.Text, before.Text)
		case width >= 640 && (c.Top != before.Top || c.Left < before.Right-0.5 && c.Right > before.Left+0.5):
			b.Errorf("%s at %d: %.40q does not stand beside %.40q", page, width, c.Text, before.Text)
		}
	}
	if len(row) < 2 {
		b.Errorf("%s at %d: %.40q stands alone", page, width, row[0].Text)
	}
}
