// Package tiles is the output that publishes the ledger of a site, so that anybody can check it and keep
// copies: as a log in tiles (c2sp.org/tlog-tiles) below ledger/, with the texts.
//
//	ledger/checkpoint          size and root of the tree, as they were sealed, with the signature if any
//	ledger/tile/0/000          hashes of the tree, 256 to a tile; the last one of a level is 005.p/17
//	ledger/tile/entries/000    the lines of the log themselves
//	<incident>/ledger.json     the texts that the lines about an incident commit to, with their salts, but
//	                           for those that were withdrawn
//
// Full tiles never change. Lines that no checkpoint counts yet are not published.
package tiles

import (
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"candor/generator/fileset"
	"candor/generator/input/ledger"
	"candor/generator/output"
	"candor/generator/output/theme"
	"candor/generator/site"
)

// Height is the height of the tiles: 2^8 hashes each (c2sp.org/tlog-tiles).
const Height = 8

// New makes the Output.
func New(*site.Frame, *theme.Theme) output.Output { return tiles{} }

type tiles struct{}

// Texts is what lines of the log commit to, as ledger.json has it.
type Texts struct {
	Texts []Text `json:"texts"`
}

// Text is what one line commits to.
type Text struct {
	Line int64  `json:"line"` // its number
	Salt string `json:"salt"` // 64 hexadecimal digits
	Text string `json:"text"`
}

// TextsPath returns where the texts of an incident are.
func TextsPath(slug string) string { return slug + "/ledger.json" }

// Incident makes the file of the incident's texts.
func (tiles) Incident(inc *site.Incident) output.Part {
	list := Texts{Texts: []Text{}}
	for _, r := range inc.Record {
		if !r.Deleted {
			list.Texts = append(list.Texts, Text{r.Number, hex.EncodeToString(r.Salt[:]), r.Text})
		}
	}
	if inc.Record == nil {
		return output.Part{}
	}
	data, err := json.Marshal(list)
	if err != nil {
		panic("tiles: " + err.Error()) // these are texts and numbers
	}
	return output.Part{Files: []fileset.File{fileset.NewFile(TextsPath(inc.Slug), append(data, '\n'))}}
}

// Site makes the files.
func (tiles) Site(s *site.Site, _ []output.Part) output.Part {
	if s.Ledger == nil {
		return output.Part{}
	}
	point, signed := s.Ledger.Checkpoint()
	if point.Size == 0 {
		return output.Part{}
	}
	part := output.Part{Files: []fileset.File{fileset.NewFile(ledger.Checkpoint, signed)}}
	for _, tile := range tlog.NewTiles(Height, 0, point.Size) {
		data, err := tlog.ReadTileData(tile, s.Ledger)
		if err != nil {
			panic("tiles: " + err.Error()) // all hashes are in memory
		}
		part.Files = append(part.Files, fileset.NewFile(ledger.Folder+"/"+Path(tile), data))
		if tile.L == 0 {
			from := tile.N << Height
			tile.L = -1
			lines := s.Ledger.Written()[from : from+int64(tile.W)]
			part.Files = append(part.Files, fileset.NewFile(ledger.Folder+"/"+Path(tile), entries(lines)))
		}
	}
	return part
}

// entries writes the lines of a tile, each after its length in two bytes.
func entries(lines []string) []byte {
	var data []byte
	for _, line := range lines {
		data = append(binary.BigEndian.AppendUint16(data, uint16(len(line))), line...)
	}
	return data
}

// Path returns where a tile is, below the folder of the log. A level of -1 stands for entries.
func Path(t tlog.Tile) string {
	// tlog writes tile/8/0/x001/234: the height is the same in all tiles, and left out here.
	path := strings.TrimPrefix(t.Path(), fmt.Sprintf("tile/%d/", Height))
	if rest, ok := strings.CutPrefix(path, "data/"); ok {
		path = "entries/" + rest
	}
	return "tile/" + path
}
