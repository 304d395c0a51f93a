package page

import (
	"math"
	"slices"
	"strconv"
	"time"

	"candor/generator/input/content"
	"candor/generator/input/figures"
)

// totals words how many people were reached, helped and satisfied, without numbers
// that would identify somebody. Note is why some numbers are missing. In brief, it
// is what a progress page shows.
func (pl *incidentPlan) totals(brief bool) (facts []Fact, note string) {
	f := pl.inc.Figures
	if f == nil || f.Totals == nil {
		return nil, ""
	}
	t := f.Totals
	if n, given := t.Total.Number(); !given || n == 0 {
		return nil, ""
	}
	hidden := false
	add := func(key string, c, of figures.Count) {
		facts = append(facts, Fact{Name: pl.words.Must("totals." + key), Value: pl.count(c, of)})
		hidden = hidden || c.Given() != figures.Exact
	}
	none := figures.Count{}
	add("total", t.Total, none)
	add("reached", t.Reached, t.Total)
	add("solved", t.Solved, t.Total)
	if t.Solved.Given() == figures.Exact {
		add("solved-in-day", t.SolvedInDay, t.Solved)
	}
	add("satisfied", t.Satisfied, none)
	yes, said := t.Satisfied.Number()
	no, both := t.Dissatisfied.Number()
	if said && both && yes+no > 0 {
		share := 100 * float64(yes) / float64(yes+no)
		facts[len(facts)-1].Value = pl.words.Must("totals.of-answers",
			pl.words.Decimal(float64(yes), 0), pl.words.Percent(share, 1))
	}
	if !brief {
		add("dissatisfied", t.Dissatisfied, none)
		add("unanswered", t.Unanswered, none)
	}
	add("open", t.Open, none)
	if n, given := t.Open.Number(); given && n > 0 && !brief {
		add("open-high", t.OpenHigh, none)
		add("open-medium", t.OpenMedium, none)
		add("open-low", t.OpenLow, none)
	}
	if hidden {
		note = pl.words.Must("totals.withheld", figures.Least)
	}
	return facts, note
}

// count words a number of people, and its share of a whole.
func (pl *incidentPlan) count(c, of figures.Count) string {
	n, given := c.Number()
	if !given {
		if c.Given() == figures.Fewer {
			return pl.words.Must("totals.fewer", figures.Least)
		}
		return pl.words.Must("totals.unsaid")
	}
	text := pl.words.Decimal(float64(n), 0)
	if whole, ok := of.Number(); ok && whole > 0 {
		text = pl.words.Must("totals.share", text, pl.words.Percent(100*float64(n)/float64(whole), 1))
	}
	return text
}

// changes words gains and losses.
func (pl *incidentPlan) changes() []Change {
	if pl.inc.Figures == nil {
		return nil
	}
	var list []Change
	for _, c := range pl.inc.Figures.Changes {
		measured := func(f figures.Figure) Measured {
			return Measured{pl.amount(f.Value, f.Unit), pl.when(f.Time)}
		}
		v := Change{
			Name: pl.words.Must("columns." + c.Column), Before: pl.words.Decimal(c.Before.Value, 0),
			Lowest: measured(c.Lowest), Newest: measured(c.Newest), Gain: pl.gain(c, c.Newest.Value-c.Before.Value),
		}
		if c.Rows > 1 {
			v.Note = pl.words.Must("changes.mean", c.Rows)
		}
		if c.Lost > 0 {
			v.Lost, v.State = pl.gain(c, -c.Lost), pl.words.Must("changes.not-back")
			if !c.Recovered.IsZero() {
				v.State = pl.words.Must("changes.back", pl.short(c.Recovered))
			}
		}
		list = append(list, v)
	}
	return list
}

// gain words a number with its sign, and its share of the level before.
func (pl *incidentPlan) gain(c figures.Change, number float64) string {
	text := signed(pl.words.Decimal(math.Abs(number), 0), number)
	if share := c.Share(number); !math.IsNaN(share) {
		return pl.words.Must("changes.gain", text, signed(pl.words.Percent(math.Abs(share), 1), share))
	}
	return text
}

func signed(text string, number float64) string {
	switch {
	case number > 0:
		return "+" + text
	case number < 0:
		return "−" + text
	}
	return text
}

// indicators words the signs of recovery and of failure. There are none if no file
// has data for any of them.
func (pl *incidentPlan) indicators() (recovery, failure []Indicator) {
	f := pl.inc.Figures
	if f == nil {
		return nil, nil
	}
	hasData := func(in figures.Indicator) bool { return in.State != figures.NoData }
	if !slices.ContainsFunc(f.Recovery, hasData) && !slices.ContainsFunc(f.Failure, hasData) {
		return nil, nil
	}
	for _, in := range f.Recovery {
		recovery = append(recovery, pl.indicator(in))
	}
	for _, in := range f.Failure {
		failure = append(failure, pl.indicator(in))
	}
	for _, id := range [...]string{"second-crisis", "brand-damaged"} { // of the playbook (§4), without figures
		failure = append(failure, pl.indicator(figures.Indicator{ID: id, State: figures.NoData}))
	}
	return recovery, failure
}

func (pl *incidentPlan) indicator(in figures.Indicator) Indicator {
	th := pl.settings.Thresholds
	negative, satisfied := pl.words.Percent(float64(th.Negative), 0), pl.words.Percent(float64(th.Satisfied), 0)
	args := map[string][]any{
		figures.Eased: {th.Calm}, figures.LowNegative: {negative}, figures.UsersSatisfied: {satisfied},
		figures.NegativeLasts: {negative, th.Long},
	}
	v := Indicator{
		ID: in.ID, Name: pl.words.Must("indicators."+in.ID, args[in.ID]...),
		State: string(in.State), StateWord: pl.words.Must("states." + string(in.State)),
	}
	for _, f := range in.Figures {
		v.Figures = append(v.Figures, pl.figure(in.ID, f))
		v.Source = pl.words.Must("evidence.source", pl.words.Must("sources."+sourceOf(f)))
	}
	return v
}

// sourceOf returns the key of what readers call the data that a figure comes from.
func sourceOf(f figures.Figure) string {
	switch f.Column {
	case "satisfied":
		return "cases"
	case string(figures.Authority):
		return "timeline"
	case figures.Followers, figures.Satisfaction:
		return f.Column
	}
	return "comments"
}

// figure words a figure behind an indicator.
func (pl *incidentPlan) figure(indicator string, f figures.Figure) string {
	value := pl.amount(f.Value, f.Unit)
	switch {
	case f.Name == "acts" && f.Value == 0:
		return pl.words.Must("evidence.no-acts")
	case f.Name == "acts":
		return pl.words.Must("evidence.acts", int(f.Value), pl.short(f.Time))
	case f.Name == "days" && indicator == figures.NegativeLasts:
		return pl.words.Must("evidence.lasted", value)
	case f.Time.IsZero():
		return pl.words.Must("evidence."+f.Name, value)
	}
	return pl.words.Must("evidence."+f.Name, value, pl.short(f.Time))
}

// steps are the follow-ups to the report: the published ones and the next one.
func (pl *incidentPlan) steps() []Step {
	var list []Step
	word := map[bool]string{true: pl.words.Must("steps.review"), false: pl.words.Must("steps.follow-up")}
	for _, f := range pl.inc.FollowUps {
		list = append(list, Step{Name: word[f.Review], Entry: pl.entryOf(f.Update)})
	}
	if due := pl.inc.After.FollowUp; !due.At.IsZero() {
		key := "steps.due"
		if due.Passed {
			key = "steps.overdue"
		}
		state := pl.words.Must(key, pl.at(due.At).Date)
		list = append(list, Step{Name: word[pl.inc.After.Review], State: state, Late: due.Passed})
	}
	return list
}

// splitPromises splits the record of promises into what was promised before the report and
// the improvements: what it promises, and what was promised since.
func (pl *incidentPlan) splitPromises() (record, improvements []Promise) {
	r := pl.inc.Report
	for i, p := range pl.inc.Promises {
		if p.Doc == r.Doc || p.Made != nil && p.Made.Time.After(r.Time) {
			improvements = append(improvements, pl.promiseRecord[i])
		} else {
			record = append(record, pl.promiseRecord[i])
		}
	}
	return record, improvements
}

// progressFigures are the figures that a progress page shows; nil if it shows none,
// or there are none.
func (pl *incidentPlan) progressFigures() *Figures {
	f := pl.inc.Figures
	if f == nil {
		return nil
	}
	v := &Figures{AsOf: pl.optional(f.AsOf)}
	if pl.inc.Shows(content.ShowSentiment) && f.Metrics != nil {
		if c, ok := pl.draw(pl.sentiment(figures.Negative), nil); ok {
			v.Chart = &c
		}
	}
	if pl.inc.Shows(content.ShowCases) {
		v.Totals, v.Note = pl.totals(true)
	}
	if v.Chart == nil && v.Totals == nil {
		return nil
	}
	return v
}

// withFigures returns the time of the newest fact or figure of the incident.
func (pl *incidentPlan) withFigures() time.Time {
	if f := pl.inc.Figures; f != nil && f.AsOf.After(pl.asOf) {
		return f.AsOf
	}
	return pl.asOf
}

// figuresVersion is a version that also changes with the figures. For the cases it
// only depends on what is published: not even a digest of the file is published.
func (pl *incidentPlan) figuresVersion(of string) string {
	f := pl.inc.Figures
	if f == nil {
		return of
	}
	text := of
	for _, sum := range f.Sums {
		text += sum.String()
	}
	totals, _ := pl.totals(false)
	for _, fact := range totals {
		text += "\n" + fact.Value
	}
	return version([]byte(text + strconv.Itoa(len(totals))))
}
