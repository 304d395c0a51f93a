// Package banner is the output for other sites of the organisation: badge.svg, an image that says
// whether an incident is open; banner.js, a script that puts the most pressing one at the top of the
// page that loads it; and banner/, the same line for a frame. Each is there in every language.
//
// Drills are left out, and maintenance that has not begun. The script has no cookies and loads
// nothing; it says nothing if no incident is open, says by the reader's clock when an update is
// overdue, and falls silent a week later, for then the file is older than what it says. Without the
// site's own address there is none of this.
package banner

import (
	"cmp"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"encoding/xml"
	"html"
	"slices"
	"strconv"
	"time"

	"candor/generator/domain"
	"candor/generator/fileset"
	"candor/generator/output"
	"candor/generator/output/machine"
	"candor/generator/output/theme"
	"candor/generator/site"
)

// New makes the Output of banners.
func New(f *site.Frame, _ *theme.Theme) output.Output { return banners{machine.Languages(f)} }

type banners struct{ languages []*machine.Language }

// open is an open incident, as a banner says it.
type open struct {
	slug    string
	level   domain.Level
	known   time.Time
	next    time.Time // the next update that was promised; zero if none
	overdue bool
	titles  []string // by language
}

// Incident shares an incident that is open; nil if it is not.
func (o banners) Incident(inc *site.Incident) output.Part {
	planned := inc.Maintenance != nil && inc.Maintenance.Phase != domain.PhaseUnderWay
	if inc.Front.Drill || !inc.Open() || planned {
		return output.Part{Share: (*open)(nil)}
	}
	v := &open{slug: inc.Slug, level: inc.Level, known: inc.Known, next: inc.Next.At, overdue: inc.Next.Passed}
	for _, l := range o.languages {
		v.titles = append(v.titles, l.NameOf(inc))
	}
	return output.Part{Share: v}
}

// Site makes the files.
func (o banners) Site(_ *site.Site, parts []output.Part) output.Part {
	list := slices.DeleteFunc(output.Shares[*open](parts), func(v *open) bool { return v == nil })
	rank := func(v *open) domain.Level { return cmp.Or(v.level, domain.Level3+1) } // maintenance comes last
	slices.SortStableFunc(list, func(a, b *open) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), b.known.Compare(a.known))
	})
	var part output.Part
	for i, l := range o.languages {
		add := func(path string, data []byte) {
			part.Files = append(part.Files, fileset.NewFile(l.Addresses.Path(path), data))
		}
		var first *line
		if len(list) > 0 {
			first = lineOf(l, list, i)
		}
		add("badge.svg", badge(l, list))
		add("banner.js", script(first))
		add("banner/index.html", frame(l, first))
	}
	return part
}

// line is what a banner says of the most pressing incident.
type line struct {
	Label string `json:"l"` // who says it
	Title string `json:"t"`
	URL   string `json:"u"`
	More  string `json:"m,omitempty"` // that there are others
	Next  int64  `json:"n,omitempty"` // Unix time in milliseconds
	Late  string `json:"o,omitempty"` // that it is overdue

	overdue bool
}

func lineOf(l *machine.Language, list []*open, language int) *line {
	first := list[0]
	v := &line{Label: l.Author(), Title: first.titles[language], URL: l.Addresses.Canonical(first.slug + "/"), overdue: first.overdue}
	if n := len(list) - 1; n > 0 {
		v.More = l.Words.Must("banner.more", n)
	}
	if !first.next.IsZero() {
		v.Next, v.Late = first.next.UnixMilli(), l.Words.Must("banner.overdue")
	}
	return v
}

// code is the script around its data. It sets styles one by one: a policy of the page that loads it
// may forbid style sheets.
const (
	codeBegin = `(function(d){`
	codeEnd   = `);`
	code      = `if(!d||d.n&&Date.now()>d.n+6048e5)return;` +
		`function e(n,t,p){n=document.createElement(n);n.textContent=t;p.appendChild(n);return n}` +
		`function show(){var h=document.createElement("div"),r=h.attachShadow?h.attachShadow({mode:"open"}):h,` +
		`b=e("div","",r),a;b.setAttribute("role","region");b.setAttribute("aria-label",d.l);` +
		`b.style.cssText="all:initial;display:block;padding:12px 16px;background:#fff3cd;color:#1a1a1a;font:16px/1.5 sans-serif;border-bottom:2px solid #b45309";` +
		`a=e("a",d.t,b);a.href=d.u;a.style.cssText="color:inherit;font-weight:bold;text-decoration:underline";` +
		`if(d.m)e("span"," "+d.m,b);if(d.n&&Date.now()>d.n)e("strong"," "+d.o,b);` +
		`document.body.insertBefore(h,document.body.firstChild)}` +
		`document.body?show():document.addEventListener("DOMContentLoaded",show)})(`
)

// script writes banner.js: code that is the same for all, and the line as JSON.
func script(first *line) []byte {
	data, err := json.Marshal(first) // it also escapes what ends a script or a line of one
	if err != nil {
		panic("banner: " + err.Error()) // these are texts and a number
	}
	return []byte(codeBegin + code + string(data) + codeEnd + "\n")
}

const frameStyle = "body{margin:0;padding:12px 16px;background:#fff3cd;color:#1a1a1a;font:16px/1.5 sans-serif}p{margin:0}a{color:inherit;font-weight:bold}"

// frame writes the page for a frame. It is empty if nothing is open.
func frame(l *machine.Language, first *line) []byte {
	sum := sha256.Sum256([]byte(frameStyle))
	hash := base64.StdEncoding.EncodeToString(sum[:])
	text := "<!doctype html><html lang=\"" + l.Tag + "\" dir=\"" + l.Dir + "\"><meta charset=\"utf-8\">" +
		`<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-` + hash + `'">` +
		`<meta name="viewport" content="width=device-width"><meta name="robots" content="noindex"><meta http-equiv="refresh" content="300"><title>` + html.EscapeString(l.Author()) + "</title>"
	if first != nil {
		text += "<style>" + frameStyle + "</style><p><a href=\"" + html.EscapeString(first.URL) + "\" target=\"_top\">" +
			html.EscapeString(first.Title) + "</a> " + html.EscapeString(first.More)
		if first.overdue {
			text += " <strong>" + html.EscapeString(first.Late) + "</strong>"
		}
		text += "</p>"
	}
	return []byte(text + "</html>\n")
}

// badge writes badge.svg: how many incidents are open, in the colour of the most serious.
func badge(l *machine.Language, list []*open) []byte {
	text, colour := l.Words.Must("banner.none"), "#166534"
	if n := len(list); n > 0 {
		text, colour = l.Words.Must("banner.open", n), "#374151"
		switch list[0].level {
		case domain.Level1:
			colour = "#b91c1c"
		case domain.Level2:
			colour = "#9a3412"
		}
	}
	width := strconv.Itoa(16 + textWidth(text))
	var x machine.XML
	x.Open("svg", "xmlns", "http://www.w3.org/2000/svg", "width", width, "height", "24", "role", "img", "aria-label", text, "xml:lang", l.Tag)
	x.Element("rect", "", "width", width, "height", "24", "rx", "4", "fill", colour)
	x.Element("text", text, "x", "50%", "y", "16", "text-anchor", "middle", "fill", "#fff", "font-family", "sans-serif", "font-size", "13")
	x.Close("svg")
	return []byte(xml.Header + string(x.Bytes()) + "\n")
}

// textWidth is about how wide a text is, in letters of 13 pixels.
func textWidth(text string) int {
	width := 0
	for _, r := range text {
		if r >= 0x1100 {
			width += 13
		} else {
			width += 7
		}
	}
	return width
}
