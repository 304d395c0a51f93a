package publish

import (
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"candor/generator/message"
)

// below is what a disk has beneath one of its folders.
type below struct {
	disk
	dir string
}

func (b below) at(name string) string { return path.Join(b.dir, name) }

func (b below) stat(name string) (fs.FileInfo, error)   { return b.disk.stat(b.at(name)) }
func (b below) read(name string) ([]byte, error)        { return b.disk.read(b.at(name)) }
func (b below) list(name string) ([]fs.DirEntry, error) { return b.disk.list(b.at(name)) }
func (b below) create(name string, data []byte) error   { return b.disk.create(b.at(name), data) }
func (b below) mkdir(name string) error                 { return b.disk.mkdir(b.at(name)) }

func (b below) flush(names []string) error {
	full := make([]string, len(names))
	for i, name := range names {
		full[i] = b.at(name)
	}
	return b.disk.flush(full)
}

// foldersOf returns the folders that hold the files of a manifest, outermost
// first.
func foldersOf(m manifest) []string {
	folders := map[string]bool{}
	for _, f := range m.files {
		for up := range parents(f.Path) {
			if folders[up] {
				break
			}
			folders[up] = true
		}
	}
	return slices.Sorted(maps.Keys(folders))
}

// walk visits everything below a folder, a folder before what is in it. It
// follows no link.
func walk(d disk, dir string, visit func(name string, e fs.DirEntry)) error {
	entries, err := d.list(dir)
	if err != nil {
		return message.Errorf("%s: %w", dir, err)
	}
	for _, e := range entries {
		name := path.Join(dir, e.Name())
		visit(name, e)
		if e.IsDir() {
			if err := walk(d, name, visit); err != nil {
				return err
			}
		}
	}
	return nil
}

// removeAll removes a file, a link, or a folder with all that is in it; what is
// not there needs no removal.
func removeAll(d disk, workers int, name string) error {
	info, err := d.stat(name)
	switch {
	case missing(err):
		return nil
	case err != nil:
		return wrap("look at", name, err)
	case !info.IsDir():
		return wrap("remove", name, d.remove(name))
	}
	var files []string
	folders := []string{name}
	err = walk(d, name, func(inner string, e fs.DirEntry) {
		if e.IsDir() {
			folders = append(folders, inner)
		} else {
			files = append(files, inner)
		}
	})
	if err != nil {
		return wrap("list", name, err)
	}
	err = each(workers, len(files), func(i int) error { return wrap("remove", files[i], d.remove(files[i])) })
	if err != nil {
		return err
	}
	slices.SortFunc(folders, func(a, b string) int { return strings.Compare(b, a) })
	for _, folder := range folders {
		if err := d.remove(folder); err != nil {
			return wrap("remove folder", folder, err)
		}
	}
	return nil
}
