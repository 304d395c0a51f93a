package main

import (
	"fmt"
	"strings"
	"time"
)

// minute is how the corpus writes times: TOML date-times without seconds or offset.
const minute = "2006-01-02T15:04"

// approver is the person of site.toml who approves everything.
const approver = "lin-yue"

// siteTOML is the corpus's site: approval required, one language, frozen. Some of its promises stay open and nobody
// follows up its reports, so the rules that would say so of each incident are off: a site in order is measured.
func siteTOML() string {
	return `title = "岚川集团事件说明"
summary = "岚川集团就产品与服务中的问题向公众作出的说明。"
organisation = "岚川集团"
base_url = "https://status.lanchuan.example"
default_language = "zh-Hans"
time_zone = "Asia/Shanghai"
theme = "plain"
page_size = 20
require_approval = true
at = ` + instant.Format(minute) + `:00+08:00

[languages.zh-Hans]
name = "中文"
dir = "ltr"

[[contact]]
label = "专线 Hotline"
value = "400-012-3456"
hours = "8:00–22:00"
response = "3 min"

[[contact]]
label = "电子邮件 E-mail"
value = "care@lanchuan.example"
response = "4 h"

[[contact]]
label = "媒体 Press"
value = "press@lanchuan.example"
hours = "9:00–18:00"
audience = "press"

[[person]]
id = "lin-yue"
name = "林越"
role = "质量负责人"
may = ["speak", "approve"]

[[person]]
id = "helen-marsh"
name = "Helen Marsh"
role = "Head of communications"
may = ["speak"]

[rules]
promise-overdue = "off"
follow-up = "off"
`
}

// plain fills a template for front matter, where Markdown has no meaning.
func (w *writer) plain(template string) string {
	return strings.ReplaceAll(w.fill(template), "**", "")
}

// heading writes a section heading with its id.
func (p *plan) heading(id string) string {
	return "## " + p.headings[id] + " {#" + id + "}\n\n"
}

// list writes n items.
func (p *plan) list(about subject, n int) string {
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

// made tells the promises first given in one place: an update's number, inIndex or inReport.
func made(where int) func(promisePlan) bool {
	return func(promise promisePlan) bool { return promise.made == where }
}

// index writes the incident's own file.
func (p *plan) index() string {
	p.now = p.updates[0].time
	var b strings.Builder
	fmt.Fprintf(&b, "+++\ntitle = %q\nsummary = %q\n", p.plain(p.pick(p.titles[p.kind])), p.plain(p.pick(p.summary)+p.stop))
	fmt.Fprintf(&b, "level = %d\ntype = %q\nstance = %q\nknown = %s\n", p.level, p.kind, p.stance, p.known.Format(minute))
	axes := [...][3]string{{"outbreak", "major", "explosive"}, {"spreading", "serious", "fast"}, {"local", "general", "slow"}}[p.level-1]
	fmt.Fprintf(&b, "scope = %q\nseverity = %q\nspeed = %q\n", axes[0], axes[1], axes[2])
	fmt.Fprintf(&b, "affected = %q\nowner = \"helen-marsh\"\napproved_by = %q\n", p.plain(p.pick(p.affected)+p.stop), approver)
	if p.number%4 == 0 {
		fmt.Fprintf(&b, "\n[[contact]]\nlabel = %q\nvalue = \"400-012-%04d\"\nhours = \"0:00–24:00\"\nresponse = \"2 min\"\n", p.plain("{dept}"), p.rng.IntN(10000))
	}
	b.WriteString("+++\n\n" + p.heading("what-happened") + p.paragraph(fact, 2) + "\n\n" + p.paragraph(fact, 1) + p.space +
		fmt.Sprintf(p.seeUpdate, "updates/"+p.updates[0].name+".md") + "\n\n")
	asOf := p.updates[len(p.updates)-1].time.Format(minute)
	fmt.Fprintf(&b, "## %s {#known updated=%s}\n\n%s\n", p.headings["known"], asOf, p.list(fact, 3))
	b.WriteString(p.heading("unknown") + p.list(unknown, 2) + "\n")
	b.WriteString(p.heading("remedy") + p.paragraph(care, 2) + "\n\n" + p.list(care, 1) + p.tasks(made(inIndex), false) + "\n")
	b.WriteString(p.heading("what-you-can-do") + p.list(care, 2) + "\n" + fmt.Sprintf(p.seeFAQ, "faq.md#"+p.questions[1].id) + "\n\n")
	b.WriteString(p.heading("short-term") + p.list(work, 2) + "\n")
	b.WriteString(p.heading("long-term") + p.list(next, 2) + "\n" + fmt.Sprintf(p.seeReport, "report.md#improvements") + "\n")
	return b.String()
}

// update writes update k.
func (p *plan) update(k int) string {
	u := p.updates[k]
	p.now = u.time
	var b strings.Builder
	fmt.Fprintf(&b, "+++\ntitle = %q\ntime = %s\nkind = %q\n", p.plain(p.pick(p.updateTitles[u.kind])), u.time.Format(minute), u.kind)
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
		b.WriteString(p.apology + "\n\n")
	}
	kept := p.tasks(func(promise promisePlan) bool { return promise.done == k }, true)
	b.WriteString(p.group("done") + p.list(work, 1) + kept + "\n")
	b.WriteString(p.group("doing") + p.list(work, 1) + "\n")
	if p.rng.IntN(5) < 3 {
		b.WriteString(p.group("problems") + p.paragraph(unknown, 1) + "\n\n")
	}
	b.WriteString(p.group("next") + p.list(next, 1) + p.tasks(made(k), false))
	if p.rng.IntN(2) == 0 {
		b.WriteString("\n" + p.link(k) + "\n")
	}
	return b.String()
}

// group writes the heading of an update's group: by id, or in a fifth of the incidents by emoji.
func (p *plan) group(id string) string {
	if p.number%5 == 0 {
		return "## " + p.emoji[id] + "\n\n"
	}
	return p.heading(id)
}

// link writes a sentence that leads from update k somewhere else.
func (p *plan) link(k int) string {
	switch p.rng.IntN(4) {
	case 0:
		return fmt.Sprintf(p.seeIndex, "../index.md#remedy")
	case 1:
		return fmt.Sprintf(p.seeUpdate, p.updates[max(k-1, 0)].name+".md")
	case 2:
		return fmt.Sprintf(p.seeSite, fmt.Sprintf("https://regulator.example/notices/%d", p.rng.IntN(100000)))
	}
	return fmt.Sprintf(p.seeFAQ, "../faq.md#"+p.questions[p.rng.IntN(8)].id)
}

// faq writes eight answers.
func (p *plan) faq() string {
	p.now = p.updates[len(p.updates)-1].time
	var b strings.Builder
	fmt.Fprintf(&b, "+++\ntitle = %q\napproved_by = %q\n+++\n", p.plain(p.faqTitle), approver)
	for n, question := range p.questions[:8] {
		fmt.Fprintf(&b, "\n## %s {#%s updated=%s}\n\n", question.text, question.id, p.now.Add(-time.Duration(n)*time.Hour).Format(minute))
		b.WriteString(p.paragraph([]subject{care, fact, work}[n%3], 2) + "\n")
		if n%3 != 0 {
			b.WriteString("\n" + p.paragraph(care, 1) + "\n")
		}
		if n == 1 {
			b.WriteString("\n" + fmt.Sprintf(p.seeIndex, "index.md#what-you-can-do") + "\n")
		}
	}
	return b.String()
}

// reportFile writes the final report with its table.
func (p *plan) reportFile() string {
	p.now = p.report
	var b strings.Builder
	fmt.Fprintf(&b, "+++\ntitle = %q\ntime = %s\napproved_by = %q\n+++\n\n", p.plain(p.reportTitle), p.report.Format(minute), approver)
	b.WriteString(p.heading("overview") + p.paragraph(fact, 4) + "\n\n" + p.paragraph(care, 2) + "\n\n")
	b.WriteString(p.heading("data") + p.paragraph(fact, 2) + "\n\n" + p.figures(14) + "\n" +
		fmt.Sprintf(p.seeUpdate, "updates/"+p.updates[len(p.updates)-1].name+".md") + "\n\n")
	b.WriteString(p.heading("cause") + p.paragraph(lesson, 4) + "\n\n" + p.paragraph(unknown, 2) + "\n\n")
	b.WriteString(p.heading("assessment") + p.paragraph(lesson, 3) + "\n\n### " + p.headings["known"] + "\n\n" + p.list(lesson, 2) + "\n")
	b.WriteString(p.heading("improvements") + p.list(next, 4) + "\n" + p.paragraph(work, 1) + "\n\n")
	b.WriteString(p.heading("timetable") + p.tasks(made(inReport), false) + "\n" + p.paragraph(next, 2) + "\n\n" +
		fmt.Sprintf(p.seeFAQ, "faq.md#"+p.questions[4].id) + "\n")
	return b.String()
}

// figures writes the table: one row a day.
func (p *plan) figures(days int) string {
	var b strings.Builder
	b.WriteString("| " + strings.Join(p.table, " | ") + " |\n|---|--:|--:|--:|--:|\n")
	for d := range days {
		reports := 5 + p.rng.IntN(900)
		fmt.Fprintf(&b, "| %s | %d | %d | %d | %d:%02d |\n", p.known.AddDate(0, 0, d).Format(p.date), reports,
			reports*(60+p.rng.IntN(40))/100, reports*(20+p.rng.IntN(60))/100, p.rng.IntN(20), p.rng.IntN(60))
	}
	return b.String()
}
