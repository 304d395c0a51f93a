package generator_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"candor/generator"
	"candor/generator/diag"
	"candor/generator/fileset"
)

// story is one of the worked cases of the playbook (§8), with the times at which
// its editors wrote what. In testdata/stories/<case>.txtar the name of a file says
// since when it is there, in the site's zone:
//
//	@2026-03-09T09:45 <path>     from this instant on the file has this text
//	@2026-03-10T08:40 + <path>   from this instant on the text stands at its end
//	<path>                       an update or a report comes at its own time; anything else
//	                             is there from the beginning
type story struct {
	zone     *time.Location
	versions []version // in the order of their times

	warm, other *generator.Generator // used again by every edit of the story, as by its editors
}

// version is what becomes of a file at an instant.
type version struct {
	at   time.Time // zero for the beginning
	path string
	text string
	more bool // the text follows what the file holds
	gone bool // the file is deleted
}

const writtenTime = "2006-01-02T15:04"

var (
	zoneLine = regexp.MustCompile(`(?m)^time_zone = "(.*)"$`)
	timeLine = regexp.MustCompile(`(?m)^time = (\S+)$`)
)

func readStory(t *testing.T, file string) story {
	t.Helper()
	archive, err := txtar.ParseFile(file)
	require.NoError(t, err)
	s := story{warm: generator.New(), other: generator.New()}
	for _, f := range archive.Files {
		if f.Name == "site.toml" {
			zone := zoneLine.FindSubmatch(f.Data)
			require.NotNil(t, zone, "%s: site.toml names no zone", file)
			s.zone, err = time.LoadLocation(string(zone[1]))
			require.NoError(t, err)
			for _, table := range []string{"rules", "clocks", "cadence", "thresholds", "profile"} {
				require.NotContains(t, string(f.Data), table, "a story drops no rule and keeps the playbook's clocks")
			}
		}
	}
	for _, f := range archive.Files {
		v := version{path: f.Name, text: string(f.Data)}
		if rest, ok := strings.CutPrefix(f.Name, "@"); ok {
			at, path, _ := strings.Cut(rest, " ")
			v.at = s.time(t, at)
			v.path, v.more = strings.CutPrefix(path, "+ ")
		}
		s.versions = append(s.versions, v)
	}
	return s.timed(t)
}

// timed sorts the versions, after updates and reports without a time of arrival
// were given their own.
func (s story) timed(t *testing.T) story {
	t.Helper()
	for i, v := range s.versions {
		if own := timeLine.FindStringSubmatch(v.text); own != nil && v.at.IsZero() && strings.HasSuffix(v.path, ".md") {
			s.versions[i].at = s.time(t, own[1])
		}
	}
	slices.SortStableFunc(s.versions, func(a, b version) int { return a.at.Compare(b.at) })
	return s
}

func (s story) time(t *testing.T, text string) time.Time {
	t.Helper()
	at, err := time.ParseInLocation(writtenTime, text, s.zone)
	require.NoError(t, err)
	return at
}

// begins is an hour before anything but the settings is there.
func (s story) begins() time.Time {
	for _, v := range s.versions {
		if !v.at.IsZero() {
			return v.at.Add(-time.Hour)
		}
	}
	panic("a story in which nothing happens")
}

func (s story) ends() time.Time { return s.versions[len(s.versions)-1].at }

// files returns the site at an instant.
func (s story) files(at time.Time) fileset.Set {
	texts := map[string]string{}
	for _, v := range s.versions {
		switch {
		case v.at.After(at):
		case v.gone:
			delete(texts, v.path)
		case v.more:
			texts[v.path] += v.text
		default:
			texts[v.path] = v.text
		}
	}
	files := make([]fileset.File, 0, len(texts))
	for path, text := range texts {
		files = append(files, fileset.NewFile(path, []byte(text)))
	}
	return fileset.Must(files)
}

// next is when something is written next; zero for never.
func (s story) next(at time.Time) time.Time {
	for _, v := range s.versions {
		if v.at.After(at) {
			return v.at
		}
	}
	return time.Time{}
}

// live builds the site with a memory at every instant at which it can change,
// because somebody wrote or because a time has come, up to and with the last
// instant, if there is one. Between two such instants, one second before the later
// and, if samples, at a random time, nothing may differ: there builds a second
// memory that goes back in time, so that it cannot take the incident over.
func (s story) live(t *testing.T, last time.Time, samples bool, each func(at time.Time, r generator.Result)) {
	t.Helper()
	in := input(t, nil)
	random := rand.New(rand.NewPCG(11, 12))
	for at := s.begins(); ; {
		in.Now, in.Content = at, s.files(at)
		now := s.warm.Build(in)
		each(at, now)
		next := s.next(at)
		for _, change := range []time.Time{now.NextChange, now.NextFinding} {
			if next.IsZero() || !change.IsZero() && change.Before(next) {
				next = change
			}
		}
		if next.IsZero() || !last.IsZero() && next.After(last) {
			return
		}
		gap := next.Sub(at)
		require.Positive(t, gap)
		between := []time.Time{next.Add(-time.Second)}
		if samples {
			between = append(between, at.Add(time.Duration(random.Int64N(int64(gap)))))
		}
		for _, in.Now = range between {
			same(t, now, s.other.Build(in), fmt.Sprintf("at %s, before %s", in.Now, next))
		}
		at = next
	}
}

func eachStory(t *testing.T, run func(t *testing.T, name string, s story)) {
	t.Helper()
	files, err := filepath.Glob("testdata/stories/*.txtar")
	require.NoError(t, err)
	require.Len(t, files, 3, "the playbook works three cases")
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".txtar")
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			run(t, name, readStory(t, file))
		})
	}
}

// TestWellHandled: whoever does what the playbook says hears nothing from any
// rule, at no instant, and owes nothing in the end.
func TestWellHandled(t *testing.T) {
	eachStory(t, func(t *testing.T, _ string, s story) {
		var end generator.Result
		s.live(t, time.Time{}, true, func(at time.Time, r generator.Result) {
			require.Empty(t, findings(r.Diagnostics), "at %s", at.Format(writtenTime))
			require.NotZero(t, r.Output.Len(), "at %s", at.Format(writtenTime))
			end = r
		})
		assert.Empty(t, end.Deadlines)
		assert.False(t, end.At.Before(s.ends()))
		assert.GreaterOrEqual(t, end.At.Sub(s.begins()), 365*24*time.Hour, "it goes on until the last follow-up")
	})
}

// TestScheduled: the same holds where all updates and the report are there from
// the first day on and wait for their times. Then the rules know that they come. What is to keep a
// promise that nobody has written yet is months ahead of everything else.
func TestScheduled(t *testing.T) {
	eachStory(t, func(t *testing.T, _ string, s story) {
		first := s.begins().Add(time.Hour)
		for i, v := range s.versions {
			if strings.Contains(v.path, "/updates/") || strings.HasSuffix(v.path, "/report.md") {
				s.versions[i].at = first
			}
		}
		s = s.timed(t)
		s.live(t, time.Time{}, true, func(at time.Time, r generator.Result) {
			rest := slices.DeleteFunc(slices.Clone(r.Diagnostics), func(d diag.Diagnostic) bool {
				return (d.Rule == "broken-link" || d.Rule == "doubtful-time") && d.Severity == diag.Warning
			})
			require.Empty(t, findings(rest), "at %s", at.Format(writtenTime))
		})
	})
}

// mishandled is a story with an edit, and what is to be found of it. In
// testdata/stories/mishandled/<case>.txtar each of them is a file. After a
// sentence that says what goes wrong, each line is one of
//
//	in <path>                   the text of the lines with "- " that follow is that of the lines
//	                            with "+ ", in every version that has it; after at <time>, it is
//	                            changed at this instant
//	without <path>              the file is never written; after @<time>, its version of that time
//	gone <path> at <time>       the file is deleted
//	until <time>                after this nobody writes anything
//	caught by <rule> at <time>  the rule finds it at this instant, and not a second before
//	caught by nothing           a known limit: no rule can see it
//	also <rule>, <rule>         other rules that find something
//	finds                       all findings follow, with the times of their lives; -update writes them
//
// Paths are given without the folder of the incident.
type mishandled struct {
	story
	caught []catch
	rules  []string // all that may find something
	golden string
}

type catch struct {
	rule string
	at   time.Time
}

// mishandle reads an edit of a story.
func mishandle(t *testing.T, s story, text string) mishandled {
	t.Helper()
	m := mishandled{story: s}
	m.versions = slices.Clone(s.versions)
	text, m.golden, _ = strings.Cut(text, "\nfinds\n")
	lines := strings.Split(strings.TrimSpace(text), "\n")
	nothing := false
	for i := 1; i < len(lines); i++ {
		what, rest, _ := strings.Cut(lines[i], " ")
		switch what {
		case "in":
			var from, to []string
			for ; i+1 < len(lines) && strings.HasPrefix(lines[i+1], "-"); i++ {
				from = append(from, strings.TrimPrefix(lines[i+1][1:], " "))
			}
			for ; i+1 < len(lines) && strings.HasPrefix(lines[i+1], "+"); i++ {
				to = append(to, strings.TrimPrefix(lines[i+1][1:], " "))
			}
			m.replace(t, rest, strings.Join(from, "\n"), strings.Join(to, "\n"))
		case "without":
			m.drop(t, rest)
		case "gone":
			path, at, _ := strings.Cut(rest, " at ")
			path = m.versions[m.find(t, path)].path
			m.versions = append(m.versions, version{at: s.time(t, at), path: path, gone: true})
		case "until":
			last := s.time(t, rest)
			m.versions = slices.DeleteFunc(m.versions, func(v version) bool { return v.at.After(last) })
		case "caught":
			rule, at, timed := strings.Cut(strings.TrimPrefix(rest, "by "), " at ")
			if nothing = !timed; timed {
				m.caught = append(m.caught, catch{rule, s.time(t, at)})
				m.rules = append(m.rules, rule)
			}
		case "also":
			m.rules = append(m.rules, strings.Split(rest, ", ")...)
		default:
			t.Fatalf("what is %q?", lines[i])
		}
	}
	require.Equal(t, nothing, len(m.caught) == 0, "say what catches it")
	for _, rule := range m.rules {
		_, known := diag.FindRule(rule)
		require.True(t, known, "there is no rule %q", rule)
	}
	m.story = m.timed(t)
	return m
}

func (m *mishandled) find(t *testing.T, path string) int {
	t.Helper()
	i := slices.IndexFunc(m.versions, func(v version) bool { return v.path == path || strings.HasSuffix(v.path, "/"+path) })
	require.GreaterOrEqual(t, i, 0, "there is no %s", path)
	return i
}

// replace puts one text in the place of another. An update whose time it changes
// arrives at the new time.
func (m *mishandled) replace(t *testing.T, path, from, to string) {
	t.Helper()
	path, when, later := strings.Cut(path, " at ")
	path = m.versions[m.find(t, path)].path
	if later {
		at := m.time(t, when)
		file, _ := m.files(at).Get(path)
		require.Contains(t, string(file.Data), from)
		m.versions = append(m.versions, version{at: at, path: path, text: strings.Replace(string(file.Data), from, to, 1)})
		return
	}
	found := false
	for i, v := range m.versions {
		if v.path != path || !strings.Contains(v.text, from) {
			continue
		}
		found = true
		own := timeLine.FindString(v.text)
		m.versions[i].text = strings.Replace(v.text, from, to, 1)
		if timeLine.FindString(m.versions[i].text) != own {
			m.versions[i].at = time.Time{}
		}
	}
	require.True(t, found, "%s does not say\n%s", path, from)
}

func (m *mishandled) drop(t *testing.T, path string) {
	t.Helper()
	var at time.Time
	if rest, ok := strings.CutPrefix(path, "@"); ok {
		when, rest, _ := strings.Cut(rest, " ")
		at, path = m.time(t, when), rest
	}
	path = m.versions[m.find(t, path)].path
	before := len(m.versions)
	m.versions = slices.DeleteFunc(m.versions, func(v version) bool { return v.path == path && (at.IsZero() || v.at.Equal(at)) })
	require.Less(t, len(m.versions), before, "there is no such version of %s", path)
}

// spell is what a finding said, and from when to when.
type spell struct {
	rule, text string
	from, to   time.Time // to is zero where it did not end
}

// lives follows all findings of a story up to an instant.
func (m *mishandled) lives(t *testing.T, last time.Time) []spell {
	t.Helper()
	var all []spell
	open := map[string]int{}
	m.live(t, last, false, func(at time.Time, r generator.Result) {
		now := map[string]bool{}
		for _, d := range r.Diagnostics {
			_, path, _ := strings.Cut(d.Path, "/")
			_, path, _ = strings.Cut(path, "/")
			text := strconvSafe(fmt.Sprintf("%s: %s: %s [%s]", cmp.Or(path, d.Path), d.Severity, d.Message, d.Rule))
			now[text] = true
			if _, ok := open[text]; !ok {
				open[text] = len(all)
				all = append(all, spell{rule: d.Rule, text: text, from: at})
			}
		}
		for text, i := range open {
			if !now[text] {
				all[i].to = at
				delete(open, text)
			}
		}
	})
	return all
}

// spelled writes spells as the archives hold them.
func spelled(all []spell, zone *time.Location) string {
	var b strings.Builder
	for _, l := range all {
		to := "on"
		if !l.to.IsZero() {
			to = "to " + l.to.In(zone).Format(writtenTime)
		}
		b.WriteString(l.from.In(zone).Format(writtenTime) + " " + to + "  " + l.text + "\n")
	}
	return b.String()
}

// TestMishandled: each way to handle a case badly is caught by the rule that
// exists for it, at the first instant at which it can be, and no rule cries
// besides those that have a reason to.
func TestMishandled(t *testing.T) {
	eachStory(t, func(t *testing.T, name string, well story) {
		file := "testdata/stories/mishandled/" + name + ".txtar"
		archive, err := txtar.ParseFile(file)
		require.NoError(t, err)
		for i, f := range archive.Files {
			t.Run(f.Name, func(t *testing.T) {
				m := mishandle(t, well, string(f.Data))
				all := m.lives(t, well.ends())
				got := spelled(all, m.zone)
				for _, c := range m.caught {
					m.assertCaught(t, c, all)
				}
				for _, l := range all {
					assert.Contains(t, m.rules, l.rule, l.text)
				}
				for _, rule := range m.rules {
					assert.True(t, slices.ContainsFunc(all, func(l spell) bool { return l.rule == rule }), "%s finds nothing", rule)
				}
				if *update {
					text, _, _ := strings.Cut(string(f.Data), "\nfinds\n")
					archive.Files[i].Data = []byte(strings.TrimSpace(text) + "\nfinds\n" + got)
					return
				}
				assert.Equal(t, m.golden, got)
			})
		}
		if *update {
			require.NoError(t, os.WriteFile(file, txtar.Format(archive), 0o644))
		}
	})
}

// assertCaught holds a catch against the life of the story, and against a build
// of its instant and one of the second before.
func (m *mishandled) assertCaught(t *testing.T, c catch, all []spell) {
	t.Helper()
	var first time.Time
	for _, l := range all {
		if l.rule == c.rule && (first.IsZero() || l.from.Before(first)) {
			first = l.from
		}
	}
	assert.Equal(t, c.at.Format(writtenTime), first.In(m.zone).Format(writtenTime), "when %s finds it first", c.rule)
	for _, at := range []time.Time{c.at.Add(-time.Second), c.at} {
		in := input(t, nil)
		in.Now, in.Content = at, m.files(at)
		found := slices.ContainsFunc(m.other.Build(in).Diagnostics, func(d diag.Diagnostic) bool { return d.Rule == c.rule })
		assert.Equal(t, at.Equal(c.at), found, "whether %s finds it at %s", c.rule, at.Format(time.DateTime))
	}
}
