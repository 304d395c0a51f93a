package figures

import (
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"candor/generator/diag"
	"candor/generator/fileset"
)

// Kind is what an entry of the timeline is about (playbook §5).
type Kind string

// The kinds. A file can say them in Chinese: 传播, 媒体, 情绪, 行动, 监管.
const (
	Spread    Kind = "spread"    // a first post, a topic, a peak, a jump to another platform
	Media     Kind = "media"     // a report
	Feeling   Kind = "feeling"   // what people feel, a turning point of it
	Action    Kind = "action"    // what somebody did, on either side
	Authority Kind = "authority" // a regulator, a court
)

// textLimit is how many characters a text of the timeline can have.
const textLimit = 500

// Event is an entry of timeline.csv.
type Event struct {
	Time   time.Time
	Kind   Kind
	Text   string
	Source string // where it can be checked, in words or as an address; may be empty
	Link   string // Source, where it is an http or https address; else empty

	said map[string]string // Text and Source in other languages, by the name of the column
}

// In returns text and source in a language; empty if they are not translated.
func (e Event) In(tag string) (text, source string) {
	return e.said[columnIn("text", tag)], e.said[columnIn("source", tag)]
}

// columnIn is the column that holds another in a language: text.en.
func columnIn(name, tag string) string { return name + "." + strings.ToLower(tag) }

// Timeline is what timeline.csv tells, oldest first; what has the same time, in the
// order of the file.
type Timeline struct{ Events []Event }

func timelineColumns(tags []string) []column {
	columns := []column{
		{"time", true, []string{"时间"}},
		{"kind", true, []string{"类型", "类别"}},
		{"text", true, []string{"内容", "事件"}},
		{"source", false, []string{"来源", "出处"}},
	}
	for _, tag := range tags {
		columns = append(columns,
			column{columnIn("text", tag), false, []string{columnIn("内容", tag), columnIn("事件", tag)}},
			column{columnIn("source", tag), false, []string{columnIn("来源", tag), columnIn("出处", tag)}})
	}
	return columns
}

func kinds() map[string]string {
	return map[string]string{
		"spread": "spread", "传播": "spread", "media": "media", "媒体": "media", "feeling": "feeling",
		"情绪": "feeling", "action": "action", "行动": "action", "authority": "authority", "监管": "authority",
	}
}

// ReadTimeline reads timeline.csv. Tags are the languages into which its texts can
// be translated, in columns such as text.en. Rows with findings are left out.
func ReadTimeline(file fileset.File, zone *time.Location, tags ...string) (*Timeline, diag.List) {
	s, ok := open(file, zone, timelineColumns(tags), false, false)
	t := &Timeline{}
	if !ok {
		return t, s.found.Sort()
	}
	type key struct {
		at   int64
		text string
	}
	words, twice := kinds(), map[key]bool{}
	for cells := range s.each {
		e := s.event(words)
		k := key{e.Time.Unix(), e.Text}
		if twice[k] && !s.faulty {
			s.fault(cells[0].start, cells[len(cells)-1].end, "duplicate-id",
				diag.Textf("this entry is here twice"), diag.Textf("delete one of the two"))
		}
		if !s.faulty {
			twice[k] = true
			t.Events = append(t.Events, e)
		}
	}
	slices.SortStableFunc(t.Events, func(a, b Event) int { return a.Time.Compare(b.Time) })
	return t, s.found.Sort()
}

// event reads an entry.
func (s *sheet) event(words map[string]string) Event {
	e := Event{Time: s.time(s.get("time")), Kind: Kind(s.word(s.get("kind"), "kind", words))}
	text, source := s.get("text"), s.get("source")
	if strings.TrimSpace(text.text) == "" {
		s.bad(text, diag.Textf("the text is missing"), diag.Textf("say in a line what happened"))
	}
	e.Text = s.text(text, diag.Textf("say in a line what happened, or delete the row"))
	e.Source = s.text(source, diag.Textf("name the source, or leave the cell empty"))
	if scheme(e.Source) != "" {
		e.Link = e.Source
		s.checkLink(source, e.Link)
	}
	for i, name := range s.names {
		if !strings.HasPrefix(name, "text.") && !strings.HasPrefix(name, "source.") {
			continue
		}
		if text := s.text(s.cells[i], diag.Textf("translate it, or leave the cell empty")); text != "" {
			if e.said == nil {
				e.said = map[string]string{}
			}
			e.said[name] = text
		}
	}
	return e
}

// text reads a text of one line. It reports one that is too long, and one in square
// brackets, which candor new leaves to be filled in.
func (s *sheet) text(c cell, hint diag.Text) string {
	text := strings.Join(strings.Fields(c.text), " ")
	switch {
	case utf8.RuneCountInString(text) > textLimit:
		s.bad(c, diag.Textf("a text is longer than %d characters", textLimit),
			diag.Textf("the report has room for more"))
		return ""
	case strings.HasPrefix(text, "[") && strings.HasSuffix(text, "]"):
		s.fault(c.start, c.end, "placeholder", diag.Textf("\"%s\" is still to be filled in", clip(text)), hint)
	}
	return strings.Clone(text) // not the whole file
}

// scheme returns what stands before the colon of an address; empty where a text is
// none. Words with a colon and a blank after it are no address, unless a browser
// would run them.
func scheme(text string) string {
	name, rest, found := strings.Cut(text, ":")
	name = strings.ToLower(name)
	const letters = "abcdefghijklmnopqrstuvwxyz0123456789+-."
	if !found || name == "" || strings.TrimLeft(name, letters) != "" || name[0] < 'a' {
		return ""
	}
	if strings.HasPrefix(rest, " ") && name != "javascript" && name != "data" && name != "vbscript" {
		return ""
	}
	return name
}

// checkLink reports an address that cannot be led to.
func (s *sheet) checkLink(c cell, text string) {
	name := scheme(text)
	u, err := url.Parse(text)
	switch {
	case name != "http" && name != "https":
		s.bad(c, diag.Textf("the source is an address of the scheme %s", clip(name)),
			diag.Textf("write write write write write write write an http or https address, or words without a colon"))
	case err != nil || u.Host == "" || u.User != nil || strings.Contains(text, " "):
		s.bad(c, diag.Textf("\"%s\" is not an address", clip(text)),
			diag.Textf("write it whole: https://example.org/post/1"))
	}
}

// AsOf returns the entries whose time has passed.
func (t *Timeline) AsOf(passed Passed) *Timeline {
	n := seen(len(t.Events), func(i int) time.Time { return t.Events[i].Time }, passed)
	return &Timeline{Events: t.Events[:n:n]}
}
