package policy

import (
	"time"

	"candor/generator/diag"
	"candor/generator/input/tomldoc"
	"candor/generator/message"
	"candor/generator/site/incident"
)

// firstResponse finds a first response that is due and has not come or, while the
// incident is open, that came late (playbook §1). A draft does not count.
func (c *incidentCheck) firstResponse() {
	first := c.inc.First
	if first.Due.IsZero() || c.inc.Known.IsZero() || !c.inc.Open() {
		return
	}
	switch {
	case first.Came != nil && first.Late:
		took, limit := message.Length(first.Took), message.Length(first.Clock)
		c.add(first.Came.Doc.AtKey("time", "first-response",
			diag.Textf("the first response came after %s; it was due within %s", took, limit),
			diag.Textf("say on the page why it took so long: readers see both times")))
	case first.Came == nil && c.clock.Passed(first.Due):
		c.atKey("known", "first-response",
			diag.Textf("the first response was due by %s, %s after you learned of the incident",
				c.stamp(first.Due), message.Length(first.Clock)),
			diag.Textf("publish one now: candor new update %s --kind response; what is not known yet can be said as such",
				c.inc.Slug))
	}
}

// cadence finds an incident without an update for longer than its phase allows, and
// a next update that is promised for later than that (playbook §3).
func (c *incidentCheck) cadence() {
	s := c.inc.Silence
	if s.Until.IsZero() {
		return
	}
	newest := c.newest()
	switch {
	case c.clock.Passed(s.Until):
		c.add(newest.Doc.AtKey("time", "cadence",
			diag.Textf("there is no update since %s; the longest gap in this phase is %s",
				c.stamp(newest.Time), message.Length(s.Allowed)),
			diag.Textf("publish an update, even one that says that nothing is new: candor new update %s", c.inc.Slug)))
	case newest.Next.After(s.Until):
		c.add(newest.Doc.AtKey("next_update", "cadence",
			diag.Textf("the next update is promised for %s; the longest gap in this phase is %s",
				c.stamp(newest.Next), message.Length(s.Allowed)),
			diag.Textf("promise it by %s", c.stamp(s.Until))))
	}
}

// nextUpdate finds an open incident that does not say when the next update comes,
// or that names a time that has passed (playbook §3).
func (c *incidentCheck) nextUpdate() {
	if !c.inc.Open() || len(c.inc.Updates) == 0 || c.inc.Planned() && c.inc.Next.At.IsZero() {
		return
	}
	newest := c.newest()
	switch next := c.inc.Next; {
	case next.At.IsZero():
		hint := diag.Textf("add next_update = %s, or an earlier time that you are sure to keep", c.stamp(c.inc.Silence.Until))
		if c.clock.Passed(c.inc.Silence.Until) {
			hint = diag.Textf("publish an update with next_update and a time that you are sure to keep: candor new update %s",
				c.inc.Slug)
		}
		c.add(newest.Doc.AtKey("time", "next-update", diag.Textf("this does not say when readers hear more"), hint))
	case c.clock.Passed(next.At):
		c.add(newest.Doc.AtKey("next_update", "next-update",
			diag.Textf("an update was promised by %s and has not come", c.stamp(next.At)),
			diag.Textf("publish it, or say why it is late and when it comes: candor new update %s", c.inc.Slug)))
	}
}

// newest returns the newest update; there must be one.
func (c *incidentCheck) newest() *incident.Update { return c.inc.Updates[len(c.inc.Updates)-1] }

// stamp writes an instant as front matter does.
func (c *incidentCheck) stamp(t time.Time) string { return tomldoc.FormatTime(t.In(c.site.Zone)) }
