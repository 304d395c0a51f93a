package verify

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io/fs"
	"slices"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"candor/generator/diag"
	"candor/generator/fileset"
	"candor/generator/input/ledger"
	"candor/generator/output/tiles"
)

// mostLines is the size of the longest log that is read.
const mostLines = 1_000_000

// readLog reads checkpoint, lines and texts as a content folder has them, and lets the package ledger
// check them. There is no Ledger if the lines cannot be read.
func (v *verifier) readLog() error {
	file, err := v.from.Read(v.ctx, ledger.Checkpoint)
	if errors.Is(err, fs.ErrNotExist) {
		v.fault(ledger.Checkpoint, diag.Textf("there is no checkpoint: the site has no ledger, or does not publish it"))
		return nil
	}
	if err != nil {
		return err
	}
	point, ok := ledger.ParsePoint(string(file))
	if !ok || point.Size > mostLines {
		v.fault(ledger.Checkpoint, diag.Textf("this is not the checkpoint of a ledger"))
		return nil
	}
	v.out.Point, v.out.Signed = point, v.signature(ledger.Checkpoint, file)
	lines, tree, err := v.readTiles(point)
	if err != nil || lines == nil {
		return err
	}
	files := []fileset.File{fileset.NewFile(ledger.Checkpoint, file),
		fileset.NewFile(ledger.Log, []byte(strings.Join(lines, "\n")+"\n"))}
	bare, found := ledger.Inspect(fileset.Must(files)) // to know the incidents; else what is wrong is said below
	if slices.ContainsFunc(bare.Lines, func(l ledger.Line) bool { return l.Unit == "" }) {
		v.broken(slices.DeleteFunc(found, func(d diag.Diagnostic) bool { return d.Path != ledger.Log }), bare)
		return nil
	}
	texts, err := v.readTexts(bare)
	if err != nil {
		return err
	}
	l, found := ledger.Inspect(fileset.Must(append(files, texts...)))
	v.broken(found, l)
	v.stray(l)
	v.tree(tree, l)
	v.out.Ledger = l
	return nil
}

// broken reports what is wrong with the ledger: missing texts at the file that should have them.
func (v *verifier) broken(found diag.List, l *ledger.Ledger) {
	said := map[string]bool{}
	for _, d := range v.out.Found {
		said[d.Path] = true
	}
	for _, d := range found {
		name, isText := strings.CutPrefix(d.Path, ledger.Texts+"/")
		if !isText {
			d.Hint = diag.Text{} // it is for whoever keeps the ledger
			v.out.Found = append(v.out.Found, d)
			continue
		}
		i := slices.IndexFunc(l.Lines, func(l ledger.Line) bool { return l.Commitment == name })
		if path := tiles.TextsPath(ledger.SlugOf(l.Lines[i].Unit)); !said[path] {
			v.fault(path, d.Message)
		}
	}
}

// hashes are the tiles of a tree, by their paths.
type hashes map[string][]byte

// readTiles reads the lines of the log and the tiles of its tree. The lines are nil if some are missing or
// cannot be read.
func (v *verifier) readTiles(point ledger.Point) (lines []string, tree hashes, err error) {
	var paths []string
	tree = hashes{}
	for _, tile := range tlog.NewTiles(tiles.Height, 0, point.Size) {
		paths, tree[tilePath(tile)] = append(paths, tilePath(tile)), nil
		if tile.L == 0 {
			tile.L = -1
			paths = append(paths, tilePath(tile))
		}
	}
	whole := true
	err = readSome(v.ctx, v.from, paths, func(path string, data []byte) {
		_, isHash := tree[path]
		switch {
		case data == nil:
			v.fault(path, diag.Textf("this part of the ledger is missing"))
			whole = false
		case isHash:
			tree[path] = data
		default:
			some, ok := entries(data)
			if !ok {
				v.fault(path, diag.Textf("these are no lines of a ledger"))
				whole = false
			}
			lines = append(lines, some...)
		}
	})
	if err == nil && whole && int64(len(lines)) != point.Size {
		v.fault(ledger.Checkpoint, diag.Textf("the checkpoint counts %d lines, and there are %d", point.Size, len(lines)))
	}
	if !whole {
		lines = nil
	}
	return lines, tree, err
}

// tree compares the tiles of the tree with the lines.
func (v *verifier) tree(read hashes, l *ledger.Ledger) {
	if int64(len(l.Lines)) != v.out.Point.Size {
		return // it has been said
	}
	for _, tile := range tlog.NewTiles(tiles.Height, 0, v.out.Point.Size) {
		data, err := tlog.ReadTileData(tile, l)
		if path := tilePath(tile); err != nil || read[path] != nil && !bytes.Equal(data, read[path]) {
			v.fault(path, diag.Textf("this part of the tree is not that of the lines"))
		}
	}
}

// tilePath returns where a tile is on the site.
func tilePath(t tlog.Tile) string { return ledger.Folder + "/" + tiles.Path(t) }

// entries reads the lines of a tile, each after its length in two bytes.
func entries(data []byte) (lines []string, ok bool) {
	for len(data) > 0 {
		if len(data) < 2 || len(data)-2 < int(binary.BigEndian.Uint16(data)) {
			return lines, false
		}
		size := int(binary.BigEndian.Uint16(data))
		line := string(data[2 : 2+size])
		if strings.Contains(line, "\n") {
			return lines, false
		}
		lines, data = append(lines, line), data[2+size:]
	}
	return lines, true
}

// readTexts reads the texts of all incidents, as files of the ledger.
func (v *verifier) readTexts(l *ledger.Ledger) (files []fileset.File, err error) {
	var paths []string
	for _, slug := range l.Slugs() {
		paths = append(paths, tiles.TextsPath(slug))
	}
	known := map[string]bool{}
	err = readSome(v.ctx, v.from, paths, func(path string, data []byte) {
		var list tiles.Texts
		if data == nil {
			v.fault(path, diag.Textf("the texts of this incident are missing"))
			return
		}
		if err := json.Unmarshal(data, &list); err != nil {
			v.fault(path, diag.Textf("these are no texts of a ledger"))
			return
		}
		for _, t := range list.Texts {
			salt, err := hex.DecodeString(t.Salt)
			if err != nil || len(salt) != 32 || t.Line < 0 || t.Line >= int64(len(l.Lines)) {
				v.fault(path, diag.Textf("no line of the ledger has this text (%d)", t.Line))
				continue
			}
			text, line := ledger.Text{Salt: [32]byte(salt), Text: t.Text}, l.Lines[t.Line]
			if ledger.Commit(text.Salt, text.Text) != line.Commitment {
				v.fault(path, diag.Textf("this is not the text that was sealed as \"%s\" (line %d)", line.Unit, t.Line))
			} else if !known[line.Commitment] {
				known[line.Commitment] = true
				files = append(files, text.File())
			}
		}
	})
	return files, err
}

// stray reports texts that were withdrawn and are still published.
func (v *verifier) stray(l *ledger.Ledger) {
	for _, path := range l.Stray() {
		for _, line := range l.Lines {
			if line.Commitment != "" && strings.HasSuffix(path, line.Commitment) {
				v.fault(tiles.TextsPath(ledger.SlugOf(line.Unit)),
					diag.Textf("\"%s\" was withdrawn, and its text is still published", line.Unit))
			}
		}
	}
}
