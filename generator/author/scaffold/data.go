package scaffold

import (
	"candor/generator/domain"
	"candor/generator/message"
)

// Data makes those of an incident's CSV files that it lacks: metrics.csv,
// timeline.csv and cases.csv, each with its header and a row as an example.
func (m *Maker) Data(slug string) (Made, error) {
	var missing []starter
	for _, name := range domain.DataFiles() {
		if _, ok := m.Content.Get(folder(slug) + name); !ok {
			missing = append(missing, starter{folder(slug) + name, name})
		}
	}
	made, err := m.part(slug, missing...)
	if err == nil && len(missing) == 0 {
		err = message.Errorf("%s already has metrics.csv, timeline.csv and cases.csv\nedit them", slug)
	}
	made.Open = 0
	return made, err
}
