package message

import (
	"math"
	"strconv"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/number"
)

// Decimal writes a number in the language's form, with at most so many digits
// behind the point and no more than it has.
func (w *Words) Decimal(v float64, digits int) string {
	if v == 0 {
		v = 0 // never minus zero
	}
	return w.printer.Sprint(number.Decimal(v, number.MaxFractionDigits(digits)))
}

// Tenths writes a number with one digit behind the point.
func (w *Words) Tenths(v float64) string {
	return w.printer.Sprint(number.Decimal(v, number.Scale(1)))
}

// Percent writes a share, which is given in percent.
func (w *Words) Percent(v float64, digits int) string {
	return w.Must("numbers.percent", w.Decimal(v, digits))
}

// Compact writes a number with the largest of the language's words for large
// numbers that fits: "4.1 M", "410万". A catalogue has them by the power of ten,
// as numbers.e4; without any, all digits are written.
func (w *Words) Compact(v float64) string {
	for power := 12; power >= 3; power-- {
		forms, ok := w.Forms("numbers.e" + strconv.Itoa(power))
		if size := math.Pow10(power); ok && math.Abs(v) >= size {
			return w.insert(forms[plural.Other], []any{w.Decimal(v/size, 3)})
		}
	}
	return w.Decimal(v, 6)
}
