package tiles_test

import (
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/tlog"

	"candor/generator/fileset"
	"candor/generator/input/ledger"
	"candor/generator/output"
	"candor/generator/output/tiles"
	"candor/generator/site"
	"candor/generator/site/incident"
)

// log returns a ledger of so many lines, as a site has it.
func log(t *testing.T, n int) *ledger.Ledger {
	t.Helper()
	l, found := ledger.Read(logFiles(n))
	require.Empty(t, found)
	return l
}

// logFiles returns the files of a ledger.
func logFiles(n int) fileset.Set {
	var written []string
	var files []fileset.File
	for i := range n {
		text := ledger.Text{Salt: [32]byte{1}, Text: fmt.Sprintf("text %d\n", i)}
		line := ledger.Line{Number: int64(i), Instant: time.Unix(1_800_000_000, 0), Kind: ledger.Publish, Revision: 1,
			Unit: fmt.Sprintf("rash#s%d", i), Commitment: ledger.Commit(text.Salt, text.Text)}
		if i > 0 {
			line.Before = ledger.Fingerprint(written[i-1])
		}
		written, files = append(written, line.String()), append(files, text.File())
	}
	point := ledger.Point{Origin: "o.example", Size: int64(n), Root: ledger.Root(written)}
	files = append(files, fileset.NewFile(ledger.Log, []byte(strings.Join(written, "\n")+"\n")),
		fileset.NewFile(ledger.Checkpoint, []byte(point.String())))
	return fileset.Must(files)
}

// reader reads tiles as a client of a log does.
type reader struct {
	files fileset.Set
}

func (r reader) Height() int { return 8 }

func (r reader) ReadTiles(list []tlog.Tile) (data [][]byte, err error) {
	for _, tile := range list {
		f, ok := r.files.Get("ledger/" + tiles.Path(tile))
		if !ok {
			return nil, fmt.Errorf("there is no %s", tiles.Path(tile))
		}
		data = append(data, f.Data)
	}
	return data, nil
}

func (r reader) SaveTiles([]tlog.Tile, [][]byte) {}

// TestTiles: a client of the tiles alone computes the root of the checkpoint and proves each line.
func TestTiles(t *testing.T) {
	for _, n := range []int{1, 2, 255, 256, 257, 1000} {
		l := log(t, n)
		part := tiles.New(nil, nil).Site(&site.Site{Ledger: l}, nil)
		files := fileset.Must(part.Files)
		checkpoint, _ := files.Get("ledger/checkpoint")
		point, ok := ledger.ParsePoint(string(checkpoint.Data))
		require.True(t, ok)
		require.EqualValues(t, n, point.Size)
		hashes := tlog.TileHashReader(tlog.Tree{N: point.Size, Hash: point.Root}, reader{files})
		root, err := tlog.TreeHash(point.Size, hashes)
		require.NoError(t, err)
		assert.Equal(t, point.Root, root)
		lines := readEntries(t, files, n)
		assert.Equal(t, l.Written(), lines)
		for _, i := range []int{0, n / 2, n - 1} {
			proof, err := tlog.ProveRecord(point.Size, int64(i), hashes)
			require.NoError(t, err)
			assert.NoError(t, tlog.CheckRecord(proof, point.Size, point.Root, int64(i), tlog.RecordHash([]byte(lines[i]))))
		}
	}
}

// readEntries reads all lines, as c2sp.org/tlog-tiles describes them.
func readEntries(t *testing.T, files fileset.Set, n int) (lines []string) {
	for tile := range (n + 255) / 256 {
		path := fmt.Sprintf("ledger/tile/entries/%03d", tile)
		if width := n - tile*256; width < 256 {
			path += fmt.Sprintf(".p/%d", width)
		}
		f, ok := files.Get(path)
		require.True(t, ok, path)
		for data := f.Data; len(data) > 0; {
			size := binary.BigEndian.Uint16(data)
			lines, data = append(lines, string(data[2:2+size])), data[2+size:]
		}
	}
	return lines
}

// TestFull: a tile that is full is the same however the log goes on.
func TestFull(t *testing.T) {
	full := func(n int) map[string]string {
		all := map[string]string{}
		for _, f := range tiles.New(nil, nil).Site(&site.Site{Ledger: log(t, n)}, nil).Files {
			if strings.Contains(f.Path, "/tile/") && !strings.Contains(f.Path, ".p/") {
				all[f.Path] = string(f.Data)
			}
		}
		return all
	}
	less, more := full(600), full(900)
	assert.Len(t, less, 4)
	for path, data := range less {
		assert.Equal(t, data, more[path], path)
	}
}

// TestTexts: the texts of an incident open the commitments of its lines, and what was withdrawn is not
// among them.
func TestTexts(t *testing.T) {
	l := log(t, 3)
	inc := &site.Incident{Incident: &incident.Incident{Slug: "rash"}}
	inc.Record, _ = l.History("rash")
	inc.Record[1].Deleted = true
	part := tiles.New(nil, nil).Incident(inc)
	require.Equal(t, "rash/ledger.json", part.Files[0].Path)
	var list tiles.Texts
	require.NoError(t, json.Unmarshal(part.Files[0].Data, &list))
	require.Len(t, list.Texts, 2)
	for _, text := range list.Texts {
		salt, err := hex.DecodeString(text.Salt)
		require.NoError(t, err)
		assert.Equal(t, l.Lines[text.Line].Commitment, ledger.Commit([32]byte(salt), text.Text))
	}
	assert.Equal(t, output.Part{}, tiles.New(nil, nil).Incident(&site.Incident{Incident: &incident.Incident{}}))
}
