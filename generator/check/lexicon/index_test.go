package lexicon

import (
	"bytes"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// TestScan finds the patterns that looking for each anchor by itself finds, each once.
func TestScan(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	random := func(n int) string {
		var b strings.Builder
		for b.Len() < n {
			b.WriteString([]string{"a", "b", " ", "很", "好", "é"}[r.IntN(6)])
		}
		return b.String()
	}
	for range 5000 {
		e := &Entry{}
		for range 1 + r.IntN(8) {
			p := &pattern{}
			for range 1 + r.IntN(3) {
				p.anchors = append(p.anchors, random(3+r.IntN(8)))
			}
			e.patterns = append(e.patterns, p)
		}
		text := []byte(random(r.IntN(60)))
		var want []*pattern
		for _, p := range e.patterns {
			for _, anchor := range p.anchors {
				if bytes.Contains(text, []byte(anchor)) {
					want = append(want, p)
					break
				}
			}
		}
		var got []*pattern
		for _, a := range newIndex([]*Entry{e}).scan(text, nil) {
			got = append(got, a.pattern)
		}
		assert.ElementsMatch(t, want, got, "%q", text)
	}
	assert.Empty(t, newIndex(nil).scan([]byte("abc"), nil))
}
