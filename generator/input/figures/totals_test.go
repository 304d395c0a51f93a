package figures

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"candor/generator/fileset"
)

// shown writes counts as a reader sees them.
func shown(counts ...Count) string {
	var parts []string
	for _, c := range counts {
		switch n, ok := c.Number(); {
		case ok:
			parts = append(parts, fmt.Sprint(n))
		case c.Given() == Fewer:
			parts = append(parts, "<5")
		default:
			parts = append(parts, "?")
		}
	}
	return strings.Join(parts, " ")
}

func TestGive(t *testing.T) {
	for _, test := range []struct {
		parts []int
		want  string
	}{
		{[]int{0}, "0"}, {[]int{1}, "<5"}, {[]int{4}, "<5"}, {[]int{5}, "5"},
		{[]int{0, 0, 0}, "0 0 0"},
		{[]int{0, 5}, "0 5"},
		{[]int{7, 12, 5}, "7 12 5"},
		{[]int{1, 4}, "<5 <5"},
		{[]int{1, 5}, "? ?"},    // six people: "fewer" and "at least five" would tell which
		{[]int{3, 4}, "? ?"},    // seven: the first would be 3 or 4
		{[]int{4, 5}, "<5 ?"},   // nine and more hide what is small
		{[]int{408, 4}, "? <5"}, // by subtraction
		{[]int{0, 408, 4}, "0 ? <5"},
		{[]int{20, 30, 4}, "? 30 <5"},
		{[]int{5, 30, 4}, "? 30 <5"},
		{[]int{5, 30, 1}, "? ? <5"}, // six would tell that it is 1
		{[]int{30, 1, 1}, "? <5 <5"},
		{[]int{30, 3, 3}, "? <5 <5"}, // six shared by two: neither could be 1
		{[]int{7, 5, 1}, "? ? ?"},
	} {
		assert.Equal(t, test.want, shown(give(test.parts)...), "%v", test.parts)
	}
}

// TestNothingCanBeWorkedOut: of all ways to share out a whole, those that look alike
// to a reader, who knows the rule, differ in every part of one to four people; and
// what is not given, taken together, is no group of one to four either.
func TestNothingCanBeWorkedOut(t *testing.T) {
	type look struct {
		whole int
		shown string
	}
	for parts, most := range map[int]int{2: 60, 3: 40} {
		seen := map[look][]map[int]bool{} // by part, the numbers behind the look
		each(parts, most, func(ns []int) {
			given := give(ns)
			whole, hidden := 0, 0
			for i, n := range ns {
				whole += n
				if number, ok := given[i].Number(); ok {
					require.Equal(t, n, number)
					require.False(t, n > 0 && n < Least, "%v is shown as %s", ns, shown(given...))
				} else {
					require.Zero(t, given[i].number, "a count holds what it does not give")
					hidden += n
				}
				if given[i].Given() == Fewer {
					require.True(t, n > 0 && n < Least)
				}
			}
			if whole > 0 && whole < Least {
				return // such a whole is not given, so its parts are not looked at
			}
			require.True(t, hidden == 0 || hidden >= Least, "%v is shown as %s", ns, shown(given...))
			key := look{whole, shown(given...)}
			if seen[key] == nil {
				seen[key] = make([]map[int]bool, parts)
			}
			for i, n := range ns {
				if seen[key][i] == nil {
					seen[key][i] = map[int]bool{}
				}
				seen[key][i][n] = true
			}
		})
		for key, numbers := range seen {
			for i, behind := range numbers {
				for n := 1; n < Least; n++ {
					require.False(t, behind[n] && len(behind) == 1, "%+v gives away that part %d is %d", key, i, n)
				}
			}
		}
	}
}

// each calls do with all ways to share out at most so many people.
func each(parts, most int, do func([]int)) {
	ns := make([]int, parts)
	var fill func(i, left int)
	fill = func(i, left int) {
		if i == parts {
			do(ns)
			return
		}
		for n := 0; n <= left; n++ {
			ns[i] = n
			fill(i+1, left-n)
		}
	}
	fill(0, most)
}

// ledger makes a cases.csv with cases opened on the first of May.
func ledger(t testing.TB, rows ...string) *Ledger {
	t.Helper()
	var b strings.Builder
	b.WriteString("id,priority,opened,reached,solved,satisfied\n")
	for i, row := range rows {
		fmt.Fprintf(&b, "%d,%s\n", i, row)
	}
	l, found := ReadCases(fileset.NewFile("cases.csv", []byte(b.String())), time.UTC)
	require.Empty(t, said(found))
	return l
}

func repeat(n int, row string) []string {
	rows := make([]string, n)
	for i := range rows {
		rows[i] = row
	}
	return rows
}

func summary(t Totals) string {
	return "total " + shown(t.Total) + ", reached " + shown(t.Reached, t.Unreached) + ", solved " + shown(t.Solved, t.Open) + " in a day " + shown(t.SolvedInDay, t.SolvedLater) +
		", open " + shown(t.OpenHigh, t.OpenMedium, t.OpenLow) + ", satisfied " + shown(t.Satisfied, t.Dissatisfied, t.Unanswered)
}

func TestTotals(t *testing.T) {
	const opened = "2026-05-01T00:00"
	var mixed []string
	mixed = append(mixed, repeat(20, "high,"+opened+",2026-05-01T01:00,2026-05-02T00:00,yes")...) // a day, exactly
	mixed = append(mixed, repeat(10, "low,"+opened+",2026-05-01T01:00,2026-05-02T00:01,no")...)
	mixed = append(mixed, repeat(7, "medium,"+opened+",,,")...)
	for _, test := range []struct {
		name    string
		rows    []string
		instant string
		want    string
	}{
		{"nobody", nil, "2026-06-01T00:00", "total 0, reached 0 0, solved 0 0 in a day 0 0, open 0 0 0, satisfied 0 0 0"},
		{"four people", repeat(4, "high,"+opened+",,,"), "2026-06-01T00:00", "total <5, reached ? ?, solved ? ? in a day ? ?, open ? ? ?, satisfied ? ? ?"},
		{"five people", repeat(5, "高,"+opened+",,,"), "2026-06-01T00:00", "total 5, reached 0 5, solved 0 5 in a day 0 0, open 5 0 0, satisfied 0 0 5"},
		{"many", mixed, "2026-06-01T00:00", "total 37, reached 30 7, solved 30 7 in a day 20 10, open 0 7 0, satisfied 20 10 7"},
		{"before any", mixed, "2026-04-30T23:59", "total 0, reached 0 0, solved 0 0 in a day 0 0, open 0 0 0, satisfied 0 0 0"},
		{"as they are opened", mixed, opened, "total 37, reached 0 37, solved 0 37 in a day 0 0, open 20 7 10, satisfied 0 0 37"},
		{"a minute later than a day", mixed, "2026-05-02T00:00", "total 37, reached 30 7, solved 20 17 in a day 20 0, open 0 7 10, satisfied 20 0 17"},
		{"three left", append(repeat(3, "high,"+opened+",,,"), mixed...), "2026-06-01T00:00", "total 40, reached 30 10, solved 30 10 in a day 20 10, open <5 ? 0, satisfied 20 10 10"},
		{"one dissatisfied", append(repeat(1, "high,"+opened+","+opened+","+opened+",no"), repeat(30, "high,"+opened+","+opened+","+opened+",是")...), "2026-06-01T00:00",
			"total 31, reached 31 0, solved 31 0 in a day 31 0, open 0 0 0, satisfied ? <5 0"},
	} {
		got := ledger(t, test.rows...).AsOf(by(at(test.instant)))
		assert.Equal(t, test.want, summary(got), test.name)
	}
}

func TestTotalsNext(t *testing.T) {
	l := ledger(t, "high,2026-05-01T00:00,2026-05-01T06:00,2026-05-03T00:00,yes", "low,2026-05-02T00:00,,,")
	for instant, want := range map[string]string{
		"2026-04-01T00:00": "2026-05-01T00:00", "2026-05-01T00:00": "2026-05-01T06:00", "2026-05-01T06:00": "2026-05-02T00:00",
		"2026-05-02T00:00": "2026-05-03T00:00", "2026-05-03T00:00": "",
	} {
		passed, next := asked(at(instant))
		l.AsOf(passed)
		if want == "" {
			assert.True(t, next.IsZero())
		} else {
			assert.True(t, next.Equal(at(want)), instant)
		}
	}
}

// TestTotalsAddUp: in random ledgers at random instants, parts that are all given add
// up to their whole, and a number of one to four is nowhere.
func TestTotalsAddUp(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	start := at("2026-05-01T00:00")
	when := func(from int) int { return from + random.IntN(5000) }
	for range 2000 {
		var rows []string
		likely := 1 + random.IntN(6)
		for range random.IntN(40) {
			opened := random.IntN(5000)
			times := [3]string{start.Add(time.Duration(opened) * time.Minute).Format("2006-01-02T15:04")}
			for i := 1; i < 3; i++ {
				if random.IntN(likely) > 0 {
					times[i] = start.Add(time.Duration(when(opened)) * time.Minute).Format("2006-01-02T15:04")
				}
			}
			rows = append(rows, [...]string{"high", "medium", "low"}[random.IntN(3)]+","+strings.Join(times[:], ",")+","+[...]string{"yes", "no", ""}[random.IntN(min(3, likely))])
		}
		got := ledger(t, rows...).AsOf(by(start.Add(time.Duration(random.IntN(12_000)) * time.Minute)))
		all := reflect.ValueOf(got)
		for i := range all.NumField() {
			n, _ := all.Field(i).Interface().(Count).Number()
			require.False(t, n > 0 && n < Least, summary(got))
		}
		for _, line := range [][]Count{
			{got.Total, got.Reached, got.Unreached}, {got.Total, got.Solved, got.Open}, {got.Total, got.Satisfied, got.Dissatisfied, got.Unanswered},
			{got.Solved, got.SolvedInDay, got.SolvedLater}, {got.Open, got.OpenHigh, got.OpenMedium, got.OpenLow},
		} {
			sum, given := 0, true
			whole, known := line[0].Number()
			for _, c := range line[1:] {
				n, ok := c.Number()
				sum, given = sum+n, given && ok
				require.True(t, known || !ok, "a part is given of a whole that is not: %s", summary(got))
			}
			require.True(t, !given || !known || sum == whole, summary(got))
		}
	}
}

// TestRowsDoNotLeave: a ledger shows its rows to nobody.
func TestRowsDoNotLeave(t *testing.T) {
	l := ledger(t, "high,2026-05-01T00:00,2026-05-01T06:00,,yes")
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%d"} {
		assert.Equal(t, "figures.Ledger", fmt.Sprintf(verb, l))
		assert.Equal(t, "figures.Ledger", fmt.Sprintf(verb, *l))
	}
	text, err := json.Marshal(l) //lint:ignore SA9005 that nothing of it is written is what is tested
	require.NoError(t, err)
	assert.Equal(t, "{}", string(text))
	kind := reflect.TypeFor[Ledger]()
	for i := range kind.NumField() {
		assert.False(t, kind.Field(i).IsExported())
	}
	assert.Equal(t, 2, reflect.TypeFor[*Ledger]().NumMethod(), "AsOf and Format are the only ways in")
}
