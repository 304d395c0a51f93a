package incident

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"candor/generator/diag"
	"candor/generator/domain"
	"candor/generator/input/content"
	"candor/generator/input/tomldoc"
	"candor/generator/site/config"
)

// Update is one progress update.
type Update struct {
	*Texts
	Name        string
	Time        time.Time
	Next        time.Time      // the next update that it promised; zero if none
	Kind        domain.Kind    // as it is written, else resolution if it resolves, else empty
	Status      domain.Status  // from it on; empty if it changes nothing
	Level       domain.Level   // likewise; 0
	Services    []ServiceState // what it says of services
	Approved    []config.Person
	Since       time.Duration // since the update before; 0 on the first
	Corrects    []*Update     // the visible updates that it corrects, as written
	Corrections []*Update     // the visible updates that correct it, oldest first
	Index       int           // in Incident.Updates; -1 if it is hidden
}

// Anchor is the id of the update's block on any page that holds it.
func (u *Update) Anchor() string { return content.UpdateAnchor(u.Name) }

// Modified returns when what the update says was changed last, by a correction or a revision.
func (u *Update) Modified(zone *time.Location) time.Time {
	at := later(u.Time, u.Doc.Front.Revised.In(zone))
	for _, c := range u.Corrections {
		at = later(at, c.Time)
	}
	return at
}

// Compare puts updates into their order: that of their times, of one time that of their names.
func (u *Update) Compare(v *Update) int {
	return cmp.Or(u.Time.Compare(v.Time), cmp.Compare(u.Name, v.Name))
}

// updates reads all updates, in the order of their times, and separates the visible ones.
func (a *assembly) updates(inc *Incident, src Source) {
	all := make([]*Update, 0, len(src.Updates))
	for _, t := range src.Updates {
		if t.Doc != nil {
			all = append(all, a.update(t))
			continue
		}
		for _, translation := range t.Translations {
			a.report(translation.Source.Whole("missing-file", diag.Textf("this translation has no original"),
				diag.Textf("write updates/%s.md first", translation.Place.Name)))
		}
	}
	slices.SortFunc(all, (*Update).Compare)
	for _, u := range all {
		a.checkTimes(inc, u)
		if !a.visible(inc, u.Doc, u.Time, len(u.Approved) > 0) || u.Time.IsZero() {
			inc.Hidden = append(inc.Hidden, u)
			continue
		}
		if n := len(inc.Updates); n > 0 {
			u.Since = u.Time.Sub(inc.Updates[n-1].Time)
		}
		u.Index = len(inc.Updates)
		inc.Updates = append(inc.Updates, u)
	}
	a.corrections(all)
	a.checkAnchors(all)
}

// update makes an update of what its file says.
func (a *assembly) update(t *Texts) *Update {
	doc, front := t.Doc, &t.Doc.Front
	a.instant(doc, "revised", front.Revised)
	kind := front.Kind
	if kind == "" && front.Status == domain.StatusResolved {
		kind = domain.KindResolution
	}
	return &Update{
		Texts: t, Name: doc.Place.Name, Kind: kind, Status: front.Status, Level: front.Level, Index: -1,
		Time: a.instant(doc, "time", front.Time), Next: a.instant(doc, "next_update", front.NextUpdate),
		Approved: a.approvers(doc),
	}
}

// checkAnchors reports updates whose names, or whose headings, make one id: they are on one page
// and need different addresses.
func (a *assembly) checkAnchors(all []*Update) {
	first := make(map[string]*Update, 2*len(all))
	for _, u := range all {
		ids := []string{u.Anchor()}
		for _, anchor := range u.Doc.Anchors {
			ids = append(ids, anchor.ID)
		}
		for _, id := range ids {
			if other := first[id]; other != nil && other != u {
				a.report(u.Doc.Source.Whole("duplicate-id",
					diag.Textf("this update and \"%s\" would have one address: #%s", other.Name, id),
					diag.Textf("rename one of them: letters and digits count, signs and spaces do not")))
				break
			}
			first[id] = u
		}
	}
}

// corrections joins updates with those that correct them. All are in the order of their times.
func (a *assembly) corrections(all []*Update) {
	byName := make(map[string]*Update, len(all))
	names := make([]string, len(all))
	for i, u := range all {
		byName[u.Name], names[i] = u, u.Name
	}
	for _, u := range all {
		for i, name := range u.Doc.Front.Corrects {
			a.correction(u, fmt.Sprintf("corrects.%d", i), name, byName[name], names)
		}
	}
}

// correction joins an update with one of those that it corrects: target has the name that is written,
// nil if there is none.
func (a *assembly) correction(u *Update, key, name string, target *Update, names []string) {
	if len(u.Doc.Front.Corrects) == 1 {
		key = "corrects" // a text, or a list of one
	}
	switch {
	case name == "" || slices.Contains(u.Corrects, target) && target != nil:
	case target == nil:
		a.report(u.Doc.AtKey(key, "corrects-unknown", diag.Textf("there is no update \"%s\"", name),
			oneOf(name, names, diag.Textf("write the name of a file in updates/, without .md"))))
	case target.Compare(u) >= 0:
		a.report(u.Doc.AtKey(key, "corrects-unknown", diag.Textf("a correction comes after what it corrects"),
			diag.Textf("name an earlier update")))
	case u.Index >= 0 && target.Index >= 0:
		u.Corrects = append(u.Corrects, target)
		target.Corrections = append(target.Corrections, u)
	}
}

// checkTimes reports times of an update that cannot be meant.
func (a *assembly) checkTimes(inc *Incident, u *Update) {
	if u.Time.IsZero() {
		return
	}
	if u.Time.Before(inc.Known) && !inc.Known.IsZero() {
		hint := diag.Textf("correct the time here, or known in index.md")
		if meant := SameDay(u.Time, inc.Known); meant.After(inc.Known) {
			hint = diag.Textf("did you mean time = %s? Or correct known in index.md", tomldoc.FormatTime(meant))
		}
		a.report(u.Doc.AtKey("time", "bad-date",
			diag.Textf("this is before the organisation learned of the incident"), hint))
	}
	if !u.Next.IsZero() && !u.Next.After(u.Time) {
		a.report(u.Doc.AtKey("next_update", "bad-date", diag.Textf("the next update is not after this one"),
			diag.Textf("name a later time")))
	}
}
