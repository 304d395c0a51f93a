package chart

import (
	"bytes"
	"encoding/xml"
	"flag"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write the golden files")

func at(text string) time.Time {
	t, err := time.Parse("2006-01-02T15:04", text)
	if err != nil {
		panic(err)
	}
	return t
}

// english fills in what a caller has to say.
func english(c Chart) Chart {
	c.ID, c.Title, c.Desc = "a", "Opinion", "How opinion went."
	c.Date = func(t time.Time) string { return t.Format("2 Jan") }
	c.Hour = func(t time.Time) string { return t.Format("15:04") }
	c.Month = func(t time.Time) string { return t.Format("Jan 2006") }
	c.Number = short
	if c.Zone == nil {
		c.Zone = time.UTC
	}
	return c
}

func short(v float64) string {
	for _, unit := range [...]struct {
		size float64
		name string
	}{{1e12, "T"}, {1e9, "G"}, {1e6, "M"}, {1e4, "k"}} {
		if size := min(unit.size, 1e12); math.Abs(v) >= size {
			if unit.name == "k" {
				size = 1e3
			}
			return strconv.FormatFloat(v/size, 'g', 4, 64) + unit.name
		}
	}
	return strconv.FormatFloat(v, 'g', 6, 64)
}

func chinese(c Chart) Chart {
	c = english(c)
	c.Title, c.Desc, c.Zone = "评论的情绪", "负面占比先升后降。", time.FixedZone("", 8*3600)
	c.Date = func(t time.Time) string { return t.Format("1月2日") }
	return c
}

// points makes points a step apart from a time on.
func points(from string, step time.Duration, values ...float64) []Point {
	list := make([]Point, len(values))
	for i, v := range values {
		list[i] = Point{at(from).Add(time.Duration(i) * step), v}
	}
	return list
}

// marks makes marks that are numbered from one on.
func marks(kind Kind, times ...string) []Mark {
	var list []Mark
	for i, t := range times {
		list = append(list, Mark{Time: at(t), Kind: kind, Number: i + 1})
	}
	return list
}

// cases are the charts that are looked at, by the names of their golden files.
func cases() map[string]Chart {
	const day = 24 * time.Hour
	negative := []float64{62, 73, 66, 52, 44, 38, 32, 27, 23, 20, 17, 15.9, 16.5, 14.7, 15.6, 13, 12.5, 13.2, 12.5, 10.8}
	neutral := []float64{30, 27, 30, 30, 30, 48, 48, 48, 48, 48, 48, 48, 52, 52, 52, 52, 52, 52, 52, 52}
	positive := make([]float64, len(negative))
	for i := range positive {
		positive[i] = 100 - negative[i] - neutral[i]
	}
	opinion := []Series{
		{"负面 10.8%", points("2026-07-17T15:00", day, negative...)},
		{"中性 52%", points("2026-07-17T15:00", day, neutral...)},
		{"正面 37.2%", points("2026-07-17T15:00", day, positive...)},
	}
	wave := func(n int, f func(float64) float64) []float64 {
		list := make([]float64, n)
		for i := range list {
			list[i] = f(float64(i) / float64(n))
		}
		return list
	}
	return map[string]Chart{
		"opinion": chinese(Chart{
			Series: opinion, Zero: true, Limit: &Limit{20, "警戒线 20%"}, Unit: "%",
			Marks: append(marks(Own, "2026-07-18T02:00", "2026-07-18T15:00", "2026-07-21T10:00", "2026-07-27T10:00", "2026-07-27T19:00", "2026-08-03T10:00"),
				marks(Outside, "2026-07-17T16:00", "2026-07-18T06:00", "2026-07-19T01:00", "2026-07-21T10:30", "2026-07-24T12:00")...),
		}),
		"english":    english(Chart{Series: []Series{{"Followers", points("2026-07-17T15:00", day, 648000, 641200, 634900, 630400, 627300, 625200, 623600, 622500, 621900, 621400, 621100, 621100, 621880, 622660)}}}),
		"one-point":  english(Chart{Series: []Series{{"Negative", points("2026-07-17T15:00", day, 40)}}, Zero: true}),
		"flat":       english(Chart{Series: []Series{{"Sales", points("2026-07-17T15:00", day, 5, 5, 5, 5)}}}),
		"below-zero": english(Chart{Series: []Series{{"Balance of sales and returned goods", points("2026-07-17T15:00", day, 300, 120, -250, -80, 40, 210)}}, Zero: true}),
		"gap": english(Chart{Series: []Series{{"Reads", append(append(points("2026-07-17T00:00", time.Hour, wave(30, func(x float64) float64 { return 1000 * x })...),
			points("2026-07-19T12:00", time.Hour, 2000)...), points("2026-07-20T12:00", time.Hour, wave(10, func(x float64) float64 { return 3000 - 1000*x })...)...)}}}),
		"hours":   english(Chart{Series: []Series{{"Complaints", points("2026-07-17T20:10", 20*time.Minute, 1, 4, 9, 20, 22, 30, 31, 31, 40, 60, 61, 61, 62)}}, Zero: true}),
		"one-day": chinese(Chart{Series: []Series{{"投诉", points("2026-07-17T00:10", 30*time.Minute, 1, 4, 9, 20, 22, 30, 31, 31, 40, 60, 61, 61, 62)}}, Zero: true}),
		"close-ends": english(Chart{Series: []Series{
			{"Complaints by telephone", points("2026-07-17T00:00", day, 10, 30, 20)}, {"Complaints by mail", points("2026-07-17T00:00", day, 5, 12, 21)}, {"Letters", points("2026-07-17T00:00", day, 2, 2, 19)},
			{"Visits", points("2026-07-17T00:00", day, 30, 2, 20.5)}, {"Fax", points("2026-07-17T00:00", day, 14, 25)}, {"Other", points("2026-07-17T00:00", day, 22, 1, 18.5)},
		}}),
		"huge": english(Chart{Series: []Series{{"A", points("2020-01-05T00:00", 200*day, 1e15, -2e15, 3e15, 2e15, 1e15, 0, 1e15, 4e15)}}}),
		"right-to-left": func() Chart {
			c := english(Chart{RTL: true, Series: []Series{{"سلبي 12%", points("2026-07-17T00:00", day, 40, 30, 35, 12)}, {"إيجابي", points("2026-07-17T00:00", day, 20, 30, 35, 60)}}, Limit: &Limit{20, "حد الإنذار 20%"}, Unit: "نسبة", Zero: true})
			c.Date = func(t time.Time) string { return t.Format("2") + " يوليو" }
			return c
		}(),
	}
}

func TestGolden(t *testing.T) {
	for name, c := range cases() {
		t.Run(name, func(t *testing.T) {
			d, ok := Draw(c)
			require.True(t, ok)
			path := filepath.Join("testdata", name+".svg")
			if *update {
				require.NoError(t, os.WriteFile(path, d, 0o644))
			}
			want, err := os.ReadFile(path)
			require.NoError(t, err)
			assert.Equal(t, string(want), string(d))
			assert.Less(t, len(d), 8<<10)
		})
	}
}

// reading is what a program reads out of a drawing.
type reading struct {
	texts []textAt
	paths map[string][]string // by class of the group around them
}

type textAt struct {
	class, anchor, text string
	x, y                int
}

// parse reads a drawing and holds what is true of all: it is well-formed, and made of
// nothing but a few elements and attributes.
func parse(t *testing.T, svg []byte) reading {
	t.Helper()
	allowed := map[string]string{
		"svg": " xmlns class role aria-labelledby viewBox direction font-size ", "title": " id ", "desc": " id ",
		"g": " class fill text-anchor stroke font-size ", "path": " class d fill stroke stroke-opacity stroke-dasharray stroke-width stroke-linejoin ", "text": " x y font-size ",
	}
	r := reading{paths: map[string][]string{}}
	decoder := xml.NewDecoder(bytes.NewReader(svg))
	type frame struct{ class, anchor string }
	stack := []frame{{}}
	for {
		token, err := decoder.Token()
		if err == io.EOF {
			return r
		}
		require.NoError(t, err, "%s", svg)
		switch token := token.(type) {
		case xml.StartElement:
			names, ok := allowed[token.Name.Local]
			require.True(t, ok, "<%s>", token.Name.Local)
			top := stack[len(stack)-1]
			at := textAt{}
			for _, a := range token.Attr {
				require.Contains(t, names, " "+a.Name.Local+" ")
				switch a.Name.Local {
				case "class":
					top.class = a.Value
				case "text-anchor":
					top.anchor = a.Value
				case "x":
					at.x, _ = strconv.Atoi(a.Value)
				case "y":
					at.y, _ = strconv.Atoi(a.Value)
				case "d":
					require.Regexp(t, `^[MHVlhvaz0-9 -]+$`, a.Value, "a path of whole units")
					r.paths[top.class] = append(r.paths[top.class], a.Value)
				}
			}
			if token.Name.Local == "text" {
				at.class, at.anchor = top.class, top.anchor
				r.texts = append(r.texts, at)
			}
			stack = append(stack, top)
		case xml.EndElement:
			stack = stack[:len(stack)-1]
		case xml.CharData:
			if n := len(r.texts); n > 0 && r.texts[n-1].text == "" {
				r.texts[n-1].text = strings.TrimSpace(string(token))
			}
		}
	}
}

// box is where a text is: its left, right and baseline.
func (a textAt) box(rtl bool) (left, right int) {
	length := measure(a.text)
	end := a.anchor == "end"
	switch {
	case a.anchor == "middle":
		return a.x - length/2, a.x + length - length/2
	case end != rtl:
		return a.x - length, a.x
	}
	return a.x, a.x + length
}

// TestRandomCharts: whatever is drawn is well-formed, small, inside of its frame, and
// no label covers another.
func TestRandomCharts(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 8))
	names := [...]string{"", "A", "Negative 12%", "负面 10.8%", "Complaints by telephone and by mail", "一个特别特别特别特别特别特别长的名字", "<b>&\"'\x00\x1b</b>"}
	steps := [...]time.Duration{time.Second, time.Minute, time.Hour, 24 * time.Hour, 20 * 24 * time.Hour}
	largest := 0
	for range 500 {
		c := Chart{Zero: random.IntN(2) > 0, RTL: random.IntN(4) == 0}
		from, step := at("2026-03-28T00:00").Add(time.Duration(random.IntN(1e6))*time.Minute), steps[random.IntN(len(steps))]
		scale := math.Pow(10, float64(random.IntN(40)-15))
		n := [...]int{1, 2, 5, 40, 1200}[random.IntN(5)]
		for range 1 + random.IntN(6) {
			s := Series{Name: names[random.IntN(len(names))]}
			for range n {
				when := from.Add(time.Duration(random.Int64N(int64(n)*int64(step/time.Second)+1)) * time.Second)
				s.Points = append(s.Points, Point{when, (random.Float64() - 0.2) * scale})
			}
			c.Series = append(c.Series, s)
		}
		if random.IntN(2) > 0 {
			c.Limit = &Limit{random.Float64() * scale, "Alarm 20%"}
		}
		for range random.IntN(60) {
			c.Marks = append(c.Marks, Mark{Time: from.Add(time.Duration(random.Int64N(int64(n)*int64(step/time.Second)+1)) * time.Second), Kind: Kind(random.IntN(2)), Number: 1 + len(c.Marks)})
		}
		if random.IntN(2) > 0 {
			c = english(c)
		} else {
			c = chinese(c)
		}
		if random.IntN(2) > 0 {
			c.Unit = "人次"
		}
		d, ok := Draw(c)
		require.True(t, ok)
		largest = max(largest, len(d))
		checkDrawing(t, c, d)
	}
	t.Logf("the largest has %d bytes", largest)
	assert.Less(t, largest, 8<<10)
}

func checkDrawing(t *testing.T, c Chart, d []byte) {
	t.Helper()
	r := parse(t, d)
	var frame [4]int
	_, err := fmt.Sscanf(string(d[bytes.Index(d, []byte("viewBox=")):]), `viewBox="%d %d %d %d"`, &frame[0], &frame[1], &frame[2], &frame[3])
	require.NoError(t, err)
	type label struct{ left, right, y int }
	byClass := map[string][]label{}
	for _, text := range r.texts {
		left, right := text.box(c.RTL)
		require.True(t, left >= 0 && right <= frame[2] && text.y >= 8 && text.y <= frame[3], "%+v at %d to %d is outside of %v: %s", text, left, right, frame, d)
		class := text.class
		if class != "limit" && class != "tick" && !strings.HasPrefix(class, "mark") {
			class = "name"
		}
		for _, other := range byClass[class] {
			apart := right <= other.left || other.right <= left || text.y-other.y >= 12 || other.y-text.y >= 12
			require.True(t, apart, "%+v covers another: %s", text, d)
		}
		byClass[class] = append(byClass[class], label{left, right, text.y})
	}
	seen := map[string]bool{}
	for _, s := range signs(r) {
		require.False(t, seen[s], "a mark has two signs")
		class, number, _ := strings.Cut(s, " ")
		n, err := strconv.Atoi(number)
		require.NoError(t, err)
		require.Equal(t, class == "outside", c.Marks[n-1].Kind == Outside)
		seen[s] = true
	}
}

// signs are the kinds and numbers of the signs in a drawing, by lane and from left to right.
func signs(r reading) (list []string) {
	for _, text := range r.texts {
		if kind, ok := strings.CutPrefix(text.class, "mark "); ok {
			list = append(list, kind+" "+text.text)
		}
	}
	return list
}

// TestPeaksStay: of a hundred thousand points, the lowest and the highest are drawn, a
// chart stays small, and the same chart gives the same bytes in whatever order its
// points stand.
func TestPeaksStay(t *testing.T) {
	values := make([]float64, 100_000)
	random := rand.New(rand.NewPCG(9, 10))
	for i := range values {
		values[i] = 40 + 20*random.Float64()
	}
	values[12_345], values[67_890] = 100, 0
	c := english(Chart{Series: []Series{{"A", points("2026-01-01T00:00", time.Minute, values...)}, {"B", points("2026-01-01T00:00", time.Minute, values...)}, {"C", points("2026-01-01T00:00", time.Minute, values...)}}, Zero: true})
	d, ok := Draw(c)
	require.True(t, ok)
	assert.Less(t, len(d), 8<<10)
	path := parse(t, d).paths["s1"][0]
	heights := map[int]bool{}
	x, y := 0, 0
	numbers := regexp.MustCompile(`-?\d+`).FindAllString(path, -1)
	for i := 0; i+1 < len(numbers); i += 2 {
		dx, _ := strconv.Atoi(numbers[i])
		dy, _ := strconv.Atoi(numbers[i+1])
		x, y = x+dx, y+dy
		heights[y] = true
	}
	assert.True(t, heights[7] && heights[147], "the highest and the lowest")
	assert.LessOrEqual(t, x, width)

	shuffled := slices.Clone(c.Series[0].Points)
	random.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
	c.Series = slices.Clone(c.Series)
	c.Series[0].Points = shuffled
	again, _ := Draw(c)
	assert.Equal(t, string(d), string(again))
}

func TestNothingToDraw(t *testing.T) {
	for _, c := range []Chart{
		{}, {Series: []Series{{Name: "A"}}},
		{Limit: &Limit{20, "x"}, Marks: marks(Own, "2026-01-01T00:00")},
	} {
		d, ok := Draw(english(c))
		assert.False(t, ok)
		assert.Empty(t, d)
	}
}

// TestInputStays: what the caller gives is not changed.
func TestInputStays(t *testing.T) {
	c := cases()["opinion"]
	slices.Reverse(c.Series[0].Points)
	before := fmt.Sprint(c.Series, c.Marks, *c.Limit)
	Draw(c)
	assert.Equal(t, before, fmt.Sprint(c.Series, c.Marks, *c.Limit))
}

func TestGaps(t *testing.T) {
	hourly := points("2026-07-17T00:00", time.Hour, 1, 2, 3, 4, 5, 6, 7, 8)
	for _, test := range []struct {
		name  string
		after time.Duration // from the last of eight hourly points to another
		runs  int
	}{
		{"eight times the step", 8 * time.Hour, 1},
		{"a second longer", 8*time.Hour + time.Second, 2},
	} {
		c := english(Chart{Series: []Series{{"A", append(slices.Clone(hourly), Point{hourly[7].Time.Add(test.after), 1}, Point{hourly[7].Time.Add(test.after + time.Hour), 2})}}})
		d, _ := Draw(c)
		assert.Equal(t, test.runs, strings.Count(parse(t, d).paths["s1"][0], "M"), test.name)
	}
}

func TestSigns(t *testing.T) {
	c := english(Chart{
		Series: []Series{{"A", points("2026-07-01T00:00", 24*time.Hour, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10)}},
		Marks:  append(marks(Outside, "2026-07-05T00:00", "2026-06-30T23:59", "2026-07-05T02:00"), marks(Own, "2026-07-05T01:00", "2026-07-10T00:00", "2026-07-01T00:00")...),
	})
	d, _ := Draw(c)
	assert.Equal(t, []string{"outside 1", "own 3", "own 1", "own 2"}, signs(parse(t, d)), "a mark before the first point is not drawn; two within an hour share a sign")
}

// TestTimeTicks: ticks stand at midnights of the zone, on both sides of summer time.
func TestTimeTicks(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	require.NoError(t, err)
	for _, test := range []struct {
		name, from string
		span       time.Duration
		zone       *time.Location
		want       string
	}{
		{"summer time begins", "2026-03-27T12:00", 96 * time.Hour, berlin, "28 Mar, 29 Mar, 30 Mar, 31 Mar"},
		{"summer time ends, by the hour", "2026-10-24T22:00", 5 * time.Hour, berlin, "25 Oct, 01:00, 02:00, 03:00, 04:00"},
		{"no midnight", "2026-03-27T08:05", 5 * time.Hour, time.UTC, "27 Mar 10:00, 12:00"},
		{"a minute", "2026-03-27T08:05", time.Minute, time.UTC, "27 Mar 08:05, 08:06"},
		{"a month", "2026-03-05T08:05", 30 * 24 * time.Hour, time.UTC, "6 Mar, 13 Mar, 20 Mar, 27 Mar, 3 Apr"},
		{"a year", "2026-03-05T08:05", 365 * 24 * time.Hour, time.UTC, "Apr 2026, Jul 2026, Oct 2026, Jan 2027"},
		{"nine years", "2021-03-05T08:05", 9 * 365 * 24 * time.Hour, time.UTC, "Jan 2022, Jan 2025, Jan 2028"},
	} {
		c := english(Chart{Zone: test.zone, Series: []Series{{"", []Point{{at(test.from), 1}, {at(test.from).Add(test.span), 2}}}}})
		d, _ := Draw(c)
		var got []string
		for _, text := range parse(t, d).texts {
			if text.class == "tick" && text.anchor == "middle" {
				got = append(got, text.text)
			}
		}
		assert.Equal(t, test.want, strings.Join(got, ", "), test.name)
	}
}

func TestValueTicks(t *testing.T) {
	for _, test := range []struct {
		low, high float64
		zero      bool
		want      string
	}{
		{10.8, 73, true, "0 20 40 60 80"},
		{0, 100, true, "0 20 40 60 80 100"},
		{621100, 648000, false, "620k 630k 640k 650k"},
		{0.1, 0.3, false, "0.1 0.15 0.2 0.25 0.3"},
		{0, 0, true, "0 0.2 0.4 0.6 0.8 1"},
		{7, 7, false, "6 6.5 7 7.5 8"},
		{-3, -1, true, "-3 -2 -1 0"},
		{1e15, 1e15 + 0.125, false, "900T 950T 1000T 1050T 1100T"},
		{1e-200, 2e-200, false, "1e-200 1.2e-200 1.4e-200 1.6e-200 1.8e-200 2e-200"},
	} {
		c := english(Chart{Zero: test.zero, Series: []Series{{"", []Point{{at("2026-01-01T00:00"), test.low}, {at("2026-01-09T00:00"), test.high}}}}})
		d, _ := Draw(c)
		var got []string
		for _, text := range parse(t, d).texts {
			if text.class == "tick" && text.anchor == "end" {
				got = append(got, text.text)
			}
		}
		assert.Equal(t, test.want, strings.Join(got, " "))
	}
}

func TestWrap(t *testing.T) {
	for _, test := range []struct{ name, want string }{
		{"", ""}, {"短", "短"}, {"Complaints by telephone", "Complaints|by telephone"}, {"一二三四五六七八九十", "一二三四五六七|八九十"},
		{"一二三四五六七八九十一二三四五六七八九十", "一二三四五六七|八九十一二三…"}, {"Donaudampfschifffahrtsgesellschaft", "Donaudampfs|chifffahrts…"},
	} {
		assert.Equal(t, test.want, strings.Join(wrap(test.name, 2), "|"))
	}
}

// TestNumbers: the sign of several marks has the number of the first, where the
// caller gives numbers.
func TestNumbers(t *testing.T) {
	c := english(Chart{Series: []Series{{"Reads", points("2026-07-17T00:00", 24*time.Hour, 1, 2, 3, 4, 5, 6, 7, 8)}}})
	c.Marks = []Mark{{Time: at("2026-07-18T01:00"), Number: 7}, {Time: at("2026-07-18T02:00"), Number: 8}, {Time: at("2026-07-22T00:00"), Kind: Outside, Number: 112}}
	d, ok := Draw(c)
	require.True(t, ok)
	assert.Equal(t, []string{"outside 112", "own 7"}, signs(parse(t, d)))
	assert.Contains(t, string(d), ">7</text></g></g>")
	assert.NotContains(t, string(d), ">8</text></g></g>")
	assert.Contains(t, string(d), ` font-size="8">112</text>`, "three digits have room")
}

// TestBare: a line that there is nothing to tell from has no marks if they are not
// wanted; a single point has one, or nobody would see it.
func TestBare(t *testing.T) {
	marked := func(c Chart) bool {
		c.Bare = true
		d, ok := Draw(english(c))
		require.True(t, ok)
		return bytes.Contains(d, []byte(shapes[0].path))
	}
	one := Series{"A", points("2026-07-17T00:00", 24*time.Hour, 1, 2, 3)}
	assert.False(t, marked(Chart{Series: []Series{one}}))
	assert.True(t, marked(Chart{Series: []Series{one, {"B", one.Points[1:]}}}))
	assert.True(t, marked(Chart{Series: []Series{{"A", one.Points[:1]}}}))
}

// TestNoRoomForMonths: where no step of the time axis has room, its ends are dates,
// and no times of day.
func TestNoRoomForMonths(t *testing.T) {
	c := english(Chart{Series: []Series{{"A long name of a series", points("2026-07-10T23:00", 24*time.Hour, make([]float64, 100)...)}}})
	c.Month = func(t time.Time) string { return t.Format("in the month of January 2006") }
	c.Date = func(t time.Time) string { return t.Format("on the 2nd of January 2006") }
	d, ok := Draw(c)
	require.True(t, ok)
	assert.Contains(t, string(d), "on the ")
	assert.NotContains(t, string(d), ">23:00<")
}
