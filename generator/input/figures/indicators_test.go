package figures

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"candor/generator/fileset"
)

// known is when the organisation of these tests learned of its incident.
const known = "2026-05-01T00:00"

// rows makes lines of metrics.csv from "day value" pairs: the day after known, and
// the cells.
func rows(pairs ...string) []string {
	var lines []string
	for _, p := range pairs {
		day, cells, _ := strings.Cut(p, " ")
		d, err := time.ParseDuration(day)
		if err != nil {
			panic(err)
		}
		lines = append(lines, at(known).Add(d).Format("2006-01-02T15:04:05")+","+cells)
	}
	return lines
}

// evidence is what a metrics.csv with these columns says so long after known.
func evidence(t *testing.T, columns string, after time.Duration, pairs ...string) Evidence {
	t.Helper()
	passed := by(at(known).Add(after))
	m := metrics(t, append([]string{"time," + columns}, rows(pairs...)...)...).AsOf(passed)
	return Evidence{Known: at(known), Metrics: m, Passed: passed}
}

// brief writes an indicator as "state: name value unit @hours after known, …".
func brief(state State, figures []Figure) string {
	var parts []string
	for _, f := range figures {
		text := fmt.Sprintf("%s %v%s", f.Name, f.Value, f.Unit)
		if !f.Time.IsZero() {
			text += fmt.Sprintf(" @%vh", f.Time.Sub(at(known)).Hours())
		}
		parts = append(parts, text)
	}
	return strings.TrimSuffix(string(state)+": "+strings.Join(parts, ", "), ": ")
}

func find(t *testing.T, list []Indicator, id string) string {
	t.Helper()
	for _, in := range list {
		if in.ID == id {
			return brief(in.State, in.Figures)
		}
	}
	require.Fail(t, "no indicator "+id)
	return ""
}

const days1 = 24 * time.Hour

func TestEased(t *testing.T) {
	for _, test := range []struct {
		name  string
		after time.Duration
		rows  []string
		want  string
	}{
		{"no rows", 5 * days1, nil, "no-data"},
		{"rows before the incident alone", 5 * days1, []string{"-1h 10%,50%,40%"}, "no-data"},
		{"rows in the future alone", 0, []string{"1h 10%,50%,40%"}, "no-data"},
		{"one row, below", 5 * days1, []string{"0h 19.9%,50%,30.1%"}, "met: highest 19.9% @0h, share 19.9% @0h, days 0days @0h"},
		{"one row, above", 5 * days1, []string{"0h 50%,50%,0%"}, "not-yet: highest 50% @0h, share 50% @0h"},
		{"exactly the alarm", 5 * days1, []string{"0h 1,3,1", "24h 2,7,1"}, "not-yet: highest 20% @0h, share 20% @24h"},
		{"a hair below", 5 * days1, []string{"24h 50%,50%,0%", "48h 19.99%,80.01%,0%"}, "met: highest 50% @24h, share 19.99% @48h, days 2days @48h"},
		{"after exactly 14 days", 20 * days1, []string{"24h 50%,50%,0%", "336h 5%,90%,5%"}, "met: highest 50% @24h, share 5% @336h, days 14days @336h"},
		{"a second later", 20 * days1, []string{"24h 50%,50%,0%", "336h0m1s 5%,90%,5%"}, "not-met: highest 50% @24h, share 5% @336.0002777777778h, days 14days @336.0002777777778h"},
		{"below, and up again", 20 * days1, []string{"24h 50%,50%,0%", "48h 5%,90%,5%", "336h 30%,70%,0%"}, "not-met: highest 50% @24h, share 30% @336h"},
		{"below again after a wave", 20 * days1, []string{"24h 50%,50%,0%", "48h 5%,90%,5%", "72h 30%,70%,0%", "96h 5%,90%,5%"}, "met: highest 50% @24h, share 5% @96h, days 4days @96h"},
		{"unsorted", 20 * days1, []string{"96h 5%,90%,5%", "24h 50%,50%,0%"}, "met: highest 50% @24h, share 5% @96h, days 4days @96h"},
		{"rows end before the time is over", 20 * days1, []string{"24h 50%,50%,0%"}, "no-data: highest 50% @24h, share 50% @24h"},
		{"rows end as the time is over", 20 * days1, []string{"336h 50%,50%,0%"}, "not-met: highest 50% @336h, share 50% @336h"},
		{"the last second", 14*days1 - time.Second, []string{"24h 50%,50%,0%"}, "not-yet: highest 50% @24h, share 50% @24h"},
		{"rows without a share", 5 * days1, []string{"24h 50,50,0", "48h 0,0,0", "72h 5,,0"}, "not-yet: highest 50% @24h, share 50% @24h"},
	} {
		got := find(t, Recovery(evidence(t, "negative,neutral,positive", test.after, test.rows...), playbook()), Eased)
		assert.Equal(t, test.want, got, test.name)
	}
}

func TestLowNegative(t *testing.T) {
	for _, test := range []struct {
		after time.Duration
		row   string
		want  string
	}{
		{5 * days1, "24h 19,81,0", "met: share 19% @24h"},
		{5 * days1, "24h 20,80,0", "not-yet: share 20% @24h"},
		{30 * days1, "24h 20,80,0", "not-met: share 20% @24h"},
		{30 * days1, "24h 0,0,0", "no-data"},
		{30 * days1, "24h 0,0,9", "met: share 0% @24h"},
	} {
		assert.Equal(t, test.want, find(t, Recovery(evidence(t, "negative,neutral,positive", test.after, test.row), playbook()), LowNegative), test.row)
	}
}

func TestFollowers(t *testing.T) {
	for _, test := range []struct {
		name        string
		after       time.Duration
		rows        []string
		stay, leave string
	}{
		{"none", 5 * days1, nil, "no-data", "no-data"},
		{"one row", 5 * days1, []string{"24h 100"}, "not-yet: count 100 @24h", "not-yet: count 100 @24h"},
		{"one row, long ago", 40 * days1, []string{"24h 100"}, "no-data: count 100 @24h", "no-data: count 100 @24h"},
		{"two rows within the window", 5 * days1, []string{"24h 100", "95h59m 200"}, "not-yet: count 200 @95.98333333333333h", "not-yet: count 200 @95.98333333333333h"},
		{"just the window", 5 * days1, []string{"24h 100", "96h 100"}, "met: before 100 @24h, count 100 @96h", "not-met: before 100 @24h, count 100 @96h"},
		{"falling", 5 * days1, []string{"0h 100", "24h 99", "96h 98"}, "not-yet: before 99 @24h, count 98 @96h", "not-yet: before 99 @24h, count 98 @96h"},
		{"turned", 9 * days1, []string{"0h 100", "96h 50", "200h 51"}, "met: before 50 @96h, count 51 @200h", "not-met: before 50 @96h, count 51 @200h"},
		{"to nothing", 9 * days1, []string{"0h 100", "96h 0", "200h 0"}, "met: before 0 @96h, count 0 @200h", "not-met: before 0 @96h, count 0 @200h"},
		{"falling on the last day", 30 * days1, []string{"0h 100", "720h 50"}, "not-met: before 100 @0h, count 50 @720h", "not-yet: before 100 @0h, count 50 @720h"},
		{"falling after it", 31 * days1, []string{"0h 100", "721h 50"}, "not-met: before 100 @0h, count 50 @721h", "met: before 100 @0h, count 50 @721h"},
		{"rows before the incident do not count", 5 * days1, []string{"-240h 100", "1h 99"}, "not-yet: count 99 @1h", "not-yet: count 99 @1h"},
	} {
		e := evidence(t, "followers", test.after, test.rows...)
		assert.Equal(t, test.stay, find(t, Recovery(e, playbook()), FollowersStay), test.name)
		assert.Equal(t, test.leave, find(t, Failure(e, playbook()), FollowersLeave), test.name)
	}
}

func TestCoverage(t *testing.T) {
	for _, test := range []struct {
		name  string
		after time.Duration
		rows  []string
		want  string
	}{
		{"one row", 5 * days1, []string{"0h 50,30,20"}, "not-yet: share 50% @0h"},
		{"grown", 5 * days1, []string{"0h 50,30,20", "24h 60,30,10", "96h 20,60,20"}, "met: lowest 40% @24h, before 40% @24h, share 80% @96h"},
		{"no more than at its lowest", 5 * days1, []string{"0h 50,30,20", "96h 50,30,20"}, "not-yet: lowest 50% @0h, before 50% @0h, share 50% @96h"},
		{"grown and shrinking", 40 * days1, []string{"0h 90,5,5", "48h 20,60,20", "144h 30,50,20"}, "not-met: lowest 10% @0h, before 80% @48h, share 70% @144h"},
		{"grown and steady", 9 * days1, []string{"0h 90,5,5", "48h 20,60,20", "144h 20,50,30"}, "met: lowest 10% @0h, before 80% @48h, share 80% @144h"},
		{"negative alone", 9 * days1, []string{"0h 90%,,", "144h 20%,,"}, "no-data"},
	} {
		got := find(t, Recovery(evidence(t, "negative,neutral,positive", test.after, test.rows...), playbook()), CoverageGrows)
		assert.Equal(t, test.want, got, test.name)
	}
}

func TestNegativeLasts(t *testing.T) {
	for _, test := range []struct {
		name  string
		after time.Duration
		rows  []string
		want  string
	}{
		{"none", 5 * days1, nil, "no-data"},
		{"one row", 5 * days1, []string{"0h 50%,50%,0%"}, "not-yet: share 50% @0h, days 0days @0h"},
		{"30 days exactly", 50 * days1, []string{"0h 50%,50%,0%", "720h 20%,80%,0%"}, "not-yet: share 20% @720h, days 30days @720h"},
		{"a second more", 50 * days1, []string{"0h 50%,50%,0%", "720h0m1s 20%,80%,0%"}, "met: share 20% @720.0002777777778h, days 30days @720.0002777777778h"},
		{"more, and over", 50 * days1, []string{"0h 50%,50%,0%", "760h 20%,80%,0%", "800h 2%,98%,0%"}, "met: share 2% @800h, days 31.67days @760h"},
		{"a pause between", 50 * days1, []string{"0h 50%,50%,0%", "400h 19%,81%,0%", "760h 50%,50%,0%"}, "not-yet: share 50% @760h, days 0days @0h"},
		{"over", 50 * days1, []string{"0h 50%,50%,0%", "48h 30%,70%,0%", "400h 19%,81%,0%"}, "not-met: share 19% @400h, days 2days @48h"},
		{"never", 50 * days1, []string{"0h 5%,95%,0%"}, "not-met: share 5% @0h"},
	} {
		got := find(t, Failure(evidence(t, "negative,neutral,positive", test.after, test.rows...), playbook()), NegativeLasts)
		assert.Equal(t, test.want, got, test.name)
	}
}

func TestUsersSatisfied(t *testing.T) {
	count := func(n int) Count { return Count{n, Exact} }
	fewer, withheld := Count{given: Fewer}, Count{}
	totals := func(total, yes, no, none Count) *Totals {
		return &Totals{Total: total, Satisfied: yes, Dissatisfied: no, Unanswered: none}
	}
	for _, test := range []struct {
		name   string
		after  time.Duration
		totals *Totals
		row    string
		want   string
	}{
		{"nothing", 5 * days1, nil, "1h ", "no-data"},
		{"metrics, exactly", 5 * days1, nil, "1h 80", "not-yet: satisfied 80% @1h"},
		{"metrics, exactly, in the end", 30 * days1, nil, "1h 80", "not-met: satisfied 80% @1h"},
		{"metrics, more", 5 * days1, nil, "1h 80.1", "met: satisfied 80.1% @1h"},
		{"metrics from before the incident", 5 * days1, nil, "-1h 99", "no-data"},
		{"ledger", 5 * days1, totals(count(200), count(81), count(19), count(100)), "1h 2", "met: satisfied 81%, answered 50%"},
		{"ledger, exactly", 5 * days1, totals(count(200), count(80), count(20), count(100)), "1h 99", "not-yet: satisfied 80%, answered 50%"},
		{"ledger, exactly, in the end", 30 * days1, totals(count(200), count(80), count(20), count(100)), "1h 99", "not-met: satisfied 80%, answered 50%"},
		{"too few answers", 5 * days1, totals(count(201), count(95), count(5), count(101)), "1h 99", "not-yet: satisfied 95%, answered 49.751243781%"},
		{"nobody asked", 5 * days1, totals(count(200), count(0), count(0), count(200)), "1h 99", "not-yet: satisfied 0%, answered 0%"},
		{"empty ledger", 5 * days1, totals(count(0), count(0), count(0), count(0)), "1h 99", "met: satisfied 99% @1h"},
		{"few dissatisfied, either way more", 5 * days1, totals(count(100), count(50), fewer, withheld), "1h 2", "met: satisfied-least 92.592592593%, answered-least 51%"},
		{"few dissatisfied, both possible", 5 * days1, totals(count(21), count(16), fewer, fewer), "1h 99", "met: satisfied 99% @1h"},
		{"few satisfied", 5 * days1, totals(count(20), fewer, count(16), withheld), "1h 99", "not-yet: satisfied-least 5.882352941%, answered-least 85%"},
		{"all withheld", 5 * days1, totals(count(7), withheld, withheld, withheld), "1h ", "no-data"},
		{"a handful", 5 * days1, totals(fewer, withheld, withheld, withheld), "1h 99", "met: satisfied 99% @1h"},
	} {
		e := evidence(t, "satisfaction", test.after, test.row)
		e.Totals = test.totals
		assert.Equal(t, test.want, find(t, Recovery(e, playbook()), UsersSatisfied), test.name)
	}
}

// TestSatisfiedTellsNothingMore: what the indicator says is a function of what Totals
// gives out, whatever stands in the ledger.
func TestSatisfiedTellsNothingMore(t *testing.T) {
	said := map[string]string{}
	each(3, 30, func(ns []int) {
		tally := tally{satisfied: ns[0], dissatisfied: ns[1], unanswered: ns[2], reached: ns[0] + ns[1] + ns[2], inDay: ns[0] + ns[1] + ns[2]}
		totals := tally.totals()
		e := evidence(t, "satisfaction", 5*days1)
		e.Totals = &totals
		look, got := summary(totals), find(t, Recovery(e, playbook()), UsersSatisfied)
		if before, ok := said[look]; ok {
			require.Equal(t, before, got, look)
		}
		said[look] = got
	})
}

func TestSignals(t *testing.T) {
	for _, test := range []struct {
		name  string
		after time.Duration
		rows  []string
		want  []string
	}{
		{"nothing", days1, nil, nil},
		{"exactly the alarm", days1, []string{"1h 20,60,20,5000000"}, nil},
		{"above", days1, []string{"1h 21,60,19,5000001", "2h 21,60,19,6000000"}, []string{"↑negative-high: share 21% @2h", "↑reads-high: count 5.000001e+06 @1h"}},
		{"rising", 9 * days1, []string{"0h 1,99,0,", "100h 5,95,0,", "150h 8,92,0,", "172h 10,90,0,"}, []string{"↑negative-rising: lowest 5% @100h, share 10% @172h", "↓calm: before 1% @0h, share 10% @172h"}},
		{"rose before the window", 9 * days1, []string{"0h 1,99,0,", "100h 8,92,0,", "172h 10,90,0,"}, []string{"↓calm: before 1% @0h, share 10% @172h"}},
		{"falling", 9 * days1, []string{"0h 90,10,0,", "72h 10,90,0,", "143h 10,90,0,"}, nil},
		{"calm for the window", 9 * days1, []string{"0h 90,10,0,", "72h 10,90,0,", "144h 10,90,0,"}, []string{"↓calm: before 10% @72h, share 10% @144h"}},
		{"30 days", 30 * days1, nil, nil},
		{"and a second", 30*days1 + time.Second, nil, []string{"↓long-ago: days 30days @720.0002777777778h"}},
	} {
		var got []string
		for _, s := range Signals(evidence(t, "negative,neutral,positive,reads", test.after, test.rows...), playbook()) {
			got = append(got, map[bool]string{true: "↑", false: "↓"}[s.Escalate]+brief(State(s.ID), s.Figures))
		}
		assert.Equal(t, test.want, got, test.name)
	}
}

func TestChange(t *testing.T) {
	for _, test := range []struct {
		name, column string
		rows         []string
		want         string
	}{
		{"none before", Followers, []string{"1h 100"}, "none"},
		{"none after", Followers, []string{"0h 100"}, "none"},
		{"lost and back", Followers, []string{"-200h 50", "0h 100", "24h 95", "48h 90", "72h 99", "96h 100", "120h 115"}, "before 100 of 1, lowest 90 @48h, highest 115 @120h, count 115 @120h, lost 10, recovered @96h"},
		{"lost", Followers, []string{"-200h 100", "24h 95", "48h 100", "72h 99"}, "before 100 of 1, lowest 95 @24h, highest 100 @48h, count 99 @72h, lost 5"},
		{"never lost", Followers, []string{"0h 100", "24h 100"}, "before 100 of 1, lowest 100 @24h, highest 100 @24h, count 100 @24h, lost 0"},
		{"sales are the mean of a week", Sales, []string{"-169h 1000", "-168h 10", "-24h 30", "0h 20", "24h 0", "48h 25"}, "before 20 of 3, lowest 0 @24h, highest 25 @48h, count 25 @48h, lost 20, recovered @48h"},
		{"sales older than a week are no level", Sales, []string{"-169h 1000", "24h 0"}, "none"},
	} {
		e := evidence(t, test.column, 90*days1, test.rows...)
		c, ok := ChangeOf(e.Metrics, test.column, e.Known)
		got := "none"
		if ok {
			got = fmt.Sprintf("before %v of %d, %s, lost %v", c.Before.Value, c.Rows, brief("", []Figure{c.Lowest, c.Highest, c.Newest})[2:], c.Lost)
			if !c.Recovered.IsZero() {
				got += fmt.Sprintf(", recovered @%vh", c.Recovered.Sub(at(known)).Hours())
			}
		}
		assert.Equal(t, test.want, got, test.name)
	}
	assert.Equal(t, 12.5, Change{Before: Figure{Value: 80}}.Share(10))
	assert.NotEqual(t, Change{}.Share(10), Change{}.Share(10), "nothing has no parts")
}

// TestOtherZones: what follows from a file is the same where the same instants are
// written in other zones.
func TestOtherZones(t *testing.T) {
	lines := []string{"time,negative,neutral,positive,followers,reads", "2026-05-01T08:00+08:00,50,50,0,100,1", "2026-05-15T08:00+08:00,5,90,5,101,6000000"}
	passed := by(at("2026-06-30T00:00"))
	want := fmt.Sprint(all(Evidence{Known: at(known), Metrics: metrics(t, lines...), Passed: passed}))
	other := []string{lines[0], "2026-04-30T20:30-03:30,50,50,0,100,1", "2026-05-15T00:00Z,5,90,5,101,6000000"}
	assert.Equal(t, want, fmt.Sprint(all(Evidence{Known: at(known), Metrics: metrics(t, other...), Passed: passed})))
}

func all(e Evidence) []any {
	th := playbook()
	return []any{Recovery(e, th), Failure(e, th), Signals(e, th)}
}

// TestClockIsAsked: an indicator that says "not yet" has asked for the time at which
// it will say something else.
func TestClockIsAsked(t *testing.T) {
	e := evidence(t, "negative,neutral,positive,followers", 5*days1, "24h 50%,50%,0%,100")
	asked := map[time.Duration]bool{}
	e.Passed = func(when time.Time) bool {
		asked[when.Sub(e.Known)] = true
		return false
	}
	Recovery(e, playbook())
	assert.Equal(t, map[time.Duration]bool{14 * days1: true, 30 * days1: true}, asked)
}

// TestAuthoritiesAct: from when the organisation knew, an entry of an authority is a
// sign of failure; that there is none is known once the time for it is over.
func TestAuthoritiesAct(t *testing.T) {
	known := at("2026-11-02T08:00")
	timeline := func(lines ...string) *Timeline {
		tl, found := ReadTimeline(fileset.NewFile("timeline.csv", []byte("time,kind,text\n"+strings.Join(lines, "\n"))), time.UTC)
		require.Empty(t, said(found))
		return tl
	}
	early, on := "2026-11-02T07:59,authority,before", "2026-11-02T08:00,authority,then"
	for _, c := range []struct {
		name     string
		timeline *Timeline
		instant  string
		state    State
		acts     float64
	}{
		{"no file", nil, "2026-12-30T00:00", NoData, 0},
		{"none yet", timeline("2026-11-03T08:00,media,x"), "2026-12-02T07:59", NotYet, 0},
		{"none at all", timeline("2026-11-03T08:00,media,x"), "2026-12-02T08:00", NotMet, 0},
		{"before it was known", timeline(early), "2026-12-30T00:00", NotMet, 0},
		{"one", timeline(early, on), "2026-11-03T00:00", Met, 1},
		{"two", timeline(on, "2026-11-03T08:00,authority,again"), "2026-11-04T00:00", Met, 2},
	} {
		e := Evidence{Known: known, Metrics: &Metrics{}, Timeline: c.timeline, Passed: by(at(c.instant))}
		in := Failure(e, playbook())[2]
		assert.Equal(t, AuthoritiesAct, in.ID)
		assert.Equal(t, c.state, in.State, c.name)
		if c.timeline != nil {
			assert.Equal(t, c.acts, in.Figures[0].Value, c.name)
		}
	}
}

// TestTimelineInLanguages: an entry is said in the languages that the site has, as
// far as there are columns and cells for it.
func TestTimelineInLanguages(t *testing.T) {
	file := fileset.NewFile("timeline.csv", []byte("time,kind,text,text.zh-Hans,source,来源.zh-hans\n2026-11-02T08:00,media,Two papers,两家报纸,the papers,\n"))
	tl, found := ReadTimeline(file, time.UTC, "en", "zh-Hans")
	require.Empty(t, said(found))
	text, source := tl.Events[0].In("zh-Hans")
	assert.Equal(t, []string{"两家报纸", ""}, []string{text, source})
	text, source = tl.Events[0].In("en")
	assert.Empty(t, text+source)
	_, found = ReadTimeline(file, time.UTC, "en")
	assert.Contains(t, said(found), `unknown-key: there is no column "text.zh-Hans" in this file`)
}
