package personal

import (
	"regexp"
	"time"
)

// identityLength is how long a resident identity number is.
const identityLength = 18

// isIdentity reports whether a number is a resident identity number (GB 11643-1999): six digits for
// the place, eight for the day of birth, three in sequence, and a check character by ISO 7064, MOD
// 11-2.
func isIdentity(num number) bool {
	d := num.digits
	if len(d) != identityLength || !region.MatchString(d) || !isDay(d[6:14]) || len(num.sizes) > 5 {
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

// region is what such a number begins with: two digits of a province or the like (GB/T 2260); 83
// and 91 to 93 are those of residence permits.
var region = regexp.MustCompile(`^(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|9[1-3])`)

// isDay reports whether eight digits are a day of the years 1900 to 2099.
func isDay(d string) bool {
	day, err := time.Parse("20060102", d)
	return err == nil && day.Year() >= 1900 && day.Year() <= 2099
}
