package calendar_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"candor/generator"
	"candor/generator/domain"
	"candor/generator/fileset"
	"candor/generator/output/calendar"
	"candor/generator/site/incident"
	"candor/themes"
)

var update = flag.Bool("update", false, "write what is expected")

func entries(zone *time.Location) []calendar.Entry {
	due := time.Date(2026, 11, 6, 18, 0, 0, 0, zone)
	return []calendar.Entry{
		{Deadline: incident.Deadline{Duty: domain.DutyUpdate, Incident: "rash", Title: "皮疹", Due: due}, Summary: "update: 皮疹 (rash)"},
		{Deadline: incident.Deadline{Duty: domain.DutyPromise, Incident: "rash", What: "逐一通知买家", ID: "notice", Due: due.Add(time.Hour)},
			Summary: "promise: 逐一通知11260位线上买家，并公布已通知、未读、联系不上的人数，说明剩下的人怎样联系 (rash)"},
		{Deadline: incident.Deadline{Duty: domain.DutyPromise, Incident: "rash", What: "a, b; c\\d\nBEGIN:VEVENT", Due: due.Add(2 * time.Hour)}, Summary: "promise: a, b; c\\d\nBEGIN:VEVENT (rash)"},
		{Deadline: incident.Deadline{Duty: domain.DutyPromise, Incident: "rash", What: "the same", Due: due.Add(3 * time.Hour)}, Summary: "promise: the same (rash)"},
		{Deadline: incident.Deadline{Duty: domain.DutyPromise, Incident: "rash", What: "the same", Due: due.Add(4 * time.Hour)}, Summary: "promise: the same (rash)"},
	}
}

func shanghai(t *testing.T) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Asia/Shanghai")
	require.NoError(t, err)
	return zone
}

func TestCalendar(t *testing.T) {
	at := time.Date(2026, 11, 6, 15, 30, 0, 0, shanghai(t))
	got := calendar.Calendar("What is due", entries(shanghai(t)), at)
	golden := filepath.Join("testdata", "due.ics")
	if *update {
		require.NoError(t, os.WriteFile(golden, got, 0o644))
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	assert.Equal(t, string(want), string(got))
	for line := range strings.SplitSeq(string(got), "\r\n") {
		assert.LessOrEqual(t, len(line), 75, line)
		assert.NotContains(t, line, "\n")
		assert.NotContains(t, line, "\r")
	}
}

// TestCalendarStays: what is due keeps its identity when its time moves.
func TestCalendarStays(t *testing.T) {
	uids := func(list []calendar.Entry) (found []string) {
		for line := range strings.SplitSeq(string(calendar.Calendar("x", list, time.Unix(0, 0).UTC())), "\r\n") {
			if uid, ok := strings.CutPrefix(line, "UID:"); ok {
				found = append(found, uid)
			}
		}
		return found
	}
	list := entries(shanghai(t))
	before := uids(list)
	for i := range list {
		list[i].Deadline.Due = list[i].Deadline.Due.Add(48 * time.Hour)
	}
	list[1].Deadline.What = "worded otherwise"
	assert.Equal(t, before, uids(list))
	seen := map[string]bool{}
	for _, uid := range before {
		assert.False(t, seen[uid], uid)
		seen[uid] = true
	}
}

// TestCalendarIsRead: another implementation reads what was meant.
func TestCalendarIsRead(t *testing.T) {
	list := entries(shanghai(t))
	read := parse(t, calendar.Calendar("What is due", list, time.Unix(1793779200, 0)))
	require.Len(t, read, len(list))
	for i, e := range list {
		assert.Equal(t, strings.Join(strings.Fields(e.Summary), " "), read[i].Summary)
		start, err := time.Parse(time.RFC3339, read[i].Start)
		require.NoError(t, err)
		assert.True(t, e.Deadline.Due.Equal(start), "%s, not %s", read[i].Start, e.Deadline.Due)
		assert.Equal(t, "-PT1H", read[i].Trigger)
	}
}

// event is an event as ical.js reads it.
type event struct {
	UID, Summary, Start, End, Status, URL, Trigger, Stamp string
	Sequence                                              int
}

// parse reads a calendar with another implementation.
func parse(t *testing.T, data []byte) []event {
	t.Helper()
	library, err := filepath.Abs("../../../.ci/node_modules/ical.js/dist/ical.es5.cjs")
	require.NoError(t, err)
	if _, err := os.Stat(library); err != nil {
		t.Fatalf("ical.js is missing: run .ci/setup (%v)", err)
	}
	script := `
const ICAL = require(process.argv[1]);
const calendar = new ICAL.Component(ICAL.parse(require("fs").readFileSync(0, "utf8")));
console.log(JSON.stringify(calendar.getAllSubcomponents("vevent").map(c => {
	const e = new ICAL.Event(c);
	return { uid: e.uid, summary: e.summary, start: e.startDate.toJSDate().toISOString(),
		end: c.hasProperty("dtend") ? e.endDate.toJSDate().toISOString() : "", sequence: e.sequence || 0,
		status: c.getFirstPropertyValue("status") || "", url: c.getFirstPropertyValue("url"), stamp: c.getFirstPropertyValue("dtstamp").toJSDate().toISOString(),
		trigger: c.getFirstSubcomponent("valarm") ? c.getFirstSubcomponent("valarm").getFirstPropertyValue("trigger").toString() : "" };
})));`
	node := exec.Command("node", "-e", script, library)
	node.Stdin = bytes.NewReader(data)
	out, err := node.CombinedOutput()
	require.NoError(t, err, string(out))
	var read []event
	require.NoError(t, json.Unmarshal(out, &read), string(out))
	return read
}

// TestReaders: readers get the next update and the promises that are open, in their language, and nothing else.
func TestReaders(t *testing.T) {
	set, err := fileset.FromFS(themes.FS)
	require.NoError(t, err)
	front := "level = 2\ntype = \"experience\"\nstance = \"full\"\nknown = 2026-11-04T06:00\n"
	files := map[string]string{
		"site.toml":                           "title = \"Status\"\nbase_url = \"https://status.example/\"\n[languages.en]\nname = \"English\"\n[languages.zh-Hans]\nname = \"中文\"\n[rules]\nmissing-section = \"off\"\n",
		"incidents/rash/index.md":             "+++\ntitle = \"Rash\"\n" + front + "+++\nText.\n",
		"incidents/rash/updates/a.md":         "+++\ntitle = \"First\"\ntime = 2026-11-04T07:00\nnext_update = 2026-11-05T18:00\n+++\n- [ ] refunds due:2026-11-06T18:00 id:refunds\n- [x] a line due:2026-11-06T18:00 id:line\n",
		"incidents/rash/updates/a.zh-Hans.md": "+++\ntitle = \"第一\"\n+++\n- [ ] 退款 due:2026-11-06T18:00 id:refunds\n- [x] 专线 due:2026-11-06T18:00 id:line\n",
		"incidents/rash/updates/b.md":         "+++\ntitle = \"Hidden\"\ntime = 2026-11-05T07:00\n+++\n- [ ] hidden due:2026-11-07T18:00 id:hidden\n",
		"incidents/test/index.md":             "+++\ntitle = \"Exercise\"\ndrill = true\n" + front + "+++\nText.\n",
		"incidents/test/updates/a.md":         "+++\ntitle = \"First\"\ntime = 2026-11-04T07:00\nnext_update = 2026-11-05T18:00\n+++\nText.\n",
	}
	var list []fileset.File
	for path, text := range files {
		list = append(list, fileset.NewFile(path, []byte(text)))
	}
	r := generator.Build(generator.Input{Content: fileset.Must(list), Themes: set, Zones: time.LoadLocation, Now: time.Date(2026, 11, 5, 0, 0, 0, 0, time.UTC)})
	require.False(t, r.Diagnostics.HasErrors(), "%v", r.Diagnostics)
	read := func(path string) (summaries []string, events []event) {
		f, ok := r.Output.Get(path)
		require.True(t, ok, path)
		events = parse(t, f.Data)
		for _, e := range events {
			summaries = append(summaries, e.Summary)
		}
		return summaries, events
	}
	summaries, events := read("calendar.ics")
	assert.Equal(t, []string{"Next update · Rash", "refunds · Rash"}, summaries)
	assert.Equal(t, "2026-11-05T18:00:00.000Z", events[0].Start)
	assert.Equal(t, "2026-11-04T07:00:00.000Z", events[0].Stamp, "not the time of the build")
	assert.Equal(t, "https://status.example/rash/", events[0].URL)
	assert.Empty(t, events[0].Trigger)
	summaries, events = read("zh-Hans/rash/calendar.ics")
	assert.Equal(t, []string{"下次更新·Rash", "退款·Rash"}, summaries)
	assert.Equal(t, "https://status.example/zh-Hans/rash/", events[0].URL)
	summaries, _ = read("test/calendar.ics")
	assert.Equal(t, []string{"Drill: Next update · Exercise"}, summaries)
}

// TestMoves: an event keeps its UID when its time moves, and its sequence grows; what has come is gone, and a
// maintenance that will not be is cancelled.
func TestMoves(t *testing.T) {
	set, err := fileset.FromFS(themes.FS)
	require.NoError(t, err)
	front := "level = 2\ntype = \"experience\"\nstance = \"full\"\nknown = 2026-11-04T06:00\n"
	update := func(hour, more, text string) string {
		return "+++\ntitle = \"T\"\ntime = 2026-11-04T" + hour + ":00\n" + more + "+++\n" + text + "\n"
	}
	files := map[string]string{
		"site.toml":                    "title = \"Status\"\nbase_url = \"https://status.example/\"\n[rules]\nmissing-section = \"off\"\n",
		"incidents/rash/index.md":      "+++\ntitle = \"Rash\"\n" + front + "+++\nText.\n",
		"incidents/works/index.md":     "+++\ntitle = \"Works\"\nkind = \"maintenance\"\nknown = 2026-11-04T05:00\nstarts = 2026-11-07T01:00\nends = 2026-11-07T03:00\n+++\nText.\n",
		"incidents/rash/updates/1.md":  update("07", "next_update = 2026-11-05T18:00\n", "- [ ] refunds due:2026-11-06T18:00 id:refunds\n- [ ] a line due:2026-11-06T18:00 id:line"),
		"incidents/rash/updates/2.md":  update("08", "next_update = 2026-11-05T19:00\n", "- [ ] refunds due:2026-11-08T18:00 id:refunds\n- [ ] a line due:2026-11-06T18:00 id:line"),
		"incidents/rash/updates/3.md":  update("09", "next_update = 2026-11-05T20:00\n", "- [ ] refunds due:2026-11-09T18:00 id:refunds\n- [x] a line id:line"),
		"incidents/works/updates/1.md": update("06", "ends = 2026-11-07T04:00\n", "Longer."),
	}
	read := func(path string) []event {
		var list []fileset.File
		for path, text := range files {
			list = append(list, fileset.NewFile(path, []byte(text)))
		}
		r := generator.Build(generator.Input{Content: fileset.Must(list), Themes: set, Zones: time.LoadLocation, Now: time.Date(2026, 11, 5, 0, 0, 0, 0, time.UTC)})
		require.False(t, r.Diagnostics.HasErrors(), "%v", r.Diagnostics)
		f, _ := r.Output.Get(path)
		return parse(t, f.Data)
	}
	events, works := read("rash/calendar.ics"), read("works/calendar.ics")
	require.Len(t, events, 2, "one promise is kept")
	require.Len(t, works, 1)
	assert.Equal(t, []any{"2026-11-05T20:00:00.000Z", 2}, []any{events[0].Start, events[0].Sequence})
	assert.Equal(t, []any{"2026-11-09T18:00:00.000Z", 2}, []any{events[1].Start, events[1].Sequence})
	assert.Equal(t, "2026-11-04T09:00:00.000Z", events[1].Stamp)
	assert.Equal(t, "Maintenance · Works", works[0].Summary)
	assert.Equal(t, []any{"2026-11-07T01:00:00.000Z", "2026-11-07T04:00:00.000Z", 1, ""},
		[]any{works[0].Start, works[0].End, works[0].Sequence, works[0].Status})
	delete(files, "incidents/rash/updates/3.md")
	files["incidents/works/updates/2.md"] = update("10", "kind = \"resolution\"\nstatus = \"resolved\"\n", "Not needed.")
	before, off := read("rash/calendar.ics"), read("works/calendar.ics")
	assert.Equal(t, []any{events[0].UID, 1}, []any{before[0].UID, before[0].Sequence})
	assert.Equal(t, []any{works[0].UID, 2, "CANCELLED"}, []any{off[0].UID, off[0].Sequence, off[0].Status})
}
