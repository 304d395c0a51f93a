package page

import (
	"math"
	"slices"
	"strconv"

	"candor/generator/domain"
	"candor/generator/input/content"
	"candor/generator/input/figures"
	"candor/generator/site/incident"
)

// totals says how many people were reached, helped and satisfied, as far as it can
// be said without saying it of anybody in particular. Note is why some numbers are
// not there. In brief, it is what readers of a progress page ask for.
func (w *work) totals(brief bool) (facts []Fact, note string) {
	f := w.inc.Figures
	if f == nil || f.Totals == nil {
		return nil, ""
	}
	t := f.Totals
	if n, given := t.Total.Number(); !given || n == 0 {
		return nil, ""
	}
	hidden := false
	add := func(key string, c, of figures.Count) {
		facts = append(facts, Fact{Name: w.words.Must("totals." + key), Value: w.count(c, of)})
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
		facts[len(facts)-1].Value = w.words.Must("totals.of-answers", w.words.Decimal(float64(yes), 0), w.words.Percent(100*float64(yes)/float64(yes+no), 1))
	}
	if !brief {
		add("dissatisfied", t.Dissatisfied, none)
		add("unanswered", t.Unanswered, none)
	}
	add("open", t.Open, none)
	if n, given := t.Open.Number(); given && n > 0 {
		add("open-high", t.OpenHigh, none)
		add("open-medium", t.OpenMedium, none)
		add("open-low", t.OpenLow, none)
	}
	if hidden {
		note = w.words.Must("totals.withheld", figures.Least)
	}
	return facts, note
}

// count words a number of people, and what part of a whole it is.
func (w *work) count(c, of figures.Count) string {
	n, given := c.Number()
	if !given {
		if c.Given() == figures.Fewer {
			return w.words.Must("totals.fewer", figures.Least)
		}
		return w.words.Must("totals.unsaid")
	}
	text := w.words.Decimal(float64(n), 0)
	if whole, ok := of.Number(); ok && whole > 0 {
		text = w.words.Must("totals.share", text, w.words.Percent(100*float64(n)/float64(whole), 1))
	}
	return text
}

// changes words gains and losses.
func (w *work) changes() []Change {
	if w.inc.Figures == nil {
		return nil
	}
	var list []Change
	for _, c := range w.inc.Figures.Changes {
		measured := func(f figures.Figure) Measured { return Measured{w.amount(f.Value, f.Unit), w.when(w.inc, f.Time)} }
		v := Change{
			Name: w.words.Must("columns." + c.Column), Before: w.words.Decimal(c.Before.Value, 0),
			Lowest: measured(c.Lowest), Newest: measured(c.Newest), Gain: w.gain(c, c.Newest.Value-c.Before.Value),
		}
		if c.Rows > 1 {
			v.Note = w.words.Must("changes.mean", c.Rows)
		}
		if c.Lost > 0 {
			v.Lost, v.State = w.gain(c, -c.Lost), w.words.Must("changes.not-back")
			if !c.Recovered.IsZero() {
				v.State = w.words.Must("changes.back", w.short(c.Recovered))
			}
		}
		list = append(list, v)
	}
	return list
}

// gain words a number, with its sign, and what part of the level before it is.
func (w *work) gain(c figures.Change, number float64) string {
	text := signed(w.words.Decimal(math.Abs(number), 0), number)
	if share := c.Share(number); !math.IsNaN(share) {
		return w.words.Must("changes.gain", text, signed(w.words.Percent(math.Abs(share), 1), share))
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

// verdict words the signs of recovery and of failure. There are none where no file
// says anything about any of them.
func (w *work) verdict() (recovery, failure []Indicator) {
	f := w.inc.Figures
	if f == nil {
		return nil, nil
	}
	said := false
	for _, list := range [...][]figures.Indicator{f.Recovery, f.Failure} {
		for _, in := range list {
			said = said || in.State != figures.NoData
		}
	}
	if !said {
		return nil, nil
	}
	for _, in := range f.Recovery {
		recovery = append(recovery, w.indicator(in))
	}
	for _, in := range f.Failure {
		failure = append(failure, w.indicator(in))
	}
	for _, id := range [...]string{"second-crisis", "brand-damaged"} { // the playbook's (§4) that stand in no figures
		failure = append(failure, w.indicator(figures.Indicator{ID: id, State: figures.NoData}))
	}
	return recovery, failure
}

func (w *work) indicator(in figures.Indicator) Indicator {
	th := w.settings.Thresholds
	negative, satisfied := w.words.Percent(float64(th.Negative), 0), w.words.Percent(float64(th.Satisfied), 0)
	args := map[string][]any{
		figures.Eased: {th.Calm}, figures.LowNegative: {negative}, figures.UsersSatisfied: {satisfied}, figures.NegativeLasts: {negative, th.Long},
	}
	v := Indicator{ID: in.ID, Name: w.words.Must("indicators."+in.ID, args[in.ID]...), State: string(in.State), StateWord: w.words.Must("states." + string(in.State))}
	for _, f := range in.Figures {
		v.Figures = append(v.Figures, w.figure(in.ID, f))
		v.Source = w.words.Must("evidence.source", sourceOf(f), f.Column)
	}
	return v
}

// sourceOf names the file that a figure comes from.
func sourceOf(f figures.Figure) string {
	switch f.Column {
	case "satisfied":
		return domain.FileCases
	case string(figures.Authority):
		return domain.FileTimeline
	}
	return domain.FileMetrics
}

// figure words a figure behind an indicator.
func (w *work) figure(indicator string, f figures.Figure) string {
	value := w.amount(f.Value, f.Unit)
	switch {
	case f.Name == "acts" && f.Value == 0:
		return w.words.Must("evidence.no-acts")
	case f.Name == "acts":
		return w.words.Must("evidence.acts", int(f.Value), w.short(f.Time))
	case f.Name == "days" && indicator == figures.NegativeLasts:
		return w.words.Must("evidence.lasted", value)
	case f.Time.IsZero():
		return w.words.Must("evidence."+f.Name, value)
	}
	return w.words.Must("evidence."+f.Name, value, w.short(f.Time))
}

// steps are the follow-ups to the report, published and owed.
func (w *work) steps() []Step {
	var list []Step
	word := func(review bool) string {
		if review {
			return w.words.Must("steps.review")
		}
		return w.words.Must("steps.follow-up")
	}
	for _, f := range w.inc.FollowUps {
		list = append(list, Step{Name: word(f.Review), Entry: w.entryOf(f.Update)})
	}
	if due := w.inc.After.FollowUp; !due.At.IsZero() {
		key := "steps.due"
		if due.Passed {
			key = "steps.overdue"
		}
		list = append(list, Step{Name: word(w.inc.After.Review), State: w.words.Must(key, w.at(due.At).Date), Late: due.Passed})
	}
	return list
}

// ofReport says whether a promise belongs to the improvements: the report makes it,
// or it was made since.
func (w *work) ofReport(p *incident.Promise) bool {
	r := w.inc.Report
	return p.Doc == r.Doc || p.Made != nil && p.Made.Time.After(r.Time)
}

// parted parts the record of promises into what was promised before the report and
// the improvements that it promises.
func (w *work) parted() (record, improvements []Promise) {
	if len(w.inc.Promises) > 0 && !slices.ContainsFunc(w.inc.Promises, w.ofReport) {
		return w.promiseRecord, nil
	}
	for i, p := range w.inc.Promises {
		if w.ofReport(p) {
			improvements = append(improvements, w.promiseRecord[i])
		} else {
			record = append(record, w.promiseRecord[i])
		}
	}
	return record, improvements
}

// progressFigures are the figures that a progress page shows; nil where it shows
// none, or there are none.
func (w *work) progressFigures() *Figures {
	f := w.inc.Figures
	if f == nil {
		return nil
	}
	v := &Figures{AsOf: w.optional(f.AsOf)}
	if w.inc.Shows(content.ShowSentiment) && f.Metrics != nil {
		if c, ok := w.draw(w.sentiment(figures.Negative), nil); ok {
			v.Chart = &c
		}
	}
	if w.inc.Shows(content.ShowCases) {
		v.Totals, v.Note = w.totals(true)
	}
	if v.Chart == nil && v.Totals == nil {
		return nil
	}
	return v
}

// figuresVersion is a version that changes with the figures, too. Of the cases only
// what is published is in it: not even a digest of the file leaves.
func (w *work) figuresVersion(of string) string {
	f := w.inc.Figures
	if f == nil {
		return of
	}
	text := of
	for _, sum := range f.Sums {
		text += sum.String()
	}
	totals, _ := w.totals(false)
	for _, fact := range totals {
		text += "\n" + fact.Value
	}
	return versionOf(text + strconv.Itoa(len(totals)))
}
