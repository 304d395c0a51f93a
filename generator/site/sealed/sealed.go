// Package sealed says what of a site is sealed in its ledger: which units a published incident has, and
// the text of each, to the byte.
//
// # Units
//
//	rash                       index.md: its front matter, and what stands before the first section
//	rash#known                 a section of index.md
//	rash/updates/first         an update
//	rash/faq                   faq.md: title, and what stands before the first question
//	rash/faq#refund            a question with its answer
//	rash/report                report.md: front matter, and what stands before the first section
//	rash/report#causes         a part of the report
//	rash/files/lab report.pdf  a file that is published beside the pages
//	rash/figures/metrics       the figures that pages show
//	rash/figures/timeline      the entries of the timeline of the report
//
// A translation has the same names, followed by @ and its language: rash/updates/first@zh-Hans. Only
// what readers can see is a unit: drafts, and what is scheduled or not approved, become units when they
// are published.
//
// # Texts
//
// The text of a unit is in NFC, in UTF-8, with "\n" at the end of each line and no white space before
// it. It begins with a line "key: value" for each key of the front matter that readers see and the file
// gives, in this order: title, summary, level, affected, known, starts, ends, time, kind, status,
// next_update, corrects, revised, services, contact, file. Instants are in UTC as in
// 2026-11-04T06:00:00Z; of a list, each element has a line of its own. Then comes, after an empty line,
// the Markdown of the unit without comments, and without empty lines at its beginning and end. The text
// of a file is the line "sha256: " and the digest of its bytes in hexadecimal, for an image those of the
// file in the content folder: what is made of it for readers may change with the program.
//
// The text of figures has a line for each figure whose time has come and that pages show, sorted: instant,
// column, value; for the share of comments instant, column, "share", value. That of the timeline has one for
// each entry: instant, kind, text, and in brackets the source. Figures go on: with new lines and all old ones
// they are not another text. Totals of cases are not sealed: they change every day, and what two days have
// in common would say more about single people than either.
package sealed

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"candor/generator/fileset"
	"candor/generator/input/content"
	"candor/generator/site"
	"candor/generator/site/incident"
)

// Unit is one text that readers can see.
type Unit struct {
	Name  string
	Sum   fileset.Sum       // of Text
	Doc   *content.Document // nil for a file
	Start int               // in Doc's source: where to point at
	End   int
	File  string // path of a file, or of the one that has figures, in the content folder; empty for a text

	key  string // the id of its section; empty for the head of its document
	from int    // of its Markdown in Doc's source
	to   int
	zone *time.Location
	sha  fileset.Sum // of a file

	figures string // the text of figures
}

// Units returns the units of an incident, in the order of their names. An incident that is not
// published has none, nor has a drill. Tags are the languages of translations.
func Units(inc *site.Incident, zone *time.Location, tags ...string) []Unit {
	if !inc.Published() || inc.Front.Drill {
		return nil
	}
	c := &collector{zone: zone}
	c.texts(inc.Slug, &inc.Index, true)
	for _, u := range inc.Updates {
		c.texts(inc.Slug+"/updates/"+u.Name, u.Texts, false)
	}
	if inc.FAQ != nil {
		c.texts(inc.Slug+"/faq", inc.FAQ, true)
	}
	if inc.Report != nil {
		c.texts(inc.Slug+"/report", &inc.Report.Texts, true)
	}
	for _, e := range inc.Evidence {
		u := Unit{Name: inc.Slug + "/files/" + e.Name, File: e.File.Path, sha: e.File.Sum}
		u.Sum = fileset.SumOf([]byte(u.Text()))
		c.units = append(c.units, u)
	}
	c.figures(inc, tags)
	slices.SortFunc(c.units, func(a, b Unit) int { return strings.Compare(a.Name, b.Name) })
	return c.units
}

type collector struct {
	zone  *time.Location
	units []Unit
}

// texts adds the units of a document and its translations.
func (c *collector) texts(name string, t *incident.Texts, divided bool) {
	c.document(name, "", t.Doc, divided)
	for tag, doc := range t.Translations {
		c.document(name, "@"+tag, doc, divided)
	}
}

// document adds the head of a document and, if it is divided, its sections.
func (c *collector) document(name, lang string, doc *content.Document, divided bool) {
	end := len(doc.Text)
	to := end
	if divided && len(doc.Sections) > 0 {
		to = lineOf(doc, doc.Sections[0])
	}
	head := Unit{Name: name + lang, Doc: doc, from: doc.Body, to: to, zone: c.zone}
	head.Start, head.End = doc.Locate("title")
	c.add(head)
	if !divided {
		return
	}
	for i, s := range doc.Sections {
		to := end
		if i+1 < len(doc.Sections) {
			to = lineOf(doc, doc.Sections[i+1])
		}
		c.add(Unit{Name: name + "#" + s.ID + lang, Doc: doc, Start: s.Start, End: s.End, key: s.ID,
			from: lineOf(doc, s), to: to, zone: c.zone})
	}
}

// lineOf returns where the line of a section's heading begins.
func lineOf(doc *content.Document, s content.Section) int {
	return strings.LastIndexByte(doc.Text[:s.Start], '\n') + 1
}

func (c *collector) add(u Unit) {
	u.Sum = fileset.SumOf([]byte(u.Text()))
	c.units = append(c.units, u)
}

// Text returns the text of the unit that is sealed.
func (u Unit) Text() string {
	switch {
	case u.figures != "":
		return u.figures
	case u.Doc == nil:
		return "sha256: " + u.sha.String() + "\n"
	}
	var head strings.Builder
	if u.key == "" {
		u.front(&head)
	}
	text, body := Normalise(head.String()), Normalise(u.Doc.Text[u.from:u.to])
	if text != "" && body != "" {
		text += "\n"
	}
	return text + body
}

// front writes what readers see of the front matter.
func (u Unit) front(b *strings.Builder) {
	f := &u.Doc.Front
	say := func(key, value string) {
		if value != "" {
			b.WriteString(key + ": " + strings.Join(strings.Fields(value), " ") + "\n")
		}
	}
	at := func(t time.Time) string {
		if t.IsZero() {
			return ""
		}
		return t.UTC().Format(time.RFC3339)
	}
	say("title", f.Title)
	say("summary", f.Summary)
	if f.Level != 0 {
		say("level", strconv.Itoa(int(f.Level)))
	}
	say("affected", f.Affected)
	say("known", at(f.Known.In(u.zone)))
	say("starts", at(f.Starts.In(u.zone)))
	say("ends", at(f.Ends.In(u.zone)))
	say("time", at(f.Time.In(u.zone)))
	say("kind", string(f.Kind))
	say("status", string(f.Status))
	say("next_update", at(f.NextUpdate.In(u.zone)))
	for _, name := range f.Corrects {
		say("corrects", name)
	}
	say("revised", at(f.Revised.In(u.zone)))
	for _, s := range f.Services {
		say("service", s.ID+" "+string(s.Condition))
	}
	for _, c := range f.Contacts {
		say("contact", c.Label+" "+c.Value+" "+c.Hours+" "+c.Response)
	}
}

// comment is a comment of HTML: readers do not see it.
var comment = regexp.MustCompile(`(?s)<!--.*?-->`)

// Normalise returns a text as it is sealed. Normalising twice is the same as once.
func Normalise(text string) string {
	text = norm.NFC.String(comment.ReplaceAllString(strings.ReplaceAll(text, "\r\n", "\n"), ""))
	var b strings.Builder
	empty := 0
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, " \t\n\r\u3000")
		if line == "" {
			empty++
			continue
		}
		if b.Len() > 0 {
			b.WriteString(strings.Repeat("\n", empty))
		}
		empty = 0
		b.WriteString(line + "\n")
	}
	return b.String()
}

// Updated returns since when the page says that the unit is as it is: by updated= of its heading, or by
// revised in the front matter; zero if it says nothing.
func (u Unit) Updated(zone *time.Location) time.Time {
	if u.key == "" {
		return u.Doc.Front.Revised.In(zone)
	}
	i := slices.IndexFunc(u.Doc.Sections, func(s content.Section) bool { return s.Start == u.Start })
	return u.Doc.Sections[i].Updated.In(zone)
}

// Find returns where in Doc's source a piece of the unit's text stands, or else where the unit begins.
func (u Unit) Find(piece string) (start, end int) {
	piece = strings.TrimSuffix(piece, "…")
	if i := strings.Index(u.Doc.Text[u.from:u.to], piece); i >= 0 && piece != "" {
		return u.from + i, u.from + i + len(piece)
	}
	if i := strings.Index(u.Doc.Text[:u.Doc.Body], piece); u.key == "" && i >= 0 && piece != "" {
		return i, i + len(piece)
	}
	return u.Start, u.End
}

// headed is the beginning of a text that has front matter.
var headed = regexp.MustCompile(
	`^(title|summary|level|affected|known|starts|ends|time|kind|status|next_update|corrects|revised|service|contact): `)

// Split divides the text of a unit into the lines of its front matter and its Markdown.
func Split(text string) (head []string, body string) {
	if !headed.MatchString(text) {
		return nil, text
	}
	front, body, _ := strings.Cut(text, "\n\n")
	return strings.Split(strings.TrimSuffix(front, "\n"), "\n"), body
}
