// Package history brings the past of a status page that another program kept into content: incidents
// and maintenance, with their updates, times, ids and services. It reads what Statuspage, cState and
// Upptime write, and makes new files from it.
//
// Each reader returns a History, which is the same for all programs. Make is a function from a site and
// a History to new files: a file that exists is never among them, so a second run makes nothing, and one
// with a newer export makes what was added. What Candor has no words for is not guessed: it is left
// out, and a Loss says what and where. All incidents are imported = true, so that no rule asks of them
// what only their time could have done.
//
// A folder is the day of an incident in UTC and its id; an update its time in UTC and its id. Both come
// from what never changes in the source, so names stay when a title is edited there.
package history

import (
	"cmp"
	"html"
	"slices"
	"strings"
	"time"
	"unicode"

	"candor/generator/domain"
	"candor/generator/input/tomldoc"
	"candor/generator/input/write"
	"candor/generator/message"
)

// History is what another program has published.
type History struct {
	Losses []Loss // in the order of the source

	incidents []*event
	services  []*service // in the order in which they appear
}

// Loss is something that Candor has no words for.
type Loss struct {
	What  message.Text
	Place string // in the source
}

// event is an incident or a maintenance.
type event struct {
	place    string
	id       string
	title    string
	level    domain.Level
	known    time.Time
	planned  bool
	starts   time.Time // of what is planned
	ends     time.Time
	affected []string // names of services of which nobody says how they were
	states   states
	body     []block
	updates  []*update
}

// update is one text about an event.
type update struct {
	place  string
	id     string
	time   time.Time
	title  string // the key of a word of readers
	kind   domain.Kind
	status domain.Status
	states states
	body   []block
}

// states are how services are, by their keys.
type states map[string]domain.Condition

// service is what a status page calls a component, a system or a site.
type service struct {
	key   string
	names []string // all that it has had, the newest last
	group string
}

// lose records what is left out at a place.
func (h *History) lose(place string, what message.Text) {
	h.Losses = append(h.Losses, Loss{what, place})
}

// service records that a service had a name.
func (h *History) service(key, name, group string) {
	name = line(name)
	at := slices.IndexFunc(h.services, func(s *service) bool { return s.key == key })
	if at < 0 {
		h.services = append(h.services, &service{key: key, names: []string{cmp.Or(name, key)}, group: group})
		return
	}
	s := h.services[at]
	s.group = cmp.Or(s.group, group)
	if name != "" && s.names[len(s.names)-1] != name {
		s.names = append(slices.DeleteFunc(s.names, func(old string) bool { return old == name }), name)
	}
}

// add takes an event whose times can be meant. Its updates are put in order, and an event that the
// source calls resolved gets an update that says so.
func (h *History) add(e *event, resolved time.Time, closed bool) {
	if e.title = line(e.title); e.title == "" {
		e.title = e.id
		h.lose(e.place, message.Textf("there is no title: its id is in its place"))
	}
	e.updates = slices.DeleteFunc(e.updates, func(u *update) bool {
		if !meant(u.time) {
			h.lose(u.place, message.Textf("this update has no time between 2000 and 2199 and is left out"))
		}
		return !meant(u.time)
	})
	slices.SortStableFunc(e.updates, func(a, b *update) int { return a.time.Compare(b.time) })
	if len(e.updates) > 0 && meant(e.known) && e.updates[0].time.Before(e.known) {
		e.known = e.updates[0].time
	}
	if !meant(e.known) {
		h.lose(e.place, message.Textf("there is no time between 2000 and 2199: this is left out"))
		return
	}
	h.end(e, resolved, closed)
	h.incidents = append(h.incidents, e)
}

// end says when an event was resolved, if none of its updates does.
func (h *History) end(e *event, resolved time.Time, closed bool) {
	title := "status.resolved"
	if e.planned {
		title = "maintenance.over"
	}
	said := slices.ContainsFunc(e.updates, func(u *update) bool { return u.status == domain.StatusResolved })
	var last *update
	if len(e.updates) > 0 {
		last = e.updates[len(e.updates)-1]
	}
	switch {
	case said:
	case !closed && e.planned: // the clock ends it
	case !closed:
		h.lose(e.place, message.Textf("this is not resolved: it is open until an update resolves it"))
	case last != nil && !resolved.After(last.time):
		last.status = domain.StatusResolved
	case meant(resolved) && !resolved.Before(e.known):
		e.updates = append(e.updates, &update{place: e.place, id: "resolved", time: resolved, title: title,
			status: domain.StatusResolved})
	default:
		h.lose(e.place, message.Textf("nobody says when this was resolved: the time at which it began is written"))
		e.updates = append(e.updates, &update{place: e.place, id: "resolved", time: e.known, title: title,
			status: domain.StatusResolved})
	}
}

// sorted puts the events in order, the oldest first.
func (h *History) sorted() *History {
	slices.SortStableFunc(h.incidents, func(a, b *event) int { return a.known.Compare(b.known) })
	return h
}

// meant reports whether a time can be written into a file.
func meant(t time.Time) bool { return !t.Before(tomldoc.Earliest) && t.Before(tomldoc.Latest) }

// line is a text of the source on one line, as readers saw it there.
func line(text string) string { return write.Line(visible(html.UnescapeString(text))) }

// visible removes what no text may hold: characters that command or reorder and are not seen. Signs
// that end a line become line ends.
func visible(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t' || r == '\u200c' || r == '\u200d':
			return r
		case r == '\u2028' || r == '\u2029' || r == '\u0085':
			return '\n'
		case unicode.In(r, unicode.Cc, unicode.Cf):
			return -1
		}
		return r
	}, text)
}
