package scaffold

import (
	"strings"
	"time"

	"golang.org/x/text/language"

	"candor/generator/diag"
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
}

// SiteLanguages returns the languages that a new site can begin in.
func SiteLanguages(themes fileset.Set) []string {
	var list []string
	for _, tag := range languages(themes, plain, "site/site.toml") {
		list = append(list, tag.String())
	}
	return list
}

// Make makes the site. Its paths begin at the site's own folder, of which
// content is one part. There is no folder for incidents in it, because a set
// holds files: whoever writes it makes one.
func (s Site) Make(themes fileset.Set, zones config.Zones) (Made, error) {
	lang, err := siteLanguage(themes, s.Lang)
	if err != nil {
		return Made{}, err
	}
	s.Lang = lang
	if _, err := zones(s.Zone); err != nil || s.Zone == "Local" || s.Zone == "" {
		return Made{}, message.Errorf("there is no time zone %q\nwrite a name of the IANA list such as --time-zone Asia/Shanghai, Europe/London or UTC", s.Zone)
	}
	s.Title, s.Organisation = strings.TrimSpace(s.Title), strings.TrimSpace(s.Organisation)
	var files []fileset.File
	for _, f := range [...][2]string{
		{".gitignore", "site/gitignore"},
		{"README.md", "site/README.md"},
		{"content/site.toml", "site/site.toml"},
		{"content/pages/about.md", "site/about.md"},
	} {
		data, err := render(themes, plain, f[1], lang, s, map[string]bool{})
		if err != nil {
			return Made{}, err
		}
		files = append(files, fileset.NewFile(f[0], data))
	}
	return Made{Files: fileset.Must(files)}, checkSite(files[2], zones)
}

// siteLanguage returns the language of the archetypes that tag means: "zh" means
// "zh-Hans".
func siteLanguage(themes fileset.Set, tag string) (string, error) {
	have := languages(themes, plain, "site/site.toml")
	want, err := language.Parse(tag)
	if err == nil && len(have) > 0 {
		if _, i, confidence := language.NewMatcher(have).Match(want); confidence >= language.High {
			return have[i].String(), nil
		}
	}
	return "", message.Errorf("a new site cannot begin in %q\nwrite --lang with one of: %s; other languages can be added to site.toml", tag, strings.Join(SiteLanguages(themes), ", "))
}

// checkSite holds a new site.toml to what a build wants of it, so that a title
// with a control character is refused here and not after the site is written.
func checkSite(file fileset.File, zones func(string) (*time.Location, error)) error {
	if _, found := config.Read(file, zones); found.HasErrors() {
		return Faults(append(diag.List(nil), found...))
	}
	return nil
}
