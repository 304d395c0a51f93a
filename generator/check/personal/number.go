package personal

import "slices"

// number is some groups of digits as people write one number.
type number struct {
	start, end int
	digits     string // and a last X
	sizes      []int  // of the groups
}

// The longest number has 19 digits, and the shortest 11; written in groups, no more than these.
const (
	digitsLimit = 19
	digitsLeast = 11
	groupsLimit = 6
)

// number looks for a number that begins with the digits at i. It returns where to look next.
func (s *scanner) number(i int) (Hit, int) {
	var room [groupsLimit]group
	groups, digits := s.groups(i, room[:0])
	next := groups[0].end
	if digits < digitsLeast {
		if len(groups) < groupsLimit { // nor do those digits have enough that begin later
			next = groups[len(groups)-1].end
		}
		return Hit{}, next
	}
	if !s.opens(i) {
		return Hit{}, next
	}
	for n := len(groups); n > 0; n-- {
		num := s.join(groups[:n])
		if len(num.digits) > digitsLimit || !s.closes(num.end) {
			continue
		}
		if kind, ok := s.kind(num); ok {
			return Hit{kind, num.start, num.end}, num.end
		}
	}
	return Hit{}, next
}

// group is a run of digits within a number.
type group struct{ start, end int }

// groups adds to list the digits at i and those that follow, each after one space or hyphen. It returns
// how many digits these are, too.
func (s *scanner) groups(i int, list []group) (_ []group, digits int) {
	for len(list) < groupsLimit && digits <= digitsLimit {
		g := group{i, i}
		for isDigit(s.char(g.end)) {
			g.end++
		}
		if g.end == i {
			break
		}
		list = append(list, g)
		digits += g.end - i
		if c := s.char(g.end); c != ' ' && c != '-' {
			break
		}
		i = g.end + 1
	}
	return list, digits
}

// join makes a number of groups, with the X that may follow 17 digits, perhaps behind one separator.
func (s *scanner) join(groups []group) number {
	num := number{start: groups[0].start, end: groups[len(groups)-1].end}
	for _, g := range groups {
		num.sizes = append(num.sizes, g.end-g.start)
		num.digits += string(s.chars[g.start:g.end])
	}
	if len(num.digits) == identityLength-1 {
		at := num.end
		if c := s.char(at); c == ' ' || c == '-' {
			at++
		}
		if c := s.char(at); c == 'X' || c == 'x' {
			num.digits, num.end = num.digits+"X", at+1
			num.sizes[len(num.sizes)-1]++
		}
	}
	return num
}

// kind returns what a number is.
func (s *scanner) kind(num number) (Kind, bool) {
	switch {
	case len(num.digits) < digitsLeast:
		return "", false
	case isIdentity(num):
		return Identity, !s.labelled(Identity, num.start)
	case isCard(num):
		return Card, !s.labelled(Card, num.start)
	case isMobile(num):
		return Mobile, !s.labelled(Mobile, num.start) && !s.counts(num.end)
	}
	return "", false
}

// has reports whether the groups of a number have one of some forms.
func (num number) has(forms ...[]int) bool {
	return slices.ContainsFunc(forms, func(form []int) bool { return slices.Equal(form, num.sizes) })
}
