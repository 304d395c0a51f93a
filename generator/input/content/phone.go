package content

import (
	"bytes"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
	"golang.org/x/text/width"
)

// phone is a phone number in a text; its children are the text.
type phone struct {
	ast.BaseInline
	dialled string
}

var kindPhone = ast.NewNodeKind("Phone")

// Kind implements ast.Node.
func (*phone) Kind() ast.NodeKind { return kindPhone }

// Dump implements ast.Node.
func (n *phone) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

func renderPhone(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		_, _ = w.WriteString(`<a href="tel:` + n.(*phone).dialled + `">`)
	} else {
		_, _ = w.WriteString("</a>")
	}
	return ast.WalkContinue, nil
}

// The forms of phone numbers in a text. Only what is written as one is one: with a +, with brackets
// or divided as usual, or called so. D is a digit, S what divides digits.
var (
	inText = numbers(
		`[+＋]D{1,3}S?(?:[(（]D{1,4}[)）]S?)?D(?:S?D){6,12}\b`, // +86 138 0013 8000, +1 (800) 395-8325
		`[(（][+＋]D{1,3}[)）]S?D(?:S?D){6,12}\b`,
		`(?:1S)?[(（][2-9]DD[)）]S?[2-9]DDSDDDD`, // (800) 395-8325
		`(?:1-)?[2-9]DD-[2-9]DD-DDDD`,
		`[2-9]DD\.[2-9]DD\.DDDD`,
		`[48４８][0０][0０](?:SDDDS?DDDD|SDDDDSDDD|DDDSDDDD)`,  // 400-820-8820
		`(?:[0０]D{2,3}S|[(（][0０]D{2,3}[)）]S?)D{3,4}S?DDDD`, // 021-12345678
		`[1１][3-9３-９]DS?DDDDS?DDDD`,
	)
	called    = numbers(`D{7,12}`)
	dialledOn = numbers(`S?(?:转接?|轉|分机|分機|ext\.?|x|[-－])S?(D{1,5})`) // 转2
	contact   = regexp.MustCompile(`^(?:\+?[0-9(][0-9 ()./-]{3,}[0-9]|[0-9]{3,4})`)
)

func numbers(forms ...string) *regexp.Regexp {
	form := strings.NewReplacer("D", "[0-9０-９]", "S", "[ \u00a0\u2010-\u2013－-]").Replace(strings.Join(forms, "|"))
	return regexp.MustCompile(`^(?i:` + form + `)`)
}

// Names before a number: of phone numbers, and of what looks like them.
var (
	phoneName = regexp.MustCompile(`(?i)(?:电话|電話|热线|熱線|专线|座机|拨打|撥打|致电|致電|` +
		`\b(?:tel|phone|hotline|call|dial))[ :：.是为]*$`)
	otherName = regexp.MustCompile(`(?i)(?:[单批案水列理执案同票货型条证卡账帐户]号|编号|批次|工单|订单|条码|代码|` +
		`\b(?:order|case|batch|lot|ticket|tracking|serial|invoice|sku|isbn|ref|reference|account|id)(?: (?:no|nr|number)\.?)?)` +
		`[ :：#＃.是为]*$`)

	// The groups beside a number that are of a longer one, and what makes it an amount.
	groupBefore = regexp.MustCompile(`[0-9]{3} $`)
	groupAfter  = regexp.MustCompile(`^ [0-9]{3}`)
	amount      = regexp.MustCompile(`^(?:元|万|亿|人|次|件|个|瓶|份|台|条|%|％)`)
)

// findPhone returns where the first phone number in a text is, and what to dial; dialled is empty if
// there is none.
func findPhone(line []byte) (start, end int, dialled string) {
	if !hasDigits(line) {
		return 0, 0, ""
	}
	for at := 0; at < len(line); {
		first, n := utf8.DecodeRune(line[at:])
		if isDigit(first) || strings.ContainsRune("+＋(（", first) {
			if end, dialled := phoneAt(line, at); end > at {
				return at, end, dialled
			}
		}
		at += n
		for isDigit(first) && at < len(line) { // none begins inside a number
			first, n = utf8.DecodeRune(line[at:])
			if isDigit(first) {
				at += n
			}
		}
	}
	return 0, 0, ""
}

// phoneAt returns where the phone number at line[at:] ends, and what to dial; 0 if there is none.
func phoneAt(line []byte, at int) (end int, dialled string) {
	before, rest := line[max(0, at-near):at], line[at:min(len(line), at+near)]
	last, _ := utf8.DecodeLastRune(before)
	if isDigit(last) || isLatin(last) || strings.ContainsRune("_-./=#@&$%*~+＋\\￥¥€£－", last) {
		return 0, ""
	}
	if digitsIn(rest) < shortest {
		return 0, ""
	}
	number := inText.Find(rest)
	if number == nil {
		if number = called.Find(rest); number == nil || !phoneName.Match(before) {
			return 0, ""
		}
	}
	rest = rest[len(number):]
	dialled = digits(string(number))
	if more := dialledOn.FindSubmatch(rest); more != nil {
		rest = rest[len(more[0]):]
		dialled += "," + digits(string(more[1]))
	}
	next, n := utf8.DecodeRune(rest)
	beyond, _ := utf8.DecodeRune(rest[n:])
	switch {
	case bytes.IndexByte(number, ' ') > 0 && (groupBefore.Match(before) || groupAfter.Match(rest)),
		len(dialled) < shortest || isDigit(next) || isLatin(next) || strings.ContainsRune("*@_=~", next),
		strings.ContainsRune("-.,", next) && isDigit(beyond),
		number[0] == '+' && len(number) == len(dialled) && len(dialled) < len("+6512345678"), // +1234567 more
		amount.Match(rest) || otherName.Match(before):
		return 0, ""
	}
	return at + min(len(line)-at, near) - len(rest), dialled
}

// shortest is how many digits a phone number in a text has at least.
const shortest = 7

// hasDigits reports whether a text has enough digits for a phone number, quickly.
func hasDigits(text []byte) bool {
	n := 0
	for _, b := range text {
		if b >= '0' && b <= '9' || b == 0xef { // the first byte of full-width ones
			if n++; n == shortest {
				return true
			}
		}
	}
	return false
}

// digitsIn counts the digits at the beginning of a text, with what may divide them.
func digitsIn(text []byte) int {
	n := 0
	for _, r := range string(text) {
		switch {
		case isDigit(r):
			n++
		case !strings.ContainsRune(" \u00a0()（）+＋－-‐‑‒–.", r):
			return n
		}
	}
	return n
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' || r >= '０' && r <= '９' }

// Dial returns what a phone dials for a text that is a phone number; empty if it is none.
func Dial(text string) string {
	text = width.Narrow.String(text)
	number := contact.FindString(text)
	rest := text[len(number):]
	if more := dialledOn.FindStringSubmatch(rest); more != nil && more[0] == rest && number != "" {
		return digits(number) + "," + more[1]
	}
	if rest != "" {
		return ""
	}
	return digits(number)
}

// trunk is a zero that is dialled only within the country: +44 (0)20 7946 0000.
var (
	trunk      = regexp.MustCompile(`^(\+[0-9]+ ?)\(0\)`)
	notDialled = regexp.MustCompile(`[^+0-9]`)
)

func digits(number string) string {
	return notDialled.ReplaceAllString(trunk.ReplaceAllString(width.Narrow.String(number), "$1"), "")
}

// linkPhone divides a text behind its first phone number, of which it makes a link.
func linkPhone(n *ast.Text, src []byte) {
	parent := n.Parent()
	for { // goldmark divides texts where an address could have begun
		next, ok := n.NextSibling().(*ast.Text)
		if !ok || !n.Merge(next, src) {
			break
		}
		parent.RemoveChild(parent, next)
	}
	at := n.Segment
	start, end, dialled := findPhone(at.Value(src))
	if dialled == "" {
		return
	}
	link := &phone{dialled: dialled}
	link.SetPos(at.Start + start)
	link.AppendChild(link, ast.NewTextSegment(text.NewSegment(at.Start+start, at.Start+end)))
	rest := ast.NewTextSegment(text.NewSegment(at.Start+end, at.Stop))
	rest.SetSoftLineBreak(n.SoftLineBreak())
	rest.SetHardLineBreak(n.HardLineBreak())
	n.Segment = at.WithStop(at.Start + start)
	n.SetSoftLineBreak(false)
	n.SetHardLineBreak(false)
	parent.InsertAfter(parent, n, link)
	parent.InsertAfter(parent, link, rest)
}

// PhoneIn returns the first phone number in a text as it is written there; empty if there is none.
func PhoneIn(line string) string {
	start, end, dialled := findPhone([]byte(line))
	if dialled == "" {
		return ""
	}
	return line[start:end]
}
