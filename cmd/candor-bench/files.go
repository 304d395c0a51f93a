package main

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"
)

// minute is how the corpus writes times: TOML date-times without seconds or offset.
const minute = "2006-01-02T15:04"

// approver is the person of site.toml who approves everything.
const approver = "lin-yue"

// plain fills a template for front matter, where Markdown has no meaning.
func (w *writer) plain(template string) string {
	return strings.ReplaceAll(w.fill(template), "**", "")
}

// heading writes a section heading with its id.
func (p *plan) heading(id string) string {
	return "## " + p.Headings[id] + " {#" + id + "}\n\n"
}

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

// index writes the incident's own file.
func (p *plan) index() string {
	p.now = p.updates[0].time
	first, last := p.updates[0], p.updates[len(p.updates)-1]
	var b strings.Builder
	fmt.Fprintf(&b, "+++\ntitle = %q\n", p.plain(p.pick(p.Titles[p.kind])))
	fmt.Fprintf(&b, "summary = %q\n", p.plain(p.pick(p.Summary)+p.Stop))
	fmt.Fprintf(&b, "level = %d\ntype = %q\nstance = %q\n", p.level, p.kind, p.stance)
	fmt.Fprintf(&b, "known = %s\n%s", p.known.Format(minute), p.axes())
	fmt.Fprintf(&b, "affected = %q\n", p.plain(p.pick(p.Affected)+p.Stop))
	fmt.Fprintf(&b, "owner = \"helen-marsh\"\napproved_by = %q\n", approver)
	if p.number%4 == 0 {
		fmt.Fprintf(&b, "\n[[contact]]\nlabel = %q\n", p.plain("{dept}"))
		fmt.Fprintf(&b, "value = \"400-012-%04d\"\n%sresponse = \"2 min\"\n", p.rng.IntN(10000), p.hours())
	}
	b.WriteString("+++\n\n" + p.heading("what-happened") + p.paragraph(fact, 2) + "\n\n")
	b.WriteString(p.paragraph(fact, 1) + p.Space + p.see("update", "updates/"+first.name+".md") + "\n\n")
	b.WriteString(p.image(70))
	fmt.Fprintf(&b, "## %s {#known updated=%s}\n\n", p.Headings["known"], last.time.Format(minute))
	b.WriteString(p.list(fact, 3) + "\n" + p.heading("unknown") + p.list(unknown, 2) + "\n")
	b.WriteString(p.heading("remedy") + p.paragraph(care, 2) + "\n\n" + p.list(care, 1) + p.tasks(made(inIndex), false))
	b.WriteString("\n" + p.heading("what-you-can-do") + p.list(care, 2) + "\n")
	b.WriteString(p.see("faq", "faq.md#"+p.Questions[1][0]) + "\n\n")
	short, long := p.heading("short-term")+p.list(work, 2)+"\n", p.heading("long-term")+p.list(next, 2)+"\n"
	if !p.slip(25) {
		b.WriteString(short)
	}
	b.WriteString(long + p.see("report", "report.md#improvements") + "\n" + p.extras("", 100))
	return b.String()
}

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

// update writes update k.
func (p *plan) update(k int) string {
	u := p.updates[k]
	p.now = u.time
	var b strings.Builder
	fmt.Fprintf(&b, "+++\ntitle = %q\n", p.plain(p.pick(p.UpdateTitle[u.kind])))
	fmt.Fprintf(&b, "time = %s\nkind = %q\n", u.time.Format(minute), u.kind)
	if u.status != "" {
		fmt.Fprintf(&b, "status = %q\n", u.status)
	}
	if !u.next.IsZero() {
		fmt.Fprintf(&b, "next_update = %s\n", u.next.Format(minute))
	}
	if u.level != 0 {
		fmt.Fprintf(&b, "level = %d\n", u.level)
	}
	if u.corrects != "" {
		fmt.Fprintf(&b, "corrects = %q\n", u.corrects)
	}
	fmt.Fprintf(&b, "approved_by = %q\n+++\n\n%s\n\n", approver, p.paragraph(fact, 1))
	if u.kind == "response" && k == 0 {
		b.WriteString(p.Apology + "\n\n")
	}
	b.WriteString(p.stock(18))
	kept := p.tasks(func(promise promisePlan) bool { return promise.done == k }, true)
	b.WriteString(p.group("done") + p.list(work, 1) + kept + "\n")
	b.WriteString(p.group("doing") + p.list(work, 1) + "\n")
	if p.rng.IntN(5) < 3 {
		b.WriteString(p.group("problems") + p.paragraph(unknown, 1) + "\n\n")
	}
	b.WriteString(p.group("next") + p.list(next, 1) + p.tasks(made(k), false) + p.undated(6))
	if p.rng.IntN(2) == 0 {
		b.WriteString("\n" + p.link(k) + "\n")
	}
	b.WriteString(p.extras("../", 25))
	return b.String()
}

// group writes the heading of an update's group: by id, or in a fifth of the incidents by emoji.
func (p *plan) group(id string) string {
	if p.number%5 == 0 {
		return "## " + p.Emoji[id] + "\n\n"
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

// faq writes eight answers.
func (p *plan) faq() string {
	p.now = p.updates[len(p.updates)-1].time
	var b strings.Builder
	fmt.Fprintf(&b, "+++\ntitle = %q\napproved_by = %q\n+++\n", p.plain(p.FAQTitle), approver)
	for n, question := range p.Questions[:8] {
		since := p.now.Add(-time.Duration(n) * time.Hour).Format(minute)
		fmt.Fprintf(&b, "\n## %s {#%s updated=%s}\n\n", question[1], question[0], since)
		b.WriteString(p.paragraph([]string{care, fact, work}[n%3], 2) + "\n")
		if n%3 != 0 {
			b.WriteString("\n" + p.paragraph(care, 1) + "\n")
		}
		if n == 1 {
			b.WriteString("\n" + p.see("index", "index.md#what-you-can-do") + "\n")
		}
	}
	return b.String()
}

// reportFile writes the final report with its table.
func (p *plan) reportFile() string {
	p.now = p.report
	last := p.updates[len(p.updates)-1]
	var b strings.Builder
	fmt.Fprintf(&b, "+++\ntitle = %q\ntime = %s\n", p.plain(p.ReportTitle), p.report.Format(minute))
	fmt.Fprintf(&b, "approved_by = %q\n+++\n\n", approver)
	b.WriteString(p.heading("overview") + p.paragraph(fact, 4) + "\n\n" + p.paragraph(care, 2) + "\n\n")
	b.WriteString(p.heading("data") + p.paragraph(fact, 2) + "\n\n" + p.figures(p.rng, 14) + "\n")
	b.WriteString(p.see("update", "updates/"+last.name+".md") + "\n\n")
	b.WriteString(p.heading("cause") + p.paragraph(lesson, 4) + "\n\n" + p.paragraph(unknown, 2) + "\n\n")
	assessment := p.heading("assessment") + p.paragraph(lesson, 3) + "\n\n"
	assessment += "### " + p.Headings["known"] + "\n\n" + p.list(lesson, 2) + "\n"
	if !p.slip(20) {
		b.WriteString(assessment)
	}
	b.WriteString(p.heading("improvements") + p.list(next, 4) + "\n" + p.paragraph(work, 1) + "\n\n")
	b.WriteString(p.heading("timetable") + p.tasks(made(inReport), false) + "\n" + p.paragraph(next, 2) + "\n\n")
	b.WriteString(p.see("faq", "faq.md#"+p.Questions[4][0]) + "\n")
	return b.String()
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
