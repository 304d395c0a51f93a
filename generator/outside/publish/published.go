package publish

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"candor/generator/fileset"
	"candor/generator/message"
)

// Published is what was published to a directory.
type Published struct {
	Dir     string // the directory, or the release in it that is served
	Release string // differs if anything else does
	Instant string // that it was built for
	Files   []PublishedFile
}

// PublishedFile is a file of a publication, without what a server of compressed copies needs.
type PublishedFile struct {
	Path  string
	Size  int64
	Sum   fileset.Sum
	Phase int // what has a lower one is sent first
}

// Read returns what was published to a directory, or to one of releases: the one that is served. The
// files are in the order in which readers may see them.
func Read(dir string) (Published, error) {
	if served := filepath.Join(dir, currentName); Head(dir) != "" && isFile(filepath.Join(served, manifestName)) {
		resolved, err := filepath.EvalSymlinks(served)
		if err != nil {
			return Published{}, err
		}
		dir = resolved
	}
	data, err := os.ReadFile(filepath.Join(dir, manifestName))
	if errors.Is(err, fs.ErrNotExist) {
		return Published{}, message.Errorf("nothing was published to %s\nrun candor build first", dir)
	} else if err != nil {
		return Published{}, err
	}
	if isFile(filepath.Join(dir, journalName)) {
		return Published{}, message.Errorf("the publication to %s was not completed\nrun candor build first", dir)
	}
	m, err := parseManifest(data)
	if err != nil {
		return Published{}, message.Errorf("the manifest in %s cannot be read: %w\nrun candor build again", dir, err)
	}
	p := Published{Dir: dir, Release: fileset.SumOf(data).String(), Instant: m.origin.Instant}
	paths := map[string]bool{}
	for _, f := range m.files {
		paths[f.path] = true
	}
	for _, f := range m.files {
		twin := strings.TrimSuffix(strings.TrimSuffix(f.path, ".gz"), ".br")
		if twin == f.path || !paths[twin] {
			p.Files = append(p.Files, PublishedFile{f.path, f.size, f.sum, int(classOf(f.path))})
		}
	}
	slices.SortStableFunc(p.Files, func(a, b PublishedFile) int { return a.Phase - b.Phase })
	return p, nil
}

func isFile(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.Mode().IsRegular()
}

// Before returns the release before the one that is served, in a directory of releases.
func Before(dir string) (string, error) {
	current, err := os.Readlink(filepath.Join(dir, currentName))
	if err != nil {
		return "", message.Errorf("%s is not a folder of releases: %w\nname the one of candor build --releases", dir, err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return "", err
	}
	before := ""
	for _, e := range entries {
		if n := numberOf(e.Name()); n > 0 && n < numberOf(filepath.Base(current)) && n > numberOf(before) {
			before = e.Name()
		}
	}
	if before == "" {
		return "", message.Errorf("there is no release before %s\ngo back in the content, and build again", current)
	}
	return filepath.Join(dir, before), nil
}
