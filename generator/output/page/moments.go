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

// reportEvents is up to how many outside events a report lists.
const reportEvents = 100

// moments merges updates and outside events into one timeline, oldest first, with
// a mark on the charts for each. Omitted is how many events there is no room for.
func (w *work) moments() (list []Moment, marks []chart.Mark, omitted int) {
	own, steps := w.milestones(), w.against()
	events, omitted := w.events()
	n := len(own) + len(events)
	list, marks = make([]Moment, 0, n), make([]chart.Mark, 0, n)
	for len(own) > 0 || len(events) > 0 {
		var m Moment
		mark := chart.Mark{Kind: chart.Outside, Number: len(list) + 1}
		if len(events) == 0 || len(own) > 0 && !events[0].Time.Before(own[0].Time) {
			m, mark.Kind, mark.Time = w.ownMoment(own[0], steps[own[0].Index]), chart.Own, own[0].Time
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
	e := w.lineOf(u)
	m := Moment{Own: true, Time: e.Time, KindWord: e.KindWord, Title: e.Title, Lang: e.Lang, URL: e.URL, Clock: w.clock(u, s), Late: s.late}
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
	if w.isDefault() {
		return ""
	}
	return w.settings.DefaultLanguage
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

// step is how an update came against its clock: the first response's, the time
// that was promised, or else the cadence. The zero step had none.
type step struct {
	first   bool
	due     time.Time     // as promised
	allowed time.Duration // by the cadence
	late    bool
}

// against holds the first response against its clock, and every further update
// against the time that the one before promised, or else against the cadence.
// After the resolution only what was promised counts. The steps are in the order
// of the updates.
func (w *work) against() []step {
	inc := w.inc
	steps := make([]step, len(inc.Updates))
	rhythm, open := incident.NewRhythm(w.settings.Cadence, max(1, inc.Front.Level), inc.Known), true
	var before *incident.Update
	for i, u := range inc.Updates {
		switch {
		case u == inc.First.Came:
			steps[i] = step{first: true, late: inc.First.Late}
		case before != nil && !before.Next.IsZero():
			steps[i] = step{due: before.Next, late: u.Time.After(before.Next)}
		case before != nil && open:
			silence := rhythm.Silence(before.Time)
			steps[i] = step{allowed: silence.Allowed, late: u.Time.After(silence.Until)}
		}
		if u.Level > 0 {
			rhythm = incident.NewRhythm(w.settings.Cadence, u.Level, inc.Known)
		}
		if u.Status != "" {
			open = u.Status != domain.StatusResolved
		}
		before = u
	}
	return steps
}

// clock words how an update came against its clock.
func (w *work) clock(u *incident.Update, s step) string {
	switch {
	case s.first:
		return w.response()
	case s.late && !s.due.IsZero():
		return w.words.Must("clock.late", w.words.Duration(u.Time.Sub(s.due)), w.short(s.due))
	case !s.due.IsZero():
		return w.words.Must("clock.in-time", w.short(s.due))
	case s.late:
		return w.words.Must("clock.beyond", w.words.Duration(u.Since), w.words.Duration(s.allowed))
	case s.allowed > 0:
		return w.words.Must("clock.within", w.words.Duration(u.Since), w.words.Duration(s.allowed))
	}
	return ""
}

// inTime counts the updates that had a clock, and those of them that kept it.
func inTime(steps []step) (kept, all int) {
	for _, s := range steps {
		if s == (step{}) {
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
