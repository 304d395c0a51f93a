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
	write, err := t.changed(d, ".", own, items)
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

// changed reports for each item whether the folder lacks it as it must be.
func (t *target) changed(d disk, folder string, own record, items []item) ([]bool, error) {
	write := make([]bool, len(items))
	err := each(t.workers, len(items), func(i int) (err error) {
		before, ours := own.files[items[i].path]
		if !ours || before.known && before.sum != items[i].sum {
			write[i] = true
			return nil
		}
		write[i], err = damaged(d, path.Join(folder, items[i].path), items[i], !before.known || t.opt.Verify)
		return err
	})
	return write, err
}

// damaged reports whether a file that should be as it must be is not. Its type and
// size are looked at, because anyone may have removed or changed it; reading it is
// for when somebody asks for it, and after a publication that was stopped.
func damaged(d disk, name string, it item, reading bool) (bool, error) {
	info, err := d.stat(name)
	switch {
	case missing(err):
		return true, nil
	case err != nil:
		return false, message.Errorf("look at %s: %w", it.path, err)
	case !info.Mode().IsRegular() || info.Size() != it.size:
		return true, nil
	case !reading:
		return false, nil
	}
	data, err := d.read(name)
	if err != nil {
		return false, message.Errorf("read %s: %w", it.path, err)
	}
	return !bytes.Equal(data, it.content()), nil
}

// makeWay finds out which folders must be made and what of ours is in the way of
// the files to be written, and refuses to touch what is not ours.
func (pl *plan) makeWay() error {
	there := map[string]bool{} // folders: true if one exists, false if it will be made
	for _, it := range pl.write {
		if err := pl.needFolders(it.path, there); err != nil {
			return err
		}
		if folder := path.Dir(it.path); there[folder] || folder == "." {
			if err := pl.needPlace(it.path); err != nil {
				return err
			}
		}
	}
	slices.Sort(pl.clear)
	pl.clear = slices.Compact(pl.clear)
	slices.Sort(pl.mkdir)
	return nil
}

// needFolders plans the folders above a file.
func (pl *plan) needFolders(name string, there map[string]bool) error {
	above := true // there is the folder above
	for _, folder := range parents(name) {
		if known, seen := there[folder]; seen {
			above = known
			continue
		}
		if above {
			info, err := pl.disk.stat(folder)
			_, ours := pl.own.files[folder]
			switch {
			case missing(err):
			case err != nil:
				return message.Errorf("look at %s: %w", folder, err)
			case info.IsDir():
				there[folder] = true
				if pl.own.interrupted && info.Mode().Perm()&dirMode != dirMode {
					pl.chmod = append(pl.chmod, folder)
				}
				continue
			case info.Mode().IsRegular() && ours:
				pl.clear = append(pl.clear, folder)
			default:
				return pl.foreign(folder, info)
			}
		}
		above, there[folder] = false, false
		pl.mkdir = append(pl.mkdir, folder)
	}
	return nil
}

// needPlace makes sure that what a file will replace is ours.
func (pl *plan) needPlace(name string) error {
	_, ours := pl.own.files[name]
	info, err := pl.disk.stat(name)
	switch {
	case missing(err):
		return nil
	case err != nil:
		return message.Errorf("look at %s: %w", name, err)
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
		case strings.HasPrefix(e.Name(), tempPrefix), ours && e.Type().IsRegular():
			pl.clear = append(pl.clear, inner)
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
