package theme

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// TestContrast: the ratios of WCAG's own examples, and what is no plain colour.
func TestContrast(t *testing.T) {
	for _, c := range []struct {
		a, b  string
		ratio float64
	}{
		{"#000", "#ffffff", 21}, {"white", "rgb(255, 255, 255)", 1}, {"#777777", "#fff", 4.48}, {"#767676", "#fff", 4.54},
		{"rgb(255 0 0)", "White", 4},
	} {
		a, ok := parseColour(c.a)
		assert.True(t, ok, c.a)
		b, ok := parseColour(c.b)
		assert.True(t, ok, c.b)
		assert.InDelta(t, c.ratio, contrastOf(a, b), .005, "%s, %s", c.a, c.b)
		assert.InDelta(t, contrastOf(a, b), contrastOf(b, a), 0)
	}
	for _, text := range []string{"", "#12", "#12345678", "currentColor", "rgb(1,2)", "rgb(1,2,300)", "#ggg", "hsl(0 0% 0%)", "1px"} {
		_, ok := parseColour(text)
		assert.False(t, ok, text)
	}
}
