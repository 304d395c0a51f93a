package scaffold_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"candor/generator/author/scaffold"
	"candor/generator/fileset"
	"candor/generator/input/tomldoc"
)

// lived is a bench with an incident that has been filled in.
func lived(t *testing.T, lang string) *bench {
	b := newBench(t, fmt.Sprintf(rich, lang))
	b.add(b.maker().Incident(scaffold.Incident{Slug: "rash", Type: "product-quality", Level: 1, Stance: "full"}))
	b.onlyPlaceholders()
	return b
}

// TestUpdates makes one of each kind and holds what the build says of it.
func TestUpdates(t *testing.T) {
	for _, lang := range []string{"en", "zh-Hans"} {
		b := lived(t, lang)
		b.at = b.at.Add(5 * time.Hour)
		made := b.add(b.maker().Update(scaffold.Update{Slug: "rash"}))
		if got := tomldoc.FormatTime(made.NextUpdate); got != "2026-11-04T21:00" {
			t.Errorf("the next update is due at %s", got)
		}
		text := b.text("incidents/rash/updates/2026-11-04-1517-progress.md")
		for _, want := range []string{`kind = "progress"`, "#   - [x] ", "id:first-findings", "id:lasting-change", "id:next-step", "{#done}", "{#doing}", "{#problems}", "{#next}"} {
			if !strings.Contains(text, want) {
				t.Errorf("no %s in\n%s", want, text)
			}
		}
		b.onlyPlaceholders()

		b.at = b.at.Add(9 * time.Hour) // the next update is late, and so are the findings
		b.add(b.maker().Update(scaffold.Update{Slug: "rash", Kind: "progress"}))
		late := b.text("incidents/rash/updates/2026-11-05-0017-progress.md")
		if !strings.Contains(late, "[2026-11-04 21:00]") || !strings.Contains(late, "id:next-step-2") || !strings.Contains(late, map[string]string{"en": "OVERDUE", "zh-Hans": "逾期"}[lang]) {
			t.Errorf("being late is not said:\n%s", late)
		}
		b.onlyPlaceholders()

		b.at = b.at.Add(time.Hour)
		b.add(b.maker().Update(scaffold.Update{Slug: "rash", Corrects: "2026-11-04-1517-progress.md"}))
		if text := b.text("incidents/rash/updates/2026-11-05-0117-correction.md"); !strings.Contains(text, `corrects = "2026-11-04-1517-progress"`) {
			t.Error(text)
		}
		b.onlyPlaceholders()

		b.at = b.at.Add(48 * time.Hour)
		made = b.add(b.maker().Update(scaffold.Update{Slug: "rash", Status: "resolved"}))
		if !made.NextUpdate.IsZero() || !strings.Contains(b.text("incidents/rash/updates/2026-11-07-0117-resolution.md"), `kind = "resolution"`) {
			t.Error("resolved, and still another update is due")
		}
		b.onlyPlaceholders()

		b.at = b.at.Add(48 * time.Hour)
		b.add(b.maker().Update(scaffold.Update{Slug: "rash", Title: "What changed: 3 things!"}))
		if text := b.text("incidents/rash/updates/2026-11-09-0117-what-changed-3-things.md"); !strings.Contains(text, `kind = "follow-up"`) {
			t.Error(text)
		}
		b.onlyPlaceholders()
		b.add(b.maker().Update(scaffold.Update{Slug: "rash", Kind: "response"}))
		b.onlyPlaceholders()
		b.add(b.maker().Report("rash"))
		b.onlyPlaceholders()
	}
}

// TestUpdatesOfOneMinute get different times and names.
func TestUpdatesOfOneMinute(t *testing.T) {
	b := lived(t, "en")
	for range 3 {
		b.add(b.maker().Update(scaffold.Update{Slug: "rash"}))
		b.onlyPlaceholders()
	}
	b.text("incidents/rash/updates/2026-11-04-1020-progress.md")
}

// TestFAQ is made for an incident that has none.
func TestFAQ(t *testing.T) {
	b := lived(t, "zh-Hans")
	var rest []fileset.File
	for f := range b.content.All() {
		if f.Path != "incidents/rash/faq.md" {
			rest = append(rest, f)
		}
	}
	b.content = fileset.Must(rest)
	b.add(b.maker().FAQ("rash"))
	b.onlyPlaceholders()
}

// TestPromisesHoldBrackets: no date that was worked out goes out unread.
func TestPromisesHoldBrackets(t *testing.T) {
	for f := range embedded(t).Under("plain/archetypes").All() {
		for n, line := range strings.Split(string(f.Data), "\n") {
			if strings.HasPrefix(line, "- [ ] ") && !strings.Contains(line[6:], "[") {
				t.Errorf("%s:%d: %s", f.Path, n+1, line)
			}
		}
	}
}

// TestRefused lists what cannot be made, and what is said instead.
func TestRefused(t *testing.T) {
	b := lived(t, "en")
	b.put("pages/privacy.md", "+++\ntitle = \"P\"\n+++\n")
	m := b.maker()
	incident := func(slug string) error {
		_, err := m.Incident(scaffold.Incident{Slug: slug, Type: "attack", Level: 2, Stance: "full"})
		return err
	}
	update := func(req scaffold.Update) error { _, err := m.Update(req); return err }
	unknownType := func(typ string) error {
		_, err := m.Incident(scaffold.Incident{Slug: "a", Type: typ, Level: 2, Stance: "full"})
		return err
	}
	for _, c := range []struct {
		err  error
		want string
	}{
		{incident("Login Outage"), "write it as: login-outage"},
		{incident("-a--b-"), "write it as: a-b"},
		{incident("../etc"), "write it as: etc"},
		{incident("!!"), "such as login-outage"},
		{incident("faq"), "another use"},
		{incident("404"), "another use"},
		{incident("con"), "another use"},
		{incident("privacy"), "another use"},
		{incident("en"), "another use"},
		{incident("zh-hant"), "another use"},
		{incident("e\u0301cole"), "write it as: \u00e9cole"},
		{unknownType("atack"), "did you mean attack?"},
		{unknownType("?"), "data-security"},
		{update(scaffold.Update{Slug: "rsah"}), "did you mean rash?"},
		{update(scaffold.Update{Slug: "rash", Kind: "news"}), "one of: progress, correction"},
		{update(scaffold.Update{Slug: "rash", Kind: "correction"}), "one of: 2026-11-04-1017-first-response"},
		{update(scaffold.Update{Slug: "rash", Corrects: "2026-11-04-1071-first-response"}), "did you mean 2026-11-04-1017-first-response?"},
		{update(scaffold.Update{Slug: "rash", Kind: "progress", Corrects: "x"}), "remove --kind"},
		{update(scaffold.Update{Slug: "rash", Status: "solved"}), "did you mean resolved?"},
	} {
		if c.err == nil || !strings.Contains(c.err.Error(), c.want) {
			t.Errorf("%v, without %q", c.err, c.want)
		}
	}
	for _, slug := range []string{"login-outage", "欧洲-召回", "2026-recall", "my-app", "no-heat"} {
		if err := incident(slug); err != nil {
			t.Errorf("%s: %v", slug, err)
		}
	}
	if _, err := m.Incident(scaffold.Incident{Slug: "a", Type: "attack", Level: 2, Stance: "full", Known: m.At.Add(time.Hour)}); err == nil {
		t.Error("known in the future")
	}
}

// TestArchetypes: a theme replaces them one by one, and its faults are findings.
func TestArchetypes(t *testing.T) {
	make := func(theme, name, text string) (*bench, error) {
		b := newBench(t, fmt.Sprintf("title = \"T\"\ntheme = %q\n", theme))
		b.themes = fileset.Overlay(b.themes, fileset.Must([]fileset.File{fileset.NewFile(theme+"/archetypes/"+name, []byte(text))}))
		made, err := b.maker().Incident(scaffold.Incident{Slug: "rash", Type: "attack", Level: 2, Stance: "full"})
		if err == nil {
			b.add(made, nil)
		}
		return b, err
	}
	b, err := make("own", "en/incident/faq.md", "## Why [{{.Slug}}]?\n{{if .Has \"remedy\"}}\nyes\n{{end}}\n")
	if err != nil || b.text("incidents/rash/faq.md") != "## Why [rash]?\nyes\n" {
		t.Errorf("%v, %q", err, b.text("incidents/rash/faq.md"))
	}
	for _, text := range []string{
		`{{range 2000000000}}{{end}}`, `{{define "a"}}{{template "a"}}{{end}}{{template "a"}}`,
		`{{$x := "\"\\"}}{{range 60}}{{$x = toml $x}}{{end}}{{$x}}`, `{{$x := "ab"}}{{range 60}}{{$x = print $x $x}}{{end}}{{$x}}`,
	} {
		_, err := make("plain", "en/incident/index.md", text)
		var faults scaffold.Faults
		if !errors.As(err, &faults) || faults[0].Message.String() != "this starter file does not end" {
			t.Errorf("%q: %v %+v", text, err, faults)
		}
	}
	for text, line := range map[string]int{"{{if .Slug}}\n\n{{.Nothing}}\n{{end}}\n": 3, "a\nb {{if}}\n": 2, "{{index .Approvers 7}}": 1, "{{nope}}": 1} {
		_, err := make("plain", "en/incident/index.md", text)
		var faults scaffold.Faults
		if !errors.As(err, &faults) || faults[0].Line != line || faults[0].Path != "themes/plain/archetypes/en/incident/index.md" {
			t.Errorf("%q: %v %+v", text, err, faults)
		}
	}
}

// TestBrokenIncident says what is wrong with an index that cannot be read.
func TestBrokenIncident(t *testing.T) {
	b := lived(t, "en")
	b.put("incidents/rash/index.md", "+++\ntitle = 3\n+++\n")
	_, err := b.maker().Update(scaffold.Update{Slug: "rash"})
	var faults scaffold.Faults
	if !errors.As(err, &faults) || !strings.Contains(faults[0].Path, "rash/index.md") {
		t.Error(err)
	}
	b.put("incidents/bare/notes.txt", "x")
	if _, err := b.maker().FAQ("bare"); err == nil || !strings.Contains(err.Error(), "candor new incident bare") {
		t.Error(err)
	}
}
