package personal

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// source makes numbers and sentences by chance, the same ones each time.
type source struct{ *rand.Rand }

func newSource(seed uint64) source { return source{rand.New(rand.NewPCG(seed, 7))} }

func (r source) of(list ...string) string { return list[r.IntN(len(list))] }

// digits fills in a form: # is any digit, % any but 0, A any capital.
func (r source) digits(form string) string {
	b := []byte(form)
	for i, c := range b {
		switch c {
		case '#':
			b[i] = byte('0' + r.IntN(10))
		case '%':
			b[i] = byte('1' + r.IntN(9))
		case 'A':
			b[i] = byte('A' + r.IntN(26))
		}
	}
	return string(b)
}

func (r source) clock() string {
	return fmt.Sprintf("%02d:%02d", r.IntN(24), r.IntN(60))
}

func (r source) day(form string) string {
	return fmt.Sprintf(form, 1990+r.IntN(60), 1+r.IntN(12), 1+r.IntN(28))
}

// harmless makes a sentence around a number that is nobody's.
func (r source) harmless() string {
	switch r.IntN(8) {
	case 0: // batches
		return r.of("批号", "批号：", "涉事批次 ", "生产批号为", "lot ", "Batch no. ", "batch number ", "批号 `") +
			r.of(r.digits("A########"), r.digits("AA######"), r.digits("########"), r.digits("##########"), r.digits("13###########"), r.digits("13#########"), r.day("%d%02d%02d"), r.day("%d%02d%02d")+r.digits("##"), r.digits("A#-#####")) +
			r.of("。", "，请停用", " is recalled", "", "`", "、")
	case 1: // orders and cases
		return r.of("订单号", "订单编号：", "工单号 ", "受理编号", "案号：", "运单号", "快递单号：", "Order no. ", "case number: ", "ticket ", "Your tracking number is ", "invoice number ") +
			r.of(r.digits("%#########"), r.digits("13#########"), r.digits("1%#############"), r.digits("4###############"), r.digits("62##############"), r.digits("%##################"), "110101"+r.day("%d%02d%02d")+r.digits("####"), r.digits("AA13########A"), r.day("%d%02d%02d")+r.digits("13#########")) +
			r.of("。", "，已退款", " has been refunded", "")
	case 2: // prices
		return r.of("共", "合计", "退款", "￥", "¥", "RMB ", "$", "价格 ", "We pay ") +
			r.of(r.digits("%,###,###.##"), r.digits("13,###,###,###"), r.digits("%##.##"), r.digits("13#########")+"元", r.digits("%#####.##"), r.digits("13 ### ###")+"元", r.digits("13#########")+" yuan", r.digits("13#########.##")) +
			r.of("元", "。", " in all")
	case 3: // times
		return r.of("截至", "从", "by ", "on ", "更新于 ") +
			r.of(r.day("%d-%02d-%02d ")+r.clock(), r.day("%d-%02d-%02dT")+r.clock()+":00+08:00", r.day("%d年%d月%d日")+r.clock(), r.day("%d%02d%02d")+r.digits("######"), r.digits("17########"), r.digits("17###########"), r.clock()+"-"+r.clock(), r.day("%d/%02d/%02d ")+r.clock()) +
			r.of("。", "，", " we know")
	case 4: // service lines
		return r.of("拨打", "客服热线：", "call ", "Phone: ") +
			r.of(r.digits("400-###-####"), r.digits("400#######"), r.digits("400 #### ###"), r.digits("95###"), r.digits("010-%#######"), r.digits("0755-%#######"), r.digits("(021) %### ####"), r.digits("800-###-####"), "12315", "110", r.digits("+86 10 %### ####"), r.digits("+86 400 ### ####")) +
			r.of("。", "，9点到21点", " from 9 to 21", "")
	case 5: // counts
		return r.of("阅读量", "共", "累计", "in all ") + r.digits("13#########") + r.of("次", "人", " views", "件", "台", " reads") + r.of("。", "")
	case 6: // names of files, addresses, sums
		return r.of("见 ", "see ", "![x](") +
			r.of("https://example.org/notice/"+r.digits("13#########"), "https://example.org/?id="+r.digits("13#########"), "logo@2x.png", "report-"+r.digits("13#########")+".pdf", "sha256:"+strings.ToLower(r.digits("##A##A##########A###########A##A")), r.digits("###.###.##.#"), "git@example.org:a/b.git", r.digits("978-#-###-#####-#"), r.digits("6############")) +
			r.of("。", ")", "")
	}
	// models and trains
	return r.of("型号", "车次", "航班", "版本", "model ", "flight ", "version ") +
		r.of(r.digits("A####"), r.digits("AA####"), r.digits("A###"), r.digits("#.##.####"), r.digits("A-#####"), r.digits("AA-###A")) + r.of("。", "", "，")
}

// TestHarmless: numbers of goods, orders, cases, money and time are nobody's.
func TestHarmless(t *testing.T) {
	r := newSource(1)
	for range 100_000 {
		text := r.harmless()
		if hits := found(text); !assert.Empty(t, hits, text) {
			return
		}
	}
}

// identity makes a number with its check character.
func (r source) identity() string {
	d := r.of("11", "31", "44", "51", "65") + r.digits("####") + r.day("%d%02d%02d") + r.digits("###")
	for _, check := range "0123456789X" {
		if isIdentity(number{digits: d + string(check), sizes: []int{18}}) {
			return d + string(check)
		}
	}
	panic("no check character fits")
}

// card makes a number with its check digit.
func (r source) card() string {
	d := r.digits(r.of("4##############", "62##############", "62################", "9558##############", "51#############", "3528###########", "37############"))
	for check := range 10 {
		if whole := d + strconv.Itoa(check); luhn(whole) {
			return whole
		}
	}
	panic("no check digit fits")
}

// grouped puts a separator between groups of digits.
func grouped(digits, separator string, sizes ...int) string {
	var parts []string
	for _, n := range sizes {
		n = min(n, len(digits))
		parts, digits = append(parts, digits[:n]), digits[n:]
	}
	if digits != "" {
		parts = append(parts, digits)
	}
	return strings.Join(parts, separator)
}

// personal makes a datum and its kind.
func (r source) personal() (Kind, string) {
	switch r.IntN(6) {
	case 0:
		d := r.of("13", "18", "17", "15", "19") + r.of("0", "1", "2", "3", "5", "6", "7", "8") + r.digits("########")
		return Mobile, r.of(d, grouped(d, " ", 3, 4, 4), grouped(d, "-", 3, 4, 4), "+86 "+d, "+86"+d, "+86 "+grouped(d, "-", 3, 4, 4), "0086 "+d)
	case 1:
		d := r.identity()
		return Identity, r.of(d, d, grouped(d, " ", 6, 8, 4), strings.ToLower(d))
	case 2:
		d := r.card()
		if r.IntN(2) == 0 && len(d) > 15 {
			d = grouped(d, r.of(" ", "-"), 4, 4, 4, 4)
		}
		return Card, d
	case 3:
		return Mail, "q" + strings.ToLower(r.digits("AAA")) + r.of("", ".x", "_1", "+tag", "-b") + "@" + strings.ToLower(r.digits("AAAA")) + r.of(".example", ".com", ".com.cn", ".sub.org")
	case 4:
		province := r.of("京", "沪", "粤", "川", "苏", "浙")
		return Plate, province + r.of("A", "B", "C") + r.of("", "·", " ") + r.of(r.digits("#####"), r.digits("A####"), r.digits("D#####"), r.digits("###B#"), r.digits("#####F"))
	}
	return Phone, "+" + r.of("44 7700 ", "1 212 555 ", "81 90 1234 ", "852 9000 ") + r.digits("####")
}

// TestGenerated: what is somebody's is found, as a whole and alone, and not left
// in a masked text.
func TestGenerated(t *testing.T) {
	r := newSource(2)
	for range 100_000 {
		kind, datum := r.personal()
		if kind == Phone && strings.HasPrefix(datum, "+44") {
			datum += "00"
		}
		if kind == Plate && strings.ContainsAny(datum, "IO") {
			continue // they have none
		}
		before := r.of("请联系", "电话：", "写信给 ", "Please call ", "- ", "", "（", "“", "| ", "他说，", "车主是")
		text := before + datum + r.of("。", "", "，谢谢", ", please.", "）", "”", " |", "找他", "！")
		hits := Find(text)
		require.Len(t, hits, 1, text)
		require.Equal(t, Hit{kind, len(before), len(before) + len(datum)}, hits[0], text)
		if normal := Normal(kind, datum); kind != Mail {
			require.NotContains(t, Normal(kind, Masked(text)), normal, text)
		}
	}
}

// FuzzFind: hits are inside the text, in order and apart, on whole characters;
// what is masked keeps its length and is not found again as the same.
func FuzzFind(f *testing.F) {
	r := newSource(3)
	for range 200 {
		_, datum := r.personal()
		f.Add("请联系" + datum + "。")
		f.Add(r.harmless())
	}
	for _, text := range []string{"+86(138)0013-8000", "１３８ ００１３ ８０００", "a@b.c@d.ef", "京A12345学", "4111\xff1111", "++++1", "110101 19900101 001X", "((+1) 2", "1-1-1-1-1-1-1"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		hits := Find(text)
		last := 0
		for _, h := range hits {
			if h.Start < last || h.End <= h.Start || h.End > len(text) {
				t.Fatalf("%v after %d of %d in %q", h, last, len(text), text)
			}
			last = h.End
			datum := text[h.Start:h.End]
			if utf8.ValidString(text) && !utf8.ValidString(datum) {
				t.Fatalf("%q cuts a character in %q", datum, text)
			}
			if Normal(h.Kind, datum) == "" || h.Kind.About().String() == "" {
				t.Fatalf("%q of %q is nothing", datum, text)
			}
		}
		if masked := Masked(text); utf8.ValidString(text) && (len(masked) != len(text) || !utf8.ValidString(masked)) {
			t.Fatalf("%q is masked as %q", text, masked)
		}
	})
}

// BenchmarkFind reads the updates of the example site.
func BenchmarkFind(b *testing.B) {
	names, err := filepath.Glob("../../../content/incidents/*/updates/*.md")
	if err != nil || len(names) == 0 {
		b.Fatal("no updates", err)
	}
	var texts []string
	size := 0
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			b.Fatal(err)
		}
		texts = append(texts, string(data))
		size += len(data)
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		for _, text := range texts {
			Find(text)
		}
	}
	b.ReportMetric(b.Elapsed().Seconds()*1000/float64(b.N*len(texts))*23000, "ms/23000docs")
}

// BenchmarkNumbers reads texts of nothing but what may be data. Twice the text takes twice the time.
func BenchmarkNumbers(b *testing.B) {
	for _, unit := range []string{"13800138000、", "1 1 1-1 1111 ", "+1(", "a@b.", "京A12345", "1"} {
		for _, size := range []int{50_000, 100_000, 200_000} {
			text := strings.Repeat(unit, size/len(unit))
			b.Run(fmt.Sprint(unit, size), func(b *testing.B) {
				for b.Loop() {
					Find(text)
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*size), "ns/byte")
			})
		}
	}
}
