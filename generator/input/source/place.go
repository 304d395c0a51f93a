package source

import (
	"io"
	"io/fs"
	"os"
	"syscall"
)

// child is a line of a folder's listing.
type child struct {
	name  string
	mode  fs.FileMode // only the type bits
	stamp stamp
}

func childOf(info fs.FileInfo) child { return child{info.Name(), info.Mode().Type(), stampOf(info)} }

// key orders the children of a folder such that all entries come out sorted.
func (c child) key() string {
	if c.mode.IsDir() {
		return c.name + "/"
	}
	return c.name
}

// listFolder returns the entries of a folder in any order. It costs no call more than their
// names, because what an os.Root lists it has looked at already.
func listFolder(root *os.Root) ([]child, error) {
	dir, err := root.Open(".")
	if err != nil {
		return nil, err
	}
	defer dir.Close()
	listed, err := dir.ReadDir(-1)
	children := make([]child, 0, len(listed))
	for _, e := range listed {
		if info, err := e.Info(); err == nil {
			children = append(children, childOf(info))
		}
	}
	return children, err
}

// stampOfFolder returns the stamp of an open folder.
func stampOfFolder(root *os.Root) (stamp, error) {
	info, err := root.Lstat(".")
	if err != nil {
		return stamp{}, err
	}
	return stampOf(info), nil
}

// readFile returns the bytes of a regular file of at most limit bytes.
func readFile(root *os.Root, name string, limit int64) ([]byte, stamp, error) {
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
	data := make([]byte, info.Size())
	n, err := io.ReadFull(f, data)
	switch err {
	case nil: // it may have grown since
		var rest []byte
		rest, err = io.ReadAll(io.LimitReader(f, limit+1-int64(n)))
		data = append(data, rest...)
	case io.EOF, io.ErrUnexpectedEOF: // or shrunk
		data, err = data[:n], nil
	}
	if int64(len(data)) > limit {
		err = errLarge
	}
	return data, stampOf(info), err
}
