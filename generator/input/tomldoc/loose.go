package tomldoc

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/text/width"
)

// LooseTime is a regular expression without groups for a date with a time of day as people write
// it elsewhere: with slashes or 年月日, with one digit, a space, or full-width signs.
const LooseTime = `[0-9０-９]{4}` + gap + `[-/.年－／．‐‑–—]` + gap + `[0-9０-９]{1,2}` + gap + `[-/.月－／．‐‑–—]` +
	gap + `[0-9０-９]{1,2}(?:` + gap + `[日号號][\s\x{3000}Tt,，、]*|[\s\x{3000}Tt,，、]+)` +
	`(?:(?:上午|下午)` + gap + `)?[0-9０-９]{1,2}` + gap +
	`(?:[:：∶]` + gap + `[0-9０-９]{2}(?:[:：][0-9０-９]{2})?|[时時点點]` + gap + `(?:[0-9０-９]{1,2}` + gap + `分?|半|整)?)` +
	`(?:Z|[+＋-][0-9０-９]{2}[:：]?[0-9０-９]{2})?`

const gap = `[ \x{3000}]?`

// looseTime takes such a time apart, once its signs are narrow.
var looseTime = regexp.MustCompile(`^(\d{4}) ?[-/.年‐‑–—] ?(\d{1,2}) ?[-/.月‐‑–—] ?(\d{1,2})` +
	`(?: ?[日号號][\sTt,､、]*|[\sTt,､、]+)` +
	`(?:(上午|下午) ?)?(\d{1,2}) ?(?:[:∶] ?(\d{2})(?::(\d{2}))?|[时時点點] ?(?:(\d{1,2}) ?分?|(半)|整)?)` +
	`(?:(Z)|([+-]\d{2}):?(\d{2}))?$`)

// NearTime returns the one time that a text can mean as ParseTime reads it: 2026/12/5 18：00 is
// 2026-12-05T18:00. Ok is false if there is none, or several.
func NearTime(s string) (near string, ok bool) {
	m := looseTime.FindStringSubmatch(width.Narrow.String(strings.TrimSpace(s)))
	if m == nil {
		return "", false
	}
	number := func(i int) int { n, _ := strconv.Atoi(m[i]); return n }
	hour, minute := number(5), number(6)+number(8)
	switch {
	case m[4] != "" && hour > 11:
		return "", false // 12 in the morning is midnight to some, noon to others
	case m[4] == "下午":
		hour += 12
	}
	if m[9] != "" {
		minute = 30
	}
	near = fmt.Sprintf("%s-%02d-%02dT%02d:%02d", m[1], number(2), number(3), hour, minute)
	if m[7] != "" {
		near += ":" + m[7]
	}
	near += m[10]
	if m[11] != "" {
		near += m[11] + ":" + m[12]
	}
	_, ok = ParseTime(near)
	return near, ok
}
