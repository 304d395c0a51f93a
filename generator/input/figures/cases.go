package figures

import (
	"fmt"
	"strings"
	"time"

	"candor/generator/diag"
	"candor/generator/fileset"
)

func casesColumns() []column {
	return []column{
		{"id", true, []string{"编号"}},
		{"channel", false, []string{"渠道"}},
		{"priority", true, []string{"优先级"}},
		{"opened", true, []string{"登记", "登记时间"}},
		{"reached", true, []string{"联系", "联系时间"}},
		{"solved", true, []string{"解决", "解决时间"}},
		{"satisfied", true, []string{"满意", "是否满意"}},
	}
}

// Ledger is what cases.csv says. It shows nothing but Totals: rows have no way out,
// not through formatting either, and ids and channels are not even kept.
type Ledger struct {
	cases []affected
	zone  *time.Location
}

// affected is a case. Times are seconds since 1970; zero if there is none.
type affected struct {
	opened, reached, solved int64
	priority                priority
	satisfied               answer
}

type priority uint8

const (
	high priority = iota
	medium
	low
)

type answer uint8

const (
	unanswered answer = iota
	satisfied
	dissatisfied
)

// Format writes the type's name, whatever the verb.
func (Ledger) Format(state fmt.State, _ rune) { fmt.Fprint(state, "figures.Ledger") }

// ReadCases reads cases.csv. Rows with findings are left out.
func ReadCases(file fileset.File, zone *time.Location) (*Ledger, diag.List) {
	s, ok := open(file, zone, casesColumns(), false, true)
	l := &Ledger{zone: zone}
	if !ok {
		return l, s.found.Sort()
	}
	ids := map[string]bool{}
	for range s.each {
		id := s.get("id")
		name := trim(id.text)
		switch {
		case name == "":
			s.bad(id, diag.Textf("the id is missing"), diag.Textf("give each case an id of its own"))
		case ids[name]:
			s.fault(id.start, id.end, "duplicate-id",
				diag.Textf("another case has this id"), diag.Textf("give each case an id of its own"))
			continue
		}
		ids[name] = true
		if c := s.affected(); !s.faulty {
			l.cases = append(l.cases, c)
		}
	}
	return l, s.found.Sort()
}

// affected reads a case.
func (s *sheet) affected() affected {
	word := func(name string) string { return strings.ToLower(trim(s.get(name).text)) }
	var c affected
	var known bool
	if c.priority, known = priorities()[word("priority")]; !known {
		s.bad(s.get("priority"), diag.Textf("this is not a priority"),
			diag.Textf("one of: %s", diag.Names{s.either("high", "高"), s.either("medium", "中"), s.either("low", "低")}))
	}
	if c.satisfied, known = answers()[word("satisfied")]; !known {
		s.bad(s.get("satisfied"), diag.Textf("this is neither yes nor no"),
			diag.Textf("write %s or %s, or leave it empty if nobody has answered", s.either("yes", "是"), s.either("no", "否")))
	}
	for _, when := range [...]struct {
		name string
		to   *int64
	}{{"opened", &c.opened}, {"reached", &c.reached}, {"solved", &c.solved}} {
		place := s.get(when.name)
		if trim(place.text) == "" && when.name != "opened" {
			continue
		}
		t := s.time(place)
		if t.IsZero() {
			continue
		}
		if *when.to = t.Unix(); c.opened != 0 && *when.to < c.opened {
			s.fault(place.start, place.end, "bad-date",
				diag.Textf("%s is before %s", s.called(when.name), s.called("opened")),
				diag.Textf("a case is opened first"))
		}
	}
	return c
}

func priorities() map[string]priority {
	return map[string]priority{"high": high, "高": high, "medium": medium, "中": medium, "low": low, "低": low}
}

func answers() map[string]answer {
	return map[string]answer{"": unanswered, "yes": satisfied, "是": satisfied, "no": dissatisfied, "否": dissatisfied}
}

// AsOf counts the cases as they stand. A case counts from when it was opened; being
// reached and solved, from then; an answer, from the last of the case's times, since
// it has none of its own.
func (l *Ledger) AsOf(passed Passed) Totals {
	var t tally
	has := func(at int64) bool { return at != 0 && passed(time.Unix(at, 0).In(l.zone)) }
	for _, c := range l.cases {
		if has(c.opened) {
			t.count(c, has(c.reached), has(c.solved))
		}
	}
	return t.totals()
}

// tally counts cases.
type tally struct {
	reached, unreached      int
	inDay, later            int
	open                    [3]int // by priority
	satisfied, dissatisfied int
	unanswered              int
}

const day = 24 * 3600 // seconds

func (t *tally) count(c affected, reached, solved bool) {
	if reached {
		t.reached++
	} else {
		t.unreached++
	}
	switch {
	case !solved:
		t.open[c.priority]++
	case c.solved-c.opened <= day:
		t.inDay++
	default:
		t.later++
	}
	switch {
	case c.satisfied == unanswered, c.reached != 0 && !reached, c.solved != 0 && !solved:
		t.unanswered++
	case c.satisfied == satisfied:
		t.satisfied++
	default:
		t.dissatisfied++
	}
}
