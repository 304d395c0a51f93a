// Package config reads site.toml into a Site: who publishes, in which languages
// and zone, by which clocks and rules.
//
// The five types, the clocks and the cadence of the playbook are built in; site.toml adds to them
// or overrides them, by a profile as a whole or one by one. The package refuses unknown keys, an
// unknown zone, a language that is not a BCP 47 tag and two persons with one id, with diagnostics.
// It returns a usable Site all the same, so that one run finds all faults.
package config

import (
	"cmp"
	"slices"
	"time"

	"candor/generator/diag"
	"candor/generator/domain"
	"candor/generator/input/content"
	"candor/generator/input/tomldoc"
	"candor/generator/message"
)

// Site is what site.toml says, with the defaults filled in.
type Site struct {
	Title           string
	Organisation    string
	Summary         string
	BaseURL         string // absolute, ends in "/"; empty if not given
	DefaultLanguage string // BCP 47
	Zone            *time.Location
	Theme           string
	PageSize        int
	RequireApproval bool
	At              time.Time // frozen instant; zero if the site is not frozen
	Languages       []Language
	Contacts        []content.Contact
	Services        []content.Service
	Persons         []Person
	Types           map[string]Type
	Clocks          Clocks
	Cadence         Cadence
	Thresholds      Thresholds
	Show            []string // figures on progress pages, if an incident does not say otherwise
	Rules           map[string]diag.Severity
	Security        Security
	Copies          Copies
	Posting         Posting
	Deploy          map[string]Deploy // targets by name
	Params          map[string]any
	Unread          bool // site.toml could not be read: these are the defaults, and what depends on it is unknown

	source diag.Source
}

// Language is one language of the site, the default one first.
type Language struct {
	Tag          string // BCP 47, as file names carry it
	Name         string // in the language itself
	Dir          string // "ltr" or "rtl"
	Title        string // the site's title in it
	TitleLang    string // the default language's tag, if Title is not translated
	Organisation string
	Summary      string

	// What site.toml says once for all languages, in this one.
	Contacts   []content.Contact // of the contact with the same value
	Services   []content.Service // of the service with the same id
	Persons    map[string]Person // name and role, by id
	TypeLabels map[string]string // by id

	// Messages are the site's own words for those of the generator or the theme, by their keys,
	// such as "status.resolved".
	Messages map[string]message.Forms
}

// Person is somebody who may speak or approve.
type Person struct {
	ID, Name, Role string
	MaySpeak       bool
	MayApprove     bool
}

// Type is a kind of crisis with its clock (playbook §1).
type Type struct {
	ID            string
	Label         string        // of a type that site.toml adds; the theme words the built-in ones
	FirstResponse time.Duration // from when the organisation learned of it
	Strategy      string
	Must          []domain.Section // that the page must have
}

// builtinTypes are the five of the playbook (§1). Must names the sections in
// which the page offers what the playbook asks of the type.
func builtinTypes() map[string]Type {
	hours := func(n int) time.Duration { return time.Duration(n) * time.Hour }
	return map[string]Type{
		domain.TypeProductQuality: {ID: domain.TypeProductQuality, FirstResponse: hours(4),
			Strategy: "admit, recall, compensate",
			Must:     []domain.Section{domain.SectionWhatHappened, domain.SectionRemedy, domain.SectionWhatYouCanDo}},
		domain.TypeFalseAdvertising: {ID: domain.TypeFalseAdvertising, FirstResponse: hours(8),
			Strategy: "evidence, explanation, commitment",
			Must:     []domain.Section{domain.SectionWhatHappened, domain.SectionKnown, domain.SectionShortTerm}},
		domain.TypeRemarks: {ID: domain.TypeRemarks, FirstResponse: hours(12), Strategy: "apologise, own it, reflect",
			Must: []domain.Section{domain.SectionWhatHappened, domain.SectionShortTerm, domain.SectionLongTerm}},
		domain.TypeAttack: {ID: domain.TypeAttack, FirstResponse: hours(24), Strategy: "evidence, clarify, defend rights",
			Must: []domain.Section{domain.SectionWhatHappened, domain.SectionKnown}},
		domain.TypeExperience: {ID: domain.TypeExperience, FirstResponse: hours(24), Strategy: "listen, solve, improve",
			Must: []domain.Section{domain.SectionWhatHappened, domain.SectionRemedy, domain.SectionLongTerm}},
	}
}

// Default returns the Site of an empty site.toml, in UTC and English.
func Default() *Site {
	return &Site{
		DefaultLanguage: "en",
		Zone:            time.UTC,
		Theme:           "plain",
		PageSize:        20,
		Languages:       []Language{{Tag: "en", Name: "English", Dir: "ltr"}},
		Types:           builtinTypes(),
		Clocks:          defaultClocks(),
		Cadence:         defaultCadence(),
		Thresholds:      defaultThresholds(),
		Rules:           map[string]diag.Severity{},
	}
}

// Person returns the person with the id.
func (s *Site) Person(id string) (Person, bool) {
	for _, p := range s.Persons {
		if p.ID == id {
			return p, true
		}
	}
	return Person{}, false
}

// Service returns the service of the site with the id.
func (s *Site) Service(id string) (content.Service, bool) {
	i := slices.IndexFunc(s.Services, func(service content.Service) bool { return service.ID == id })
	if i < 0 {
		return content.Service{}, false
	}
	return s.Services[i], true
}

// AllTags returns all languages, the default one first.
func (s *Site) AllTags() []string {
	tags := make([]string, len(s.Languages))
	for i, l := range s.Languages {
		tags[i] = l.Tag
	}
	return tags
}

// Tags returns the languages other than the default one.
func (s *Site) Tags() []string {
	return slices.DeleteFunc(s.AllTags(), func(tag string) bool { return tag == s.DefaultLanguage })
}

// LanguageOf returns the tag of the language that the file at a place is in.
func (s *Site) LanguageOf(place content.Place) string {
	return cmp.Or(place.Lang, s.DefaultLanguage)
}

// Person returns a person with name and role in the language.
func (l Language) Person(p Person) Person {
	words := l.Persons[p.ID]
	p.Name, p.Role = cmp.Or(words.Name, p.Name), cmp.Or(words.Role, p.Role)
	return p
}

// Words returns the generator's words for readers in the language, with the site's own words over
// them. For those of a theme as well, see theme.Words.
func (l Language) Words() *message.Words { return message.Reader(l.Tag).With(l.Messages) }

// Language returns the site's words in the language with the tag.
func (s *Site) Language(tag string) Language {
	for _, l := range s.Languages {
		if l.Tag == tag {
			return l
		}
	}
	return s.Languages[0]
}

// AtKey makes an error at the value of a key of site.toml, such as "params.accent".
func (s *Site) AtKey(key, rule string, message, hint diag.Text) diag.Diagnostic {
	from, to := tomldoc.Locate(s.source.Data, 0, len(s.source.Data), key)
	return s.source.At(from, to, rule, message, hint)
}
