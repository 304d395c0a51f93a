package publish

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"

	"candor/generator/message"
)

// tempOf is where the bytes of a file wait for its turn. It is in the same
// folder, so that the rename is one step, and follows from the name, so that who
// knows the one can clean up the other.
func tempOf(name string) string {
	sum := sha256.Sum256([]byte(path.Base(name)))
	return path.Join(path.Dir(name), tempPrefix+hex.EncodeToString(sum[:8]))
}

// apply carries the plan out.
func (pl *plan) apply() error {
	if err := pl.sweep(); err != nil {
		return err
	}
	if pl.same && len(pl.write) == 0 && len(pl.remove) == 0 {
		return nil
	}
	pl.encoded = pl.want.encode()
	if err := pl.place(journalName, pl.journal().encode()); err != nil {
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
	return wrap("remove", journalName, pl.disk.remove(journalName))
}

// journal names all that this publication will touch, and all that is ours by
// the journal alone that it replaces: a stopped publication has written some
// files as they should be, but no manifest lists them yet.
func (pl *plan) journal() journal {
	j := journal{Write: make([]string, 0, len(pl.write)+len(pl.resumed)), Delete: pl.remove}
	for _, it := range pl.write {
		j.Write = append(j.Write, it.path)
	}
	j.Write = append(j.Write, pl.resumed...)
	return j
}

// sweep removes what a publication that was stopped left lying about.
func (pl *plan) sweep() error {
	for _, name := range []string{tempOf(manifestName), tempOf(journalName)} {
		if err := pl.removeIf(name, true); err != nil {
			return err
		}
	}
	for _, name := range pl.own.temps {
		if err := pl.removeIf(tempOf(name), true); err != nil {
			return err
		}
	}
	return nil
}

// removeIf removes a regular file, if it is one.
func (pl *plan) removeIf(name string, quiet bool) error {
	info, err := pl.disk.stat(name)
	switch {
	case missing(err):
		return nil
	case err != nil:
		return wrap("look at", name, err)
	case !info.Mode().IsRegular():
		return nil // somebody put it there in place of ours
	}
	if err := pl.disk.remove(name); err != nil && !missing(err) {
		return wrap("remove", name, err)
	}
	if !quiet {
		pl.report.Deleted++
	}
	return nil
}

// place writes one file, on the disk before it has its name.
func (pl *plan) place(name string, data []byte) error {
	temp := tempOf(name)
	if err := pl.disk.create(temp, data); err != nil {
		return wrap("write", name, err)
	}
	err := pl.disk.sync([]string{temp})
	if err == nil {
		err = pl.disk.rename(temp, name)
	}
	if err != nil {
		return errors.Join(wrap("write", name, err), pl.removeIf(temp, true))
	}
	return nil
}

// prepare writes all bytes beside where they shall stand, down to the disk. Up
// to here nothing that a visitor sees has changed, but for a file that has
// become a folder or the reverse.
func (pl *plan) prepare() error {
	for _, name := range pl.clear {
		pl.begun = true
		if err := pl.removeIf(name, false); err != nil {
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
	if err := pl.disk.create(temp, pl.encoded); err != nil {
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

// makeFolders makes the folders, those of one depth at a time, for a folder must
// be there before what is in it.
func makeFolders(d disk, workers int, names []string) error {
	var levels [][]string
	for _, name := range names {
		depth := strings.Count(name, "/")
		for len(levels) <= depth {
			levels = append(levels, nil)
		}
		levels[depth] = append(levels[depth], name)
	}
	for _, level := range levels {
		err := each(workers, len(level), func(i int) error {
			if err := d.mkdir(level[i]); err != nil && !errors.Is(err, fs.ErrExist) {
				return wrap("make folder", level[i], err)
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
		var turn []item
		for _, it := range pl.write {
			if it.class == c {
				turn = append(turn, it)
			}
		}
		err := each(pl.workers, len(turn), func(i int) error {
			return wrap("replace", turn[i].path, pl.disk.rename(tempOf(turn[i].path), turn[i].path))
		})
		if err != nil {
			return err
		}
	}
	for _, it := range pl.write {
		pl.report.Bytes += it.size
	}
	pl.report.Written = len(pl.write)
	if err := pl.disk.rename(tempOf(manifestName), manifestName); err != nil {
		return wrap("replace", manifestName, err)
	}
	return wrap("bring to the disk", "the directory", pl.disk.sync([]string{"."}))
}

// tidy removes what is not wanted any more, and the folders left empty by it.
func (pl *plan) tidy() error {
	folders := map[string]bool{}
	for _, name := range pl.remove {
		real, err := pl.realFolders(name, folders)
		if err == nil && real {
			err = pl.removeIf(name, false)
		}
		if err != nil {
			return err
		}
	}
	for _, it := range pl.write { // a folder that holds a new file stays
		for up := range parents(it.path) {
			delete(folders, up)
		}
	}
	inward := make([]string, 0, len(folders))
	for name, real := range folders {
		if real {
			inward = append(inward, name)
		}
	}
	slices.SortFunc(inward, func(a, b string) int { return strings.Compare(b, a) })
	for _, name := range inward {
		if err := pl.removeEmpty(name); err != nil {
			return err
		}
	}
	return nil
}

// realFolders says whether every folder above a file is a folder and no link that
// somebody put in its place. It notes in seen what it finds.
func (pl *plan) realFolders(name string, seen map[string]bool) (bool, error) {
	for _, up := range slices.Backward(slices.Collect(parents(name))) {
		real, known := seen[up]
		if !known {
			info, err := pl.disk.stat(up)
			if err != nil && !missing(err) {
				return false, wrap("look at", up, err)
			}
			real = err == nil && info.IsDir()
			seen[up] = real
		}
		if !real {
			return false, nil
		}
	}
	return true, nil
}

// removeEmpty removes a folder with nothing in it; a dot folder at the top is
// somebody else's.
func (pl *plan) removeEmpty(name string) error {
	if name[0] == '.' && !strings.Contains(name, "/") {
		return nil
	}
	info, err := pl.disk.stat(name)
	if missing(err) || err == nil && !info.IsDir() {
		return nil
	}
	if err != nil {
		return wrap("look at", name, err)
	}
	entries, err := pl.disk.list(name)
	if err != nil || len(entries) > 0 {
		return wrap("list", name, err)
	}
	return wrap("remove folder", name, pl.disk.remove(name))
}

// undo takes back what prepare did before it failed. Where that leaves things as
// they were, the journal goes too; else it stays for the next run.
func (pl *plan) undo() error {
	if err := pl.dropTemps(); err != nil {
		return err
	}
	for _, name := range slices.Backward(pl.mkdir) {
		if err := pl.removeEmpty(name); err != nil {
			return err
		}
	}
	if pl.begun || pl.own.broken {
		return nil
	}
	return wrap("remove", journalName, pl.disk.remove(journalName))
}

// dropTemps removes the temporary files.
func (pl *plan) dropTemps() error {
	for _, it := range pl.write {
		if err := pl.removeIf(tempOf(it.path), true); err != nil {
			return err
		}
	}
	return pl.removeIf(tempOf(manifestName), true)
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
