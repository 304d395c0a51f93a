package diag

import (
	"fmt"
	"slices"
)

// unfilled is the rule of texts that an editor has still to write.
const unfilled = "placeholder"

// OnlyUnfilled reports whether nothing stops publication but texts that are left to write, if that: what
// an editor may already look at.
func (l List) OnlyUnfilled() bool {
	return !slices.ContainsFunc(l, func(d Diagnostic) bool {
		return d.Severity == Error && d.Suppressed == nil && d.Rule != unfilled
	})
}

// mostUnfilled is how many places of a file that are left to write are findings of their own: they are
// the last ones. mostLines is how many lines, or runs of them, are named otherwise.
const (
	mostUnfilled = 3
	mostLines    = 12
)

// Brief returns a list for people in which all places of a file that are left to write are one
// finding, if they are many: a file that was begun is no list of faults. A list without such files is
// returned as it is.
func (l List) Brief() List {
	type key struct {
		path     string
		severity Severity
	}
	places := map[key][]int{} // lines
	for i := range l {
		if d := &l[i]; d.Rule == unfilled && d.Suppressed == nil {
			k := key{d.Path, d.Severity}
			places[k] = append(places[k], d.Line)
		}
	}
	if len(places) == 0 {
		return l
	}
	brief, said := l[:0:0], map[key]bool{}
	for _, d := range l {
		k := key{d.Path, d.Severity}
		switch lines := places[k]; {
		case d.Rule != unfilled || d.Suppressed != nil || len(lines) <= mostUnfilled:
			brief = append(brief, d)
		case !said[k]:
			brief, said[k] = append(brief, leftToWrite(d, lines)), true
		}
	}
	return brief
}

// leftToWrite is a finding for all the places of a file of which d is the first.
func leftToWrite(d Diagnostic, lines []int) Diagnostic {
	d.Column, d.Width, d.Excerpt, d.Skipped, d.Fix = 0, 0, "", 0, nil
	d.Message = Textf("%d texts in [square brackets] are left to write, on lines %s", len(lines), runs(lines))
	d.Hint = Textf("replace each with what is true, or delete it; brackets that must stay are written \\[ and \\]")
	return d
}

// runs names lines, of neighbours the first and the last.
func runs(lines []int) Names {
	lines = slices.Compact(slices.Sorted(slices.Values(lines)))
	var names []string
	for i := 0; i < len(lines); {
		from := i
		for i++; i < len(lines) && lines[i] == lines[i-1]+1; i++ {
		}
		if i-from == 1 {
			names = append(names, fmt.Sprint(lines[from]))
		} else {
			names = append(names, fmt.Sprintf("%d–%d", lines[from], lines[i-1]))
		}
	}
	if len(names) > mostLines {
		names = append(names[:mostLines], "…")
	}
	return names
}
