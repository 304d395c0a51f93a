package page

import (
	"net/url"
	"slices"
	"strconv"
	"time"

	"candor/generator/domain"
	"candor/generator/input/figures"
	"candor/generator/output/chart"
	"candor/generator/site/incident"
)

// reportEvents is how many outside events a report lists at most.
const reportEvents = 100

// moments merges updates and outside events into one timeline, oldest first, with
// a mark on the charts for each. Omitted is how many events are left out.
func (pl *incidentPlan) moments() (list []Moment, marks []chart.Mark, omitted int) {
	own, steps := pl.milestones(), pl.timings()
	events, omitted := pl.events()
	n := len(own) + len(events)
	list, marks = make([]Moment, 0, n), make([]chart.Mark, 0, n)
	for len(own) > 0 || len(events) > 0 {
		var m Moment
		mark := chart.Mark{Kind: chart.Outside, Number: len(list) + 1}
		if len(events) == 0 || len(own) > 0 && !events[0].Time.Before(own[0].Time) {
			m, mark.Kind, mark.Time = pl.ownMoment(own[0], steps[own[0].Index]), chart.Own, own[0].Time
			own = own[1:]
		} else {
			m, mark.Time = pl.event(events[0]), events[0].Time
			events = events[1:]
		}
		m.Number, m.ID = mark.Number, "moment-"+strconv.Itoa(mark.Number)
		list, marks = append(list, m), append(marks, mark)
	}
	return list, marks, omitted
}

func (pl *incidentPlan) ownMoment(u *incident.Update, s timing) Moment {
	e := pl.entryOf(u)
	m := Moment{
		Own: true, Time: e.Time, KindWord: e.KindWord, Title: e.Title, Lang: e.Lang, URL: e.URL,
		Clock: pl.clock(u, s), Late: s.late,
	}
	for _, c := range u.Corrections {
		m.Corrections = append(m.Corrections, *pl.entryOf(c))
	}
	return m
}

func (pl *incidentPlan) event(e figures.Event) Moment {
	m := Moment{
		Time: pl.when(e.Time), KindWord: pl.words.Must("events." + string(e.Kind)),
		Title: e.Text, Lang: pl.original(), Source: e.Source, SourceLang: pl.original(),
	}
	text, source := e.In(pl.lang.Tag)
	if text != "" {
		m.Title, m.Lang = text, ""
	}
	if u, err := url.Parse(e.Link); e.Link != "" && err == nil {
		m.Source, m.SourceURL, m.SourceLang = u.Host, e.Link, ""
	} else if source != "" {
		m.Source, m.SourceLang = source, ""
	}
	return m
}

// events are the outside events that a report lists: if there are too many, the most
// important kinds first, and a kind that does not fit is sampled evenly.
func (pl *incidentPlan) events() (list []figures.Event, omitted int) {
	if pl.inc.Figures == nil || pl.inc.Figures.Timeline == nil {
		return nil, 0
	}
	all := pl.inc.Figures.Timeline.Events
	if len(all) <= reportEvents {
		return all, 0
	}
	for _, kind := range [...]figures.Kind{
		figures.Authority, figures.Media, figures.Action, figures.Feeling, figures.Spread,
	} {
		others := func(e figures.Event) bool { return e.Kind != kind }
		of := slices.DeleteFunc(slices.Clone(all), others)
		for _, i := range spread(len(of), reportEvents-len(list), nil) {
			list = append(list, of[i])
		}
	}
	slices.SortStableFunc(list, func(a, b figures.Event) int { return a.Time.Compare(b.Time) })
	return list, len(all) - len(list)
}

// spread chooses at most so many of n things in a row, evenly, in order; those
// that must be among them always are.
func spread(n, most int, must []int) []int {
	if n <= most {
		all := make([]int, n)
		for i := range all {
			all[i] = i
		}
		return all
	}
	chosen := slices.Clone(must)
	if free := most - len(must); free > 1 {
		for k := range free {
			chosen = append(chosen, k*(n-1)/(free-1))
		}
	} else if free == 1 {
		chosen = append(chosen, n/2)
	}
	slices.Sort(chosen)
	return slices.Compact(chosen)
}

// timing is whether an update came on time: that of the first response, the time that
// was promised, or else the cadence. It is zero for an update without a time limit.
type timing struct {
	first   bool
	due     time.Time     // as promised
	allowed time.Duration // by the cadence
	late    bool
}

// timings compares the first response with its time limit, and every further update
// with the time that the one before promised, or else with the cadence. After the
// resolution only promised times count. They are in the order of the updates.
func (pl *incidentPlan) timings() []timing {
	inc := pl.inc
	steps := make([]timing, len(inc.Updates))
	rhythm, open := incident.NewRhythm(pl.settings.Cadence, max(1, inc.Front.Level), inc.Known), true
	var before *incident.Update
	for i, u := range inc.Updates {
		switch {
		case u == inc.First.Came:
			steps[i] = timing{first: true, late: inc.First.Late}
		case before != nil && !before.Next.IsZero():
			steps[i] = timing{due: before.Next, late: u.Time.After(before.Next)}
		case before != nil && open:
			silence := rhythm.Silence(before.Time)
			steps[i] = timing{allowed: silence.Allowed, late: u.Time.After(silence.Until)}
		}
		if u.Level > 0 {
			rhythm = incident.NewRhythm(pl.settings.Cadence, u.Level, inc.Known)
		}
		if u.Status != "" {
			open = u.Status != domain.StatusResolved
		}
		before = u
	}
	return steps
}

// clock words whether an update came on time.
func (pl *incidentPlan) clock(u *incident.Update, s timing) string {
	switch {
	case s.first:
		return pl.response()
	case s.late && !s.due.IsZero():
		return pl.words.Must("clock.late", pl.words.Duration(u.Time.Sub(s.due)), pl.short(s.due))
	case !s.due.IsZero():
		return pl.words.Must("clock.in-time", pl.short(s.due))
	case s.late:
		return pl.words.Must("clock.beyond", pl.words.Duration(u.Since), pl.words.Duration(s.allowed))
	case s.allowed > 0:
		return pl.words.Must("clock.within", pl.words.Duration(u.Since), pl.words.Duration(s.allowed))
	}
	return ""
}

// inTime counts the updates that had a time limit, and those that kept it.
func inTime(steps []timing) (kept, all int) {
	for _, s := range steps {
		if s == (timing{}) {
			continue
		}
		if all++; !s.late {
			kept++
		}
	}
	return kept, all
}

// byDay puts moments under their days.
func byDay(list []Moment) []MomentDay {
	var days []MomentDay
	from := 0
	for i := range list {
		iso := list[i].Time.ISO[:len("2026-11-04")]
		if n := len(days); n == 0 || days[n-1].ISO != iso {
			days, from = append(days, MomentDay{Date: list[i].Time.Day, ISO: iso}), i
		}
		days[len(days)-1].Moments = list[from : i+1 : i+1]
	}
	return days
}
