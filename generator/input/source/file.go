package source

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"syscall"

	"candor/generator/diag"
	"candor/generator/fileset"
)

// file reads a file of f, unless it is as it was.
func (w *walk) file(f *folder, c child) []*entry {
	at, found := slices.BinarySearchFunc(f.was, c.name, func(e *entry, name string) int {
		return strings.Compare(e.key[len(f.key):], name)
	})
	var before *entry
	if found && f.was[at].isFile() {
		before = f.was[at]
	}
	if before != nil && before.firm && c.stamp == before.stamp {
		return f.was[at : at+1 : at+1]
	}
	return w.load(f.root, c.name, f.key+c.name, before)
}

// load reads a file of an open folder, which is the file at the path.
func (w *walk) load(root *os.Root, name, at string, before *entry) []*entry {
	limit, hint := w.limits.other, diag.Textf("publish large files elsewhere and link to them")
	if ext := path.Ext(at); ext == ".md" || ext == ".toml" {
		limit, hint = w.limits.text, diag.Textf("split it into several files")
	}
	data, now, err := readFile(root, name, limit)
	switch {
	case err == errLarge:
		message := diag.Textf("the file is larger than %d MiB and was not read", limit>>20)
		return faulty(at, fault(at, "bad-value", message, hint))
	case err != nil:
		return w.unreadable(at, err)
	}
	e := &entry{key: at, stamp: now, firm: now.firm(w.firmBefore)}
	if before != nil && bytes.Equal(before.file.Data, data) {
		e.key, e.fold, e.file = before.key, before.fold, before.file
	} else {
		e.fold, e.file = folded(at), fileset.NewFile(at, data)
	}
	return []*entry{e}
}

// specialError says that something is not a regular file.
type specialError struct{ mode fs.FileMode }

func (e specialError) Error() string { return "not a regular file" }

var errLarge = errors.New("too large")

// unreadable makes a fault of what kept a file or folder from being read, nothing
// if it has gone away, and a failure of the walk if the cause is the machine.
func (w *walk) unreadable(key string, err error) []*entry {
	where := label(key)
	var special specialError
	switch {
	case gone(err):
		return nil
	case errors.As(err, &special):
		return faulty(key, notAFile(where, special.mode))
	case errors.Is(err, syscall.EMFILE), errors.Is(err, syscall.ENFILE), errors.Is(err, syscall.ENOMEM):
		w.fail(&fs.PathError{Op: "open", Path: where, Err: reason(err)})
		return nil
	case errors.Is(err, fs.ErrPermission):
		return faulty(key, fault(where, "missing-file", diag.Textf("there is no permission to read this"),
			diag.Textf("let the user who runs candor read it (chmod u+r, and u+x for a folder), or begin its name with _")))
	}
	return faulty(key, fault(where, "missing-file", diag.Textf("this cannot be read: %w", reason(err)),
		diag.Textf("restore it from a copy, or remove it")))
}
