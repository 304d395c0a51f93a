package calendar

import (
	"cmp"
	"time"

	"candor/generator/domain"
	"candor/generator/fileset"
	"candor/generator/input/content"
	"candor/generator/output"
	"candor/generator/output/theme"
	"candor/generator/site"
	"candor/generator/site/config"
	"candor/generator/site/incident"
)

// New makes the Output of calendars.
func New(f *site.Frame, _ *theme.Theme) output.Output { return &calendars{f} }

type calendars struct{ frame *site.Frame }

// dated is an entry with the time at which readers were told of it last.
type dated struct {
	Entry
	told time.Time
}

// Incident makes the calendars of an incident, and shares their entries by language.
func (o *calendars) Incident(inc *site.Incident) output.Part {
	settings := o.frame.Settings
	shared := make([][]dated, len(settings.Languages))
	if settings.BaseURL == "" {
		return output.Part{Share: shared}
	}
	var part output.Part
	for i, l := range settings.Languages {
		entries := o.entries(l, inc)
		part.Files = append(part.Files, o.calendar(l, inc.Slug+"/", title(l, inc), entries))
		if !inc.Front.Drill {
			shared[i] = entries
		}
	}
	part.Share = shared
	return part
}

// Site makes the calendars of the site.
func (o *calendars) Site(_ *site.Site, parts []output.Part) output.Part {
	if o.frame.Settings.BaseURL == "" {
		return output.Part{}
	}
	var part output.Part
	for i, l := range o.frame.Settings.Languages {
		var entries []dated
		for _, shared := range output.Shares[[][]dated](parts) {
			entries = append(entries, shared[i]...)
		}
		part.Files = append(part.Files, o.calendar(l, "", l.Title, entries))
	}
	return part
}

// entries are what readers of an incident wait for, in a language.
func (o *calendars) entries(l config.Language, inc *site.Incident) []dated {
	words := l.Words()
	told := inc.Known
	for _, u := range inc.Updates {
		told = u.Time
	}
	mark := ""
	if inc.Front.Drill {
		mark = words.Must("drill.mark") + ": "
	}
	var list []dated
	for _, owed := range inc.Owed() {
		what := ""
		switch {
		case owed.Duty == domain.DutyUpdate && owed.Due.Equal(inc.Next.At):
			what = words.Must("incident.next-update")
		case owed.Duty == domain.DutyPromise:
			what = promise(l.Tag, inc, owed)
		default:
			continue // it is for editors
		}
		address := o.frame.Addresses.In(l.Tag, o.frame.Settings).Canonical(inc.Slug + "/")
		list = append(list, dated{Entry{owed, mark + what + words.Must("page.dot") + title(l, inc), address}, told})
	}
	return list
}

// promise says what was promised: in the language if there is a translation that says it, else as it was written.
func promise(tag string, inc *site.Incident, owed incident.Owed) string {
	for _, doc := range inc.Source.All {
		if doc.Place.Lang != tag || doc.Front.Draft || owed.ID == "" {
			continue
		}
		for _, task := range doc.Tasks {
			if task.ID == owed.ID {
				return task.Plain
			}
		}
	}
	return owed.What
}

func title(l config.Language, inc *site.Incident) string {
	translated := content.Front{}
	if doc := inc.Index.Translations[l.Tag]; doc != nil {
		translated = doc.Front
	}
	return cmp.Or(translated.Title, inc.Front.Title)
}

func (o *calendars) calendar(l config.Language, path, name string, list []dated) fileset.File {
	entries, told := make([]Entry, len(list)), map[string]time.Time{}
	for i, e := range list {
		entries[i], told[e.Owed.Incident] = e.Entry, e.told
	}
	data := write(name, entries, func(e Entry) time.Time { return told[e.Owed.Incident] }, false)
	return fileset.NewFile(o.frame.Addresses.In(l.Tag, o.frame.Settings).Path(path+"calendar.ics"), data)
}
