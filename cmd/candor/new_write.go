package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"syscall"

	"candor/generator/fileset"
	"candor/generator/message"
)

// deliver writes new files below the content folder, prints their paths and
// returns who words what is to be said of them.
func (f *newFlags) deliver(files fileset.Set, stdout io.Writer) (teller, error) {
	if err := writeNew(f.content, files); err != nil {
		return teller{}, err
	}
	printPaths(stdout, f.content, files)
	return newTeller(f.say)
}

// writeNew writes files that do not exist yet below dir, or none of them: all
// are looked for first, each is created exclusively, and after a failure what
// was created goes away again. Folders are made where they are missing. Nothing
// outside dir is reached, whatever links lead there.
func writeNew(dir string, files fileset.Set, folders ...string) error {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return environmentError{message.Errorf("cannot open the folder: %w", err)}
	}
	defer root.Close()
	for f := range files.All() {
		if _, err := root.Lstat(f.Path); err == nil {
			return existsError(filepath.Join(dir, filepath.FromSlash(f.Path)))
		}
	}
	w := &newWriter{root: root}
	if err := w.write(files, folders); err != nil {
		w.undo()
		if errors.Is(err, fs.ErrExist) {
			return err
		}
		return environmentError{message.Errorf("cannot write, and nothing was made: %w", err)}
	}
	return nil
}

// existsError says that a file stands where a new one was to be.
func existsError(name string) error {
	return message.Errorf("%s: %w, and is never overwritten\nedit it, or move it away first", name, fs.ErrExist)
}

// newWriter remembers what it created, in order.
type newWriter struct {
	root *os.Root
	made []string
}

func (w *newWriter) write(files fileset.Set, folders []string) error {
	for _, folder := range folders {
		if err := w.folder(folder); err != nil {
			return err
		}
	}
	for f := range files.All() {
		if err := w.folder(path.Dir(f.Path)); err != nil {
			return err
		}
		if err := w.file(f); err != nil {
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
	switch err := w.root.Mkdir(name, 0o777); {
	case err == nil:
		w.made = append(w.made, name)
	case !errors.Is(err, fs.ErrExist):
		return err
	default:
		info, err := w.root.Stat(name)
		if err != nil {
			return err
		}
		if !info.IsDir() {
			return &fs.PathError{Op: "mkdir", Path: name, Err: syscall.ENOTDIR}
		}
	}
	return nil
}

func (w *newWriter) file(f fileset.File) error {
	out, err := w.root.OpenFile(f.Path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		if errors.Is(err, fs.ErrExist) { // it came since we looked
			return existsError(filepath.Join(w.root.Name(), filepath.FromSlash(f.Path)))
		}
		return err
	}
	w.made = append(w.made, f.Path)
	_, err = out.Write(f.Data)
	return errors.Join(err, out.Close())
}

// undo removes what was created, the newest first. A folder into which somebody
// else has put something stays.
func (w *newWriter) undo() {
	for i := len(w.made) - 1; i >= 0; i-- {
		_ = w.root.Remove(w.made[i])
	}
}

// printPaths lists what was made, as it can be opened from here.
func printPaths(stdout io.Writer, dir string, files fileset.Set) {
	for f := range files.All() {
		fmt.Fprintln(stdout, filepath.Join(dir, filepath.FromSlash(f.Path)))
	}
}
