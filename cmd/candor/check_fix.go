package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/diff"

	"candor/generator"
	"candor/generator/author/fix"
	"candor/generator/diag"
	"candor/generator/fileset"
	"candor/generator/message"
)

// fix writes what has one correction, and prints it. It returns what was corrected and what is
// left; failed is why some files were not written.
func (f *checkFlags) fix(stdout io.Writer) (fixed, left diag.List, failed, err error) {
	in, unread, err := f.site().read()
	if err != nil {
		return nil, nil, nil, err
	}
	in.Check = true
	limitMemory(in.Content)
	g, before := generator.New(), in.Content
	check := func(files fileset.Set) diag.List {
		in.Content = files
		result := g.Build(in)
		err = f.knownLanguage(result.Settings)
		return f.only(withUnread(unread, result.Diagnostics))
	}
	after, fixed, left := fix.Files(before, check)
	if err != nil {
		return nil, nil, nil, err
	}
	var faults []error
	var untouched []fileset.File
	for file := range after.All() {
		was, _ := before.Get(file.Path)
		if was.Sum == file.Sum {
			continue
		}
		if err := f.replace(file.Path, was.Data, file.Data); err != nil {
			faults = append(faults, message.Errorf("%s: %w", f.rename(file.Path), err))
			untouched = append(untouched, was)
			fixed = slices.DeleteFunc(fixed, func(d diag.Diagnostic) bool { return d.Path == file.Path })
		} else if f.format == "text" {
			f.printDiff(stdout, file.Path, was.Data, file.Data, fixed)
		}
	}
	if len(faults) > 0 {
		return fixed, check(fileset.Overlay(after, fileset.Must(untouched))), environmentError{errors.Join(faults...)}, nil
	}
	return fixed, left, nil, nil
}

// printDiff prints what was corrected in a file, and the difference.
func (f *checkFlags) printDiff(w io.Writer, name string, was, now []byte, fixed diag.List) {
	shown := filepath.ToSlash(f.rename(name))
	for _, d := range fixed {
		if d.Path == name {
			fmt.Fprintf(w, "%s:%d:%d: %s [%s]\n", shown, d.Line, d.Column, diag.Visible(d.Message.In(f.say.Words)), d.Rule)
		}
	}
	difference := string(diff.Diff(shown, was, shown, now))
	for line := range strings.Lines(difference) {
		fmt.Fprintln(w, diag.Visible(strings.TrimRight(line, "\r\n")))
	}
}

// errChanged says that somebody else has written a file meanwhile.
var errChanged = message.Errorf("it was changed while candor looked at it, so it was not corrected\n" +
	"run candor check --fix again")

// replace writes a file anew if it still is as it was: beside it, then in its place, with its
// permissions. Nothing outside the content folder is reached.
func (f *siteFlags) replace(name string, was, now []byte) error {
	root, err := os.OpenRoot(f.content)
	if err != nil {
		return err
	}
	defer root.Close()
	info, err := root.Lstat(name)
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() {
		return message.Errorf("it is a link, so it was not corrected\ncorrect what it leads to")
	}
	beside := path.Join(path.Dir(name), fmt.Sprintf(".candor-fix-%d", os.Getpid()))
	out, err := root.OpenFile(beside, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = out.Write(now)
	err = errors.Join(err, out.Chmod(info.Mode().Perm()), out.Sync(), out.Close())
	if err == nil {
		err = unchanged(root, name, was)
	}
	if err == nil {
		err = root.Rename(beside, name)
	}
	if err != nil {
		_ = root.Remove(beside)
	}
	return err
}

// unchanged returns an error if a file is not as it was.
func unchanged(root *os.Root, name string, was []byte) error {
	data, err := root.ReadFile(name)
	if err == nil && !bytes.Equal(data, was) {
		err = errChanged
	}
	return err
}
