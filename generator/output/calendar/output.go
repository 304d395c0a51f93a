package calendar

import (
	"bytes"
	"cmp"
	"time"

	"candor/generator/domain"
	"candor/generator/fileset"
	"candor/generator/output"
	"candor/generator/output/theme"
	"candor/generator/site"
	"candor/generator/site/config"
	"candor/generator/site/incident"
)

// New makes the Output of calendars.
func New(f *site.Frame, _ *theme.Theme) output.Output { return &calendars{f} }

type calendars struct{ frame *site.Frame }

// Incident makes the calendars of an incident, and shares their entries by language.
func (o *calendars) Incident(inc *site.Incident) output.Part {
	settings := o.frame.Settings
	shared := make([][]byte, len(settings.Languages))
	if settings.BaseURL == "" {
		return output.Part{Share: shared}
	}
	told := inc.Known
	for _, u := range inc.Updates {
		told = u.Time
	}
	var part output.Part
	for i, l := range settings.Languages {
		data := write(title(l, inc), o.entries(l, inc), told, false)
		part.Files = append(part.Files, o.file(l, inc.Slug+"/", data))
		if !inc.Front.Drill {
			shared[i] = events(data)
		}
	}
	part.Share = shared
	return part
}

// Site makes the calendars of the site.
func (o *calendars) Site(_ []*site.Page, parts []output.Part) output.Part {
	if o.frame.Settings.BaseURL == "" {
		return output.Part{}
	}
	var part output.Part
	shares := output.Shares[[][]byte](parts)
	for i, l := range o.frame.Settings.Languages {
		empty := write(l.Title, nil, time.Time{}, false)
		end := bytes.LastIndex(empty, []byte(endCalendar))
		all := [][]byte{empty[:end]}
		for _, shared := range shares {
			all = append(all, shared[i])
		}
		part.Files = append(part.Files, o.file(l, "", bytes.Join(append(all, empty[end:]), nil)))
	}
	return part
}

const (
	beginEvent  = "BEGIN:VEVENT\r\n"
	endCalendar = "END:VCALENDAR\r\n"
)

// events returns the events of a calendar as they are written in it.
func events(calendar []byte) []byte {
	from := bytes.Index(calendar, []byte(beginEvent))
	if from < 0 {
		return nil
	}
	return calendar[from:bytes.LastIndex(calendar, []byte(endCalendar))]
}

// entries are what readers of an incident wait for, in a language.
func (o *calendars) entries(l config.Language, inc *site.Incident) []Entry {
	words := l.Words()
	mark := ""
	if inc.Front.Drill {
		mark = words.Must("drill.mark") + ": "
	}
	var list []Entry
	for _, owed := range inc.Owed() {
		what := ""
		switch {
		case owed.Duty == domain.DutyUpdate && owed.Due.Equal(inc.Next.At):
			what = words.Must("incident.next-update")
		case owed.Duty == domain.DutyPromise:
			what = promise(l.Tag, inc, owed)
		case owed.Duty == domain.DutyStart:
			what = words.Must("maintenance.starts")
		case owed.Duty == domain.DutyEnd:
			what = words.Must("maintenance.ends")
		default:
			continue // it is for editors
		}
		address := o.frame.Addresses.In(l.Tag, o.frame.Settings).Canonical(inc.Slug + "/")
		list = append(list, Entry{owed, mark + what + words.Must("page.dot") + title(l, inc), address})
	}
	return list
}

// promise says what was promised: in the language if there is a translation that says it, else as
// it was written.
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
	return cmp.Or(inc.Index.In(l.Tag).Front.Title, inc.Front.Title)
}

func (o *calendars) file(l config.Language, path string, data []byte) fileset.File {
	return fileset.NewFile(o.frame.Addresses.In(l.Tag, o.frame.Settings).Path(path+"calendar.ics"), data)
}
