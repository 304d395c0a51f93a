package chart

import (
	"slices"
	"strings"
	"unicode"
)

// wide are the characters of East Asia that take a square, and pictures.
var wide = &unicode.RangeTable{
	R16: []unicode.Range16{
		{Lo: 0x1100, Hi: 0x115f, Stride: 1}, {Lo: 0x2e80, Hi: 0xd7af, Stride: 1}, {Lo: 0xf900, Hi: 0xfaff, Stride: 1},
		{Lo: 0xfe30, Hi: 0xfe4f, Stride: 1}, {Lo: 0xff00, Hi: 0xff60, Stride: 1}, {Lo: 0xffe0, Hi: 0xffe6, Stride: 1},
	},
	R32: []unicode.Range32{{Lo: 0x1f000, Hi: unicode.MaxRune, Stride: 1}},
}

// measure returns about how many units wide a text is, in most typefaces rather too
// many than too few.
func measure(text string) int {
	tenths := 0
	for _, r := range text {
		switch {
		case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		case unicode.Is(wide, r):
			tenths += 120
		case strings.ContainsRune("iIjl.,:;'|!()[] \u00a0\u202f", r):
			tenths += 40
		case strings.ContainsRune("mwMW%@—…", r):
			tenths += 110
		case unicode.IsUpper(r):
			tenths += 82
		default:
			tenths += 68
		}
	}
	return (tenths + 9) / 10
}

// nameRoom is how wide a name at a line's end can be.
const nameRoom = 84

// keyRoom is how much room the mark of a line takes before its name.
const keyRoom = 10

// nameLines breaks the names of the series and returns where the plot ends to leave
// room for them, and for marks before them if they are keyed.
func (p *plot) nameLines(keyed bool) int {
	widest, total := 0, 0
	p.keyed = keyed
	broken := func(most int) {
		widest, total = 0, 0
		for i := range p.lines {
			l := &p.lines[i]
			l.name = wrap(clean(p.Series[l.series].Name), most)
			total += len(l.name)
			for _, part := range l.name {
				widest = max(widest, measure(part))
			}
		}
	}
	if broken(2); total*lineHeight > plotHeight {
		broken(1)
	}
	if widest == 0 {
		return width - 8
	}
	if keyed {
		widest += keyRoom
	}
	return width - widest - 12
}

// wrap breaks a name into at most so many lines. What has no room is cut, and the
// cut is shown.
func wrap(name string, most int) []string {
	var lines []string
	rest := strings.TrimSpace(name)
	for rest != "" {
		if measure(rest) <= nameRoom {
			return append(lines, rest)
		}
		if len(lines) == most-1 {
			cut := fitting(rest, nameRoom-measure("…"))
			return append(lines, strings.TrimSpace(rest[:cut])+"…")
		}
		cut := fitting(rest, nameRoom)
		if blank := strings.LastIndexByte(rest[:cut], ' '); blank > 0 {
			cut = blank
		}
		lines = append(lines, strings.TrimSpace(rest[:cut]))
		rest = strings.TrimSpace(rest[cut:])
	}
	return lines
}

// fitting returns how many bytes of a text have room; at least its first character.
func fitting(text string, room int) int {
	fits := len(text)
	for i := range text {
		if i > 0 && measure(text[:i]) > room {
			return fits
		}
		if i > 0 {
			fits = i
		}
	}
	return fits
}

// spreadNames places each name at the height of its line's end, or as near to it as
// the other names allow, and says whether one is not where its line ends.
func (p *plot) spreadNames() (keyed bool) {
	var order []*line
	for i := range p.lines {
		if len(p.lines[i].name) > 0 {
			order = append(order, &p.lines[i])
		}
	}
	slices.SortStableFunc(order, func(a, b *line) int { return a.end().y - b.end().y })
	bottom := p.top - lineHeight/2
	for _, l := range order { // pushed down
		height := len(l.name) * lineHeight
		l.nameY = max(bottom, l.end().y-height/2)
		bottom = l.nameY + height
	}
	limit := p.bottom + lineHeight/2
	for _, l := range slices.Backward(order) { // and up again
		height := len(l.name) * lineHeight
		l.nameY = min(l.nameY, limit-height)
		limit = l.nameY
	}
	for _, l := range order {
		away := l.nameY + len(l.name)*lineHeight/2 - l.end().y
		keyed = keyed || len(p.lines) > 1 && (away > 5 || away < -5 || l.end().x < p.right-4)
	}
	return keyed
}
