package personal

import (
	"strconv"
	"time"
)

// identityLength is how long a resident identity number is.
const identityLength = 18

// isIdentity reports whether a number is a resident identity number (GB 11643-1999): six digits for the
// place, eight for the day of birth, three in sequence, and a check character by
// ISO 7064, MOD 11-2.
func isIdentity(num number) bool {
	d := num.digits
	if len(d) != identityLength || !isRegion(d[:2]) || !isDay(d[6:14]) || len(num.sizes) > 5 {
		return false
	}
	weight, sum := 1, 0 // 2 to the power of the distance from the end, modulo 11
	for i := identityLength - 1; i >= 0; i-- {
		value := 10
		if d[i] != 'X' {
			value = int(d[i] - '0')
		}
		sum += value * weight
		weight = weight * 2 % 11
	}
	return sum%11 == 1
}

// isRegion reports whether two digits begin such a number: those of provinces and the like (GB/T 2260);
// 83 and 91 to 93 are those of residence permits.
func isRegion(code string) bool {
	n, _ := strconv.Atoi(code)
	regions := [...][2]int{{11, 15}, {21, 23}, {31, 37}, {41, 46}, {50, 54}, {61, 65}, {71, 71}, {81, 83}, {91, 93}}
	for _, r := range regions {
		if n >= r[0] && n <= r[1] {
			return true
		}
	}
	return false
}

// isDay reports whether eight digits are a day of the years 1900 to 2099.
func isDay(d string) bool {
	day, err := time.Parse("20060102", d)
	return err == nil && day.Year() >= 1900 && day.Year() <= 2099
}
