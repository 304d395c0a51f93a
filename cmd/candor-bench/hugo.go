package main

import (
	"bytes"
	"cmp"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// writeHugoSite writes the incidents of a corpus and the theme of data/hugo as a Hugo site into dir: each incident is a
// section, its updates a section below it, and the front matter stays as it is but for what forHugo and lastStatus say.
func writeHugoSite(content, dir string) error {
	theme, err := fs.Sub(data, "data/hugo")
	if err != nil {
		return err
	}
	if err := os.CopyFS(dir, theme); err != nil {
		return err
	}
	incidents := filepath.Join(content, "incidents")
	return filepath.WalkDir(incidents, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := filepath.Rel(incidents, path)
		if err != nil {
			return err
		}
		target := filepath.Join(dir, "content", name)
		switch {
		case entry.Name() == "updates":
			return writeFile(filepath.Join(target, "_index.md"), "+++\ntitle = \"进展\"\ntype = \"updates\"\n+++\n")
		case entry.IsDir():
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if filepath.Ext(name) == ".md" {
			if text, err = forHugo(text); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
		}
		if entry.Name() == "index.md" {
			target = filepath.Join(filepath.Dir(target), "_index.md")
			status, err := lastStatus(filepath.Join(filepath.Dir(path), "updates"))
			if err != nil {
				return err
			}
			text = bytes.Replace(text, []byte("+++\n"), []byte("+++\n"+status+"\n"), 1)
		}
		return writeFile(target, string(text))
	})
}

// lastStatus returns the line with the status that an incident has after all updates. In Hugo it is a key of the
// incident, as the editors of such a site would write it; candor derives it.
func lastStatus(updates string) (line string, err error) {
	entries, err := os.ReadDir(updates) // in the order of their times
	for _, entry := range entries {
		text, err := os.ReadFile(filepath.Join(updates, entry.Name()))
		if err != nil {
			return "", err
		}
		line = cmp.Or(string(statusLine.Find(text)), line)
	}
	return line, err
}

var (
	// civilTime is a time of the front matter: Hugo's TOML wants seconds, and an offset if the zone is to be known.
	civilTime = regexp.MustCompile(`(?m)^(\w+) = (\d{4}-\d\d-\d\dT\d\d:\d\d)$`)
	// indexLink is a link to the index.md of an incident, which is a section in Hugo.
	indexLink = regexp.MustCompile(`\]\(((?:[\w-]+/|\.\./)*)index\.md`)
	// updated is what candor knows of a heading beside its id.
	updated    = regexp.MustCompile(`(?m)^(## .*\{#[\w-]+) updated=[^}]*\}$`)
	statusLine = regexp.MustCompile(`(?m)^status = "\w+"$`)
	// hugoKeys renames the keys that mean something else in Hugo.
	hugoKeys = strings.NewReplacer("\nkind = ", "\nupdate_kind = ", "\ntype = ", "\nincident_type = ",
		"\ntime = ", "\ndate = ", "\nknown = ", "\ndate = ")
)

// forHugo changes a text as far as Hugo needs it.
func forHugo(text []byte) ([]byte, error) {
	front, body, err := split(text)
	if err != nil {
		return nil, err
	}
	keys := civilTime.ReplaceAllString("\n"+string(front), "$1 = $2:00+08:00")
	var b bytes.Buffer
	b.WriteString("+++" + hugoKeys.Replace(keys) + "+++\n")
	b.Write(updated.ReplaceAll(indexLink.ReplaceAll(body, []byte("](${1}_index.md")), []byte("$1}")))
	return b.Bytes(), nil
}
