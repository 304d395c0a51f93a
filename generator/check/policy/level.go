package policy

import (
	"slices"
	"strconv"
	"time"

	"candor/generator/diag"
	"candor/generator/domain"
	"candor/generator/input/content"
	"candor/generator/input/figures"
	"candor/generator/message"
)

// assess returns the level that scope, severity and speed call for, and which of them does; 0 if
// the front matter does not say enough. The playbook (§1) names the axes and the levels; the table
// between them is ours: law, safety and values are always level 1, and so is a serious matter that
// everybody talks about; what is serious, everywhere or spreading fast is level 2.
func assess(f content.Front) (level domain.Level, because diag.Text) {
	severity, scope, speed := setting("severity", f.Severity), setting("scope", f.Scope), setting("speed", f.Speed)
	switch {
	case f.Severity == domain.SeverityMajor:
		return 1, diag.Textf("%s", severity)
	case f.Severity == domain.SeveritySerious && f.Scope == domain.ScopeOutbreak:
		return 1, diag.Textf("%s and %s", severity, scope)
	case f.Severity == domain.SeveritySerious:
		return 2, diag.Textf("%s", severity)
	case f.Scope == domain.ScopeOutbreak:
		return 2, diag.Textf("%s", scope)
	case f.Speed == domain.SpeedExplosive:
		return 2, diag.Textf("%s", speed)
	case f.Scope == domain.ScopeSpreading && f.Speed == domain.SpeedFast:
		return 2, diag.Textf("%s and %s", scope, speed)
	case f.Severity == "" && f.Scope == "" && f.Speed == "":
		return 0, diag.Text{}
	}
	return 3, diag.Text{}
}

// setting is a key and its word as front matter has them.
func setting[W ~string](key string, word W) string { return key + " = " + strconv.Quote(string(word)) }

// level finds an incident whose level at the beginning was lower than its front
// matter calls for (playbook §1). An update may lower the level.
func (c *incidentCheck) level() {
	f := c.inc.Front
	want, because := assess(f)
	if want == 0 || f.Level == 0 || f.Level <= want {
		return
	}
	c.atKey("level", "level-too-low", diag.Textf("level %d is too low for %s", f.Level, because),
		diag.Textf("write level = %d: the first response is then due within %s",
			want, message.Length(c.site.Clock(want, f.Type, f.Reads))))
}

// escalate advises a higher level, from what the content knows (playbook §4).
func (c *incidentCheck) escalate() {
	if reason, level := c.worse(); level > 0 {
		c.atLevel("escalate", reason,
			diag.Textf("set level = %d in the next update; those who lead at that level take over", level))
	}
}

// deEscalate advises a lower level (playbook §4).
func (c *incidentCheck) deEscalate() {
	reason := c.calmer()
	if reason.Format == "" {
		return
	}
	hint := diag.Textf("if it is over, say so in an update with status = \"resolved\"")
	if c.inc.Level < 3 {
		hint = diag.Textf("set level = %d in the next update, or status = \"resolved\" if it is over", c.inc.Level+1)
	}
	c.atLevel("de-escalate", reason, hint)
}

// atLevel reports where the level in force was set.
func (c *incidentCheck) atLevel(rule string, message, hint diag.Text) {
	for _, u := range slices.Backward(c.inc.Updates) {
		if u.Level > 0 {
			c.add(u.Doc.AtKey("level", rule, message, hint))
			return
		}
	}
	c.atKey("level", rule, message, hint)
}

// worse returns why a higher level would be right, and which; 0 if none would.
func (c *incidentCheck) worse() (because diag.Text, level domain.Level) {
	if !c.inc.Open() || len(c.inc.Updates) == 0 || c.inc.Level == 1 {
		return diag.Text{}, 0
	}
	overdue := c.overduePromises()
	switch {
	case c.site.Loud(c.inc.Front.Reads):
		return diag.Textf("the topic has been read %d times: that is level 1", c.inc.Front.Reads), 1
	case overdue >= brokenPromises:
		return diag.Textf("%d promises are overdue: that is a crisis of its own", overdue), c.inc.Level - 1
	}
	return c.worsening()
}

func (c *incidentCheck) overduePromises() int {
	n := 0
	for _, p := range c.inc.Promises {
		if c.isOverdue(p) {
			n++
		}
	}
	return n
}

// brokenPromises is how many overdue promises call for a higher level. The
// playbook (§3) calls each a second crisis; one is found by promise-overdue.
const brokenPromises = 2

// calmer returns why a lower level would be right: no promise or update is overdue,
// the newest update names no problem, and either the incident has been at its level
// for longer than an incident should last, or it has been watched, with no problem
// named, for as long as opinion should take to ease (playbook §4).
func (c *incidentCheck) calmer() diag.Text {
	if !c.inc.Open() || len(c.inc.Updates) == 0 {
		return diag.Text{}
	}
	if _, level := c.worse(); level > 0 || c.overduePromises() > 0 {
		return diag.Text{}
	}
	if next := c.inc.Next; next.Passed || c.clock.Passed(c.inc.Silence.Until) {
		return diag.Text{}
	}
	level, watched, problem := c.sinceWhen()
	if problem.Equal(c.newest().Time) {
		return diag.Text{}
	}
	if _, high := c.signal(figures.NegativeHigh); high {
		return diag.Text{}
	}
	limits := c.site.Thresholds
	switch {
	case c.clock.Passed(level.AddDate(0, 0, limits.Long)):
		return diag.Textf("this has been at level %d for more than %d days, with nothing overdue", c.inc.Level, limits.Long)
	case c.inc.Level == 3 || watched.IsZero():
	case c.clock.Passed(watched.AddDate(0, 0, limits.Calm)):
		return diag.Textf("this has been monitored for %d days without a new problem", limits.Calm)
	default:
		return c.easing()
	}
	return diag.Text{}
}

// sinceWhen returns since when the level has been in force; since when the incident
// has been watched at it with no problem named, zero if it is not; and when a
// problem was named last, zero if never.
func (c *incidentCheck) sinceWhen() (level, watched, problem time.Time) {
	level = c.inc.Known
	for _, u := range c.inc.Updates {
		if status := u.Status; status != "" && status != domain.StatusMonitoring {
			watched = time.Time{}
		} else if status == domain.StatusMonitoring && watched.IsZero() {
			watched = u.Time
		}
		if u.Level > 0 {
			level = u.Time
		}
		if u.Doc.Section(domain.GroupProblems) != nil {
			problem = u.Time
		}
	}
	if watched.IsZero() {
		return level, watched, problem
	}
	return level, slices.MaxFunc([]time.Time{watched, level, problem}, time.Time.Compare), problem
}
