package page

import (
	"slices"
	"strings"

	"candor/generator/input/ledger"
	"candor/generator/site"
	"candor/generator/site/sealed"
)

// history plans the page that says what was published of the incident when, and what was changed. In a
// language it shows the texts in that language, and the originals of those that are not translated.
func (pl *incidentPlan) history() Page {
	output := site.HistoryPath(pl.inc.Slug)
	record := pl.inc.Record
	newest := record[len(record)-1].Instant
	title := pl.words.Must("history.title") + " · " + pl.brief.Title
	v := Record{
		Base:        pl.incidentBase("record", output, title, &pl.inc.Index, newest, version([]byte(pl.inc.Fingerprint))),
		Incident:    Link{Title: pl.brief.Title, Lang: pl.brief.Lang, URL: pl.addresses.URL(pl.inc.Slug + "/")},
		Fingerprint: pl.inc.Fingerprint,
	}
	translated := map[string]bool{}
	for _, r := range record {
		if name, lang, ok := strings.Cut(r.Unit, "@"); ok && lang == pl.lang.Tag {
			translated[name] = true
		}
	}
	for _, r := range slices.Backward(record) {
		name, lang, _ := strings.Cut(r.Unit, "@")
		if lang != "" && lang != pl.lang.Tag || lang == "" && translated[name] {
			continue
		}
		at := pl.at(r.Instant)
		if n := len(v.Seals); n == 0 || v.Seals[n-1].At.ISO != at.ISO {
			v.Seals = append(v.Seals, Seal{At: at})
		}
		last := &v.Seals[len(v.Seals)-1]
		last.Revisions = append(last.Revisions, pl.revision(r, lang))
	}
	for _, s := range v.Seals {
		slices.Reverse(s.Revisions) // those of one time in the order of their texts
	}
	return pl.page("record", output, v)
}

// revision words one line of the ledger.
func (pl *incidentPlan) revision(r ledger.Revision, lang string) Revision {
	v := Revision{Kind: string(r.Kind), KindWord: pl.words.Must("history." + string(r.Kind)), Title: pl.titleOfUnit(r),
		Deleted: r.Deleted, Reason: r.Reason}
	if lang == "" && pl.lang.Tag != pl.settings.DefaultLanguage && !sealed.IsFigures(r.Unit) {
		v.Lang = pl.settings.DefaultLanguage
	}
	if by, ok := strings.CutPrefix(r.Reason, ledger.ByUpdate); ok {
		v.Reason, v.Update = "", pl.unitLink(by)
	} else if strings.HasPrefix(r.Reason, ledger.ByDate) {
		v.Reason = ""
	}
	if r.Kind == ledger.Typo || r.Kind == ledger.Correction {
		v.Changes, v.Omitted = changes(r.Before, r.Text)
	}
	return v
}

// unitLink leads to the update that a unit is; nil if it is none that is published.
func (pl *incidentPlan) unitLink(unit string) *Link {
	name, _, _ := strings.Cut(strings.TrimPrefix(unit, pl.inc.Slug+"/updates/"), "@")
	for i, u := range pl.inc.Updates {
		if u.Name == name {
			link := &Link{URL: pl.updates[i].URL}
			link.Title, link.Lang = pl.frontText(pl.text(u.Texts), titleOf)
			return link
		}
	}
	return nil
}

// titleOfUnit returns what a text is called: its title, its heading, the name of the file, or figures.
func (pl *incidentPlan) titleOfUnit(r ledger.Revision) string {
	switch {
	case sealed.IsTimeline(r.Unit):
		return pl.words.Must("sections.data")
	case sealed.IsFigures(r.Unit):
		return pl.words.Must("contents.figures")
	}
	text := r.Text
	if r.Deleted {
		text = r.Before
	}
	for line := range strings.Lines(text) {
		if title, ok := strings.CutPrefix(line, "title: "); ok {
			return strings.TrimSpace(title)
		}
		if heading := strings.TrimLeft(line, "#"); heading != line {
			title, _, _ := strings.Cut(heading, "{#")
			return strings.TrimSpace(title)
		}
	}
	_, file, _ := strings.Cut(r.Unit, "/files/")
	return file
}
