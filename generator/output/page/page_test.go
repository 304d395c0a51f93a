package page

import (
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestSize(t *testing.T) {
	for n, want := range map[int]string{0: "0 B", 1: "1 B", 999: "999 B", 1000: "1 KB", 1499: "1 KB", 1500: "2 KB", 84_321: "84 KB", 999_499: "999 KB", 999_500: "1.0 MB", 1_000_000: "1.0 MB", 1_250_000: "1.2 MB", 64 << 20: "67.1 MB"} {
		assert.Equal(t, strings.ReplaceAll(want, " ", "\u00a0"), size(n, func(v float64) string { return strconv.FormatFloat(v, 'f', 1, 64) }), "%d", n)
	}
}
