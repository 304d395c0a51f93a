package preview

import (
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"candor/generator/message"
)

func stateOf(t *testing.T, s *Server, query string) stateJSON {
	t.Helper()
	r := ask(s, "GET", "/.candor/state?"+query)
	var got stateJSON
	if err := json.Unmarshal([]byte(body(t, r)), &got); err != nil || r.StatusCode != 200 {
		t.Fatal(r.Status, err)
	}
	return got
}

func TestState(t *testing.T) {
	zone := time.FixedZone("", 8*3600)
	at := time.Date(2026, 11, 6, 14, 40, 0, 0, zone)
	output := set("index.html", "home", "rash/index.html", "rash", "404.html", "none")
	s := New(Options{Host: testHost, Follow: true, Words: message.In("zh-Hans"), At: func(at string) (State, error) {
		if at == "x" {
			return State{}, errors.New("no time")
		}
		return State{Output: set("index.html", "then"), At: time.Date(2026, 11, 7, 0, 0, 0, 0, zone), Warnings: "w2"}, nil
	}})
	s.Show(State{
		Output: output, Errors: "e\x00</script>", Warnings: "w", Counts: Counts{1, 2}, At: at, NextChange: at.Add(time.Hour).UTC(),
		Deadlines: []Deadline{{"update", "rash", "", at.Add(2 * time.Hour).UTC(), "/rash/"}}, Open: "/rash/#u-x", Problem: "no space",
	})
	want := stateJSON{
		Version: 1, Lang: "zh", Page: sum(t, output, "index.html"),
		State: State{Errors: "e\x00</script>", Warnings: "w", Counts: Counts{1, 2}, Problem: "no space", Open: "/rash/#u-x"},
		At:    "2026-11-06T14:40:00+08:00", NextChange: "2026-11-06T15:40:00+08:00",
		Deadlines: []deadlineJSON{{Deadline{Kind: "update", Incident: "rash", URL: "/rash/"}, "2026-11-06T16:40:00+08:00"}},
	}
	if got := stateOf(t, s, "path=/"); !reflect.DeepEqual(got, want) {
		t.Errorf("%+v", got)
	}
	for path, file := range map[string]string{"/rash/": "rash/index.html", "/r%2561sh/": "rash/index.html", "/none/": "404.html"} {
		if got := stateOf(t, s, "path="+path); got.Page != sum(t, output, file) {
			t.Errorf("%s: %s", path, got.Page)
		}
	}
	then := stateOf(t, s, "path=/&at=2026-11-07T00:00")
	if !then.Frozen || then.AsOf != "2026-11-07T00:00" || then.At != "2026-11-07T00:00:00+08:00" || then.Warnings != "w2" || then.Errors != "" || then.Problem != "no space" || then.Open != "/rash/#u-x" || then.Page == want.Page {
		t.Errorf("%+v", then)
	}
	want.AsOf, want.Fault = "x", "no time"
	if got := stateOf(t, s, "path=/&at=x"); !reflect.DeepEqual(got, want) {
		t.Errorf("%+v", got)
	}
	if got := stateOf(t, New(Options{Host: testHost}), "path=/"); got.Page != "" || got.At != "" || got.NextChange != "" || got.Deadlines == nil || got.Lang != "en" {
		t.Errorf("%+v", got)
	}
	if s := shown(Options{}, output); stateOf(t, s, "").Open != "" {
		t.Error("followed without being asked")
	}
}

// TestPageKnowsItsDigest: what the script compares is what stands in the page.
func TestPageKnowsItsDigest(t *testing.T) {
	s := shown(Options{}, set("index.html", "home", "404.html", "none"))
	for _, path := range []string{"/", "/none"} {
		if text, want := body(t, ask(s, "GET", path)), `data-version="1" data-page="`+stateOf(t, s, "path="+path).Page+`"`; !strings.Contains(text, want) {
			t.Errorf("%s: no %s in %s", path, want, text)
		}
	}
}
