package translation

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// TestSame: what says the same is the same, however a language writes it.
func TestSame(t *testing.T) {
	for _, c := range [][2]string{
		{"共售出14160瓶", "14,160 bottles were sold"},
		{"共售出1.416万瓶", "14,160 bottles were sold"},
		{"１４，１６０瓶", "14,160 bottles"},
		{"1 234人", "1,234 people"},
		{"阅读量3亿", "300 million reads"},
		{"阅读量2.5千万", "25 million reads"},
		{"5千克", "5 kg"},
		{"每千克14.2毫克", "14.2 mg per kg"},
		{"占3%", "3 per cent of them"},
		{"满意的占百分之80", "80 % are satisfied"},
		{"打8折", "20 % off"},
		{"3成用户", "30 % of users"},
		{"18:00", "6 pm"},
		{"下午6点", "6 pm"},
		{"下午6点半", "6.30 p.m."},
		{"晚上8点", "20:00"},
		{"今晚20时前", "by 8 tonight"},
		{"早上8时10分", "8:10 am"},
		{"8时10分", "at 8:10"},
		{"凌晨1点40分", "1:40 am"},
		{"晚上12点", "at midnight"},
		{"中午12点", "at noon"},
		{"8时到24时", "from 8:00 to 24:00"},
		{"8–12时", "8:00 to 12:00"},
		{"9点", "9 o'clock"},
		{"3点意见", "3 comments"},
		{"2026年11月4日", "4 November 2026"},
		{"2026年11月4日", "November 4, 2026"},
		{"2026-11-04", "4 November 2026"},
		{"11月4日", "4 Nov"},
		{"11月4日", "November 4th"},
		{"11月2日至4日", "2 to 4 November"},
		{"11月2日和11月4日", "2 and 4 November"},
		{"2026年9月25日到2026年10月1日", "25 September to 1 October 2026"},
		{"2026年12月起", "from December 2026"},
		{"5月起", "from May"},
		{"3月里", "in March"},
		{"7月18日上午，7月18日夜里", "the morning of 18 July, and that night"},
		{"2个批次", "two batches"},
		{"两个批次", "2 batches"},
		{"3天内", "within three days"},
		{"第3次", "for the third time"},
		{"每天1次", "once a day"},
		{"不超过1毫克", "at most a milligram"},
		{"十五人", "15 people"},
		{"两百三十人", "230 people"},
		{"一万二千人", "12,000 people"},
		{"21次", "twenty-one times"},
		{"半小时", "30 minutes"},
		{"7天", "a week"},
		{"400-000-0917", "400 000 0917"},
		{"批号TM260917 0842", "batch TM260917 0842"},
		{"见[报告](../2026-11-05-lab.pdf)", "see the [report](../2026-11-05-lab.en.pdf)"},
		{"打120", "call 120"},
	} {
		assert.Empty(t, compare(readable([]byte(c[0])), localeOf("zh-Hans"), readable([]byte(c[1])), localeOf("en")), "%s = %s", c[0], c[1])
		assert.Empty(t, compare(readable([]byte(c[1])), localeOf("en"), readable([]byte(c[0])), localeOf("zh-Hant")), "%s = %s", c[1], c[0])
	}
}

// TestOther: a difference is found, and named as it is written.
func TestOther(t *testing.T) {
	for _, c := range []struct{ original, translation, there, here string }{
		{"共售出14160瓶", "14,610 bottles were sold", "14160", "14,610"},
		{"共售出14160瓶", "they were sold", "14160", ""},
		{"他们", "14 of them", "", "14"},
		{"1.4万", "140,000", "1.4", "140,000"},
		{"18时", "8 pm", "18时", "8 pm"},
		{"18时", "6 am", "18时", "6 am"},
		{"早上8点", "8 pm", "8点", "8 pm"},
		{"8:10", "8:01", "8:10", "8:01"},
		{"11月4日", "5 November", "4", "5"},
		{"11月4日", "4 December", "11", "December"},
		{"2026年11月4日", "4 November 2027", "2026", "2027"},
		{"3天内", "within 5 days", "3", "5"},
		{"3天内，分三步", "within days, in three steps", "3", ""},
		{"83人看了医生，83人痊愈", "83 saw a doctor and are well", "83", ""},
		{"672元", "672.50 yuan", "672", "672.50"},
		{"每天8时", "daily at 1:00", "8时", "1:00"},
		{"9个批次里有2个", "of the other 9, 3 are", "2", "3"},
	} {
		got := compare(c.original, localeOf("zh-Hans"), c.translation, localeOf("en"))
		if assert.Len(t, got, 1, "%s, %s", c.original, c.translation) {
			assert.Equal(t, [2]string{c.there, c.here}, [2]string{got[0].there, got[0].here}, "%s, %s", c.original, c.translation)
		}
	}
}

// TestLanguages: other languages write numbers with other signs, and name some in
// words that nobody here knows.
func TestLanguages(t *testing.T) {
	for _, c := range []struct {
		tag, original, translation string
		differences                int
	}{
		{"de", "14,160 bottles, 14.2 mg", "14.160 Flaschen, 14,2 mg", 0},
		{"de", "14,160 bottles, 14.2 mg", "14.160 Flaschen, 142 mg", 1},
		{"de", "4 November 2026, 18:00", "4. November 2026, 18 Uhr", 0},
		{"de", "3 days", "drei Tage", 0},
		{"de", "5 million", "5 Millionen", 0},
		{"fr", "14,160 bottles", "14\u202f160 flacons", 0},
		{"fr", "14,160 bottles", "14\u202f610 flacons", 1},
		{"ar", "14,160 bottles, 14.2 mg", "١٤٬١٦٠ زجاجة، ١٤٫٢ ملغ", 0},
		{"ar", "14,160 bottles", "14,160 زجاجة", 0},
		{"ar", "14,160 bottles", "١٤٬٦١٠ زجاجة", 1},
		{"ar", "6 pm", "6 مساءً", 0},
		{"ja", "3億", "3億", 0},
		{"hi", "12,34,567 people", "१२,३४,५६७ लोग", 0},
	} {
		assert.Len(t, compare(c.original, localeOf("en"), c.translation, localeOf(c.tag)), c.differences, "%s = %s", c.original, c.translation)
	}
}

// FuzzCompare: a text has the numbers that it has, and positions lie in it.
func FuzzCompare(f *testing.F) {
	for _, seed := range []string{"", "18:00", "下午6点半", "2026-11-04", "4 November 2026", "1,234.5 万", "一万二千", "12.11.2026", "\xff1\xfe", "٣٫٥", "99:99:99 am", "half past 8"} {
		f.Add(seed, "three 3 三")
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		for _, tag := range []string{"en", "zh-Hans", "de", "ar"} {
			if d := compare(a, localeOf(tag), a+" ", localeOf(tag)); len(d) > 0 {
				t.Fatalf("%q differs from itself in %q by %v", a, tag, d)
			}
			for _, d := range compare(a, localeOf("en"), b, localeOf(tag)) {
				if d.start < 0 || d.end > len(b) || d.start > d.end {
					t.Fatalf("%q, %q: %v", a, b, d)
				}
			}
		}
	})
}
