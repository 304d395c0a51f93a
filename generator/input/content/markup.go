package content

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"golang.org/x/text/width"

	"candor/generator/diag"
)

// A line that the Markdown parser took for text may be meant for something else. What is looked at
// here are the lines of paragraphs and the words that are left of a text: never code.

// markupLimit is how many findings of markup in one file are reported.
const markupLimit = 5 * findingsLimit

// slip notes markup that did not take effect. The rules decide how much it counts.
func (d *Document) slip(found diag.Diagnostic) {
	if len(d.Markup) < markupLimit {
		d.Markup = append(d.Markup, found)
	}
}

// mended notes a part of a line that can only be meant as another. What it says to write is the
// whole line.
func (d *Document) mended(fix *diag.Fix, rule string, message diag.Text) {
	d.slip(d.Source.Mended(fix, rule, message, diag.Textf("write: %s", d.lineWith(fix))))
}

// lineWith returns the line of a correction as it is then.
func (d *Document) lineWith(fix *diag.Fix) string {
	from := strings.LastIndexByte(d.Text[:fix.Start], '\n') + 1
	to := fix.End + lineLen(d.Source.Data[fix.End:])
	line, _, _ := strings.Cut(strings.TrimSpace(d.Text[from:fix.Start]+fix.New+d.Text[fix.End:to]), "\n")
	return line
}

const wideBlanks = " \t\u3000\u00a0"

// Signs that stand where those of Markdown were meant.
var (
	boxForm = regexp.MustCompile(`^([-*+•·・‣▪●○–—－＊＋]?)[\s\x{3000}\x{a0}]*` +
		`(?:([\[［【〔])[\s\x{3000}]*([xXｘＸvVｖＶyY×✓✔√☑✅]?)\x{fe0f}?[\s\x{3000}]*[\]］】〕]|([□☐☑☒✅✔✓]))[\x{fe0f}\s\x{3000}\x{a0}]*([^(（\s].*)$`)
	headForm  = regexp.MustCompile(`^([#＃]{1,6})([\s\x{3000}\x{a0}]*)([^#＃\s\x{3000}\x{a0}].*)$`)
	linkForm  = regexp.MustCompile(`([\[［])([^\[\]［］\n]+)([\]］])( ?)([(（])(` + address + `)([)）])`)
	wideImage = regexp.MustCompile(`^！\[[^\[\]]*\]\([^\s()]+\.(?:png|jpe?g|gif|webp|avif|svg)\)`)
	wideBrace = regexp.MustCompile(`[{｛]([\s#＃]*[^{}｛｝]*)[}｝][\s\x{3000}]*$`)
)

// address is what can only be the target of a link.
const address = `(?:https?://|mailto:|tel:)[^\s()（）]+|[#/.][^\s()（）]*[\pL\pN][^\s()（）]*|` +
	`[^\s()（）]+\.(?:md|pdf|png|jpe?g|gif|webp|avif|svg|csv|txt|docx?|xlsx?|zip)(?:#[^\s()（）]*)?`

// boxed are the signs with which a line begins that may have a box.
const boxed = "-*+•·・‣▪●○–—－＊＋[［【〔□☐☑☒✅✔✓"

// lines looks at the lines of a block of text.
func (d *Document) lines(n ast.Node) {
	lines := n.Lines()
	_, task := n.FirstChild().(*extast.TaskCheckBox)
	_, inItem := n.Parent().(*ast.ListItem)
	inItem = inItem && n.PreviousSibling() == nil
	for i := 0; i < lines.Len() && len(d.Markup) < markupLimit; i++ {
		segment := lines.At(i)
		line := strings.TrimRight(d.Text[segment.Start:segment.Stop], "\n")
		at := segment.Stop - len(strings.TrimLeft(d.Text[segment.Start:segment.Stop], " \t"))
		line = strings.TrimLeft(line, " \t")
		first, _ := utf8.DecodeRuneInString(line)
		switch {
		case strings.ContainsRune(invisible, first) && d.hiddenStart(at, line):
		case line == "" || task && i == 0: // whose tokens are read elsewhere
		case strings.ContainsRune(boxed, first) && d.box(at, line, inItem && i == 0):
		case (first == '#' || first == '＃') && !inItem && d.looseHeading(at, line, lines.Len() == 1):
		case first == '＞':
			d.mended(diag.Instead(at, line, "> "+strings.TrimLeft(line[len("＞"):], wideBlanks)), "markup",
				diag.Textf("this was not read as a quotation"))
		case i > 0 && len(line) > 2 && strings.Trim(line, "=") == "":
			above := lines.At(i - 1)
			d.underlined(at, line, d.Text[above.Start:above.Stop])
		case strings.HasPrefix(line, "！["):
			d.wideImage(at, line)
		case !task && strings.Contains(line, "due"):
			d.unboxed(n, at, line)
		}
		if strings.Contains(line, "]") || strings.Contains(line, "］") {
			d.looseLinks(n, at, line)
		}
		if strings.Contains(line, "ttp") {
			d.looseAddress(n, at, line)
		}
	}
	if lines.Len() > 1 && !d.looseTable(n) && !d.looseList(n) {
		d.runTogether(n)
	}
}

// invisible are characters that nobody sees at the beginning of a line, and blanks that are none to Markdown.
const invisible = "\u00a0\u3000\u2002\u2003\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"

// blockForm is how a line begins that is a heading, a list, a quotation or a table.
var blockForm = regexp.MustCompile(`^(?:#{1,6} |[-*+] |[0-9]{1,3}[.)] |> ?\pL|\|.*\||\x60{3})`)

// hiddenStart reports a line that is no heading, list or quotation because of what is before it.
func (d *Document) hiddenStart(at int, line string) bool {
	rest := strings.TrimLeft(line, invisible+" \t")
	if !blockForm.MatchString(rest) {
		return false
	}
	d.mended(diag.Instead(at, line, rest), "markup",
		diag.Textf("this was not read as a heading, list or quotation: an invisible character is before it"))
	return true
}

// wrongAddress is what only a slip of the keyboard makes of https://.
var wrongAddress = regexp.MustCompile(`(?i)(?:^|[^a-z])(https?(?:：//|:／／|：／／|;//|；//|:/|:\\\\))[a-z0-9]`)

// looseAddress reports an address that was not read as one.
func (d *Document) looseAddress(n ast.Node, at int, line string) {
	m := wrongAddress.FindStringSubmatchIndex(line)
	if m == nil || !d.plainAt(n, at+m[2]) {
		return
	}
	scheme := "http://"
	if strings.EqualFold(line[m[2]:m[2]+5], "https") {
		scheme = "https://"
	}
	d.mended(diag.Instead(at+m[2], line[m[2]:m[3]], scheme), "markup", diag.Textf("this was not read as an address"))
}

// box reports a line that begins with a box that was not read as one.
func (d *Document) box(at int, line string, inItem bool) bool {
	m := boxForm.FindStringSubmatch(line)
	if m == nil {
		return false
	}
	bullet, bracket, mark, sign, rest := m[1], m[2], m[3], m[4], m[5]
	promised := looseDue.MatchString(rest)
	switch {
	case sign != "" && !promised, bracket == "" && sign == "":
		return false
	case inItem && bullet != "": // - - [] x
		return false
	case !inItem && bullet == "" && !promised && bracket != "[" && bracket != "［":
		return false // a form to be filled in
	case bracket == "[" && strings.HasPrefix(rest, ":"):
		return false
	}
	before, tick := "", " "
	if !inItem {
		before = "- "
		if bullet != "" && strings.Contains("-*+", bullet) {
			before = bullet + " "
		}
	}
	if mark+sign != "" && !strings.Contains("□☐", mark+sign) {
		tick = "x"
	}
	r := readTokens(rest, nil)
	now := before + "[" + tick + "] " + r.mended
	d.slips = append(d.slips, at)
	message := diag.Textf("this was not read as a task item, so it promises nothing")
	if mark == "×" || sign == "☒" { // done, or not to be done
		d.slip(d.Source.At(at, at+len(line), "promise-unread", message, diag.Textf("write - [ ] … or - [x] …")))
		return true
	}
	if line == now {
		return false
	}
	d.mended(diag.Instead(at, line, now), "promise-unread", message)
	return true
}

// looseHeading reports a line that begins with number signs and is no heading.
func (d *Document) looseHeading(at int, line string, alone bool) bool {
	m := headForm.FindStringSubmatch(line)
	if m == nil {
		return false
	}
	level, text := utf8.RuneCountInString(m[1]), m[3]
	bare, _, attributes := strings.Cut(text, "{")
	tagged := strings.ContainsAny(bare, "#＃") // #a topic#, as networks mark it
	letter, _ := utf8.DecodeRuneInString(text)
	message := diag.Textf("this was not read as a heading")
	now := strings.Repeat("#", level) + " " + text
	switch {
	case m[2] != "" || level > 1 && !tagged || attributes && strings.Contains(text, "{#"):
		d.mended(diag.Instead(at, line, now), "markup", message)
		return true
	case alone && !tagged && unicode.IsLetter(letter) && !strings.ContainsAny(bare, wideBlanks):
		found := d.Source.At(at, at+len(m[1]), "markup", message,
			diag.Textf("write: %s; if you mean the sign itself, write \\#", now))
		found.Severity = diag.Warning
		d.slip(found)
		return true
	}
	return false
}

// underlined reports a line of = below a text, which makes no heading here.
func (d *Document) underlined(at int, line, above string) {
	found := d.Source.At(at, at+len(line), "markup", diag.Textf("a line of = does not make a heading"),
		diag.Textf("write: %s", "## "+strings.TrimSpace(above)))
	found.Severity = diag.Warning
	d.slip(found)
}

// wideImage reports an image that begins with a full-width exclamation mark.
func (d *Document) wideImage(at int, line string) {
	if m := wideImage.FindString(line); m != "" {
		d.mended(diag.Instead(at, m, "!"+m[len("！"):]), "markup", diag.Textf("this was not read as an image"))
	}
}

// wideBraces reports the id of a heading that was not read, because its braces are full-width.
func (d *Document) wideBraces(h *ast.Heading) {
	if h.Lines().Len() == 0 {
		return
	}
	segment := h.Lines().At(h.Lines().Len() - 1)
	line := d.Text[segment.Start:segment.Stop]
	m := wideBrace.FindStringSubmatchIndex(line)
	if m == nil || !strings.ContainsAny(line[m[2]:m[3]], "#＃") {
		return
	}
	if mended, ok := mendAttributes(line[m[2]:m[3]]); ok {
		d.mended(diag.Instead(segment.Start+m[0], line[m[0]:m[1]], "{"+mended+"}"), "markup",
			diag.Textf("\"%s\" was not read as the id of a heading", line[m[0]:m[1]]))
	}
}

// unboxed reports a due time in a line that is no task item.
func (d *Document) unboxed(n ast.Node, at int, line string) {
	m := tightDue.FindStringSubmatchIndex(line)
	if m == nil || !d.plainAt(n, at+m[2]) {
		return
	}
	d.slip(d.Source.At(at+m[2], at+m[3], "promise-unread",
		diag.Textf("this due time is not in a task item, so nothing is promised"),
		diag.Textf("write: %s", "- [ ] "+readTokens(line, nil).mended)))
}

// looseLinks reports links with full-width brackets, or with a space between their brackets.
func (d *Document) looseLinks(n ast.Node, at int, line string) {
	for _, m := range linkForm.FindAllStringSubmatchIndex(line, findingsLimit) {
		part := func(i int) string { return line[m[2*i]:m[2*i+1]] }
		now := "[" + part(2) + "](" + part(6) + ")"
		if now == part(0) || strings.HasSuffix(line[:m[0]], `\`) || !d.plainAt(n, at+m[0]) {
			continue
		}
		d.slips = append(d.slips, at+m[0])
		d.slip(d.Source.Mended(diag.Instead(at+m[0], part(0), now), "markup", diag.Textf("this was not read as a link"),
			diag.Textf("write: %s", now)))
	}
}

// looseTable reports lines of a table that was not read as one: cells between tabs, as word
// processors paste them, full-width bars, or no line of dashes below the first.
func (d *Document) looseTable(n ast.Node) bool {
	row := func(line string) bool { return strings.Contains(line, "\t") || barred(line) || parted(line) }
	return d.together(n, row, func(lines []string) []string {
		columns := len(cellsOf(lines[0]))
		if label, _ := utf8.DecodeLastRuneInString(cellsOf(lines[0])[0]); label == ':' || label == '：' {
			return nil // a name and a value on each line: no head
		}
		for i, line := range lines {
			cells := cellsOf(line)
			if columns < 2 || len(cells) != columns || !barred(line) && !parted(line) && strings.Contains(line, "|") {
				return nil
			}
			lines[i] = "| " + strings.Join(cells, " | ") + " |"
		}
		if len(strings.Trim(lines[1], "|-: ")) == 0 {
			return lines
		}
		return slices.Insert(lines, 1, strings.Repeat("|---", columns)+"|")
	}, diag.Error, diag.Textf("this table was not read as one: its lines run together"))
}

// parted reports whether a line has cells between bars, but none on its sides: 时间 | 事项.
func parted(line string) bool {
	line = strings.ReplaceAll(line, "｜", "|")
	return strings.Contains(line, " | ") && line[0] != '|' && line[len(line)-1] != '|' && !strings.Contains(line, "||")
}

// cellsOf returns the cells of a row between bars or tabs. A line of dashes has plain ones.
func cellsOf(line string) []string {
	separator := "\t"
	if barred(line) || parted(line) {
		line, separator = strings.Trim(strings.ReplaceAll(line, "｜", "|"), "|"), "|"
	}
	cells := strings.Split(line, separator)
	for i := range cells {
		cells[i] = strings.TrimSpace(cells[i])
		dashes := strings.NewReplacer("－", "-", "—", "-", "：", ":").Replace(cells[i])
		if strings.Contains(dashes, "-") && strings.Trim(dashes, "-:") == "" {
			cells[i] = strings.Replace(dashes, "-", strings.Repeat("-", max(1, 4-len(dashes))), 1)
		}
	}
	return cells
}

var (
	looseBullet = regexp.MustCompile(`^(?:[•‣▪●○◦][\s\x{3000}\x{a0}]*|[－＊＋][\s\x{3000}\x{a0}]+|[-+*][\x{3000}\x{a0}]+)` +
		`([^\s\x{3000}\x{a0}].*)$`)
	tightBullet = regexp.MustCompile(`^[-+*]([\pL“「『《【（][^*]*)$`)
	looseNumber = regexp.MustCompile(`^([0-9０-９]{1,3})(?:、|．|）|[.)][\x{3000}\x{a0}])[\s\x{3000}\x{a0}]*` +
		`([^\s\x{3000}\x{a0}].*)$`)
	tightNumber = regexp.MustCompile(`^([0-9]{1,3})[.)]([\p{Han}“「『《【（].*)$`)
)

// looseList reports lines of a list that was not read as one: with the bullets of a word processor,
// numbered 1、2、, or without a space.
func (d *Document) looseList(n ast.Node) bool {
	item := func(line string) bool {
		first, _ := utf8.DecodeRuneInString(line)
		return !unicode.IsLetter(first) && listed(line) != ""
	}
	return d.together(n, item, func(lines []string) []string {
		for i, line := range lines {
			lines[i] = listed(line)
		}
		return lines
	}, diag.Warning, diag.Textf("this list was not read as one: its lines run together"))
}

// lineForm is how a line begins that is meant to stay one: with a number or letter of a list, a time or date, or
// a name and a colon.
var lineForm = regexp.MustCompile(`^(?:[一二三四五六七八九十]{1,3}[、.．]|[(（][0-9０-９a-zA-Z一二三四五六七八九十]{1,3}[)）]` +
	`|[①-⑳⑴-⒇⒈-⒛㈠-㈩❶-❿]|[a-zA-Z][).）．、]|[0-9]{1,2}[:：][0-9]{2}[^0-9:]|[0-9]{4}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}|[0-9]{1,2}月[0-9]{1,2}[日号]` +
	`|[\pL\pN（）()]{1,12}[:：]|[\pL\pN]+(?: [\pL\pN]+){0,2}: )`)

// runTogether reports two lines that are each meant to stay a line.
func (d *Document) runTogether(n ast.Node) {
	before := ""
	for i := 0; i < n.Lines().Len(); i++ {
		at := n.Lines().At(i)
		raw := strings.TrimRight(d.Text[at.Start:at.Stop], "\n")
		line := strings.TrimSpace(raw)
		if !lineForm.MatchString(line) || strings.Contains(line[:min(len(line), 12)], "//") {
			line = ""
		}
		if before != "" && line != "" {
			found := d.Source.At(at.Start, at.Stop, "markup", diag.Textf("this line is shown in one with the line above"),
				diag.Textf("begin each with - to make a list, or end the line above with \\"))
			found.Severity = diag.Warning
			d.slip(found)
			return
		}
		before = line
		if strings.HasSuffix(raw, "\\") || strings.HasSuffix(raw, "  ") {
			before = ""
		}
	}
}

// togetherLimit is how many lines are corrected at once.
const togetherLimit = 1000

// listed returns a line as an item of a list that it is meant for; empty if it is not.
func listed(line string) string {
	for _, form := range [...]*regexp.Regexp{looseNumber, tightNumber} {
		if m := form.FindStringSubmatch(line); m != nil {
			return width.Narrow.String(m[1]) + ". " + m[2]
		}
	}
	for _, form := range [...]*regexp.Regexp{looseBullet, tightBullet} {
		if m := form.FindStringSubmatch(line); m != nil {
			return "- " + m[1]
		}
	}
	return ""
}

// together reports two lines of a block that follow each other and are of a kind, with those behind
// them. Written returns how they should be; nil if that is not certain.
func (d *Document) together(n ast.Node, is func(line string) bool, written func(lines []string) []string,
	severity diag.Severity, message diag.Text,
) bool {
	lines := n.Lines()
	line := func(i int) string { return strings.Trim(d.Text[lines.At(i).Start:lines.At(i).Stop], " \t\n") }
	from := 0
	for from+1 < lines.Len() && !(is(line(from)) && is(line(from+1))) {
		from++
	}
	if from+1 >= lines.Len() {
		return false
	}
	var was []string
	for i := from; i < lines.Len() && len(was) < togetherLimit && is(line(i)); i++ {
		was = append(was, line(i))
	}
	start, end := lines.At(from).Start, lines.At(from+len(was)-1).Stop
	found := d.Source.At(start, end, "markup", message, diag.Text{})
	between := "\n"
	if begin := lines.At(from + 1).Start; begin > 0 { // what stands before each line, in a quotation
		between = d.Text[strings.LastIndexByte(d.Text[:begin], '\n'):begin]
	}
	if now := written(was); now != nil && len(was) < togetherLimit {
		text := strings.TrimRight(d.Text[start:end], "\n")
		found.Fix = diag.Instead(start, text, strings.Join(now, between))
		found.Hint = diag.Textf("write: %s", strings.Join(now[:2], " ⏎ "))
	} else {
		found.Hint = diag.Textf("write | a | b |, below it |---|---|, then a line for each row")
	}
	found.Severity = severity
	d.slip(found)
	return true
}

// barred reports whether a line has the bars of a row on both sides.
func barred(line string) bool {
	line = strings.ReplaceAll(line, "｜", "|")
	return len(line) > 2 && line[0] == '|' && line[len(line)-1] == '|' && strings.Count(line, "|") > 2
}

// plainAt reports whether a byte of a block is text, not code nor a link's. It is asked a bounded
// number of times, because each takes the time of the whole block.
func (d *Document) plainAt(n ast.Node, at int) bool {
	plain := false
	if d.asked++; d.asked > 10*findingsLimit {
		return false
	}
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		text, ok := n.(*ast.Text)
		if entering && ok && text.Segment.Start <= at && at < text.Segment.Stop {
			plain = !inLink(n)
			return ast.WalkStop, nil
		}
		return ast.WalkContinue, nil
	})
	return plain
}

// indented reports code that only its indentation makes code, if it reads as prose: people indent
// paragraphs.
func (d *Document) indented(n *ast.CodeBlock) {
	if n.Lines().Len() == 0 {
		return
	}
	first := n.Lines().At(0)
	line := strings.TrimSpace(string(first.Value(d.Source.Data)))
	from := first.Start
	for from > 0 && d.Source.Data[from-1] != '\n' {
		from--
	}
	if !readsAsProse(line) {
		return
	}
	found := d.Source.At(from, first.Stop, "markup", diag.Textf("four spaces before a line make it code"),
		diag.Textf("write: %s; code is put between lines of ```", line))
	found.Severity = diag.Warning
	if looseDue.MatchString(line) || boxForm.MatchString(strings.TrimLeft(line, "-*+ ")) {
		found.Rule, found.Severity = "promise-unread", diag.Error
	}
	d.slip(found)
}

// readsAsProse reports whether a line is a sentence, or an item or heading, rather than code.
func readsAsProse(line string) bool {
	if strings.ContainsFunc(line, ideographic) {
		return true
	}
	if strings.HasPrefix(line, "- ") || strings.HasPrefix(line, "* ") || strings.HasPrefix(line, "##") {
		return true
	}
	first, _ := utf8.DecodeRuneInString(line)
	return unicode.IsUpper(first) && len(strings.Fields(line)) > 3 && strings.Contains(".!?:", line[len(line)-1:]) &&
		!strings.ContainsAny(line, "{}<>=|$\\/")
}

func ideographic(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul)
}
