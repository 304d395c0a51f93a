package config

import (
	"cmp"
	"slices"
	"time"

	"candor/generator/diag"
	"candor/generator/domain"
	"candor/generator/input/tomldoc"
)

// Clocks are the time limits for an organisation's duties. If the playbook gives
// no figure, the default is Candor's own: Remedy and Measures are what its first
// worked case took (§8), Report is ours.
type Clocks struct {
	Level [3]time.Duration // first response to levels 1, 2 and 3, from when the organisation knew (§1)
	First time.Duration    // at most this, whatever level and type say; zero for no such limit

	Loud     int           // reads of the topic from which it counts as loud (§1: 5 million); zero for never
	LoudTime time.Duration // first response to a loud one; zero if it makes no difference
	Plan     time.Duration // what is done for those affected by a loud one, from when it was known; zero likewise

	Remedy   time.Duration // what is done for those affected, from when it was known
	Measures time.Duration // what changes, from when it was known
	Report   time.Duration // the final report, from when it was resolved

	FollowUp  int // months between follow-ups to the report (§5)
	Review    int // months from the report to the full review (§5)
	FollowFor int // months for which follow-ups go on
}

// Cadence is how long silence may last while an incident is open (playbook §3).
type Cadence struct {
	Acute  time.Duration // level 1, first 24 h
	Early  time.Duration // days 1 to 3
	Middle time.Duration // days 4 to 14
	Late   time.Duration // day 15 on
}

// Thresholds are the figures at which the quantities of an incident mean
// something (playbook §1 and §4).
type Thresholds struct {
	Negative  int // per cent of comments that are negative: from here on, alarm
	Satisfied int // per cent of those affected who must be satisfied
	Calm      int // days within which opinion should ease
	Long      int // days after which an incident is over, or has failed
}

const day = 24 * time.Hour

// Profiles are the sets of clocks that site.toml can name.
const (
	ProfileStandard = "standard" // the playbook's defaults
	ProfileStrict   = "strict"   // the stricter profile of its §1
)

func defaultClocks() Clocks {
	return Clocks{
		Level:  [3]time.Duration{4 * time.Hour, 8 * time.Hour, day},
		Loud:   5_000_000,
		Remedy: day, Measures: 7 * day, Report: 14 * day,
		FollowUp: 3, Review: 6, FollowFor: 12,
	}
}

func defaultCadence() Cadence {
	return Cadence{Acute: 8 * time.Hour, Early: day, Middle: 3 * day, Late: 7 * day}
}

func defaultThresholds() Thresholds {
	return Thresholds{Negative: 20, Satisfied: 80, Calm: 14, Long: 30}
}

// LevelClock returns how soon a first response is due at a level, by the playbook (§1).
func LevelClock(level domain.Level) time.Duration { return defaultClocks().Level[level-1] }

// Clock returns how soon the first response to an incident is due: the shortest time that its
// level, its type and its number of reads ask for.
func (s *Site) Clock(level domain.Level, typ string, reads int) time.Duration {
	clock := s.Clocks.Level[level-1]
	if t, ok := s.Types[typ]; ok {
		clock = min(clock, t.FirstResponse)
	}
	if s.Clocks.First > 0 {
		clock = min(clock, s.Clocks.First)
	}
	if s.Clocks.LoudTime > 0 && s.Loud(reads) {
		clock = min(clock, s.Clocks.LoudTime)
	}
	return clock
}

// Loud reports whether a topic with so many reads counts as loud.
func (s *Site) Loud(reads int) bool { return s.Clocks.Loud > 0 && reads >= s.Clocks.Loud }

// RemedyClock returns how soon a page must say what is done for those affected.
func (s *Site) RemedyClock(reads int) time.Duration {
	if s.Clocks.Plan > 0 && s.Loud(reads) {
		return min(s.Clocks.Plan, s.Clocks.Remedy)
	}
	return s.Clocks.Remedy
}

// setStrict sets the time limits of the stricter profile.
func (c *Clocks) setStrict() {
	c.First, c.LoudTime, c.Plan = 2*time.Hour, time.Hour, 4*time.Hour
}

// readProfile applies the profile that site.toml names: one that is built in, or
// one of its own under [profiles.<name>]. What else site.toml says overrides it.
func (s *Site) readProfile(t *tomldoc.Table) {
	own := t.Table("profiles")
	name := t.String("profile")
	names := []string{ProfileStandard, ProfileStrict}
	isOwn := false
	for _, other := range own.Keys() {
		p := own.Table(other)
		if p == nil {
			continue
		}
		if slices.Contains(names[:2], other) {
			own.Report(other, "duplicate-id", diag.Textf("the profile \"%s\" is built in", other),
				diag.Textf("give yours another name"))
		}
		names = append(names, other)
		if other == name {
			isOwn = true
			s.readProfileTable(p)
		} else {
			Default().readProfileTable(p) // only to check it
		}
	}
	switch {
	case isOwn, name == "", name == ProfileStandard:
	case name == ProfileStrict:
		s.Clocks.setStrict()
	default:
		hint := diag.Textf("add [profiles.%s], or name one of: %s, %s", name, ProfileStandard, ProfileStrict)
		t.Report("profile", "bad-value", diag.Textf("there is no profile \"%s\"", name),
			tomldoc.Meant(name, names, hint))
	}
}

// readProfileTable reads what a profile may set.
func (s *Site) readProfileTable(p *tomldoc.Table) {
	switch based := p.String("based_on"); based {
	case "", ProfileStandard:
	case ProfileStrict:
		s.Clocks.setStrict()
	default:
		p.Report("based_on", "bad-value", diag.Textf("a profile cannot be based on \"%s\"", based),
			diag.Textf("one of: %s, %s", ProfileStandard, ProfileStrict))
	}
	s.readLimits(p)
	p.Done(nil)
}

// readLimits reads the tables that site.toml and its profiles may have: time limits, thresholds
// and rules.
func (s *Site) readLimits(t *tomldoc.Table) {
	duration := func(t *tomldoc.Table, key string, to *time.Duration) { *to = cmp.Or(t.Duration(key), *to) }
	number := func(t *tomldoc.Table, key string, most int, to *int) { *to = cmp.Or(t.Int(key, 1, most), *to) }

	clocks := t.Table("clocks")
	duration(clocks, "level_1", &s.Clocks.Level[0])
	duration(clocks, "level_2", &s.Clocks.Level[1])
	duration(clocks, "level_3", &s.Clocks.Level[2])
	duration(clocks, "first_response", &s.Clocks.First)
	if loud := clocks.Int("loud", 0, 1_000_000_000); clocks != nil && clocks.Has("loud") {
		s.Clocks.Loud = loud
	}
	duration(clocks, "loud_response", &s.Clocks.LoudTime)
	duration(clocks, "loud_plan", &s.Clocks.Plan)
	duration(clocks, "remedy", &s.Clocks.Remedy)
	duration(clocks, "measures", &s.Clocks.Measures)
	duration(clocks, "report", &s.Clocks.Report)
	number(clocks, "follow_up_months", 24, &s.Clocks.FollowUp)
	number(clocks, "review_months", 60, &s.Clocks.Review)
	number(clocks, "follow_for_months", 120, &s.Clocks.FollowFor)
	clocks.Done(nil)

	cadence := t.Table("cadence")
	duration(cadence, "acute", &s.Cadence.Acute)
	duration(cadence, "early", &s.Cadence.Early)
	duration(cadence, "middle", &s.Cadence.Middle)
	duration(cadence, "late", &s.Cadence.Late)
	cadence.Done(nil)

	thresholds := t.Table("thresholds")
	number(thresholds, "negative", 100, &s.Thresholds.Negative)
	number(thresholds, "satisfied", 100, &s.Thresholds.Satisfied)
	number(thresholds, "calm_days", 365, &s.Thresholds.Calm)
	number(thresholds, "long_days", 3650, &s.Thresholds.Long)
	thresholds.Done(nil)

	s.readRules(t.Table("rules"))
}
