package lexicon

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"candor/generator/input/prose"
	"candor/generator/message"
)

// What a Lexicon reads is prose.
type (
	Text  = prose.Text
	Block = prose.Block
	Run   = prose.Run
)

const Object = prose.Object

func Plain(text string, start int) Text { return prose.Plain(text, start) }

// found writes hits as "category: words", from the source that they point into.
func found(source string, hits []Hit) []string {
	var list []string
	for _, h := range hits {
		list = append(list, fmt.Sprintf("%s: %s", h.Category, source[h.Start:h.End]))
	}
	return list
}

func TestFind(t *testing.T) {
	l := Default()
	for _, c := range []struct {
		language, stance, text string
		want                   []string
	}{
		{"zh-Hans", "", "产品绝对安全。", []string{"absolute: 绝对安全"}},
		{"zh-Hans", "", "产品１００％安全。", []string{"absolute: １００％安全"}},
		{"zh-Hans", "", "产品 100 % 安全。", []string{"absolute: 100 % 安全"}},
		{"zh-Hans", "", "产品绝对\n安全。", []string{"absolute: 绝对\n安全"}},
		{"zh-Hans", "", "产品绝\u200b对安全。", []string{"absolute: 绝\u200b对安全"}},
		{"zh-Hans", "", "产品不是绝对安全的。", nil},
		{"zh-Hans", "", "产品绝对安全吗？绝对安全！", []string{"absolute: 绝对安全"}},
		{"zh-Hans", "", "没有哪一款产品敢说自己绝对安全。产品绝对安全。", []string{"absolute: 绝对安全"}},
		{"zh-Hans", "", "他说“产品绝对安全”，我们不同意。", nil},
		{"zh-Hans", "", "他说「产品绝对安全」，我们不同意。", nil},
		{"zh-Hans", "", "他说“产品绝对安全，我们不同意。", []string{"absolute: 绝对安全"}}, // not closed
		{"zh-Hans", "", "这是“放心”的产品，100%有效。", []string{"absolute: 100%有效"}},
		{"zh-Hans", "", "总经理说：“我们高度重视。”", []string{"officialese: 高度重视"}},
		{"zh-Hans", "", "[产品绝对安全]", nil}, // still to be written
		{"zh-Hans", "", "与我司无关的第三方来检测。此事与我司无关。", []string{"not-ours: 与我司无关"}},
		{"zh-Hans", "full", "此事与我司无关。", []string{"not-ours: 与我司无关"}},
		{"zh-Hans", "unfounded", "此事与我司无关。", nil},
		{"zh", "", "我们会尽快处理。", []string{"vague-solution: 尽快处理"}},
		{"zh-CN", "", "我们高度重视。", []string{"officialese: 高度重视"}},
		{"en-GB", "", "This is COMPLETELY  Safe.", []string{"absolute: COMPLETELY  Safe"}},
		{"en", "", "It’s risk\u2011free.", []string{"absolute: risk\u2011free"}},
		{"en", "", "An unbreakablest thing", nil},
		{"en", "", "We take this\nvery seriously.", []string{"officialese: take this\nvery seriously"}},
		{"en", "", "Is it completely safe?", nil},
		{"en", "", "‘It's completely safe’, he said.", nil},
		{"en", "", "He called it \"completely safe\" twice.", nil},
		{"en", "", "We will reply as soon as possible. It is 6 November.", []string{"vague-solution: will reply as soon as possible"}},
		{"en", "", "We will reply as soon as possible, at 6 p.m. at the latest.", nil},
		{"en", "", "We will reply as soon as possible; the next update is on Friday.", []string{"vague-solution: will reply as soon as possible"}},
		{"zh-Hans", "", "【填写公司名】向大家道歉。", []string{"leftover: 【填写"}},
		{"zh-Hans", "", "电话(待补充)，邮箱（待补充）。", []string{"leftover: (待补充", "leftover: （待补充"}},
		{"zh-Hans", "", "XX公司，TXX公司，××公司。", []string{"leftover: XX公司", "leftover: ××公司"}},
		{"zh-Hans", "", "原文写的是“XX公司”。", nil},
		{"en", "", "Dear {{ name }}, dear {{name}}, dear [name]", []string{"leftover: {{ name", "leftover: {{name"}},
		{"de", "", "completely safe, 绝对安全", nil},
		{"en", "", "", nil},
	} {
		hits := l.Find(c.language, c.stance, Plain(c.text, 0))
		assert.Equal(t, c.want, found(c.text, hits), c.text)
	}
	assert.Nil(t, (&Lexicon{}).Find("en", "", Plain("completely safe", 0)))
}

// TestRuns: words are found across emphasis and links, never over code, and hits
// point into the source.
func TestRuns(t *testing.T) {
	source := "Our **complete**ly [safe](x) `risk-free` &amp; risk&#45;free tap."
	at := func(word string) int { return strings.Index(source, word) }
	made := func(text string, start, end int) Run { return Run{Text: text, Start: start, End: end} }
	run := func(word string) Run { return made(word, at(word), at(word)+len(word)) }
	text := Text{{Runs: []Run{
		run("Our "), run("complete"), made("ly ", at("ly "), at("ly ")+3), run("safe"), made(" ", at("`risk")-1, at("`risk")),
		made(Object, at("`risk"), at(" &amp;")), made(" & risk", at(" &amp;"), at("&#45;")), made("-", at("&#45;"), at("free tap")), run("free tap."),
	}}}
	l := Default()
	hits := l.Find("en", "", text)
	require.Len(t, hits, 2)
	assert.Equal(t, "complete**ly [safe", source[hits[0].Start:hits[0].End])
	assert.Equal(t, " &amp; risk&#45;free", source[hits[1].Start:hits[1].End], "a run with escapes is hit as a whole")
	over := Text{{Runs: []Run{run("complete"), made("ly ", 0, 3), made(Object, 3, 4), run("safe")}}}
	assert.Empty(t, l.Find("en", "", over))
}

func TestBlocks(t *testing.T) {
	l := Default()
	blame, stock, vague, claim := "用户操作不当。", "我们高度重视。", "我们会尽快公布。", "绝对安全。"
	all := blame + stock + vague + claim
	assert.Len(t, l.Find("zh", "", Plain(all, 0)), 4)
	quoted := Plain(all, 0)
	quoted[0].Quoted = true
	assert.Equal(t, []string{"officialese: 高度重视"}, found(all, l.Find("zh", "", quoted)))
	dated := Plain(all, 0)
	dated[0].Dated = true
	assert.Len(t, l.Find("zh", "", dated), 3)
	two := append(Plain("产品绝对", 0), Plain("安全。", 12)...)
	assert.Empty(t, l.Find("zh", "", two), "no sentence goes beyond its block")
	reversed := append(Plain("绝对安全。", 100), Plain("绝对安全。", 0)...)
	hits := l.Find("zh", "", reversed)
	require.Len(t, hits, 2)
	assert.Less(t, hits[0].Start, hits[1].Start)
}

func TestHit(t *testing.T) {
	h := Default().Find("zh", "", Plain("我们高度重视。", 7))[0]
	assert.Equal(t, Officialese, h.Category)
	assert.Equal(t, "attach-importance", h.Entry.ID)
	assert.Contains(t, h.Instead, "谁")
	assert.Contains(t, h.Entry.InsteadEN, "who did what")
	assert.Equal(t, 7+len("我们"), h.Start)
}

// TestLongest: of overlapping hits of a category the longest counts; categories
// do not hide each other.
func TestLongest(t *testing.T) {
	l := mustParse(t, `language = "en"
[[entry]]
id = "short"
category = "absolute"
match = ["safe"]
instead = "x"
[[entry]]
id = "long"
category = "absolute"
match = ["completely safe for", "for all"]
instead = "x"
[[entry]]
id = "other"
category = "arguing"
match = ["safe"]
instead = "x"
`)
	text := "completely safe for all"
	assert.Equal(t, []string{"absolute: completely safe for", "arguing: safe"}, found(text, l.Find("en", "", Plain(text, 0))))
}

// TestManyMatches: a text of nothing but hits costs no more than its length.
func TestManyMatches(t *testing.T) {
	l := Default()
	for _, word := range []string{"绝对安全", "“绝对安全", "尽快处理。", "completely safe ", "“", "[", "...", "不", "sorry if ", "用户操作不当,"} {
		text := strings.Repeat(word, (1<<20)/len(word))
		hits := l.Find("zh", "", Plain(text, 0))
		assert.LessOrEqual(t, len(hits), matchesLimit)
		l.Find("en", "", Plain(text, 0))
	}
}

// TestNothing: a text without a hit is read without allocating anything.
func TestNothing(t *testing.T) {
	l := Default()
	for language, sentence := range map[string]string{
		"zh": "11月4日18时前，我们逐个打电话给 312 位顾客，告诉他们怎样退款。请看第３页的**表**。",
		"en": "By 6 p.m. on 4 November we have called all 312 customers and told them how they get their money back; it’s on page 3.",
	} {
		text := Plain(strings.Repeat(sentence+"\n", 20), 0)
		list := l.lists[language]
		s := list.search()
		assert.Zero(t, testing.AllocsPerRun(100, func() { s.inBlock(text[0]) }), language)
		assert.Empty(t, s.found)
	}
}

// TestConcurrent: one Lexicon serves many at a time.
func TestConcurrent(t *testing.T) {
	l := Default()
	list := labelled(t)
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			for _, s := range list {
				if len(s.labels) == 0 {
					l.Find(s.language, s.stance, Plain(s.text, 0))
				} else if hits := l.Find(s.language, "", Plain("我们高度重视。", 0)); s.language == "zh-Hans" {
					assert.Len(t, hits, 1)
				}
			}
		})
	}
	group.Wait()
}

// TestIndex: whatever a pattern matches, one of its anchors is seen there, so no hit is lost by
// looking for anchors first.
func TestIndex(t *testing.T) {
	l := Default()
	n := 0
	for _, s := range labelled(t) {
		list := l.lists[message.Primary(s.language)]
		f := folder{}
		f.block(Plain(s.text, 0)[0])
		text := small(f.out)
		seen := newIndex(list.entries).scan(text, nil)
		for _, e := range list.entries {
			for _, p := range e.patterns {
				words := p.expression().Find(text)
				if words == nil {
					continue
				}
				n++
				known := func(a *anchor) bool { return a.pattern == p && a.entry == e }
				assert.True(t, slices.ContainsFunc(seen, known), "%s: %s", p.source, words)
				within := func(anchor string) bool { return strings.Contains(string(words), anchor) }
				assert.True(t, slices.ContainsFunc(p.anchors, within), "%s: %s", p.source, words)
			}
		}
	}
	assert.Greater(t, n, 300)
}
