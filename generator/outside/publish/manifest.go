package publish

import (
	"bufio"
	"bytes"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"candor/generator/domain"
	"candor/generator/fileset"
	"candor/generator/message"
)

// The names at the top of the directory that are Candor's own.
const (
	reserved     = ".candor-" // what begins so is ours, anywhere in the directory
	manifestName = reserved + "manifest.json"
	journalName  = reserved + "journal.json"
	lockName     = reserved + "lock"
	tempPrefix   = reserved + "tmp-"
)

// version is that of the manifest's and the journal's format.
const version = 1

// manifest lists what was published, sorted by path.
type manifest struct {
	origin     Origin
	loose      bool   // the files may not be on the disk yet
	compressor string // what made the compressed copies, so that another makes them anew; "" if there are none
	files      []entry
}

// Origin is what was published was made of.
type Origin struct {
	Input   string // digest of all that was read
	Instant string // that it was built for
}

// entry is one file of a manifest.
type entry struct {
	path string
	size int64
	sum  fileset.Sum
}

// encode writes the manifest, one file on a line so that diff can compare two. Its
// first line tells it from that of any other publication: see Head.
func (m manifest) encode() []byte {
	b := make([]byte, 0, 256+160*len(m.files))
	b = fmt.Appendf(b, `{"version": %d, "input": %s, "instant": %s, "loose": %t, "twins": %s, "files": [`, version,
		encodeJSON(m.origin.Input), encodeJSON(m.origin.Instant), m.loose, encodeJSON(m.compressor))
	for i, f := range m.files {
		if i > 0 {
			b = append(b, ',')
		}
		b = fmt.Appendf(b, "\n"+`{"path": %s, "size": %d, "sha256": "%s"}`, encodeJSON(f.path), f.size, f.sum)
	}
	return append(b, "\n]}\n"...)
}

// Head returns what tells the publication in a directory from every other: the first
// line of its manifest. It is "" if nothing was published.
func Head(dir string) string {
	for _, folder := range []string{currentName, "."} {
		at := filepath.Join(dir, folder, manifestName)
		if info, err := os.Lstat(at); err != nil || !info.Mode().IsRegular() { // a pipe would be waited for
			continue
		}
		if f, err := os.Open(at); err == nil {
			defer f.Close()
			head, _ := bufio.NewReader(io.LimitReader(f, 4096)).ReadString('\n')
			return head
		}
	}
	return ""
}

func encodeJSON(v any) []byte {
	data, err := json.Marshal(v)
	if err != nil {
		panic(err) // strings and numbers always can be
	}
	return data
}

// parseManifest reads what encode wrote. It trusts none of it: what a path that
// leads elsewhere names would be deleted.
func parseManifest(data []byte) (manifest, error) {
	var in struct {
		Version        int
		Input, Instant string
		Loose          bool
		Twins          string
		Files          []struct {
			Path   string
			Size   int64
			SHA256 string
		}
	}
	if err := decode(data, &in); err != nil {
		return manifest{}, err
	}
	if in.Version != version {
		return manifest{}, message.Errorf("version %d is not known here", in.Version)
	}
	m := manifest{origin: Origin{in.Input, in.Instant}, loose: in.Loose, compressor: in.Twins,
		files: make([]entry, len(in.Files))}
	for i, f := range in.Files {
		if err := checkPath(f.Path); err != nil {
			return manifest{}, err
		}
		if i > 0 && f.Path <= in.Files[i-1].Path {
			return manifest{}, message.Errorf("%q is out of order", f.Path)
		}
		sum, err := hex.DecodeString(f.SHA256)
		if err != nil || len(sum) != len(fileset.Sum{}) || f.Size < 0 {
			return manifest{}, message.Errorf("the size and digest of %q are wrong", f.Path)
		}
		m.files[i] = entry{f.Path, f.Size, fileset.Sum(sum)}
	}
	return m, nil
}

// journal names what a publication is about to touch.
type journal struct {
	Version int      `json:"version"`
	Write   []string `json:"write"`
	Delete  []string `json:"delete"`
}

func (j journal) encode() []byte {
	j.Version = version
	return append(encodeJSON(j), '\n')
}

func parseJournal(data []byte) (journal, error) {
	var j journal
	if err := decode(data, &j); err != nil {
		return journal{}, err
	}
	if j.Version != version {
		return journal{}, message.Errorf("version %d is not known here", j.Version)
	}
	for _, paths := range [][]string{j.Write, j.Delete} {
		for _, p := range paths {
			if err := checkPath(p); err != nil {
				return journal{}, err
			}
		}
	}
	return j, nil
}

func decode(data []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return err
	}
	if d.More() {
		return message.Errorf("there is more after its end")
	}
	return nil
}

// checkPath returns what is wrong with a path as that of a published file.
func checkPath(p string) error {
	switch {
	case !fs.ValidPath(p) || p == ".":
		return message.Errorf("%q is not a path inside the folder", p)
	case strings.ContainsAny(p, `\`+"\x00") || !utf8.ValidString(p) || strings.ContainsFunc(p, unicode.IsControl):
		return message.Errorf("%q has characters that no published path has", p)
	}
	for part := range strings.SplitSeq(p, "/") {
		if strings.HasPrefix(part, reserved) {
			return message.Errorf("%q has a name that Candor keeps for itself", p)
		}
	}
	visible := strings.TrimPrefix(p, domain.WellKnown+"/")
	if strings.HasPrefix(visible, ".") || strings.Contains(visible, "/.") {
		return message.Errorf("%q has a name that begins with a dot, which Candor never writes", p)
	}
	return nil
}

// checkSet returns what keeps a set from being a directory.
func checkSet(set fileset.Set) error {
	checked := map[string]bool{} // folders
	for f := range set.All() {
		if err := checkPath(f.Path); err != nil {
			return message.Errorf("publish: %w", err)
		}
		for _, up := range parents(f.Path) {
			if checked[up] {
				continue
			}
			checked[up] = true
			if _, taken := set.Get(up); taken {
				return message.Errorf("publish: %q is both a file and the folder of %q", up, f.Path)
			}
		}
	}
	return nil
}

// above returns the folders above these paths, outermost first, without the top.
func above(paths []string) []string {
	folders := map[string]bool{}
	for _, p := range paths {
		for p = path.Dir(p); p != "." && !folders[p]; p = path.Dir(p) {
			folders[p] = true
		}
	}
	return slices.Sorted(maps.Keys(folders))
}

// parents returns the folders above a path, outermost first, without the top.
func parents(name string) []string {
	var up []string
	for i := range len(name) {
		if name[i] == '/' {
			up = append(up, name[:i])
		}
	}
	return up
}
