package source

import (
	"errors"
	"io/fs"
	"path"
	"strings"

	"candor/generator/diag"
)

// maxLinks is how many links may be behind one name, as on Linux.
const maxLinks = 40

// follow reads what the symbolic link of a name in f leads to.
func (w *walk) follow(f *folder, name string) []*entry {
	where := f.key + name
	bad := func(rule string, message, hint diag.Text) []*entry {
		return faulty(where, fault(where, rule, message, hint))
	}
	copyIt := diag.Textf("put the file itself here, or a relative link to a file inside this folder")
	real, mode, err := w.resolve(path.Join(f.real, name))
	switch {
	case err == errEscapes:
		return bad("missing-file", diag.Textf("this link leads out of the folder"), copyIt)
	case err == errCircle:
		return bad("bad-value", diag.Textf("this link leads in a circle"), diag.Textf("remove the link"))
	case gone(err):
		return bad("missing-file", diag.Textf("this link leads to a file that does not exist"), copyIt)
	case err != nil:
		return w.unreadable(where, err)
	case private(real):
		return bad("missing-file", diag.Textf("this link leads to %q, which is private", visible(real)),
			diag.Textf("put a copy that may be published here"))
	case mode.IsDir():
		for outer := f; outer != nil; outer = outer.outer {
			if real == "." || outer.real == real || strings.HasPrefix(outer.real, real+"/") {
				return bad("bad-value", diag.Textf("this link leads in a circle, to a folder that it is in"),
					diag.Textf("remove the link"))
			}
		}
		return w.descend(f, name, real)
	case !mode.IsRegular():
		return faulty(where, notAFile(where, mode))
	}
	return w.load(w.root, real, where, nil)
}

var (
	errEscapes = errors.New("leads out of the folder")
	errCircle  = errors.New("leads in a circle")
)

// resolve follows every link in the path at, which counts from the top, and
// returns the path without links and what is there.
func (w *walk) resolve(at string) (real string, mode fs.FileMode, err error) {
	todo := strings.Split(at, "/")
	real, mode = ".", fs.ModeDir
	for links := 0; len(todo) > 0; {
		name := todo[0]
		todo = todo[1:]
		switch name {
		case "", ".":
			continue
		case "..":
			if real == "." {
				return "", 0, errEscapes
			}
			real, mode = path.Dir(real), fs.ModeDir
			continue
		}
		next := path.Join(real, name)
		info, err := w.root.Lstat(next)
		if err != nil {
			return "", 0, err
		}
		if mode = info.Mode().Type(); mode != fs.ModeSymlink {
			real = next
			continue
		}
		if links++; links > maxLinks {
			return "", 0, errCircle
		}
		target, err := w.root.Readlink(next)
		if err != nil {
			return "", 0, err
		}
		if path.IsAbs(target) || strings.Contains(target, `\`) {
			return "", 0, errEscapes
		}
		mode = fs.ModeDir
		todo = append(strings.Split(target, "/"), todo...)
	}
	return real, mode, nil
}
