package generator

import (
	"slices"
	"strings"
	"time"

	"candor/generator/content"
	"candor/generator/diag"
	"candor/generator/fileset"
	"candor/generator/incident"
	"candor/generator/page"
	"candor/generator/policy"
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
	pieces []*piece    // nil once they are let go of
	before *unit       // the last build's, of other files or another time

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
	printed   rendered
	summaries []*page.Summary // by language
	owed      []incident.Owed
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
	if !b.once { // a copy, which does not keep the whole set of today
		u.files = fileset.Sorted(slices.Collect(files.All()))
	}
	for _, p := range pieces(b, files, before) {
		switch {
		case p.place.Kind != content.Stray:
			u.pieces = append(u.pieces, p)
		case !b.site.Unread:
			u.found = append(u.found, content.StrayFinding(p.file.Path))
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
	if len(u.pieces) == 0 {
		return
	}
	u.source = incident.NewSource(u.pieces[0].place)
	for _, p := range u.pieces {
		switch p.place.Kind {
		case content.Data:
			if b.linksAlone {
				continue
			}
			t := p.figures(b.site)
			u.found = append(u.found, t.Found...)
			u.source.Data.Add(t)
		case content.Evidence:
			u.source.Evidence = append(u.source.Evidence, p.file)
		default:
			r := p.read(b.site)
			u.found = append(u.found, r.Doc.Findings...)
			u.source.Add(r)
		}
	}
}

// assemble derives the incident at the build's instant.
func (u *unit) assemble(b *build) {
	u.from = b.at
	if len(u.pieces) == 0 {
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
	u.check(b, links)
	if u.visible && b.planners != nil && !u.found.Apply(b.site.Rules).HasErrors() {
		pages, summaries := page.Incident(b.planners, u.inc, links, u.clock.Last())
		var before rendered
		if u.before != nil && b.samePlan() {
			before = u.before.printed
		}
		u.printed, u.summaries = b.presses[worker].print(pages, before), summaries
		for _, e := range u.inc.Evidence {
			f := e.File
			f.Path = page.EvidencePath(u.inc.Slug, e.Name)
			u.printed.files = append(u.printed.files, f)
		}
	}
	u.finished, u.before = true, nil
	if b.once || !b.samePlan() && !u.large() {
		u.letGo(b)
	}
}

// check finds links that lead nowhere and applies the rules. A translation goes
// out with its original.
func (u *unit) check(b *build, links *page.Links) {
	originals := map[string]*content.Document{}
	for _, p := range u.pieces {
		if p.reading != nil && p.place.Lang != "" {
			originals = u.originals()
			break
		}
	}
	var excused []*content.Document
	common := policy.Circumstance{}
	if u.inc != nil {
		common.Stance, common.Contacts = u.inc.Front.Stance, u.inc.Contacts
	}
	for _, p := range u.pieces {
		if p.place.Kind == content.Data && p.place.Name == "timeline.csv" && u.inc != nil {
			c := common
			c.Withheld = u.inc.Withheld[u.inc.Index.Doc]
			u.found = append(u.found, p.judgeEvents(b.judge, c)...)
		}
		if p.reading == nil {
			continue
		}
		doc := p.reading.Doc
		original := doc
		if lang := p.place.Lang; lang != "" {
			original = originals[strings.TrimSuffix(doc.Source.Path, "."+lang+".md")+".md"]
		}
		c := common
		c.Withheld = u.reason(doc, original)
		u.found = append(u.found, links.Check(doc, c.Withheld == "")...)
		u.found = append(u.found, p.judge(b.judge, c)...)
		if doc.Allowed != nil {
			excused = append(excused, doc)
		}
	}
	if u.inc != nil {
		clock := incident.NewClock(b.at) // of its own: readers are not told that an editor was warned
		u.found = append(u.found, b.judge.Incident(u.inc, clock)...)
		u.turns = clock.Next()
	}
	u.found = append(u.found, b.judgeTranslations(u.pieces, func(original *content.Document) bool {
		reason := u.reason(original, original)
		return reason == "" || reason == incident.Scheduled
	})...)
	u.found = policy.Suppress(u.found, excused, b.site.Rules)
}

// reason says why a document is not published.
func (u *unit) reason(doc, original *content.Document) incident.Reason {
	switch {
	case u.source.Scenario:
		return incident.Prepared
	case u.inc == nil || doc.Front.Draft:
		return incident.Draft
	}
	return u.inc.Withheld[original]
}

// originals are the documents in the default language, by path.
func (u *unit) originals() map[string]*content.Document {
	originals := make(map[string]*content.Document, len(u.pieces))
	for _, p := range u.pieces {
		if p.reading != nil && p.place.Lang == "" {
			originals[p.file.Path] = p.reading.Doc
		}
	}
	return originals
}

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
	u.printed.keys = nil
}
