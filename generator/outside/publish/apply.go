package publish

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strings"

	"candor/generator/message"
)

// tempOf returns where the bytes of a file wait for the rename. It is in the same
// folder, so that the rename is one step, and follows from the name, so that the
// journal need not list it.
func tempOf(name string) string {
	sum := sha256.Sum256([]byte(path.Base(name)))
	return path.Join(path.Dir(name), tempPrefix+hex.EncodeToString(sum[:8]))
}

// apply carries the plan out.
func (pl *plan) apply() error {
	if err := pl.sweep(); err != nil {
		return err
	}
	same := !pl.own.fresh && !pl.own.interrupted && pl.own.compressor == pl.want.compressor
	if same && len(pl.write) == 0 && len(pl.remove) == 0 {
		return nil
	}
	if err := pl.writeJournal(); err != nil {
		return err
	}
	if err := pl.prepare(); err != nil {
		return errors.Join(err, pl.undo())
	}
	if err := pl.switchOver(); err != nil {
		return errors.Join(err, pl.dropTemps())
	}
	if err := pl.tidy(); err != nil {
		return err
	}
	if err := pl.disk.remove(journalName); err != nil {
		return wrap("remove", journalName, err)
	}
	return pl.syncFolders(map[string]bool{".": true})
}

// syncFolders writes to disk which files these folders hold: a rename or deletion is
// lost in a power cut if its folder was not synced.
func (pl *plan) syncFolders(folders map[string]bool) error {
	if len(folders) == 0 {
		return nil
	}
	err := pl.disk.sync(slices.Sorted(maps.Keys(folders)))
	return wrap("bring to the disk", "the directory", err)
}

// sweep removes what a publication that was stopped left behind.
func (pl *plan) sweep() error {
	for _, name := range append([]string{manifestName, journalName}, pl.own.temps...) {
		if _, err := pl.removeIf(tempOf(name)); err != nil {
			return err
		}
	}
	return nil
}

// removeIf removes a regular file, and reports whether there was one.
func (pl *plan) removeIf(name string) (bool, error) {
	info, err := pl.disk.stat(name)
	switch {
	case missing(err):
		return false, nil
	case err != nil:
		return false, wrap("look at", name, err)
	case !info.Mode().IsRegular():
		return false, nil // somebody replaced ours by it
	}
	err = pl.disk.remove(name)
	if missing(err) {
		err = nil
	}
	return true, wrap("remove", name, err)
}

// writeJournal names all that this publication will touch, and all that is ours by
// the journal alone that it replaces: a stopped publication has written some files
// as they should be, but no manifest lists them yet.
func (pl *plan) writeJournal() error {
	j := journal{Write: make([]string, 0, len(pl.write)+len(pl.resumed)), Delete: pl.remove}
	for _, it := range pl.write {
		j.Write = append(j.Write, it.path)
	}
	j.Write = append(j.Write, pl.resumed...)
	temp := tempOf(journalName)
	err := pl.disk.create(temp, j.encode())
	if err == nil {
		err = pl.disk.sync([]string{temp})
	}
	if err == nil {
		err = pl.disk.rename(temp, journalName)
	}
	if err != nil {
		_, undo := pl.removeIf(temp)
		return errors.Join(wrap("write", journalName, err), undo)
	}
	return pl.syncFolders(map[string]bool{".": true})
}

// prepare writes all bytes to disk beside where they must be. Up to here nothing
// that a visitor sees has changed, except if a file becomes a folder or the reverse.
func (pl *plan) prepare() error {
	for _, name := range pl.clear {
		pl.begun = true
		if err := pl.delete(name); err != nil {
			return err
		}
	}
	for _, name := range pl.rmdir {
		if err := pl.disk.remove(name); err != nil && !missing(err) {
			return wrap("remove folder", name, err)
		}
	}
	for _, name := range pl.chmod {
		if err := pl.disk.chmod(name); err != nil {
			return wrap("change the mode of folder", name, err)
		}
	}
	if err := makeFolders(pl.disk, pl.workers, pl.mkdir); err != nil {
		return err
	}
	err := each(pl.workers, len(pl.write), func(i int) error {
		it := pl.write[i]
		return wrap("write", it.path, pl.disk.create(tempOf(it.path), it.content()))
	})
	if err != nil {
		return err
	}
	temp := tempOf(manifestName)
	if err := pl.disk.create(temp, pl.want.encode()); err != nil {
		return wrap("write", manifestName, err)
	}
	names := []string{temp}
	if !pl.own.fresh {
		for _, it := range pl.write {
			names = append(names, tempOf(it.path))
		}
	}
	if err := pl.disk.sync(names); err != nil {
		return message.Errorf("bring to the disk: %w", err)
	}
	return nil
}

// makeFolders makes the folders, those of one depth at a time, because a folder
// must be there before what is in it.
func makeFolders(d disk, workers int, names []string) error {
	for depth := 0; len(names) > 0; depth++ {
		var now, later []string
		for _, name := range names {
			if strings.Count(name, "/") == depth {
				now = append(now, name)
			} else {
				later = append(later, name)
			}
		}
		names = later
		err := each(workers, len(now), func(i int) error {
			if err := d.mkdir(now[i]); err != nil && !errors.Is(err, fs.ErrExist) {
				return wrap("make folder", now[i], err)
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// switchOver gives the new bytes their names, class by class.
func (pl *plan) switchOver() error {
	pl.begun = true
	for c := range classes {
		var turn []string
		for _, it := range pl.write {
			if it.class == c {
				turn = append(turn, it.path)
				pl.report.Written++
				pl.report.Bytes += it.size
			}
		}
		err := each(pl.workers, len(turn), func(i int) error {
			return wrap("replace", turn[i], pl.disk.rename(tempOf(turn[i]), turn[i]))
		})
		if err != nil {
			return err
		}
	}
	if !pl.own.fresh {
		if err := pl.syncFolders(pl.renamedIn()); err != nil {
			return err
		}
	}
	if err := pl.disk.rename(tempOf(manifestName), manifestName); err != nil {
		return wrap("replace", manifestName, err)
	}
	return pl.syncFolders(map[string]bool{".": true})
}

// renamedIn returns the folders that have other entries than before, up to now.
func (pl *plan) renamedIn() map[string]bool {
	folders := map[string]bool{}
	for _, it := range pl.write {
		folders[path.Dir(it.path)] = true
	}
	for _, name := range slices.Concat(pl.mkdir, pl.clear, pl.rmdir) {
		folders[path.Dir(name)] = true
	}
	for _, name := range pl.rmdir { // gone, unless a folder is there again
		if !slices.Contains(pl.mkdir, name) {
			delete(folders, name)
		}
	}
	return folders
}

// tidy removes what is not wanted any more, and the folders left empty by it.
func (pl *plan) tidy() error {
	folders := map[string]bool{} // whether it is a folder, and no link that somebody put in its place
	changed := map[string]bool{}
	for _, name := range pl.remove {
		real, err := pl.realFolders(name, folders)
		if err == nil && real {
			changed[path.Dir(name)] = true
			err = pl.delete(name)
		}
		if err != nil {
			return err
		}
	}
	var names []string
	for name, real := range folders {
		if real {
			names = append(names, name)
		}
	}
	slices.SortFunc(names, func(a, b string) int { return strings.Compare(b, a) }) // innermost first
	for _, name := range names {
		removed, err := pl.removeEmpty(name)
		if err != nil {
			return err
		}
		if removed {
			delete(changed, name)
			changed[path.Dir(name)] = true
		}
	}
	return pl.syncFolders(changed)
}

func (pl *plan) delete(name string) error {
	removed, err := pl.removeIf(name)
	if removed && err == nil {
		pl.report.Deleted++
	}
	return err
}

// realFolders reports whether every folder above a file is one, and adds what it
// finds to seen.
func (pl *plan) realFolders(name string, seen map[string]bool) (bool, error) {
	for _, up := range parents(name) {
		if _, known := seen[up]; !known {
			info, err := pl.disk.stat(up)
			if err != nil && !missing(err) {
				return false, wrap("look at", up, err)
			}
			seen[up] = err == nil && info.IsDir()
		}
		if !seen[up] {
			return false, nil
		}
	}
	return true, nil
}

// removeEmpty removes a folder with nothing in it, and reports whether there was one;
// a folder at the top whose name begins with a dot belongs to others.
func (pl *plan) removeEmpty(name string) (bool, error) {
	if name[0] == '.' && !strings.Contains(name, "/") {
		return false, nil
	}
	entries, err := pl.disk.list(name)
	if missing(err) {
		return false, nil
	}
	if err != nil || len(entries) > 0 {
		return false, wrap("list", name, err)
	}
	return true, wrap("remove folder", name, pl.disk.remove(name))
}

// undo takes back what prepare did before it failed. If that leaves things as they
// were, the journal goes too; else it stays for the next run.
func (pl *plan) undo() error {
	if err := pl.dropTemps(); err != nil {
		return err
	}
	for _, name := range slices.Backward(pl.mkdir) {
		if _, err := pl.removeEmpty(name); err != nil {
			return err
		}
	}
	if pl.begun || pl.own.interrupted {
		return nil
	}
	return wrap("remove", journalName, pl.disk.remove(journalName))
}

// dropTemps removes the temporary files.
func (pl *plan) dropTemps() error {
	for _, it := range pl.write {
		if _, err := pl.removeIf(tempOf(it.path)); err != nil {
			return err
		}
	}
	_, err := pl.removeIf(tempOf(manifestName))
	return err
}

// wrap says what was being done to which file; nil stays nil.
func wrap(operation, name string, err error) error {
	if err == nil {
		return nil
	}
	var inner *fs.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &inner):
		err = inner.Err
	case errors.As(err, &link):
		err = link.Err
	}
	return message.Errorf("%s %s: %w", message.Text{Format: operation}, name, err)
}
