package tiles_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/transparency-dev/merkle/compact"
	"github.com/transparency-dev/merkle/proof"
	"github.com/transparency-dev/merkle/rfc6962"

	"candor/generator/fileset"
	"candor/generator/input/ledger"
	"candor/generator/output/tiles"
	"candor/generator/site"
)

// foreign reads the published files as c2sp.org/tlog-tiles describes them, and hashes with a library that
// shares nothing with the one that Candor uses.
type foreign struct {
	t     *testing.T
	files fileset.Set
	size  uint64
}

// node returns the hash of a node of the tree.
func (f foreign) node(id compact.NodeID) []byte {
	level, below := id.Level/8, id.Level%8
	first := id.Index << below
	path := fmt.Sprintf("ledger/tile/%d/%03d", level, first/256)
	if width := f.size>>(8*level) - first/256*256; width < 256 {
		path += fmt.Sprintf(".p/%d", width)
	}
	file, ok := f.files.Get(path)
	require.True(f.t, ok, path)
	var row [][]byte
	for i := range uint64(1) << below {
		at := (first%256 + i) * 32
		row = append(row, file.Data[at:at+32])
	}
	for len(row) > 1 {
		var above [][]byte
		for i := 0; i < len(row); i += 2 {
			above = append(above, rfc6962.DefaultHasher.HashChildren(row[i], row[i+1]))
		}
		row = above
	}
	return row[0]
}

// proof returns the hashes of a proof.
func (f foreign) proof(nodes proof.Nodes, err error) [][]byte {
	require.NoError(f.t, err)
	var hashes [][]byte
	for _, id := range nodes.IDs {
		hashes = append(hashes, f.node(id))
	}
	hashes, err = nodes.Rehash(hashes, rfc6962.DefaultHasher.HashChildren)
	require.NoError(f.t, err)
	return hashes
}

// TestOthersRead: another implementation reads the tiles, and accepts what they prove: that a line is in
// the log, and that an older checkpoint is of the same log.
func TestOthersRead(t *testing.T) {
	for _, n := range []int{1, 2, 256, 257, 1000} {
		l := log(t, n)
		files := fileset.Must(tiles.New(nil, nil).Site(&site.Site{Ledger: l}, nil).Files)
		f := foreign{t, files, uint64(n)}
		root := l.At(int64(n)).Root
		lines := readEntries(t, files, n)
		for _, i := range []int{0, n / 3, n - 1} {
			hashes := f.proof(proof.Inclusion(uint64(i), f.size))
			leaf := rfc6962.DefaultHasher.HashLeaf([]byte(lines[i]))
			assert.NoError(t, proof.VerifyInclusion(rfc6962.DefaultHasher, uint64(i), f.size, leaf, hashes, root[:]))
			other := rfc6962.DefaultHasher.HashLeaf([]byte(lines[i] + "!"))
			assert.Error(t, proof.VerifyInclusion(rfc6962.DefaultHasher, uint64(i), f.size, other, hashes, root[:]))
		}
		for _, size := range []int{1, n/2 + 1, n} {
			old := l.At(int64(size)).Root
			hashes := f.proof(proof.Consistency(uint64(size), f.size))
			assert.NoError(t, proof.VerifyConsistency(rfc6962.DefaultHasher, uint64(size), f.size, hashes, old[:], root[:]))
		}
	}
}

// BenchmarkTiles measures what a ledger of 50,000 lines adds to a build: reading it, and its tiles.
func BenchmarkTiles(b *testing.B) {
	files := logFiles(50_000)
	b.ResetTimer()
	for range b.N {
		l, found := ledger.Read(files)
		if len(found) > 0 {
			b.Fatal(found)
		}
		tiles.New(nil, nil).Site(&site.Site{Ledger: l}, nil)
	}
}
