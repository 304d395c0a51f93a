package calendar

import (
	"bytes"
	"time"

	"candor/generator/domain"
	"candor/generator/fileset"
	"candor/generator/output"
	"candor/generator/output/machine"
	"candor/generator/output/theme"
	"candor/generator/site"
	"candor/generator/site/config"
	"candor/generator/site/incident"
)

// New makes the Output of calendars.
func New(f *site.Frame, _ *theme.Theme) output.Output {
	return &calendars{f.Settings, machine.Languages(f)}
}

type calendars struct {
	settings  *config.Site
	languages []*machine.Language
}

// Incident makes the calendars of an incident, and shares their events by language.
func (o *calendars) Incident(inc *site.Incident) output.Part {
	var part output.Part
	shared := make([][]byte, len(o.languages))
	for i, l := range o.languages {
		data := write(l.TitleOf(inc), o.events(l, inc))
		part.Files = append(part.Files, o.file(l, inc.Slug+"/", data))
		if !inc.Front.Drill {
			shared[i] = written(data)
		}
	}
	part.Share = shared
	return part
}

// Site makes the calendars of the site.
func (o *calendars) Site(_ *site.Site, parts []output.Part) output.Part {
	var part output.Part
	shares := output.Shares[[][]byte](parts)
	for i, l := range o.languages {
		empty := write(l.Title, nil)
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

// written returns the events of a calendar as they are written in it.
func written(calendar []byte) []byte {
	from := bytes.Index(calendar, []byte(beginEvent))
	if from < 0 {
		return nil
	}
	return calendar[from:bytes.LastIndex(calendar, []byte(endCalendar))]
}

// events are what readers of an incident wait for, in a language. What has come is there no more; a
// maintenance that will not be is cancelled.
func (o *calendars) events(l *machine.Language, inc *site.Incident) []event {
	var list []event
	add := func(id incident.Deadline, what string, d dates) {
		id.Incident = inc.Slug
		list = append(list, event{uid: uid(id), dates: d, address: l.Addresses.Canonical(inc.Slug + "/"),
			summary: l.Marked(inc, what) + l.Words.Must("page.dot") + l.NameOf(inc)})
	}
	if !inc.Next.At.IsZero() {
		add(incident.Deadline{Duty: domain.DutyUpdate}, l.Words.Must("incident.next-update"), nextUpdate(inc))
	}
	for _, p := range inc.Promises {
		if p.State == domain.PromiseOpen || p.State == domain.PromiseOverdue {
			id := incident.Deadline{Duty: domain.DutyPromise, ID: p.ID, What: p.Task.Plain}
			add(id, l.Task(inc, p).Plain, o.promised(inc, p))
		}
	}
	if m := inc.Maintenance; m != nil && (m.Phase != domain.PhaseOver || inc.Resolved.Before(m.Starts)) {
		add(incident.Deadline{Duty: domain.DutyStart}, l.Words.Must("conditions.maintenance"), o.planned(inc))
	}
	return list
}

// dates are when something is to happen, by the newest word on it.
type dates struct {
	from, to time.Time // to is zero if it has no length
	told     time.Time // when that was said
	moved    int       // how often that has changed

	cancelled bool
}

// say notes what is said at a time.
func (d *dates) say(from, to, told time.Time) {
	switch {
	case from.IsZero() && to.IsZero(), from.Equal(d.from) && to.Equal(d.to):
		return
	case !d.from.IsZero():
		d.moved++
	}
	d.from, d.to, d.told = from, to, told
}

// nextUpdate is when the next update was promised for.
func nextUpdate(inc *site.Incident) dates {
	var d dates
	for _, u := range inc.Updates {
		d.say(u.Next, time.Time{}, u.Time)
	}
	return d
}

// promised is when a promise is to be kept: the newest word on it counts here.
func (o *calendars) promised(inc *site.Incident, p *incident.Promise) dates {
	var d dates
	d.say(p.Due, time.Time{}, inc.Known)
	switch {
	case p.Made != nil:
		d.told = p.Made.Time
	case inc.Report != nil && p.Doc == inc.Report.Doc:
		d.told = inc.Report.Time
	}
	for _, u := range inc.Updates {
		for _, task := range u.Doc.Tasks {
			if p.ID != "" && task.ID == p.ID {
				d.say(task.Due.In(o.settings.Zone), time.Time{}, u.Time)
			}
		}
	}
	return d
}

// planned is when a maintenance is.
func (o *calendars) planned(inc *site.Incident) dates {
	var d dates
	zone := o.settings.Zone
	d.say(inc.Front.Starts.In(zone), inc.Front.Ends.In(zone), inc.Known)
	for _, u := range inc.Updates {
		from, to := u.Doc.Front.Starts.In(zone), u.Doc.Front.Ends.In(zone)
		if from.IsZero() {
			from = d.from
		}
		if to.IsZero() {
			to = d.to
		}
		d.say(from, to, u.Time)
	}
	if inc.Maintenance.Phase == domain.PhaseOver {
		d.cancelled, d.told, d.moved = true, inc.Resolved, d.moved+1
	}
	return d
}

func (o *calendars) file(l *machine.Language, path string, data []byte) fileset.File {
	return fileset.NewFile(l.Addresses.Path(path+"calendar.ics"), data)
}
