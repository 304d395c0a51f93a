package copies

import (
	"cmp"
	"strings"

	"candor/generator/author/channel"
	"candor/generator/diag"
	"candor/generator/message"
	"candor/generator/output/machine"
	"candor/generator/site"
)

// answerTemplate is the theme's text for an answer to a question.
const answerTemplate = "answer"

// private is the channel whose length answers have if none is named.
const private = "xiaohongshu-message"

// answers makes a short text of each answer of the FAQ, for those who answer people one by one.
func (m *Maker) answers(inc *site.Incident, q Request) (r Result) {
	r.Incident = q.Incident
	language, err := m.language(q.Lang)
	c := channel.Find(m.Channels, cmp.Or(q.Channel, private))
	switch {
	case c == nil:
		r.Fault = m.noChannel(cmp.Or(q.Channel, private))
	case len(m.languages) == 0:
		r.Fault = noAddress()
	case err != nil:
		r.Fault = err
	case inc == nil || !inc.Published() || inc.FAQ == nil:
		r.Fault = message.Errorf("%q has no questions and answers that are published\n"+
			"create them with: candor new faq %s", q.Incident, q.Incident)
	}
	if r.Fault != nil {
		return r
	}
	w, found := m.writer(language)
	r.Found = found
	if w == nil {
		return r
	}
	t := w.templates.Lookup(answerTemplate)
	if t == nil {
		r.Found = diag.List{w.missing(answerTemplate)}
		return r
	}
	plain := *c
	plain.Title = channel.Limit{} // the answer has none
	for _, p := range language.Passages(inc.FAQ) {
		made, err := w.fit(t, m.answer(language, inc, p), inc, &plain)
		if err != nil {
			r.Found = diag.List{w.fault(err)}
			return r
		}
		made.Question = p.Words.Title
		r.Texts = append(r.Texts, made)
	}
	return r
}

// answer is what the template of an answer gets: its sentences and its address.
func (m *Maker) answer(l *machine.Language, inc *site.Incident, p machine.Passage) view {
	v := view{Organisation: l.Author(), Incident: l.NameOf(inc), Headline: p.Words.Title, Stance: inc.Front.Stance,
		Address: l.Addresses.Absolute(site.Place{Path: inc.Slug + "/faq/", Fragment: p.Facts.ID, Published: true})}
	v.say(machine.Plain(plainHTML(l, m.frame.Settings.Zone, p.Words.Body)))
	return v
}

// say sets the lead.
func (v *view) say(text string) {
	for line := range strings.SplitSeq(text, "\n") {
		for i, s := range sentences(line) {
			if i == 0 && len(v.Lead) > 0 {
				s = "\n" + s
			}
			v.Lead = append(v.Lead, s)
		}
	}
}
