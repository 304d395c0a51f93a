package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"syscall"

	"candor/generator/fileset"
	"candor/generator/message"
)

// writeNew writes files that do not exist yet below dir, or none of them: each is
// created exclusively, and after a failure what was created is removed. Folders
// are made if they are missing, dir among them. Nothing outside dir is reached,
// whatever links lead there.
func writeNew(dir string, files fileset.Set, folders ...string) error {
	base, below := filepath.Clean(dir), "."
	for _, err := os.Lstat(base); errors.Is(err, fs.ErrNotExist); _, err = os.Lstat(base) {
		base, below = filepath.Dir(base), path.Join(filepath.Base(base), below)
	}
	root, err := os.OpenRoot(base)
	if err != nil {
		return environmentError{message.Errorf("cannot open the folder: %w", err)}
	}
	defer root.Close()
	w := &newWriter{root: root, below: below}
	err = w.write(files, folders)
	if err == nil {
		return nil
	}
	for _, name := range slices.Backward(w.made) {
		_ = root.Remove(name) // a folder into which somebody else has put something stays
	}
	if errors.Is(err, fs.ErrExist) {
		return err
	}
	return environmentError{message.Errorf("cannot write, and nothing was created: %w", err)}
}

// newWriter remembers what it created, in order.
type newWriter struct {
	root  *os.Root
	below string // the folder in root that all paths begin at
	made  []string
}

func (w *newWriter) write(files fileset.Set, folders []string) error {
	for _, folder := range folders {
		if err := w.folder(path.Join(w.below, folder)); err != nil {
			return err
		}
	}
	for f := range files.All() {
		name := path.Join(w.below, f.Path)
		if err := w.folder(path.Dir(name)); err != nil {
			return err
		}
		if err := w.file(name, f.Data); err != nil {
			return err
		}
	}
	return nil
}

// folder makes a folder and those above it.
func (w *newWriter) folder(name string) error {
	if name == "." {
		return nil
	}
	if err := w.folder(path.Dir(name)); err != nil {
		return err
	}
	err := w.root.Mkdir(name, 0o777)
	switch {
	case err == nil:
		w.made = append(w.made, name)
		return nil
	case !errors.Is(err, fs.ErrExist):
		return err
	}
	info, err := w.root.Stat(name)
	if err == nil && !info.IsDir() {
		err = &fs.PathError{Op: "mkdir", Path: name, Err: syscall.ENOTDIR}
	}
	return err
}

func (w *newWriter) file(name string, data []byte) error {
	out, err := w.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	switch {
	case errors.Is(err, fs.ErrExist):
		return message.Errorf("%s: %w, and is never overwritten\nedit it, or move it away first",
			filepath.Join(w.root.Name(), filepath.FromSlash(name)), fs.ErrExist)
	case err != nil:
		return err
	}
	w.made = append(w.made, name)
	_, err = out.Write(data)
	return errors.Join(err, out.Close())
}

// printPaths lists what was made, as it can be opened from here.
func printPaths(stdout io.Writer, dir string, files fileset.Set) {
	for f := range files.All() {
		fmt.Fprintln(stdout, filepath.Join(dir, filepath.FromSlash(f.Path)))
	}
}
