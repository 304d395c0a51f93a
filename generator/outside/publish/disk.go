package publish

import (
	"cmp"
	"errors"
	"io"
	"io/fs"
	"os"
	"runtime"
	"sync"
	"sync/atomic"
	"syscall"
)

const (
	fileMode fs.FileMode = 0o644
	dirMode  fs.FileMode = 0o755
)

// disk is what a publication does to its directory. Paths are relative to the
// directory. A test puts another in its place to stop at any step.
type disk interface {
	stat(name string) (fs.FileInfo, error) // of a link, the link
	read(name string) ([]byte, error)      // a regular file, no link
	list(dir string) ([]fs.FileInfo, error)

	create(name string, data []byte) error // a new file, whole
	rename(from, to string) error
	remove(name string) error    // a file or an empty folder
	removeAll(name string) error // and what is in it; no error if there is nothing
	mkdir(name string) error     // or, if it is there, gives it the mode of folders
	link(from, to string) error  // a second name for a file
	symlink(to, name string) error
	readlink(name string) (string, error)
	sync(names []string) error // writes these files and folders to disk
}

// rootDisk is the disk of the operating system.
type rootDisk struct {
	root     *os.Root
	top      *os.File     // the directory, open since before the first write
	modeless *atomic.Bool // the file system has refused to change a mode
}

func (d rootDisk) stat(name string) (fs.FileInfo, error) { return d.root.Lstat(name) }
func (d rootDisk) rename(from, to string) error          { return d.root.Rename(from, to) }
func (d rootDisk) remove(name string) error              { return d.root.Remove(name) }
func (d rootDisk) link(from, to string) error            { return d.root.Link(from, to) }
func (d rootDisk) symlink(to, name string) error         { return d.root.Symlink(to, name) }
func (d rootDisk) readlink(name string) (string, error)  { return d.root.Readlink(name) }

func (d rootDisk) list(dir string) ([]fs.FileInfo, error) {
	f, err := d.root.Open(dir)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return f.Readdir(-1)
}

func (d rootDisk) removeAll(name string) error {
	if _, err := d.root.Lstat(name); missing(err) {
		return nil // RemoveAll fails on a disk that is read-only
	}
	return d.root.RemoveAll(name)
}

var errIrregular = errors.New("not a regular file, or too large")

// maxRead is more than any file that Candor writes has.
const maxRead = 256 << 20

func (d rootDisk) read(name string) ([]byte, error) {
	info, err := d.root.Lstat(name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() || info.Size() > maxRead { // above all no pipe, which would be waited for
		return nil, &fs.PathError{Op: "read", Path: name, Err: errIrregular}
	}
	f, err := d.root.OpenFile(name, os.O_RDONLY, 0)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(f)
}

// create makes the file, and removes it again if it cannot be made whole. A file
// that is there already is a leftover, because only temporary files and those of
// new releases are created.
func (d rootDisk) create(name string, data []byte) error {
	const flags = os.O_WRONLY | os.O_CREATE | os.O_EXCL
	f, err := d.root.OpenFile(name, flags, fileMode)
	if errors.Is(err, fs.ErrExist) {
		if err = d.root.Remove(name); err == nil {
			f, err = d.root.OpenFile(name, flags, fileMode)
		}
	}
	if err != nil {
		return err
	}
	info, err := f.Stat()
	if err = d.setMode(info, err, fileMode, f.Chmod); err == nil {
		_, err = f.Write(data)
	}
	if err = cmp.Or(err, f.Close()); err != nil {
		_ = d.root.Remove(name)
	}
	return err
}

func (d rootDisk) mkdir(name string) error {
	if err := d.root.Mkdir(name, dirMode); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	info, err := d.root.Lstat(name)
	return d.setMode(info, err, dirMode, func(mode fs.FileMode) error { return d.root.Chmod(name, mode) })
}

// setMode gives a file or folder the mode that the umask has kept from it. If the file
// system refuses, it is left as it is: pages go out all the same.
func (d rootDisk) setMode(info fs.FileInfo, err error, mode fs.FileMode, chmod func(fs.FileMode) error) error {
	if err != nil || info.Mode().Perm()&mode == mode {
		return err
	}
	err = chmod(mode)
	if errors.Is(err, fs.ErrPermission) || errors.Is(err, errors.ErrUnsupported) {
		d.modeless.Store(true)
		return nil
	}
	return err
}

// fewFiles is up to how many files are synced one by one; for more of them, syncing
// the whole file system at once is faster.
const fewFiles = 64

func (d rootDisk) sync(names []string) error {
	if len(names) > fewFiles {
		if err := syncAll(d.top); !errors.Is(err, errors.ErrUnsupported) {
			return err
		}
	}
	return each(runtime.GOMAXPROCS(0), len(names), func(i int) error { return d.syncOne(names[i]) })
}

func (d rootDisk) syncOne(name string) error {
	flag := os.O_RDONLY
	if runtime.GOOS == "windows" {
		if info, err := d.root.Lstat(name); err != nil || info.IsDir() {
			return err // a folder cannot be synced there, and need not be
		}
		flag = os.O_RDWR // a file must be open for writing to be synced there
	}
	f, err := d.root.OpenFile(name, flag, 0)
	if err != nil {
		return err
	}
	defer f.Close()
	return f.Sync()
}

// missing reports whether err means that there is no file at a path, or no folder
// for it.
func missing(err error) bool {
	return errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR)
}

// each calls do for 0 … n-1 on the given number of goroutines, one of which is the
// caller's, and returns an error if there was one; after it, no other call begins.
func each(workers, n int, do func(int) error) error {
	var next atomic.Int64
	var failed atomic.Bool
	errs := make([]error, max(1, min(workers, n)))
	work := func(w int) {
		for i := int(next.Add(1)) - 1; i < n && !failed.Load(); i = int(next.Add(1)) - 1 {
			if err := do(i); err != nil {
				errs[w] = err
				failed.Store(true)
			}
		}
	}
	var group sync.WaitGroup
	for w := 1; w < len(errs); w++ {
		group.Go(func() { work(w) })
	}
	work(0)
	group.Wait()
	return cmp.Or(errs...)
}
