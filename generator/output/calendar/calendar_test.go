package calendar

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

	"candor/generator/domain"
	"candor/generator/site/incident"
)

var update = flag.Bool("update", false, "write what is expected")

func entries(zone *time.Location) []Entry {
	due := time.Date(2026, 11, 6, 18, 0, 0, 0, zone)
	return []Entry{
		{incident.Owed{Duty: domain.DutyUpdate, Incident: "rash", Title: "皮疹", Due: due}, "update: 皮疹 (rash)"},
		{incident.Owed{Duty: domain.DutyPromise, Incident: "rash", What: "逐一通知买家", ID: "notice", Due: due.Add(time.Hour)},
			"promise: 逐一通知11260位线上买家，并公布已通知、未读、联系不上的人数，说明剩下的人怎样联系 (rash)"},
		{incident.Owed{Duty: domain.DutyPromise, Incident: "rash", What: "a, b; c\\d\nBEGIN:VEVENT", Due: due.Add(2 * time.Hour)}, "promise: a, b; c\\d\nBEGIN:VEVENT (rash)"},
		{incident.Owed{Duty: domain.DutyPromise, Incident: "rash", What: "the same", Due: due.Add(3 * time.Hour)}, "promise: the same (rash)"},
		{incident.Owed{Duty: domain.DutyPromise, Incident: "rash", What: "the same", Due: due.Add(4 * time.Hour)}, "promise: the same (rash)"},
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
	got := Calendar("What is owed", entries(shanghai(t)), at)
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

// TestCalendarStays: what is owed keeps its identity when its time moves.
func TestCalendarStays(t *testing.T) {
	uids := func(list []Entry) (found []string) {
		for line := range strings.SplitSeq(string(Calendar("x", list, time.Unix(0, 0).UTC())), "\r\n") {
			if uid, ok := strings.CutPrefix(line, "UID:"); ok {
				found = append(found, uid)
			}
		}
		return found
	}
	list := entries(shanghai(t))
	before := uids(list)
	for i := range list {
		list[i].Owed.Due = list[i].Owed.Due.Add(48 * time.Hour)
	}
	list[1].Owed.What = "worded otherwise"
	assert.Equal(t, before, uids(list))
	seen := map[string]bool{}
	for _, uid := range before {
		assert.False(t, seen[uid], uid)
		seen[uid] = true
	}
}

// TestCalendarIsRead: another implementation reads what was meant.
func TestCalendarIsRead(t *testing.T) {
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
		trigger: c.getFirstSubcomponent("valarm").getFirstPropertyValue("trigger").toString() };
})));`
	list := entries(shanghai(t))
	node := exec.Command("node", "-e", script, library)
	node.Stdin = bytes.NewReader(Calendar("What is owed", list, time.Unix(1793779200, 0)))
	out, err := node.CombinedOutput()
	require.NoError(t, err, string(out))
	var read []struct{ UID, Summary, Start, Trigger string }
	require.NoError(t, json.Unmarshal(out, &read), string(out))
	require.Len(t, read, len(list))
	for i, e := range list {
		assert.Equal(t, strings.Join(strings.Fields(e.Summary), " "), read[i].Summary)
		start, err := time.Parse(time.RFC3339, read[i].Start)
		require.NoError(t, err)
		assert.True(t, e.Owed.Due.Equal(start), "%s, not %s", read[i].Start, e.Owed.Due)
		assert.Equal(t, "-PT1H", read[i].Trigger)
	}
}
