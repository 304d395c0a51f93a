package publish

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync/atomic"
	"time"

	"candor/generator/message"
)

// held is the output folder, open and locked.
type held struct {
	path string // absolute, without links
	disk rootDisk
	lock *os.File // nil if the system has no locks
}

func (h *held) release() {
	_ = h.lock.Close() // ends the lock as well
	_ = h.disk.top.Close()
	_ = h.disk.root.Close()
}

// errBusy says that another process holds the lock.
var errBusy = errors.New("another build is publishing there")

const (
	defaultWait = 10 * time.Second
	pause       = 20 * time.Millisecond
)

// hold makes the directory if it is missing, opens it and locks it, waiting for
// another build for at most the time given.
func hold(dir string, wait time.Duration) (*held, error) {
	if wait == 0 {
		wait = defaultWait
	}
	for deadline := time.Now().Add(wait); ; {
		h, err := tryHold(dir)
		switch {
		case err == nil:
			return h, nil
		case !errors.Is(err, errBusy):
			return nil, message.Errorf("open output folder %s: %w", dir, err)
		case !time.Now().Before(deadline):
			return nil, message.Errorf("lock output folder %s: %w; try again when it is done", dir, errBusy)
		}
		time.Sleep(pause)
	}
}

func tryHold(dir string) (*held, error) {
	if err := makeAll(dir); err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	h := &held{path: dir, disk: rootDisk{root: root, modeless: new(atomic.Bool)}}
	if h.disk.top, err = root.Open("."); err == nil {
		h.lock, err = lock(root)
	}
	if err == nil {
		err = h.checkPlace()
	}
	if err != nil {
		h.release()
		return nil, err
	}
	return h, nil
}

// checkPlace returns errBusy if another directory has the path by now: this one may
// have been removed, and made anew, between opening and locking it.
func (h *held) checkPlace() error {
	mine, err := h.disk.top.Stat()
	if err != nil {
		return err
	}
	now, err := os.Stat(h.path)
	if errors.Is(err, fs.ErrNotExist) || err == nil && !os.SameFile(mine, now) {
		return errBusy
	}
	return err
}

// makeAll is os.MkdirAll with mode 0755 whatever the umask.
func makeAll(dir string) error {
	info, err := os.Stat(dir)
	if err == nil && info.IsDir() || err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := makeAll(filepath.Dir(dir)); err != nil {
		return err
	}
	err = os.Mkdir(dir, dirMode)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	info, err = os.Stat(dir)
	chmod := func(mode fs.FileMode) error { return os.Chmod(dir, mode) }
	return rootDisk{modeless: new(atomic.Bool)}.setMode(info, err, dirMode, chmod)
}
