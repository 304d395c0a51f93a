package chart

import "time"

// step is a distance between ticks of the time axis, in one of its parts.
type step struct{ hours, days, months int }

// scaleTimes chooses the ticks of the time axis: as many as have room for their
// labels, at hours, midnights, or first days of months.
func (p *plot) scaleTimes() {
	for _, s := range p.steps() {
		if ticks, ok := p.ticks(s); ok {
			p.times = ticks
			return
		}
	}
	p.times = p.ends()
}

// steps are the distances that come into question, from the shortest.
func (p *plot) steps() []step {
	hours := []step{{hours: 1}, {hours: 2}, {hours: 3}, {hours: 6}, {hours: 12}}
	if p.to-p.from > 2*24*3600 {
		hours = nil
	}
	return append(hours, step{days: 1}, step{days: 2}, step{days: 3}, step{days: 7}, step{days: 14},
		step{months: 1}, step{months: 2}, step{months: 3}, step{months: 6}, step{months: 12}, step{months: 24},
		step{months: 36}, step{months: 60}, step{months: 120}, step{months: 240}, step{months: 600})
}

// length is about how many seconds a step has; never more than it has.
func (s step) length() int64 {
	return int64(s.hours)*3600 + int64(s.days)*23*3600 + int64(s.months)*28*24*3600
}

// ticks returns the ticks of a step, and whether there are two or more and their
// labels have room.
func (p *plot) ticks(s step) ([]tick, bool) {
	const most = 8
	if (p.to-p.from)/s.length() > 2*most {
		return nil, false
	}
	var list []tick
	free := -width // where the next label can begin
	for t := p.firstTick(s); t.Unix() <= p.to; t = s.after(t) {
		if t.Unix() < p.from {
			continue
		}
		next := p.tick(t, s, len(list) == 0)
		if next.mid-next.half < free || len(list) == most {
			return nil, false
		}
		free = next.mid + next.half + 8
		list = append(list, next)
	}
	return list, len(list) > 1
}

// firstTick returns a tick at or before the beginning of the chart.
func (p *plot) firstTick(s step) time.Time {
	from := time.Unix(p.from, 0).In(p.Zone)
	y, m, d := from.Date()
	if s.months > 0 {
		month := (y*12 + int(m) - 1) / s.months * s.months
		return time.Date(month/12, time.Month(month%12+1), 1, 0, 0, 0, 0, p.Zone)
	}
	if midnight := time.Date(y, m, d, 0, 0, 0, 0, p.Zone); s.hours > 0 || midnight.Unix() == p.from {
		return midnight
	}
	return time.Date(y, m, d+1, 0, 0, 0, 0, p.Zone)
}

// after returns the tick after t, on the clocks of its zone.
func (s step) after(t time.Time) time.Time {
	y, m, d := t.Date()
	hour := 0
	if s.hours > 0 {
		hour = t.Hour()/s.hours*s.hours + s.hours
	}
	next := time.Date(y, m+time.Month(s.months), d+s.days, hour, 0, 0, 0, t.Location())
	for extra := 1; !next.After(t); extra++ { // where the clocks go back
		next = time.Date(y, m, d, hour+extra, 0, 0, 0, t.Location())
	}
	return next
}

// tick labels a time: a midnight by its date, another by its hour, and where there
// are no others, the first day of a month by the month. The first tick of a chart
// without a midnight says both.
func (p *plot) tick(t time.Time, s step, first bool) tick {
	label := p.Date
	switch {
	case s.hours > 0 && t.Hour()+t.Minute() != 0:
		label = p.Hour
		if first && !p.midnight() {
			label = func(t time.Time) string { return p.Date(t) + " " + p.Hour(t) }
		}
	case s.months > 0:
		label = p.Month
	}
	made := tick{at: p.x(t.Unix()), label: clean(label(t))}
	made.half = (measure(made.label) + 1) / 2
	made.mid = max(made.half, min(width-made.half, made.at))
	return made
}

// midnight reports whether the chart spans one.
func (p *plot) midnight() bool {
	y, m, d := time.Unix(p.from, 0).In(p.Zone).Date()
	this, next := time.Date(y, m, d, 0, 0, 0, 0, p.Zone), time.Date(y, m, d+1, 0, 0, 0, 0, p.Zone)
	return this.Unix() == p.from || next.Unix() <= p.to
}

// ends are the ticks of a chart that has no room for others: its beginning and its
// end.
func (p *plot) ends() []tick {
	var list []tick
	by := step{hours: 1}
	if p.to-p.from > 2*24*3600 {
		by = step{days: 1}
	}
	for i, seconds := range [...]int64{p.from, p.to} {
		list = append(list, p.tick(time.Unix(seconds, 0).In(p.Zone), by, i == 0))
	}
	first, last := &list[0], &list[1]
	first.mid = max(first.half, first.at)
	if last.mid-last.half < first.mid+first.half+8 || last.label == first.label {
		return list[:1]
	}
	return list
}
