package incident

import (
	"cmp"
	"slices"
	"time"

	"candor/generator/diag"
	"candor/generator/site/config"
)

// Update is one progress update.
type Update struct {
	Texts
	Name        string
	Time        time.Time
	Next        time.Time // the next update that it promised; zero where none
	Kind        string    // as it is written; may be empty
	Status      string    // from it on; empty where it changes nothing
	Level       int       // likewise; 0
	Approved    []config.Person
	Since       time.Duration // since the update before; 0 on the first
	Corrects    *Update       // the visible update that it corrects
	Corrections []*Update     // the visible updates that correct it, oldest first
	Index       int           // in Incident.Updates; -1 where it is hidden

	of       *Texts // of which Texts is a copy
	plain    bool   // nothing was found about it and the time of the one before it
	unread   bool
	tasks    bool   // it has task items
	corrects string // the name of Corrects, found or not
}

// Anchor is the id of the update's block on any page that holds it.
func (u *Update) Anchor() string { return u.reading.ids[0] }

// Update returns the visible update that the texts are; nil where they are none.
func (i *Incident) Update(t *Texts) *Update {
	if t.Doc == nil {
		return nil
	}
	at, found := slices.BinarySearchFunc(i.Updates, t, func(u *Update, t *Texts) int { return byTime(u.of, t) })
	if !found {
		return nil
	}
	return i.Updates[at]
}

func byTime(x, y *Texts) int {
	return cmp.Or(x.reading.time.Compare(y.reading.time), cmp.Compare(x.Doc.Place.Name, y.Doc.Place.Name))
}

// updates reads all updates, in the order of their times, and sorts out those
// that can be seen.
func (a *assembly) updates(inc *Incident, src Source) {
	var known []*Update
	var gone, fresh []*Texts
	if before := a.before; before != nil {
		gone, fresh = changes(before.source, src.Updates)
		if inc.Visible && before.Visible && inc.Known.Equal(before.Known) {
			known = before.all
		}
	}
	texts := a.inOrder(src.Updates, known, gone, fresh)
	inc.source = src.Updates
	inc.all = make([]*Update, 0, len(texts))
	inc.Updates = make([]*Update, 0, len(texts))
	kept := make([]bool, 0, len(texts)) // of inc.Updates
	for _, t := range texts {
		for len(known) > 0 && known[0].of != t && byTime(known[0].of, t) < 0 {
			known = known[1:]
		}
		var u *Update
		if len(known) > 0 && known[0].of == t {
			u, known = known[0], known[1:]
		}
		same := u != nil && inc.goesOnWith(u)
		if same {
			inc.all, inc.Updates = append(inc.all, u), append(inc.Updates, u)
			a.clock.Passed(u.Time)
		} else {
			a.update(inc, t)
		}
		if len(inc.Updates) > len(kept) {
			kept = append(kept, same)
		}
	}
	a.corrections(inc, kept)
	a.checkAnchors(inc, gone, fresh)
}

// inOrder returns the updates in the order of their times: those known but for
// the ones that are gone, and the fresh ones; all, where nothing is known.
func (a *assembly) inOrder(all []*Texts, known []*Update, gone, fresh []*Texts) []*Texts {
	for _, t := range all {
		if t.Doc != nil {
			continue
		}
		for _, translation := range t.Translations {
			a.report(translation.Source.Whole("missing-file", diag.Textf("this translation has no original"), diag.Textf("write updates/%s.md first", translation.Place.Name)))
		}
	}
	if known == nil {
		fresh = all
	}
	fresh = slices.DeleteFunc(slices.Clone(fresh), func(t *Texts) bool { return t.Doc == nil })
	if !slices.IsSortedFunc(fresh, byTime) {
		slices.SortFunc(fresh, byTime)
	}
	left := make(map[*Texts]bool, len(gone))
	for _, t := range gone {
		left[t] = true
	}
	texts := make([]*Texts, 0, len(all))
	for _, u := range known {
		if !left[u.of] {
			texts = append(texts, u.of)
		}
	}
	return merge(texts, fresh)
}

// merge returns the texts of two lists that are in the order of their times.
func merge(many, few []*Texts) []*Texts {
	if len(many) == 0 {
		return few
	}
	merged := make([]*Texts, 0, len(many)+len(few))
	for _, t := range few {
		at, _ := slices.BinarySearchFunc(many, t, byTime)
		merged = append(append(merged, many[:at]...), t)
		many = many[at:]
	}
	return append(merged, many...)
}

// goesOnWith says whether a known update is the next one just as it is: it can be
// seen, and nothing is to be said about it.
func (i *Incident) goesOnWith(u *Update) bool {
	n := len(i.all)
	return u.plain && u.Index == len(i.Updates) && u.Since == i.since(u.Time) && (n == 0 || !i.all[n-1].Time.Equal(u.Time))
}

// since returns how long after the newest update so far a time is.
func (i *Incident) since(t time.Time) time.Duration {
	if n := len(i.Updates); n > 0 {
		return t.Sub(i.Updates[n-1].Time)
	}
	return 0
}

// update makes the next update of the incident.
func (a *assembly) update(inc *Incident, t *Texts) {
	r := t.reading
	before := a.reported
	a.take(r)
	front := &r.Doc.Front
	u := &Update{Texts: *t, Name: r.Doc.Place.Name, Time: r.time, Next: r.next, Kind: front.Kind, Status: front.Status, Level: front.Level,
		Approved: r.approved, Index: -1, of: t, unread: r.Doc.Unread, tasks: len(r.Doc.Tasks) > 0, corrects: front.Corrects}
	inc.all = append(inc.all, u)
	a.checkTimes(inc, inc.all, len(inc.all)-1)
	if a.visible(inc, u.Doc, u.Time, len(u.Approved) > 0) && !u.Time.IsZero() {
		u.Index, u.Since = len(inc.Updates), inc.since(u.Time)
		inc.Updates = append(inc.Updates, u)
	} else {
		inc.Hidden = append(inc.Hidden, u)
	}
	u.plain = a.reported == before
}

// checkAnchors reports updates whose names, or whose headings, make one id: they
// stand on one page, and their addresses must tell them apart. Where there was no
// such pair, only the fresh ones can make one.
func (a *assembly) checkAnchors(inc *Incident, gone, fresh []*Texts) {
	if a.before != nil && a.before.ids != nil {
		ids := a.before.ids
		a.before.ids = nil
		if inc.ids = replaceIDs(ids, gone, fresh); inc.ids != nil {
			return
		}
	}
	before := a.reported
	ids := make(map[string]*Texts, 2*len(inc.all))
	for _, u := range inc.all {
		for _, id := range u.reading.ids {
			if first := ids[id]; first != nil && first != u.of {
				a.report(u.Doc.Source.Whole("duplicate-id", diag.Textf("this update and \"%s\" would have one address: #%s", first.name(), id),
					diag.Textf("rename one of them: letters and digits count, signs and spaces do not")))
				break
			}
			ids[id] = u.of
		}
	}
	if a.reported == before {
		inc.ids = ids
	}
}

// replaceIDs takes the ids of the texts that are gone out and puts those of the
// fresh ones in; it returns nil where two have one.
func replaceIDs(ids map[string]*Texts, gone, fresh []*Texts) map[string]*Texts {
	for _, t := range gone {
		if t.Doc == nil {
			continue
		}
		for _, id := range t.reading.ids {
			delete(ids, id)
		}
	}
	for _, t := range fresh {
		if t.Doc == nil {
			continue
		}
		for _, id := range t.reading.ids {
			if other := ids[id]; other != nil && other != t {
				return nil
			}
			ids[id] = t
		}
	}
	return ids
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
