package theme

import (
	"math"
	"strconv"

	"golang.org/x/text/number"
)

// Decimal writes a number in the language's form, with at most so many digits
// behind the point and no more than it has.
func (c *Catalogue) Decimal(v float64, digits int) string {
	if v == 0 {
		v = 0 // never minus zero
	}
	return c.printer.Sprint(number.Decimal(v, number.MaxFractionDigits(digits)))
}

// Percent writes a share, which is given in percent.
func (c *Catalogue) Percent(v float64, digits int) string {
	return c.Must("numbers.percent", c.Decimal(v, digits))
}

// Compact writes a number with the largest of the language's words for large
// numbers that fits: "4.1 M", "410万". The catalogue has them by the power of ten,
// as numbers.e4; without any, all digits are written.
func (c *Catalogue) Compact(v float64) string {
	for power := 12; power >= 3; power-- {
		w, ok := c.messages["numbers.e"+strconv.Itoa(power)]
		if size := math.Pow10(power); ok && math.Abs(v) >= size {
			return c.insert(w.other, []any{c.Decimal(v/size, 3)})
		}
	}
	return c.Decimal(v, 6)
}
