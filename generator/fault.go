package generator

import (
	"fmt"

	"candor/generator/diag"
	"candor/generator/parallel"
)

// try calls f, which works on a file or folder, and reports whether it returned. If it panics, that
// is a fault of Candor: it becomes an error, so that what is published stays, other incidents are
// checked, and a watch lives on. This is the only place where the panics of a build are caught.
func (b *build) try(path string, f func()) bool {
	p := parallel.Try(f)
	if p == nil {
		return true
	}
	d := diag.Source{Path: path}.Whole("internal-error", diag.Textf("Candor has failed here: %s", fmt.Sprint(p.Value)),
		diag.Textf("this is a fault of Candor, not of your text: "+
			"report it to those from whom you have Candor, with this file and the lines that begin with “at”"))
	d.Trace = p.Trace
	b.mu.Lock()
	defer b.mu.Unlock()
	b.faults = append(b.faults, d)
	return false
}

// failed reports whether Candor has failed in this build.
func (b *build) failed() bool { return len(b.faults) > 0 }

// each calls step for folders on all processors. One in which a step fails takes part in no further one.
func (b *build) each(folders []*folder, step func(*folder)) {
	parallel.Do(len(folders), func(i int) {
		f := folders[i]
		f.failed = f.failed || !b.try(f.path, func() { step(f) })
	})
}
