package tomldoc

import (
	"math"
	"slices"
	"strings"

	"candor/generator/diag"
)

// sortedChoices is Choices of words in any order, each perhaps more than once.
func sortedChoices(word string, allowed []string) diag.Text {
	sorted := slices.Clone(allowed)
	slices.Sort(sorted)
	return Choices(word, slices.Compact(sorted))
}

// Choices hints at the nearest of the words that are allowed, or lists them all.
func Choices(word string, allowed []string) diag.Text {
	return Meant(word, allowed, diag.Textf("one of: %s", diag.Names(allowed)))
}

// Meant hints at the known word that is most like one, or otherwise if none is like it.
func Meant(word string, known []string, otherwise diag.Text) diag.Text {
	if near := Nearest(word, known); near != "" {
		return diag.Textf("did you mean \"%s\"?", near)
	}
	return otherwise
}

// Nearest returns the candidate that is most like word, or "" if none is
// near enough to be what was meant: at most a third of its letters may differ.
func Nearest(word string, candidates []string) string {
	best, least := "", 1+max(len([]rune(word)), 3)/3
	for _, c := range candidates {
		if d := distance(strings.ToLower(word), strings.ToLower(c)); d < least {
			best, least = c, d
		}
	}
	return best
}

// distance counts the letters to insert, delete, replace or swap with their
// neighbour (the optimal string alignment distance).
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	if len(x) > 64 || len(y) > 64 {
		return math.MaxInt
	}
	rows := make([][]int, len(x)+1)
	for i := range rows {
		rows[i] = make([]int, len(y)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(x); i++ {
		for j := 1; j <= len(y); j++ {
			cost := 1
			if x[i-1] == y[j-1] {
				cost = 0
			}
			d := min(rows[i-1][j]+1, rows[i][j-1]+1, rows[i-1][j-1]+cost)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				d = min(d, rows[i-2][j-2]+1)
			}
			rows[i][j] = d
		}
	}
	return rows[len(x)][len(y)]
}
