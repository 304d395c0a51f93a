package content

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// emphasis reads runs of *, _ and ~~ as CommonMark and GFM do, except that
//
//   - beside Chinese, Japanese and Korean they open and close by the amendments that
//     markdown-cjk-friendly keeps to: 这是**“强调”**后面;
//   - one ~ is a tilde;
//   - what people type for what they leave out, and for a product, is no markup: 138****0917,
//     li***@example.com, 3*4*5.
type emphasis struct{}

// Trigger implements parser.InlineParser.
func (emphasis) Trigger() []byte { return []byte("*_~") }

// Parse implements parser.InlineParser.
func (emphasis) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, segment := block.PeekLine()
	r := readRun(block, line, segment)
	if r.rest || r.mark == '~' && r.length != 2 || r.asTyped() {
		return nil
	}
	opens, closes := r.flanks()
	if !opens && !closes {
		return nil
	}
	var processor parser.DelimiterProcessor = emphasising{}
	if r.mark == '~' {
		processor = striking{}
	}
	node := parser.NewDelimiter(opens, closes, r.length, r.mark, processor)
	node.Segment = segment.WithStop(segment.Start + r.length)
	block.Advance(r.length)
	pc.PushDelimiter(node)
	return node
}

// emphasising makes emphasis of what is between two runs of the same character.
type emphasising struct{}

// IsDelimiter implements parser.DelimiterProcessor.
func (emphasising) IsDelimiter(b byte) bool { return b == '*' || b == '_' || b == '~' }

// CanOpenCloser implements parser.DelimiterProcessor.
func (emphasising) CanOpenCloser(opener, closer *parser.Delimiter) bool {
	return opener.Char == closer.Char
}

// OnMatch implements parser.DelimiterProcessor.
func (emphasising) OnMatch(consumes int) ast.Node { return ast.NewEmphasis(consumes) }

// striking strikes it out instead.
type striking struct{ emphasising }

// OnMatch implements parser.DelimiterProcessor.
func (striking) OnMatch(int) ast.Node { return extast.NewStrikethrough() }

// run is a run of one character that may be markup.
type run struct {
	mark          byte
	length        int
	before, after rune   // the characters beside it; white space at the ends of a line
	beforeCJK     bool   // what is before it is Chinese, Japanese or Korean
	left, right   []byte // the text of the line beside it, as far as near bytes on the left
	rest          bool   // the rest of a run of which the first was no markup
}

// near is how many bytes around a run can make it a part of an address, a number plate or a name.
const near = 64

func readRun(block text.Reader, line []byte, segment text.Segment) run {
	r := run{mark: line[0], after: ' '}
	for r.length < len(line) && line[r.length] == r.mark {
		r.length++
	}
	if r.right = line[r.length:]; len(r.right) > 0 {
		r.after, _ = utf8.DecodeRune(r.right)
	}
	r.left = block.Source()[max(0, segment.Start-near):segment.Start]
	r.left = r.left[bytes.LastIndexByte(r.left, '\n')+1:]
	r.before = block.PrecendingCharacter()
	r.rest = r.before == rune(r.mark) && !escaped(r.left)
	r.beforeCJK = isCJK(r.before)
	switch selector := r.before; {
	case selector >= 0xfe00 && selector <= 0xfe0e: // it is of the character before it
		base, _ := utf8.DecodeLastRune(r.left[:len(r.left)-utf8.RuneLen(selector)])
		if util.IsSpaceRune(base) || base == utf8.RuneError {
			break
		}
		r.before = base
		r.beforeCJK = isCJK(base) || selector == 0xfe01 && strings.ContainsRune("‘’“”", base)
	case selector >= 0xe0100 && selector <= 0xe01ef:
		r.beforeCJK = true
	}
	return r
}

// escaped reports whether the last character of a line has a backslash before it.
func escaped(line []byte) bool {
	line = line[:max(0, len(line)-1)]
	return (len(line)-len(bytes.TrimRight(line, `\`)))%2 == 1
}

// flanks reports whether the run can open and close: CommonMark 0.31.2, section 6.2, as amended.
func (r run) flanks() (opens, closes bool) {
	spaceBefore, spaceAfter := util.IsSpaceRune(r.before), util.IsSpaceRune(r.after)
	punctBefore, punctAfter := isPunct(r.before), isPunct(r.after)
	afterCJK := isCJK(r.after)
	opens = !spaceAfter && (!punctAfter || afterCJK || spaceBefore || punctBefore || r.beforeCJK)
	closes = !spaceBefore && (!punctBefore || r.beforeCJK || spaceAfter || punctAfter || afterCJK)
	if r.mark == '_' {
		opens, closes = opens && (!closes || punctBefore), closes && (!opens || punctAfter)
	}
	switch {
	case r.mark == '_':
	case strings.ContainsRune("，。、；）】》」』〉", r.after), // 姓名：**，
		unicode.IsDigit(r.before) && (r.mark == '*' && r.length != 2 || unicode.IsDigit(r.after)): // 3*苹果, 18:00~~20:00
		opens = false
	case r.length == 1 && r.between(): // 长*宽*高
		opens = false
	}
	return opens, closes
}

// between reports whether a single asterisk is between two letters of which one is Chinese, Japanese or Korean, or
// between words of one letter, A*B*C: it multiplies them, or hides a letter.
func (r run) between() bool {
	if !unicode.IsLetter(r.before) || !unicode.IsLetter(r.after) {
		return false
	}
	return r.beforeCJK || isCJK(r.after) || lettersAround(r) == [2]int{1, 1}
}

// lettersAround counts the letters and digits of the word that a run is in: those before it, and those after it.
func lettersAround(r run) [2]int {
	isPart := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	before := r.left[bytes.LastIndexFunc(r.left, func(r rune) bool { return !isPart(r) })+1:]
	after := r.right
	if end := bytes.IndexFunc(after, func(r rune) bool { return !isPart(r) }); end >= 0 {
		after = after[:end]
	}
	return [2]int{utf8.RuneCount(before), utf8.RuneCount(after)}
}

// asTyped reports whether the run stands for something that is left out, or for "times".
func (r run) asTyped() bool {
	digitBefore, digitAfter := unicode.IsDigit(r.before), unicode.IsDigit(r.after)
	switch {
	case r.mark != '*':
		return false
	case digitBefore && digitAfter: // 138****0917, 3*4
		return true
	case r.length > 3 && (digitBefore || digitAfter || !isLatin(r.before) && !isLatin(r.after)): // 尾号****0917
		return true
	case r.length > 1 && r.before == r.after && strings.ContainsRune("-./", r.before): // 400-***-8820
		return true
	case strings.ContainsRune("“‘（「『【《", r.before) && strings.ContainsRune("”’）」』】》", r.after): // “**”
		return true
	case r.length != 2 && digitAfter && counts(r.before): // 水晶*120
		return true
	case r.length > 1 && (digitBefore && isLatin(r.after) || isLatin(r.before) && digitAfter): // AB**12CD
		return true
	case r.length == 1 && r.before == '.' && hiddenHost.Match(r.left): // 10.0.*.*
		return true
	}
	return r.length == 1 && r.isSign() || r.inMail() || r.inPlate() || r.inName() || r.inHouse()
}

// hiddenHost ends in the parts of an IP address before those that are left out.
var hiddenHost = regexp.MustCompile(`(?:^|[^0-9.])[0-9]{1,3}\.(?:[0-9]{1,3}|\*)\.(?:(?:[0-9]{1,3}|\*)\.)?$`)

// isSign reports whether an asterisk is spoken of (带*的选项), is the name of many files (*.pdf), or
// multiplies what is in brackets.
func (r run) isSign() bool {
	return strings.ContainsRune("带标加打", r.before) && strings.ContainsRune("的者项表为", r.after) || r.after == '号' ||
		r.after == '.' && len(r.right) > 1 && isWord(r.right[1]) ||
		factors.Match(r.left) && factor.Match(r.right)
}

// factors end, and factor begins, what is in brackets and multiplied.
var (
	factors = regexp.MustCompile(`[0-9][)）]$`)
	factor  = regexp.MustCompile(`^[(（][0-9]`)
)

func isLatin(r rune) bool { return unicode.IsLetter(r) && !isCJK(r) }

// counts reports whether a character can end what is multiplied.
func counts(r rune) bool {
	return unicode.In(r, unicode.L, unicode.M, unicode.N, unicode.Pe, unicode.Pf, unicode.So) ||
		strings.ContainsRune(`%‰"'`, r)
}

// inMail reports whether the run is inside an e-mail address: li***@example.com.
func (r run) inMail() bool {
	if r.before > unicode.MaxASCII || !isWord(byte(r.before)) {
		return false
	}
	ahead := r.right[:min(len(r.right), near)]
	if end := bytes.IndexFunc(ahead, isNotOfMail); end >= 0 {
		ahead = ahead[:end]
	}
	behind := r.left[bytes.LastIndexFunc(r.left, isNotOfMail)+1:]
	return bytes.IndexByte(ahead, '@') >= 0 || len(ahead) > 0 && bytes.IndexByte(behind, '@') > 0
}

func isWord(b byte) bool {
	return b >= '0' && b <= '9' || b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z'
}

func isNotOfMail(r rune) bool {
	return r >= utf8.RuneSelf || !isWord(byte(r)) && strings.IndexByte("._%+-*@", byte(r)) < 0
}

// provinces are the characters that a number plate begins with (GA 36-2018).
const provinces = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"

// inPlate reports whether the run is in a number plate: 京A·8***2. A plate has six or seven
// characters after its province.
func (r run) inPlate() bool {
	const signs = "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789*"
	rest := bytes.TrimRight(r.left, signs+"·")
	province, _ := utf8.DecodeLastRune(rest)
	if !strings.ContainsRune(provinces, province) || len(rest) == len(r.left) || r.left[len(rest)] < 'A' {
		return false
	}
	after := len(r.right) - len(bytes.TrimLeft(r.right[:min(len(r.right), near)], signs))
	n := len(bytes.ReplaceAll(r.left[len(rest):], []byte("·"), nil)) + r.length + after
	return n == 6 || n == 7
}

// surnames are the frequent ones; those that are also a word that goes before others are left out.
const surnames = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯董萧程曹袁邓许傅沈彭吕苏卢蒋蔡贾丁魏薛叶阎" +
	"潘杜戴夏钟汪田姜范石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段钱汤尹黎武乔贺赖龚文庞樊兰殷施陶洪"

// namesFollow are characters that a name can follow without a space, and callings those words.
const namesFollow = "和与及由对被让给经叫系"

func callings() []string {
	return []string{"用户", "客户", "顾客", "患者", "家长", "业主", "乘客", "旅客", "学生", "员工", "司机", "消费者", "当事人"}
}

// doubleSurnames are the frequent ones of two characters, and what stands for a surname.
var doubleSurnames = []string{"欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "司徒", "夏侯", "某"}

// inName reports whether the run is in the name of a person: 王*明, 李**, J**n. Two or three asterisks behind a
// Chinese surname are so only before what goes on after a name, for 高**温** is in bold.
func (r run) inName() bool {
	if r.length > 3 {
		return false
	}
	if isLatin(r.before) && isLatin(r.after) { // J**n S***h
		n := lettersAround(r)
		return n[0] <= 2 && n[1] <= 2 && !bytes.HasPrefix(bytes.TrimLeftFunc(r.right, unicode.IsLetter), []byte("*"))
	}
	left := bytes.TrimSuffix(r.left, []byte(string(r.before)))
	if at := slices.IndexFunc(doubleSurnames, func(name string) bool {
		return bytes.HasSuffix(r.left, []byte(name))
	}); at >= 0 {
		left = bytes.TrimSuffix(r.left, []byte(doubleSurnames[at]))
	} else if !strings.ContainsRune(surnames, r.before) {
		return false
	}
	if len(left)-len(bytes.TrimRight(left, "*")) == r.length { // **高**
		return false
	}
	if last, _ := utf8.DecodeLastRune(left); unicode.IsLetter(last) && !strings.ContainsRune(namesFollow, last) &&
		!hasAny(left, bytes.HasSuffix, callings()...) {
		return false
	}
	return r.length == 1 || !unicode.IsLetter(r.after) && !unicode.IsDigit(r.after) ||
		strings.ContainsRune("和与及的被因在说称等", r.after) || hasAny(r.right, bytes.HasPrefix, "先生", "女士", "同学", "老师")
}

// house is what follows the number of a house, and not the beginning of another word.
var house = regexp.MustCompile(`^(?:号|弄|栋|幢|室|单元)(?:\PL|[楼院栋幢单室弄]|$)`)

// place is what follows the name of a place that is left out: 北京市**区**路.
var place = regexp.MustCompile(`^(?:市|区|县|镇|乡|村|路|街|街道|大道|巷|弄|院|小区|号|号楼|楼|栋|幢|室)(?:\*\*|\P{L}|$)`)

// inHouse reports whether the run is the number of a house: 幸福路**号**单元.
func (r run) inHouse() bool {
	return strings.ContainsRune("路街道巷弄村区院号楼栋幢元", r.before) && house.Match(r.right) ||
		r.length > 1 && strings.ContainsRune("省市州县区镇乡村路街道巷弄院号楼栋幢", r.before) && place.Match(r.right)
}

func hasAny(text []byte, has func(text, part []byte) bool, parts ...string) bool {
	for _, part := range parts {
		if has(text, []byte(part)) {
			return true
		}
	}
	return false
}
