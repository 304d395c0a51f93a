package diag

import (
	"bytes"
	"encoding/json"
	"io"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// schema is the standard's own, with its formats asserted.
var schema = sync.OnceValues(func() (*jsonschema.Schema, error) {
	data, err := os.ReadFile("testdata/sarif-schema-2.1.0.json")
	if err != nil {
		return nil, err
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource(sarifSchema, doc); err != nil {
		return nil, err
	}
	return c.Compile(sarifSchema)
})

func validate(t *testing.T, log string) error {
	t.Helper()
	s, err := schema()
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(log))
	if err != nil {
		t.Fatal(err)
	}
	return s.Validate(doc)
}

// sarifOptions are all of them.
func sarifOptions() SARIFOptions {
	return SARIFOptions{
		Version: "1.2.3",
		Help: func(rule string) string {
			if rule == "wording" {
				return "# wording\n\n`{#known}`\n"
			}
			return ""
		},
		Rename:     inContent,
		Suppressed: true,
	}
}

// checkSARIF holds that a log is valid, if that is asked, says of each finding
// what is printed of it, and keeps what the schema cannot say. It returns the log.
func checkSARIF(t *testing.T, list List, opt SARIFOptions, valid bool) sarifLog {
	t.Helper()
	out := print(t, func(w io.Writer) error { return WriteSARIF(w, list, opt) })
	if valid {
		if err := validate(t, out); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
	}
	var log sarifLog
	if err := json.Unmarshal([]byte(out), &log); err != nil {
		t.Fatal(err)
	}
	run := log.Runs[0]
	printed := list.printed(opt.Suppressed)
	if len(run.Results) != len(printed) {
		t.Fatalf("%d results of %d findings", len(run.Results), len(printed))
	}
	ids := map[string]bool{}
	for _, r := range run.Tool.Driver.Rules {
		if ids[r.ID] {
			t.Fatal("twice: ", r.ID)
		}
		ids[r.ID] = true
	}
	for i, r := range run.Results {
		if run.Tool.Driver.Rules[r.RuleIndex].ID != r.RuleID {
			t.Fatalf("the index of %s is that of %s", r.RuleID, run.Tool.Driver.Rules[r.RuleIndex].ID)
		}
		if (r.Suppressions != nil) != opt.Suppressed || (len(r.Suppressions) > 0) != (printed[i].Suppressed != nil) {
			t.Fatalf("suppressions of %d: %v", i, r.Suppressions)
		}
		checkPlace(t, printed[i], r, opt)
	}
	return log
}

func checkPlace(t *testing.T, d Diagnostic, r sarifResult, opt SARIFOptions) {
	t.Helper()
	path := renamed(d.Path, opt.Rename)
	if path == "" {
		if r.Locations != nil {
			t.Fatal(r.Locations)
		}
		return
	}
	at := r.Locations[0].PhysicalLocation
	u, err := url.Parse(at.ArtifactLocation.URI)
	if err != nil || u.Path != path || u.IsAbs() == (at.ArtifactLocation.URIBaseID != "") || u.RawQuery != "" || u.Fragment != "" {
		t.Fatalf("%q is not %q: %v", at.ArtifactLocation.URI, path, err)
	}
	if (at.Region != nil) != (d.Line > 0) {
		t.Fatal(at.Region)
	}
	if c := at.ContextRegion; c != nil { // a proper superset
		if c.StartColumn > at.Region.StartColumn || c.EndColumn < at.Region.EndColumn || *c == *at.Region {
			t.Fatalf("%v around %v", c, at.Region)
		}
		runes := []rune(c.Snippet.Text)
		if s := at.Region.Snippet.Text; string(runes[at.Region.StartColumn-c.StartColumn:at.Region.EndColumn-c.StartColumn]) != s {
			t.Fatalf("%q in %q", s, c.Snippet.Text)
		}
	}
}

func TestSARIF(t *testing.T) {
	for name, list := range map[string]List{"nothing": nil, "findings": findings(), "suppressed": allowed()} {
		for _, opt := range []SARIFOptions{{}, {Suppressed: true}, sarifOptions()} {
			log := checkSARIF(t, list, opt, true)
			if got := len(log.Runs[0].Tool.Driver.Rules); got != len(Rules()) {
				t.Errorf("%s: %d rules of %d", name, got, len(Rules()))
			}
		}
	}
}

// TestBrokenSARIF holds that the validation finds what is wrong.
func TestBrokenSARIF(t *testing.T) {
	out := print(t, func(w io.Writer) error { return WriteSARIF(w, allowed(), sarifOptions()) })
	for _, c := range [][2]string{
		{`"version": "2.1.0"`, `"version": "2.2.0"`},
		{`"level": "error"`, `"level": "fatal"`},
		{`"text": "two wide`, `"txt": "two wide`},
		{`"startLine": 1`, `"startLine": 0`},
		{`"startLine": 1`, `"startLine": "1"`},
		{`"unicodeCodePoints"`, `"codePoints"`},
		{`"uri": "content/a/wide`, `"uri": "content\\a/wide`},
		{`"uri": "content/a/wide`, `"uri": "%zz/a/wide`},
		{`"kind": "inSource"`, `"kind": "comment"`},
		{`"ruleIndex": `, `"ruleIndex": -1`},
		{`"physicalLocation"`, `"place"`},
		{`"name": "Candor",`, ``},
	} {
		broken := strings.Replace(out, c[0], c[1], 1)
		if broken == out {
			t.Errorf("there is no %s", c[0])
		} else if validate(t, broken) == nil {
			t.Errorf("valid with %s", c[1])
		}
	}
}

func TestSARIFMessagesArePlain(t *testing.T) {
	for said, want := range map[string]string{
		"write {#known} or {0}": "write {{#known}} or {{0}}",
		"[here](3) and [x]":     `[here\](3) and [x]`,
		`[a\](1) [b\\](2)`:      `[a\](1) [b\\\](2)`,
		"a\nb \u202e":           "a b <U+202E>",
	} {
		log := checkSARIF(t, List{{Rule: "wording", Severity: Warning, Path: "x", Message: Text{Format: said}}}, SARIFOptions{}, true)
		if got := log.Runs[0].Results[0].Message.Text; got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestSARIFPlaces(t *testing.T) {
	for path, want := range map[string]sarifArtifact{
		"incidents/过敏/index.md": {URI: "incidents/%E8%BF%87%E6%95%8F/index.md", URIBaseID: sourceRoot},
		"a:b c?d#e%.md":         {URI: "a%3Ab%20c%3Fd%23e%25.md", URIBaseID: sourceRoot},
		"/srv/x y":              {URI: "file:///srv/x%20y"},
		"\xff":                  {URI: "%FF", URIBaseID: sourceRoot},
	} {
		log := checkSARIF(t, List{Source{path, nil}.Whole("wording", Textf("m"), Text{})}, SARIFOptions{}, true)
		if got := log.Runs[0].Results[0].Locations[0].PhysicalLocation; got.ArtifactLocation != want || got.Region != nil {
			t.Errorf("%+v, want %+v", got, want)
		}
	}
}

func TestFingerprints(t *testing.T) {
	find := func(path, text string, rules ...string) (list List) {
		for _, rule := range rules {
			for i := 0; i < len(text); {
				at := strings.Index(text[i:], "bad")
				if at < 0 {
					break
				}
				list = append(list, Source{path, []byte(text)}.At(i+at, i+at+3, rule, Textf("at %d", i), Text{}))
				i += at + 3
			}
		}
		return list.Sort()
	}
	prints := func(list List, opt SARIFOptions) (out []string) {
		for _, r := range checkSARIF(t, list, opt, true).Runs[0].Results {
			out = append(out, r.PartialFingerprints["candorLine/v1"])
		}
		return out
	}
	const text = "bad bad\nother\nbad bad\nbad too\n"
	before := prints(find("x.md", text, "wording"), SARIFOptions{})
	after := prints(find("x.md", "new\nlines\n"+text, "wording"), SARIFOptions{Rename: inContent})
	unique := map[string]bool{}
	for i, p := range before {
		unique[p] = true
		if after[i] != p {
			t.Errorf("%d was %s and is %s", i, p, after[i])
		}
	}
	for _, p := range append(prints(find("y.md", text, "wording"), SARIFOptions{}), prints(find("x.md", text, "contact"), SARIFOptions{})...) {
		unique[p] = true
	}
	if len(before) != 5 || len(unique) != 15 {
		t.Errorf("%d of %d are unique", len(unique), len(before))
	}
	some := find("x.md", text, "wording").Suppress(func(d Diagnostic) *Suppression {
		if d.Column > 1 {
			return nil
		}
		return &Suppression{Reason: "quoted"}
	})
	if got := prints(some, SARIFOptions{}); len(got) != 2 || got[0] != before[1] || got[1] != before[3] {
		t.Errorf("beside suppressed ones: %v of %v", got, before)
	}
}
