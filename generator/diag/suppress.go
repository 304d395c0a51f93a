package diag

import "slices"

// Suppression is an author's reason, given in the document itself, why a finding
// does not count. It stands in the finding's own file.
type Suppression struct {
	Reason string
	Line   int // of the comment that gives the reason, from 1; 0 where it is not known
	Column int // from 1, in code points
	Width  int // code points of the comment on that line
}

// Suppressible says whether a document may suppress what a rule finds. It may
// not where settings could not turn the rule off either, and a suppression that
// is itself at fault cannot be hidden by another.
func Suppressible(rule string) bool {
	return !Fixed(rule) && rule != "approval" && rule != "suppression"
}

// Suppress returns the list with the reasons that allowed gives; nil is none. It
// is asked about each finding that may be suppressed and is not yet, so a reason
// that it gives always has an effect, and one that it never gives has none. The
// list itself stays as it is, for it may be remembered.
func (l List) Suppress(allowed func(Diagnostic) *Suppression) List {
	out := make(List, len(l))
	for i, d := range l {
		if d.Suppressed == nil && Suppressible(d.Rule) {
			d.Suppressed = allowed(d)
		}
		out[i] = d
	}
	return out
}

// Active returns the findings that count, in their order.
func (l List) Active() List {
	return slices.DeleteFunc(slices.Clone(l), func(d Diagnostic) bool { return d.Suppressed != nil })
}

// printed returns what a printer prints of the list.
func (l List) printed(suppressed bool) List {
	if suppressed {
		return l
	}
	return l.Active()
}

// renamed returns a path as the reader knows it.
func renamed(path string, rename func(string) string) string {
	if rename == nil {
		return path
	}
	return rename(path)
}
