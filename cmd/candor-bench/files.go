package main

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"text/template"
	"time"
)

// minute is how the corpus writes times: TOML date-times without seconds or offset.
const minute = "2006-01-02T15:04"

// approver is the person of site.toml who approves everything.
const approver = "lin-yue"

// templates are the files of an incident.
var templates = template.Must(template.New("").Funcs((&plan{}).functions()).ParseFS(data, "data/corpus/*"))

// functions are what the templates can call.
func (p *plan) functions() template.FuncMap {
	return template.FuncMap{
		"axes": p.axes, "extras": p.extras, "group": p.group, "heading": p.heading, "link": p.link, "list": p.list,
		"oneOf": p.oneOf, "paragraph": p.paragraph, "pick": p.pick, "see": p.see, "slip": p.slip,
		"ago":     func(hours int) string { return p.now.Add(-time.Duration(hours) * time.Hour).Format(minute) },
		"figures": func() string { return p.figures(p.rng, 14) },
		"minute":  func(t time.Time) string { return t.Format(minute) },
		"quoted":  func(template string) string { return strconv.Quote(p.plain(template)) },
		"random":  func(n int) int { return p.rng.IntN(n) },
	}
}

// render fills in a template. Now is the instant written about.
func (p *plan) render(name string, now time.Time, facts map[string]any) string {
	p.now, facts["words"] = now, p.lexicon
	var b strings.Builder
	if err := template.Must(templates.Clone()).Funcs(p.functions()).ExecuteTemplate(&b, name, facts); err != nil {
		panic(err)
	}
	return b.String()
}

// files writes the texts of the incident by name. Their order decides what randomness chooses.
func (p *plan) files() map[string]string {
	first, last := p.updates[0], p.updates[len(p.updates)-1]
	texts := map[string]string{"index.md": p.render("index.md.tmpl", first.time, map[string]any{
		"kind": p.kind, "level": p.level, "stance": p.stance, "known": p.known, "contact": p.number%4 == 0,
		"first": first.name, "updated": last.time, "promises": p.tasks(made(inIndex), false),
	})}
	for k, u := range p.updates {
		kept := func(promise promisePlan) bool { return promise.done == k }
		texts["updates/"+u.name+".md"] = p.render("update.md.tmpl", u.time, map[string]any{
			"number": k, "first": u.kind == "response" && k == 0, "time": u.time, "kind": u.kind, "status": u.status,
			"next": u.next, "level": u.level, "corrects": u.corrects, "kept": p.tasks(kept, true),
			"promises": p.tasks(made(k), false),
		})
	}
	texts["faq.md"] = p.render("faq.md.tmpl", last.time, map[string]any{
		"subjects": []string{care, fact, work, care, fact, work, care, fact}})
	texts["report.md"] = p.render("report.md.tmpl", p.report, map[string]any{
		"time": p.report, "last": last.name, "promises": p.tasks(made(inReport), false)})
	return texts
}

// plain fills a template for front matter, where Markdown has no meaning.
func (w *writer) plain(template string) string {
	return strings.ReplaceAll(w.fill(template), "**", "")
}

// heading writes a section heading with its id.
func (p *plan) heading(id string) string { return "## " + p.Headings[id] + " {#" + id + "}" }

// list writes n items.
func (p *plan) list(about string, n int) string {
	var b strings.Builder
	for range n {
		b.WriteString("- " + p.sentence(about) + "\n")
	}
	return b.String()
}

// tasks writes the promises made in one place, or those kept by update k.
func (p *plan) tasks(chosen func(promisePlan) bool, ticked bool) string {
	var b strings.Builder
	for _, promise := range p.promises {
		switch {
		case !chosen(promise):
		case ticked:
			fmt.Fprintf(&b, "- [x] %s id:%s\n", promise.text, promise.id)
		default:
			fmt.Fprintf(&b, "- [ ] %s due:%s id:%s\n", promise.text, promise.due.Format(minute), promise.id)
		}
	}
	return b.String()
}

// made chooses the promises first given in one place: an update's number, inIndex or inReport.
func made(where int) func(promisePlan) bool {
	return func(promise promisePlan) bool { return promise.made == where }
}

// see writes a sentence with a link to a file of one kind.
func (p *plan) see(kind, address string) string { return fmt.Sprintf(p.See[kind], address) }

// axes writes how far, how badly and how fast it spreads, as the level says or, carelessly, worse.
func (p *plan) axes() string {
	level := p.level
	if p.slip(25) {
		level = 1
	}
	scope := []string{"outbreak", "spreading", "local"}[level-1]
	severity := []string{"major", "serious", "general"}[level-1]
	speed := []string{"explosive", "fast", "slow"}[level-1]
	return fmt.Sprintf("scope = %q\nseverity = %q\nspeed = %q\n", scope, severity, speed)
}

// group writes the heading of an update's group: by id, or in a fifth of the incidents by emoji.
func (p *plan) group(id string) string {
	if p.number%5 == 0 {
		return "## " + p.Emoji[id]
	}
	return p.heading(id)
}

// link writes a sentence that leads from update k somewhere else.
func (p *plan) link(k int) string {
	switch p.rng.IntN(4) {
	case 0:
		return p.see("index", "../index.md#remedy")
	case 1:
		return p.see("update", p.updates[max(k-1, 0)].name+".md")
	case 2:
		return p.see("site", fmt.Sprintf("https://regulator.example/notices/%d", p.rng.IntN(100000)))
	}
	return p.see("faq", "../faq.md#"+p.Questions[p.rng.IntN(8)][0])
}

// figures writes the table: one row a day.
func (p *plan) figures(rng *rand.Rand, days int) string {
	var b strings.Builder
	b.WriteString("| " + strings.Join(p.Table, " | ") + " |\n|---|--:|--:|--:|--:|\n")
	for d := range days {
		reports := 5 + rng.IntN(900)
		fmt.Fprintf(&b, "| %s | %d | %d | %d | %d:%02d |\n", p.known.AddDate(0, 0, d).Format(p.Date), reports,
			reports*(60+rng.IntN(40))/100, reports*(20+rng.IntN(60))/100, rng.IntN(20), rng.IntN(60))
	}
	return b.String()
}
