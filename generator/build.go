package generator

import (
	"cmp"
	"path"
	"slices"
	"strings"
	"time"

	"candor/generator/check/lexicon"
	"candor/generator/check/policy"
	"candor/generator/diag"
	"candor/generator/fileset"
	"candor/generator/input/content"
	"candor/generator/input/tomldoc"
	"candor/generator/output/feed"
	"candor/generator/output/page"
	"candor/generator/output/theme"
	"candor/generator/site/config"
	"candor/generator/site/incident"
)

// build is the state of one Build, filled step by step. Each step keeps what it
// found and made apart from the others', so that the next build can take it over
// where the step's input is the same.
type build struct {
	in   Input
	once bool // nothing is kept for another build

	linksAlone bool // an incident is read for what can be linked to, and not for its figures

	last *build // the one before; nil where there is none

	siteKey    siteKey
	site       *config.Site
	siteFound  diag.List
	judge      *policy.Judge
	judgeFound diag.List // in what it was made of
	at         time.Time
	addresses  page.Addresses
	tags       []string // the languages that file names may carry
	themeFiles fileset.Set
	theme      *theme.Theme // nil where it cannot render
	themeFound diag.List

	found    diag.List // about the site as a whole; worked out anew each time
	pages    []*piece  // the standing ones, with their translations
	units    []*unit   // in the order of their folders
	byName   map[string]*unit
	planners []*page.Planner // by language, the default one first
	presses  []*press

	standing  *page.Targets
	stood     standing
	summaries [][]*page.Summary // of each visible incident, by language
	shared    rendered
	listed    []*feed.Entries // of the sitemap
	sitemap   []fileset.File
	recent    []*unit // whose documents are kept, the newest first

	owed       [][]incident.Owed // of each incident that owes anything
	owedSorted []incident.Owed
	made       [][]fileset.File // what output is made of, by step and incident
	output     fileset.Set
	doubles    diag.List // in made
}

// siteKey is what the site's settings are made of.
type siteKey struct {
	there          bool
	sum, words     fileset.Sum
	theme, baseURL string
}

// readSite reads site.toml and settles the instant.
func (b *build) readSite() {
	file, ok := b.in.Content.Get("site.toml")
	words, _ := b.in.Content.Get(content.WordsFile)
	b.siteKey = siteKey{ok, file.Sum, words.Sum, b.in.Theme, b.in.BaseURL}
	switch {
	case b.last != nil && b.last.siteKey == b.siteKey:
		b.site, b.siteFound = b.last.site, b.last.siteFound
	case !ok:
		b.site = config.Default()
		b.site.Unread = true
		b.siteFound = diag.List{diag.Source{Path: "site.toml"}.Whole("missing-file", diag.Textf("there is no site.toml"),
			diag.Textf("name the content folder with --content, or make a new site with: candor new site DIR"))}
	default:
		b.site, b.siteFound = config.Read(file, b.in.Zones)
	}
	b.site.Theme = cmp.Or(b.in.Theme, b.site.Theme)
	b.site.BaseURL = cmp.Or(b.in.BaseURL, b.site.BaseURL)
	b.at = b.in.At(b.site)
	b.addresses, b.tags = page.NewAddresses(b.site), b.site.Tags()
}

// sameSite says whether the settings are those of the last build.
func (b *build) sameSite() bool { return b.last != nil && b.last.site == b.site }

// loadRules makes the judge of the site, with its own word lists.
func (b *build) loadRules() {
	if b.sameSite() {
		b.judge, b.judgeFound = b.last.judge, b.last.judgeFound
		return
	}
	lists := lexicon.Default()
	if f, ok := b.in.Content.Get(content.WordsFile); ok {
		lists, b.judgeFound = lexicon.Parse(diag.Source{Path: f.Path, Data: content.Normalise(f.Data)}, lists)
	}
	b.judge = policy.New(b.site, lists)
	b.judgeFound = append(b.judgeFound, b.judge.Site()...)
}

// loadTheme finds the theme among all themes and loads it.
func (b *build) loadTheme() {
	b.themeFiles = b.in.Themes.Under(b.site.Theme)
	if b.sameSite() && fileset.Same(b.last.themeFiles, b.themeFiles) {
		b.theme, b.themeFound, b.presses = b.last.theme, b.last.themeFound, b.last.presses
		return
	}
	prefix := b.site.Theme + "/"
	var files []fileset.File
	for f := range b.themeFiles.All() {
		f.Path = strings.TrimPrefix(f.Path, prefix)
		files = append(files, f)
	}
	if len(files) == 0 {
		b.themeFound = diag.List{b.noTheme()}
		return
	}
	b.theme, b.themeFound = theme.Load(fileset.Must(files), path.Join("themes", b.site.Theme), b.site)
	if b.theme == nil {
		return
	}
	b.presses = make([]*press, workers())
	for i := range b.presses {
		b.presses[i] = &press{theme: b.theme, renderers: map[string]*theme.Renderer{}}
	}
}

// noTheme says that the theme does not exist, where it was named.
func (b *build) noTheme() diag.Diagnostic {
	var names []string
	for f := range b.in.Themes.All() {
		name, _, inFolder := strings.Cut(f.Path, "/")
		if inFolder && (len(names) == 0 || names[len(names)-1] != name) {
			names = append(names, name)
		}
	}
	message := diag.Textf("there is no theme \"%s\"", b.site.Theme)
	hint := diag.Textf("one of: %s; or make the folder themes/%s beside the content", strings.Join(names, ", "), b.site.Theme)
	if near := tomldoc.Nearest(b.site.Theme, names); near != "" {
		hint = diag.Textf("did you mean \"%s\"?", near)
	}
	if b.in.Theme != "" {
		return diag.Source{Path: path.Join("themes", b.site.Theme)}.Whole("bad-value", message, hint)
	}
	return b.site.AtKey("theme", "bad-value", message, hint)
}

// sortPages finds the standing pages, and reports what belongs to nothing.
func (b *build) sortPages() {
	for f := range b.in.Content.All() {
		if inIncident(f.Path) {
			continue
		}
		switch place := content.Locate(f.Path, b.tags); place.Kind {
		case content.Site, content.Words:
		case content.Page:
			b.pages = append(b.pages, b.pagePiece(f, place))
		default:
			b.stray(f.Path)
		}
	}
}

// sortIncidents puts the files of incidents and scenarios to their units.
func (b *build) sortIncidents() {
	for _, root := range []string{"incidents", "scenarios"} {
		for folder, files := range b.in.Content.Children(root) {
			b.units = append(b.units, newUnit(b, folder, files))
		}
	}
	if b.once {
		b.in.Content = fileset.Set{} // each unit lets go of its own files
	}
}

// inIncident says whether a file stands in the folder of an incident or scenario.
func inIncident(path string) bool {
	rest, ok := strings.CutPrefix(path, "incidents/")
	if !ok {
		rest, ok = strings.CutPrefix(path, "scenarios/")
	}
	return ok && strings.Contains(rest, "/")
}

// stray reports a file that belongs to nothing, unless it may be a translation
// into a language that nobody could read of.
func (b *build) stray(path string) {
	if !b.site.Unread {
		b.found = append(b.found, content.StrayFinding(path))
	}
}

// pagePiece takes a standing page over from the last build where it is the same.
func (b *build) pagePiece(f fileset.File, place content.Place) *piece {
	if b.last != nil {
		for _, p := range b.last.pages {
			if p.file.Path == f.Path && p.file.Sum == f.Sum && p.place == place {
				return p
			}
		}
	}
	return &piece{file: f, place: place}
}

// parsePages reads the standing pages.
func (b *build) parsePages() {
	for _, p := range b.pages {
		b.found = append(b.found, p.parse().Findings...)
	}
	b.standing = b.addresses.PageTargets(b.originals())
}

// originals are the standing pages in the default language.
func (b *build) originals() []*content.Document {
	var docs []*content.Document
	for _, p := range b.pages {
		if p.place.Lang == "" {
			docs = append(docs, p.parse())
		}
	}
	return docs
}

// standingTexts are the standing pages with their translations.
func (b *build) standingTexts() []incident.Texts {
	docs := b.originals()
	texts := make([]incident.Texts, len(docs))
	for i, doc := range docs {
		texts[i].Doc = doc
		for _, p := range b.pages {
			if p.place.Lang != "" && p.place.Name == doc.Place.Name && !p.parse().Front.Draft {
				if texts[i].Translations == nil {
					texts[i].Translations = map[string]*content.Document{}
				}
				texts[i].Translations[p.place.Lang] = p.parse()
			}
		}
	}
	return texts
}

// plan prepares what all pages share; there is no planner where there are no pages.
func (b *build) plan() {
	switch {
	case b.theme == nil || b.in.Check:
	case b.sameSite() && b.last.theme == b.theme && b.last.frozen() == b.frozen() && slices.Equal(b.last.pages, b.pages):
		b.planners = b.last.planners
	default:
		pages := b.standingTexts()
		for _, l := range b.site.Languages {
			b.planners = append(b.planners, page.NewPlanner(b.site, b.theme, l.Tag, pages, b.frozen()))
		}
	}
}

// samePlan says whether everything that all pages share is as in the last build.
func (b *build) samePlan() bool {
	return b.last != nil && b.planners != nil && slices.Equal(b.last.planners, b.planners)
}

// parseIncidents reads the incidents for what is wrong in single files.
func (b *build) parseIncidents() {
	parallel(len(b.units), func(_, i int) { b.units[i].parse(b) })
}

// takeIncidents takes every incident as far as it gets by itself.
func (b *build) takeIncidents() {
	var fresh []*unit
	for _, u := range b.units {
		if !u.finished {
			fresh = append(fresh, u)
		}
	}
	if len(fresh) < workers() { // one incident keeps one processor busy, and an editor waits for it
		for _, u := range fresh {
			parallel(len(u.fresh), func(_, i int) { readings(b.site, u.fresh[i:i+1]) })
		}
	}
	parallel(len(fresh), func(worker, i int) {
		u := fresh[i]
		u.parse(b)
		u.assemble(b)
		links := page.NewLinks(b.addresses, b.tags, u.targets, nil)
		switch u.waits = u.leaves(links); {
		case !u.waits:
			u.finish(b, links, worker)
		case b.once && u.targets != nil:
			u.targets.Index()
		}
	})
}

// takeWaiting finishes the incidents that link to something outside of them, and
// the standing pages.
func (b *build) takeWaiting() {
	all := make([]*page.Targets, 0, len(b.units)+1)
	for _, u := range b.units {
		if u.targets != nil {
			all = append(all, u.targets)
		}
	}
	links := page.NewLinks(b.addresses, b.tags, b.standing, append(all, b.standing))
	var waiting []int
	for i, u := range b.units {
		if !u.waits {
			continue
		}
		links := links.For(u.targets)
		outcome := links.Outcome(u.outward)
		if u.finished && u.outcome == outcome {
			continue
		}
		if u.finished { // what it links to is not what it was
			u = u.again(b)
			b.units[i] = u
		}
		u.outcome = outcome
		waiting = append(waiting, i)
	}
	parallel(len(waiting), func(worker, i int) {
		u := b.units[waiting[i]]
		u.finish(b, links.For(u.targets), worker)
	})
	b.takeStanding(links)
}

// checkAddresses reports what would be published at an address that something
// else has, or that some disks cannot tell from it.
func (b *build) checkAddresses() {
	taken := map[string]string{"404.html": "404.html", "index.html": "index.html", "sitemap.xml": "sitemap.xml"}
	for _, tag := range b.tags {
		taken[strings.ToLower(tag)] = "[languages." + tag + "]"
	}
	for _, u := range b.units {
		if !u.visible {
			continue
		}
		name := strings.ToLower(u.slug)
		if other, ok := taken[name]; ok {
			b.found = append(b.found, diag.Source{Path: u.folder}.Whole("duplicate-id", diag.Textf("\"%s\" has the address of this incident", other), diag.Textf("rename the incident's folder")))
		}
		taken[name] = u.folder
	}
	for _, doc := range b.originals() {
		if doc.Front.Draft {
			continue
		}
		name := strings.ToLower(doc.Place.Name)
		if other, ok := taken[name]; ok {
			b.found = append(b.found, doc.Source.Whole("duplicate-id", diag.Textf("\"%s\" has the address of this page", other), diag.Textf("rename the page")))
		}
		taken[name] = doc.Source.Path
	}
}

// frozen says whether the site stands at an instant that does not move.
func (b *build) frozen() bool { return !b.site.At.IsZero() || !b.in.Instant.IsZero() }

// nextChanges returns the first instants after the build's at which a page
// changes by itself, and at which a rule finds something else; a frozen site never
// does.
func (b *build) nextChanges() (change, finding time.Time) {
	if b.frozen() {
		return change, finding
	}
	for _, u := range b.units {
		finding = sooner(finding, u.turns)
		if u.visible {
			change = sooner(change, u.changes)
		} else {
			change = sooner(change, u.appears)
		}
	}
	return change, finding
}

// sooner returns the earlier of two instants, of which a zero one is none.
func sooner(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}
