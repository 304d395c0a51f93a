package policy

import (
	"bytes"
	"regexp"
	"slices"
	"strings"

	"candor/generator/diag"
	"candor/generator/domain"
	"candor/generator/input/content"
	"candor/generator/message"
	"candor/generator/site/incident"
)

// responseElements finds a first response, published or being written, that lacks one of its
// elements (playbook §2): an apology if the organisation is at fault, an explanation, a solution
// with a time; and if it is not at fault, facts, evidence and the reservation of rights.
//
// It only reports what is surely missing. What the page says elsewhere counts, because a response
// and its page are read together; words are only looked for in languages that the rule knows.
func (c *incidentCheck) responseElements() {
	doc := c.response()
	if doc == nil || doc.Unread || c.inc.Index.Doc.Unread || !c.inc.Open() {
		return // the response to one that is over cannot be improved
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
func (c *incidentCheck) response() *content.Document {
	if came := c.inc.First.Came; came != nil {
		return came.Doc
	}
	for _, u := range c.inc.Hidden {
		if u.Kind == domain.KindResponse && c.inc.Withheld[u.Doc] != incident.Prepared {
			return u.Doc
		}
	}
	return nil
}

// clarification finds what is missing in a response to an attack.
func (c *incidentCheck) clarification(doc *content.Document, missing func(message, hint diag.Text)) {
	if !c.explains(doc) && !c.has(domain.SectionKnown) {
		missing(diag.Textf("this response states no facts"),
			diag.Textf("say what is true, here or in the page's sections {#what-happened} and {#known}"))
	}
	linked := func(d *content.Document) bool {
		return len(d.Links) > 0 || bytes.Contains(d.Source.Data, []byte("https://"))
	}
	shown := len(c.inc.Evidence) > 0 || linked(doc) || linked(c.inc.Index.Doc)
	if !shown && c.lacks(doc, proofs) && c.lacks(c.inc.Index.Doc, proofs) {
		missing(diag.Textf("this response shows no evidence"),
			diag.Textf("put documents beside index.md and link to them: [the test report](../report.pdf)"))
	}
	if c.lacks(doc, reservations) && c.lacks(c.inc.Index.Doc, reservations) {
		missing(diag.Textf("this response does not reserve the organisation's rights"),
			diag.Textf("say in a sentence which steps you take or reserve"))
	}
}

// explains reports whether readers learn what happened.
func (c *incidentCheck) explains(doc *content.Document) bool {
	return c.has(domain.SectionWhatHappened) || doc.Section(domain.GroupProblems) != nil ||
		doc.Section(domain.SectionWhatHappened) != nil || !c.lacks(doc, explanations)
}

// solves reports whether readers learn what is done, and by when: in the places that are made for it,
// or in a sentence.
func (c *incidentCheck) solves(doc *content.Document) (solved, dated bool) {
	solved = c.has(domain.SectionRemedy) || doc.Section(domain.GroupDoing) != nil ||
		doc.Section(domain.GroupNext) != nil || len(doc.Tasks) > 0
	dated = !doc.Front.NextUpdate.IsZero()
	for _, d := range []*content.Document{doc, c.inc.Index.Doc} {
		for _, t := range d.Tasks {
			dated = dated || !t.Due.IsZero()
		}
		offered, by := c.offers(d)
		solved, dated = solved || offered, dated || by
	}
	return solved, dated
}

// offers reports whether a sentence of a document says who gets what, and one of these by when.
func (c *incidentCheck) offers(doc *content.Document) (offered, dated bool) {
	for _, s := range sentence.Split(string(doc.Source.Data), -1) {
		if words, known := offers[message.Primary(c.site.LanguageOf(doc.Place))]; known && words.MatchString(s) {
			offered, dated = true, dated || when.MatchString(s)
		}
	}
	return offered, dated
}

var (
	// sentence is what ends one. A full stop between digits ends none.
	sentence = regexp.MustCompile(`[。！？；!?;\n]|\.(\s|$)`)

	// offers are words for what people get, by the primary subtag of their language.
	offers = map[string]*regexp.Regexp{
		"en": regexp.MustCompile(`(?i)\b(refund|replac|compensat|reimburs|money back|free of charge|voucher|repair|` +
			`we (will )?pay|pays? back|paid back|return it|take it back|exchange|rebook|credited?)`),
		"zh": regexp.MustCompile(`退款|退货|退还|退回|退票|赔付|赔偿|补偿|更换|换货|免费|召回|报销|垫付|补发|上门|维修|改签|全额退`),
	}

	// when is a day, a time of day, or a length of time.
	when = regexp.MustCompile(`(?i)[0-9]{1,2}:[0-9]{2}|[0-9] ?(个?工作日|小时|分钟|天|日|时|点|周|月)|` +
		`[0-9] (minute|hour|day|week|working day)|` +
		`\b(today|tonight|tomorrow|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b|` +
		`[0-9] (january|february|march|april|may|june|july|august|september|october|november|december)\b`)
)

// has reports whether the page has a section that is not empty.
func (c *incidentCheck) has(id domain.Section) bool {
	s := c.inc.Index.Doc.Section(id)
	return s != nil && !s.Body.Empty()
}

// cues are words, by the primary subtag of their language, at least one of which occurs in any text
// that has an element.
type cues map[string][]string

var (
	apologies = cues{
		"en": {"sorry", "apolog", "regret"},
		"zh": {"抱歉", "歉意", "致歉", "道歉", "对不起", "對不起", "对不住", "愧疚", "惭愧"},
	}
	explanations = cues{
		"en": {"because", "cause", "found", "happened", "investigat", "due to", "fault", "mistake", "wrong", "error"},
		"zh": {"原因", "因为", "由于", "发现", "查", "发生", "起因", "经过", "故障", "失误", "错", "核实"},
	}
	proofs = cues{
		"en": {"evidence", "proof", "report", "record", "document", "footage", "recording"},
		"zh": {"证据", "依据", "报告", "记录", "录像", "录音", "凭证", "文件", "公证"},
	}
	reservations = cues{
		"en": {"legal", "right", "court", "police", "lawyer", "law"},
		"zh": {"法律", "权利", "权益", "律师", "起诉", "报警", "诉讼", "公证", "法院", "依法"},
	}
)

// lacks reports whether a document surely has none of the words.
func (c *incidentCheck) lacks(doc *content.Document, words cues) bool {
	list, known := words[message.Primary(c.site.LanguageOf(doc.Place))]
	text := strings.ToLower(string(doc.Source.Data))
	return known && !slices.ContainsFunc(list, func(word string) bool { return strings.Contains(text, word) })
}
