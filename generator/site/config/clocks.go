package config

import (
	"cmp"
	"time"

	"candor/generator/diag"
	"candor/generator/domain"
	"candor/generator/input/tomldoc"
)

// Clocks say by when an organisation owes what. Where the playbook gives no
// figure, the default is Candor's own: Remedy and Measures are what its first
// worked case took (§8), Report is ours.
type Clocks struct {
	Level [3]time.Duration // first response to levels 1, 2 and 3, from when the organisation knew (§1)
	First time.Duration    // at most this, whatever level and type say; zero for no such bound

	Loud     int           // reads of the topic from which it counts as loud (§1: 5 million); zero for never
	LoudTime time.Duration // first response to a loud one; zero where it makes no difference
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
	Satisfied int // per cent of those affected who have to be satisfied
	Calm      int // days within which opinion should ease
	Long      int // days after which an incident is over, or has failed
}

const day = 24 * time.Hour

// Profiles are the sets of clocks that site.toml can name.
const (
	ProfileStandard = "standard" // the playbook's defaults
	ProfileStrict   = "strict"   // the stricter house profile of its §1
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

// LevelClock returns within which time a level wants a first response, by the
// playbook (§1).
func LevelClock(level domain.Level) time.Duration { return defaultClocks().Level[level-1] }

// Clock returns within which time the first response to an incident is due: the
// shortest of what its level, its type and how much it is read want.
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

// Loud says whether a topic that is read so often counts as loud.
func (s *Site) Loud(reads int) bool { return s.Clocks.Loud > 0 && reads >= s.Clocks.Loud }

// RemedyClock returns within which time a page has to say what is done for
// those affected.
func (s *Site) RemedyClock(reads int) time.Duration {
	if s.Clocks.Plan > 0 && s.Loud(reads) {
		return min(s.Clocks.Plan, s.Clocks.Remedy)
	}
	return s.Clocks.Remedy
}

// readProfile applies the profile that site.toml names: one that is built in, or
// one of its own under [profiles.<name>]. What site.toml says besides goes before it.
func (s *Site) readProfile(t *tomldoc.Table) {
	own := t.Table("profiles")
	names := []string{ProfileStandard, ProfileStrict}
	known := map[string]*tomldoc.Table{}
	if own != nil {
		for _, name := range own.Keys() {
			p := own.Table(name)
			if p == nil {
				continue
			}
			if name == ProfileStandard || name == ProfileStrict {
				own.Report(name, "duplicate-id", diag.Textf("the profile \"%s\" is built in", name),
					diag.Textf("give yours another name"))
			}
			names, known[name] = append(names, name), p
		}
	}
	name := t.String("profile")
	for _, other := range known { // all are checked, whichever is in force
		if other != known[name] {
			Default().readProfileTable(other)
		}
	}
	switch p := known[name]; {
	case p != nil:
		s.readProfileTable(p)
	case name == ProfileStrict:
		s.Clocks.First, s.Clocks.LoudTime, s.Clocks.Plan = 2*time.Hour, time.Hour, 4*time.Hour
	case name != "" && name != ProfileStandard:
		hint := diag.Textf("add [profiles.%s], or name one of: %s, %s", name, ProfileStandard, ProfileStrict)
		if near := tomldoc.Nearest(name, names); near != "" {
			hint = diag.Textf("did you mean \"%s\"?", near)
		}
		t.Report("profile", "bad-value", diag.Textf("there is no profile \"%s\"", name), hint)
	}
}

// readProfileTable reads what a profile may set.
func (s *Site) readProfileTable(p *tomldoc.Table) {
	switch based := p.String("based_on"); based {
	case "", ProfileStandard:
	case ProfileStrict:
		s.Clocks.First, s.Clocks.LoudTime, s.Clocks.Plan = 2*time.Hour, time.Hour, 4*time.Hour
	default:
		p.Report("based_on", "bad-value", diag.Textf("a profile cannot be based on \"%s\"", based),
			diag.Textf("one of: %s, %s", ProfileStandard, ProfileStrict))
	}
	s.readHouse(p)
	p.Done(nil)
}

// readHouse reads the tables that stand in site.toml and in a profile alike.
func (s *Site) readHouse(t *tomldoc.Table) {
	s.readClocks(t)
	s.readCadence(t)
	s.readThresholds(t)
	s.readRules(t)
}

func (s *Site) readClocks(t *tomldoc.Table) {
	c := t.Table("clocks")
	if c == nil {
		return
	}
	k := &s.Clocks
	for i, key := range [...]string{"level_1", "level_2", "level_3"} {
		k.Level[i] = cmp.Or(c.Duration(key), k.Level[i])
	}
	k.First = cmp.Or(c.Duration("first_response"), k.First)
	k.Loud = cmp.Or(c.Int("loud", 1, 1_000_000_000), k.Loud)
	k.LoudTime = cmp.Or(c.Duration("loud_response"), k.LoudTime)
	k.Plan = cmp.Or(c.Duration("loud_plan"), k.Plan)
	k.Remedy = cmp.Or(c.Duration("remedy"), k.Remedy)
	k.Measures = cmp.Or(c.Duration("measures"), k.Measures)
	k.Report = cmp.Or(c.Duration("report"), k.Report)
	k.FollowUp = cmp.Or(c.Int("follow_up_months", 1, 24), k.FollowUp)
	k.Review = cmp.Or(c.Int("review_months", 1, 60), k.Review)
	k.FollowFor = cmp.Or(c.Int("follow_for_months", 1, 120), k.FollowFor)
	c.Done(nil)
}

func (s *Site) readCadence(t *tomldoc.Table) {
	c := t.Table("cadence")
	if c == nil {
		return
	}
	s.Cadence.Acute = cmp.Or(c.Duration("acute"), s.Cadence.Acute)
	s.Cadence.Early = cmp.Or(c.Duration("early"), s.Cadence.Early)
	s.Cadence.Middle = cmp.Or(c.Duration("middle"), s.Cadence.Middle)
	s.Cadence.Late = cmp.Or(c.Duration("late"), s.Cadence.Late)
	c.Done(nil)
}

func (s *Site) readThresholds(t *tomldoc.Table) {
	c := t.Table("thresholds")
	if c == nil {
		return
	}
	s.Thresholds.Negative = cmp.Or(c.Int("negative", 1, 100), s.Thresholds.Negative)
	s.Thresholds.Satisfied = cmp.Or(c.Int("satisfied", 1, 100), s.Thresholds.Satisfied)
	s.Thresholds.Calm = cmp.Or(c.Int("calm_days", 1, 365), s.Thresholds.Calm)
	s.Thresholds.Long = cmp.Or(c.Int("long_days", 1, 3650), s.Thresholds.Long)
	c.Done(nil)
}
