// Package write writes files of the content folder: TOML that the readers in tomldoc and content
// read back as the values that were given, and Markdown that is published as the text that was
// given.
//
// A text that exists is changed in place: a key gets another value, is added behind the last key of
// its table, or is removed with its line. Comments, order, spaces and all other lines stay byte for
// byte. Each change is checked by decoding the text before and after it: what differs is the key
// that was set, or the change is an error and the text stays as it was. A new text is an empty one
// to which keys are added.
//
// Two things are not kept: bytes that are not UTF-8 become U+FFFD, and a line of Markdown loses the
// spaces at its ends. Characters that a text may not hold, such as those that reorder it, are
// written as they are, so that the reader reports them.
package write

import (
	"bytes"
	"errors"
)

// File is a Markdown file with front matter.
type File struct {
	Front *TOML

	before, after []byte // what is around the front matter, with both fences
}

// New returns a file with empty front matter and the body, which is Markdown.
func New(body string) *File {
	return &File{Front: Edit(nil), before: []byte("+++\n"), after: []byte("+++\n" + body)}
}

var errNoFront = errors.New("write: there is no front matter between lines with +++")

// Open returns a file that exists, to change its front matter.
func Open(data []byte) (*File, error) {
	start := len(data) - len(bytes.TrimPrefix(data, []byte("\ufeff")))
	from := 0
	for at := start; at < len(data); {
		end := lineEnd(data, at)
		if string(bytes.TrimRight(data[at:end], " \t\r\n")) == "+++" {
			if from > 0 {
				return &File{Front: Edit(data[from:at]), before: data[:from], after: data[at:]}, nil
			}
			from = end
		} else if at == start {
			break
		}
		at = end
	}
	return nil, errNoFront
}

// Bytes returns the file, or what kept its front matter from being changed.
func (f *File) Bytes() ([]byte, error) {
	front, err := f.Front.Bytes()
	if err != nil {
		return nil, err
	}
	return bytes.Join([][]byte{f.before, front, f.after}, nil), nil
}

// lineEnd returns the beginning of the line after the one at a byte.
func lineEnd(data []byte, at int) int {
	if i := bytes.IndexByte(data[at:], '\n'); i >= 0 {
		return at + i + 1
	}
	return len(data)
}
