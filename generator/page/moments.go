package page

import (
	"net/url"
	"slices"
	"strconv"
	"time"

	"candor/generator/chart"
	"candor/generator/figures"
	"candor/generator/incident"
)

// reportEvents is up to how many outside events a report lists.
const reportEvents = 100

// moments merges updates and outside events into one timeline, oldest first, with
// a mark on the charts for each. Omitted is how many events there is no room for.
func (w *work) moments(steps map[*incident.Update]step) (list []Moment, marks []chart.Mark, omitted int) {
	own := w.milestones()
	events, omitted := w.events()
	for len(own) > 0 || len(events) > 0 {
		var m Moment
		mark := chart.Mark{Kind: chart.Outside, Number: len(list) + 1}
		if len(events) == 0 || len(own) > 0 && !events[0].Time.Before(own[0].Time) {
			m, mark.Kind, mark.Time = w.ownMoment(own[0], steps[own[0]]), chart.Own, own[0].Time
			own = own[1:]
		} else {
			m, mark.Time = w.event(events[0]), events[0].Time
			events = events[1:]
		}
		m.Number, m.ID = mark.Number, "moment-"+strconv.Itoa(mark.Number)
		list, marks = append(list, m), append(marks, mark)
	}
	return list, marks, omitted
}

func (w *work) ownMoment(u *incident.Update, s step) Moment {
	e := w.entryOf(u)
	m := Moment{Own: true, Time: e.Time, KindWord: e.KindWord, Title: e.Title, Lang: e.Lang, URL: e.URL, Clock: s.text, Late: s.late}
	for _, c := range u.Corrections {
		m.Corrections = append(m.Corrections, *w.entryOf(c))
	}
	return m
}

func (w *work) event(e figures.Event) Moment {
	m := Moment{Time: w.when(w.inc, e.Time), KindWord: w.words.Must("events." + string(e.Kind)), Title: e.Text, Lang: w.original(), Source: e.Source, SourceLang: w.original()}
	text, source, hasText, hasSource := e.In(w.lang.Tag)
	if hasText {
		m.Title, m.Lang = text, ""
	}
	if u, err := url.Parse(e.Link); e.Link != "" && err == nil {
		m.Source, m.SourceURL, m.SourceLang = u.Host, e.Link, ""
	} else if hasSource {
		m.Source, m.SourceLang = source, ""
	}
	return m
}

// original is the language of what has no translation, such as the words in CSV
// files; empty where it is the page's.
func (w *work) original() string {
	if w.lang.Tag == w.site.DefaultLanguage {
		return ""
	}
	return w.site.DefaultLanguage
}

// events are the outside events that a report lists: of too many, those first that
// readers cannot do without, and of a kind that does not fit whole, some of its
// beginning, its middle and its end.
func (w *work) events() (list []figures.Event, omitted int) {
	if w.inc.Figures == nil || w.inc.Figures.Timeline == nil {
		return nil, 0
	}
	all := w.inc.Figures.Timeline.Events
	if len(all) <= reportEvents {
		return all, 0
	}
	for _, kind := range [...]figures.Kind{figures.Authority, figures.Media, figures.Action, figures.Feeling, figures.Spread} {
		var of []figures.Event
		for _, e := range all {
			if e.Kind == kind {
				of = append(of, e)
			}
		}
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

// step is how an update came against its clock.
type step struct {
	text string
	late bool
}

// against holds the first response against its clock, and every further update
// against the time that the one before promised, or else against the cadence.
// After the resolution only what was promised counts.
func (w *work) against() map[*incident.Update]step {
	inc := w.inc
	steps := make(map[*incident.Update]step, len(inc.Updates))
	level, open := max(1, inc.Front.Level), true
	var before *incident.Update
	for _, u := range inc.Updates {
		switch {
		case u == inc.First.Came:
			steps[u] = step{w.response(), inc.First.Late}
		case before != nil && !before.Next.IsZero():
			steps[u] = w.promised(before.Next, u.Time)
		case before != nil && open:
			steps[u] = w.within(level, before.Time, u)
		}
		if u.Level > 0 {
			level = u.Level
		}
		if s := u.Doc.Front.Status; s != "" {
			open = s != "resolved"
		}
		before = u
	}
	return steps
}

func (w *work) promised(due, came time.Time) step {
	if late := came.Sub(due); late > 0 {
		return step{w.words.Must("clock.late", w.words.Duration(late), w.short(due)), true}
	}
	return step{w.words.Must("clock.in-time", w.short(due)), false}
}

// within holds an update against the cadence of the phase.
func (w *work) within(level int, before time.Time, u *incident.Update) step {
	until, allowed := incident.Silence(w.site.Cadence, level, w.inc.Known, before)
	key := "clock.within"
	if u.Time.After(until) {
		key = "clock.beyond"
	}
	return step{w.words.Must(key, w.words.Duration(u.Since), w.words.Duration(allowed)), u.Time.After(until)}
}

// inTime counts the updates that had a clock, and those of them that kept it.
func inTime(steps map[*incident.Update]step) (kept, all int) {
	for _, s := range steps {
		if all++; !s.late {
			kept++
		}
	}
	return kept, all
}

// byDay puts moments under their days.
func byDay(list []Moment) []MomentDay {
	var days []MomentDay
	for _, m := range list {
		iso := m.Time.ISO[:len("2026-11-04")]
		if n := len(days); n == 0 || days[n-1].ISO != iso {
			days = append(days, MomentDay{Date: m.Time.Day, ISO: iso})
		}
		day := &days[len(days)-1]
		day.Moments = append(day.Moments, m)
	}
	return days
}
