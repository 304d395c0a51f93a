package publish

import (
	"cmp"
	"errors"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"

	"candor/generator/fileset"
	"candor/generator/message"
)

// class is a place in the order of publication: what a page needs comes before
// the page, what speaks of pages after them.
type class int

const (
	asset class = iota
	page
	feed
	home
	classes
)

func classOf(name string) class {
	switch path.Ext(name) {
	case ".html":
		if name == "index.html" {
			return home
		}
		return page
	case ".xml", ".json", ".ics", ".atom", ".rss", ".cap":
		return feed
	}
	return asset
}

// item is a file that the directory must hold.
type item struct {
	path    string
	size    int64
	sum     fileset.Sum
	class   class
	content func() []byte
}

func pathsOf(items []item) []string {
	paths := make([]string, len(items))
	for i, it := range items {
		paths[i] = it.path
	}
	return paths
}

// plan is what a publication will do, worked out before anything is changed.
type plan struct {
	disk    disk
	dir     string // as it was given
	workers int
	own     record
	there   survey // without what has been removed since

	folds bool // the disk does not tell upper from lower case

	want   manifest
	all    []item   // that the directory must hold, sorted by path
	write  []item   // those that it lacks
	remove []string // files of ours that are not wanted any more
	clear  []string // files of ours in the way of what must be written: they go first
	rmdir  []string // folders to remove with clear, innermost first
	mkdir  []string // outermost first

	begun  bool            // a rename or removal has been done
	dirty  map[string]bool // folders whose entries have changed and are not on the disk for sure
	report Report
}

// plan compares what is wanted with what is there.
func (t *target) plan(d disk, own record, set fileset.Set) (*plan, error) {
	pl := &plan{disk: d, dir: t.dir, workers: t.workers, own: own, dirty: map[string]bool{}}
	pl.all, pl.want = t.wants(set, own)
	pl.want.loose = own.fresh
	var err error
	if pl.there, err = t.survey(d, ".", own, pl.all); err != nil {
		return nil, err
	}
	write, err := t.changed(d, ".", own, pl.there, pl.all)
	if err != nil {
		return nil, err
	}
	wanted := make(map[string]bool, len(pl.all))
	for i, it := range pl.all {
		wanted[it.path] = true
		if write[i] {
			pl.write = append(pl.write, it)
			if own.files[it.path].sum == it.sum {
				pl.report.Repaired++
			}
		}
	}
	for name := range own.files {
		if !wanted[name] {
			pl.remove = append(pl.remove, name)
		}
	}
	slices.Sort(pl.remove)
	pl.report.Unchanged = len(pl.all) - len(pl.write)
	if !own.fresh {
		_, err := d.stat(strings.ToUpper(manifestName))
		pl.folds = err == nil
	}
	return pl, pl.makeWay()
}

// wants lists the files of the set with their compressed copies, by path, and the
// manifest that lists them.
func (t *target) wants(set fileset.Set, own record) ([]item, manifest) {
	files := slices.Collect(set.All())
	items := make([]item, len(files))
	for i, f := range files {
		items[i] = item{path: f.Path, size: int64(len(f.Data)), sum: f.Sum, class: classOf(f.Path),
			content: func() []byte { return f.Data }}
	}
	want := manifest{origin: t.opt.Origin}
	if t.opt.Compress {
		want.compressor = compressor
		copies := make([][]item, len(files))
		_ = each(t.workers, len(files), func(i int) error {
			copies[i] = compressed(files[i], set, own)
			return nil
		})
		items = append(items, slices.Concat(copies...)...)
		slices.SortFunc(items, func(a, b item) int { return cmp.Compare(a.path, b.path) })
	}
	want.files = make([]entry, len(items))
	for i, it := range items {
		want.files[i] = entry{it.path, it.size, it.sum}
	}
	return items, want
}

// changed reports for each item whether the folder, of which there is a survey, lacks
// it as it must be: anyone may have removed or changed a file. Its bytes are read if
// something has become of it after the manifest, which is written last, or if a power
// cut may have damaged it.
func (t *target) changed(d disk, folder string, own record, there survey, items []item) ([]bool, error) {
	write := make([]bool, len(items))
	var published int64
	if info, exists := there[manifestName]; exists {
		published = changedAt(info)
	}
	err := each(t.workers, len(items), func(i int) error {
		it := items[i]
		switch {
		case own.files[it.path].sum != it.sum, !there.isFile(it.path), there[it.path].Size() != it.size:
			write[i] = true
		case own.loose || changedAt(there[it.path]) >= published:
			data, err := d.read(path.Join(folder, it.path))
			if err != nil {
				return wrap("read", it.path, err)
			}
			write[i] = fileset.SumOf(data) != it.sum
		}
		return nil
	})
	return write, err
}

// makeWay finds out which folders must be made and what of ours is in the way of
// the files to be written, and refuses to touch what is not ours.
func (pl *plan) makeWay() error {
	made := map[string]bool{} // by folder: it is made, so that nothing is in it
	for _, it := range pl.write {
		empty := false
		for _, folder := range parents(it.path) {
			known, seen := made[folder]
			if !seen {
				var err error
				if known, err = pl.clearPlace(folder, true, empty); err != nil {
					return err
				}
				if made[folder] = known; known || pl.own.interrupted { // it may have been made under a umask, and no more
					pl.mkdir = append(pl.mkdir, folder)
				}
			}
			empty = known
		}
		if _, err := pl.clearPlace(it.path, false, empty); err != nil {
			return err
		}
	}
	slices.Sort(pl.clear)
	pl.clear = slices.Compact(pl.clear)
	slices.Sort(pl.mkdir)
	return nil
}

// clearPlace plans to remove what is where a folder or a file must be, unless a folder
// above it is empty, and reports whether nothing will be there.
func (pl *plan) clearPlace(name string, folder, empty bool) (bool, error) {
	if empty {
		return true, nil
	}
	at, info := name, pl.there[name]
	if info == nil && pl.folds {
		var err error
		if at, info, err = pl.spelled(name); err != nil {
			return false, err
		}
	}
	_, ours := pl.own.files[at]
	switch {
	case info == nil:
		return true, nil
	case info.IsDir() && folder && at == name:
		return false, nil
	case info.IsDir():
		return true, pl.clearFolder(at)
	case !ours || !info.Mode().IsRegular():
		return false, pl.foreign(at, info)
	case folder || at != name:
		pl.clear = append(pl.clear, at)
		return true, nil
	}
	return false, nil
}

// spelled returns what is at a name on a disk that does not tell upper from lower case,
// by the name that the folder lists.
func (pl *plan) spelled(name string) (string, fs.FileInfo, error) {
	info, err := pl.disk.stat(name)
	if missing(err) {
		return name, nil, nil
	}
	folder := path.Dir(name)
	entries, errList := pl.disk.list(folder)
	if err = errors.Join(err, errList); err != nil {
		return name, nil, wrap("look at", name, err)
	}
	for _, e := range entries { // a FUSE file system may give a file an identity for each spelling
		if strings.EqualFold(e.Name(), path.Base(name)) || os.SameFile(info, e) {
			return path.Join(folder, e.Name()), e, nil
		}
	}
	return name, info, nil
}

// clearFolder plans to remove a folder in whose place a file must be, with all the
// files in it, which must be ours.
func (pl *plan) clearFolder(name string) error {
	entries, err := pl.disk.list(name)
	if err != nil {
		return message.Errorf("list %s: %w", name, err)
	}
	for _, e := range entries {
		inner := name + "/" + e.Name()
		_, ours := pl.own.files[inner]
		switch {
		case e.IsDir():
			if err := pl.clearFolder(inner); err != nil {
				return err
			}
		case strings.HasPrefix(e.Name(), tempPrefix), ours && e.Mode().IsRegular():
			pl.clear = append(pl.clear, inner)
			pl.there[inner] = e
		default:
			return pl.inTheWay(message.Textf("candor did not write %s, which is where a page must be", inner))
		}
	}
	pl.rmdir = append(pl.rmdir, name)
	return nil
}

func (pl *plan) foreign(name string, info fs.FileInfo) error {
	if info.Mode()&fs.ModeSymlink != 0 {
		return pl.inTheWay(message.Textf("candor did not write the link %s, which is where a page must be", name))
	}
	return pl.inTheWay(message.Textf("candor did not write the file %s, which is where a page must be", name))
}

func (pl *plan) inTheWay(reason message.Text) error {
	return &RefusedError{Dir: pl.dir, Reason: reason, Advice: message.Textf("move it out of the output folder")}
}
