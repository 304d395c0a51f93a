package generator

import (
	"cmp"
	"slices"

	"candor/generator/diag"
	"candor/generator/fileset"
	"candor/generator/site/incident"
)

// result gathers what the steps have found and made. With an error, nothing of
// what was made goes out.
func (b *build) result() Result {
	r := Result{At: b.at, Frozen: b.frozen(), Base: b.addresses.URL("")}
	r.NextChange, r.NextFinding = b.nextChanges()
	found := slices.Concat(b.siteFound, b.judgeFound, b.themeFound, b.found, b.stood.found, b.stood.printed.found, b.shared.found)
	for _, u := range b.units {
		found = append(append(found, u.found...), u.printed.found...)
		if u.visible {
			r.Incidents++
		}
	}
	r.Owed = b.sortOwed()
	r.Diagnostics = found.Apply(b.site.Rules)
	b.collect()
	if !r.Diagnostics.HasErrors() { // else it has been said already
		r.Diagnostics = append(r.Diagnostics, b.doubles.Apply(b.site.Rules)...)
	}
	r.Diagnostics = r.Diagnostics.Sort()
	if b.planners != nil && !r.Diagnostics.HasErrors() {
		r.Output = b.output
	}
	return r
}

// sortOwed puts what all incidents owe in order, unless the last build has.
func (b *build) sortOwed() []incident.Owed {
	for _, u := range b.units {
		if len(u.owed) > 0 {
			b.owed = append(b.owed, u.owed)
		}
	}
	same := func(x, y []incident.Owed) bool { return sameMemory(x, y) || slices.Equal(x, y) }
	if b.last != nil && slices.EqualFunc(b.last.owed, b.owed, same) {
		b.owedSorted = b.last.owedSorted
		return b.owedSorted
	}
	b.owedSorted = slices.Concat(b.owed...)
	incident.SortOwed(b.owedSorted)
	return b.owedSorted
}

// collect makes the output of what each step has made, and reports two things that
// would be published at one address.
func (b *build) collect() {
	b.made = append(b.made, b.stood.printed.files, b.shared.files, b.sitemap)
	for _, u := range b.units {
		b.made = append(b.made, u.printed.files)
	}
	if b.last != nil && len(b.last.made) == len(b.made) && b.last.doubles == nil {
		if output, ok := amend(b.last.output, b.last.made, b.made); ok {
			b.output = output
			return
		}
	}
	all := slices.Concat(b.made...)
	slices.SortFunc(all, func(x, y fileset.File) int { return cmp.Compare(x.Path, y.Path) })
	unique := all[:0]
	for i, f := range all {
		if i > 0 && all[i-1].Path == f.Path {
			b.doubles = append(b.doubles, diag.Source{Path: f.Path}.Whole("duplicate-id", diag.Textf("two pages would be published at this address"),
				diag.Textf("rename the standing page or the incident's folder")))
			continue
		}
		unique = append(unique, f)
	}
	b.output = fileset.Sorted(unique)
}

// amend returns the output of what is made now, from that of what was made before,
// in which no two files have one path. It is false where two have now, or may have:
// where a path went from one step to another.
func amend(output fileset.Set, before, now [][]fileset.File) (fileset.Set, bool) {
	var changed []fileset.File
	var gone []string
	n := 0
	touched := map[string]bool{}
	for i, files := range now {
		n += len(files)
		if sameMemory(before[i], files) {
			continue
		}
		had := make(map[string]fileset.File, len(before[i]))
		for _, f := range before[i] {
			had[f.Path] = f
		}
		for _, f := range files {
			// One that is the same elsewhere in memory would keep what was there with it.
			if old, there := had[f.Path]; !there || old.Sum != f.Sum || !sameMemory(old.Data, f.Data) {
				changed = append(changed, f)
				if touched[f.Path] {
					return fileset.Set{}, false
				}
				touched[f.Path] = true
			}
			delete(had, f.Path)
		}
		for path := range had {
			gone = append(gone, path)
			if touched[path] {
				return fileset.Set{}, false
			}
			touched[path] = true
		}
	}
	output = output.With(changed, gone)
	return output, output.Len() == n
}

// sameMemory says whether two slices are one.
func sameMemory[T any](x, y []T) bool {
	return len(x) == len(y) && (len(x) == 0 || &x[0] == &y[0])
}
