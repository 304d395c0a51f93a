package incident

import "time"

// Near is how far from each other two times of an incident are at most that surely belong together.
const Near = 60 * 24 * time.Hour

// SameDay returns the time of the same day of another year that is nearest to another time, and Near
// it: what is meant if the year is a slip. It is zero if there is none.
func SameDay(t, other time.Time) (best time.Time) {
	within := Near
	for year := other.Year() - 1; year <= other.Year()+1; year++ {
		moved := DayOf(t, year, t.Month())
		if d := moved.Sub(other).Abs(); year != t.Year() && !moved.IsZero() && d < within {
			best, within = moved, d
		}
	}
	return best
}

// DayOf returns a time moved into another month; zero if that has no such day.
func DayOf(t time.Time, year int, month time.Month) time.Time {
	moved := time.Date(year, month, t.Day(), t.Hour(), t.Minute(), t.Second(), 0, t.Location())
	if moved.Month() != month {
		return time.Time{}
	}
	return moved
}
