package source

import (
	"strings"

	"candor/generator/domain"
)

// private reports whether a place in the tree, given from its top, is hidden or
// private.
func private(real string) bool {
	for part := range strings.SplitSeq(real, "/") {
		if part != "." && part != domain.WellKnown && (part[0] == '.' || domain.Private(part)) {
			return true
		}
	}
	return false
}
