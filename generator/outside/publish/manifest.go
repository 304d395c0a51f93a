package publish

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

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

// version is that of the manifest's and the journal's form.
const version = 1

// entry is what the manifest says of one file.
type entry struct {
	Path string      `json:"path"`
	Size int64       `json:"size"`
	Sum  fileset.Sum `json:"-"`
}

// manifest lists what was published, sorted by path.
type manifest struct {
	twins string // what made the twins, so that they are made anew when it changes; "" for none
	files []entry
}

// encode writes the manifest, one file a line so that two can be compared by
// eye.
func (m manifest) encode() []byte {
	b := make([]byte, 0, 64+160*len(m.files))
	b = fmt.Appendf(b, "{\"version\": %d, \"twins\": %q, \"files\": [", version, m.twins)
	for i, f := range m.files {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, "\n{\"path\": "...)
		b = appendJSON(b, f.Path)
		b = append(b, ", \"size\": "...)
		b = strconv.AppendInt(b, f.Size, 10)
		b = append(b, ", \"sha256\": \""...)
		b = hex.AppendEncode(b, f.Sum[:])
		b = append(b, "\"}"...)
	}
	return append(b, "\n]}\n"...)
}

func appendJSON(b []byte, s string) []byte {
	quoted, err := json.Marshal(s)
	if err != nil {
		panic(err) // a string always can be
	}
	return append(b, quoted...)
}

// parseManifest reads what encode wrote and believes none of it: a path that
// leads elsewhere would be deleted there.
func parseManifest(data []byte) (manifest, error) {
	var in struct {
		Version int
		Twins   string
		Files   []struct {
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
	m := manifest{twins: in.Twins, files: make([]entry, len(in.Files))}
	for i, f := range in.Files {
		if err := checkPath(f.Path); err != nil {
			return manifest{}, err
		}
		if i > 0 && f.Path <= in.Files[i-1].Path {
			return manifest{}, message.Errorf("%q is out of order", f.Path)
		}
		m.files[i] = entry{Path: f.Path, Size: f.Size}
		sum := &m.files[i].Sum
		if n, err := hex.Decode(make([]byte, len(f.SHA256)/2), []byte(f.SHA256)); err != nil || n != len(sum) || f.Size < 0 {
			return manifest{}, message.Errorf("%q has no right size and digest", f.Path)
		}
		hex.Decode(sum[:], []byte(f.SHA256))
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
	data, err := json.Marshal(j)
	if err != nil {
		panic(err) // strings and numbers always can be
	}
	return append(data, '\n')
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

// checkPath returns what is wrong with a path as the place of a published file.
func checkPath(p string) error {
	switch {
	case !fs.ValidPath(p) || p == ".":
		return message.Errorf("%q is not a path inside the directory", p)
	case strings.ContainsAny(p, `\`+"\x00") || !utf8.ValidString(p) || strings.ContainsFunc(p, unicode.IsControl):
		return message.Errorf("%q holds characters that no published path has", p)
	}
	for part := range strings.SplitSeq(p, "/") {
		if strings.HasPrefix(part, reserved) {
			return message.Errorf("%q has a name that Candor keeps for itself", p)
		}
	}
	return nil
}

// check returns what keeps a set from being a directory.
func (o *outlet) check(set fileset.Set) error {
	folder := ""
	for _, d := range fileset.Diff(o.checked, set) {
		if d.Change != fileset.Added {
			continue
		}
		if err := checkPath(d.Path); err != nil {
			return message.Errorf("publish: %w", err)
		}
		if o.checked.Len() > 0 {
			for below := range set.Under(d.Path).All() {
				return bothAt(d.Path, below.Path)
			}
		}
		here := d.Path[:strings.LastIndexByte(d.Path, '/')+1]
		if here == folder {
			continue
		}
		folder = here
		for up := range parents(d.Path) {
			if _, taken := set.Get(up); taken {
				return bothAt(up, d.Path)
			}
		}
	}
	o.checked = set
	return nil
}

func bothAt(name, below string) error {
	return message.Errorf("publish: %q is both a file and the folder of %q", name, below)
}
