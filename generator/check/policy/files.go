package policy

import (
	"path"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"candor/generator/check/personal"
	"candor/generator/diag"
	"candor/generator/domain"
	"candor/generator/input/attached"
	"candor/generator/input/write"
	"candor/generator/site/incident"
)

// findingsLimit bounds what is reported of one file, and how many unnamed files of an incident.
const findingsLimit = 20

// Files applies the rules about the files of an incident that are neither texts nor figures: whether
// anybody means to publish them, and what they give away (playbook §7). It returns where texts name them.
func (k *Checker) Files(inc *incident.Incident, c Circumstance) (diag.List, Mentions) {
	found := softened(unnamed(inc), c.Withheld)
	mentions := Mentions{}
	front := diag.Diagnostic{Path: inc.Index.Doc.Source.Path}
	if t := inc.Data.Timeline; t != nil {
		mentions[t.File.Path] = []diag.Diagnostic{front}
	}
	for _, e := range inc.Unnamed {
		mentions[e.File.Path] = []diag.Diagnostic{front}
	}
	for _, e := range slices.Concat(inc.Evidence, inc.Awaiting) {
		of := k.file(e, c)
		if len(of) == 0 {
			continue
		}
		found = append(found, softened(of, e.Withheld)...)
		for _, m := range e.Mentions {
			place := m.Doc.Source.At(m.Start, m.End, "", diag.Text{}, diag.Text{})
			mentions[e.File.Path] = append(mentions[e.File.Path], place)
		}
	}
	return found, mentions
}

// unnamed finds files that nobody has said should be published.
func unnamed(inc *incident.Incident) diag.List {
	var found diag.List
	for i, e := range inc.Unnamed {
		if i == findingsLimit {
			found = append(found, inc.Index.Doc.Source.Whole("unnamed-file",
				diag.Textf("this incident has %d more files that no text names", len(inc.Unnamed)-i),
				diag.Textf("to keep many files private, put them into a folder whose name begins with _")))
			break
		}
		found = append(found, diag.Source{Path: e.File.Path}.Whole("unnamed-file",
			diag.Textf("no text says that this file is to be published"), nameIt(e)))
	}
	return found
}

// nameIt says how to publish a file, or not to.
func nameIt(e incident.Evidence) diag.Text {
	base := norm.NFKC.String(path.Base(e.Name))
	for _, known := range append([]string{domain.FileIndex, domain.FileFAQ, domain.FileReport}, domain.DataFiles()...) {
		if strings.EqualFold(base, known) {
			return diag.Textf("did you mean \"%s\"?", known)
		}
	}
	return diag.Textf("to publish it, link to it or write %s = \"…\" under [files] in index.md; "+
		"to keep it private, begin its name with _", write.Quoted(e.Name))
}

// file finds what one file gives away.
func (k *Checker) file(e incident.Evidence, c Circumstance) diag.List {
	var found diag.List
	src := diag.Source{Path: e.File.Path}
	whole := func(rule string, mild bool, message, hint diag.Text) {
		d := src.Whole(rule, message, hint)
		if mild {
			d.Severity = diag.Warning
		}
		found = append(found, d)
	}
	for h := range k.undeclared(e.Name, personal.Find(e.Name), c) {
		whole("personal-data", false, diag.Textf("the name of the file: %w", h.Kind.About()),
			diag.Textf("rename the file"))
	}
	if len(found) == 0 && tells(e.Name) {
		whole("personal-data", true, diag.Textf("the name of the file says that people's data are in it"),
			diag.Textf("do not publish it, or rename it if it has none"))
	}
	for _, t := range e.Content.Texts {
		found = append(found, k.fileText(src.Path, t, c)...)
	}
	if e.Shown { // images in texts are the business of those who publish them
		return found
	}
	for _, h := range e.Content.Hidden {
		whole("hidden-data", h.Mild, h.What, h.Hint)
	}
	return found
}

// fileText finds personal data in a text of a file.
func (k *Checker) fileText(file string, t attached.Text, c Circumstance) diag.List {
	var found diag.List
	src := diag.Source{Path: file, Data: t.Data}
	places := src.InOrder()
	for _, at := range t.Columns {
		d := places.At(at[0], at[1], "personal-data", diag.Textf("by its name, this column has people's data in it"),
			diag.Textf("remove the column"))
		d.Severity = diag.Warning
		found = append(found, d)
	}
	n := 0
	for h, value := range k.undeclared(string(t.Data), t.Hits, c) {
		if n++; n > findingsLimit {
			continue
		}
		if t.Inside {
			in := diag.Textf("in the file: %w", h.Kind.About())
			found = append(found, src.Whole("personal-data", in, leaveOut(h, value)))
			continue
		}
		d := places.At(h.Start, h.End, "personal-data", h.Kind.About(), leaveOut(h, value))
		d.Excerpt = personal.Masked(d.Excerpt)
		found = append(found, d)
	}
	if n > findingsLimit {
		found = append(found, src.Whole("personal-data",
			diag.Textf("there are %d more such places in this file", n-findingsLimit),
			diag.Textf("do not publish it as it is")))
	}
	return found
}

// tellingWords are words in the name of a file that say what is in it.
var tellingWords = []string{"身份证", "手机号", "证件", "护照", "病历", "银行卡", "住址", "通讯录", "花名册", "passport", "id card",
	"idcard", "id-card", "id_card", "medical record", "home address"}

// tells reports whether the name of a file says that people's data are in it.
func tells(name string) bool {
	name = strings.ToLower(norm.NFKC.String(name))
	return slices.ContainsFunc(tellingWords, func(word string) bool { return strings.Contains(name, word) })
}
