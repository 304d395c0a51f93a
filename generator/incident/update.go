package incident

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"candor/generator/config"
	"candor/generator/content"
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
}

// updates reads all updates, in the order of their times, and sorts out those
// that can be seen.
func (a *assembly) updates(inc *Incident, src Source) {
	all := make([]*Update, 0, len(src.Updates))
	byName := make(map[string]*Update, len(src.Updates))
	for _, name := range slices.Sorted(maps.Keys(src.Updates)) {
		texts := src.Updates[name]
		if texts.Doc == nil {
			for _, t := range texts.Translations {
				a.report(t.Source.Whole("missing-file", diag.Textf("this translation has no original"), diag.Textf("write updates/%s.md first", name)))
			}
			continue
		}
		doc := texts.Doc
		u := &Update{Texts: texts, Name: name, Level: doc.Front.Level, Approved: a.approvers(doc)}
		u.Time = a.instant(doc, "time", doc.Front.Time)
		u.Next = a.instant(doc, "next_update", doc.Front.NextUpdate)
		a.instant(doc, "revised", doc.Front.Revised)
		all = append(all, u)
		byName[name] = u
	}
	slices.SortStableFunc(all, func(x, y *Update) int { return cmp.Or(x.Time.Compare(y.Time), cmp.Compare(x.Name, y.Name)) })
	for i, u := range all {
		a.checkTimes(inc, all, i)
		if a.visible(inc, u.Doc, u.Time, len(u.Approved) > 0) && !u.Time.IsZero() {
			if n := len(inc.Updates); n > 0 {
				u.Since = u.Time.Sub(inc.Updates[n-1].Time)
			}
			inc.Updates = append(inc.Updates, u)
		} else {
			inc.Hidden = append(inc.Hidden, u)
		}
	}
	a.corrections(inc, all, byName)
	a.checkAnchors(all)
}

// checkAnchors reports updates whose names, or whose headings, make one id: they
// stand on one page, and their addresses must tell them apart.
func (a *assembly) checkAnchors(all []*Update) {
	seen := map[string]*Update{}
	for _, u := range all {
		ids := []string{content.UpdateAnchor(u.Name)}
		for _, anchor := range u.Doc.Anchors {
			ids = append(ids, anchor.ID)
		}
		for _, id := range ids {
			if first := seen[id]; first != nil && first != u {
				a.report(u.Doc.Source.Whole("duplicate-id", diag.Textf("this update and \"%s\" would have one address: #%s", first.Name, id),
					diag.Textf("rename one of them: letters and digits count, signs and spaces do not")))
				break
			}
			seen[id] = u
		}
	}
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

func (a *assembly) corrections(inc *Incident, all []*Update, byName map[string]*Update) {
	names := make([]string, len(all))
	for i, u := range all {
		names[i] = u.Name
	}
	for _, u := range all {
		name := u.Doc.Front.Corrects
		if name == "" {
			continue
		}
		target, ok := byName[name]
		switch {
		case !ok:
			a.report(u.Doc.AtKey("corrects", "corrects-unknown", diag.Textf("there is no update \"%s\"", name),
				oneOf(name, names, "write the name of a file in updates/, without .md")))
		case target == u || !target.Time.Before(u.Time):
			a.report(u.Doc.AtKey("corrects", "corrects-unknown", diag.Textf("a correction comes after what it corrects"),
				diag.Textf("name an earlier update")))
		case slices.Contains(inc.Updates, u) && slices.Contains(inc.Updates, target):
			u.Corrects = target
			target.Corrections = append(target.Corrections, u)
		}
	}
}
