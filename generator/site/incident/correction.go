package incident

import (
	"slices"

	"candor/generator/diag"
)

// corrections joins updates with those that correct them. Kept says which of the
// visible ones are those that the incident had before: they stay as they are
// where that is right, and are copied where it is not.
func (a *assembly) corrections(inc *Incident, kept []bool) {
	if inc.joined(kept) {
		return
	}
	byName := make(map[string]*Update, len(inc.all))
	for _, u := range inc.all {
		byName[u.Name] = u
	}
	j := joints{corrects: map[int]int{}, correctedBy: map[int][]int{}}
	for _, u := range inc.all {
		if u.Index >= 0 && (u.corrects != "" || u.Corrections != nil) {
			j.ends = append(j.ends, u.Index)
		}
		if u.corrects == "" {
			continue
		}
		target, ok := byName[u.corrects]
		switch {
		case !ok:
			a.report(u.Doc.AtKey("corrects", "corrects-unknown", diag.Textf("there is no update \"%s\"", u.corrects),
				oneOf(u.corrects, namesOf(inc.all), diag.Textf("write the name of a file in updates/, without .md"))))
		case target == u || !target.Time.Before(u.Time):
			a.report(u.Doc.AtKey("corrects", "corrects-unknown", diag.Textf("a correction comes after what it corrects"),
				diag.Textf("name an earlier update")))
		case u.Index >= 0 && target.Index >= 0:
			j.corrects[u.Index] = target.Index
			j.correctedBy[target.Index] = append(j.correctedBy[target.Index], u.Index)
			j.ends = append(j.ends, target.Index)
		}
	}
	inc.join(j, kept)
}

// joined says whether every correction joins two updates that were joined before.
func (i *Incident) joined(kept []bool) bool {
	for _, u := range i.all {
		switch {
		case u.corrects == "" && u.Corrections == nil:
		case u.Index < 0 || !kept[u.Index] || u.corrects != "" && !i.Holds(u.Corrects) || !i.Holds(u.Corrections...):
			return false
		}
	}
	return true
}

// Holds says whether updates are the incident's visible ones.
func (i *Incident) Holds(updates ...*Update) bool {
	for _, u := range updates {
		if u == nil || u.Index >= len(i.Updates) || i.Updates[u.Index] != u {
			return false
		}
	}
	return true
}

// joints say by indices in Incident.Updates what corrects what. Ends are those of
// updates that are, or were, at one end of a correction.
type joints struct {
	ends        []int
	corrects    map[int]int
	correctedBy map[int][]int
}

// of returns what the update at an index corrects, and what corrects it.
func (j *joints) of(at int, updates []*Update) (target *Update, by []*Update) {
	if to, found := j.corrects[at]; found {
		target = updates[to]
	}
	for _, from := range j.correctedBy[at] {
		by = append(by, updates[from])
	}
	return target, by
}

// join joins the updates. Of those kept, one that has got another end is copied,
// and is another end itself.
func (i *Incident) join(j joints, kept []bool) {
	for again := true; again; {
		again = false
		for _, at := range j.ends {
			u := i.Updates[at]
			if !kept[at] {
				continue
			}
			if target, by := j.of(at, i.Updates); target == u.Corrects && slices.Equal(by, u.Corrections) {
				continue
			}
			c := *u
			i.Updates[at], kept[at], again = &c, false, true
		}
	}
	for _, at := range j.ends {
		if !kept[at] {
			u := i.Updates[at]
			u.Corrects, u.Corrections = j.of(at, i.Updates)
		}
	}
	for at, u := range i.all {
		if u.Index >= 0 {
			i.all[at] = i.Updates[u.Index]
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
