// Package alert is the output for those who warn people: the Common Alerting Protocol 1.2 (OASIS),
// a cap.xml for each incident with safety = true, in all languages that it is written in.
//
// It is the newest message: an Alert until there is a second update, then an Update, and a Cancel once
// the incident is resolved. It refers to the messages before it, of which each update was one. A drill
// is an Exercise. Without the site's own address there are no alerts.
package alert

import (
	"cmp"
	"encoding/xml"
	"net/url"
	"strings"
	"time"

	"candor/generator/domain"
	"candor/generator/fileset"
	"candor/generator/output"
	"candor/generator/output/machine"
	"candor/generator/output/theme"
	"candor/generator/site"
	"candor/generator/site/config"
)

// remembered is to how many messages before it a message refers.
const remembered = 20

// New makes the Output of alerts.
func New(f *site.Frame, _ *theme.Theme) output.Output {
	return alerts{f.Settings, f.Addresses, machine.Languages(f)}
}

type alerts struct {
	settings  *config.Site
	addresses site.Addresses
	languages []*machine.Language
}

// Site makes nothing.
func (alerts) Site(*site.Site, []output.Part) output.Part { return output.Part{} }

// Incident makes the alert of an incident.
func (o alerts) Incident(inc *site.Incident) output.Part {
	if !inc.Front.Safety || o.languages == nil {
		return output.Part{}
	}
	var x machine.XML
	x.Open("alert", "xmlns", "urn:oasis:names:tc:emergency:cap:1.2")
	sent := o.message(inc, len(inc.Updates)-1)
	x.Element("identifier", sent.identifier)
	x.Element("sender", o.addresses.Host())
	x.Element("sent", sent.time)
	x.Element("status", choose(inc.Front.Drill, "Exercise", "Actual"))
	x.Element("msgType", kind(inc))
	x.Element("scope", "Public")
	if n := len(inc.Updates); n > 1 {
		var before []string
		for i := max(0, n-1-remembered); i < n-1; i++ {
			m := o.message(inc, i)
			before = append(before, o.addresses.Host()+","+m.identifier+","+m.time)
		}
		x.Element("references", strings.Join(before, " "))
	}
	for _, l := range o.languages {
		if l.Of(&inc.Index) == l.Tag {
			o.info(&x, l, inc)
		}
	}
	x.Close("alert")
	data := []byte(xml.Header + string(x.Bytes()) + "\n")
	return output.Part{Files: []fileset.File{fileset.NewFile(inc.Slug+"/cap.xml", data)}}
}

func choose(yes bool, a, b string) string {
	if yes {
		return a
	}
	return b
}

// kind is what the newest message of an incident is.
func kind(inc *site.Incident) string {
	switch {
	case !inc.Open():
		return "Cancel"
	case len(inc.Updates) > 1:
		return "Update"
	}
	return "Alert"
}

type message struct{ identifier, time string }

// message names the message that came with an update; with none of them, the first.
func (o alerts) message(inc *site.Incident, update int) message {
	name, at := inc.Slug, inc.Known
	if update >= 0 {
		u := inc.Updates[update]
		name, at = name+"/"+u.Name, u.Time
	}
	return message{url.QueryEscape(name), o.time(at)}
}

// time writes an instant as the standard wants it: never with Z.
func (o alerts) time(t time.Time) string {
	text := t.In(o.settings.Zone).Format("2006-01-02T15:04:05-07:00")
	return strings.Replace(text, "+00:00", "-00:00", 1)
}

// info writes what the message says in a language, in the order of the standard.
func (o alerts) info(x *machine.XML, l *machine.Language, inc *site.Incident) {
	instruction := o.instruction(l, inc)
	x.Open("info")
	x.Element("language", l.Tag)
	x.Element("category", "Safety")
	x.Element("event", cmp.Or(l.TypeOf(inc), l.TitleOf(inc)))
	x.Element("responseType", choose(!inc.Open(), "AllClear", choose(instruction != "", "Execute", "Monitor")))
	x.Element("urgency", choose(!inc.Open(), "Past", choose(inc.Level == domain.Level1, "Immediate", "Expected")))
	x.Element("severity", severity(inc.Level))
	x.Element("certainty", certainty(inc))
	x.Element("effective", o.message(inc, len(inc.Updates)-1).time)
	x.Element("senderName", l.Author())
	x.Element("headline", l.TitleOf(inc))
	x.Element("description", o.description(l, inc))
	if instruction != "" {
		x.Element("instruction", instruction)
	}
	x.Element("web", l.Addresses.Canonical(inc.Slug+"/"))
	if contact := o.contact(l, inc); contact != "" {
		x.Element("contact", contact)
	}
	x.Open("area")
	x.Element("areaDesc", cmp.Or(inc.Index.In(l.Tag).Front.Area, inc.Front.Area))
	x.Close("area")
	x.Close("info")
}

// severity is how much harm it does.
func severity(level domain.Level) string {
	switch level {
	case domain.Level1:
		return "Severe"
	case domain.Level2:
		return "Moderate"
	}
	return "Minor"
}

// certainty is how sure it is that people come to harm.
func certainty(inc *site.Incident) string {
	switch {
	case inc.Front.Stance == domain.StanceUnfounded:
		return "Unlikely"
	case inc.Status == "" || inc.Status == domain.StatusInvestigating:
		return "Likely"
	}
	return "Observed"
}

// description is the summary, and what the newest update says.
func (o alerts) description(l *machine.Language, inc *site.Incident) string {
	text := l.SummaryOf(inc)
	if n := len(inc.Updates); n > 0 {
		u := inc.Updates[n-1]
		text += "\n\n" + l.HeadlineOf(inc, u) + "\n" + machine.Plain(l.UpdateHTML(inc, u))
	}
	return cmp.Or(strings.TrimSpace(text), l.TitleOf(inc))
}

// instruction is what people are to do; empty if the page does not say.
func (o alerts) instruction(l *machine.Language, inc *site.Incident) string {
	var list []string
	for _, p := range l.Passages(&inc.Index) {
		switch domain.Section(p.Facts.ID) {
		case domain.SectionHowToTell, domain.SectionWhatYouCanDo:
			list = append(list, machine.Plain(l.HTML(inc, p.Words.Body)))
		}
	}
	return strings.Join(list, "\n\n")
}

// contact is whom people can reach.
func (o alerts) contact(l *machine.Language, inc *site.Incident) string {
	var list []string
	for _, c := range site.ContactsOf(o.settings, l.Tag, inc) {
		if !c.Press {
			list = append(list, strings.TrimSpace(c.Label+" "+c.Value))
		}
	}
	return strings.Join(list, l.Words.Must("page.dot"))
}
