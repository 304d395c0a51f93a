package personal

import (
	"slices"
	"strings"
)

// labelLength is how many bytes before a number are read for what it is called.
const labelLength = 48

// things are what numbers of goods, orders and cases are called: a number that is called so is
// nobody's, whatever its check digit says.
func things() []string {
	return []string{
		"单号", "编号", "批号", "批次", "案号", "流水号", "序列号", "受理号", "回执号", "备案号", "立案号", "合同号",
		"发票号", "工单", "订单", "条码", "货号", "型号", "信用代码",
		"order", "case", "batch", "lot", "ticket", "tracking", "serial", "invoice", "sku", "isbn",
	}
}

// labelled reports whether the number at start is called something else than what its digits could
// be.
func (s *scanner) labelled(kind Kind, start int) bool {
	label := s.label(start)
	// No mobile number is called the second; identity numbers and cards are.
	return hasLabel(label, things()) || kind == Mobile && hasLabel(label,
		[]string{"许可证号", "证书号", "工号", "代码", "reference", "ref", "nr", "sn", "id"})
}

// label returns the words that are before a number and may say what it is.
func (s *scanner) label(start int) string {
	before := s.before(start)
	before = before[max(0, len(before)-labelLength):]
	before = strings.ToLower(strings.TrimRight(before, " \t:：#是为（(“\"'’*　.`|"))
	for _, word := range []string{" is", " was", " no", " nos", " number", " nr"} {
		before = strings.TrimRight(strings.TrimSuffix(before, word), " ")
	}
	return before
}

// hasLabel reports whether a text ends with one of the labels.
func hasLabel(before string, labels []string) bool {
	for _, label := range labels {
		rest, ok := strings.CutSuffix(before, label)
		switch {
		case !ok:
		case isLetter(label[0]) && rest != "" && isWord(rest[len(rest)-1]): // "slot" is no "lot"
		case label == "编号" && endsWith(rest, "证", "证件", "卡", "身份", "手机", "电话"): // a person's
		default:
			return true
		}
	}
	return false
}

func startsWith(text string, list ...string) bool {
	return slices.ContainsFunc(list, func(s string) bool { return strings.HasPrefix(text, s) })
}

func endsWith(text string, list ...string) bool {
	return slices.ContainsFunc(list, func(s string) bool { return strings.HasSuffix(text, s) })
}
