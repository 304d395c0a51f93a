package source

import (
	"io/fs"
	"path"
	"strings"

	"candor/generator/diag"
)

// maxLinks is how many links may stand behind one name, as on Linux.
const maxLinks = 40

// follow finds out where a symbolic link leads and makes its item a file, a
// folder or a fault.
func (w *walk) follow(f *folder, it *item) error {
	where := f.path + it.name
	bad := func(rule string, message, hint diag.Text) error {
		it.fault = fault(where, rule, message, hint)
		return nil
	}
	copyIt := diag.Textf("put the file itself here, or a relative link to a file inside this folder")
	real, info, err := w.resolve(joinReal(f.real, it.name))
	switch {
	case err == errEscapes:
		return bad("missing-file", diag.Textf("this link leads out of the folder"), copyIt)
	case err == errCircle:
		return bad("bad-value", diag.Textf("this link leads in a circle"), diag.Textf("remove the link"))
	case gone(err):
		return bad("missing-file", diag.Textf("this link leads to a file that does not exist"), copyIt)
	case err != nil:
		it.fault, err = unreadable(where, err)
		return err
	case private(real):
		return bad("missing-file", diag.Textf("this link leads to %q, which is private", visible(real)), diag.Textf("put a copy that may be published here"))
	case info.IsDir():
		for up := f; up != nil; up = up.parent {
			if real == "." || up.real == real || strings.HasPrefix(up.real, real+"/") {
				return bad("bad-value", diag.Textf("this link leads in a circle, to a folder that it is in"), diag.Textf("remove the link"))
			}
		}
		it.real = real
		w.descend(f, it, real)
	case !info.Mode().IsRegular():
		it.fault = notAFile(where, info.Mode())
	default:
		it.real = real
	}
	return nil
}

type linkError string

func (e linkError) Error() string { return string(e) }

const (
	errEscapes = linkError("leads out of the folder")
	errCircle  = linkError("leads in a circle")
)

// resolve follows every link in the path at, which counts from the top, and
// returns the path without links and what is there.
func (w *walk) resolve(at string) (string, fs.FileInfo, error) {
	todo := strings.Split(at, "/")
	real := "."
	var info fs.FileInfo
	for links := 0; len(todo) > 0; {
		part := todo[0]
		todo = todo[1:]
		switch part {
		case "", ".":
			continue
		case "..":
			if real == "." {
				return "", nil, errEscapes
			}
			real, info = path.Dir(real), nil
			continue
		}
		next := joinReal(real, part)
		var err error
		if info, err = w.top.Lstat(next); err != nil {
			return "", nil, err
		}
		if info.Mode()&fs.ModeSymlink == 0 {
			real = next
			continue
		}
		if links++; links > maxLinks {
			return "", nil, errCircle
		}
		target, err := w.top.Readlink(next)
		if err != nil {
			return "", nil, err
		}
		if path.IsAbs(target) || strings.Contains(target, `\`) {
			return "", nil, errEscapes
		}
		info = nil
		todo = append(strings.Split(target, "/"), todo...)
	}
	if info == nil { // the path ended in "..", or was the top
		var err error
		if info, err = w.top.Lstat(real); err != nil {
			return "", nil, err
		}
	}
	return real, info, nil
}

func joinReal(dir, name string) string {
	if dir == "." {
		return name
	}
	return dir + "/" + name
}
