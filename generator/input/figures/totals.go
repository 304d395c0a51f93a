package figures

// Least is the smallest number of people that is given out. Of a group of one to four
// it is only said that they are fewer.
const Least = 5

// Given says how much of a count is given out.
type Given string

// The ways. A count is withheld where its number would give away another.
const (
	Withheld Given = "" // of a Count that nobody has made, too
	Exact    Given = "exact"
	Fewer    Given = "fewer" // than Least, but not none
)

// Count is a number of people, as far as it can be given out. It does not hold what
// it does not give.
type Count struct {
	number int
	given  Given
}

// Number returns the number, and whether it is given out.
func (c Count) Number() (n int, given bool) { return c.number, c.given == Exact }

// Given returns how much is given out.
func (c Count) Given() Given { return c.given }

// Totals are the only thing that leaves a ledger.
//
// No group of one to four people has a number, and none can be worked out from the
// others, by subtraction or by knowing this rule. Nothing stands behind a zero, so
// zeros are given. The groups are shared out like this; each line is a whole and its
// parts:
//
//	Total   Reached, Unreached
//	Total   Solved, Open
//	Total   Satisfied, Dissatisfied, Unanswered
//	Solved  SolvedInDay, SolvedLater
//	Open    OpenHigh, OpenMedium, OpenLow
//
// Of a line whose whole is given, the parts of one to four are "fewer", and larger
// parts are withheld, in a fixed order, until each "fewer" can be 1, 2, 3 or 4 as far
// as the whole and the other parts tell. Where they cannot, the whole line is
// withheld, its zeros too. Of a line whose whole is not given, no part is. So a ledger
// of fewer than five people gives no number at all.
//
// The lines have nothing else in common than their wholes, so what is safe in each is
// safe in all. What two builds show at different times can be compared; that is not
// guarded against: a total that rises from 5 to 6 tells that one case was opened.
type Totals struct {
	Total                         Count
	Reached, Unreached            Count
	Solved, Open                  Count
	SolvedInDay, SolvedLater      Count // within 24 hours of being opened
	OpenHigh, OpenMedium, OpenLow Count
	Satisfied, Dissatisfied       Count
	Unanswered                    Count
}

// totals is what of a tally can be given out.
func (t *tally) totals() Totals {
	total := t.reached + t.unreached
	solved, open := t.inDay+t.later, t.open[high]+t.open[medium]+t.open[low]
	var all Totals
	all.Total = give([]int{total})[0]
	share := func(whole Count, parts []int, to ...*Count) {
		if whole.given != Exact {
			return
		}
		for i, c := range give(parts) {
			*to[i] = c
		}
	}
	// What a reader needs least stands first: it is withheld first.
	share(all.Total, []int{t.unreached, t.reached}, &all.Unreached, &all.Reached)
	share(all.Total, []int{open, solved}, &all.Open, &all.Solved)
	share(all.Total, []int{t.unanswered, t.dissatisfied, t.satisfied},
		&all.Unanswered, &all.Dissatisfied, &all.Satisfied)
	share(all.Solved, []int{t.later, t.inDay}, &all.SolvedLater, &all.SolvedInDay)
	share(all.Open, []int{t.open[low], t.open[medium], t.open[high]}, &all.OpenLow, &all.OpenMedium, &all.OpenHigh)
	return all
}

// give says how much of the parts of a known whole is given out; of a single part,
// where no whole is known.
func give(parts []int) []Count {
	given := make([]Count, len(parts))
	few, hidden := 0, 0 // parts that are "fewer"; people in parts whose number is not given
	for i, n := range parts {
		given[i] = Count{n, Exact}
		if n > 0 && n < Least {
			given[i] = Count{given: Fewer}
			few++
			hidden += n
		}
	}
	if few == 0 || len(parts) == 1 {
		return given
	}
	withheld := 0
	for i := 0; !guarded(few, withheld, hidden); i++ {
		if i == len(parts) {
			return make([]Count, len(parts))
		}
		if parts[i] >= Least {
			given[i] = Count{given: Withheld}
			withheld++
			hidden += parts[i]
		}
	}
	return given
}

// guarded says whether each part that is "fewer" can be anything from 1 to 4, when
// the parts without a number hold so many people together.
func guarded(few, withheld, hidden int) bool {
	const most = Least - 1
	rest := (few - 1) + Least*withheld // the least that the others can be
	if hidden-rest < most {
		return false
	}
	return withheld > 0 || hidden-most*(few-1) <= 1 // the most that the others can be
}

// bounds are the least and the most that a count can be.
type bounds struct{ least, most int }

// span returns the bounds of a part of a whole, by itself.
func (c Count) span(whole int) bounds {
	switch c.given {
	case Exact:
		return bounds{c.number, c.number}
	case Fewer:
		return bounds{1, Least - 1}
	}
	return bounds{0, whole}
}

// within narrows a part's bounds by those of the others.
func (b bounds) within(whole int, others ...bounds) bounds {
	least, most := whole, whole
	for _, o := range others {
		least -= o.most
		most -= o.least
	}
	return bounds{max(b.least, least), min(b.most, most)}
}
