package theme

import (
	"image/color"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/image/colornames"

	"candor/generator/diag"
	"candor/generator/site/config"
)

// property is a custom property: its value, and where that is written.
type property struct {
	value string
	ours  bool // in site.toml
	at    func(rule string, message, hint diag.Text) diag.Diagnostic
}

// leastContrast is what text needs on its ground (WCAG 2.2, 1.4.3).
const leastContrast = 4.5

// Contrast finds colours of a site that cannot be read on their ground, without loading its theme. A
// theme that has faults finds them when it is loaded.
func Contrast(layers []Layer, site *config.Site) diag.List {
	t := &Theme{layers: layers}
	properties, found := t.readProperties(site)
	if found.HasErrors() {
		return nil
	}
	return t.contrast(properties)
}

// contrast reports texts with too little contrast on what the theme puts them on. Of the two colours, the
// one in site.toml is reported. What is no plain colour, such as a mixture, is not judged.
func (t *Theme) contrast(properties map[string]property) diag.List {
	var found diag.List
	for _, ground := range slices.Sorted(maps.Keys(t.grounds)) {
		for _, text := range t.grounds[ground] {
			on, of := properties[ground], properties[text]
			a, isColour := parseColour(on.value)
			b, isColourToo := parseColour(of.value)
			ratio := contrastOf(a, b)
			if !isColour || !isColourToo || ratio >= leastContrast {
				continue
			}
			at := of.at
			if on.ours && !of.ours {
				at = on.at
			}
			found = append(found, at("contrast",
				diag.Textf("%s on %s has a contrast of %s : 1; text needs %s : 1", text, ground,
					strconv.FormatFloat(math.Floor(ratio*10)/10, 'f', 1, 64), strconv.FormatFloat(leastContrast, 'f', 1, 64)),
				diag.Textf("make the text darker or its ground lighter; on a dark ground, the other way round")))
		}
	}
	return found
}

// parseColour reads a colour that does not let anything through: #rgb, #rrggbb, rgb(…), or a name.
func parseColour(text string) (c color.RGBA, ok bool) {
	text = strings.ToLower(strings.TrimSpace(text))
	if named, ok := colornames.Map[text]; ok {
		return named, true
	}
	if hex, ok := strings.CutPrefix(text, "#"); ok {
		if len(hex) == 3 {
			hex = string([]byte{hex[0], hex[0], hex[1], hex[1], hex[2], hex[2]})
		}
		n, err := strconv.ParseUint(hex, 16, 24)
		return color.RGBA{uint8(n >> 16), uint8(n >> 8), uint8(n), 255}, err == nil && len(hex) == 6
	}
	inner, ok := strings.CutPrefix(strings.TrimSuffix(text, ")"), "rgb(")
	parts := strings.FieldsFunc(inner, func(r rune) bool { return r == ',' || r == ' ' })
	if !ok || len(parts) != 3 {
		return c, false
	}
	var rgb [3]uint8
	for i, part := range parts {
		n, err := strconv.ParseUint(part, 10, 8)
		if err != nil {
			return c, false
		}
		rgb[i] = uint8(n)
	}
	return color.RGBA{rgb[0], rgb[1], rgb[2], 255}, true
}

// contrastOf returns the ratio of two colours (WCAG 2.2, contrast ratio).
func contrastOf(a, b color.RGBA) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + .05) / (min(x, y) + .05)
}

// luminance is the relative luminance of WCAG 2.2.
func luminance(c color.RGBA) float64 {
	linear := func(n uint8) float64 {
		v := float64(n) / 255
		if v <= .04045 {
			return v / 12.92
		}
		return math.Pow((v+.055)/1.055, 2.4)
	}
	return .2126*linear(c.R) + .7152*linear(c.G) + .0722*linear(c.B)
}
