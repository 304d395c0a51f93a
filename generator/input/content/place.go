package content

import (
	"path"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"candor/generator/diag"
	"candor/generator/domain"
	"candor/generator/input/tomldoc"
)

// Kind says what a file is for, by where it stands and what it is called.
type Kind int

// The kinds of file.
const (
	Stray     Kind = iota // belongs to nothing: an author's mistake
	Site                  // site.toml
	Page                  // pages/<name>.md
	Index                 // incidents/<slug>/index.md
	Update                // incidents/<slug>/updates/<name>.md
	FAQ                   // incidents/<slug>/faq.md
	Report                // incidents/<slug>/report.md
	Data                  // metrics.csv, timeline.csv, cases.csv: read, never copied
	Evidence              // any other file of an incident
	Words                 // wording.toml: the site's own word lists
	Archetype             // archetypes/<tag>/…: what candor new starts from
	Channels              // channels.toml: what the site says of channels
	Ledger                // a file below ledger/: the record of what was published
)

// Place is where a file stands in the content folder.
type Place struct {
	Kind     Kind
	Slug     string // the incident's folder name
	Name     string // an update's or page's name, an evidence file's path within the incident
	Lang     string // tag of a translation; empty for the default language
	Scenario bool   // below scenarios/ instead of incidents/
}

// Folder returns the folder of the place's incident.
func (p Place) Folder() string {
	if p.Scenario {
		return domain.FolderScenarios + "/" + p.Slug
	}
	return domain.FolderIncidents + "/" + p.Slug
}

// Locate says what the file at name is. Tags are the site's languages other
// than the default one, as site.toml writes them.
func Locate(name string, tags []string) Place {
	parts := strings.Split(name, "/")
	stem, markdown := strings.CutSuffix(path.Base(name), ".md")
	switch {
	case name == domain.FileSite:
		return Place{Kind: Site}
	case name == domain.FileWords:
		return Place{Kind: Words}
	case name == domain.FileChannels:
		return Place{Kind: Channels}
	case parts[0] == domain.FolderArchetypes && len(parts) > 2:
		return Place{Kind: Archetype, Name: name}
	case parts[0] == domain.FolderLedger:
		return Place{Kind: Ledger}
	case parts[0] == domain.FolderPages && len(parts) == 2 && markdown && unlisted(stem, tags) == "":
		stem, lang := cutLang(stem, tags)
		return Place{Kind: Page, Name: stem, Lang: lang}
	case (parts[0] == domain.FolderIncidents || parts[0] == domain.FolderScenarios) && len(parts) > 2:
		p := locateInIncident(strings.Join(parts[2:], "/"), tags)
		p.Slug, p.Scenario = parts[1], parts[0] == domain.FolderScenarios
		return p
	}
	return Place{Kind: Stray, Name: name}
}

func locateInIncident(name string, tags []string) Place {
	stem, markdown := strings.CutSuffix(name, ".md")
	switch dir := path.Dir(name); {
	case slices.Contains(domain.DataFiles(), name):
		return Place{Kind: Data, Name: name}
	case !markdown:
		return Place{Kind: Evidence, Name: name}
	case dir == domain.FolderUpdates && unlisted(path.Base(stem), tags) == "":
		stem, lang := cutLang(path.Base(stem), tags)
		return Place{Kind: Update, Name: stem, Lang: lang}
	case dir == ".":
		stem, lang := cutLang(stem, tags)
		for i, known := range [...]string{domain.FileIndex, domain.FileFAQ, domain.FileReport} {
			if stem+".md" == known {
				return Place{Kind: [...]Kind{Index, FAQ, Report}[i], Name: stem, Lang: lang}
			}
		}
	}
	return Place{Kind: Stray, Name: name}
}

func cutLang(stem string, tags []string) (name, lang string) {
	for _, tag := range tags {
		if s, ok := strings.CutSuffix(stem, "."+tag); ok && s != "" {
			return s, tag
		}
	}
	return stem, ""
}

// StrayFinding says that the file at name belongs to nothing, and where it may
// have been meant to go.
func StrayFinding(name string) diag.Diagnostic {
	known := append([]string{domain.FileIndex, domain.FileFAQ, domain.FileReport, domain.FileSite, domain.FileWords,
		domain.FileChannels},
		domain.DataFiles()...)
	hint := diag.Textf("a file whose name begins with _ is private and is ignored")
	base := path.Base(name)
	stem, markdown := strings.CutSuffix(base, ".md")
	switch near := tomldoc.Nearest(base, known); {
	case markdown && unlisted(stem, nil) != "":
		hint = diag.Textf("a translation needs its language in site.toml: [languages.%s]", unlisted(stem, nil))
	case near != "" && near != base:
		hint = diag.Textf("did you mean \"%s\"?", near)
	case near != "" && strings.Contains(name, "/"+domain.FolderUpdates+"/"):
	case near != "":
		hint = diag.Textf("it belongs in incidents/<name>/")
	case strings.HasPrefix(name, domain.FolderIncidents+"/") && markdown:
		hint = diag.Textf("an update goes directly into updates/; a translation needs its language in [languages] of site.toml; a private file's name begins with _")
	}
	return diag.Source{Path: name}.Whole("bad-value", diag.Textf("this file belongs to no page"), hint)
}

// unlisted returns the language that a name such as about.fr ends in, where the
// site has no such language: the file would be published as something of its own.
func unlisted(stem string, tags []string) string {
	dot := strings.LastIndexByte(stem, '.')
	if dot <= 0 || slices.Contains(tags, stem[dot+1:]) {
		return ""
	}
	tag := stem[dot+1:]
	if _, err := language.Parse(tag); err != nil || len(tag) < 2 {
		return ""
	}
	return tag
}
