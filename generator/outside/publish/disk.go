package publish

import (
	"errors"
	"io"
	"io/fs"
	"iter"
	"os"
	"path"
	"runtime"
	"sync"
)

const (
	fileMode fs.FileMode = 0o644
	dirMode  fs.FileMode = 0o755
)

// disk is what a publication does to its directory. Paths count from the
// directory. A test puts another in place to stop at any step.
type disk interface {
	stat(name string) (fs.FileInfo, error) // of a link, the link
	read(name string) ([]byte, error)      // a regular file, no link
	list(dir string) ([]fs.DirEntry, error)

	create(name string, data []byte) error // a new file, whole
	rename(from, to string) error
	remove(name string) error // a file or an empty folder
	mkdir(name string) error
	chmod(folder string) error  // to the mode of folders
	link(from, to string) error // a second name for a file
	symlink(to, name string) error
	readlink(name string) (string, error)
	sync(names []string) error  // their bytes are on the disk
	flush(names []string) error // the same, of all that was written since the directory was opened
}

// folder is what is needed of an os.Root. Names that lead out are errors.
type folder interface {
	OpenFile(name string, flag int, perm fs.FileMode) (*os.File, error)
	Lstat(name string) (fs.FileInfo, error)
	Rename(from, to string) error
	Remove(name string) error
	Mkdir(name string, perm fs.FileMode) error
	Chmod(name string, mode fs.FileMode) error
	Link(from, to string) error
	Symlink(to, name string) error
	Readlink(name string) (string, error)
}

// rootDisk is the disk that there is.
type rootDisk struct {
	root folder
	open *os.File // any file there, open since before the first write; nil where there is none

	probe     sync.Once
	learned   bool // the two below are known
	chmodFile bool // the umask takes away from fileMode
	chmodDir  bool
}

func (d *rootDisk) stat(name string) (fs.FileInfo, error) { return d.root.Lstat(name) }

func (d *rootDisk) list(dir string) ([]fs.DirEntry, error) {
	f, err := d.root.OpenFile(dir, os.O_RDONLY, 0)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return f.ReadDir(-1)
}

func (d *rootDisk) read(name string) ([]byte, error) {
	info, err := d.root.Lstat(name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() { // above all no pipe, which would be waited for
		return nil, &fs.PathError{Op: "read", Path: name, Err: errIrregular}
	}
	f, err := d.root.OpenFile(name, os.O_RDONLY, 0)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data := make([]byte, 0, info.Size()+1)
	for {
		n, err := f.Read(data[len(data):cap(data)])
		data = data[:len(data)+n]
		if err == io.EOF {
			return data, nil
		}
		if err != nil {
			return nil, err
		}
		if len(data) == cap(data) {
			data = append(data, 0)[:len(data)]
		}
	}
}

var errIrregular = errors.New("not a regular file")

// create makes the file and removes it again where it cannot be made whole. A
// file that is there already is a leftover, for only temporary files are
// created.
func (d *rootDisk) create(name string, data []byte) error {
	asked := fileMode
	first := false
	d.probe.Do(func() { first, asked = true, 0o777 })
	f, err := d.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, asked)
	if errors.Is(err, fs.ErrExist) {
		if err = d.root.Remove(name); err == nil {
			f, err = d.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, asked)
		}
	}
	if err != nil {
		return err
	}
	if first {
		err = d.learn(f)
	}
	if err == nil && (first || d.chmodFile) {
		err = f.Chmod(fileMode)
	}
	if err == nil {
		_, err = f.Write(data)
	}
	if closing := f.Close(); err == nil {
		err = closing
	}
	if err != nil {
		d.root.Remove(name)
	}
	return err
}

// learn finds out from a file that was asked for with every permission which of
// them the umask takes away; there is no other way to read it that does not
// change it for the whole process.
func (d *rootDisk) learn(f *os.File) error {
	info, err := f.Stat()
	if err != nil {
		return err
	}
	got := info.Mode().Perm()
	d.chmodFile = got&fileMode != fileMode
	d.chmodDir = got&dirMode != dirMode
	d.learned = true
	return nil
}

func (d *rootDisk) rename(from, to string) error { return d.root.Rename(from, to) }
func (d *rootDisk) remove(name string) error     { return d.root.Remove(name) }

func (d *rootDisk) link(from, to string) error           { return d.root.Link(from, to) }
func (d *rootDisk) symlink(to, name string) error        { return d.root.Symlink(to, name) }
func (d *rootDisk) readlink(name string) (string, error) { return d.root.Readlink(name) }

func (d *rootDisk) mkdir(name string) error {
	if err := d.root.Mkdir(name, dirMode); err != nil {
		return err
	}
	if d.chmodDir || !d.learned {
		return d.chmod(name)
	}
	return nil
}

func (d *rootDisk) chmod(folder string) error { return d.root.Chmod(folder, dirMode) }

// fewFiles is up to how many files are synced one by one; beyond, the whole file
// system at once is faster.
const fewFiles = 64

func (d *rootDisk) sync(names []string) error {
	if len(names) > fewFiles {
		return d.flush(names)
	}
	return each(runtime.GOMAXPROCS(0), len(names), func(i int) error { return d.syncOne(names[i]) })
}

func (d *rootDisk) flush(names []string) error {
	if d.open != nil {
		if done, err := syncAll(d.open); done || err != nil {
			return err
		}
	}
	return each(runtime.GOMAXPROCS(0), len(names), func(i int) error { return d.syncOne(names[i]) })
}

func (d *rootDisk) syncOne(name string) error {
	flag := os.O_RDONLY
	if runtime.GOOS == "windows" {
		if info, err := d.root.Lstat(name); err != nil || info.IsDir() {
			return err // a folder cannot be synced there, and need not be
		}
		flag = os.O_RDWR // who may not write may not sync there
	}
	f, err := d.root.OpenFile(name, flag, 0)
	if err != nil {
		return err
	}
	defer f.Close()
	return f.Sync()
}

// each calls do for 0 … n-1 on the given number of goroutines, neighbours on the
// same one, and returns the first error; after one, what has not begun is left.
func each(workers, n int, do func(int) error) error {
	if workers = min(workers, n); workers <= 1 {
		for i := range n {
			if err := do(i); err != nil {
				return err
			}
		}
		return nil
	}
	const run = 16
	var mu sync.Mutex
	var failed error
	next := 0
	take := func(err error) (int, int) {
		mu.Lock()
		defer mu.Unlock()
		if failed == nil {
			failed = err
		}
		if failed != nil {
			return n, n
		}
		from := next
		next = min(n, next+run)
		return from, next
	}
	var group sync.WaitGroup
	for range workers {
		group.Go(func() {
			var err error
			for from, to := take(nil); from < to; from, to = take(err) {
				for i := from; i < to && err == nil; i++ {
					err = do(i)
				}
			}
		})
	}
	group.Wait()
	return failed
}

// parents yields the folders above a path, innermost first, without the top.
func parents(name string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
			if !yield(dir) {
				return
			}
		}
	}
}
