package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"

	"github.com/BurntSushi/toml"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
)

// floor is the least that any generator with these two libraries has to do: read each file, decode its TOML, convert
// its Markdown with the extensions that candor offers, write the result. It knows nothing of incidents, templates,
// links or mistakes, and is written as one would write it in an afternoon: not tuned, and not slowed down either.
func floor(content, out string) error {
	names := make(chan string, 256)
	failures := make([]error, runtime.GOMAXPROCS(0)+1)
	markdown := goldmark.New(
		goldmark.WithExtensions(extension.GFM, extension.CJK),
		goldmark.WithParserOptions(parser.WithHeadingAttribute()),
	)
	var group sync.WaitGroup
	for worker := range len(failures) - 1 {
		group.Go(func() {
			for name := range names { // after a failure, drain: the walk must not block
				if failures[worker] == nil {
					failures[worker] = floorFile(markdown, content, out, name)
				}
			}
		})
	}
	failures[len(failures)-1] = filepath.WalkDir(content, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := filepath.Rel(content, path)
		if err != nil {
			return err
		}
		if entry.IsDir() {
			return os.MkdirAll(filepath.Join(out, name), 0o755)
		}
		names <- name
		return nil
	})
	close(names)
	group.Wait()
	return errors.Join(failures...)
}

// floorFile makes one output file of one input file.
func floorFile(markdown goldmark.Markdown, content, out, name string) error {
	text, err := os.ReadFile(filepath.Join(content, name))
	if err != nil {
		return err
	}
	target := filepath.Join(out, name)
	switch filepath.Ext(name) {
	case ".md":
		front, body, err := split(text)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		var facts map[string]any
		if err := toml.Unmarshal(front, &facts); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		var page bytes.Buffer
		if err := markdown.Convert(body, &page); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		text, target = page.Bytes(), strings.TrimSuffix(target, ".md")+".html"
	case ".toml":
		var facts map[string]any
		if err := toml.Unmarshal(text, &facts); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return os.WriteFile(target, text, 0o644)
}

// split parts the front matter from the body. A file without front matter is all body.
func split(text []byte) (front, body []byte, err error) {
	fence := []byte("+++\n")
	rest, found := bytes.CutPrefix(text, fence)
	if !found {
		return nil, text, nil
	}
	end := bytes.Index(rest, append([]byte("\n"), fence...))
	if end < 0 {
		return nil, nil, errors.New("front matter is not closed")
	}
	return rest[:end+1], rest[end+1+len(fence):], nil
}
