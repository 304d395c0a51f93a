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
	own := pl.own
	same := !own.fresh && !own.interrupted && !own.loose && own.compressor == pl.want.compressor
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
	if err := pl.drop(journalName); err != nil {
		return err
	}
	return pl.flush()
}

// changing notes that the entries of the folders that hold these names change.
func (pl *plan) changing(names ...string) {
	for _, name := range names {
		pl.dirty[path.Dir(name)] = true
	}
}

// flush writes to disk which files the folders hold that have changed: a rename or
// deletion is lost in a power cut if its folder was not synced.
func (pl *plan) flush() error {
	names := slices.Sorted(maps.Keys(pl.dirty))
	clear(pl.dirty)
	if len(names) == 0 {
		return nil
	}
	return wrap("write to disk", "the directory", pl.disk.sync(names))
}

// sweep removes what a publication that was stopped left behind.
func (pl *plan) sweep() error {
	for _, name := range slices.Sorted(maps.Keys(pl.there)) {
		if strings.HasPrefix(path.Base(name), tempPrefix) && pl.there.isFile(name) {
			delete(pl.there, name)
			if err := pl.drop(name); err != nil {
				return err
			}
		}
	}
	return nil
}

// delete removes a published file, unless somebody has removed it or put something
// else in its place.
func (pl *plan) delete(name string) error {
	if !pl.there.isFile(name) {
		return nil
	}
	delete(pl.there, name)
	pl.report.Deleted++
	return pl.drop(name)
}

// drop removes a file, if it is there.
func (pl *plan) drop(name string) error {
	err := pl.disk.remove(name)
	if missing(err) {
		return nil
	}
	pl.changing(name)
	return wrap("remove", name, err)
}

// writeJournal names all that this publication will touch.
func (pl *plan) writeJournal() error {
	j := journal{Write: pathsOf(pl.write), Delete: pl.remove}
	temp := tempOf(journalName)
	if err := pl.disk.create(temp, j.encode()); err != nil {
		return wrap("write", journalName, err)
	}
	err := pl.disk.sync([]string{temp})
	if err == nil {
		err = pl.disk.rename(temp, journalName)
	}
	if err != nil {
		return errors.Join(wrap("write", journalName, err), pl.drop(temp))
	}
	pl.changing(journalName)
	return pl.flush()
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
		delete(pl.there, name)
		delete(pl.dirty, name)
		if err := pl.drop(name); err != nil {
			return err
		}
	}
	pl.changing(pl.mkdir...)
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
	if pl.own.loose {
		names = append(names, pl.before()...)
	}
	if err := pl.disk.sync(names); err != nil {
		return message.Errorf("write to disk: %w", err)
	}
	return nil
}

// before lists the files and folders that have been published and stay.
func (pl *plan) before() []string {
	files := slices.DeleteFunc(pathsOf(pl.all), func(name string) bool { return !pl.there.isFile(name) })
	return slices.Concat(files, above(files), []string{"."})
}

// makeFolders makes the folders that are not there yet.
func makeFolders(d disk, workers int, names []string) error {
	return byDepth(names, func(names []string) error {
		return each(workers, len(names), func(i int) error {
			return wrap("create folder", names[i], d.mkdir(names[i]))
		})
	})
}

// byDepth calls do with the folders of each depth, because a folder comes before what
// is in it.
func byDepth(names []string, do func([]string) error) error {
	var levels [][]string
	for _, name := range names {
		depth := 0
		if name != "." {
			depth = 1 + strings.Count(name, "/")
		}
		for len(levels) <= depth {
			levels = append(levels, nil)
		}
		levels[depth] = append(levels[depth], name)
	}
	for _, level := range levels {
		if err := do(level); err != nil {
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
		pl.changing(turn...)
		err := each(pl.workers, len(turn), func(i int) error {
			return wrap("replace", turn[i], pl.disk.rename(tempOf(turn[i]), turn[i]))
		})
		if err != nil {
			return err
		}
	}
	if pl.own.fresh { // nothing has to be protected yet
		clear(pl.dirty)
	}
	if err := pl.flush(); err != nil {
		return err
	}
	if err := pl.disk.rename(tempOf(manifestName), manifestName); err != nil {
		return wrap("replace", manifestName, err)
	}
	pl.changing(manifestName)
	return pl.flush()
}

// tidy removes what is not wanted any more, and the folders left empty by it.
func (pl *plan) tidy() error {
	for _, name := range pl.remove {
		if err := pl.delete(name); err != nil {
			return err
		}
	}
	for _, name := range slices.Backward(above(pl.remove)) { // innermost first
		if !pl.there.isFolder(name) {
			continue
		}
		if err := pl.removeEmpty(name); err != nil {
			return err
		}
	}
	return pl.flush()
}

// removeEmpty removes a folder if nothing is in it.
func (pl *plan) removeEmpty(name string) error {
	entries, err := pl.disk.list(name)
	if missing(err) {
		return nil
	}
	if err != nil || len(entries) > 0 {
		return wrap("list", name, err)
	}
	delete(pl.dirty, name)
	return pl.drop(name)
}

// undo takes back what prepare did before it failed. If that leaves things as they
// were, the journal goes too; else it stays for the next run.
func (pl *plan) undo() error {
	if err := pl.dropTemps(); err != nil {
		return err
	}
	for _, name := range slices.Backward(pl.mkdir) {
		if err := pl.removeEmpty(name); err != nil {
			return err
		}
	}
	if pl.begun || pl.own.interrupted {
		return nil
	}
	return pl.drop(journalName)
}

// dropTemps removes the temporary files.
func (pl *plan) dropTemps() error {
	for _, it := range pl.write {
		if err := pl.drop(tempOf(it.path)); err != nil {
			return err
		}
	}
	return pl.drop(tempOf(manifestName))
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
