package themes_test

import (
	"bytes"
	"compress/gzip"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
	"golang.org/x/net/html"
)

// heaviest is what a connection that has just been opened carries in its first
// round trip: ten segments of about 1,460 bytes, less what the answer's head and
// TLS take (RFC 6928).
const heaviest = 13 << 10

// TestWeight: a progress page with twenty updates, compressed, fits into the first
// round trip with all that it takes to be read.
func TestWeight(t *testing.T) {
	each(t, weigh)
}

// TestLiveWeight: so it does with the script.
func TestLiveWeight(t *testing.T) { eachLive(t, "", weigh) }

func weigh(t *testing.T, s *site) {
	for _, page := range s.pages() {
		data := s.html(page)
		zipped, brotlied := gzipSize(t, data), brotliSize(t, data)
		if strings.HasPrefix(s.name, "twenty") && page == allergy {
			if n := countUpdates(t, data); n != 20 {
				t.Errorf("%s has %d updates, not 20: add or take away updates in testdata/later.*.txtar", page, n)
			}
			t.Logf("%s: %d bytes, gzip %d, brotli %d of %d", page, len(data), zipped, brotlied, heaviest)
		}
		if page == allergy && (zipped > heaviest || brotlied > heaviest) {
			t.Errorf("%s: gzip %d, brotli %d bytes: over %d", page, zipped, brotlied, heaviest)
		}
	}
}

// countUpdates counts the updates on the timeline of a progress page, those in
// full and those that are one line.
func countUpdates(t *testing.T, data []byte) int {
	count := 0
	elements(t, data, func(n *html.Node) {
		class, _ := attribute(n, "class")
		entry := n.Data == "article" || strings.HasPrefix(class, "entry")
		if parent, _ := attribute(n.Parent, "class"); entry && parent == "line" {
			count++
		}
	})
	return count
}

func gzipSize(t *testing.T, data []byte) int {
	t.Helper()
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Len()
}

func brotliSize(t *testing.T, data []byte) int {
	t.Helper()
	var b bytes.Buffer
	w := brotli.NewWriterLevel(&b, brotli.BestCompression)
	if _, err := w.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Len()
}
