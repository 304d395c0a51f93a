package theme

import (
	"maps"
	"path"
	"slices"
	"strings"

	"candor/generator/diag"
	"candor/generator/fileset"
	"candor/generator/input/tomldoc"
)

// Layer is the files of one theme, without those of the theme that it extends. Their paths begin at
// its own folder; Root goes before them in findings.
type Layer struct {
	Root  string
	Files fileset.Set
}

const settingsFile = "theme.toml"

// Layers returns a theme and, behind it, those that it extends, each with the files that are its own. All
// are below their names in themes. It reports a theme that is not there, and a circle.
func Layers(themes fileset.Set, name string) ([]Layer, diag.List) {
	var list []Layer
	var names []string
	for name != "" {
		names = append(names, name)
		layer := Layer{Root: path.Join("themes", name), Files: themes.In(name)}
		list = append(list, layer)
		src := layer.source(settingsFile)
		_, table := tomldoc.Parse(src, 0, len(src.Data))
		if table == nil {
			break // what is wrong with it is reported when it is loaded
		}
		if name = table.String("extends"); name == "" {
			break
		}
		at := func(message, hint diag.Text) diag.List {
			from, to := tomldoc.Locate(src.Data, 0, len(src.Data), "extends")
			return diag.List{src.At(from, to, "bad-value", message, hint)}
		}
		switch {
		case slices.Contains(names, name):
			return list, at(diag.Textf("this theme extends itself: %s", diag.Names(append(names, name))),
				diag.Textf("remove extends from one of them"))
		case themes.In(name).Len() == 0:
			return list, at(diag.Textf("there is no theme \"%s\"", name),
				tomldoc.Meant(name, Names(themes), diag.Textf("make the folder themes/%s beside the content", name)))
		}
	}
	return list, nil
}

// Names returns the names of all themes.
func Names(themes fileset.Set) (names []string) {
	for f := range themes.All() {
		name, _, inFolder := strings.Cut(f.Path, "/")
		if inFolder && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// Sum tells layers apart.
func Sum(layers []Layer) fileset.Sum {
	var sums []byte
	for _, l := range layers {
		sum := l.Files.Sum()
		sums = append(append(sums, l.Root...), sum[:]...)
	}
	return fileset.SumOf(sums)
}

func (l Layer) source(name string) diag.Source {
	f, _ := l.Files.Get(name)
	return diag.Source{Path: l.Root + "/" + name, Data: f.Data}
}

// source returns a file of the theme, with the path of the layer that has it.
func (t *Theme) source(name string) diag.Source {
	for _, l := range t.layers {
		if _, ok := l.Files.Get(name); ok {
			return l.source(name)
		}
	}
	return t.layers[0].source(name)
}

// Property is a custom property of a theme's style sheet, with its default.
type Property struct{ Name, Value string }

// Properties returns those of a theme and of what it extends, by their names.
func Properties(themes fileset.Set, name string) []Property {
	layers, _ := Layers(themes, name)
	values := map[string]string{}
	for _, l := range slices.Backward(layers) {
		src := l.source(settingsFile)
		_, table := tomldoc.Parse(src, 0, len(src.Data))
		properties := table.Table("properties")
		for _, key := range properties.Keys() {
			values[key] = properties.String(key)
		}
	}
	var list []Property
	for _, key := range slices.Sorted(maps.Keys(values)) {
		list = append(list, Property{key, values[key]})
	}
	return list
}
