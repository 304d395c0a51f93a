package policy

import (
	"time"

	"candor/generator/diag"
	"candor/generator/input/tomldoc"
	"candor/generator/message"
)

// firstResponse holds the first response against its clock (playbook §1): once it
// is due and has not come, and while the incident is open, that it came late. A
// response that waits in a draft is none.
func (c *inquiry) firstResponse() {
	first := c.inc.First
	if first.Due.IsZero() || c.inc.Known.IsZero() || !c.inc.Open() {
		return
	}
	switch {
	case first.Came != nil && first.Late:
		c.add(first.Came.Doc.AtKey("time", "first-response",
			diag.Textf("the first response came after %s; it was due within %s", message.Length(first.Took), message.Length(first.Clock)),
			diag.Textf("say on the page why it took so long: readers see both times")))
	case first.Came == nil && c.clock.Passed(first.Due):
		c.atKey("known", "first-response",
			diag.Textf("the first response was due by %s, %s after it was known", c.stamp(first.Due), message.Length(first.Clock)),
			diag.Textf("publish one now: candor new update %s --kind response; what is not known yet can be said as such", c.inc.Slug))
	}
}

// cadence finds silence that has lasted for longer than the phase of the incident
// allows, and a next update that is promised for later than that (playbook §3).
func (c *inquiry) cadence() {
	s := c.inc.Silence
	if s.Until.IsZero() {
		return
	}
	newest := c.inc.Updates[len(c.inc.Updates)-1]
	switch {
	case c.clock.Passed(s.Until):
		c.add(newest.Doc.AtKey("time", "cadence",
			diag.Textf("nothing has been said since %s; in this phase silence lasts %s at most", c.stamp(newest.Time), message.Length(s.Allowed)),
			diag.Textf("publish an update, even one that says that nothing is new: candor new update %s", c.inc.Slug)))
	case newest.Next.After(s.Until):
		c.add(newest.Doc.AtKey("next_update", "cadence",
			diag.Textf("the next update is promised for %s; in this phase silence lasts %s at most", c.stamp(newest.Next), message.Length(s.Allowed)),
			diag.Textf("promise it by %s", c.stamp(s.Until))))
	}
}

// nextUpdate finds an open incident whose readers are not told when they hear
// more, or were told a time that has passed (playbook §3).
func (c *inquiry) nextUpdate() {
	if !c.inc.Open() || len(c.inc.Updates) == 0 {
		return
	}
	newest := c.inc.Updates[len(c.inc.Updates)-1]
	switch next := c.inc.Next; {
	case next.At.IsZero():
		hint := diag.Textf("add next_update = %s, or an earlier time that is sure to be kept", c.stamp(c.inc.Silence.Until))
		if c.clock.Passed(c.inc.Silence.Until) {
			hint = diag.Textf("publish an update with next_update and a time that is sure to be kept: candor new update %s", c.inc.Slug)
		}
		c.add(newest.Doc.AtKey("time", "next-update", diag.Textf("this does not say when readers hear more"), hint))
	case c.clock.Passed(next.At):
		c.add(newest.Doc.AtKey("next_update", "next-update",
			diag.Textf("an update was promised by %s and has not come", c.stamp(next.At)),
			diag.Textf("publish it, or say why it is late and when it comes: candor new update %s", c.inc.Slug)))
	}
}

// stamp writes an instant as front matter does.
func (c *inquiry) stamp(t time.Time) string { return tomldoc.FormatTime(t.In(c.site.Zone)) }
