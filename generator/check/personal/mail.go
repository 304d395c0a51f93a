package personal

import "strings"

// The lengths of an address (RFC 5321, section 4.5.3.1).
const (
	localLimit  = 64
	domainLimit = 255
)

// mail looks for an e-mail address around the @ at i: the forms that people have,
// not all that RFC 5322 allows.
func (s scanner) mail(i int) Hit {
	_, n := s.char(i)
	start, local := i, 0
	for local <= localLimit {
		c, n := s.charBefore(start)
		if !isWord(c) && c != '.' && c != '-' && c != '+' && c != '%' {
			break
		}
		start -= n
		local++
	}
	for local > 0 { // it begins with a letter or a digit
		c, n := s.char(start)
		if isWord(c) {
			break
		}
		start += n
		local--
	}
	last, _ := s.charBefore(i)
	if before, n := s.charBefore(start); local == 0 || local > localLimit || !isWord(last) || n > 0 && (before == '@' || before == '/') {
		return Hit{} // nothing, a handle, an address of a page
	}
	end, ok := s.domain(i + n)
	if !ok || s.isRemote(start, i, end) {
		return Hit{}
	}
	return Hit{Mail, start, end}
}

// domain returns where the domain name at i ends.
func (s scanner) domain(i int) (end int, ok bool) {
	var name []byte
	end = i
	for at := i; len(name) < domainLimit; {
		c, n := s.char(at)
		if !isDigit(c) && !isLetter(c) && c != '-' && c != '.' {
			break
		}
		name = append(name, c)
		at += n
		if c != '-' && c != '.' {
			end = at
		}
	}
	if c, _ := s.char(end); c == '@' || c == '_' {
		return 0, false
	}
	labels := strings.Split(strings.TrimRight(string(name), "-."), ".")
	for _, label := range labels {
		if label == "" || label[0] == '-' || label[len(label)-1] == '-' || len(label) > 63 {
			return 0, false
		}
	}
	top := strings.ToLower(labels[len(labels)-1])
	return end, len(labels) > 1 && isTop(top)
}

// isTop says whether a label can be a top-level domain, and is no ending of a file
// that an @ stands in, such as logo@2x.png.
func isTop(label string) bool {
	switch label {
	case "png", "jpg", "jpeg", "gif", "webp", "avif", "svg", "js", "mjs", "css", "html", "pdf", "csv":
		return false
	}
	if strings.HasPrefix(label, "xn--") {
		return true
	}
	return len(label) > 1 && strings.Trim(label, "abcdefghijklmnopqrstuvwxyz") == ""
}

// isRemote says whether an address is that of a repository: git@example.org:a/b.
func (s scanner) isRemote(start, at, end int) bool {
	c, n := s.char(end)
	after, _ := s.char(end + n)
	return s.text[start:at] == "git" && (c == ':' && isWord(after) || c == '/')
}
