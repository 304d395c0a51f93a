package site

import (
	"path"
	"slices"
	"strconv"
	"strings"

	"candor/generator/input/picture"
	"candor/generator/site/incident"
)

// Pictures are files that texts show, by their paths in the content folder.
type Pictures map[string]*picture.Picture

// Pictures returns the files that the links show; nil if there are none.
func (l Links) Pictures() Pictures {
	var shown Pictures
	for _, t := range l {
		if t.Picture != nil {
			if shown == nil {
				shown = Pictures{}
			}
			shown[t.source] = t.Picture
		}
	}
	return shown
}

// Show notes which files of the incident texts show, wherever these texts are. Only what was made to
// be shown of such a file is published, also where the file is offered for download.
func (i *Incident) Show(shown Pictures) {
	i.Pictures, i.Files, i.Smaller = shown, nil, nil
	if i.Incident == nil {
		return
	}
	i.Files = slices.Clone(i.Evidence)
	for n := range i.Files {
		e := &i.Files[n]
		p := shown[e.File.Path]
		if p == nil {
			continue
		}
		published := p.Published()
		if published.Problem.Format != "" {
			continue // only a text that is not published may show it
		}
		e.File.Data, e.File.Sum = published.File.Data, published.File.Sum
		if published.Small.Data != nil {
			small := published.Small
			small.Path = i.targets.bySource[e.File.Path].Smaller
			i.Smaller = append(i.Smaller, small)
		}
	}
}

// smallerNames returns what the smaller ones of pictures are called, by the names of these: a name
// that no other file has. It is missing if there may be none.
func smallerNames(files []incident.Evidence) map[string]string {
	var names map[string]string
	for _, f := range files {
		if !picture.Resizes(f.Name) {
			continue
		}
		if names == nil {
			names = make(map[string]string, len(files))
		}
		ending := path.Ext(f.Name)
		stem := strings.TrimSuffix(f.Name, ending) + "-" + strconv.Itoa(picture.Small) + "w"
		name := stem + ending
		for n := 2; taken(files, name); n++ {
			name = stem + "-" + strconv.Itoa(n) + ending
		}
		names[f.Name] = name
	}
	return names
}

// taken reports whether a file has a name, on disks that do not tell case apart.
func taken(files []incident.Evidence, name string) bool {
	return slices.ContainsFunc(files, func(e incident.Evidence) bool { return strings.EqualFold(e.Name, name) })
}
