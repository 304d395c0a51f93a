// Package fileset holds files in memory: what a build reads and what it makes.
//
// A Set is sorted by path, immutable and hashed. Paths are slash-separated and
// relative, as io/fs has them; a Set is itself an fs.FS. The package touches no
// disk: reading a tree is package source, writing one is package publish.
package fileset

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"io/fs"
	"iter"
	"slices"
	"strings"
)

// Sum is a SHA-256 digest (FIPS 180-4).
type Sum [sha256.Size]byte

// SumOf returns the digest of the bytes.
func SumOf(data []byte) Sum { return sha256.Sum256(data) }

// String returns the digest in lower-case hexadecimal.
func (s Sum) String() string { return hex.EncodeToString(s[:]) }

// Short returns the first eight hexadecimal digits: enough for a person to
// compare two versions of a page by eye.
func (s Sum) Short() string { return hex.EncodeToString(s[:4]) }

// File is one file: its path, its bytes and their digest. The bytes must not be
// changed after the File is made.
type File struct {
	Path string
	Data []byte
	Sum  Sum
}

// NewFile makes a File and hashes it. It panics when path is not a valid
// io/fs path, because paths from outside are checked where they are read.
func NewFile(path string, data []byte) File {
	if !fs.ValidPath(path) || path == "." {
		panic(fmt.Sprintf("fileset: %q is not a relative slash path", path))
	}
	return File{Path: path, Data: data, Sum: SumOf(data)}
}

// Set is an immutable set of files, sorted by path. The zero Set is empty.
type Set struct {
	files []*File // so that a set that differs a little from another shares the rest with it
}

// pointers returns the addresses of copies: files would be kept as long as any of
// them.
func pointers(files []File) []*File {
	list := make([]*File, len(files))
	for i := range files {
		f := files[i]
		list[i] = &f
	}
	return list
}

// New makes a Set of files in any order. Two files of one path are a fault of
// the caller and are returned as an error that names the path.
func New(files []File) (Set, error) {
	sorted := pointers(files)
	slices.SortFunc(sorted, func(a, b *File) int { return cmp.Compare(a.Path, b.Path) })
	for i := 1; i < len(sorted); i++ {
		if sorted[i].Path == sorted[i-1].Path {
			return Set{}, fmt.Errorf("two files have the path %q", sorted[i].Path)
		}
	}
	return Set{files: sorted}, nil
}

// Must is New for sets whose paths are distinct by construction; it panics
// where New returns an error.
func Must(files []File) Set {
	s, err := New(files)
	if err != nil {
		panic("fileset: " + err.Error())
	}
	return s
}

// Sorted makes a Set of files that are in the order of their distinct paths; it
// panics where they are not.
func Sorted(files []File) Set {
	for i := 1; i < len(files); i++ {
		if files[i-1].Path >= files[i].Path {
			panic(fmt.Sprintf("fileset: %q does not come after %q", files[i].Path, files[i-1].Path))
		}
	}
	return Set{files: pointers(files)}
}

// In returns the files below the folder dir, by their paths in it.
func (s Set) In(dir string) Set {
	var files []File
	for f := range s.Under(dir).All() {
		f.Path = f.Path[len(dir)+1:]
		files = append(files, f)
	}
	return Sorted(files)
}

// Clone returns the same set in a list of its own: a part of a Set keeps all of that
// Set's files.
func (s Set) Clone() Set { return Set{files: slices.Clone(s.files)} }

// Len returns the number of files.
func (s Set) Len() int { return len(s.files) }

// All yields the files in the order of their paths.
func (s Set) All() iter.Seq[File] {
	return func(yield func(File) bool) {
		for _, f := range s.files {
			if !yield(*f) {
				return
			}
		}
	}
}

// Get returns the file at path.
func (s Set) Get(path string) (File, bool) {
	i, found := s.search(path)
	if !found {
		return File{}, false
	}
	return *s.files[i], true
}

// Under returns the files below the folder dir, which keep their full paths.
func (s Set) Under(dir string) Set {
	prefix := dir + "/"
	from, _ := s.search(prefix)
	to := from
	for to < len(s.files) && strings.HasPrefix(s.files[to].Path, prefix) {
		to++
	}
	return Set{files: s.files[from:to:to]}
}

// Overlay returns the files of base and top together; where both have a path,
// top's file stands.
func Overlay(base, top Set) Set {
	merged := make([]*File, 0, len(base.files)+len(top.files))
	i, j := 0, 0
	for i < len(base.files) || j < len(top.files) {
		switch {
		case j == len(top.files) || i < len(base.files) && base.files[i].Path < top.files[j].Path:
			merged = append(merged, base.files[i])
			i++
		default:
			if i < len(base.files) && base.files[i].Path == top.files[j].Path {
				i++
			}
			merged = append(merged, top.files[j])
			j++
		}
	}
	return Set{files: merged}
}

// Sum returns one digest over all paths and bytes: two sets have the same Sum
// when, and only when, they hold the same files.
func (s Set) Sum() Sum {
	h := sha256.New()
	var length [8]byte
	for _, f := range s.files {
		binary.BigEndian.PutUint64(length[:], uint64(len(f.Path)))
		h.Write(length[:])
		h.Write([]byte(f.Path))
		h.Write(f.Sum[:])
	}
	return Sum(h.Sum(nil))
}

func (s Set) search(path string) (int, bool) {
	return slices.BinarySearchFunc(s.files, path, func(f *File, p string) int { return cmp.Compare(f.Path, p) })
}
