package preview

import (
	"html"

	"candor/generator/fileset"
	"candor/generator/message"
)

// plainStyle is for the two pages that are the preview's own.
const plainStyle = `:root{color-scheme:light dark}body{font:18px/1.6 system-ui,sans-serif;max-width:34rem;margin:45vh auto 0;padding:0 1.25rem}h1{font-size:1.44em;font-weight:600}`

// plainPage is what stands below the overlay where the site has no page to show.
func (s *Server) plainPage(heading, paragraph message.Text) fileset.File {
	title, text := html.EscapeString(heading.In(s.opt.Words)), html.EscapeString(paragraph.In(s.opt.Words))
	return fileset.NewFile("plain.html", []byte(`<!doctype html><html lang="`+s.lang()+`"><head><meta charset="utf-8">`+
		`<meta name="viewport" content="width=device-width,initial-scale=1"><title>`+title+`</title><style>`+plainStyle+`</style></head>`+
		`<body><main><h1>`+title+`</h1><p>`+text+`</p></main></body></html>`))
}
