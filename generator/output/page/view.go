package page

import "html/template"

// The structs in this file and in view_report.go are all that a theme's templates see. They have
// words, addresses and finished fragments: every state has been decided before a template runs.

// Base is what every page has. A layout gets a struct that embeds it.
type Base struct {
	Kind        string // the layout: home, progress, updates, faq, report, page, services, record or 404
	Lang        string // BCP 47 tag of the page's words
	Dir         string // "ltr" or "rtl"
	Title       string // the page's own title, without the site's
	TitleLang   string // language of Title if it is not the page's
	Description string // one or two sentences for search results and link previews; never empty
	Canonical   string // absolute address; empty if site.toml has no base_url
	NoIndex     bool   // drills and the error page stay out of search results
	Drill       bool   // the page belongs to a drill: said at its top and in its title
	Policy      string // the Content-Security-Policy of the page, by hash
	Live        *Time  // since when all on the page has held; nil if it has no script
	Site        Site
	Languages   []Link        // this page in the site's languages; empty if there is only one
	Alternates  []Link        // the translations of this page by absolute addresses, and x-default
	Bilingual   *Link         // the languages side by side; nil if there is nothing to compare
	Feed        string        // address of the updates for feed readers, of the incident or the site; empty without base_url
	Calendar    string        // likewise of the dates that were promised
	Data        template.HTML // an element that says to search engines what the page is; may be empty
	Fingerprint string        // of the ledger when something of the incident was last sealed; empty without a ledger
	History     string        // address of the page that says what was changed when; likewise
	Note        string        // that the text of the page is not translated; else empty
	AsOf        *Time         // when the newest fact on the page came to hold; nil on pages without any
	Version     string        // eight hexadecimal digits that change with the page's sources, or what home shows
}

// Site is what all pages of one language share.
type Site struct {
	Title        string
	Lang         string // language of Title if it is not the page's
	Organisation string
	Summary      string
	Home         string // address of the home page in this language
	Contacts     []Contact
	Press        []Contact
	Pages        []Link // the standing pages, by title
	Icons        []Icon
	Picture      string         // absolute address of the picture for link previews; empty if the site has none
	Paper        string         // the theme's property "paper", for the frame that browsers put around pages
	PaperDark    string         // the same of "paper-dark"; both are empty if the theme does not have them
	Params       map[string]any // [params] of site.toml over the theme's defaults
}

// Icon is a file of content/static that stands for the site in tabs and on home screens.
type Icon struct {
	Rel string // "icon" or "apple-touch-icon"
	URL string
}

// Link is a named address.
type Link struct {
	Title   string
	URL     string
	Lang    string // language of Title if it is not the page's
	Current bool
}

// Time is one instant in the site's zone, already in the page's language.
type Time struct {
	ISO   string // RFC 3339 with offset, for <time datetime>
	Full  string // with year and zone spelled out: "18:00 on 4 November 2026 (Beijing time)"
	Short string // without year and zone: "4 November, 18:00"
	Date  string // "4 November 2026"
	Day   string // "4 November"
	Clock string // "18:00"
}

// Contact is one way to reach the organisation.
type Contact struct {
	Label    string
	Value    string       // as the editor wrote it
	URL      template.URL // tel:, mailto: or https: address; empty for plain text
	Kind     string       // "phone", "mail", "web" or "text"
	Hours    string
	Response string // how soon an answer comes
	Lang     string // language of Label, Hours and Response if it is not the page's
}

// Brief is what other pages show of an incident: its strip, its entry on the home
// page, its line in the archive.
type Brief struct {
	Slug        string
	URL         string
	Title       string
	Summary     string
	Lang        string // language of Title if it is not the page's
	SummaryLang string // of Summary
	Level       int    // 1, 2 or 3
	LevelWord   string // "Level 1"
	LevelShort  string // "Level 1", beside LevelMeans
	LevelMeans  string // what its level means; empty once resolved
	Status      string // investigating, identified, monitoring or resolved; empty before the first update
	StatusWord  string
	Type        string // id of the type
	TypeWord    string
	Drill       bool
	Open        bool         // not resolved
	Day         string       // "Day 5", or how long it took once resolved: "Resolved after 12 days"
	Known       *Time        // when the organisation learned of it
	Resolved    *Time        // nil while open
	Year        string       // year of Known, for the archive
	NextUpdate  *Due         // or the first response; nil if nothing is due
	Maintenance *Maintenance // nil for an incident that nobody planned
	Services    []Service    // those that do not work now, or not well; without products
	Newest      *Entry       // nil before the first update
	FAQ         *Counted
	Report      *Counted
	Files       *Counted
	Updates     *Counted // all updates: the address of the newest archive page and their count
}

// Due is something promised for an instant.
type Due struct {
	Name   string // "Next update", "First response"
	At     Time
	Passed bool   // the instant has passed and it has not come
	Text   string // its state: "by 18:00 on 4 November 2026 (Beijing time)", "overdue since …"
	Live   *Live  `json:"-"` // follows from the rest
}

// Live is what the theme's script needs to show, by the reader's clock, how long
// there is left or how late something is. It is nil if nothing is due, if the site
// is frozen, and if the theme has no script.
type Live struct {
	Passed string // its state once its time has passed: "overdue since …"; empty if it has passed
	Late   string // "This update is {0} late", {0} being a length of time
	Again  string // the message when its time passes while the page is open; may be empty
}

// Counted is a link to a page with the number of things on it.
type Counted struct {
	URL   string
	Count int
	Text  string // the count with its noun: "8 questions"
}

// Entry is one line of a timeline.
type Entry struct {
	Name     string // the update's name, unique in its incident
	Anchor   string // the id of its block on pages
	URL      string // its permanent address: an updates page with an anchor
	Time     Time
	Kind     string // response, progress, correction, resolution or follow-up
	KindWord string
	Title    string
	Lang     string
}

// Update is one update in full.
type Update struct {
	Entry
	Meta        string // in one line: what it changes, how soon it came, who approved it
	Revised     *Time
	Note        string // that the update is not translated; else empty
	Lead        template.HTML
	LeadLang    string
	Said        []Said    // what it says of services and products, the worst first
	Groups      []Section // done, doing, problems, next, and any free ones; empty ones do not appear
	Corrects    []Entry   // what this update corrects
	Corrections []Correction
}

// Correction is a later update that corrects this one.
type Correction struct {
	Entry
	Body     template.HTML // the correction's lead: what was wrong, what is right
	BodyLang string
}

// Section is a heading and the text under it.
type Section struct {
	ID    string // well-known id or the heading's own
	Title string
	Lang  string // language of title and body
	Note  string // that this section is not translated; else empty
	AsOf  *Time  // when it was last true; nil if unknown
	Body  template.HTML
}

// Promise is one row of the record of promises.
type Promise struct {
	ID        string
	Text      template.HTML // inline
	Lang      string
	Due       Time
	Moved     *Time  // the newest later date that was named instead
	State     string // overdue, open, kept-late or kept
	StateWord string // "Overdue since 3 November, 12:00", "Kept, 2 h late"
	Made      *Entry // the update that made it; nil if it is under a measure
	Kept      *Entry // the update that kept it
	Late      string // "40 minutes late", of one that was kept late
	Live      *Live
}

// Evidence is one published file.
type Evidence struct {
	Title string
	Lang  string
	Name  string
	URL   string
	Size  string // "84 KB"
	Sum   string // SHA-256, hexadecimal
}

// Progress is the progress page.
type Progress struct {
	Base
	Incident     Brief
	Affected     string // who is affected, and how they can tell
	AffectedLang string
	Lead         template.HTML // the body before its first heading
	LeadLang     string
	Contacts     []Contact // the incident's own first, then the site's
	Call         *Contact  // the first of Contacts; nil if there are none
	Press        []Contact
	Speaker      string     // who speaks: name and role
	Approved     string     // who approved the page
	Response     string     // how soon the first response came, and its time limit
	Products     []Service  // products, lots and shops: whether each is affected
	HowToTell    *Section   // how-to-tell
	WhatToDo     *Section   // what-you-can-do
	Newest       *Update    // in full
	Facts        []Section  // what-happened, known, unknown
	Remedy       *Section   // what we do for those affected
	Promises     []Promise  // overdue first, then open by due time, kept late, kept
	Measures     []Section  // short-term, long-term
	Free         []Section  // free headings
	Timeline     []Day      // newest first: some in full, the rest as lines
	Older        *Link      // the newest archive page, if the timeline does not have everything
	Questions    []Question // the FAQ's questions, as links
	Figures      *Figures   // as set in site.toml or index.md
	Evidence     []Evidence
	Contents     []Link // for the contents list
	Shortcuts    []Link // what readers look for first, in a few words, with counts
	UpdateCount  int
}

// Day is what a timeline shows of one day.
type Day struct {
	Date  string // "4 November"
	ISO   string // "2026-11-04"
	Items []Item // newest first
}

// Item is one update in a timeline: in full, or as a line that links to it.
type Item struct {
	Update *Update
	Full   bool
	Here   bool // it is in full elsewhere on the page
}

// Question is one question of the FAQ.
type Question struct {
	ID      string
	Title   string
	URL     string
	Lang    string
	Note    string // that the answer is not translated; else empty
	Updated *Time
	Body    template.HTML // on the FAQ page
}

// Updates is one archive page of updates.
type Updates struct {
	Base
	Incident Link  // its progress page, with its state
	Number   int   // from 1, the oldest
	Days     []Day // newest first
	Older    *Link
	Newer    *Link
	Contacts []Contact
}

// FAQ is the page of questions and answers.
type FAQ struct {
	Base
	Incident  Brief
	Lead      template.HTML
	LeadLang  string
	Questions []Question
	Contacts  []Contact
}

// Report is the final report.
type Report struct {
	Base
	Incident  Brief
	Published *Time
	Speaker   string
	Approved  string
	Lead      template.HTML
	LeadLang  string
	Parts     []Part
	Contacts  []Contact
	Press     []Contact
	Evidence  []Evidence
}

// Part is a part of the report: the editor's text, and what was computed for it.
type Part struct {
	Section
	Number int
	Known  bool   // one of the six parts
	Facts  []Fact // overview: level, type, first response, length …

	Timeline []MomentDay // data: updates and outside events, oldest first
	Omitted  string      // data: how many of these are left out; empty if none
	Totals   []Fact      // data: of those affected
	Withheld string      // data: that some of Totals are left out, and why; empty if none
	Charts   []Chart     // data
	Marked   bool        // data: the charts have signs with the numbers of Timeline

	Record   []Promise   // assessment: what was promised before the report
	Changes  []Change    // assessment: gains and losses
	Recovery []Indicator // assessment: signs of recovery
	Failure  []Indicator // assessment: signs of failure

	Promises []Promise // timetable: what the report itself promises, and what was promised since
	Steps    []Step    // timetable: the follow-ups
}

// Fact is a name and a value of a summary list.
type Fact struct {
	Name  string
	Value string
	Time  *Time // if the value is an instant
}

// Standing is a standing page, such as /about/.
type Standing struct {
	Base
	Body     template.HTML
	Revised  *Time
	Contacts []Contact
}

// Year is the closed incidents of one year.
type Year struct {
	Year      string
	Incidents []Brief
}

// Home is the home page.
type Home struct {
	Base
	Open        []Brief
	Condition   string         // the worst of the services, without products
	Services    []ServiceGroup // empty if the site has none
	Maintenance []Brief        // announced or under way, soonest first
	Archive     []Year
}

// NotFound is the error page: the open incidents and the contacts.
type NotFound struct {
	Base
	Others []Elsewhere // the site's other languages: a server knows one such page
	Open   []Brief
}

// Elsewhere is the error page's message in another language, and where to go.
type Elsewhere struct {
	Lang  string
	Dir   string
	Title string
	Home  Link
}

// Bilingual is a page with the languages side by side.
type Bilingual struct {
	Base
	Incident Brief // its URL is that of the page whose text this is
	Contacts []Contact
	Columns  []Column
	Choice   bool // there are more than two: the reader chooses which to see
	Rows     []Row
	Pages    []Link // all bilingual pages of the incident; empty if this is the only one
	Older    *Link  // the newest archive page, if there are more updates
}

// Column is a language of a bilingual page.
type Column struct {
	Number int // from 0, the original
	Lang   string
	Dir    string
	Name   string // in the language itself
	Shown  bool   // before the reader chooses
}

// Row is a title, a heading or a block in all languages.
type Row struct {
	Kind  string // title, text (of front matter), section, update, group or block
	ID    string // of sections and updates, as on the page
	Cells []Cell // one for each column
}

// Cell is the part of a row in one language: Text, or Body in a block, or a Note that
// it is missing. All three are empty below a title or a heading with such a Note.
type Cell struct {
	Number   int
	Lang     string
	Dir      string
	Text     string
	Body     template.HTML
	Note     string
	Time     *Time // of an update
	KindWord string
}
