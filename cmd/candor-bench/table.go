package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
)

// noisy is how far apart the ratios of the rounds, or of both halves of the saves, may be before
// the table says that one is not to be trusted.
const noisy = 1.3

// table prints measured quantities as they come, and collects the ratios for the end.
type table struct {
	out    io.Writer
	ratios []ratio
}

// ratio is one line of the table at the end: on a corpus, what it was in each round, and what the
// design asks of it.
type ratio struct {
	name, on string
	spread
	target
}

// target is a limit: the ratio must be at most, or at least, so much.
type target struct {
	limit float64
	least bool
}

func atMost(limit float64) target  { return target{limit: limit} }
func atLeast(limit float64) target { return target{limit: limit, least: true} }

// verdict says what the target is, and whether a figure meets it.
func (t target) verdict(figure float64) (limit, met string) {
	limit, ok := fmt.Sprintf("at most %g", t.limit), figure <= t.limit
	if t.least {
		limit, ok = fmt.Sprintf("at least %g", t.limit), figure >= t.limit
	}
	if ok {
		return limit, "met"
	}
	return limit, "missed"
}

// spread is the middle and the ends of some figures.
type spread struct{ median, low, high float64 }

// spreadOf describes figures, of which there is at least one.
func spreadOf(figures []float64) spread {
	sorted := slices.Sorted(slices.Values(figures))
	n := len(sorted)
	return spread{median: (sorted[(n-1)/2] + sorted[n/2]) / 2, low: sorted[0], high: sorted[n-1]}
}

// percentile returns the figure that p of a hundred do not exceed.
func percentile(figures []float64, p int) float64 {
	sorted := slices.Sorted(slices.Values(figures))
	return sorted[(len(sorted)*p+99)/100-1]
}

// title starts a group of lines.
func (t *table) title(format string, args ...any) {
	heads := fmt.Sprintf("  %-34s %9s %9s %9s %9s", "", "median", "p95", "min", "max")
	fmt.Fprintf(t.out, "\n%s\n%s\n", fmt.Sprintf(format, args...), heads)
}

// line prints one measured quantity.
func (t *table) line(name, unit string, figures []float64) {
	s := spreadOf(figures)
	precision := map[string]int{"s": 3, "ms": 1, "MB": 0}[unit]
	fmt.Fprintf(t.out, "  %-34s", name)
	for _, figure := range []float64{s.median, percentile(figures, 95), s.low, s.high} {
		fmt.Fprintf(t.out, " %9.*f", precision, figure)
	}
	fmt.Fprintln(t.out, "", unit)
}

// note prints a line of words.
func (t *table) note(format string, args ...any) {
	fmt.Fprintf(t.out, "  "+format+"\n", args...)
}

// ratio adds a line to the table at the end.
func (t *table) ratio(name, on string, figures spread, goal target) {
	t.ratios = append(t.ratios, ratio{name: name, on: on, spread: figures, target: goal})
}

// print prints the ratios with their targets, by name.
func (t *table) print() {
	slices.SortStableFunc(t.ratios, func(a, b ratio) int { return strings.Compare(a.name, b.name) })
	fmt.Fprintf(t.out, "\n%-36s %-8s %7s %13s  %-13s\n", "ratio", "on", "median", "min–max", "target")
	for _, r := range t.ratios {
		limit, verdict := r.verdict(r.median)
		ends := ""
		if r.low != r.high {
			ends = fmt.Sprintf("%.2f–%.2f", r.low, r.high)
		}
		if r.high > noisy*r.low {
			verdict += " (noisy)"
		}
		fmt.Fprintf(t.out, "%-36s %-8s %7.2f %13s  %-13s %s\n", r.name, r.on, r.median, ends, limit, verdict)
	}
	fmt.Fprintf(t.out, "noisy: rounds, or halves of the saves, differ by more than %g ×; let the machine rest, "+
		"or set TMPDIR to a memory file system\n", noisy)
}
