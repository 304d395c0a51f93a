package publish

import (
	"bytes"
	"cmp"
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"
	"syscall"

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

// item is a file that the directory shall hold.
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
	workers int
	own     ledger

	want    manifest
	encoded []byte   // want, as it is written
	same    bool     // the manifest, too, is as it should be
	write   []item   // sorted by path
	resumed []string // files that a stopped publication had already written
	clear   []string // files of ours that stand where folders shall, or below where files shall
	rmdir   []string // folders to remove with clear, innermost first
	mkdir   []string // outermost first
	chmod   []string // folders that a stopped publication made under a umask, and no more
	remove  []string // files of ours that are not wanted any more

	begun  bool // a rename or removal has been done
	report Report
}

// plan compares what is wanted with what is there, or who is trusting with what was.
func (p *Publisher) plan(d disk, own ledger, set fileset.Set, trusting bool) (*plan, error) {
	pl := &plan{disk: d, workers: p.workers, own: own}
	items, want := p.wants(set, own)
	pl.want = want
	wanted := make(map[string]bool, len(items))
	for _, it := range items {
		wanted[it.path] = true
	}
	write := make([]bool, len(items))
	err := each(p.workers, len(items), func(i int) (err error) {
		write[i], err = p.due(d, own, items[i], trusting)
		return err
	})
	if err != nil {
		return nil, err
	}
	for i, it := range items {
		if write[i] {
			pl.write = append(pl.write, it)
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
	pl.same = !own.fresh && !own.broken && own.twins == pl.want.twins
	pl.report.Unchanged = len(items) - len(pl.write)
	return pl, pl.makeWay(p.dir, wanted)
}

// wants lists the files of the set with their twins, by path, and the manifest
// that lists them.
func (o *outlet) wants(set fileset.Set, own ledger) ([]item, manifest) {
	files := slices.Collect(set.All())
	items := make([]item, len(files))
	for i, f := range files {
		items[i] = item{path: f.Path, size: int64(len(f.Data)), sum: f.Sum, class: classOf(f.Path),
			content: func() []byte { return f.Data }}
	}
	want := manifest{}
	if o.opt.Compress {
		want.twins = twinMaker
		twins := make([][]item, len(files))
		each(o.workers, len(files), func(i int) error {
			twins[i] = twinsOf(files[i], set, own)
			return nil
		})
		items = append(items, slices.Concat(twins...)...)
		slices.SortFunc(items, func(a, b item) int { return cmp.Compare(a.path, b.path) })
	}
	want.files = make([]entry, len(items))
	for i, it := range items {
		want.files[i] = entry{Path: it.path, Size: it.size, Sum: it.sum}
	}
	return items, want
}

// due says whether the file has to be written. Of a file that is ours and should
// be as it is, the size is looked at, since anyone may have removed or damaged
// it; its bytes are read on request and after a publication that was stopped. Who
// is trusting does neither.
func (o *outlet) due(d disk, own ledger, it item, trusting bool) (bool, error) {
	before, ours := own.files[it.path]
	if !ours || before.known && before.sum != it.sum {
		return true, nil
	}
	if before.known && trusting {
		return false, nil
	}
	info, err := d.stat(it.path)
	switch {
	case missing(err):
		return true, nil
	case err != nil:
		return false, message.Errorf("look at %s: %w", it.path, err)
	case !info.Mode().IsRegular() || info.Size() != it.size:
		return true, nil
	case before.known && !o.opt.Verify:
		return false, nil
	}
	data, err := d.read(it.path)
	if err != nil {
		return false, message.Errorf("read %s: %w", it.path, err)
	}
	return !bytes.Equal(data, it.content()), nil
}

// missing says whether there is no file at a path, be it for want of a folder.
func missing(err error) bool {
	return errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR)
}

// makeWay finds out which folders are to be made, what of ours stands in the way
// of the files to be written, and refuses to touch what is not ours.
func (pl *plan) makeWay(dir string, wanted map[string]bool) error {
	there := map[string]bool{} // folders seen to, now or in the plan
	for _, it := range pl.write {
		if err := pl.needFolders(dir, it.path, there); err != nil {
			return err
		}
		if folder := path.Dir(it.path); there[folder] || folder == "." {
			if err := pl.needPlace(dir, it.path, wanted); err != nil {
				return err
			}
		}
	}
	slices.Sort(pl.clear)
	pl.clear = slices.Compact(pl.clear)
	slices.Sort(pl.mkdir)
	return nil
}

// needFolders plans the folders above a file. In there, a folder that exists is
// true and one that is to be made false.
func (pl *plan) needFolders(dir, name string, there map[string]bool) error {
	var up []string
	for folder := range parents(name) {
		if _, seen := there[folder]; seen {
			break
		}
		up = append(up, folder)
	}
	for _, folder := range slices.Backward(up) {
		above := path.Dir(folder)
		if above != "." && !there[above] {
			there[folder] = false
			pl.mkdir = append(pl.mkdir, folder)
			continue
		}
		info, err := pl.disk.stat(folder)
		_, ours := pl.own.files[folder]
		switch {
		case err == nil && info.IsDir():
			there[folder] = true
			if pl.own.broken && info.Mode().Perm()&dirMode != dirMode {
				pl.chmod = append(pl.chmod, folder)
			}
			continue
		case err == nil && info.Mode().IsRegular() && ours:
			pl.clear = append(pl.clear, folder)
		case err == nil:
			return foreign(dir, folder, info)
		case !missing(err):
			return message.Errorf("look at %s: %w", folder, err)
		}
		there[folder] = false
		pl.mkdir = append(pl.mkdir, folder)
	}
	return nil
}

// needPlace makes sure that what a file will replace is ours.
func (pl *plan) needPlace(dir, name string, wanted map[string]bool) error {
	_, ours := pl.own.files[name]
	info, err := pl.disk.stat(name)
	switch {
	case missing(err):
		return nil
	case err != nil:
		return message.Errorf("look at %s: %w", name, err)
	case info.IsDir():
		return pl.clearFolder(dir, name, wanted)
	case !ours || !info.Mode().IsRegular():
		return foreign(dir, name, info)
	}
	return nil
}

// clearFolder plans to remove a folder, in whose place a file shall stand, with
// all the files in it, which must be ours.
func (pl *plan) clearFolder(dir, name string, wanted map[string]bool) error {
	entries, err := pl.disk.list(name)
	if err != nil {
		return message.Errorf("list %s: %w", name, err)
	}
	for _, e := range entries {
		inner := name + "/" + e.Name()
		_, ours := pl.own.files[inner]
		switch {
		case e.IsDir():
			if err := pl.clearFolder(dir, inner, wanted); err != nil {
				return err
			}
		case strings.HasPrefix(e.Name(), tempPrefix), ours && e.Type().IsRegular():
			pl.clear = append(pl.clear, inner)
		default:
			return &RefusedError{Dir: dir, Reason: message.Textf("candor did not write %s, which stands where a page shall", inner),
				Advice: message.Textf("move it out of the output directory")}
		}
	}
	pl.rmdir = append(pl.rmdir, name)
	return nil
}

func foreign(dir, name string, info fs.FileInfo) error {
	reason := message.Textf("candor did not write the file %s, which stands where a page shall", name)
	switch {
	case info.IsDir():
		reason = message.Textf("candor did not write the folder %s, which stands where a page shall", name)
	case info.Mode()&fs.ModeSymlink != 0:
		reason = message.Textf("candor did not write the link %s, which stands where a page shall", name)
	}
	return &RefusedError{Dir: dir, Reason: reason,
		Advice: message.Textf("move it out of the output directory")}
}
