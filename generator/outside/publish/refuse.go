package publish

import (
	"errors"
	"io/fs"
	"os"
	"os/user"
	"path/filepath"
	"syscall"

	"candor/generator/message"
)

// RefusedError says that nothing was written because the directory must not be
// written to, and what to do about it.
type RefusedError struct {
	Dir    string // as it was given
	Reason message.Text
	Advice message.Text
}

// Error returns the directory, the reason and the advice in one line.
func (e *RefusedError) Error() string { return e.In(nil) }

// In returns the same in the language of the words.
func (e *RefusedError) In(w *message.Words) string {
	return w.Sayf("will not publish to %s: %s; %s", e.Dir, e.Reason, e.Advice)
}

// locate returns the absolute path of dir without links, and refuses a place that
// must not be published to.
func locate(dir string, keep []string) (string, error) {
	refuse := func(reason, advice message.Text) (string, error) {
		return "", &RefusedError{Dir: dir, Reason: reason, Advice: advice}
	}
	another := message.Textf("choose another output folder, such as public")
	moveAway := message.Textf("move the file away, or choose another output folder, such as public")
	if dir == "" {
		return refuse(message.Textf("it has no name"), another)
	}
	target, err := resolve(dir)
	switch {
	case errors.Is(err, errDangling):
		return refuse(message.Textf("it is a link to a folder that does not exist"),
			message.Textf("create the folder that it leads to, or remove the link"))
	case errors.Is(err, syscall.ENOTDIR):
		return refuse(message.Textf("a file is in its place or above it"), moveAway)
	case err != nil:
		return "", message.Errorf("find output folder %s: %w", dir, err)
	}
	if info, err := os.Stat(target); err == nil && !info.IsDir() {
		return refuse(message.Textf("it is a file"), moveAway)
	}
	if filepath.Dir(target) == target {
		return refuse(message.Textf("it is the root of the file system"), another)
	}
	if isRelease(filepath.Base(target)) {
		above := filepath.Dir(target)
		info, err := os.Lstat(filepath.Join(above, currentName))
		if err == nil && info.Mode()&fs.ModeSymlink != 0 {
			return refuse(message.Textf("it is a release, which is never changed"),
				message.Textf("publish a release to %s, or choose another output folder", above))
		}
	}
	for _, home := range homes() {
		if home, err := resolve(home); err == nil && same(home, target) {
			return refuse(message.Textf("it is a home folder"),
				message.Textf("choose a folder inside it, such as %s", filepath.Join(dir, "public")))
		}
	}
	for _, name := range keep {
		kept, err := resolve(name)
		if err != nil {
			continue // what is not there cannot be harmed
		}
		switch {
		case same(kept, target):
			return refuse(message.Textf("it is the folder %s, which is read from", name), another)
		case inside(target, kept):
			return refuse(message.Textf("it is inside the folder %s, which is read from", name), another)
		case inside(kept, target):
			return refuse(message.Textf("it holds the folder %s, which is read from", name), another)
		}
	}
	return target, nil
}

var errDangling = errors.New("link to nothing")

// resolve makes path absolute and follows its links; if it does not exist, those of
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

// same reports whether two paths are one folder, however they are spelt.
func same(a, b string) bool {
	if a == b {
		return true
	}
	ia, errA := os.Stat(a)
	ib, errB := os.Stat(b)
	return errA == nil && errB == nil && os.SameFile(ia, ib)
}

// inside reports whether path is somewhere below folder.
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
