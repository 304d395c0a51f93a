package policy

import (
	"slices"
	"strconv"

	"candor/generator/diag"
	"candor/generator/domain"
	"candor/generator/input/figures"
)

// signal returns a signal of metrics.csv (playbook §4), and whether there is one.
func (c *incidentCheck) signal(id string) (figures.Signal, bool) {
	if c.signals == nil {
		c.signals = append([]figures.Signal{}, c.inc.Signals(c.site, c.clock)...)
	}
	i := slices.IndexFunc(c.signals, func(s figures.Signal) bool { return s.ID == id })
	if i < 0 {
		return figures.Signal{}, false
	}
	return c.signals[i], true
}

// worsening returns why the figures call for a higher level, and which; 0 if they do
// not. Many negative comments are normal at level 2: there they must increase.
func (c *incidentCheck) worsening() (because diag.Text, level domain.Level) {
	if s, ok := c.signal(figures.ReadsHigh); ok {
		reads := s.Figures[0]
		return diag.Textf("the topic has been read %s times by %s: that is level 1",
			plain(reads.Value), c.stamp(reads.Time)), 1
	}
	if s, ok := c.signal(figures.NegativeRising); ok {
		low, now := s.Figures[0], s.Figures[1]
		if now.Value > float64(c.site.Thresholds.Negative) {
			return diag.Textf("negative comments went from %s%% at %s to %s%% at %s",
				plain(low.Value), c.stamp(low.Time), plain(now.Value), c.stamp(now.Time)), c.inc.Level - 1
		}
	}
	if s, ok := c.signal(figures.NegativeHigh); ok && c.inc.Level == 3 {
		return diag.Textf("%s%% of the comments are negative; the alert line is %d%%",
			plain(s.Figures[0].Value), c.site.Thresholds.Negative), c.inc.Level - 1
	}
	return diag.Text{}, 0
}

// easing returns why the figures of an incident that is watched call for a lower level.
func (c *incidentCheck) easing() diag.Text {
	if s, ok := c.signal(figures.Calm); ok {
		return diag.Textf("fewer than %d%% of the comments have been negative since %s",
			c.site.Thresholds.Negative, c.stamp(s.Figures[0].Time))
	}
	return diag.Text{}
}

// plain writes a number as an editor does in metrics.csv.
func plain(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
