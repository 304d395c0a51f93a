package preview

import (
	"encoding/json"
	"slices"
	"testing"

	"candor/generator/message"
)

// TestWords: the scripts get what a language has for what they say.
func TestWords(t *testing.T) {
	for _, c := range []struct {
		words                 *message.Words
		lang, warnings, hours string
	}{
		{nil, "en", "", "{0} hours"},
		{message.In("zh-Hans"), "zh-Hans", "没有警告", "{0} 小时"},
	} {
		var got struct {
			Lang  string
			Texts map[string][]string
		}
		r := ask(New(Options{Host: testHost, Words: c.words}), "GET", "/.candor/words")
		if err := json.Unmarshal([]byte(body(t, r)), &got); err != nil || r.StatusCode != 200 {
			t.Fatal(r.Status, err)
		}
		if got.Lang != c.lang || got.Texts["durations.hours"][0] != c.hours {
			t.Errorf("%+v", got)
		}
		if forms := append(got.Texts["No warnings"], ""); forms[0] != c.warnings {
			t.Errorf("%s: %q", c.lang, forms)
		}
	}
	for _, text := range []string{"%d errors", "%d seconds", "As of %s", "durations.hours-minutes"} {
		if !slices.Contains(Said(), text) {
			t.Errorf("it is not seen that the scripts say %q", text)
		}
	}
}
