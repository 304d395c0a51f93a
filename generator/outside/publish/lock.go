package publish

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"candor/generator/message"
)

// held is the output directory, open and locked.
type held struct {
	target string // its absolute path, without links
	root   *os.Root
	lock   *os.File
}

func (h *held) release() {
	if h.lock != nil {
		h.lock.Close() // ends the lock as well
	}
	h.root.Close()
}

// errBusy says that another process holds the lock.
var errBusy = errors.New("another build is publishing there")

const (
	defaultWait = 10 * time.Second
	pause       = 20 * time.Millisecond
)

// hold makes the directory where it is missing, opens it and locks it, waiting
// for another build as long as it is told to.
func hold(target string, wait time.Duration) (*held, error) {
	if wait == 0 {
		wait = defaultWait
	}
	for deadline := time.Now().Add(wait); ; {
		h, err := tryHold(target)
		switch {
		case err == nil:
			return h, nil
		case !errors.Is(err, errBusy):
			return nil, message.Errorf("open output directory %s: %w", target, err)
		case !time.Now().Before(deadline):
			return nil, message.Errorf("lock output directory %s: %w; try again when it is done", target, errBusy)
		}
		time.Sleep(pause)
	}
}

func tryHold(target string) (*held, error) {
	if err := makeAll(target); err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(target)
	if err != nil {
		return nil, err
	}
	h := &held{target: target, root: root}
	if h.lock, err = lock(root); err != nil {
		h.release()
		return nil, err
	}
	// The directory may have been removed and made anew while we waited for the
	// lock on the old one.
	mine, err := root.Stat(".")
	if err == nil {
		var now fs.FileInfo
		if now, err = os.Stat(target); err == nil && !os.SameFile(mine, now) || errors.Is(err, fs.ErrNotExist) {
			err = errBusy
		}
	}
	if err != nil {
		h.release()
		return nil, err
	}
	return h, nil
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
	if err := os.Mkdir(dir, dirMode); err != nil {
		if errors.Is(err, fs.ErrExist) {
			return nil
		}
		return err
	}
	if info, err = os.Stat(dir); err != nil || info.Mode().Perm()&dirMode == dirMode {
		return err
	}
	return os.Chmod(dir, dirMode)
}
