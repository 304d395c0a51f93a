// Package docs holds the pages of the manual that the program itself can show.
package docs

import "embed"

// Rules are the pages of the rules: rules/<id>.md, and translated ones in
// rules/<language>/<id>.md.
//
//go:embed rules
var Rules embed.FS
