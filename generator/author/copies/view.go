package copies

import (
	"html"
	"strings"
	"time"
	"unicode"

	"candor/generator/domain"
	"candor/generator/input/content"
	"candor/generator/output/machine"
	"candor/generator/site"
	"candor/generator/site/incident"
)

// view is what a template gets: what an update and its incident say, as plain text.
type view struct {
	Organisation string
	Incident     string   // title of the incident
	Headline     string   // title of the update
	Title        string   // the same, as much of it as there is room for
	Lead         []string // sentences of what is before its groups; one that begins a paragraph begins with "\n"
	Done         []item
	Doing        []item
	Problems     []item
	Next         []item

	Remedy      []item // what is done for those affected; the sections of index.md
	WhatYouDo   []item
	Affected    string
	Contact     site.Contact // the first one for readers
	Press       site.Contact // for the press
	Speaker     string       // name and role of the owner
	NextUpdate  string       // when; empty if none is promised
	Time        string       // when the update was published
	Zone        string       // of all times
	Address     string       // of the incident's page
	Permanent   string       // of the update
	Fingerprint string       // of the ledger, once something of the incident is sealed

	Kind   domain.Kind
	Stance domain.Stance
	Type   string
	Level  int
	Status domain.Status // of the incident
	First  bool          // it is the first update
	Open   bool
	Drill  bool
	Tags   []string

	Short int // from 0 to 3: how much has to be left out
}

// Named reports whether the lead says how the contact can be reached.
func (v view) Named() bool { return strings.Contains(strings.Join(v.Lead, ""), v.Contact.Value) }

// item is one line of a list.
type item struct {
	Text string
	Due  string // by when it is promised; empty if it is not, or is done
}

// viewOf says all of an update in a language.
func viewOf(l *machine.Language, f *site.Frame, inc *site.Incident, u *incident.Update) view {
	zone := f.Settings.Zone
	v := view{
		Organisation: l.Author(), Incident: l.NameOf(inc), Headline: l.HeadlineOf(inc, u),
		Affected: inc.Index.In(l.Tag).Front.Affected, Time: l.Words.Short(u.Time), Zone: l.Words.Zone(u.Time),
		Address:   l.Addresses.Absolute(site.Place{Path: inc.Slug + "/", Published: true}),
		Permanent: l.Update(inc, u), Fingerprint: inc.Fingerprint,
		Kind: u.Kind, Stance: inc.Front.Stance, Type: inc.Type.ID, Level: int(inc.Level), Status: inc.Status,
		First: u.Index == 0, Open: inc.Open(), Drill: inc.Front.Drill,
	}
	if word := l.Words.Must("kinds.correction"); u.Kind == domain.KindCorrection && l.Of(u.Texts) == l.Tag && !strings.Contains(v.Headline, word) {
		v.Headline = word + colon(word) + v.Headline
	}
	v.say(machine.Plain(plainHTML(l, zone, l.Lead(u.Texts))))
	for id, to := range map[domain.Section]*[]item{domain.GroupDone: &v.Done, domain.GroupDoing: &v.Doing,
		domain.GroupProblems: &v.Problems, domain.GroupNext: &v.Next} {
		*to = items(l, zone, u.Texts, id)
	}
	v.Remedy = items(l, zone, &inc.Index, domain.SectionRemedy)
	v.WhatYouDo = items(l, zone, &inc.Index, domain.SectionWhatYouCanDo)
	for _, c := range site.ContactsOf(f.Settings, l.Tag, inc) {
		if to := &v.Contact; !c.Press && to.Value == "" {
			*to = c
		}
		if to := &v.Press; c.Press && to.Value == "" {
			*to = c
		}
	}
	if p := l.Person(inc.Owner); p.Name != "" {
		v.Speaker = p.Name
		if p.Role != "" {
			v.Speaker = l.Words.Must("incident.speaker", p.Name, p.Role)
		}
	}
	if !u.Next.IsZero() {
		v.NextUpdate = l.Words.Short(u.Next)
	}
	return v
}

// dueMark is put before the time of a promise; texts have no such character.
const dueMark = "\x00"

// plainHTML fills the holes of a fragment for a text without links. Promises keep by when they are due.
func plainHTML(l *machine.Language, zone *time.Location, f content.Fragment) string {
	return string(f.Fill(func(h content.Hole) string {
		if t := h.Task; t != nil && !h.Mark && !t.Done && !t.Due.IsZero() {
			return dueMark + html.EscapeString(l.Words.Short(t.Due.In(zone)))
		}
		return ""
	}))
}

// items returns the lines of a section of a text.
func items(l *machine.Language, zone *time.Location, t *incident.Texts, id domain.Section) []item {
	var list []item
	for _, p := range l.Passages(t) {
		if p.Facts.ID != string(id) {
			continue
		}
		for line := range strings.Lines(machine.Plain(plainHTML(l, zone, p.Words.Body))) {
			text, due, _ := strings.Cut(strings.TrimSpace(line), dueMark)
			list = append(list, item{strings.TrimSpace(text), due})
		}
	}
	return list
}

// sentences divides a line into its sentences, each with its signs at the end.
func sentences(line string) []string {
	var list []string
	runes := []rune(line)
	from := 0
	for i := 0; i < len(runes); i++ {
		if !strings.ContainsRune("。！？!?.…", runes[i]) {
			continue
		}
		end := i + 1
		for end < len(runes) && strings.ContainsRune("。！？!?.…”’」』）)\"'", runes[end]) {
			end++
		}
		if ends(runes, i, end) {
			list = append(list, strings.TrimSpace(string(runes[from:end])))
			from = end
		}
		i = end - 1
	}
	if rest := strings.TrimSpace(string(runes[from:])); rest != "" {
		list = append(list, rest)
	}
	return list
}

// ends reports whether a sentence ends with the sign at i; what follows begins at next. A Latin one does
// if a space and a capital letter follow, unless it is behind an abbreviation such as Dr.
func ends(runes []rune, i, next int) bool {
	if strings.ContainsRune("。！？…", runes[i]) || next == len(runes) {
		return true
	}
	if next+1 >= len(runes) || runes[next] != ' ' || !unicode.IsUpper(runes[next+1]) && !unicode.IsDigit(runes[next+1]) &&
		!strings.ContainsRune("“‘\"'(", runes[next+1]) {
		return false
	}
	word := i
	for word > 0 && unicode.IsLetter(runes[word-1]) {
		word--
	}
	return runes[i] != '.' || i-word > 3 || i == word || !unicode.IsUpper(runes[word])
}

// colon returns the one that is put behind a word.
func colon(word string) string {
	if endsWide(word) {
		return "："
	}
	return ": "
}

// clauses divides a title where it may end sooner.
func clauses(title string) []string {
	var list []string
	from := 0
	for i, r := range title {
		wide := strings.ContainsRune("，；：。！？", r)
		if next := i + len(string(r)); i > from && (wide || strings.ContainsRune(",;:", r) && strings.HasPrefix(title[next:], " ")) {
			list = append(list, title[from:next])
			from = next
		}
	}
	return append(list, title[from:])
}
