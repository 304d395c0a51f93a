package copies

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strings"

	"candor/generator/author/channel"
	"candor/generator/author/count"
	"candor/generator/check/personal"
	"candor/generator/diag"
	"candor/generator/input/content"
	"candor/generator/input/tomldoc"
	"candor/generator/message"
	"candor/generator/output/machine"
	"candor/generator/site"
	"candor/generator/site/incident"
)

// Rule is about texts for channels that cannot be posted as they are.
const Rule = "copy"

// Settings finds channels of site.toml that do not exist.
func (m *Maker) Settings() diag.List {
	var found diag.List
	for _, id := range m.frame.Settings.Copies.Channels {
		if channel.Find(m.Channels, id) == nil {
			found = append(found, m.frame.Settings.AtKey("copies.channels", "bad-value",
				diag.Textf("there is no channel \"%s\"", id), m.meant(id)))
		}
	}
	return found
}

// meant hints at the channel that was meant.
func (m *Maker) meant(id string) diag.Text {
	ids := channel.IDs(m.Channels)
	return tomldoc.Meant(id, ids, diag.Textf("one of: %s; or add it to channels.toml", diag.Names(ids)))
}

// Check finds what is wrong with the texts that editors wrote themselves, in updates of an incident and
// their translations: a channel that does not exist, a text that is too long, and a figure that the
// update does not have.
func (m *Maker) Check(inc *site.Incident) diag.List {
	if inc.Incident == nil {
		return nil
	}
	var found diag.List
	for _, doc := range inc.Source.All {
		if doc.Place.Kind != content.Update || len(doc.Front.Copy) == 0 {
			continue
		}
		figures := m.figures(inc, doc)
		for _, key := range slices.Sorted(maps.Keys(doc.Front.Copy)) {
			found = append(found, m.checkOwn(inc, doc, key, figures)...)
		}
	}
	return found
}

func (m *Maker) checkOwn(inc *site.Incident, doc *content.Document, key string, figures map[string]bool) diag.List {
	id, titled := strings.CutSuffix(key, titleSuffix)
	c := channel.Find(m.Channels, id)
	if c == nil || titled && !c.Titled() {
		return diag.List{doc.AtKey("copy."+key, "bad-value", diag.Textf("there is no channel \"%s\"", key), m.meant(key))}
	}
	limit, text := c.Text, m.filled(inc, doc.Place.Lang, doc.Front.Copy[key])
	if titled {
		limit = c.Title
	}
	var found diag.List
	if over, unit := limit.Over(text); over > 0 {
		found = append(found, doc.AtKey("copy."+key, Rule, tooLong(key, over, unit), diag.Textf("leave something out")))
	}
	for _, n := range numbers(withoutPeople(doc.Front.Copy[key])) {
		if !figures[n] {
			found = append(found, doc.AtKey("copy."+key, Rule,
				diag.Textf("the text for \"%s\" says %s, and the update does not", key, n),
				diag.Textf("write the figure of the update, or correct the update")))
			break
		}
	}
	for i := range found {
		found[i].Excerpt = personal.Masked(found[i].Excerpt)
	}
	return found
}

// withoutPeople returns a text without what may be people's data: that must not be repeated in messages.
func withoutPeople(text string) string {
	for _, h := range slices.Backward(personal.Find(text)) {
		text = text[:h.Start] + text[h.End:]
	}
	return text
}

// filled puts the address and the mark of a drill into an editor's own text.
func (m *Maker) filled(inc *site.Incident, tag, text string) string {
	for _, l := range m.languages {
		if l.Tag == cmp.Or(tag, m.frame.Settings.DefaultLanguage) {
			address := l.Addresses.Absolute(site.Place{Path: inc.Slug + "/", Published: true})
			text = marked(l, inc, strings.ReplaceAll(text, "{address}", address))
		}
	}
	return text
}

// tooLong says by how much.
func tooLong(id string, over int, unit count.Unit) message.Text {
	switch unit {
	case count.Bytes:
		return diag.Textf("the text for \"%s\" is %d bytes too long", id, over)
	case count.Half, count.Weibo:
		return diag.Textf("the text for \"%s\" is too long by %d Chinese or %d Latin characters", id, over, 2*over)
	case count.SMS:
		return diag.Textf("the text for \"%s\" needs %d messages more than it may", id, over)
	}
	return diag.Textf("the text for \"%s\" is %d characters too long", id, over)
}

// figures returns the numbers that a text for a channel may have: those of its update, of the original
// and of the incident's page, of times and of contacts.
func (m *Maker) figures(inc *site.Incident, doc *content.Document) map[string]bool {
	var texts []string
	add := func(doc *content.Document) {
		if doc != nil {
			f := doc.Front
			texts = append(texts, f.Title, f.Summary, f.Affected, doc.Text[min(doc.Body, len(doc.Text)):])
		}
	}
	original := inc.Source.Original(doc.Place)
	for _, d := range []*content.Document{doc, original, inc.Index.Doc, inc.Index.Translations[doc.Place.Lang]} {
		add(d)
	}
	words := m.frame.Settings.Language(m.frame.Settings.LanguageOf(doc.Place)).Words()
	if original != nil {
		zone := m.frame.Settings.Zone
		texts = append(texts, words.Long(original.Front.Time.In(zone)), words.Long(original.Front.NextUpdate.In(zone)))
	}
	for _, c := range append(slices.Clone(m.frame.Settings.Contacts), inc.Contacts...) {
		texts = append(texts, c.Value, c.Hours, c.Response)
	}
	figures := map[string]bool{}
	for _, text := range texts {
		for _, n := range numbers(text) {
			figures[n] = true
		}
	}
	return figures
}

// number is a number or a time in digits; one digit alone says too little to be compared.
var number = regexp.MustCompile(`\d[\d,]*(?:[.:]\d+)*`)

func numbers(text string) []string {
	var list []string
	for _, n := range number.FindAllString(link.ReplaceAllString(text, ""), -1) {
		if n = strings.ReplaceAll(n, ",", ""); len(n) > 1 {
			list = append(list, n)
		}
	}
	return list
}

// link is an address, whose figures are none.
var link = regexp.MustCompile(`https?://[^\s\p{Han}]+`)

// corrected warns of an update that is known to be wrong.
func corrected(u *incident.Update) diag.List {
	if len(u.Corrections) == 0 {
		return nil
	}
	by := u.Corrections[len(u.Corrections)-1].Name
	return diag.List{u.Doc.Source.Whole(Rule, diag.Textf("this update was corrected by \"%s\"", by),
		diag.Textf("post the correction: candor copy %s %s", u.Doc.Place.Slug, by))}
}

// untranslated warns of texts that would be in two languages.
func untranslated(l *machine.Language, u *incident.Update) diag.List {
	if l.Of(u.Texts) == l.Tag {
		return nil
	}
	return diag.List{u.Doc.Source.Whole(Rule, diag.Textf("this update is not in \"%s\", so its texts are in two languages", l.Tag),
		diag.Textf("translate it: candor new update %s %s --lang %s", u.Doc.Place.Slug, u.Name, l.Tag))}
}

// long reports the texts that are too long, at the update that they are made of.
func long(c Copy, u *incident.Update) diag.List {
	if c.Over == 0 {
		return nil
	}
	hint := diag.Textf("write a shorter one into the front matter of the update: [copy] %s = \"…\"", c.Channel.ID)
	return diag.List{u.Doc.Source.Whole(Rule, tooLong(c.Channel.ID, c.Over, c.OverUnit), hint)}
}
