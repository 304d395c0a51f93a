// Package docs holds the pages of the manual that the program itself can show.
package docs

import "embed"

// Rules are the pages of the rules, rules/<id>.md.
//
//go:embed rules/*.md
var Rules embed.FS
