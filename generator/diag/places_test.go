package diag

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// TestPlaces: places that are counted from one another are those that are counted from the
// beginning, in any order.
func TestPlaces(t *testing.T) {
	pieces := []string{"a", "公", "\t", "\r", "\n", "\r\n", "\ufeff", "\xff", "\xe5", "\u0301", "👩",
		strings.Repeat("长", 300), strings.Repeat("\xff", 500)}
	random := rand.New(rand.NewPCG(7, 7))
	for range 2000 {
		var text strings.Builder
		for range random.IntN(12) {
			text.WriteString(pieces[random.IntN(len(pieces))])
		}
		src := Source{"x.md", []byte(text.String())}
		places := src.InOrder()
		start := 0
		for range 20 {
			if start += random.IntN(40); random.IntN(8) == 0 {
				start = random.IntN(text.Len() + 1)
			}
			end := start + random.IntN(9)
			want, got := src.At(start, end, "wording", Text{}, Text{}), places.At(start, end, "wording", Text{}, Text{})
			assert.Equal(t, want, got, "%q at %d", text.String(), start)
		}
	}
}

// BenchmarkPlaces makes a finding at every tenth byte of one line. Twice the line takes twice the
// time.
func BenchmarkPlaces(b *testing.B) {
	for _, size := range []int{100_000, 200_000, 400_000} {
		src := Source{"x.md", []byte(strings.Repeat("长", size/3))}
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			for b.Loop() {
				places := src.InOrder()
				for at := 0; at < size; at += 10 {
					places.At(at, at+3, "wording", Text{}, Text{})
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*size), "ns/byte")
		})
	}
}
