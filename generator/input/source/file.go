package source

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"
	"syscall"
	"time"

	"candor/generator/diag"
	"candor/generator/fileset"
)

// stamp tells one state of a file from another without reading it. Times are in
// nanoseconds of Unix time; what the system does not tell is 0.
type stamp struct {
	size         int64
	mtime, ctime int64
	dev, ino     uint64
}

// firm says whether a later change of the file is certain to change the stamp.
func (s stamp) firm(before time.Time) bool {
	return max(s.mtime, s.ctime) < before.UnixNano()
}

// sameFile says whether two stamps are of one file or folder, whatever became of
// it in between. Where the system does not tell, they may be.
func (s stamp) sameFile(other stamp) bool { return s.dev == other.dev && s.ino == other.ino }

// readFiles reads the items, all of them files of f.
func (w *walk) readFiles(f *folder, items []*item) error {
	for _, it := range items {
		if err := w.readFile(f, it); err != nil {
			return err
		}
	}
	return nil
}

// readFile reads a file unless it is as it was: the item holds what was known.
func (w *walk) readFile(f *folder, it *item) error {
	if it.known.firm && it.real == "" {
		if mode, now, err := f.place.look(it.name); err == nil && it.known.as(mode, now) {
			return nil
		}
	}
	return w.load(f, it)
}

// as says whether a look at the file makes it certain that it is the known one.
func (k *known) as(mode fs.FileMode, now stamp) bool {
	return k.firm && mode.IsRegular() && now == k.stamp
}

// load reads a file.
func (w *walk) load(f *folder, it *item) error {
	where, before := f.path+it.name, it.known
	it.known = known{}
	limit := w.limits.other
	if ext := path.Ext(it.name); ext == ".md" || ext == ".toml" {
		limit = w.limits.text
	}
	var data []byte
	var now stamp
	var err error
	if it.real == "" {
		data, now, err = f.place.read(it.name, limit)
	} else {
		data, now, err = readSlow(w.top, it.real, limit)
	}
	switch {
	case err == errLarge:
		it.fault = tooLarge(where, limit)
	case gone(err):
	case err != nil:
		it.fault, err = unreadable(where, err)
		return err
	default:
		it.known = known{stamp: now, firm: now.firm(w.firmBefore), file: before.file}
		if !before.there() || !bytes.Equal(before.file.Data, data) {
			it.known.file = fileset.NewFile(where, data)
		}
	}
	return nil
}

// specialError says that something is not a regular file.
type specialError struct{ mode fs.FileMode }

func (e specialError) Error() string { return "not a regular file" }

type sizeError string

func (e sizeError) Error() string { return string(e) }

const errLarge = sizeError("too large")

// readSlow reads a file of at most limit bytes by the means of package os.
func readSlow(root *os.Root, name string, limit int64) ([]byte, stamp, error) {
	// A pipe that took the place of the file since the listing must not be waited for.
	f, err := root.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, stamp{}, err
	}
	defer f.Close()
	info, err := f.Stat()
	switch {
	case err != nil:
		return nil, stamp{}, err
	case !info.Mode().IsRegular():
		return nil, stamp{}, specialError{info.Mode()}
	case info.Size() > limit:
		return nil, stamp{}, errLarge
	}
	data, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err != nil {
		return nil, stamp{}, err
	}
	if int64(len(data)) > limit {
		return nil, stamp{}, errLarge
	}
	return data, stampOf(info), nil
}

func tooLarge(where string, limit int64) *diag.Diagnostic {
	hint := diag.Textf("publish large files elsewhere and link to them")
	if strings.HasSuffix(where, ".md") || strings.HasSuffix(where, ".toml") {
		hint = diag.Textf("split it into several files")
	}
	return fault(where, "bad-value", diag.Textf("the file is larger than %d MiB and was not read", limit>>20), hint)
}

// unreadable turns what kept a file or folder from being read into a fault of
// the content, into nothing where it has gone away, or, where the machine is to
// blame, into an error.
func unreadable(where string, err error) (*diag.Diagnostic, error) {
	var special specialError
	switch {
	case gone(err):
		return nil, nil
	case errors.As(err, &special):
		return notAFile(where, special.mode), nil
	case errors.Is(err, syscall.EMFILE), errors.Is(err, syscall.ENFILE), errors.Is(err, syscall.ENOMEM):
		return nil, &fs.PathError{Op: "open", Path: where, Err: reason(err)}
	case errors.Is(err, fs.ErrPermission):
		return fault(where, "missing-file", diag.Textf("there is no permission to read this"),
			diag.Textf("let the user who runs candor read it (chmod u+r, and u+x for a folder), or begin its name with _")), nil
	}
	return fault(where, "missing-file", diag.Textf("this cannot be read: %w", reason(err)),
		diag.Textf("restore it from a copy, or remove it")), nil
}
