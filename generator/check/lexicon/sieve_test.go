package lexicon

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// TestSieve finds what looking for each text by itself finds.
func TestSieve(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	random := func(n int) string {
		var b strings.Builder
		for b.Len() < n {
			b.WriteString([]string{"a", "b", "A", "B", " ", "很", "好", "é"}[r.IntN(8)])
		}
		return b.String()
	}
	for range 5000 {
		var texts []string
		for range 1 + r.IntN(8) {
			if word := random(3 + r.IntN(8)); !slices.ContainsFunc(texts, func(s string) bool { return string(lowered([]byte(s))) == string(lowered([]byte(word))) }) {
				texts = append(texts, word)
			}
		}
		text := []byte(random(r.IntN(60)))
		var want []sighting
		for start := range text {
			for id, word := range texts {
				if end := start + len(word); end <= len(text) && bytes.Equal(lowered(text[start:end]), lowered([]byte(word))) {
					want = append(want, sighting{int32(id), start})
				}
			}
		}
		got := newSieve(texts, true).scan(append(text, make([]byte, slack)...)[:len(text)], nil)
		assert.ElementsMatch(t, want, got, "%q in %q", texts, text)
		assert.True(t, slices.IsSortedFunc(got, func(a, b sighting) int { return a.start - b.start }))
	}
	assert.Empty(t, newSieve(nil, false).scan(append([]byte("abc"), make([]byte, slack)...)[:3], nil))
}

func lowered(b []byte) []byte {
	out := make([]byte, len(b))
	for i, c := range b {
		out[i] = lower(c)
	}
	return out
}
