package config

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/language"

	"candor/generator/diag"
	"candor/generator/domain"
	"candor/generator/fileset"
	"candor/generator/input/conflict"
	"candor/generator/input/content"
	"candor/generator/input/tomldoc"
	"candor/generator/message"
)

// Zones finds a time zone by its IANA name; zone.Load is one.
type Zones func(name string) (*time.Location, error)

// Read reads site.toml. The Site is never nil.
func Read(file fileset.File, zones Zones) (*Site, diag.List) {
	s := Default()
	s.source = diag.Source{Path: file.Path, Data: content.Normalise(file.Data)}
	if found := append(content.ScanText(s.source), conflict.Find(s.source)...); len(found) > 0 {
		s.Unread = true
		return s, found
	}
	doc, t := tomldoc.Parse(s.source, 0, len(s.source.Data))
	if t == nil {
		s.Unread = true
		return s, doc.Findings()
	}
	s.readNames(t)
	s.Contacts = content.ReadContacts(t)
	s.Services = content.ReadServices(t, false)
	s.readPersons(t)
	s.readTypes(t)
	s.readLanguages(t)
	s.readZone(t, zones)
	s.readSecurity(t)
	s.readCopies(t.Table("copies"))
	s.readPosting(t.Table("posting"))
	s.readDeploy(t)
	s.readProfile(t)
	s.readLimits(t)
	if params := t.Table("params"); params != nil {
		s.Params = map[string]any{}
		for _, key := range params.Keys() {
			s.Params[key] = params.Any(key)
		}
	}
	t.Done(map[string]diag.Text{
		"timezone": diag.Textf("did you mean \"%s\"?", "time_zone"),
		"language": diag.Textf("did you mean \"%s\"?", "default_language"),
	})
	return s, doc.Findings()
}

func (s *Site) readNames(t *tomldoc.Table) {
	s.Title = content.ReadText(t, "title")
	s.Organisation = content.ReadText(t, "organisation")
	s.Summary = content.ReadText(t, "summary")
	if s.Title == "" && !t.Has("title") {
		t.Report("", "bad-value", diag.Textf("title is missing"),
			diag.Textf("add title = \"…\": it is on every page"))
	}
	blank(t, "title", "base_url", "default_language", "time_zone", "theme", "profile")
	if address := t.String("base_url"); address != "" {
		base, ok := BaseURL(address)
		if !ok {
			t.Report("base_url", "bad-value", diag.Textf("base_url must be a web address, not \"%s\"", address),
				diag.Textf("write base_url = \"https://status.example.org/\""))
		}
		s.BaseURL = base
	}
	s.Theme = cmp.Or(t.String("theme"), s.Theme)
	s.PageSize = cmp.Or(t.Int("page_size", 1, 500), s.PageSize)
	s.RequireApproval = t.Bool("require_approval")
	s.Show = content.ReadShow(t)
}

// blank reports texts that say nothing where something has to be said.
func blank(t *tomldoc.Table, keys ...string) {
	for _, key := range keys {
		if t.Blank(key) {
			t.Report(key, "bad-value", diag.Textf("%s is empty", key),
				diag.Textf("say what it is, or remove this line"))
		}
	}
}

// BaseURL returns the address of a site with a slash at its end, and reports whether it is valid:
// http or https, with a host and perhaps a port that there is, without query or fragment.
func BaseURL(address string) (string, bool) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.User != nil || u.Scheme != "https" && u.Scheme != "http" ||
		strings.ContainsAny(address, "?#") || !validPort(u) {
		return "", false
	}
	return strings.TrimSuffix(u.String(), "/") + "/", true
}

// validPort reports whether an address has no port or one from 1 to 65535.
func validPort(u *url.URL) bool {
	if u.Port() == "" {
		return !strings.HasSuffix(u.Host, ":")
	}
	port, err := strconv.ParseUint(u.Port(), 10, 16)
	return err == nil && port > 0
}

// languagesLimit is how many languages a site can have.
const languagesLimit = 50

func (s *Site) readLanguages(t *tomldoc.Table) {
	s.DefaultLanguage = cmp.Or(t.String("default_language"), s.DefaultLanguage)
	if !validTag(s.DefaultLanguage) {
		t.Report("default_language", "bad-value", diag.Textf("\"%s\" is not a language", s.DefaultLanguage), tagHint())
		s.DefaultLanguage = "en"
	}
	s.Languages = []Language{{Tag: s.DefaultLanguage}}
	table := t.Table("languages")
	for i, tag := range table.Keys() {
		if i == languagesLimit {
			table.Report(tag, "bad-value", diag.Textf("there are more than %d languages", languagesLimit),
				diag.Textf("every page is made in each of them"))
			break
		}
		l := table.Table(tag)
		if l == nil {
			continue
		}
		lang := Language{
			Tag: tag, Name: content.ReadText(l, "name"), Dir: l.OneOf("dir", "ltr", "rtl"),
			Title:        content.ReadText(l, "title"),
			Organisation: content.ReadText(l, "organisation"), Summary: content.ReadText(l, "summary"),
		}
		blank(l, "title", "name")
		s.readTranslations(l, &lang)
		lang.Messages = Messages(l.Table("messages"))
		l.Done(nil)
		same := func(o Language) bool { return o.Tag != tag && strings.EqualFold(o.Tag, tag) }
		switch twice := slices.IndexFunc(s.Languages, same); {
		case !validTag(tag):
			table.Report(tag, "bad-value", diag.Textf("\"%s\" is not a language", tag), tagHint())
		case twice >= 0:
			table.Report(tag, "duplicate-id", diag.Textf("the language \"%s\" is there already", s.Languages[twice].Tag),
				diag.Textf("write its keys under [languages.%s]", s.Languages[twice].Tag))
		case tag == s.DefaultLanguage:
			s.Languages[0] = lang
		default:
			s.Languages = append(s.Languages, lang)
		}
	}
	for i := range s.Languages {
		l := &s.Languages[i]
		l.Name = cmp.Or(l.Name, l.Tag)
		l.Dir = cmp.Or(l.Dir, Direction(l.Tag))
		if l.Title == "" && i > 0 {
			l.TitleLang = s.DefaultLanguage
		}
		l.Title = cmp.Or(l.Title, s.Languages[0].Title, s.Title)
		l.Organisation = cmp.Or(l.Organisation, s.Organisation)
		l.Summary = cmp.Or(l.Summary, s.Summary)
	}
}

// readTranslations reads contacts, persons and types in another language: each
// names the one that it translates, which keeps the facts.
func (s *Site) readTranslations(l *tomldoc.Table, lang *Language) {
	lang.Contacts = content.ReadContacts(l)
	for i, c := range lang.Contacts {
		if !slices.ContainsFunc(s.Contacts, func(o content.Contact) bool { return o.Value == c.Value }) {
			l.Report(fmt.Sprintf("contact.%d.value", i), "bad-value",
				diag.Textf("no [[contact]] of the site has the value \"%s\"", c.Value),
				diag.Textf("a translated contact repeats the value of the one that it translates"))
		}
	}
	lang.Services = content.ReadServices(l, true)
	for i, translated := range lang.Services {
		if _, ok := s.Service(translated.ID); !ok {
			l.Report(fmt.Sprintf("service.%d.id", i), "bad-value",
				diag.Textf("no [[service]] of the site has the id \"%s\"", translated.ID),
				diag.Textf("a translated service repeats the id of the one that it translates"))
		}
	}
	lang.Persons, lang.TypeLabels = map[string]Person{}, map[string]string{}
	persons := l.Table("person")
	for _, id := range persons.Keys() {
		p := persons.Table(id)
		if p == nil {
			continue
		}
		if _, ok := s.Person(id); !ok {
			persons.Report(id, "bad-value", diag.Textf("nobody in site.toml has the id \"%s\"", id),
				diag.Textf("write [languages.%s.person.<id>] with the id of a [[person]]", lang.Tag))
		}
		lang.Persons[id] = Person{Name: content.ReadText(p, "name"), Role: content.ReadText(p, "role")}
		p.Done(nil)
	}
	types := l.Table("types")
	for _, id := range types.Keys() {
		if _, ok := s.Types[id]; !ok {
			types.Report(id, "bad-value", diag.Textf("there is no type \"%s\"", id),
				diag.Textf("add it under [types.%s] first", id))
		}
		lang.TypeLabels[id] = types.String(id)
	}
}

// The bounds of a message in all its forms: a page has thousands of them.
const (
	messageLimit = 4000 // bytes
	fieldsLimit  = 40
)

// Messages reads texts for readers, as a site and a theme write them: tables of tables. The theme
// checks whether they are used.
func Messages(tables *tomldoc.Table) map[string]message.Forms {
	if tables == nil {
		return nil
	}
	messages := map[string]message.Forms{}
	for _, group := range tables.Keys() {
		table := tables.Table(group)
		for _, name := range table.Keys() {
			value := table.Any(name)
			if text := fmt.Sprint(value); len(text) > messageLimit || strings.Count(text, "{") > fieldsLimit {
				table.Report(name, "bad-value", diag.Textf("this message is longer than %d bytes, or has more than %d fields",
					messageLimit, fieldsLimit), diag.Textf("say it in a few words"))
				continue
			}
			forms, fault, hint := message.Parse(group+"."+name, value)
			if fault.Format != "" {
				table.Report(name, "bad-value", fault, hint)
				continue
			}
			messages[group+"."+name] = forms
		}
	}
	return messages
}

func tagHint() diag.Text {
	return diag.Textf("write a BCP 47 tag such as zh-Hans, zh-Hant, en or ar")
}

func validTag(tag string) bool {
	_, err := language.Parse(tag)
	return err == nil && tag != "" && !strings.ContainsAny(tag, "_/ ")
}

// Direction returns the direction of the script in which a language is written
// (Unicode scripts with right-to-left characters that are in use today).
func Direction(tag string) string {
	script, _ := language.Make(tag).Script()
	if slices.Contains([]string{"Arab", "Hebr", "Thaa", "Syrc", "Nkoo", "Adlm", "Rohg"}, script.String()) {
		return "rtl"
	}
	return "ltr"
}

func (s *Site) readZone(t *tomldoc.Table, zones Zones) {
	if name := t.String("time_zone"); name != "" {
		zone, err := zones(name)
		if err != nil {
			t.Report("time_zone", "bad-value", diag.Textf("there is no time zone \"%s\"", name),
				diag.Textf("write a name of the IANA list such as Asia/Shanghai, Europe/London or UTC"))
		} else {
			s.Zone = zone
		}
	}
	at := t.Time("at")
	if !at.Exists(s.Zone) {
		t.Report("at", "bad-date", diag.Textf("the clocks of %s skip this time", s.Zone.String()),
			diag.Textf("choose a time an hour later"))
	}
	s.At = at.In(s.Zone)
}

func (s *Site) readPersons(t *tomldoc.Table) {
	for i, p := range t.Tables("person") {
		person := Person{ID: p.String("id"), Name: content.ReadText(p, "name"), Role: content.ReadText(p, "role")}
		for j, may := range p.Strings("may") {
			switch may {
			case "speak":
				person.MaySpeak = true
			case "approve":
				person.MayApprove = true
			default:
				p.Report(fmt.Sprintf("may.%d", j), "bad-value", diag.Textf("there is no permission \"%s\"", may),
					diag.Textf("one of: approve, speak"))
			}
		}
		p.Done(nil)
		_, twice := s.Person(person.ID)
		switch {
		case person.ID == "" || person.Name == "":
			t.Report(fmt.Sprintf("person.%d", i), "bad-value", diag.Textf("this person has no id or name"),
				diag.Textf("add id = \"chen\" and name = \"…\""))
		case twice:
			p.Report("id", "duplicate-id", diag.Textf("two people have the id \"%s\"", person.ID),
				diag.Textf("give each an id of its own"))
		default:
			s.Persons = append(s.Persons, person)
		}
	}
}

func (s *Site) readTypes(t *tomldoc.Table) {
	types := t.Table("types")
	for _, id := range types.Keys() {
		e := types.Table(id)
		if e == nil {
			continue
		}
		typ, builtin := s.Types[id]
		typ.ID = id
		typ.Label = cmp.Or(content.ReadText(e, "label"), typ.Label)
		typ.FirstResponse = cmp.Or(e.Duration("first_response"), typ.FirstResponse)
		typ.Strategy = cmp.Or(e.String("strategy"), typ.Strategy)
		if must := e.Strings("must"); must != nil {
			typ.Must = domain.Words[domain.Section](must)
		}
		e.Done(nil)
		if !builtin && (typ.Label == "" || typ.FirstResponse == 0 && !e.Has("first_response")) {
			types.Report(id, "bad-value", diag.Textf("the type \"%s\" has no label or no first_response", id),
				diag.Textf("add label = \"…\" and first_response = \"8h\""))
		}
		if strings.ContainsFunc(id, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '-' && r != '_' }) {
			types.Report(id, "bad-value", diag.Textf("\"%s\" cannot be the id of a type", id),
				diag.Textf("write letters, digits and hyphens, such as [types.data-leak]"))
		}
		if !builtin {
			typ.Label = cmp.Or(typ.Label, id)
		}
		typ.FirstResponse = cmp.Or(typ.FirstResponse, 24*time.Hour)
		s.Types[id] = typ
	}
}

func (s *Site) readRules(rules *tomldoc.Table) {
	known := diag.Rules()
	for _, id := range rules.Keys() {
		text := rules.OneOf(id, "error", "warning", "off")
		switch severity, ok := diag.ParseSeverity(text); {
		case !slices.Contains(known, id):
			rules.Report(id, "unknown-key", diag.Textf("there is no rule \"%s\"", id),
				tomldoc.Meant(id, known, diag.Textf("the manual lists all rules")))
		case ok && severity == diag.Off && id == "approval":
			rules.Report(id, "bad-value",
				diag.Textf(`the rule "approval" cannot be off: texts that are not approved would be missing without a warning`),
				diag.Textf("write approval = \"warning\", or remove require_approval"))
		case ok && severity != diag.Error && diag.Fixed(id):
			rules.Report(id, "bad-value", diag.Textf("the rule \"%s\" always stops publication", id),
				diag.Textf("take this line out"))
		case ok:
			s.Rules[id] = severity
		}
	}
}
