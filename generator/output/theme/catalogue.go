package theme

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
	"golang.org/x/text/message"
	"golang.org/x/text/number"

	"candor/generator/diag"
	"candor/generator/domain"
	"candor/generator/input/tomldoc"
	"candor/generator/site/config"
)

// Catalogue is the theme's words in one language.
type Catalogue struct {
	Tag      string
	language language.Tag
	messages map[string]words
	months   []string
	zones    map[string]string
	printer  *message.Printer
}

// words are a message, or its forms by CLDR plural category.
type words struct {
	other string
	forms map[plural.Form]string
}

// neededKeys are the messages that the generator itself says.
func neededKeys() []string {
	groups := map[string]string{
		"dates":     "full long short date day clock month month-alone",
		"durations": "minutes hours days hours-minutes",
		"levels":    "1 2 3",
		"status":    list(domain.Statuses()) + " none",
		"kinds":     list(domain.Kinds()) + " response-again",
		"types":     list(domain.BuiltinTypes()),
		"promises":  list(domain.Promises()) + " pending kept-some-time",
		"incident":  "day resolved-after next-update-late since-previous response response-late response-due response-overdue next-update next-update-by approved-by speaker untitled-older",
		"live":      "update-late response-late promise-late again",
		"counts":    "questions files updates promises",
		"report":    "level type known first-response updates in-time promises-kept resolved duration omitted",
		"contents":  "incident affected newest promises updates updates-older updates-newer questions report files figures",
		"missing":   "title",
		"page":      "dot untranslated bilingual",
		"bilingual": "missing",
		"lists":     "two middle last",
		"update":    "level status",
		"groups":    list(domain.Groups()),

		"numbers":    "percent days",
		"events":     "spread media feeling action authority",
		"clock":      "in-time late within beyond",
		"columns":    "negative neutral positive mentions reads likes comments reposts complaints followers sales satisfaction",
		"charts":     "sentiment alarm goal before point single series limit thinned",
		"totals":     "total reached solved solved-in-day satisfied dissatisfied unanswered open open-high open-medium open-low share of-answers fewer unsaid withheld",
		"changes":    "gain mean not-back back",
		"indicators": "eased low-negative followers-stay users-satisfied coverage-grows negative-lasts followers-leave authorities-act second-crisis brand-damaged",
		"states":     "met not-met not-yet no-data",
		"evidence":   "source share before lowest highest count days lasted satisfied satisfied-least answered answered-least acts no-acts",
		"steps":      "follow-up review due overdue",

		"sections": list(domain.Sections()) + " " + list(domain.Parts()),
	}
	var keys []string
	for group, names := range groups {
		for _, name := range strings.Fields(names) {
			keys = append(keys, group+"."+name)
		}
	}
	slices.Sort(keys)
	return keys
}

// list writes words of the domain as neededKeys does.
func list[W ~string](words []W) string { return strings.Join(domain.Strings(words), " ") }

// loadCatalogues finds for each language of the site the catalogue that fits it
// best, and reports a language that none fits.
func (t *Theme) loadCatalogues(site *config.Site) diag.List {
	var found diag.List
	var have []language.Tag
	var paths []string
	for f := range t.files.Under("i18n").All() {
		stem, ok := strings.CutSuffix(strings.TrimPrefix(f.Path, "i18n/"), ".toml")
		tag, err := language.Parse(stem)
		if !ok || err != nil {
			found = append(found, t.source(f.Path).Whole("bad-value", diag.Textf("this is not named after a language"), diag.Textf("name it i18n/<tag>.toml, such as i18n/en.toml")))
			continue
		}
		have, paths = append(have, tag), append(paths, f.Path)
	}
	if len(have) == 0 {
		return append(found, diag.Source{Path: t.root + "/i18n"}.Whole("bad-value", diag.Textf("the theme has no messages"), diag.Textf("copy i18n/en.toml from the theme \"plain\"")))
	}
	matcher := language.NewMatcher(have)
	for _, l := range site.Languages {
		_, i, confidence := matcher.Match(language.Make(l.Tag))
		wanted, _ := language.Make(l.Tag).Base()
		if base, _ := have[i].Base(); confidence < language.High || base != wanted { // a fallback is not the language
			found = append(found, diag.Source{Path: t.root + "/i18n"}.Whole("bad-value", diag.Textf("the theme has no messages in \"%s\"", l.Tag),
				diag.Textf("copy i18n/en.toml to themes/%s/i18n/%s.toml beside the content and translate it", site.Theme, l.Tag)))
			continue
		}
		c, f := t.readCatalogue(paths[i], l.Tag)
		found = append(found, f...)
		found = append(found, c.override(site, l)...)
		t.catalogues[l.Tag] = c
	}
	return found.Sort()
}

func (t *Theme) readCatalogue(path, tag string) (*Catalogue, diag.List) {
	src := t.source(path)
	c := &Catalogue{Tag: tag, language: language.Make(tag), messages: map[string]words{}, zones: map[string]string{}}
	c.printer = message.NewPrinter(latin(c.language))
	doc, table := tomldoc.Parse(src, 0, len(src.Data))
	if table == nil {
		return c, doc.Findings()
	}
	for _, group := range table.Keys() {
		g := table.Table(group)
		if g == nil {
			continue
		}
		for _, key := range g.Keys() {
			c.readMessage(g, group, key)
		}
	}
	found := doc.Findings()
	var missing []string
	for _, key := range neededKeys() {
		if _, ok := c.messages[key]; !ok {
			missing = append(missing, key)
		}
	}
	if len(missing) > 0 {
		const named = 5
		if len(missing) > named {
			missing = append(missing[:named], "…")
		}
		found = append(found, src.Whole("bad-value", diag.Textf("messages are missing: %s", strings.Join(missing, ", ")), diag.Textf("i18n/en.toml of the theme \"plain\" has them all")))
	}
	if len(c.months) != 12 {
		found = append(found, src.Whole("bad-value", diag.Textf("dates.months must name twelve months"), diag.Text{}))
		c.months = make([]string, 12)
	}
	return c, found
}

func (c *Catalogue) readMessage(g *tomldoc.Table, group, key string) {
	switch v := g.Any(key).(type) {
	case string:
		if group == "zones" {
			c.zones[key] = v
			return
		}
		c.messages[group+"."+key] = words{other: v}
	case map[string]any:
		forms := g.Table(key)
		w := words{forms: map[plural.Form]string{}}
		for _, category := range slices.Sorted(maps.Keys(pluralForms())) {
			if forms.Has(category) {
				w.forms[pluralForms()[category]] = forms.String(category)
			}
		}
		w.other = forms.String("other")
		forms.Done(nil)
		c.messages[group+"."+key] = w
	case []any:
		if group == "dates" && key == "months" {
			c.months = g.Strings(key)
		}
	default:
		g.Report(key, "bad-value", diag.Textf("a message must be a text"), diag.Textf("put it in quotation marks"))
	}
}

// override puts the site's own words over the theme's.
func (c *Catalogue) override(site *config.Site, l config.Language) diag.List {
	var found diag.List
	report := func(key, rule string, message, hint diag.Text) {
		found = append(found, site.AtKey("languages."+l.Tag+".messages."+key, rule, message, hint))
	}
	for _, key := range slices.Sorted(maps.Keys(l.Messages)) {
		said := l.Messages[key]
		_, known := c.messages[key]
		zone, isZone := strings.CutPrefix(key, "zones.")
		switch text := said.(type) {
		case string:
			switch {
			case isZone:
				c.zones[zone] = text
			case known:
				c.messages[key] = words{other: text}
			}
		case map[string]any:
			w, ok := pluralWords(text)
			if !ok || isZone {
				report(key, "bad-value", diag.Textf("a message must be a text"), diag.Textf("put it in quotation marks"))
				continue
			}
			if known {
				c.messages[key] = w
			}
		default:
			report(key, "bad-value", diag.Textf("a message must be a text"), diag.Textf("put it in quotation marks"))
			continue
		}
		if !known && !isZone {
			hint := diag.Textf("i18n/en.toml of the theme \"plain\" has them all")
			if near := tomldoc.Nearest(key, slices.Sorted(maps.Keys(c.messages))); near != "" {
				hint = diag.Textf("did you mean \"%s\"?", near)
			}
			report(key, "unknown-key", diag.Textf("the theme has no message \"%s\"", key), hint)
		}
	}
	return found
}

// pluralWords reads the forms of a message.
func pluralWords(forms map[string]any) (words, bool) {
	w := words{forms: map[plural.Form]string{}}
	for category, text := range forms {
		form, known := pluralForms()[category]
		said, ok := text.(string)
		if !known || !ok {
			return w, false
		}
		w.forms[form] = said
	}
	w.other = w.forms[plural.Other]
	return w, w.other != ""
}

func pluralForms() map[string]plural.Form {
	return map[string]plural.Form{"zero": plural.Zero, "one": plural.One, "two": plural.Two, "few": plural.Few, "many": plural.Many, "other": plural.Other}
}

// latin is a language that writes its numbers with the digits 0 to 9, as dates
// and clocks on the pages are written.
func latin(tag language.Tag) language.Tag {
	with, err := tag.SetTypeForKey("nu", "latn")
	if err != nil {
		return tag
	}
	return with
}

// Language names another language in this one: "Simplified Chinese".
func (c *Catalogue) Language(tag string) string {
	if namer := display.Tags(c.language); namer != nil {
		if name := namer.Name(language.Make(tag)); name != "" {
			return name
		}
	}
	return tag
}

// Tenths writes a number with one digit behind the point.
func (c *Catalogue) Tenths(v float64) string {
	return c.printer.Sprint(number.Decimal(v, number.Scale(1)))
}

// List writes several things in a row, by the patterns of CLDR for lists.
func (c *Catalogue) List(items []string) string {
	switch len(items) {
	case 0:
		return ""
	case 1:
		return items[0]
	case 2:
		return c.Must("lists.two", items[0], items[1])
	}
	text := items[0]
	for _, item := range items[1 : len(items)-1] {
		text = c.Must("lists.middle", text, item)
	}
	return c.Must("lists.last", text, items[len(items)-1])
}

// Say returns the message at key, such as "status.resolved", with {0}, {1} …
// replaced by args. The first whole number among args chooses the plural form. A
// key that is missing is an error, which stops the page.
func (c *Catalogue) Say(key string, args ...any) (string, error) {
	w, ok := c.messages[key]
	if !ok {
		return "", fmt.Errorf("i18n/%s.toml has no message %q", c.Tag, key)
	}
	text := w.other
	if w.forms != nil {
		for _, a := range args {
			if n, ok := a.(int); ok {
				if form, ok := w.forms[plural.Cardinal.MatchPlural(c.language, n%10_000_000, 0, 0, 0, 0)]; ok {
					text = form
				}
				break
			}
		}
	}
	return c.insert(text, args), nil
}

// Must is Say for the keys that Load has checked.
func (c *Catalogue) Must(key string, args ...any) string {
	text, err := c.Say(key, args...)
	if err != nil {
		panic("theme: " + err.Error())
	}
	return text
}

func (c *Catalogue) insert(text string, args []any) string {
	if len(args) == 0 || !strings.Contains(text, "{") {
		return text
	}
	var b strings.Builder
	for {
		open := strings.IndexByte(text, '{')
		if open < 0 || open+2 >= len(text) {
			break
		}
		n := int(text[open+1] - '0')
		if text[open+2] != '}' || n < 0 || n >= len(args) {
			b.WriteString(text[:open+1])
			text = text[open+1:]
			continue
		}
		b.WriteString(text[:open])
		b.WriteString(c.value(args[n]))
		text = text[open+3:]
	}
	b.WriteString(text)
	return b.String()
}

// value writes numbers in the language's form from four digits on.
func (c *Catalogue) value(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case int:
		if v > -1000 && v < 1000 {
			return strconv.Itoa(v)
		}
		return c.printer.Sprint(number.Decimal(v))
	}
	return fmt.Sprint(v)
}
