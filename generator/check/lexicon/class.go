package lexicon

import "slices"

// numberNode is <number>: digits, with the marks that divide them.
type numberNode struct{}

func (numberNode) step(s *scratch, at int, d direction, ends places) places {
	text, i, digit := s.text, at, false
	for {
		r, size := decode(text, i, d)
		if size != 1 || !(r >= '0' && r <= '9' || digit && (r == '.' || r == ',')) {
			break
		}
		digit = true
		i += int(d)
	}
	for digit && (d == forward && !isDigit(text[i-1]) || d == backward && !isDigit(text[i])) { // a mark that ends the clause
		i -= int(d)
	}
	if !digit {
		return ends
	}
	return ends.with(i)
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// startNode is <start>: the beginning of the sentence.
type startNode struct{}

func (startNode) step(_ *scratch, at int, _ direction, ends places) places {
	if at == 0 {
		return ends.with(at)
	}
	return ends
}

// blankNode is a text in square brackets, which is still to be filled in.
type blankNode struct{}

func (blankNode) step(s *scratch, at int, d direction, ends places) places {
	open, shut := byte('['), byte(']')
	if d == backward {
		open, shut = shut, open
	}
	for i := at; ; i += int(d) {
		r, size := decode(s.text, i, d)
		switch {
		case size == 0 || i == at && r != rune(open):
			return ends
		case size > 1:
			i += int(d) * (size - 1)
		case r == rune(shut):
			return ends.with(i + int(d))
		}
	}
}

// classNames are the classes that a pattern can name.
func classNames() []string { return []string{"time", "number", "start"} }

// classNode returns what matches a class.
func classNode(name string) node {
	switch name {
	case "number":
		return numberNode{}
	case "start":
		return startNode{}
	case "blank":
		return blankNode{}
	case "time":
		return timeNode()
	}
	panic("lexicon: no class " + name)
}

// timeNode is <time>: what says when, in Chinese or English: a date, a time of
// day, a length of time with its number, a day of the week. What is relative
// without a number, such as 几天 or "some days", does not. A blank stands for one.
func timeNode() node {
	var options [][]node
	for _, text := range times() {
		p := &patternParser{text: text}
		seq := space(p.sequence())
		if p.fault != nil {
			panic("lexicon: " + text + ": " + p.fault.message.String())
		}
		options = append(options, nodes(seq, true, true))
	}
	return newBranch(append(options, []node{blankNode{}}), false)
}

// times are the patterns of <time>.
func times() []string {
	const (
		unit    = "(分钟|刻钟|小时|钟头|天|日|号|周|星期|礼拜|月|年|季度|点|时|工作日|自然日)"
		span    = "(分钟|刻钟|小时|钟头|天|周|星期|礼拜|月|年|季度|工作日|自然日)"
		numeral = "(一|二|两|三|四|五|六|七|八|九|十)"
		length  = "(minute|minutes|hour|hours|day|days|week|weeks|month|months|year|years|working day|working days|business day|business days)"
		words   = "(a|an|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fourteen|twenty-four|forty-eight|half an)"
		month   = "(january|february|april|june|july|august|september|october|november|december)"
		short   = "(jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec|march)"
	)
	return []string{
		"<number>:<number>", "<number>-<number>-<number>", "<number>/<number>",
		"<number>" + unit, "<number>个" + span,
		numeral + span + "(内|之内|以内|前|之前|以前|后)", numeral + "个" + span + "(内|之内|以内|前|之前|以前|后)",
		numeral + "点(前|之前|钟|整|半)",
		"(今|明|后|当|次)(天|日|晚|早)", "当场", "(本|这|下)(周|星期|礼拜|月|季度|个月)", "(周|星期|礼拜)(一|二|三|四|五|六|日|天)",
		"(年|月)(底|内)", "季度末", "每(天|日|周|月|季度|小时)",
		"<number> " + length, "<number>-" + length, "<number> (am|pm|a.m.|p.m.|h|min)", "<number>(am|pm|h)", words + " " + length,
		"<number> " + month, "<number>(st|nd|rd|th) " + month, "<number>(st|nd|rd|th) of " + month, "<number>(st|nd|rd|th) of " + short, "<number> " + short, month, short + " <number>", short + ". <number>",
		"(today|tonight|tomorrow|monday|tuesday|wednesday|thursday|friday|saturday|sunday|noon|midnight)",
		"(this|next) (morning|afternoon|evening|week|month|quarter|year|weekend)", "by the end of (the|this|next) (day|week|month|quarter|year)",
	}
}

// isClass says whether a pattern can name a class so.
func isClass(name string) bool { return slices.Contains(classNames(), name) }
