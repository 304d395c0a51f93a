package incident

import (
	"maps"
	"slices"
	"strings"

	"candor/generator/diag"
	"candor/generator/input/conflict"
)

// missingLimit bounds how many missing files are reported of one incident.
const missingLimit = 20

// evidence lists the files that are published beside the pages, and refuses
// those that a browser would run.
func (a *assembly) evidence(inc *Incident, src Source) {
	names := make([]string, 0, len(src.Evidence))
	for _, f := range src.Evidence {
		name := strings.TrimPrefix(f.Path, src.Folder+"/")
		names = append(names, name)
		if reason := active(name, f.Data); reason.Format != "" {
			a.report(diag.Source{Path: f.Path}.Whole("bad-value", reason,
				diag.Textf("publish it as PDF, PNG or plain text, or make it private with _ before its name")))
			continue
		}
		for _, d := range conflict.Find(diag.Source{Path: f.Path, Data: f.Data}) {
			a.report(d)
		}
		inc.Evidence = append(inc.Evidence, Evidence{File: f, Name: name})
	}
	missing := 0
	for _, name := range slices.Sorted(maps.Keys(inc.Front.Files)) {
		if !slices.Contains(names, name) {
			if missing++; missing > missingLimit {
				break
			}
			a.report(inc.Index.Doc.AtKey("files."+name, "missing-file",
				diag.Textf("there is no file \"%s\" in %s", name, src.Folder),
				oneOf(name, names, diag.Textf("put the file there, or take this line out"))))
		}
	}
}
