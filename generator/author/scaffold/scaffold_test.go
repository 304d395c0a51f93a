package scaffold_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"candor/generator"
	"candor/generator/author/scaffold"
	"candor/generator/diag"
	"candor/generator/domain"
	"candor/generator/fileset"
	"candor/generator/site/config"
	"candor/themes"
)

// embedded returns the themes that come with Candor.
func embedded(t *testing.T) fileset.Set {
	t.Helper()
	set, err := fileset.FromFS(themes.FS)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// rich is a site with everything that a scaffold takes notice of, but for
// contacts; its language is put in.
const rich = `title = "T"
default_language = %q
time_zone = "Asia/Shanghai"
[[person]]
id = "wen"
name = "Wen"
may = ["speak", "approve"]
[[person]]
id = "xing"
name = "Xing"
may = ["approve"]
[types.data-security]
label = "Data security"
first_response = "90m"
strategy = "tell, contain, repair"
must = ["what-happened", "remedy", "what-was-taken"]
`

// bench is a site in memory to which a test adds.
type bench struct {
	t       *testing.T
	themes  fileset.Set
	content fileset.Set
	at      time.Time
}

func newBench(t *testing.T, siteToml string) *bench {
	b := &bench{t: t, themes: embedded(t)}
	b.content = fileset.Must([]fileset.File{fileset.NewFile("site.toml", []byte(siteToml))})
	b.at = time.Date(2026, 11, 4, 2, 17, 40, 0, time.UTC) // 10:17:40 in Shanghai
	return b
}

func (b *bench) maker() *scaffold.Maker {
	b.t.Helper()
	file, _ := b.content.Get("site.toml")
	site, found := config.Read(file, time.LoadLocation)
	if len(found) > 0 {
		b.t.Fatal(found)
	}
	return &scaffold.Maker{Site: site, Content: b.content, Themes: b.themes, At: b.at.In(site.Zone)}
}

// add adds what was made, and fails where it would overwrite.
func (b *bench) add(made scaffold.Made, err error) scaffold.Made {
	b.t.Helper()
	if err != nil {
		b.t.Fatalf("%v %+v", err, err)
	}
	for f := range made.Files.All() {
		if _, ok := b.content.Get(f.Path); ok {
			b.t.Fatalf("%s would be overwritten", f.Path)
		}
	}
	b.content = fileset.Overlay(b.content, made.Files)
	return made
}

// What time alone has brought about is left out: no scaffold keeps the promises
// of the one before.
func (b *bench) build() diag.List {
	found := generator.New().Build(generator.Input{Content: b.content, Themes: b.themes, Now: b.at.Add(time.Minute), Zones: time.LoadLocation}).Diagnostics
	return slices.DeleteFunc(found, func(d diag.Diagnostic) bool {
		return slices.Contains([]string{
			"promise-overdue", "next-update", "cadence", "first-response", "missing-section", "report-missing", "follow-up",
			"de-escalate", "escalate", "index-outdated",
		}, d.Rule)
	})
}

// text returns the file at path.
func (b *bench) text(path string) string {
	b.t.Helper()
	f, ok := b.content.Get(path)
	if !ok {
		b.t.Fatalf("there is no %s", path)
	}
	return string(f.Data)
}

func (b *bench) put(path, text string) {
	b.content = fileset.Overlay(b.content, fileset.Must([]fileset.File{fileset.NewFile(path, []byte(text))}))
}

// fill does what an editor does: it replaces every text in brackets that the
// build finds, as long as it finds any. What else it finds it returns.
func (b *bench) fill() diag.List {
	for range 40 {
		found := b.build()
		if len(found) == 0 {
			return nil
		}
		edits := 0
		for _, d := range found {
			if d.Rule != "placeholder" {
				return found
			}
			bracket := strings.TrimSuffix(d.Message.String(), " has not been filled in")
			lines := strings.Split(b.text(d.Path), "\n")
			if line := lines[d.Line-1]; strings.Contains(line, bracket) {
				lines[d.Line-1] = strings.Replace(line, bracket, "words", 1)
				edits++
			}
			b.put(d.Path, strings.Join(lines, "\n"))
		}
		if edits == 0 {
			return found
		}
	}
	b.t.Fatal("the brackets have no end")
	return nil
}

// onlyPlaceholders fails where the build finds anything but texts to fill in, or
// misses one.
func (b *bench) onlyPlaceholders() {
	b.t.Helper()
	found := b.build()
	if len(found) == 0 {
		b.t.Error("there is nothing to fill in")
	}
	for _, d := range found {
		if d.Rule != "placeholder" {
			b.t.Errorf("%s:%d: %s [%s]\n%s", d.Path, d.Line, d.Message, d.Rule, d.Excerpt)
		}
	}
	if rest := b.fill(); len(rest) > 0 {
		b.t.Errorf("once filled in: %s:%d: %s [%s]\n%s", rest[0].Path, rest[0].Line, rest[0].Message, rest[0].Rule, rest[0].Excerpt)
	}
	for f := range b.content.All() {
		if f.Path == "site.toml" {
			continue
		}
		for n, line := range strings.Split(string(f.Data), "\n") {
			left := strings.NewReplacer("[ ]", "", "[x]", "", "[[contact]]", "", "](", "").Replace(line)
			if strings.HasPrefix(line, "#") && !strings.HasPrefix(line, "##") {
				continue // a comment
			}
			if strings.Contains(left, "]") {
				b.t.Errorf("%s:%d: a bracket was not found: %s", f.Path, n+1, line)
			}
			if strings.Contains(line, "{{") || strings.Contains(line, "<no value>") {
				b.t.Errorf("%s:%d: a template shows: %s", f.Path, n+1, line)
			}
		}
	}
}

// TestMatrix holds every incident and every scenario that can be scaffolded.
func TestMatrix(t *testing.T) {
	for _, lang := range []string{"en", "zh-Hans"} {
		b := newBench(t, fmt.Sprintf(rich, lang))
		m := b.maker()
		for typ := range m.Site.Types {
			for _, stance := range domain.Stances() {
				for _, level := range domain.Levels() {
					t.Run(fmt.Sprintf("%s/%s/%s/%d", lang, typ, stance, level), func(t *testing.T) {
						b := newBench(t, fmt.Sprintf(rich, lang))
						req := scaffold.Incident{Slug: "rash", Type: typ, Level: level, Stance: stance}
						b.add(b.maker().Incident(req))
						b.onlyPlaceholders()
						checkStance(t, b, typ, stance, lang)

						s := newBench(t, fmt.Sprintf(rich, lang))
						s.add(s.maker().Scenario(req))
						if found := s.build(); len(found) > 0 {
							t.Errorf("scenario: %s:%d: %s", found[0].Path, found[0].Line, found[0].Message)
						}
						for f := range s.content.Under("scenarios").All() {
							if strings.Contains(string(f.Data), "0001-01-01") {
								t.Errorf("%s has a time that nobody gave", f.Path)
							}
						}
					})
				}
			}
		}
	}
}

// checkStance holds the texts against playbook §1 and §2.
func checkStance(t *testing.T, b *bench, typ string, stance domain.Stance, lang string) {
	t.Helper()
	index := b.text("incidents/rash/index.md")
	first := b.text("incidents/rash/updates/2026-11-04-1017-first-response.md")
	for _, id := range b.maker().Site.Types[typ].Must {
		if !strings.Contains(index, "{#"+string(id)) {
			t.Errorf("the type needs the section %s", id)
		}
	}
	sorry := map[string]string{"en": "sorry", "zh-Hans": "对不起"}[lang]
	switch stance {
	case "full", "partial":
		if !strings.Contains(first, sorry) || !strings.Contains(index, "{#remedy}") || !strings.Contains(index, "{#short-term}") {
			t.Error("an apology, a remedy or a change is missing")
		}
	case "unfounded":
		if strings.Contains(first, sorry) || strings.Contains(index, sorry) {
			t.Error("nobody apologises for what did not happen")
		}
		if !strings.Contains(index, "{#evidence}") || !strings.Contains(index, "{#rights}") {
			t.Error("the evidence or the rights are missing")
		}
	}
	if !strings.Contains(first, "due:2026-11-") || !strings.Contains(first, " id:") {
		t.Error("the first response promises nothing")
	}
	if strings.Contains(first, "status = ") && !strings.Contains(first, `kind = "response"`) {
		t.Error("the first response is of no kind")
	}
}

// TestApproval takes the comment signs away, as somebody who approves does.
func TestApproval(t *testing.T) {
	for _, lang := range []string{"en", "zh-Hans"} {
		b := newBench(t, "require_approval = true\n"+fmt.Sprintf(rich, lang))
		b.add(b.maker().Incident(scaffold.Incident{Slug: "rash", Type: "remarks", Level: 1, Stance: "full"}))
		for _, d := range b.build() {
			if d.Severity == diag.Error || d.Rule != "placeholder" && d.Rule != "approval" {
				t.Errorf("%s:%d: %s [%s]", d.Path, d.Line, d.Message, d.Rule)
			}
		}
		for f := range b.content.Under("incidents").All() {
			if !strings.Contains(string(f.Data), "wen, xing") {
				t.Errorf("%s does not say who may approve", f.Path)
			}
			b.put(f.Path, strings.NewReplacer("# approved_by", "approved_by", "# owner", "owner").Replace(string(f.Data)))
		}
		b.onlyPlaceholders()
	}
}

// TestNobodyMayApprove does not suggest anybody.
func TestNobodyMayApprove(t *testing.T) {
	b := newBench(t, "title = \"T\"\nrequire_approval = true\n")
	b.add(b.maker().Incident(scaffold.Incident{Slug: "rash", Type: "attack", Level: 2, Stance: "unfounded"}))
	if text := b.text("incidents/rash/index.md"); !strings.Contains(text, "names nobody who may approve") || strings.Contains(text, "# approved_by") {
		t.Error(text)
	}
}

// TestTitles puts texts into TOML that would end a string or a comment there.
func TestTitles(t *testing.T) {
	b := newBench(t, "title = \"T\"\n[types.odd]\nlabel = \"Odd\"\nfirst_response = \"2h\"\nstrategy = \"one\\ntwo = 3\"\n")
	b.add(b.maker().Incident(scaffold.Incident{Slug: "欧洲-rash", Type: "odd", Level: 2, Stance: "full", Title: "Say \"no\" \\ 100 %\n+++ \U0001F534"}))
	b.onlyPlaceholders()
	if want := `title = "Say \"no\" \\ 100 %\u000A+++ ` + "\U0001F534\""; !strings.Contains(b.text("incidents/欧洲-rash/index.md"), want) {
		t.Error(b.text("incidents/欧洲-rash/index.md"))
	}
}

// TestLanguages falls back to the nearest language, else English.
func TestLanguages(t *testing.T) {
	for lang, want := range map[string]string{"zh-Hant": "发生了什么", "zh": "发生了什么", "en-GB": "What happened", "fr": "What happened", "ar": "What happened"} {
		b := newBench(t, fmt.Sprintf("title = \"T\"\ndefault_language = %q\n", lang))
		b.add(b.maker().Incident(scaffold.Incident{Slug: "rash", Type: "attack", Level: 2, Stance: "full"}))
		if !strings.Contains(b.text("incidents/rash/index.md"), want) {
			t.Errorf("%s: not in the nearest language", lang)
		}
	}
}

// commented is a line of site.toml that waits for somebody to take its # away.
var commented = regexp.MustCompile(`(?m)^# (\[|[a-z_]+ = )`)

// TestSites makes a site in each language and builds it.
func TestSites(t *testing.T) {
	for _, lang := range scaffold.SiteLanguages(embedded(t)) {
		for _, organisation := range []string{"", "Müller \"& Co\""} {
			made, err := scaffold.Site{Lang: lang, Zone: "Europe/Berlin", Organisation: organisation}.Make(embedded(t), time.LoadLocation)
			if err != nil {
				t.Fatal(err)
			}
			var content []fileset.File
			for f := range made.Files.Under("content").All() {
				f.Path = strings.TrimPrefix(f.Path, "content/")
				content = append(content, f)
			}
			b := newBench(t, "")
			b.content = fileset.Must(content)
			if found := b.build(); len(found) > 0 {
				t.Errorf("%s: %s:%d: %s", lang, found[0].Path, found[0].Line, found[0].Message)
			}
			b.add(b.maker().Incident(scaffold.Incident{Slug: "rash", Type: "experience", Level: 3, Stance: "partial"}))
			b.onlyPlaceholders()
			// The commented settings are examples that work.
			toml := commented.ReplaceAllString(b.text("site.toml"), "$1")
			if _, found := config.Read(fileset.NewFile("site.toml", []byte(toml)), time.LoadLocation); found.HasErrors() {
				t.Errorf("%s: %v\n%s", lang, found[0].Message, toml)
			}
		}
	}
}
