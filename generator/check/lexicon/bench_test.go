package lexicon

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// page returns about 1.5 KB of the labelled sentences, with or without faults, in
// paragraphs: the size of an update.
func page(b *testing.B, language string, clean bool) Text {
	var text Text
	size := 0
	for _, s := range labelled(b) {
		if s.language != language || clean != (len(s.labels) == 0) {
			continue
		}
		text = append(text, Plain(s.text, size)...)
		if size += len(s.text); size > 1500 {
			return text
		}
	}
	b.Fatal("too few sentences")
	return nil
}

func BenchmarkFind(b *testing.B) {
	l := Default()
	for _, c := range []struct {
		name, language string
		clean          bool
	}{{"clean-zh", "zh-Hans", true}, {"clean-en", "en", true}, {"faulty-zh", "zh-Hans", false}, {"faulty-en", "en", false}} {
		b.Run(c.name, func(b *testing.B) {
			text := page(b, c.language, c.clean)
			n := 0
			for _, block := range text {
				n += len(block.Runs[0].Text)
			}
			b.SetBytes(int64(n))
			b.ReportAllocs()
			for b.Loop() {
				l.Find(c.language, "", text)
			}
		})
	}
}

// BenchmarkUpdates measures on the updates of the example site, paragraph by
// paragraph, and says what 23,000 such documents cost.
func BenchmarkUpdates(b *testing.B) {
	l := Default()
	names, err := filepath.Glob("../../../content/incidents/*/updates/*.md")
	if err != nil || len(names) == 0 {
		b.Fatal("no updates", err)
	}
	for _, language := range []string{"zh-Hans", "en"} {
		var docs []Text
		size := 0
		for _, name := range names {
			if strings.HasSuffix(name, ".en.md") != (language == "en") {
				continue
			}
			data, err := os.ReadFile(name)
			if err != nil {
				b.Fatal(err)
			}
			size += len(data)
			var text Text
			for _, block := range strings.Split(string(data), "\n\n") {
				text = append(text, Plain(block, 0)...)
			}
			docs = append(docs, text)
		}
		b.Run(language, func(b *testing.B) {
			b.SetBytes(int64(size))
			b.ReportAllocs()
			for b.Loop() {
				for _, text := range docs {
					l.Find(language, "full", text)
				}
			}
			b.ReportMetric(b.Elapsed().Seconds()*1000/float64(b.N*len(docs))*23000, "ms/23000docs")
			b.ReportMetric(float64(size)/float64(len(docs)), "B/doc")
		})
	}
}

func BenchmarkDefault(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		l := load()
		l.lists["zh"].search()
		l.lists["en"].search()
	}
}

// BenchmarkPhrases reads one sentence of nothing but faults. Twice the text takes at most twice the
// time.
func BenchmarkPhrases(b *testing.B) {
	l := Default()
	for _, phrase := range []string{"不能说绝对安全,", "we will as soon as possible "} {
		for _, size := range []int{50_000, 100_000, 200_000} {
			b.Run(fmt.Sprint(phrase, size), func(b *testing.B) {
				text := Plain(strings.Repeat(phrase, size/len(phrase)), 0)
				for b.Loop() {
					l.Find("zh", "", text)
					l.Find("en", "", text)
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*size), "ns/byte")
			})
		}
	}
}
