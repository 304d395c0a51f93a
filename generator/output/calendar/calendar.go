// Package calendar writes what is due as a calendar that people subscribe to (iCalendar, RFC 5545), by an encoder,
// so that no text of an editor can be taken for a line of its own.
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
	Owed    incident.Owed
	Summary string // what a calendar shows of it; one line
}

// Calendar returns what is owed as a calendar (iCalendar, RFC 5545; UTF-8, lines
// of at most 75 bytes ending in CRLF): an event of no length at each due time,
// with an alarm an hour before. An entry's UID stays the same while it is owed,
// so that a calendar which reads the file again moves what it has. At is the
// instant of the build.
func Calendar(name string, entries []Entry, at time.Time) []byte {
	c := ics.NewCalendarFor("Candor")
	c.SetProductId("-//Candor//due//EN")
	c.SetMethod(ics.MethodPublish)
	c.SetName(name)
	c.SetXWRCalName(name)
	c.SetRefreshInterval("PT15M")
	seen := map[string]int{}
	for _, e := range entries {
		id := uid(e.Owed)
		seen[id]++
		for range seen[id] - 1 {
			id = hash(id)
		}
		event := c.AddEvent(id + "@candor")
		event.SetDtStampTime(at)
		event.SetStartAt(e.Owed.Due)
		event.SetSummary(oneLine(e.Summary))
		event.SetTimeTransparency(ics.TransparencyTransparent)
		alarm := event.AddAlarm()
		alarm.SetAction(ics.ActionDisplay)
		alarm.SetTrigger("-PT1H")
		alarm.SetDescription(oneLine(e.Summary))
	}
	return []byte(c.Serialize(ics.WithNewLineWindows))
}

// uid names what is owed, whatever its due time.
func uid(o incident.Owed) string {
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
