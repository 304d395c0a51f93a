package fileset

import (
	"bytes"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"
)

// Open opens the file or folder at name, as fs.FS requires. Files have mode
// 0444, folders 0555, and neither has a time of change.
func (s Set) Open(name string) (fs.File, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	if f, ok := s.Get(name); ok {
		info := fileInfo{name: path.Base(name), size: int64(len(f.Data))}
		return &openFile{info: info, Reader: bytes.NewReader(f.Data)}, nil
	}
	entries := s.entries(name)
	if len(entries) == 0 && name != "." {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return &openDir{info: fileInfo{name: path.Base(name), dir: true}, entries: entries}, nil
}

// ReadFile returns a copy of the bytes at name, as fs.ReadFileFS requires.
func (s Set) ReadFile(name string) ([]byte, error) {
	f, ok := s.Get(name)
	if !ok {
		return nil, &fs.PathError{Op: "read", Path: name, Err: fs.ErrNotExist}
	}
	return bytes.Clone(f.Data), nil
}

func (s Set) entries(dir string) []fs.DirEntry {
	under, prefix := s, ""
	if dir != "." {
		under, prefix = s.Under(dir), dir+"/"
	}
	var entries []fs.DirEntry
	last := ""
	for _, f := range under.files {
		rest := f.Path[len(prefix):]
		name, _, deeper := strings.Cut(rest, "/")
		if name == last {
			continue
		}
		last = name
		info := fileInfo{name: name, dir: deeper}
		if !deeper {
			info.size = int64(len(f.Data))
		}
		entries = append(entries, fs.FileInfoToDirEntry(info))
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return slices.CompactFunc(entries, func(a, b fs.DirEntry) bool { return a.Name() == b.Name() })
}

type fileInfo struct {
	name string
	size int64
	dir  bool
}

func (i fileInfo) Name() string       { return i.name }
func (i fileInfo) Size() int64        { return i.size }
func (i fileInfo) ModTime() time.Time { return time.Time{} }
func (i fileInfo) IsDir() bool        { return i.dir }
func (i fileInfo) Sys() any           { return nil }
func (i fileInfo) Mode() fs.FileMode {
	if i.dir {
		return fs.ModeDir | 0o555
	}
	return 0o444
}

type openFile struct {
	info fileInfo
	*bytes.Reader
}

func (f *openFile) Stat() (fs.FileInfo, error) { return f.info, nil }
func (f *openFile) Close() error               { return nil }

type openDir struct {
	info    fileInfo
	entries []fs.DirEntry
}

func (d *openDir) Stat() (fs.FileInfo, error) { return d.info, nil }
func (d *openDir) Close() error               { return nil }
func (d *openDir) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: d.info.name, Err: fs.ErrInvalid}
}

func (d *openDir) ReadDir(n int) ([]fs.DirEntry, error) {
	if n <= 0 {
		rest := d.entries
		d.entries = nil
		return rest, nil
	}
	if len(d.entries) == 0 {
		return nil, io.EOF
	}
	n = min(n, len(d.entries))
	rest := d.entries[:n]
	d.entries = d.entries[n:]
	return rest, nil
}

// FromFS reads all files of a file system into a Set.
func FromFS(fsys fs.FS) (Set, error) {
	var files []File
	err := fs.WalkDir(fsys, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		files = append(files, NewFile(name, data))
		return nil
	})
	if err != nil {
		return Set{}, err
	}
	return New(files)
}
