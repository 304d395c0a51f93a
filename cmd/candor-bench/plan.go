package main

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"time"

	"candor/generator/domain"
)

// instant is the frozen `at` of the corpus. Times are civil times of the site's zone, kept in UTC
// here, so that no zone of the machine can enter.
var instant = time.Date(2026, time.November, 9, 12, 0, 0, 0, time.UTC)

// plan is one incident before it has words: what happens when, and what is promised.
type plan struct {
	writer
	number   int
	careless *rand.Rand // what goes wrong in the corpus "written"; nil in the clean one
	seed     uint64
	slug     string
	kind     string // the incident's type
	stance   string
	level    int
	open     bool
	stale    bool // open, and nobody has written for days
	known    time.Time
	report   time.Time
	updates  []updatePlan
	promises []promisePlan
}

type updatePlan struct {
	name, kind, status string // status only where it changes
	time, next         time.Time
	level              int    // 0: unchanged
	corrects           string // name of an earlier update
}

// promisePlan is a promise with its fate. made and done number updates; made == inIndex or
// inReport puts it there; done == never leaves it open, or overdue when due is past.
type promisePlan struct {
	id, text   string
	made, done int
	due        time.Time
}

const (
	inIndex  = -1
	inReport = -2
	never    = -1
)

// newPlan decides everything about incident number i. Its randomness depends on the seed and on i
// alone, so that incidents can be written in any order. In the corpus "written" it goes wrong at
// places that a second source of randomness chooses; all else is the same in both corpora.
func newPlan(kind string, seed uint64, i, updates int) *plan {
	rng := rand.New(rand.NewPCG(seed, uint64(i)))
	words := lexicons()[i%2]
	p := &plan{number: i, seed: seed, kind: drawType(rng), level: 1 + rng.IntN(3), open: i%40 == 3}
	if kind == written {
		p.careless = rand.New(rand.NewPCG(^seed, uint64(i)))
		p.stale = !p.open && i%4 == 3
		p.open = p.open || p.stale
	}
	p.writer = writer{lexicon: words, rng: rng, product: words.Products[rng.IntN(len(words.Products))]}
	p.slug = slug(p.kind, i)
	p.stance = []string{"full", "full", "partial", "unfounded"}[rng.IntN(4)]
	p.planUpdates(updates)
	p.planPromises()
	return p
}

// drawType is the first draw of each incident, so that others can name its folder without planning
// it.
func drawType(rng *rand.Rand) string {
	return domain.BuiltinTypes()[rng.IntN(len(domain.BuiltinTypes()))]
}

// slug names the folder of incident number i.
func slug(kind string, i int) string { return fmt.Sprintf("%s-%05d", kind, i+1) }

// schedule spreads the updates over a month or so, hours apart at first and days apart at the end,
// as the clock of a crisis runs; thousands of updates come minutes apart. It returns each one's
// distance from known, which it sets together with the report's time.
func (p *plan) schedule(count int) []time.Duration {
	span := time.Duration(15+p.rng.IntN(30)) * 24 * time.Hour
	weights := count * (count + 1) / 2
	since := make([]time.Duration, count)
	elapsed := time.Duration(0)
	if p.slip(20) { // a first response that comes late, and everything after it
		elapsed = 26 * time.Hour
	}
	for k := range since {
		gap := span / time.Duration(weights) * time.Duration(k+1)
		gap = gap*7/10 + time.Duration(p.rng.Int64N(int64(gap)*6/10+1))
		elapsed += max(gap.Truncate(time.Minute), 2*time.Minute)
		since[k] = elapsed
	}
	// The age of the report places the whole: years ago, or for an open incident within hours.
	age := time.Duration(1+p.rng.IntN(5*365*24)) * time.Hour
	if p.open {
		age = time.Duration(10+p.rng.IntN(300)) * time.Minute
	}
	if p.stale {
		age *= 100
	}
	p.report = instant.Add(-age)
	p.known = p.report.Add(-time.Duration(2+p.rng.IntN(10))*time.Hour - elapsed)
	return since
}

// planUpdates gives each update its time, kind, status, level and the promise of the next.
func (p *plan) planUpdates(count int) {
	p.updates = make([]updatePlan, count)
	status := ""
	for k, since := range p.schedule(count) {
		u := &p.updates[k]
		u.time = p.known.Add(since)
		p.classify(k, count)
		resolved := status == "resolved"
		if u.status == status {
			u.status = ""
		}
		status = cmp.Or(u.status, status)
		u.name = fmt.Sprintf("%0*d-%s", max(3, len(strconv.Itoa(count))), k+1, u.kind) // in the order of their times
		if u.kind == "correction" {
			u.corrects = p.updates[k-1-p.rng.IntN(min(k, 3))].name
		}
		if k > 0 && !resolved {
			// Mostly the update comes within the hour before it was promised, now and then later.
			promised := u.time.Add(time.Duration(p.rng.IntN(70)-10) * time.Minute)
			p.updates[k-1].next = later(p.updates[k-1].time, promised)
		}
	}
	switch {
	case p.stale && p.slip(50):
		p.updates[count-1].next = p.updates[count-1].time.Add(6 * time.Hour)
	case p.open && !p.slip(50):
		p.updates[count-1].next = instant.Add(time.Duration(1+p.rng.IntN(24)) * time.Hour)
	}
}

// later returns t, or the minute after earliest when t is not after it.
func later(earliest, t time.Time) time.Time {
	if t.After(earliest) {
		return t
	}
	return earliest.Add(time.Minute)
}

// classify gives update k of count its kind, status and level, by how far the incident has come.
func (p *plan) classify(k, count int) {
	u := &p.updates[k]
	switch done := 100 * (k + 1) / count; {
	case k == 0:
		u.kind, u.status = "response", "investigating"
	case k == count-1 && !p.open, done > 90 && !p.open:
		u.kind, u.status = "follow-up", "resolved"
		if p.updates[k-1].kind != "follow-up" && p.updates[k-1].kind != "resolution" {
			u.kind = "resolution"
		}
	case done > 60:
		u.kind, u.status = "progress", "monitoring"
	case done > 30:
		u.kind, u.status = "progress", "identified"
	default:
		u.kind, u.status = "progress", "investigating"
	}
	if u.kind == "progress" && p.rng.IntN(12) == 0 {
		u.kind = "correction"
	}
	if k == count/4 && k > 0 && p.level < 3 && p.number%3 == 0 {
		u.level = p.level + 1
	}
	if k == count/2 && k > count/4 && p.level < 3 && p.number%3 == 0 {
		u.level = p.level
	}
}

// planPromises makes a dozen promises with every fate: kept, kept late, open, overdue.
func (p *plan) planPromises() {
	texts := slices.Clone(p.Promises)
	p.rng.Shuffle(len(texts), func(i, j int) { texts[i], texts[j] = texts[j], texts[i] })
	fates := "kept kept kept kept late open overdue index index index-open report report"
	for n, fate := range strings.Fields(fates) {
		p.promises = append(p.promises, p.promise(texts[n], fate))
	}
}

// promise decides when one promise is made, due and kept. What cannot be kept for want of a later
// update stays open.
func (p *plan) promise(text [2]string, fate string) promisePlan {
	hours := func(low, high int) time.Duration { return time.Duration(low+p.rng.IntN(high-low)) * time.Hour }
	count := len(p.updates)
	out := promisePlan{id: text[0], text: text[1], made: p.rng.IntN(max(1, count/2)), done: never}
	out.due = instant.Add(hours(24, 700))
	madeAt := p.updates[out.made].time
	switch {
	case fate == "overdue":
		out.due = madeAt.Add(min(hours(12, 72), instant.Sub(madeAt)-5*time.Minute))
	case fate == "report":
		out.made = inReport
	case fate == "index-open":
		out.made = inIndex
	case fate == "index":
		out.made, out.done = inIndex, p.rng.IntN(count)
		out.due = p.updates[out.done].time.Add(hours(1, 48))
	case fate == "open" || count == 1:
	default:
		out.done = out.made + 1 + p.rng.IntN(min(count-out.made-1, 8))
		out.due = p.updates[out.done].time.Add(hours(1, 48))
		if fate == "late" {
			out.due = later(madeAt, p.updates[out.done].time.Add(-hours(1, 12)))
		}
	}
	out.due = out.due.Truncate(time.Minute)
	return out
}
