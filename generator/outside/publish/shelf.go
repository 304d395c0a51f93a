package publish

import (
	"cmp"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"candor/generator/fileset"
	"candor/generator/message"
)

const (
	currentName = "current"                // the link that leads to the release that is out
	currentTemp = tempPrefix + currentName // the same before it is turned
	releaseTemp = tempPrefix + "release-"  // before the name of a release that is being made or removed
	kept        = 5                        // releases
)

// nameOf returns the name of a release.
func nameOf(number uint64, sum fileset.Sum) string {
	return fmt.Sprintf("%06d-%s", number, sum.Short())
}

// numberOf returns the number in the name of a release; it is 0 where the name is
// none.
func numberOf(name string) uint64 {
	digits, sum, _ := strings.Cut(name, "-")
	if len(sum) != 8 || strings.Trim(sum, "0123456789abcdef") != "" || len(digits) > 12 {
		return 0
	}
	number, err := strconv.ParseUint(digits, 10, 64)
	if err != nil || fmt.Sprintf("%06d", number) != digits {
		return 0
	}
	return number
}

func isRelease(name string) bool { return numberOf(name) > 0 }

// shelf is what stands in a directory of releases.
type shelf struct {
	disk     disk
	current  string   // the release that is out; "" for none
	newest   uint64   // the highest number of all
	releases []string // those with a manifest, oldest first
	leftover []string // what a publication that was stopped left lying about
}

// survey looks at the directory and refuses one that is not ours. It changes
// nothing.
func survey(d disk, dir, target string) (*shelf, error) {
	entries, err := d.list(".")
	if err != nil {
		return nil, message.Errorf("list output directory %s: %w", dir, err)
	}
	s := &shelf{disk: d}
	for _, e := range entries {
		name := e.Name()
		switch inner, temp := strings.CutPrefix(name, releaseTemp); {
		case name == manifestName || name == journalName:
			return nil, &RefusedError{Dir: dir, Reason: message.Textf("a site was published to it that is no release (it holds %s)", name),
				Advice: message.Textf("choose a new folder for releases, or empty this one, its dotfiles .candor-* included")}
		case name == currentTemp || temp && isRelease(inner):
			s.leftover = append(s.leftover, name)
		case name == currentName:
			if s.current, err = leadsTo(d, dir, target); err != nil {
				return nil, err
			}
			s.newest = max(s.newest, numberOf(s.current))
		case isRelease(name):
			s.newest = max(s.newest, numberOf(name))
			if made, err := madeHere(d, name); err != nil {
				return nil, err
			} else if made {
				s.releases = append(s.releases, name)
			}
		}
	}
	if s.current == "" && len(s.releases) == 0 {
		return s, checkEmpty(d, dir)
	}
	slices.SortFunc(s.releases, byNumber)
	return s, nil
}

func byNumber(a, b string) int {
	return cmp.Or(cmp.Compare(numberOf(a), numberOf(b)), strings.Compare(a, b))
}

// madeHere says whether what has the name of a release is a folder with a
// manifest in it.
func madeHere(d disk, name string) (bool, error) {
	folder, err := d.stat(name)
	if err != nil || !folder.IsDir() {
		return false, wrap("look at", name, err)
	}
	name = path.Join(name, manifestName)
	info, err := d.stat(name)
	if missing(err) {
		return false, nil
	}
	return err == nil && info.Mode().IsRegular(), wrap("look at", name, err)
}

// leadsTo returns the release that current leads to, be it there or not, and
// refuses whatever else has that name. A person may have turned the link, and may
// have written it in full.
func leadsTo(d disk, dir, target string) (string, error) {
	refuse := func(reason message.Text) (string, error) {
		return "", &RefusedError{Dir: dir, Reason: reason, Advice: message.Textf("move it away, or choose another folder for releases")}
	}
	info, err := d.stat(currentName)
	switch {
	case err != nil:
		return "", wrap("look at", currentName, err)
	case info.Mode()&fs.ModeSymlink == 0:
		return refuse(message.Textf("candor did not write %s in it, which is no symbolic link", currentName))
	}
	link, err := d.readlink(currentName)
	if err != nil {
		return "", wrap("read the link", currentName, err)
	}
	name := filepath.Clean(link)
	if filepath.IsAbs(name) && same(filepath.Dir(name), target) {
		name = filepath.Base(name)
	}
	if !isRelease(name) {
		return refuse(message.Textf("its link %s leads to %s, which is no release of candor's", currentName, link))
	}
	return name, nil
}

// put takes in the release that has just gone out.
func (s *shelf) put(name string) { s.current, s.releases = name, append(s.releases, name) }

// sweep removes what a publication that was stopped left lying about. Nothing
// under such a name is anybody else's.
func (s *shelf) sweep(workers int) error {
	for _, name := range s.leftover {
		if err := removeAll(s.disk, workers, name); err != nil {
			return err
		}
	}
	return nil
}

// retire removes the oldest releases beyond those that are kept.
func (s *shelf) retire(workers int) error {
	others := slices.DeleteFunc(slices.Clone(s.releases), func(name string) bool { return name == s.current })
	for _, name := range others[:max(0, len(others)-(kept-1))] {
		ours, err := whollyOurs(s.disk, name)
		if err == nil && ours {
			err = discard(s.disk, workers, name)
		}
		if err != nil {
			return message.Errorf("remove old release: %w", err)
		}
	}
	return nil
}

// whollyOurs says whether a release has a manifest in order and holds nothing
// that it does not list. Of one that holds more, no part is removed: it is whole,
// or it is gone.
func whollyOurs(d disk, name string) (bool, error) {
	data, err := d.read(path.Join(name, manifestName))
	if err != nil {
		return false, wrap("read", path.Join(name, manifestName), err)
	}
	m, err := parseManifest(data)
	if err != nil {
		return false, nil
	}
	listed := map[string]bool{manifestName: true}
	for _, f := range m.files {
		listed[f.Path] = true
	}
	folders := map[string]bool{}
	for _, folder := range foldersOf(m) {
		folders[folder] = true
	}
	ours := true
	err = walk(below{d, name}, ".", func(inner string, e fs.DirEntry) {
		switch {
		case e.IsDir():
			ours = ours && folders[inner]
		default:
			ours = ours && e.Type().IsRegular() && (listed[inner] || strings.HasPrefix(e.Name(), reserved))
		}
	})
	return ours, wrap("list", name, err)
}

// discard removes a release. It loses its name first, so that what has the name
// of a release is never less than one.
func discard(d disk, workers int, name string) error {
	temp := releaseTemp + name
	if err := d.rename(name, temp); err != nil {
		if missing(err) {
			return nil
		}
		return wrap("remove", name, err)
	}
	return removeAll(d, workers, temp)
}
