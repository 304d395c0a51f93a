package publish

import (
	"bytes"
	"errors"
	"io/fs"
	"slices"
	"strings"

	"candor/generator/fileset"
	"candor/generator/message"
)

// ledger is what the directory says of itself: which files are Candor's.
type ledger struct {
	fresh  bool // nothing was ever published here
	broken bool // the last publication was stopped midway: there is a journal
	twins  string
	files  map[string]owned
	temps  []string // where the stopped publication may have left temporary files
}

// owned is a file of ours. Where the last publication was stopped while the file
// was due, known is false, and it may have its old bytes, its new ones or none.
type owned struct {
	size  int64
	sum   fileset.Sum
	known bool
}

// manifestCache holds the last manifest read or written, by its bytes.
type manifestCache struct {
	data  []byte
	twins string
	files map[string]owned
	sound bool // a publication of ours has ended with it: what it lists was there
}

func (c *manifestCache) parse(data []byte) error {
	if c.files != nil && bytes.Equal(c.data, data) {
		return nil
	}
	m, err := parseManifest(data)
	if err != nil {
		return err
	}
	c.keep(data, m)
	return nil
}

// keep remembers a manifest that was written; where none was, encoded is nil.
func (c *manifestCache) keep(encoded []byte, m manifest) {
	if encoded == nil {
		return
	}
	files := make(map[string]owned, len(m.files))
	for _, f := range m.files {
		files[f.Path] = owned{size: f.Size, sum: f.Sum, known: true}
	}
	*c = manifestCache{data: encoded, twins: m.twins, files: files}
}

// recall reads manifest and journal, and refuses a directory that is not ours or
// whose papers are not in order. It changes nothing.
func recall(d disk, dir string, cache *manifestCache) (ledger, error) {
	advice := message.Textf("if everything in it was made by candor, empty the directory and build again; else choose another")
	spoilt := func(name string, err error) error {
		return &RefusedError{Dir: dir, Reason: message.Textf("its %s cannot be trusted: %w", name, err), Advice: advice}
	}
	l := ledger{files: map[string]owned{}}
	data, err := d.read(manifestName)
	listed := err == nil
	if listed {
		if err := cache.parse(data); err != nil {
			return ledger{}, spoilt(manifestName, err)
		}
		l.twins, l.files = cache.twins, cache.files
	} else if errors.Is(err, errIrregular) {
		return ledger{}, spoilt(manifestName, errIrregular)
	} else if !errors.Is(err, fs.ErrNotExist) {
		return ledger{}, message.Errorf("read %s: %w", manifestName, err)
	}
	data, err = d.read(journalName)
	if err == nil {
		j, err := parseJournal(data)
		if err != nil {
			return ledger{}, spoilt(journalName, err)
		}
		l.doubt(j)
		return l, nil
	} else if errors.Is(err, errIrregular) {
		return ledger{}, spoilt(journalName, errIrregular)
	} else if !errors.Is(err, fs.ErrNotExist) {
		return ledger{}, message.Errorf("read %s: %w", journalName, err)
	}
	if !listed {
		l.fresh = true
		return l, checkEmpty(d, dir)
	}
	return l, nil
}

// doubt takes in the journal of a publication that was stopped.
func (l *ledger) doubt(j journal) {
	files := make(map[string]owned, len(l.files)+len(j.Write))
	for p, f := range l.files {
		files[p] = f
	}
	for _, p := range slices.Concat(j.Write, j.Delete) {
		files[p] = owned{}
	}
	l.files, l.broken, l.temps = files, true, j.Write
}

// homely are dotfiles by which a home directory is known.
const homely = " .bashrc .bash_profile .profile .zshrc .ssh "

// checkEmpty refuses a directory without papers that holds anything but
// dotfiles.
func checkEmpty(d disk, dir string) error {
	entries, err := d.list(".")
	if err != nil {
		return message.Errorf("list output directory %s: %w", dir, err)
	}
	names := make([]string, 0, len(entries))
	for _, e := range entries {
		names = append(names, e.Name())
	}
	slices.Sort(names)
	for _, name := range names {
		made := false
		if isRelease(name) {
			if made, err = madeHere(d, name); err != nil {
				return err
			}
		}
		switch {
		case made:
			return &RefusedError{Dir: dir, Reason: message.Textf("it holds releases (%s)", name),
				Advice: message.Textf("publish a release there, or choose a new output directory")}
		case strings.Contains(homely, " "+name+" "):
			return &RefusedError{Dir: dir, Reason: message.Textf("it looks like a home directory (it holds %s)", name),
				Advice: message.Textf("choose a folder inside it, such as public")}
		case name[0] != '.':
			return &RefusedError{Dir: dir, Reason: message.Textf("it is not empty (it holds %q) and candor did not write it", name),
				Advice: message.Textf("empty it yourself, or choose a new output directory")}
		}
	}
	return nil
}
