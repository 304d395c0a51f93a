package chart

import "math"

// scaleValues chooses the ticks of the value axis: at most seven, at 1, 2 or 5 times a
// power of ten, and makes the axis end on ticks.
func (p *plot) scaleValues() {
	low, high := p.low, p.high
	if high-low <= max(1e-290, 1e-12*max(math.Abs(low), math.Abs(high))) { // a flat line: in the middle, or on zero
		high = low
		room := math.Abs(low) / 10
		if room == 0 {
			room = 1
		}
		if !p.Zero || low > 0 {
			high += room
		}
		if !p.Zero || low < 0 {
			low -= room
		}
		if low == high {
			high = 1
		}
	}
	const intervals = 5
	// A power less, for machines whose logarithms differ.
	exponent := int(math.Floor(math.Log10((high-low)/intervals))) - 1
	for ; ; exponent++ {
		for _, digit := range [...]float64{1, 2, 5} {
			from := math.Floor(whole(quotient(low, digit, exponent)))
			to := math.Ceil(whole(quotient(high, digit, exponent)))
			if to = max(to, from+1); to-from > intervals {
				continue
			}
			p.low, p.high = product(from, digit, exponent), product(to, digit, exponent)
			p.values = p.values[:0]
			for k := from; k <= to; k++ {
				value := product(k, digit, exponent)
				y := p.y(value)
				label := clean(p.Number(value + 0)) // never minus zero
				p.values = append(p.values, tick{at: y, label: label, mid: y})
			}
			return
		}
	}
}

// product is k × digit × 10^exponent, with as little error as there can be.
func product(k, digit float64, exponent int) float64 {
	if exponent < 0 {
		return k * digit / math.Pow10(-exponent)
	}
	return k * digit * math.Pow10(exponent)
}

// quotient is value / (digit × 10^exponent).
func quotient(value, digit float64, exponent int) float64 {
	if exponent < 0 {
		return value * math.Pow10(-exponent) / digit
	}
	return value / (digit * math.Pow10(exponent))
}

// whole returns the whole number that a quotient is but for the error of floats; else
// the quotient.
func whole(q float64) float64 {
	if near := math.Round(q); math.Abs(q-near) <= 1e-9 {
		return near
	}
	return q
}
