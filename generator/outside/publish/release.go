package publish

import (
	"errors"
	"path"
	"runtime"
	"slices"
	"sync/atomic"
	"syscall"

	"candor/generator/fileset"
	"candor/generator/message"
)

// Release publishes set as a release, for sites that are served straight from the
// disk: a folder dir/<number>-<first 8 digits of the set's Sum> with the whole set,
// to which the symbolic link dir/current is switched in one step. A reader sees the
// old site or the new one, never something between.
//
// The release is made under a temporary name and is on the disk, whole, before it
// has its own. The last five are kept, the current one always among them. If that
// one holds the set already, nothing is written. Its unchanged files become hard
// links in the next, so nobody may edit a file in a release: it would change in all
// of them.
//
// Switching current to another release by hand goes back to it, until the next
// publication of a set that differs from that release's.
//
// In the Report, Unchanged counts the files that are in the release before as well,
// and Deleted those that are there and not in this one. An error after the switch,
// when old releases are removed, comes with the Report.
func Release(dir string, set fileset.Set, opt Options) (Report, error) {
	return newTarget(dir, opt).release(set)
}

func (t *target) release(set fileset.Set) (Report, error) {
	return t.locked(set, t.releaseTo)
}

func (t *target) releaseTo(d disk, target string, set fileset.Set) (Report, error) {
	there, err := listReleases(d, t.dir, target)
	if err != nil {
		return Report{}, err
	}
	rel, err := t.draft(d, there, set)
	if err != nil {
		return Report{}, err
	}
	for _, name := range there.leftover {
		if err := wrap("remove", name, d.removeAll(name)); err != nil {
			return Report{}, err
		}
	}
	if rel.name != there.current {
		err := rel.prepare()
		if err == nil {
			err = rel.switchOver()
		}
		if err != nil {
			return Report{}, errors.Join(err, rel.undo())
		}
		there.current, there.names = rel.name, append(there.names, rel.name)
	}
	return rel.report(), there.removeOld()
}

// release is one to be made, or the current one if that holds the set.
type release struct {
	disk    disk
	dir     string // as it was given
	workers int

	name   string
	before string // the current release; "" if there is none
	items  []item // sorted by path
	write  []bool // by item: the release before lacks it
	gone   int    // files of the release before that this one lacks
	mended int    // files that the release before lists and lacks
	want   manifest
	named  bool // it may have its name already

	written, bytes atomic.Int64
}

// draft compares the set with the current release.
func (t *target) draft(d disk, there *releaseDir, set fileset.Set) (*release, error) {
	own, err := currentRecord(d, there.current)
	if err != nil {
		return nil, err
	}
	rel := &release{disk: d, dir: t.dir, workers: t.workers, before: there.current}
	rel.items, rel.want = t.wants(set, own)
	var before survey
	if there.current != "" {
		if before, err = t.survey(d, there.current, own, rel.items); err != nil {
			return nil, err
		}
	}
	if rel.write, err = t.changed(d, there.current, own, before, rel.items); err != nil {
		return nil, err
	}
	rel.gone = len(own.files)
	for i, it := range rel.items {
		before, had := own.files[it.path]
		if had {
			rel.gone--
		}
		if had && before.sum == it.sum && rel.write[i] {
			rel.mended++
		}
	}
	rel.name = releaseName(there.newest+1, set.Sum())
	if !own.fresh && own.compressor == rel.want.compressor && rel.gone == 0 && !slices.Contains(rel.write, true) {
		rel.name = there.current
	}
	return rel, nil
}

// currentRecord reads the manifest of the current release. If it is missing or
// damaged, the next release is written whole.
func currentRecord(d disk, current string) (record, error) {
	if current == "" {
		return record{fresh: true}, nil
	}
	name := path.Join(current, manifestName)
	data, err := d.read(name)
	if err != nil && !missing(err) && !errors.Is(err, errIrregular) {
		return record{}, wrap("read", name, err)
	}
	m, errParse := parseManifest(data)
	if err != nil || errParse != nil {
		return record{fresh: true}, nil
	}
	return recordOf(m), nil
}

// temp is the folder that is being filled.
func (r *release) temp() string { return releaseTemp + r.name }

// prepare makes the release under its temporary name, and the link that will lead
// to it, and writes both to disk. The link comes first: if there can be none,
// nothing else needs to be tried.
func (r *release) prepare() error {
	if err := r.disk.symlink(r.name, currentTemp); err != nil {
		return r.noLink(err)
	}
	if err := r.disk.mkdir(r.temp()); err != nil {
		return wrap("create folder", r.name, err)
	}
	folders := above(pathsOf(r.items))
	for i, folder := range folders {
		folders[i] = path.Join(r.temp(), folder)
	}
	if err := makeFolders(r.disk, r.workers, folders); err != nil {
		return err
	}
	if err := each(r.workers, len(r.items), r.fill); err != nil {
		return err
	}
	papers := path.Join(r.temp(), manifestName) // after the files: see plan.changed
	if err := r.disk.create(papers, r.want.encode()); err != nil {
		return wrap("write", path.Join(r.name, manifestName), err)
	}
	names := append([]string{".", r.temp(), papers}, folders...)
	for _, it := range r.items {
		names = append(names, path.Join(r.temp(), it.path))
	}
	return wrap("write to disk", r.name, r.disk.sync(names))
}

// fill links one file from the release before, or writes it: if linking fails, for
// whatever reason, writing either succeeds or meets the same trouble.
func (r *release) fill(i int) error {
	it := r.items[i]
	at := path.Join(r.temp(), it.path)
	if !r.write[i] && r.disk.link(path.Join(r.before, it.path), at) == nil {
		return nil
	}
	if err := r.disk.create(at, it.content()); err != nil {
		return wrap("write", path.Join(r.name, it.path), err)
	}
	r.written.Add(1)
	r.bytes.Add(it.size)
	return nil
}

// noLink says why there is no link, and what to do if there can be none.
func (r *release) noLink(err error) error {
	err = wrap("create the link", currentName, err)
	if runtime.GOOS != "windows" && !errors.Is(err, syscall.EPERM) && !errors.Is(err, errors.ErrUnsupported) {
		return err
	}
	return &RefusedError{Dir: r.dir,
		Reason: message.Textf("it needs a symbolic link to the release, which cannot be created there: %w", err),
		Advice: message.Textf("choose a folder on a file system that has such links (on Windows they need administrator's rights or developer mode), or publish without releases")}
}

// switchOver gives the release its name and switches the link to it. Each of the
// two is on the disk before what builds on it.
func (r *release) switchOver() error {
	top := []string{"."}
	r.named = true
	if err := r.disk.rename(r.temp(), r.name); err != nil {
		return wrap("name the release", r.name, err)
	}
	if err := r.disk.sync(top); err != nil {
		return wrap("write to disk", r.name, err)
	}
	if runtime.GOOS == "windows" { // links to folders are of another kind there, and the folder was not there yet
		if err := errors.Join(r.disk.remove(currentTemp), r.disk.symlink(r.name, currentTemp)); err != nil {
			return r.noLink(err)
		}
	}
	if err := r.disk.rename(currentTemp, currentName); err != nil {
		return wrap("replace", currentName, err)
	}
	return wrap("write to disk", currentName, r.disk.sync(top))
}

// undo removes what prepare and switchOver have made before they failed, unless
// the release is the current one already.
func (r *release) undo() error {
	if link, err := r.disk.readlink(currentName); err == nil && link == r.name {
		return nil
	}
	err := errors.Join(wrap("remove", currentTemp, r.disk.removeAll(currentTemp)),
		wrap("remove", r.name, r.disk.removeAll(r.temp())))
	if r.named {
		err = errors.Join(err, discard(r.disk, r.name))
	}
	return err
}

func (r *release) report() Report {
	written := int(r.written.Load())
	return Report{Written: written, Deleted: r.gone, Unchanged: len(r.items) - written, Repaired: r.mended,
		Bytes: r.bytes.Load(), Release: r.name}
}
