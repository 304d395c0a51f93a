package policy

import (
	"bytes"
	"strings"

	"candor/generator/diag"
	"candor/generator/domain"
	"candor/generator/input/content"
	"candor/generator/message"
	"candor/generator/site/incident"
)

// responseElements finds a first response, published or being written, that lacks
// one of its elements (playbook §2): empathy and apology where the organisation is
// at fault, an explanation, a solution with a time; and where it is not at fault,
// facts, evidence and the reservation of rights.
//
// Only what is surely missing is reported. What the page says elsewhere counts,
// for a response and its page are read together; words are looked for only in
// languages of which the rule knows the words.
func (c *inquiry) responseElements() {
	doc := c.response()
	if doc == nil || doc.Unread || c.inc.Index.Doc.Unread || !c.inc.Open() {
		return // once it is over, nobody can answer better
	}
	missing := func(message, hint diag.Text) {
		c.soft(doc, doc.AtKey("title", "response-elements", message, hint))
	}
	if c.inc.Front.Stance == domain.StanceUnfounded {
		c.clarification(doc, missing)
		return
	}
	if c.lacks(doc, apologies) {
		missing(diag.Textf("this response says nothing to those who were hurt"),
			diag.Textf("begin with what it means for them, and apologise for what is the organisation's fault"))
	}
	if !c.explains(doc) {
		missing(diag.Textf("this response does not say what happened"),
			diag.Textf("say what is known and what is being looked into, here or in the page's section {#what-happened}"))
	}
	switch solved, dated := c.solves(doc); {
	case !solved:
		missing(diag.Textf("this response offers no solution"),
			diag.Textf("say what is done for whom: groups {#doing} and {#next} here, or the page's section {#remedy}"))
	case !dated:
		missing(diag.Textf("this response says no time"),
			diag.Textf("say by when: next_update = …, or a task item with due:2026-11-04T18:00"))
	}
}

// response is the first response, or else the first one that is being written.
func (c *inquiry) response() *content.Document {
	if came := c.inc.First.Came; came != nil {
		return came.Doc
	}
	for _, u := range c.inc.Hidden {
		if kind := u.Doc.Front.Kind; kind == domain.KindResponse && c.inc.Withheld[u.Doc] != incident.Prepared {
			return u.Doc
		}
	}
	return nil
}

// clarification holds a response to an attack against what it needs.
func (c *inquiry) clarification(doc *content.Document, missing func(message, hint diag.Text)) {
	if !c.explains(doc) && !c.has(domain.SectionKnown) {
		missing(diag.Textf("this response states no facts"), diag.Textf("say what is true, here or in the page's sections {#what-happened} and {#known}"))
	}
	linked := func(d *content.Document) bool {
		return len(d.Links) > 0 || bytes.Contains(d.Source.Data, []byte("https://"))
	}
	shown := len(c.inc.Evidence) > 0 || linked(doc) || linked(c.inc.Index.Doc)
	if !shown && c.lacks(doc, proofs) && c.lacks(c.inc.Index.Doc, proofs) {
		missing(diag.Textf("this response shows no evidence"), diag.Textf("put documents beside index.md and link to them: [the test report](../report.pdf)"))
	}
	if c.lacks(doc, reservations) && c.lacks(c.inc.Index.Doc, reservations) {
		missing(diag.Textf("this response does not reserve the organisation's rights"), diag.Textf("say in a sentence which steps you take or reserve"))
	}
}

// explains says whether readers learn what happened.
func (c *inquiry) explains(doc *content.Document) bool {
	return c.has(domain.SectionWhatHappened) || doc.Section(domain.GroupProblems) != nil || doc.Section(domain.SectionWhatHappened) != nil || !c.lacks(doc, explanations)
}

// solves says whether readers learn what is done, and by when.
func (c *inquiry) solves(doc *content.Document) (solved, dated bool) {
	solved = c.has(domain.SectionRemedy) || doc.Section(domain.GroupDoing) != nil || doc.Section(domain.GroupNext) != nil || len(doc.Tasks) > 0
	dated = !doc.Front.NextUpdate.IsZero()
	for _, d := range []*content.Document{doc, c.inc.Index.Doc} {
		for _, t := range d.Tasks {
			dated = dated || !t.Due.IsZero()
		}
	}
	return solved, dated
}

// has says whether the page has a section with something in it.
func (c *inquiry) has(id domain.Section) bool {
	s := c.inc.Index.Doc.Section(id)
	return s != nil && !s.Body.Empty()
}

// cues returns words of which one always occurs where something is said in a
// language, given by its primary subtag; nil where it knows none.
type cues func(language string) []string

func apologies(language string) []string {
	switch language {
	case "en":
		return []string{"sorry", "apolog", "regret"}
	case "zh":
		return []string{"抱歉", "歉意", "致歉", "道歉", "对不起", "對不起", "对不住", "愧疚", "惭愧"}
	}
	return nil
}

func explanations(language string) []string {
	switch language {
	case "en":
		return []string{"because", "cause", "found", "happened", "investigat", "due to", "fault", "mistake", "wrong", "error"}
	case "zh":
		return []string{"原因", "因为", "由于", "发现", "查", "发生", "起因", "经过", "故障", "失误", "错", "核实"}
	}
	return nil
}

func proofs(language string) []string {
	switch language {
	case "en":
		return []string{"evidence", "proof", "report", "record", "document", "footage", "recording"}
	case "zh":
		return []string{"证据", "依据", "报告", "记录", "录像", "录音", "凭证", "文件", "公证"}
	}
	return nil
}

func reservations(language string) []string {
	switch language {
	case "en":
		return []string{"legal", "right", "court", "police", "lawyer", "law"}
	case "zh":
		return []string{"法律", "权利", "权益", "律师", "起诉", "报警", "诉讼", "公证", "法院", "依法"}
	}
	return nil
}

// mentions says whether a document has one of the words in its language.
func (c *inquiry) mentions(doc *content.Document, words cues) bool {
	text := strings.ToLower(string(doc.Source.Data))
	for _, word := range words(c.language(doc)) {
		if strings.Contains(text, word) {
			return true
		}
	}
	return false
}

// lacks says whether a document surely has none of the words.
func (c *inquiry) lacks(doc *content.Document, words cues) bool {
	return words(c.language(doc)) != nil && !c.mentions(doc, words)
}

func (c *inquiry) language(doc *content.Document) string {
	return message.Primary(c.site.LanguageOf(doc.Place))
}
