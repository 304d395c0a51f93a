package main

import (
	"io"
	"os"
	"strconv"

	"golang.org/x/term"
)

// colour says whether w is a terminal whose user has not asked for no colour
// (no-color.org).
func colour(w io.Writer) bool {
	file, ok := fileOf(w)
	return ok && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb" && term.IsTerminal(int(file.Fd()))
}

// columns returns how many columns w has: what COLUMNS says, or else the terminal; 0 if it is neither.
func columns(w io.Writer) int {
	if n, err := strconv.Atoi(os.Getenv("COLUMNS")); err == nil && n > 0 {
		return n
	}
	file, ok := fileOf(w)
	if !ok {
		return 0
	}
	n, _, _ := term.GetSize(int(file.Fd()))
	return n
}
