package generator

import (
	"slices"
	"strings"
	"time"

	"candor/generator/check/policy"
	"candor/generator/diag"
	"candor/generator/fileset"
	"candor/generator/input/content"
	"candor/generator/output/page"
	"candor/generator/site/incident"
)

// unit is one incident on its way through the build. Most incidents link only to
// themselves: they are parsed, assembled, checked and rendered in one go, and
// what they needed is let go of before the next one begins. One that links to
// other incidents or pages waits until all are assembled.
//
// A finished unit is not changed any more: while its files, the site, the theme
// and what it links to are the same, and none of its times has come, the next
// build takes it as it is.
type unit struct {
	slug   string
	folder string      // "incidents/<slug>"
	files  fileset.Set // empty in a build that keeps nothing
	pieces []*piece    // of the files; nil once they are let go of
	before *unit       // the last build's, of other files or another time; nil once finished

	gone, fresh []*piece // in what pieces and those of before differ; nil once finished

	source  incident.Source
	inc     *incident.Incident // nil where there is no index
	clock   *incident.Clock
	targets *page.Targets
	visible bool
	appears time.Time // when a scheduled incident becomes visible; zero for all others

	from    time.Time // the instant since which all of this holds
	changes time.Time // when its pages will be others by themselves; zero for never
	turns   time.Time // when its rules will find something else by themselves; likewise

	waits    bool
	outward  []*content.Document // of a waiting one: its texts, with the links alone that leave it
	outcome  string              // where they led
	finished bool

	found     diag.List
	routes    *page.Routes
	common    policy.Circumstance // of its documents, but for why one is withheld
	printed   rendered
	summaries []*page.Summary // by language
	edition   edition
	owed      []incident.Owed
}

// edition is the pages of an incident as they were made last: by this build, or
// before there were errors that stop it.
type edition struct {
	planned *page.Planned // nil for none
	printed rendered      // without evidence
}

// newUnit takes an incident over from the last build, or sorts its files.
func newUnit(b *build, folder string, files fileset.Set) *unit {
	var before *unit
	if b.sameSite() {
		before = b.last.byName[folder]
	}
	if before != nil && b.samePlan() && before.holds(b.at) && fileset.Same(before.files, files) {
		return before
	}
	return freshUnit(b, folder, files, before)
}

// freshUnit sorts the files of an incident. What before has of the same files is
// taken over.
func freshUnit(b *build, folder string, files fileset.Set, before *unit) *unit {
	u := &unit{folder: folder, slug: folder[strings.IndexByte(folder, '/')+1:], before: before}
	u.pieces, u.gone, u.fresh = pieces(b, files, before)
	if !b.once {
		u.files = files
		if 2*files.Len() < b.in.Content.Len() {
			u.files = files.Clone() // else it would keep the whole set of today
		}
	}
	return u
}

// holds says whether a finished unit is right at an instant. Of instants before
// that of its own build nothing is known.
func (u *unit) holds(at time.Time) bool {
	until := sooner(u.changes, u.turns)
	return u.finished && !at.Before(u.from) && (until.IsZero() || at.Before(until))
}

// again makes a finished unit anew, up to where it waited: what it links to is not
// what it was.
func (u *unit) again(b *build) *unit {
	next := freshUnit(b, u.folder, u.files, u)
	next.parse(b)
	next.assemble(b)
	next.waits, next.outward = true, u.outward
	return next
}

// parse reads the incident's files and sorts them into its Source.
func (u *unit) parse(b *build) {
	if slices.ContainsFunc(u.pieces, func(p *piece) bool { return p.place.Kind != content.Stray }) {
		u.sort(b)
	}
	for _, p := range u.pieces {
		switch {
		case p.place.Kind == content.Data && !b.linksAlone:
			t := p.figures(b.site)
			u.found = append(u.found, t.Found...)
			u.source.Data.Add(t)
		case p.place.Kind == content.Evidence:
			u.source.Evidence = append(u.source.Evidence, p.file)
		case p.place.Kind == content.Stray && !b.site.Unread:
			u.found = append(u.found, content.StrayFinding(p.file.Path))
		case p.faulty:
			u.found = append(u.found, p.doc.Findings...)
		}
	}
}

// sort sorts the texts into the Source, or changes what before has sorted.
func (u *unit) sort(b *build) {
	u.source = incident.NewSource(u.pieces[0].place)
	if u.before != nil && u.before.source.Folder != "" {
		u.source = u.before.source.Fork(readings(b.site, u.gone, u.fresh))
		u.source.Evidence, u.source.Data = nil, incident.Data{}
		for _, r := range readings(b.site, u.gone) {
			u.source.Drop(r)
		}
	}
	for _, r := range readings(b.site, u.fresh) {
		u.source.Add(r)
	}
}

// assemble derives the incident at the build's instant.
func (u *unit) assemble(b *build) {
	u.from = b.at
	if u.source.Folder == "" {
		return
	}
	u.clock = incident.NewClock(b.at)
	var before *incident.Incident
	if u.before != nil && !b.at.Before(u.before.from) {
		before = u.before.inc
	}
	inc, found := incident.AssembleAgain(b.site, u.source, u.clock, before)
	u.inc, u.found = inc, append(u.found, found...)
	u.visible = inc != nil && inc.Visible
	if inc != nil && inc.Withheld[inc.Index.Doc] == incident.Scheduled {
		u.appears = inc.Known
	}
	u.changes = u.clock.Next()
	u.targets = b.addresses.IncidentTargets(u.source, inc)
	if inc != nil {
		u.owed = inc.Owed()
	}
}

// leaves says whether any document links to something outside of the incident,
// and keeps those links.
func (u *unit) leaves(links *page.Links) bool {
	for _, p := range u.pieces {
		if p.reading == nil {
			continue
		}
		if out := p.outwardLinks(links); out != nil {
			u.outward = append(u.outward, out)
		}
	}
	return u.outward != nil
}

// finish checks and renders the incident.
func (u *unit) finish(b *build, links *page.Links, worker int) {
	steady := u.follow(b, links)
	u.check(links, steady)
	u.judge(b)
	if u.before != nil && b.samePlan() {
		u.edition = u.before.edition
	}
	if u.visible && b.planners != nil && !u.found.Apply(b.site.Rules).HasErrors() {
		u.render(b, links, worker)
	}
	u.finished, u.before, u.gone, u.fresh = true, nil, nil, nil
	if !u.stays(b) {
		u.letGo(b)
	}
}

// follow follows the links of the incident, and says whether those that were
// there before lead where they led.
func (u *unit) follow(b *build, links *page.Links) (steady bool) {
	if !u.stays(b) {
		return false
	}
	if u.before != nil && u.before.routes != nil {
		u.routes = links.RoutesWith(u.before.routes, documents(u.fresh))
		steady = u.routes != nil
	}
	if !steady {
		u.routes = links.Routes(documents(u.pieces))
	}
	return steady
}

// check finds links that lead nowhere.
func (u *unit) check(links *page.Links, steady bool) {
	for _, p := range u.pieces {
		if p.reading != nil {
			u.found = append(u.found, p.check(links, u.withheld(p) == "", steady)...)
		}
	}
}

// judge applies the rules, to each document and to the incident.
func (u *unit) judge(b *build) {
	if u.inc != nil {
		u.common.Stance, u.common.Contacts = u.inc.Front.Stance, u.inc.Contacts
	}
	steady := u.before != nil && u.before.finished && u.before.common.Same(u.common)
	var excused []*content.Document
	for _, p := range u.pieces {
		if p.place.Kind == content.Data && p.place.Name == "timeline.csv" && u.inc != nil {
			c := u.common
			c.Withheld = u.inc.Withheld[u.inc.Index.Doc]
			u.found = append(u.found, p.judgeEvents(b.judge, c, steady)...)
		}
		if p.reading == nil {
			continue
		}
		c := u.common
		c.Withheld = u.withheld(p)
		u.found = append(u.found, p.judge(b.judge, c, steady)...)
		if p.excuses {
			excused = append(excused, p.doc)
		}
	}
	if u.inc != nil {
		clock := incident.NewClock(b.at) // of its own: readers are not told that an editor was warned
		u.found = append(u.found, b.judge.Incident(u.inc, clock)...)
		u.turns = clock.Next()
	}
	u.found = append(u.found, b.judgeTranslations(u.pieces, func(original *piece) bool {
		reason := u.withheld(original)
		return reason == "" || reason == incident.Scheduled
	})...)
	u.found = policy.Suppress(u.found, excused, b.site.Rules)
}

// withheld says why a text is not published; it is empty where it is. A
// translation goes out with its original.
func (u *unit) withheld(p *piece) incident.Reason {
	switch {
	case u.source.Scenario:
		return incident.Prepared
	case u.inc == nil || p.draft:
		return incident.Draft
	case len(u.inc.Withheld) == 0:
		return ""
	case p.place.Lang != "":
		return u.inc.Withheld[u.source.Original(p.place)]
	}
	return u.inc.Withheld[p.doc]
}

// render makes the pages of the incident.
func (u *unit) render(b *build, links *page.Links, worker int) {
	pages, summaries, planned := page.Incident(b.planners, u.inc, links, u.clock.Last(), u.routes, u.edition.planned)
	u.printed, u.summaries = b.presses[worker].print(pages, u.edition.printed), summaries
	u.edition = edition{planned, u.printed}
	for _, e := range u.inc.Evidence {
		f := e.File
		f.Path = page.EvidencePath(u.inc.Slug, e.Name)
		u.printed.files = append(u.printed.files, f)
	}
}

// stays says whether the documents are kept for the next build.
func (u *unit) stays(b *build) bool { return !b.once && (b.samePlan() || u.large()) }

// large says whether reading all of the incident again would take an editor's
// time.
func (u *unit) large() bool { return u.files.Len() > 64 }

// letGo forgets what only another rendering of the incident would need. Where
// others ask what they can link to here, the files are read again.
func (u *unit) letGo(b *build) {
	switch {
	case u.targets == nil:
	case b.once && !u.waits:
		u.targets.Index()
	case b.once: // they are indexed, and others are looking
	default:
		files, site, at, tags, addresses := u.files, b.site, u.from, b.tags, b.addresses
		u.targets = u.targets.Later(func() *page.Targets {
			again := &build{site: site, at: at, tags: tags, addresses: addresses, linksAlone: true}
			other := freshUnit(again, u.folder, files, nil)
			other.parse(again)
			other.assemble(again)
			return other.targets
		})
	}
	u.pieces, u.source, u.inc, u.clock = nil, incident.Source{}, nil, nil
	u.routes, u.edition = nil, edition{}
}
