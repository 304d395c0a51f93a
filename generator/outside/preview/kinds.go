package preview

import (
	"strings"

	"candor/generator/domain"
)

// isPage reports whether a file is one that the script goes into.
func isPage(name string) bool { return strings.HasPrefix(domain.ContentType(name), "text/html") }
