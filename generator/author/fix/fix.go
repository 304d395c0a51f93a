// Package fix writes the corrections that findings carry into files. It touches nothing else: a
// byte order mark, line ends and spaces at the end of a line stay as they are.
package fix

import (
	"bytes"
	"cmp"
	"maps"
	"slices"
	"strings"

	"candor/generator/diag"
	"candor/generator/fileset"
)

// rounds bounds how often files are looked at again: a correction may bring to light what it hid,
// such as a key behind front matter that was not read.
const rounds = 10

// Files corrects files until check finds nothing more in them that has a correction, and returns
// them with the findings whose corrections were applied, those of each round in order, and what
// check finds in the end.
func Files(files fileset.Set, check func(fileset.Set) diag.List) (changed fileset.Set, fixed, left diag.List) {
	left = check(files)
	for range rounds {
		var better []fileset.File
		corrections := byPath(left)
		for _, path := range slices.Sorted(maps.Keys(corrections)) {
			if file, ok := files.Get(path); ok {
				data, applied := Apply(file.Data, corrections[path])
				better, fixed = append(better, fileset.NewFile(path, data)), append(fixed, applied...)
			}
		}
		if better == nil {
			break
		}
		files = fileset.Overlay(files, fileset.Must(better))
		left = check(files)
	}
	return files, fixed, left
}

// byPath returns the findings that have a correction and are not suppressed, by their files.
func byPath(found diag.List) map[string]diag.List {
	files := map[string]diag.List{}
	for _, d := range found.Active() {
		if d.Fix != nil {
			files[d.Path] = append(files[d.Path], d)
		}
	}
	return files
}

// Apply returns a file with the corrections of findings in it, and the findings whose corrections
// were applied. Of two that overlap, the first is.
func Apply(data []byte, found diag.List) (changed []byte, applied diag.List) {
	order := slices.Clone(found)
	slices.SortStableFunc(order, func(a, b diag.Diagnostic) int { return cmp.Compare(a.Fix.Start, b.Fix.Start) })
	end := "\n"
	if bytes.Contains(data, []byte("\r\n")) {
		end = "\r\n"
	}
	var out bytes.Buffer
	p := place{data: data}
	p.raw = len(data) - len(bytes.TrimPrefix(data, []byte("\ufeff")))
	var last *diag.Fix
	written := 0
	for _, d := range order {
		f := d.Fix
		switch {
		case last != nil && *last == *f: // two findings, one correction
		case f.Start < p.normal || last != nil && f.Start == last.Start:
			continue
		default:
			out.Write(data[written:p.move(f.Start)])
			out.WriteString(strings.ReplaceAll(f.New, "\n", end))
			written, last = p.move(f.End), f
		}
		applied = append(applied, d)
	}
	out.Write(data[written:])
	return out.Bytes(), applied
}

// place is a place in a file and in its text as content.Normalise makes it.
type place struct {
	data        []byte
	raw, normal int
}

// move goes on to a place in the text and returns where it is in the file.
func (p *place) move(normal int) int {
	for ; p.normal < normal && p.raw < len(p.data); p.normal++ {
		if bytes.HasPrefix(p.data[p.raw:], []byte("\r\n")) {
			p.raw++
		}
		p.raw++
	}
	return p.raw
}
