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

// Release publishes set as a release of its own, for those who serve straight
// from the disk: a folder dir/<number>-<first 8 digits of the set's Sum> with the
// whole set, to which the symbolic link dir/current is turned in one step. A
// reader sees the old site or the new one, never something between.
//
// The release is made under a temporary name and is on the disk, whole, before it
// has its own. The last five are kept, the one that current leads to always among
// them. Where that one holds the set already, nothing is written. Its unchanged
// files become hard links in the next, so nobody may edit a file in a release: it
// would change in all of them.
//
// Turning current to another release by hand goes back to it, until the next
// publication of a set that differs from that release's.
func Release(dir string, set fileset.Set, opt Options) (Report, error) {
	return NewReleaser(dir, opt).Publish(set)
}

// Releaser publishes releases into one directory again and again, as a Publisher
// does files. It is not safe for concurrent use.
type Releaser struct {
	outlet
	last string // the release that the last publication has ended with
}

// NewReleaser makes a Releaser; it touches nothing.
func NewReleaser(dir string, opt Options) *Releaser { return &Releaser{outlet: newOutlet(dir, opt)} }

// Publish makes current lead to a release that holds the files of set. Of the
// Report, Unchanged counts the files that are in the release before as well, and
// Deleted those that are there and not in this one. An error after the switch,
// when old releases are removed, comes with the Report.
func (r *Releaser) Publish(set fileset.Set) (Report, error) { return r.publish(set, false) }

// PublishNext is Publish for who publishes often, as a Publisher's is.
func (r *Releaser) PublishNext(set fileset.Set) (Report, error) { return r.publish(set, true) }

func (r *Releaser) publish(set fileset.Set, trusting bool) (Report, error) {
	if err := r.check(set); err != nil {
		return Report{}, err
	}
	d, held, err := r.enter()
	if err != nil {
		return Report{}, err
	}
	defer held.release()
	shelf, err := survey(d, r.dir, held.target)
	if err != nil {
		return Report{}, err
	}
	rel, err := r.draft(d, shelf, set, trusting && r.last == shelf.current)
	if err != nil {
		return Report{}, err
	}
	if err := shelf.sweep(r.workers); err != nil {
		return Report{}, err
	}
	if !rel.out {
		if err := rel.prepare(); err != nil {
			return Report{}, errors.Join(err, rel.undo())
		}
		if err := rel.switchOver(); err != nil {
			return Report{}, errors.Join(err, rel.undo())
		}
		r.cache.keep(rel.encoded, rel.want)
		shelf.put(rel.name)
	}
	r.cache.sound = true
	r.last = shelf.current
	return rel.report(), shelf.retire(r.workers)
}

// release is one to be made, or the one that is out and holds the set.
type release struct {
	disk    disk
	dir     string // as it was given
	workers int

	name    string
	before  string // the release that is out; "" for none
	items   []item // sorted by path
	same    []bool // by item: the release before holds it
	gone    int    // files of the release before that this one lacks
	want    manifest
	encoded []byte // want, as it is written
	out     bool   // it is the release before
	named   bool   // it may have its name already

	written, bytes atomic.Int64
}

// draft compares the set with the release that is out.
func (r *Releaser) draft(d disk, s *shelf, set fileset.Set, trusting bool) (*release, error) {
	own, err := r.remember(d, s.current)
	if err != nil {
		return nil, err
	}
	trusting = trusting && r.cache.sound // known when it has been read
	rel := &release{disk: d, dir: r.dir, workers: r.workers, before: s.current}
	rel.items, rel.want = r.wants(set, own)
	rel.same = make([]bool, len(rel.items))
	there := below{d, s.current}
	err = each(r.workers, len(rel.items), func(i int) error {
		write, err := r.due(there, own, rel.items[i], trusting)
		rel.same[i] = !write
		return err
	})
	if err != nil {
		return nil, err
	}
	rel.gone = len(own.files)
	for _, it := range rel.items {
		if _, had := own.files[it.path]; had {
			rel.gone--
		}
	}
	if !own.fresh && own.twins == rel.want.twins && rel.gone == 0 && !slices.Contains(rel.same, false) {
		rel.name, rel.out = s.current, true
		return rel, nil
	}
	rel.name = nameOf(s.newest+1, set.Sum())
	rel.encoded = rel.want.encode()
	return rel, nil
}

// remember reads the manifest of the release that is out. One that is missing or
// spoilt vouches for nothing: the next release is then written whole.
func (r *Releaser) remember(d disk, current string) (ledger, error) {
	none := ledger{fresh: true}
	if current == "" {
		return none, nil
	}
	name := path.Join(current, manifestName)
	data, err := d.read(name)
	switch {
	case missing(err) || errors.Is(err, errIrregular):
		return none, nil
	case err != nil:
		return ledger{}, wrap("read", name, err)
	case r.cache.parse(data) != nil:
		return none, nil
	}
	return ledger{twins: r.cache.twins, files: r.cache.files}, nil
}

// temp is the folder that is being filled.
func (r *release) temp() string { return releaseTemp + r.name }

// prepare makes the release under its temporary name, and the link that will lead
// to it, down to the disk. The link comes first: where there can be none, nothing
// else needs to be tried.
func (r *release) prepare() error {
	if err := r.disk.symlink(r.name, currentTemp); err != nil {
		return r.noLink(err)
	}
	if err := r.disk.mkdir(r.temp()); err != nil {
		return wrap("make folder", r.name, err)
	}
	d := below{r.disk, r.temp()}
	if err := d.create(manifestName, r.encoded); err != nil {
		return wrap("write", path.Join(r.name, manifestName), err)
	}
	folders := foldersOf(r.want)
	if err := makeFolders(d, r.workers, folders); err != nil {
		return err
	}
	if err := each(r.workers, len(r.items), r.fill); err != nil {
		return err
	}
	names := append([]string{".", manifestName}, folders...)
	for _, it := range r.items {
		names = append(names, it.path)
	}
	return wrap("bring to the disk", r.name, d.flush(names))
}

// fill links one file from the release before, or writes it: where linking fails,
// for whatever reason, writing either does as well or meets the same trouble.
func (r *release) fill(i int) error {
	it := r.items[i]
	at := path.Join(r.temp(), it.path)
	if r.same[i] && r.disk.link(path.Join(r.before, it.path), at) == nil {
		return nil
	}
	if err := r.disk.create(at, it.content()); err != nil {
		return wrap("write", path.Join(r.name, it.path), err)
	}
	r.written.Add(1)
	r.bytes.Add(it.size)
	return nil
}

// noLink says why there is no link, and what to do where there can be none.
func (r *release) noLink(err error) error {
	err = wrap("make the link", currentName, err)
	if runtime.GOOS != "windows" && !errors.Is(err, syscall.EPERM) && !errors.Is(err, errors.ErrUnsupported) {
		return err
	}
	return &RefusedError{Dir: r.dir, Reason: message.Textf("it takes a symbolic link to the release, which cannot be made there: %w", err),
		Advice: message.Textf("choose a folder on a file system that has such links (on Windows they take administrator's rights or developer mode), or publish without releases")}
}

// switchOver gives the release its name and turns the link to it. Each of the two
// is on the disk before what builds on it.
func (r *release) switchOver() error {
	top := []string{"."}
	r.named = true
	if err := r.disk.rename(r.temp(), r.name); err != nil {
		return wrap("name the release", r.name, err)
	}
	if err := r.disk.sync(top); err != nil {
		return wrap("bring to the disk", r.name, err)
	}
	if runtime.GOOS == "windows" { // a link to a folder is of another kind there, and the folder was not there yet
		if err := errors.Join(r.disk.remove(currentTemp), r.disk.symlink(r.name, currentTemp)); err != nil {
			return r.noLink(err)
		}
	}
	if err := r.disk.rename(currentTemp, currentName); err != nil {
		return wrap("replace", currentName, err)
	}
	return wrap("bring to the disk", currentName, r.disk.sync(top))
}

// undo removes what prepare and switchOver have made before they failed, unless
// the release is out already.
func (r *release) undo() error {
	if link, err := r.disk.readlink(currentName); err == nil && link == r.name {
		return nil
	}
	err := errors.Join(removeAll(r.disk, r.workers, currentTemp), removeAll(r.disk, r.workers, r.temp()))
	if r.named {
		err = errors.Join(err, discard(r.disk, r.workers, r.name))
	}
	return err
}

func (r *release) report() Report {
	written := int(r.written.Load())
	return Report{Written: written, Deleted: r.gone, Unchanged: len(r.items) - written, Bytes: r.bytes.Load(), Release: r.name}
}
