package main

import (
	"io"
	"os"
)

// sink is an output that stops no command: what cannot be said must not keep back what
// must go out. After an error, which it keeps, it writes no more.
type sink struct {
	io.Writer
	err error
}

func (s *sink) Write(p []byte) (int, error) {
	if s.err == nil {
		_, s.err = s.Writer.Write(p)
	}
	return len(p), nil
}

// fileOf returns the file that is written to, if it is one.
func fileOf(w io.Writer) (*os.File, bool) {
	if s, ok := w.(*sink); ok {
		w = s.Writer
	}
	file, ok := w.(*os.File)
	return file, ok
}
