package personal

import (
	"bytes"
	"regexp"
	"strings"
	"unicode"
)

// localLimit is how long the name before the @ may be (RFC 5321, section 4.5.3.1).
const localLimit = 64

// domain is a domain name with at least two labels (RFC 1035, section 2.3.1), of which the last can be a
// top-level domain. asset is the ending of a file that an @ is in, such as logo@2x.png.
var (
	domain = regexp.MustCompile(`^(?i:(?:[0-9a-z](?:[0-9a-z-]{0,61}[0-9a-z])?\.)+(?:xn--[0-9a-z-]+|[a-z]{2,63}))$`)
	asset  = regexp.MustCompile(`(?i:\.(?:png|jpg|jpeg|gif|webp|avif|svg|js|mjs|css|html|pdf|csv))$`)
)

// mail looks for an e-mail address around the @ at i: the forms that people have, not all that RFC 5322
// allows.
func (s *scanner) mail(i int) Hit {
	start, end := i, i+1
	for i-start <= localLimit && isLocal(s.char(start-1)) {
		start--
	}
	for start < i && !isWord(s.char(start)) { // it begins with a letter or a digit
		start++
	}
	before := s.char(start - 1)
	if start == i || i-start > localLimit || !isWord(s.char(i-1)) || before == '@' || before == '/' {
		return Hit{} // nothing, a handle, an address of a page
	}
	for isDomain(s.char(end)) {
		end++
	}
	name := bytes.TrimRight(s.chars[i+1:end], "-.")
	end = i + 1 + len(name)
	after := s.char(end)
	if !domain.Match(name) || asset.Match(name) || after == '@' || after == '_' {
		return Hit{}
	}
	if isRole(string(s.chars[start:i])) {
		return Hit{}
	}
	if string(s.chars[start:i]) == "git" && (after == ':' && isWord(s.char(end+1)) || after == '/') {
		return Hit{} // a repository: git@example.org:a/b
	}
	return Hit{Mail, start, end}
}

func isLocal(c byte) bool { return isWord(c) || c == '.' || c == '-' || c == '+' || c == '%' }

func isDomain(c byte) bool { return isDigit(c) || isLetter(c) || c == '.' || c == '-' }

// roles are the names of mailboxes that belong to a task, not to a person (RFC 2142, and what
// authorities and companies in Chinese and English use besides).
var roles = regexp.MustCompile(`^(?i:abuse|admin|appeals?|booking|bookings|care|careers|cert|claims?|clerk|club|comms|` +
	`communications?|complaints?|compliance|consumers?|contact|contactus|csirt|cs|customers?|data|datenschutz|desk|dpo|` +
	`emergency|enquiries|enquiry|ethics|feedback|fraud|general|guests?|hello|help|helpdesk|hotline|hr|info|information|` +
	`inquiries|inquiry|ir|jobs|jubao|kefu|legal|mail|marketing|media|news|newsroom|noc|noreply|no|reply|office|ombudsman|` +
	`orders?|pr|press|privacy|protection|psirt|public|quality|recalls?|reception|refunds?|registrar|registry|relations|` +
	`reports?|returns?|safety|sales|secretariat|secretary|security|services?|shop|soc|status|store|support|team|ts|tousu|` +
	`us|users?|warranty|webmaster|postmaster|whistleblower|xinfang|xuanchuan|zhaopin)$`)

// isRole reports whether the name of a mailbox is that of a task, such as recall-info2: all its words
// are of roles.
func isRole(name string) bool {
	words := strings.FieldsFunc(name, func(c rune) bool { return !unicode.IsLetter(c) })
	for _, word := range words {
		if !roles.MatchString(word) {
			return false
		}
	}
	return len(words) > 0 && unicode.IsLetter(rune(name[0]))
}
