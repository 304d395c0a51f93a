package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/user"
	"path/filepath"
	"syscall"
)

// RefusedError says that nothing was written because the directory is not one to
// write to, and what to do about it.
type RefusedError struct {
	Dir    string // as it was given
	Reason string
	Advice string
}

// Error returns the directory, the reason and the advice in one line.
func (e *RefusedError) Error() string {
	return fmt.Sprintf("will not publish to %s: %s; %s", e.Dir, e.Reason, e.Advice)
}

// locate returns the absolute path of dir without links, having made sure that
// it may be published to as far as its place goes.
func locate(dir string, keep []string) (string, error) {
	refuse := func(advice, format string, args ...any) (string, error) {
		return "", &RefusedError{Dir: dir, Reason: fmt.Sprintf(format, args...), Advice: advice}
	}
	const another = "choose another output directory, such as public"
	if dir == "" {
		return refuse(another, "it has no name")
	}
	target, err := resolve(dir)
	switch {
	case errors.Is(err, errDangling):
		return refuse("make the folder that it leads to, or remove the link", "it is a link to a folder that does not exist")
	case errors.Is(err, syscall.ENOTDIR):
		return refuse("move the file away, or "+another, "a file is in its place or above it")
	case err != nil:
		return "", fmt.Errorf("find output directory %s: %w", dir, err)
	}
	if info, err := os.Stat(target); err == nil && !info.IsDir() {
		return refuse("move the file away, or "+another, "it is a file")
	}
	if filepath.Dir(target) == target {
		return refuse(another, "it is the root of the file system")
	}
	if isRelease(filepath.Base(target)) {
		if info, err := os.Lstat(filepath.Join(filepath.Dir(target), currentName)); err == nil && info.Mode()&fs.ModeSymlink != 0 {
			return refuse("publish a release to "+filepath.Dir(target)+", or choose another output directory", "it is a release, which is never changed")
		}
	}
	for _, home := range homes() {
		if home, err := resolve(home); err == nil && same(home, target) {
			return refuse("choose a folder inside it, such as "+filepath.Join(dir, "public"), "it is a home directory")
		}
	}
	for _, name := range keep {
		kept, err := resolve(name)
		if err != nil {
			continue // what is not there cannot be harmed
		}
		switch {
		case same(kept, target):
			return refuse(another, "it is the folder %s, which is read from", name)
		case inside(target, kept):
			return refuse(another, "it is inside the folder %s, which is read from", name)
		case inside(kept, target):
			return refuse(another, "it holds the folder %s, which is read from", name)
		}
	}
	return target, nil
}

var errDangling = errors.New("link to nothing")

// resolve makes path absolute and follows its links; of what does not exist yet,
// the part that does.
func resolve(path string) (string, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	real, err := filepath.EvalSymlinks(path)
	if err == nil || !errors.Is(err, fs.ErrNotExist) {
		return real, err
	}
	if _, err := os.Lstat(path); err == nil {
		return "", errDangling
	}
	parent, err := resolve(filepath.Dir(path))
	return filepath.Join(parent, filepath.Base(path)), err
}

func homes() []string {
	var homes []string
	if home, err := os.UserHomeDir(); err == nil && home != "" {
		homes = append(homes, home)
	}
	if u, err := user.Current(); err == nil && u.HomeDir != "" {
		homes = append(homes, u.HomeDir)
	}
	return homes
}

// same says whether two paths are one folder, under whatever spelling.
func same(a, b string) bool {
	if a == b {
		return true
	}
	ia, errA := os.Stat(a)
	ib, errB := os.Stat(b)
	return errA == nil && errB == nil && os.SameFile(ia, ib)
}

// inside says whether path is somewhere below folder.
func inside(path, folder string) bool {
	for up := filepath.Dir(path); ; up = filepath.Dir(up) {
		if same(up, folder) {
			return true
		}
		if filepath.Dir(up) == up {
			return false
		}
	}
}
