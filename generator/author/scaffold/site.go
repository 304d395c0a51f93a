package scaffold

import (
	"strings"

	"candor/generator/domain"
	"candor/generator/fileset"
	"candor/generator/message"
	"candor/generator/site/config"
)

// Site asks for a new site.
type Site struct {
	Lang         string // a language that archetypes of a site exist in
	Title        string // empty for a plain one
	Organisation string
	Zone         string // IANA name
	CI           string // one of CIHosts; empty for no recipe
}

// SiteLanguages returns the languages that a new site can begin in.
func SiteLanguages(themes fileset.Set) []string {
	var list []string
	for _, tag := range plainArchetypes(themes, "").languages("site/site.toml") {
		list = append(list, tag.String())
	}
	return list
}

// Make makes the site. Its paths begin at the site's own folder, of which
// content is one part. There is no folder for incidents in it, because a set
// holds files: whoever writes it makes one. A site.toml that no build would accept, such as one whose
// title has a control character, is refused.
func (s Site) Make(themes fileset.Set, zones config.Zones) (Made, error) {
	lang, err := siteLanguage(themes, s.Lang)
	if err != nil {
		return Made{}, err
	}
	s.Lang = lang
	if _, err := zones(s.Zone); err != nil || s.Zone == "Local" || s.Zone == "" {
		return Made{}, message.Errorf("there is no time zone %q\n"+
			"write a name of the IANA list such as --time-zone Asia/Shanghai, Europe/London or UTC", s.Zone)
	}
	s.Title, s.Organisation = strings.TrimSpace(s.Title), strings.TrimSpace(s.Organisation)
	const settings = "content/" + domain.FileSite
	files, err := plainArchetypes(themes, lang).files(s, map[string]bool{},
		starter{".gitignore", "site/gitignore"}, starter{"README.md", "site/README.md"},
		starter{settings, "site/site.toml"}, starter{"content/pages/about.md", "site/about.md"})
	if err != nil {
		return Made{}, err
	}
	file, _ := files.Get(settings)
	if _, found := config.Read(file, zones); found.HasErrors() {
		return Made{Files: files}, Faults(found)
	}
	if s.CI != "" {
		added, err := recipe(s.CI)
		if err != nil {
			return Made{}, err
		}
		files = fileset.Overlay(files, added)
	}
	return Made{Files: files}, nil
}

// siteLanguage returns the language of the archetypes that tag means: "zh" means
// "zh-Hans".
func siteLanguage(themes fileset.Set, tag string) (string, error) {
	have := SiteLanguages(themes)
	if i := message.Nearest(tag, have); i >= 0 {
		return have[i], nil
	}
	return "", message.Errorf("a new site cannot be in %q\n"+
		"write --lang with one of: %s; other languages can be added to site.toml", tag, message.List(have))
}
