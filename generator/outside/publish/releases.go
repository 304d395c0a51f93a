package publish

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"candor/generator/fileset"
	"candor/generator/message"
)

const (
	currentName = "current"                // the link that leads to the current release
	currentTemp = tempPrefix + currentName // the same before it is switched
	releaseTemp = tempPrefix + "release-"  // before the name of a release that is being made or removed
	kept        = 5                        // releases
)

// releaseName returns the name of a release.
func releaseName(number uint64, sum fileset.Sum) string {
	return fmt.Sprintf("%06d-%s", number, sum.Short())
}

// numberOf returns the number in the name of a release; 0 if it is not such a name.
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

// releaseDir is what a directory of releases holds.
type releaseDir struct {
	disk     disk
	current  string   // the release that the link leads to; "" if there is none
	newest   uint64   // the highest number of all
	names    []string // releases with a manifest, oldest first
	leftover []string // what a publication that was stopped left behind
}

// listReleases looks at the directory and refuses one that is not ours. It changes
// nothing.
func listReleases(d disk, dir, target string) (*releaseDir, error) {
	entries, err := d.list(".")
	if err != nil {
		return nil, message.Errorf("list output folder %s: %w", dir, err)
	}
	r := &releaseDir{disk: d}
	for _, e := range entries {
		name := e.Name()
		switch inner, temp := strings.CutPrefix(name, releaseTemp); {
		case name == manifestName || name == journalName:
			return nil, &RefusedError{Dir: dir,
				Reason: message.Textf("a site was published to it, but not as a release (it holds %s)", name),
				Advice: message.Textf("choose a new folder for releases, or empty this one, its dotfiles .candor-* included")}
		case name == currentTemp || temp && isRelease(inner):
			r.leftover = append(r.leftover, name)
		case name == currentName:
			if r.current, err = leadsTo(d, dir, target); err != nil {
				return nil, err
			}
			r.newest = max(r.newest, numberOf(r.current))
		case isRelease(name):
			r.newest = max(r.newest, numberOf(name))
			if made, err := madeHere(d, name); err != nil {
				return nil, err
			} else if made {
				r.names = append(r.names, name)
			}
		}
	}
	if r.current == "" && len(r.names) == 0 {
		return r, checkEmpty(d, dir)
	}
	slices.SortFunc(r.names, func(a, b string) int {
		return cmp.Or(cmp.Compare(numberOf(a), numberOf(b)), strings.Compare(a, b))
	})
	return r, nil
}

// madeHere reports whether what has the name of a release is a folder with a
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

// leadsTo returns the release that current leads to, whether it is there or not, and
// refuses whatever else has that name. A person may have switched the link, and may
// have written it in full.
func leadsTo(d disk, dir, target string) (string, error) {
	refuse := func(reason message.Text) (string, error) {
		return "", &RefusedError{Dir: dir, Reason: reason,
			Advice: message.Textf("move it away, or choose another folder for releases")}
	}
	info, err := d.stat(currentName)
	switch {
	case err != nil:
		return "", wrap("look at", currentName, err)
	case info.Mode()&fs.ModeSymlink == 0:
		return refuse(message.Textf("candor did not write %s in it, which is not a symbolic link", currentName))
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
		return refuse(message.Textf("its link %s leads to %s, which is not a release by candor", currentName, link))
	}
	return name, nil
}

// removeOld removes the oldest releases beyond those that are kept.
func (r *releaseDir) removeOld() error {
	others := slices.DeleteFunc(r.names, func(name string) bool { return name == r.current })
	for _, name := range others[:max(0, len(others)-(kept-1))] {
		ours, err := whollyOurs(r.disk, name)
		if err == nil && ours {
			err = discard(r.disk, name)
		}
		if err != nil {
			return message.Errorf("remove old release: %w", err)
		}
	}
	return nil
}

// whollyOurs reports whether a release has a valid manifest and holds nothing that
// it does not list. If it holds more, no part of it is removed.
func whollyOurs(d disk, name string) (bool, error) {
	data, err := d.read(path.Join(name, manifestName))
	if err != nil {
		return false, wrap("read", path.Join(name, manifestName), err)
	}
	m, err := parseManifest(data)
	if err != nil {
		return false, nil
	}
	own := recordOf(m).files
	folders := above(slices.Collect(maps.Keys(own)))
	for _, folder := range append([]string{"."}, folders...) { // one that is a link ends this in the folder above
		entries, err := d.list(path.Join(name, folder))
		if err != nil && !missing(err) {
			return false, wrap("list", name, err)
		}
		for _, e := range entries {
			at := path.Join(folder, e.Name())
			_, file := own[at]
			_, ours := slices.BinarySearch(folders, at)
			file = file || strings.HasPrefix(e.Name(), reserved)
			if !(file && e.Mode().IsRegular() || ours && e.IsDir()) {
				return false, nil
			}
		}
	}
	return true, nil
}

// discard removes a release. It loses its name first, so that a folder with the name
// of a release is always whole.
func discard(d disk, name string) error {
	temp := releaseTemp + name
	err := d.rename(name, temp)
	if missing(err) {
		return nil
	}
	if err == nil { // the name must not come back when its files are gone
		err = errors.Join(d.sync([]string{"."}), d.removeAll(temp))
	}
	return wrap("remove", name, err)
}
