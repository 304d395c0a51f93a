package policy

import (
	"time"

	"candor/generator/content"
	"candor/generator/diag"
	"candor/generator/figures"
	"candor/generator/incident"
)

// assess returns the level that scope, severity and speed call for, and which of
// them does; 0 where the front matter does not say enough. The playbook (§1)
// names the axes and the levels; the table between them is ours: law, safety and
// values are level 1 wherever they are touched, so is a serious matter that
// everybody talks about; what is serious, everywhere or fast spreading is level 2.
func assess(f content.Front) (level int, because string) {
	switch {
	case f.Severity == "major":
		return 1, `severity = "major"`
	case f.Severity == "serious" && f.Scope == "outbreak":
		return 1, `severity = "serious" and scope = "outbreak"`
	case f.Severity == "serious":
		return 2, `severity = "serious"`
	case f.Scope == "outbreak":
		return 2, `scope = "outbreak"`
	case f.Speed == "explosive":
		return 2, `speed = "explosive"`
	case f.Scope == "spreading" && f.Speed == "fast":
		return 2, `scope = "spreading" and speed = "fast"`
	case f.Severity == "" && f.Scope == "" && f.Speed == "":
		return 0, ""
	}
	return 3, ""
}

// level finds an incident whose level, when it was known, was lower than what its
// own front matter says of it (playbook §1). That its level is lowered later, by
// an update, is not meant.
func (c *inquiry) level() {
	f := c.inc.Front
	want, because := assess(f)
	if want == 0 || f.Level == 0 || f.Level <= want {
		return
	}
	c.atKey("level", "level-too-low", diag.Textf("level %d is too low for %s", f.Level, because),
		diag.Textf("write level = %d: the first response is then due within %s", want, length(c.site.Clock(want, f.Type, f.Reads))))
}

// escalate advises a higher level, from what the content knows (playbook §4).
func (c *inquiry) escalate() {
	if reason := c.worse(); reason.Format != "" {
		c.atKey("level", "escalate", reason, diag.Textf("set level = %d in the next update and let those lead who lead at that level", c.inc.Level-1))
	}
}

// deEscalate advises a lower level (playbook §4).
func (c *inquiry) deEscalate() {
	if reason := c.calmer(); reason.Format != "" {
		if c.inc.Level == 3 {
			c.atKey("level", "de-escalate", reason, diag.Textf("if it is over, say so in an update with status = \"resolved\""))
			return
		}
		c.atKey("level", "de-escalate", reason, diag.Textf("set level = %d in the next update, or status = \"resolved\" if it is over", c.inc.Level+1))
	}
}

// worse says why a higher level would be right; the Format is empty where it
// would not.
func (c *inquiry) worse() diag.Text {
	if !c.inc.Open() || len(c.inc.Updates) == 0 {
		return diag.Text{}
	}
	overdue := 0
	for _, p := range c.inc.Promises {
		if p.State == incident.Overdue {
			overdue++
		}
	}
	switch {
	case c.inc.Level == 1:
	case c.site.Loud(c.inc.Front.Reads):
		return diag.Textf("the topic has been read %d times: that is level 1", c.inc.Front.Reads)
	case overdue >= brokenPromises:
		return diag.Textf("%d promises are overdue: that is a crisis of its own", overdue)
	default:
		return c.worsening()
	}
	return diag.Text{}
}

// brokenPromises is how many overdue promises call for a higher level. The
// playbook (§3) calls each a second crisis; one is found by promise-overdue.
const brokenPromises = 2

// calm is for how long an incident has to have been watched, with no problem
// named, before a lower level is advised. It is the shorter end of the time
// within which opinion should ease (playbook §4: 7 to 14 days).
const calm = 7 * 24 * time.Hour

// calmer says why a lower level would be right.
func (c *inquiry) calmer() diag.Text {
	if !c.inc.Open() || len(c.inc.Updates) == 0 || c.worse().Format != "" {
		return diag.Text{}
	}
	for _, p := range c.inc.Promises {
		if p.State == incident.Overdue {
			return diag.Text{}
		}
	}
	newest := c.inc.Updates[len(c.inc.Updates)-1]
	if newest.Doc.Section("problems") != nil {
		return diag.Text{}
	}
	if _, high := c.signal(figures.NegativeHigh); high {
		return diag.Text{}
	}
	long := c.inc.Known.AddDate(0, 0, c.site.Thresholds.Long)
	switch since := c.since("monitoring"); {
	case c.inc.Level == 3 && c.clock.Passed(long):
		return diag.Textf("this has been open for more than %d days", c.site.Thresholds.Long)
	case c.inc.Level == 3:
	case c.clock.Passed(long):
		return diag.Textf("this has been at level %d for more than %d days with no promise overdue", c.inc.Level, c.site.Thresholds.Long)
	case !since.IsZero() && c.clock.Passed(since.Add(calm)):
		return diag.Textf("this has been watched for %s without a new problem", length(calm))
	default:
		return c.easing()
	}
	return diag.Text{}
}

// since returns when the status came to be what it is, if it is this one.
func (c *inquiry) since(status string) time.Time {
	var since time.Time
	for _, u := range c.inc.Updates {
		switch s := u.Doc.Front.Status; {
		case s == "":
		case s != status:
			since = time.Time{}
		case since.IsZero():
			since = u.Time
		}
		if u.Level > 0 && !since.IsZero() {
			since = u.Time
		}
	}
	return since
}
