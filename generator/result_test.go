package generator

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"

	"candor/generator/fileset"
)

// TestAmendIsCollect makes random changes to what some steps have made, and
// compares what amend gives with what collecting it anew gives.
func TestAmendIsCollect(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	before := make([][]fileset.File, 5)
	output := fileset.Set{}
	amended, refused := 0, 0
	for range 3000 {
		now := slices.Clone(before)
		for range 1 + random.IntN(2) {
			part := random.IntN(len(now))
			now[part] = nil
			for _, n := range random.Perm(6)[:random.IntN(4)] {
				path := fmt.Sprintf("%d/%d", part, n)
				if random.IntN(30) == 0 {
					path = "shared"
				}
				now[part] = append(now[part], fileset.NewFile(path, []byte{byte(random.IntN(3))}))
			}
		}
		want, err := fileset.New(slices.Concat(now...))
		got, ok := amend(output, before, now)
		if !assert.False(t, ok && err != nil, "%v", err) {
			return
		}
		if !ok {
			refused++
			continue
		}
		amended++
		if !assert.True(t, fileset.Same(want, got), "%v, not %v", got, want) {
			return
		}
		before, output = now, got
	}
	assert.NotZero(t, refused)
	assert.Greater(t, amended, 2000)
}
