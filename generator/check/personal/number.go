package personal

// group is a run of digits within a number.
type group struct{ start, end, digits int }

// number is some groups of digits as people write one number.
type number struct {
	start, end int
	digits     string // and a last X
	sizes      []int  // of the groups
}

// The longest number has 19 digits, and the shortest 11; written in groups, no
// more than these.
const (
	digitsLimit = 19
	digitsLeast = 11
	groupsLimit = 6
)

// number looks for a number that begins with the digits at i.
func (s scanner) number(i int) (Hit, int) {
	var room [groupsLimit]group
	groups := s.groups(i, room[:0])
	next := groups[0].end
	if total(groups) < digitsLeast {
		if len(groups) < groupsLimit { // nor do those digits have enough that begin later
			next = groups[len(groups)-1].end
		}
		return Hit{}, next
	}
	if !s.opens(i) {
		return Hit{}, next
	}
	for n := len(groups); n > 0; n-- {
		num, ok := s.join(groups[:n])
		if !ok {
			continue
		}
		if kind, ok := s.kind(num); ok {
			return Hit{kind, num.start, num.end}, num.end
		}
	}
	return Hit{}, next
}

func total(groups []group) int {
	n := 0
	for _, g := range groups {
		n += g.digits
	}
	return n
}

// groups adds to list the digits at i and those that follow, each after one space
// or hyphen.
func (s scanner) groups(i int, list []group) []group {
	for total := 0; len(list) < groupsLimit && total <= digitsLimit; {
		g := group{start: i, end: i}
		for {
			c, n := s.char(g.end)
			if !isDigit(c) {
				break
			}
			g.end += n
			g.digits++
		}
		if g.digits == 0 {
			break
		}
		list = append(list, g)
		total += g.digits
		c, n := s.char(g.end)
		if c != ' ' && c != '-' {
			break
		}
		i = g.end + n
	}
	return list
}

// join makes a number of groups, if nothing adjoins that it would be a part of.
func (s scanner) join(groups []group) (number, bool) {
	last := groups[len(groups)-1]
	num := number{start: groups[0].start, end: last.end}
	digits := make([]byte, 0, digitsLimit+1)
	for _, g := range groups {
		num.sizes = append(num.sizes, g.digits)
		for i := g.start; i < g.end; {
			c, n := s.char(i)
			digits = append(digits, c)
			i += n
		}
		if len(digits) > digitsLimit {
			return number{}, false
		}
	}
	if len(digits) == identityLength-1 {
		if end, ok := s.checkX(last.end); ok {
			digits, num.end = append(digits, 'X'), end
			num.sizes[len(num.sizes)-1]++
		}
	}
	num.digits = string(digits)
	return num, s.closes(num.end)
}

// checkX returns the end of the X at i, or behind one separator after it.
func (s scanner) checkX(i int) (int, bool) {
	c, n := s.char(i)
	if c == ' ' || c == '-' {
		i += n
		c, n = s.char(i)
	}
	return i + n, c == 'X' || c == 'x'
}

// kind says what a number is.
func (s scanner) kind(num number) (Kind, bool) {
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

// has says whether the groups of a number have one of some forms.
func (num number) has(forms ...[]int) bool {
	for _, form := range forms {
		if len(form) != len(num.sizes) {
			continue
		}
		same := true
		for i, size := range form {
			same = same && num.sizes[i] == size
		}
		if same {
			return true
		}
	}
	return false
}
