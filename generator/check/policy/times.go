package policy

import (
	"slices"
	"time"

	"candor/generator/diag"
	"candor/generator/domain"
	"candor/generator/input/content"
	"candor/generator/message"
	"candor/generator/site/incident"
)

const (
	day   = 24 * time.Hour
	near  = incident.Near
	apart = 150 * day // a time that is so far from all others is most likely of another year
)

// doubtful finds times that can be meant, but are likely slips: of the year, of morning and evening,
// of a line that was copied.
func (c *incidentCheck) doubtful() {
	all := slices.Concat(c.inc.Updates, c.inc.Hidden)
	slices.SortFunc(all, (*incident.Update).Compare)
	all = slices.DeleteFunc(all, func(u *incident.Update) bool { return u.Time.IsZero() })
	for i, u := range all {
		if c.inc.Front.Imported {
			break // two texts of one second are two: nobody types the times of history
		}
		if i > 0 && all[i-1].Time.Equal(u.Time) && all[i-1].Doc.Front.Title == u.Doc.Front.Title {
			c.soft(u.Doc, u.Doc.AtKey("title", "duplicate-id",
				diag.Textf("the update \"%s\" has the same time and the same title: one is a copy", all[i-1].Name),
				diag.Textf("delete the copy, or begin its name with _; two updates have two titles")))
			continue
		}
		if i > 0 && all[i-1].Time.Equal(u.Time) {
			c.soft(u.Doc, u.Doc.AtKey("time", "doubtful-time",
				diag.Textf("the update \"%s\" has the same time", all[i-1].Name),
				diag.Textf("readers get the two in the order of their names: "+
					"give one of them another time, if that is not theirs")))
		}
	}
	c.otherYear(all)
	c.lateNext()
	c.pastDue()
}

// otherYear finds times far from all others of the incident. A follow-up may be far from them.
func (c *incidentCheck) otherYear(all []*incident.Update) {
	if c.inc.Known.IsZero() {
		return
	}
	last := c.inc.Known // of what is neither scheduled nor reported
	for i, u := range all {
		after := time.Time{}
		if i+1 < len(all) {
			after = all[i+1].Time
		}
		switch scheduled := c.inc.Withheld[u.Doc] == incident.Scheduled; {
		case scheduled && u.Kind != domain.KindFollowUp && u.Time.Sub(last) > near && !c.promisedAbout(u.Time):
			c.far(u.Doc, "time", u.Time, last,
				diag.Textf("this is published only %s after everything else of the incident",
					message.Length(u.Time.Sub(last))))
		case scheduled:
		case u.Kind != domain.KindFollowUp && u.Time.Sub(last) > apart &&
			(after.IsZero() || after.Sub(u.Time) > apart) && incident.SameDay(u.Time, last).After(c.inc.Known):
			c.far(u.Doc, "time", u.Time, last, diag.Textf("this is %s after everything else of the incident",
				message.Length(u.Time.Sub(last))))
		default:
			last = u.Time
		}
	}
	if len(all) > 1 && c.inc.Withheld[all[0].Doc] != incident.Scheduled {
		known, first := c.inc.Known, all[0].Time
		if meant := incident.SameDay(known, first); first.Sub(known) > apart && all[1].Time.Sub(first) < near &&
			!meant.IsZero() && !meant.After(first) {
			c.far(c.inc.Index.Doc, "known", known, first,
				diag.Textf("this is %s before everything else of the incident", message.Length(first.Sub(known))))
		}
	}
}

// promisedAbout reports whether something is promised for about that time.
func (c *incidentCheck) promisedAbout(at time.Time) bool {
	about := func(t *content.Task) bool {
		due := t.Due.In(c.site.Zone)
		return !due.IsZero() && due.Sub(at).Abs() < near
	}
	return slices.ContainsFunc(c.inc.Promises, func(p *incident.Promise) bool { return about(p.Task) }) ||
		slices.ContainsFunc(c.inc.Hidden, func(u *incident.Update) bool { return slices.ContainsFunc(u.Doc.Tasks, about) })
}

// far reports a time, with the one that may be meant: in the year or month of another one.
func (c *incidentCheck) far(doc *content.Document, key string, t, other time.Time, what diag.Text) {
	hint := diag.Textf("correct the year or the month; " +
		"or say why it is right: # candor: allow doubtful-time, because …")
	meant := incident.SameDay(t, other)
	if meant.IsZero() {
		meant = incident.DayOf(t, other.Year(), other.Month())
	}
	if !meant.Before(c.inc.Known) && !meant.IsZero() {
		hint = diag.Textf("did you mean %s = %s?", key, c.stamp(meant))
	}
	c.soft(doc, doc.AtKey(key, "doubtful-time", what, hint))
}

// An incident has a rhythm from so many updates on. A next update is late if it takes so many times
// as long as the last ones, and so long.
const (
	rhythm   = 4
	slower   = 20
	unlikely = 6 * time.Hour
)

// lateNext finds a next update that is promised for much later than the last ones came, while the
// rule about the cadence is content.
func (c *incidentCheck) lateNext() {
	all := c.inc.Updates
	if !c.inc.Open() || c.inc.Status == domain.StatusMonitoring || len(all) < rhythm {
		return
	}
	u := c.newest()
	wait := u.Next.Sub(u.Time)
	var gaps []time.Duration
	for i := len(all) - rhythm + 1; i < len(all); i++ {
		gaps = append(gaps, all[i].Time.Sub(all[i-1].Time))
	}
	usual := slices.Max(gaps)
	if u.Next.IsZero() || wait < max(slower*usual, unlikely) || u.Next.After(c.inc.Silence.Until) {
		return
	}
	hint := diag.Textf("name an earlier time, or say in the text why the next one takes so long")
	if half := u.Next.Add(-day / 2); half.After(u.Time) {
		hint = diag.Textf("did you mean next_update = %s?", c.stamp(half))
	}
	c.add(u.Doc.AtKey("next_update", "doubtful-time",
		diag.Textf("the next update comes only after %s; the last %d came within %s of each other",
			message.Length(wait), rhythm, message.Length(usual)), hint))
}

// pastDue finds promises that are due before they were made. One that repeats an earlier promise may be.
func (c *incidentCheck) pastDue() {
	for _, p := range c.inc.Promises {
		made := c.inc.Known
		switch {
		case p.Made != nil:
			made = p.Made.Time
		case p.Doc.Place.Kind == content.Report:
			made = c.inc.Report.Time
		}
		c.dueBefore(p.Doc, p.Task, made)
	}
	for _, u := range c.inc.Hidden {
		for _, t := range u.Doc.Tasks {
			if !c.promised(t.ID) {
				c.dueBefore(u.Doc, t, u.Time)
			}
		}
	}
}

// dueBefore reports an open task item that is due before a time.
func (c *incidentCheck) dueBefore(doc *content.Document, t *content.Task, made time.Time) {
	due := t.Due.In(c.site.Zone)
	if due.IsZero() || t.Done || !due.Before(made) {
		return
	}
	if made.Sub(due) > apart && !due.Before(c.inc.Known) {
		return // the time of the text is the slip
	}
	hint := diag.Textf("correct the time: due:%s", c.stamp(c.soonest(due, made)))
	c.soft(doc, doc.Source.At(t.Start, t.End, "doubtful-time",
		diag.Textf("this is due %s before it was promised", message.Length(made.Sub(due))), hint))
}

// soonest returns a time after made that is likely meant by one before it: the same day of the year
// of made or the next, if it is near, else the same time of day.
func (c *incidentCheck) soonest(t, made time.Time) time.Time {
	for _, year := range []int{made.Year(), made.Year() + 1} {
		if moved := incident.DayOf(t, year, t.Month()); moved.After(made) && moved.Sub(made) < near {
			return moved
		}
	}
	moved := time.Date(made.Year(), made.Month(), made.Day(), t.Hour(), t.Minute(), 0, 0, t.Location())
	if !moved.After(made) {
		moved = moved.AddDate(0, 0, 1)
	}
	return moved
}
