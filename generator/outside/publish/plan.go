package publish

import (
	"bytes"
	"cmp"
	"io/fs"
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

// plan is what a publication will do, worked out before anything is changed.
type plan struct {
	disk    disk
	dir     string // as it was given
	workers int
	own     record
	there   survey // without what has been removed since

	want    manifest
	write   []item   // sorted by path
	resumed []string // files that a stopped publication had already written
	remove  []string // files of ours that are not wanted any more
	clear   []string // files of ours where folders must be, or below where files must be
	rmdir   []string // folders to remove with clear, innermost first
	mkdir   []string // outermost first
	chmod   []string // folders that a stopped publication made under a umask, and no more

	begun  bool // a rename or removal has been done
	report Report
}

// plan compares what is wanted with what is there.
func (t *target) plan(d disk, own record, set fileset.Set) (*plan, error) {
	pl := &plan{disk: d, dir: t.dir, workers: t.workers, own: own}
	items, want := t.wants(set, own)
	pl.want = want
	var err error
	if pl.there, err = t.survey(d, ".", own, items); err != nil {
		return nil, err
	}
	write, err := t.changed(d, ".", own, pl.there, items)
	if err != nil {
		return nil, err
	}
	wanted := make(map[string]bool, len(items))
	for i, it := range items {
		wanted[it.path] = true
		if write[i] {
			pl.write = append(pl.write, it)
			if before := own.files[it.path]; before.known && before.sum == it.sum {
				pl.report.Repaired++
			}
		} else if !own.files[it.path].known {
			pl.resumed = append(pl.resumed, it.path)
		}
	}
	for name := range own.files {
		if !wanted[name] {
			pl.remove = append(pl.remove, name)
		}
	}
	slices.Sort(pl.remove)
	pl.report.Unchanged = len(items) - len(pl.write)
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
	want := manifest{}
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
// it as it must be. Type and size are compared, because anyone may have removed or
// changed a file; bytes only if that is wanted, and after a publication that was
// stopped.
func (t *target) changed(d disk, folder string, own record, there survey, items []item) ([]bool, error) {
	write := make([]bool, len(items))
	err := each(t.workers, len(items), func(i int) error {
		it := items[i]
		before, ours := own.files[it.path]
		info, exists := there[it.path]
		switch {
		case !ours || before.known && before.sum != it.sum,
			!exists || !info.Mode().IsRegular() || info.Size() != it.size:
			write[i] = true
		case !before.known || t.opt.Verify:
			data, err := d.read(path.Join(folder, it.path))
			if err != nil {
				return message.Errorf("read %s: %w", it.path, err)
			}
			write[i] = !bytes.Equal(data, it.content())
		}
		return nil
	})
	return write, err
}

// makeWay finds out which folders must be made and what of ours is in the way of
// the files to be written, and refuses to touch what is not ours.
func (pl *plan) makeWay() error {
	needed := map[string]bool{} // folders
	for _, it := range pl.write {
		for _, folder := range parents(it.path) {
			if needed[folder] {
				continue
			}
			needed[folder] = true
			if err := pl.needFolder(folder); err != nil {
				return err
			}
		}
		if err := pl.needPlace(it.path); err != nil {
			return err
		}
	}
	slices.Sort(pl.clear)
	pl.clear = slices.Compact(pl.clear)
	slices.Sort(pl.mkdir)
	return nil
}

// needFolder plans a folder above a file.
func (pl *plan) needFolder(name string) error {
	info, exists := pl.there[name]
	_, ours := pl.own.files[name]
	switch {
	case !exists:
		pl.mkdir = append(pl.mkdir, name)
	case info.IsDir():
		if pl.own.interrupted && info.Mode().Perm()&dirMode != dirMode {
			pl.chmod = append(pl.chmod, name)
		}
	case info.Mode().IsRegular() && ours:
		pl.clear = append(pl.clear, name)
		pl.mkdir = append(pl.mkdir, name)
	default:
		return pl.foreign(name, info)
	}
	return nil
}

// needPlace makes sure that what a file will replace is ours.
func (pl *plan) needPlace(name string) error {
	info, exists := pl.there[name]
	_, ours := pl.own.files[name]
	switch {
	case !exists:
		return nil
	case info.IsDir():
		return pl.clearFolder(name)
	case !ours || !info.Mode().IsRegular():
		return pl.foreign(name, info)
	}
	return nil
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
			return pl.inTheWay(message.Textf("candor did not write %s, which stands where a page shall", inner))
		}
	}
	pl.rmdir = append(pl.rmdir, name)
	return nil
}

func (pl *plan) foreign(name string, info fs.FileInfo) error {
	switch {
	case info.IsDir():
		return pl.inTheWay(message.Textf("candor did not write the folder %s, which stands where a page shall", name))
	case info.Mode()&fs.ModeSymlink != 0:
		return pl.inTheWay(message.Textf("candor did not write the link %s, which stands where a page shall", name))
	}
	return pl.inTheWay(message.Textf("candor did not write the file %s, which stands where a page shall", name))
}

func (pl *plan) inTheWay(reason message.Text) error {
	return &RefusedError{Dir: pl.dir, Reason: reason, Advice: message.Textf("move it out of the output directory")}
}
