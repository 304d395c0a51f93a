package scaffold

import (
	"candor/generator/domain"
	"candor/generator/fileset"
	"candor/generator/message"
)

// Data makes those of an incident's CSV files that it lacks: metrics.csv,
// timeline.csv and cases.csv, each with its header and a row as an example.
func (m *Maker) Data(slug string) (Made, error) {
	inc, taken, err := m.open(slug)
	if err != nil {
		return Made{}, err
	}
	v := m.updateView(inc, m.now())
	var files []fileset.File
	for _, name := range [...]string{domain.FileCases, domain.FileMetrics, domain.FileTimeline} {
		path := domain.FolderIncidents + "/" + slug + "/" + name
		if _, ok := m.Content.Get(path); ok {
			continue
		}
		data, err := render(m.Themes, m.Site.Theme, name, m.Site.DefaultLanguage, v, taken)
		if err != nil {
			return Made{}, err
		}
		files = append(files, fileset.NewFile(path, data))
	}
	if len(files) == 0 {
		return Made{}, message.Errorf("%s has metrics.csv, timeline.csv and cases.csv already\nedit them", slug)
	}
	return Made{Files: fileset.Must(files)}, nil
}
