package page

import "candor/generator/incident"

func bilingual(works []*work) []Page { return nil }

func (w *work) bilingualLink(output string, t *incident.Texts) *Link { return nil }
