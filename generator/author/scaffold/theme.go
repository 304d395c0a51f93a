package scaffold

import (
	"slices"
	"strings"

	"candor/generator/message"
	"candor/generator/output/theme"
)

// Theme asks for a new theme.
type Theme struct {
	Name    string
	Extends string // the theme that it extends
}

// themeView is what the archetypes of a theme get.
type themeView struct {
	Theme
	Properties []theme.Property
}

// Theme makes a theme that changes nothing yet. Paths begin at the folder of all themes.
func (m *Maker) Theme(req Theme) (Made, error) {
	names := theme.Names(m.Themes)
	switch {
	case req.Name == "" || strings.Trim(req.Name, "abcdefghijklmnopqrstuvwxyz0123456789-") != "":
		return Made{}, message.Errorf("a theme cannot be called %q\nwrite lower-case letters, digits and hyphens", req.Name)
	case slices.Contains(names, req.Name):
		return Made{}, message.Errorf("there is a theme %q already\ngive yours another name", req.Name)
	case !slices.Contains(names, req.Extends):
		return Made{}, message.Errorf("there is no theme %q\none of: %s", req.Extends, message.List(names))
	}
	v := themeView{Theme: req, Properties: theme.Properties(m.Themes, req.Extends)}
	files, err := m.archetypes().files(v, map[string]bool{},
		starter{req.Name + "/theme.toml", "theme/theme.toml"}, starter{req.Name + "/assets/more.css", "theme/more.css"})
	return Made{Files: files}, err
}
