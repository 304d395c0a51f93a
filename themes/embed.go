// Package themes holds the themes that come with Candor.
//
// A theme is a folder:
//
//	theme.toml        name, description, [properties] and [params]
//	layouts/*.html    one template for each kind of page; its dot is the struct
//	                  of that name in package page
//	partials/*.html   what layouts share; partials/head.html is called "head"
//	assets/style.css  everything about looks, placed in each page's head
//	i18n/<tag>.toml   the words of the layouts, by language; the generator has its own
//	archetypes/       what `candor new` starts from
//	copies/           texts for channels, by language: what `candor copy` prints
//
// A theme decides nothing: which updates are visible, what is overdue and how
// an instant is worded have been settled before a template runs. A site's own
// themes/<name>/ replaces an embedded theme file by file.
//
// What every theme owes its readers, whatever it looks like:
//
//   - In this order: does it concern me, what do I do now, whom do I call, when
//     do I hear more. Nothing of the organisation's own comes before that.
//   - Everything can be reached without scripts, without colour, by keyboard, on
//     paper and by find-in-page. No request leaves the page.
//   - A state is said in words. A mark or a colour only ever repeats the word.
//   - The ids of a progress page's parts are addresses that people pass on:
//     affected, contacts, newest, promises, updates, questions, report, files
//     and about stay as they are, as do the well-known ids of sections.
package themes

import "embed"

// FS holds each theme in a folder of its own name.
//
//go:embed all:plain all:status
var FS embed.FS
