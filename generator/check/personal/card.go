package personal

import "slices"

// scheme is a card scheme: the first digits of its numbers (IIN, ISO/IEC 7812) and
// how long they are.
type scheme struct {
	low, high string // IINs from low to high, of the same length
	lengths   []int
}

// schemes are those whose cards people have. Maestro and others without a range of
// their own are left out, and lengths that are no longer issued, except where the
// digits are grouped as on the card (see isCard).
func schemes() []scheme {
	return []scheme{
		{"62", "62", []int{16, 17, 18, 19}},                                         // UnionPay
		{"8100", "8171", []int{16, 17, 18, 19}},                                     // UnionPay
		{"9558", "9558", []int{19}},                                                 // ICBC, before UnionPay
		{"4", "4", []int{16}},                                                       // Visa
		{"51", "55", []int{16}},                                                     // Mastercard
		{"2221", "2720", []int{16}},                                                 // Mastercard
		{"34", "34", []int{15}},                                                     // American Express
		{"37", "37", []int{15}},                                                     // American Express
		{"3528", "3589", []int{16}},                                                 // JCB
		{"300", "305", []int{14}}, {"36", "36", []int{14}}, {"38", "39", []int{14}}, // Diners Club
		{"6011", "6011", []int{16}}, {"644", "649", []int{16}}, {"65", "65", []int{16}}, // Discover
	}
}

// isCard reports whether a number is that of a bank card: a scheme, its length, the Luhn check digit, and
// groups as on the card.
func isCard(num number) bool {
	d := num.digits
	if len(d) < 13 || d[len(d)-1] == 'X' || !luhn(d) || !num.asOnCard() {
		return false
	}
	if d[0] == '4' && (len(d) == 13 || len(d) == 19) { // Visa: rare, and the length of other numbers
		return len(num.sizes) > 1
	}
	return slices.ContainsFunc(schemes(), func(s scheme) bool { return s.issues(d) })
}

func (s scheme) issues(d string) bool {
	n := len(s.low)
	return slices.Contains(s.lengths, len(d)) && d[:n] >= s.low && d[:n] <= s.high
}

// asOnCard reports whether the digits are in one piece, in fours, or as American Express, Diners Club and
// old debit cards have them.
func (num number) asOnCard() bool {
	if len(num.sizes) == 1 || num.has([]int{4, 6, 5}, []int{4, 6, 4}, []int{6, 10}, []int{6, 13}, []int{4, 3, 3, 3}) {
		return true
	}
	last := len(num.sizes) - 1
	return num.sizes[last] <= 4 && !slices.ContainsFunc(num.sizes[:last], func(size int) bool { return size != 4 })
}

// luhn checks the last digit (ISO/IEC 7812-1, annex B).
func luhn(d string) bool {
	sum := 0
	for i := range len(d) {
		n := int(d[len(d)-1-i] - '0')
		if i%2 == 1 {
			if n *= 2; n > 9 {
				n -= 9
			}
		}
		sum += n
	}
	return sum%10 == 0
}
