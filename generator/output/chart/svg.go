package chart

import (
	"bytes"
	"fmt"
	"html"
	"strconv"
	"strings"
	"unicode"
)

// dashes are the patterns of the lines, by series; the first is unbroken.
var dashes = [...]string{"", "7 3", "2 3", "10 3 2 3", "4 2", "1 4"}

// shapes are the outlines of the marks on the lines, by series: where they begin,
// from their middle, and how they go on.
var shapes = [...]struct {
	dx, dy int
	path   string
}{
	{-3, 0, "a3 3 0 1 0 6 0a3 3 0 1 0-6 0z"}, // circle
	{-3, -3, "h6v6h-6z"},                     // square
	{0, -4, "l4 7h-8z"},                      // triangle
	{0, -4, "l4 4-4 4-4-4z"},                 // diamond
	{0, 4, "l-4-7h8z"},                       // triangle on its point
	{-4, -2, "h8v4h-8z"},                     // bar
}

// clean takes out of a text what XML cannot hold, and makes it one line.
func clean(text string) string {
	text = strings.Join(strings.FieldsFunc(strings.ToValidUTF8(text, "\ufffd"), breaks), " ")
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == 0xfffe || r == 0xffff {
			return -1
		}
		return r
	}, text)
}

// breaks says whether a line may break at a blank.
func breaks(r rune) bool { return unicode.IsSpace(r) && r != '\u00a0' && r != '\u202f' }

func escape(text string) string { return html.EscapeString(clean(text)) }

// canvas is an SVG being written.
type canvas struct {
	bytes.Buffer
	rtl bool
}

func (c *canvas) put(format string, args ...any) { fmt.Fprintf(c, format, args...) }

// anchor returns the attribute that puts a text's left end, middle or right end at
// its place.
func (c *canvas) anchor(side string) string {
	if c.rtl {
		side = map[string]string{"start": "end", "end": "start"}[side]
	}
	if side == "" || side == "start" {
		return ""
	}
	return ` text-anchor="` + side + `"`
}

func (c *canvas) text(x, y int, text string) {
	c.put(`<text x="%d" y="%d">%s</text>`, x, y, escape(text))
}

func (p *plot) write() []byte {
	c := &canvas{rtl: p.RTL}
	direction := "ltr"
	if p.RTL {
		direction = "rtl"
	}
	id := escape(p.ID)
	c.put(`<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img" aria-labelledby="%s-title %s-desc"`, id, id)
	c.put(` viewBox="0 0 %d %d" direction="%s" font-size="12">`,
		width, p.bottom+lineHeight/2+lineHeight, direction)
	c.put("\n<title id=\"%s-title\">%s</title>\n", id, escape(p.Title))
	c.put("<desc id=\"%s-desc\">%s</desc>\n<g fill=\"none\">\n", id, escape(p.Desc))
	p.writeAxes(c)
	p.writeSigns(c)
	p.writeLimit(c)
	for i := range p.lines {
		p.writeLine(c, &p.lines[i])
	}
	c.put("</g>\n</svg>\n")
	return c.Bytes()
}

// baseline is how far below its middle a text stands.
const baseline = 4

func (p *plot) writeAxes(c *canvas) {
	c.put(`<path class="grid" stroke="currentColor" stroke-opacity=".25" d="`)
	for _, t := range p.values {
		c.put("M%d %dH%d", p.left, t.at, p.right)
	}
	c.put(`"/><path class="grid" stroke="currentColor" stroke-opacity=".6" d="`)
	if p.low <= 0 && p.high >= 0 {
		c.put("M%d %dH%d", p.left, p.y(0), p.right)
	}
	for _, t := range p.times {
		c.put("M%d %dv4", t.at, p.bottom)
	}
	c.put("\"/>\n")
	c.put(`<g class="tick" fill="currentColor"%s>`, c.anchor("end"))
	for _, t := range p.values {
		c.text(p.left-6, t.mid+baseline, t.label)
	}
	c.put("</g>\n")
	c.put(`<g class="tick" fill="currentColor" text-anchor="middle">`)
	for _, t := range p.times {
		c.text(t.mid, p.bottom+lineHeight+2, t.label)
	}
	c.put("</g>\n")
	if p.Unit != "" {
		c.put(`<g class="tick" fill="currentColor"%s>`, c.anchor("start"))
		c.text(0, len(p.lanes)*laneHeight+lineHeight-3, p.Unit)
		c.put("</g>\n")
	}
}

func (p *plot) writeSigns(c *canvas) {
	for i, l := range p.lanes {
		class, dx, dy, shape, stroke := "own", -7, -7, "h14v14h-14z", 2
		if l.kind == Outside {
			class, dx, dy, shape, stroke = "outside", -8, 0, "a8 8 0 1 0 16 0a8 8 0 1 0-16 0z", 1
		}
		y := i*laneHeight + laneHeight/2
		c.put(`<g class="mark %s"><path stroke="currentColor" stroke-opacity=".4" stroke-dasharray="1 2" d="`, class)
		for _, s := range l.signs {
			c.put("M%d %dV%d", s.x, y+8, p.bottom)
		}
		c.put(`"/><path stroke="currentColor" stroke-width="%d" d="`, stroke)
		for _, s := range l.signs {
			c.put("M%d %d%s", s.x+dx, y+dy, shape)
		}
		c.put(`"/><g fill="currentColor" font-size="11" text-anchor="middle">`)
		for _, s := range l.signs {
			c.number(s, y)
		}
		c.put("</g></g>\n")
	}
}

// number writes what a sign says; three digits are set smaller.
func (c *canvas) number(s sign, y int) {
	if s.number < 100 {
		c.text(s.x, y+baseline, strconv.Itoa(s.number))
		return
	}
	c.put(`<text x="%d" y="%d" font-size="8">%d</text>`, s.x, y+baseline-1, s.number)
}

func (p *plot) writeLimit(c *canvas) {
	if p.Limit == nil {
		return
	}
	y := p.y(p.Limit.Value)
	c.put(`<g class="limit"><path stroke="currentColor" stroke-dasharray="3 2" d="M%d %dH%d"/>`, p.left, y, p.right)
	if label := clean(p.Limit.Label); label != "" {
		x, at := p.limitPlace(y, measure(label))
		c.put(`<g fill="currentColor"%s>`, c.anchor("start"))
		c.text(x, at, label)
		c.put("</g>")
	}
	c.put("</g>\n")
}

// limitPlace returns where the label of the limit stands: on its line or below it, at
// the left, in the middle or at the right, where the fewest lines run through it.
func (p *plot) limitPlace(y, length int) (x, at int) {
	best := -1
	for _, left := range [...]int{p.left + 4, p.right - length - 4, (p.left + p.right - length) / 2} {
		for _, base := range [...]int{y - 4, y + lineHeight - 2} {
			if base-lineHeight < p.top-2 || base > p.bottom-2 {
				continue
			}
			if n := p.through(left, base-lineHeight+4, left+length, base+2); best < 0 || n < best {
				best, x, at = n, left, base
			}
		}
	}
	if best < 0 {
		return p.left + 4, y - 4
	}
	return x, at
}

// through counts the units of the time axis at which a line runs through a box.
func (p *plot) through(left, top, right, bottom int) int {
	n := 0
	for i := range p.lines {
		for _, run := range p.lines[i].runs {
			for j := range run {
				a, b := run[max(0, j-1)], run[j]
				for x := max(left, a.x); x <= min(right, b.x); x++ {
					y := b.y
					if b.x > a.x {
						y = a.y + (b.y-a.y)*(x-a.x)/(b.x-a.x)
					}
					if y >= top && y <= bottom || a.x == b.x && min(a.y, b.y) <= bottom && max(a.y, b.y) >= top {
						n++
					}
				}
			}
		}
	}
	return n
}

func (p *plot) writeLine(c *canvas, l *line) {
	c.put(`<g class="s%d">`, l.series+1)
	if path := l.path(); path != "" {
		c.put(`<path stroke="currentColor" stroke-linejoin="round"`)
		switch {
		case l.series == 0 && !l.dense:
			c.put(` stroke-width="2"`)
		case !l.dense:
			c.put(` stroke-width="1.5"`)
		}
		if l.series > 0 {
			c.put(` stroke-dasharray="%s"`, dashes[l.series])
		}
		c.put(` d="%s"/>`, path)
	}
	if bare := p.Bare && len(p.lines) == 1 && len(l.runs) == 1 && len(l.runs[0]) > 1; !bare {
		c.put(`<path fill="currentColor" d="`)
		for _, s := range l.signs() {
			shape := &shapes[l.series]
			c.put("M%d %d%s", s.x+shape.dx, s.y+shape.dy, shape.path)
		}
		c.put(`"/>`)
	}
	if len(l.name) > 0 {
		p.writeName(c, l)
	}
	c.put("</g>\n")
}

// path returns the line as the data of a path: where each run begins, and steps.
func (l *line) path() string {
	var b strings.Builder
	for _, run := range l.runs {
		if run = straighten(run); len(run) < 2 {
			continue
		}
		fmt.Fprintf(&b, "M%d %dl", run[0].x, run[0].y)
		for i := 1; i < len(run); i++ {
			dx, dy := run[i].x-run[i-1].x, run[i].y-run[i-1].y
			if i > 1 && dx >= 0 {
				b.WriteByte(' ') // a minus parts by itself
			}
			b.WriteString(strconv.Itoa(dx))
			if dy >= 0 {
				b.WriteByte(' ')
			}
			b.WriteString(strconv.Itoa(dy))
		}
	}
	return b.String()
}

// writeName writes the name of a line beside its end; where it is not beside it, after
// the mark that the line has.
func (p *plot) writeName(c *canvas, l *line) {
	x := p.right + 10
	if p.keyed {
		shape := &shapes[l.series]
		c.put(`<path fill="currentColor" d="M%d %d%s"/>`, x+2+shape.dx, l.nameY+lineHeight/2+shape.dy, shape.path)
		x += keyRoom
	}
	c.put(`<g fill="currentColor"%s>`, c.anchor("start"))
	for i, part := range l.name {
		c.text(x, l.nameY+i*lineHeight+lineHeight/2+baseline, part)
	}
	c.put("</g>")
}
