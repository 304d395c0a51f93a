package publish

import (
	"errors"
	"io/fs"
	"slices"
	"strings"

	"candor/generator/message"
)

// record is what manifest and journal say of the directory: which files are
// Candor's.
type record struct {
	fresh       bool // nothing was ever published here
	interrupted bool // the last publication was stopped midway: there is a journal
	loose       bool // the last publication did not wait for the disk
	compressor  string

	// files are ours, by path. One that a stopped publication was to write or delete has
	// no sum: it may have its old bytes, its new ones or none, and is written anew.
	files map[string]entry
}

// recordOf returns the record of a directory that has this manifest and no journal.
func recordOf(m manifest) record {
	r := record{loose: m.loose, compressor: m.compressor, files: make(map[string]entry, len(m.files))}
	for _, f := range m.files {
		r.files[f.path] = f
	}
	return r
}

// readRecord reads manifest and journal, and refuses a directory that is not ours
// or whose manifest or journal is damaged. It changes nothing.
func readRecord(d disk, dir string) (record, error) {
	m, listed, err := readOwn(d, dir, manifestName, parseManifest)
	if err != nil {
		return record{}, err
	}
	r := recordOf(m)
	j, interrupted, err := readOwn(d, dir, journalName, parseJournal)
	switch {
	case err != nil:
		return record{}, err
	case interrupted:
		r.interrupted = true
		for _, p := range slices.Concat(j.Write, j.Delete) {
			r.files[p] = entry{path: p}
		}
	case !listed:
		r.fresh = true
		return r, checkEmpty(d, dir)
	}
	return r, nil
}

// readOwn reads and parses the manifest or the journal, and reports whether there
// is one.
func readOwn[T any](d disk, dir, name string, parse func([]byte) (T, error)) (parsed T, there bool, err error) {
	data, err := d.read(name)
	switch {
	case missing(err):
		return parsed, false, nil
	case err == nil:
		parsed, err = parse(data)
	case !errors.Is(err, errIrregular):
		return parsed, false, message.Errorf("read %s: %w", name, err)
	}
	if err != nil {
		advice := message.Textf("if everything in it was made by candor, empty the folder and build again; if not, choose another")
		err = &RefusedError{Dir: dir, Reason: message.Textf("its %s cannot be trusted: %w", name, err), Advice: advice}
	}
	return parsed, true, err
}

// checkEmpty refuses a directory without manifest and journal that holds anything
// but dotfiles.
func checkEmpty(d disk, dir string) error {
	entries, err := d.list(".")
	if err != nil {
		return message.Errorf("list output folder %s: %w", dir, err)
	}
	slices.SortFunc(entries, func(a, b fs.FileInfo) int { return strings.Compare(a.Name(), b.Name()) })
	for _, e := range entries {
		name, made := e.Name(), false
		if isRelease(name) {
			if made, err = madeHere(d, name); err != nil {
				return err
			}
		}
		switch {
		case made:
			return &RefusedError{Dir: dir, Reason: message.Textf("it holds releases (%s)", name),
				Advice: message.Textf("publish a release there, or choose a new output folder")}
		case strings.Contains(" .bashrc .bash_profile .profile .zshrc .ssh ", " "+name+" "):
			return &RefusedError{Dir: dir, Reason: message.Textf("it looks like a home folder (it holds %s)", name),
				Advice: message.Textf("choose a folder inside it, such as public")}
		case name[0] != '.':
			return &RefusedError{Dir: dir,
				Reason: message.Textf("it is not empty (it holds %q) and candor did not write it", name),
				Advice: message.Textf("empty it yourself, or choose a new output folder")}
		}
	}
	return nil
}
