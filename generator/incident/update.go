package incident

import (
	"cmp"
	"slices"
	"time"

	"candor/generator/config"
	"candor/generator/diag"
)

// Update is one progress update.
type Update struct {
	Texts
	Name        string
	Time        time.Time
	Next        time.Time // the next update that it promised; zero where none
	Level       int       // from it on; 0 where it changes nothing
	Approved    []config.Person
	Since       time.Duration // since the update before; 0 on the first
	Corrects    *Update       // the visible update that it corrects
	Corrections []*Update     // the visible updates that correct it, oldest first
	Index       int           // in Incident.Updates; -1 where it is hidden

	plain bool // nothing was found about it alone, and it has no translations
}

// Anchor is the id of the update's block on any page that holds it.
func (u *Update) Anchor() string { return u.reading.ids[0] }

// updates reads all updates, in the order of their times, and sorts out those
// that can be seen.
func (a *assembly) updates(inc *Incident, src Source) {
	texts := make([]*Texts, 0, len(src.Updates))
	for _, t := range src.Updates {
		if t.Doc != nil {
			texts = append(texts, t)
			continue
		}
		for _, translation := range t.Translations {
			a.report(translation.Source.Whole("missing-file", diag.Textf("this translation has no original"), diag.Textf("write updates/%s.md first", translation.Place.Name)))
		}
	}
	byTime := func(x, y *Texts) int {
		return cmp.Or(x.reading.time.Compare(y.reading.time), cmp.Compare(x.Doc.Place.Name, y.Doc.Place.Name))
	}
	if !slices.IsSortedFunc(texts, byTime) {
		slices.SortFunc(texts, byTime)
	}
	known := a.knownUpdates(inc, texts)
	all := make([]*Update, 0, len(texts))
	inc.Updates = make([]*Update, 0, len(texts))
	for _, t := range texts[:known] {
		t.update = a.before.Updates[len(all)].alone()
		all = append(all, t.update)
		a.clock.Passed(t.reading.time)
	}
	inc.Updates = append(inc.Updates, all...)
	for _, t := range texts[known:] {
		r := t.reading
		before := len(a.found)
		a.take(r)
		u := &Update{Texts: *t, Name: r.Doc.Place.Name, Level: r.Doc.Front.Level, Approved: r.approved, Time: r.time, Next: r.next, Index: -1}
		t.update = u
		all = append(all, u)
		a.checkTimes(inc, all, len(all)-1)
		if a.visible(inc, u.Doc, u.Time, len(u.Approved) > 0) && !u.Time.IsZero() {
			u.Index = len(inc.Updates)
			if u.Index > 0 {
				u.Since = u.Time.Sub(inc.Updates[u.Index-1].Time)
			}
			inc.Updates = append(inc.Updates, u)
		} else {
			inc.Hidden = append(inc.Hidden, u)
		}
		u.plain = len(a.found) == before && len(u.Translations) == 0
	}
	a.corrections(all)
	a.checkAnchors(inc, all, known)
}

// alone returns the update as it is without others that correct it or that it
// corrects: itself, where there are none.
func (u *Update) alone() *Update {
	if u.Corrects == nil && u.Corrections == nil {
		return u
	}
	c := *u
	c.Corrects, c.Corrections = nil, nil
	return &c
}

// knownUpdates is how many of the oldest updates were assembled before as they
// would be now: all of them visible, with nothing found about them.
func (a *assembly) knownUpdates(inc *Incident, texts []*Texts) int {
	if a.before == nil || !inc.Visible || !a.before.Visible || !a.before.anchored || !inc.Known.Equal(a.before.Known) {
		return 0
	}
	n := 0
	for n < len(texts) && n < len(a.before.Updates) {
		u := a.before.Updates[n]
		if !u.plain || u.reading != texts[n].reading || len(texts[n].Translations) > 0 {
			break
		}
		n++
	}
	return n
}

// checkAnchors reports updates whose names, or whose headings, make one id: they
// stand on one page, and their addresses must tell them apart. Among the known
// ones there is no such pair.
func (a *assembly) checkAnchors(inc *Incident, all []*Update, known int) {
	before := len(a.found)
	seen := make(map[string]*Update, 2*(len(all)-known)) // nil for an id of whom nobody was met yet
	for _, u := range all[known:] {
		for _, id := range u.reading.ids {
			seen[id] = nil
		}
	}
	for _, u := range all[:known] {
		for _, id := range u.reading.ids {
			if first, wanted := seen[id]; wanted && first == nil {
				seen[id] = u
			}
		}
	}
	for _, u := range all[known:] {
		for _, id := range u.reading.ids {
			if first := seen[id]; first != nil && first != u {
				a.report(u.Doc.Source.Whole("duplicate-id", diag.Textf("this update and \"%s\" would have one address: #%s", first.Name, id),
					diag.Textf("rename one of them: letters and digits count, signs and spaces do not")))
				break
			}
			seen[id] = u
		}
	}
	inc.anchored = len(a.found) == before
}

func (a *assembly) checkTimes(inc *Incident, all []*Update, i int) {
	u := all[i]
	if u.Time.IsZero() {
		return
	}
	if i > 0 && all[i-1].Time.Equal(u.Time) {
		a.report(u.Doc.AtKey("time", "duplicate-id", diag.Textf("the update \"%s\" has the same time", all[i-1].Name),
			diag.Textf("two updates need two times, or the reader cannot tell which is newer")))
	}
	if u.Time.Before(inc.Known) && !inc.Known.IsZero() {
		a.report(u.Doc.AtKey("time", "bad-date", diag.Textf("this is before the organisation knew of the incident"),
			diag.Textf("correct the time here, or known in index.md")))
	}
	if !u.Next.IsZero() && !u.Next.After(u.Time) {
		a.report(u.Doc.AtKey("next_update", "bad-date", diag.Textf("the next update is not after this one"), diag.Textf("name a later time")))
	}
}

func (a *assembly) corrections(all []*Update) {
	var byName map[string]*Update
	for _, u := range all {
		name := u.Doc.Front.Corrects
		if name == "" {
			continue
		}
		if byName == nil {
			byName = make(map[string]*Update, len(all))
			for _, other := range all {
				byName[other.Name] = other
			}
		}
		target, ok := byName[name]
		switch {
		case !ok:
			a.report(u.Doc.AtKey("corrects", "corrects-unknown", diag.Textf("there is no update \"%s\"", name),
				oneOf(name, namesOf(all), diag.Textf("write the name of a file in updates/, without .md"))))
		case target == u || !target.Time.Before(u.Time):
			a.report(u.Doc.AtKey("corrects", "corrects-unknown", diag.Textf("a correction comes after what it corrects"),
				diag.Textf("name an earlier update")))
		case u.Index >= 0 && target.Index >= 0:
			u.Corrects = target
			target.Corrections = append(target.Corrections, u)
		}
	}
}

func namesOf(all []*Update) []string {
	names := make([]string, len(all))
	for i, u := range all {
		names[i] = u.Name
	}
	return names
}
