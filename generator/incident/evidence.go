package incident

import (
	"bytes"
	"maps"
	"path"
	"slices"
	"strings"

	"candor/generator/diag"
)

// evidence lists the files that are published beside the pages, and refuses
// those that a browser would run.
func (a *assembly) evidence(inc *Incident, src Source) {
	names := make([]string, 0, len(src.Evidence))
	for _, f := range src.Evidence {
		name := strings.TrimPrefix(f.Path, src.Folder+"/")
		names = append(names, name)
		if reason := active(name, f.Data); reason != "" {
			a.report(diag.Source{Path: f.Path}.Whole("bad-value", diag.Textf("%s", reason),
				diag.Textf("publish it as PDF, PNG or plain text, or make it private with _ before its name")))
			continue
		}
		inc.Evidence = append(inc.Evidence, Evidence{File: f, Name: name, Label: inc.Front.Files[name]})
	}
	for _, name := range slices.Sorted(maps.Keys(inc.Front.Files)) {
		if !slices.Contains(names, name) {
			a.report(inc.Index.Doc.AtKey("files."+name, "missing-file", diag.Textf("there is no file \"%s\" in %s", name, src.Folder),
				oneOf(name, names, "put the file there, or take this line out")))
		}
	}
}

// active says why a file could act in the reader's browser as if it were the
// site; it returns "" where it cannot (design §7.3).
func active(name string, data []byte) string {
	switch strings.ToLower(path.Ext(name)) {
	case ".html", ".htm", ".xhtml", ".xht", ".mht", ".mhtml", ".js", ".mjs", ".wasm", ".swf", ".xml", ".xsl", ".xslt":
		return "a file of this kind can run in the reader's browser"
	case ".svg", ".svgz":
		low := bytes.ToLower(data)
		for _, sign := range [...]string{"<script", "javascript:", "<foreignobject", "<iframe", "<!entity", "<?xml-stylesheet", "<handler", "<set", "<animate"} {
			if bytes.Contains(low, []byte(sign)) {
				return "this drawing holds something that can run: " + sign
			}
		}
		if hasHandler(low) || strings.HasSuffix(strings.ToLower(name), ".svgz") {
			return "this drawing holds something that can run"
		}
	}
	return ""
}

// hasHandler finds an attribute such as onload=.
func hasHandler(low []byte) bool {
	for at := 0; ; {
		i := bytes.Index(low[at:], []byte("on"))
		if i < 0 {
			return false
		}
		at += i + 2
		before := byte(' ')
		if at-3 >= 0 {
			before = low[at-3]
		}
		if !bytes.ContainsRune([]byte(" \t\n\r\"'/"), rune(before)) {
			continue
		}
		rest := bytes.TrimLeft(bytes.TrimLeft(low[at:], "abcdefghijklmnopqrstuvwxyz"), " \t\r\n")
		if len(rest) > 0 && rest[0] == '=' {
			return true
		}
	}
}
