// Package calendar writes what is due as calendars that people subscribe to (iCalendar, RFC 5545),
// by an encoder, so that no text of an editor can be taken for a line of its own.
//
// There are two of them. Calendar is for editors: everything that is due, with an alarm. The
// output is for readers: calendar.ics of the site and of each incident, in every language, with the
// next update that was promised, the promises that are not kept yet, and maintenance. An event keeps
// its UID when its time moves, and its SEQUENCE grows. The calendar of the site leaves drills out.
// Without the site's own address there is none.
package calendar

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"

	ics "github.com/arran4/golang-ical"

	"candor/generator/site/incident"
)

// Entry is one thing of a calendar.
type Entry struct {
	Deadline incident.Deadline
	Summary  string // what a calendar shows of it; one line
	Address  string // of the page about it; may be empty
}

// Calendar returns what is due as a calendar for editors (UTF-8, lines of at most
// 75 bytes ending in CRLF): an event of no length at each due time, with an alarm an
// hour before. An entry's UID stays the same while it is due, so that a calendar
// which reads the file again moves what it has. At is the instant of the build.
func Calendar(name string, entries []Entry, at time.Time) []byte {
	events := make([]event, len(entries))
	for i, e := range entries {
		events[i] = event{uid: uid(e.Deadline), summary: e.Summary, address: e.Address, alarm: true,
			dates: dates{from: e.Deadline.Due, told: at}}
	}
	return write(name, events)
}

// event is one event of a calendar.
type event struct {
	uid, summary, address string
	dates
	alarm bool
}

// write writes a calendar.
func write(name string, events []event) []byte {
	c := ics.NewCalendarFor("Candor")
	c.SetProductId("-//Candor//due//EN")
	c.SetMethod(ics.MethodPublish)
	c.SetName(name)
	c.SetXWRCalName(name)
	c.SetRefreshInterval("PT15M")
	seen := map[string]int{}
	for _, e := range events {
		seen[e.uid]++
		id := e.uid
		for range seen[e.uid] - 1 {
			id = hash(id)
		}
		e.write(c.AddEvent(id + "@candor"))
	}
	return []byte(c.Serialize(ics.WithNewLineWindows))
}

func (e event) write(v *ics.VEvent) {
	v.SetDtStampTime(e.told)
	v.SetStartAt(e.from)
	if !e.to.IsZero() {
		v.SetEndAt(e.to)
	}
	v.SetSummary(oneLine(e.summary))
	v.SetTimeTransparency(ics.TransparencyTransparent)
	if e.moved > 0 {
		v.SetSequence(e.moved)
	}
	if e.cancelled {
		v.SetStatus(ics.ObjectStatusCancelled)
	}
	if e.address != "" {
		v.SetURL(e.address)
	}
	if e.alarm {
		alarm := v.AddAlarm()
		alarm.SetAction(ics.ActionDisplay)
		alarm.SetTrigger("-PT1H")
		alarm.SetDescription(oneLine(e.summary))
	}
}

// uid names what is due, whatever its due time.
func uid(o incident.Deadline) string {
	what := o.ID
	if what == "" {
		what = o.What
	}
	return hash(strings.Join([]string{string(o.Duty), o.Incident, what}, "\x00"))
}

func hash(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:10])
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
