package generator

import (
	"cmp"
	"path"
	"slices"
	"strings"
	"sync"
	"time"

	"candor/generator/author/channel"
	"candor/generator/author/copies"
	"candor/generator/check"
	"candor/generator/diag"
	"candor/generator/domain"
	"candor/generator/fileset"
	"candor/generator/input/content"
	"candor/generator/input/ledger"
	"candor/generator/input/tomldoc"
	"candor/generator/output"
	"candor/generator/output/theme"
	"candor/generator/site"
	"candor/generator/site/config"
	"candor/generator/site/incident"
)

// build is the state of one Build, filled step by step.
type build struct {
	in   Input
	memo *memory
	once bool // no build after this one remembers anything of it

	// readSettings
	settings *config.Site
	at       time.Time
	frozen   bool

	// sortFiles, parse
	pageFiles []fileset.File
	static    []fileset.File // by their places in the site
	pageDocs  []*content.Document
	folders   []*folder // of incidents, then of scenarios, in the order of their names

	// prepare
	frame  *frame
	ledger *ledger.Ledger // nil if the site has none

	// assemble, link
	model     *site.Site
	resolver  *site.Resolver
	pageLinks site.Links

	// checkAndRender, renderSite
	copies copies.Result
	shared []output.Part

	found diag.List // about the site as a whole
	turns time.Time // when something else may be found about the settings; zero for never

	mu     sync.Mutex
	faults diag.List // of Candor
}

// settings is what site.toml and the flags say.
type settings struct {
	site  *config.Site
	found diag.List
}

type settingsKey struct {
	there          bool
	sum            fileset.Sum
	theme, baseURL string
}

// unread are the settings of a site whose site.toml could not be read.
func unread() *config.Site {
	s := config.Default()
	s.Unread = true
	return s
}

// readSettings reads site.toml and settles the instant.
func (b *build) readSettings() {
	file, there := b.in.Content.Get(domain.FileSite)
	s := b.memo.settings.of(settingsKey{there, file.Sum, b.in.Theme, b.in.BaseURL}, func() *settings {
		s := &settings{site: unread()}
		if there {
			s.site, s.found = config.Read(file, b.in.Zones)
		} else {
			s.found = diag.List{diag.Source{Path: domain.FileSite}.Whole("missing-file", diag.Textf("there is no site.toml"),
				diag.Textf("name the content folder with --content, or create a site with: candor new site DIR"))}
		}
		s.site.Theme = cmp.Or(b.in.Theme, s.site.Theme)
		s.site.BaseURL = cmp.Or(b.in.BaseURL, s.site.BaseURL)
		return s
	})
	b.settings, b.found = s.site, slices.Clone(s.found)
	b.at = b.in.At(b.settings)
	b.frozen = !b.settings.At.IsZero() || !b.in.Instant.IsZero()
}

// sortFiles finds what each file is for, and reports those that are for nothing.
func (b *build) sortFiles() {
	for f := range b.in.Content.All() {
		if inFolder(f.Path) {
			continue
		}
		if name, ok := strings.CutPrefix(f.Path, domain.FolderStatic+"/"); ok {
			f.Path = name
			b.static = append(b.static, f)
			continue
		}
		switch content.Locate(f.Path, b.settings.Tags()).Kind {
		case content.Site, content.Words, content.Channels, content.Archetype, content.Ledger:
		case content.Page:
			b.pageFiles = append(b.pageFiles, f)
		default:
			b.stray(f.Path)
		}
	}
	for _, root := range []string{domain.FolderIncidents, domain.FolderScenarios} {
		for name, files := range b.in.Content.Children(root) {
			b.folders = append(b.folders, &folder{path: name, set: files, finished: &finished{}})
		}
	}
}

// inFolder reports whether a file is in the folder of an incident or scenario.
func inFolder(path string) bool {
	rest, ok := strings.CutPrefix(path, domain.FolderIncidents+"/")
	if !ok {
		rest, ok = strings.CutPrefix(path, domain.FolderScenarios+"/")
	}
	return ok && strings.Contains(rest, "/")
}

// stray reports a file that belongs to nothing, unless it may be a translation
// into a language that nobody could read of.
func (b *build) stray(path string) {
	if !b.settings.Unread {
		b.found = append(b.found, content.StrayFinding(path))
	}
}

// frame is what all incidents depend on besides their own files.
type frame struct {
	model   *site.Frame
	check   *check.Checker
	copies  *copies.Maker
	found   diag.List       // about the channels
	outputs []output.Output // none if no files are to be made, or the theme cannot render
}

// frameKey says when a frame is the same. Pages are the files of the standing pages.
type frameKey struct {
	settings *config.Site
	checker  *checker
	theme    *loadedTheme
	pages    fileset.Sum
	static   fileset.Sum
	channels fileset.Sum
	frozen   bool
}

// prepare makes the frame.
func (b *build) prepare() {
	c, t := b.loadChecker(), (*loadedTheme)(nil)
	if !b.in.Check {
		t = b.loadTheme()
	} else {
		b.checkTheme()
	}
	static := fileset.Must(b.static)
	channels, has := b.in.Content.Get(domain.FileChannels)
	key := frameKey{b.settings, c, t, fileset.Must(b.pageFiles).Sum(), static.Sum(), channels.Sum, b.frozen}
	b.frame = b.memo.frames.of(key, func() *frame {
		model := &site.Frame{
			Settings: b.settings, Addresses: site.NewAddresses(b.settings), Static: static, Frozen: b.frozen,
		}
		f := &frame{check: c.check, model: model}
		model.Standing = incident.StandingTexts(b.pageDocs)
		list, found := channel.Read(channels, has)
		f.copies = copies.New(model, list, b.in.Themes)
		f.found = append(found, f.copies.Settings()...)
		if t != nil && t.theme != nil {
			for _, create := range outputs {
				f.outputs = append(f.outputs, create(f.model, t.theme))
			}
		}
		return f
	})
	b.found = append(b.found, b.frame.found...)
}

// readLedger is a ledger with what is wrong with it.
type readLedger struct {
	ledger *ledger.Ledger
	found  diag.List
}

// readLedger reads the record of what was published, and reports incidents in it that are gone.
func (b *build) readLedger() {
	l := b.memo.ledgers.of(b.in.Content.Under(domain.FolderLedger).Sum(), func() *readLedger {
		l := &readLedger{}
		l.ledger, l.found = ledger.Read(b.in.Content)
		return l
	})
	b.ledger = l.ledger
	b.found = append(b.found, l.found...)
	if b.ledger == nil {
		return
	}
	there := map[string]bool{}
	for _, f := range b.folders {
		there[f.incident()] = true
	}
	for _, slug := range b.ledger.Slugs() {
		if !there[slug] {
			b.found = append(b.found, check.Sealed(nil, b.ledger, slug, b.settings.Zone)...)
		}
	}
}

// sealed returns the digest of what the ledger knows of a folder.
func (b *build) sealed(f *folder) fileset.Sum {
	if b.ledger == nil {
		return fileset.Sum{}
	}
	if known := b.ledger.Incident(f.incident()); known != nil {
		return known.Sum
	}
	return fileset.Sum{1} // there is a ledger, without the incident
}

// checker is a Checker with what was found when it was made.
type checker struct {
	check *check.Checker
	found diag.List
}

type checkerKey struct {
	settings *config.Site
	words    fileset.Sum
}

// loadChecker makes the rules of the site, with its own word lists.
func (b *build) loadChecker() *checker {
	words, has := b.in.Content.Get(domain.FileWords)
	c := b.memo.checkers.of(checkerKey{b.settings, words.Sum}, func() *checker {
		c := &checker{}
		c.check, c.found = check.New(b.settings, words, has)
		return c
	})
	b.found = append(b.found, c.found...)
	return c
}

// loadedTheme is a theme with what was found when it was loaded; nil if it cannot render.
type loadedTheme struct {
	theme *theme.Theme
	found diag.List
}

type themeKey struct {
	settings *config.Site
	layers   fileset.Sum
}

// loadTheme finds the theme among all themes and loads it.
func (b *build) loadTheme() *loadedTheme {
	name := b.settings.Theme
	layers, found := theme.Layers(b.in.Themes, name)
	b.found = append(b.found, found...)
	if len(found) > 0 {
		return &loadedTheme{}
	}
	t := b.memo.themes.of(themeKey{b.settings, theme.Sum(layers)}, func() *loadedTheme {
		if layers[0].Files.Len() == 0 {
			return &loadedTheme{found: diag.List{b.noTheme()}}
		}
		t := &loadedTheme{}
		t.theme, t.found = theme.Load(layers, b.settings)
		return t
	})
	b.found = append(b.found, t.found...)
	return t
}

// checkTheme says what there is to say of the theme without loading it.
func (b *build) checkTheme() {
	switch layers, faults := theme.Layers(b.in.Themes, b.settings.Theme); {
	case len(faults) > 0:
		b.found = append(b.found, faults...)
	case layers[0].Files.Len() == 0:
		b.found = append(b.found, b.noTheme())
	default:
		b.found = append(b.found, theme.Contrast(layers, b.settings)...)
	}
}

// noTheme says that there is no such theme, at the place that names it.
func (b *build) noTheme() diag.Diagnostic {
	var names []string
	for f := range b.in.Themes.All() {
		name, _, inFolder := strings.Cut(f.Path, "/")
		if inFolder && (len(names) == 0 || names[len(names)-1] != name) {
			names = append(names, name)
		}
	}
	message := diag.Textf("there is no theme \"%s\"", b.settings.Theme)
	hint := diag.Textf("one of: %s; or create the folder themes/%s beside the content",
		diag.Names(names), b.settings.Theme)
	if near := tomldoc.Nearest(b.settings.Theme, names); near != "" {
		hint = diag.Textf("did you mean \"%s\"?", near)
	}
	if b.in.Theme != "" {
		return diag.Source{Path: path.Join("themes", b.settings.Theme)}.Whole("bad-value", message, hint)
	}
	return b.settings.AtKey("theme", "bad-value", message, hint)
}

// renderSite makes the files that are of no single incident, and checks the settings and the standing pages.
func (b *build) renderSite() {
	found, turns := b.frame.check.Settings(b.at)
	b.turns = turns
	b.found = slices.Concat(b.found, found, b.frame.check.Pages(b.pageDocs, b.pageLinks))
	b.model.Ledger = b.ledger
	for i, o := range b.frame.outputs {
		var parts []output.Part
		for _, f := range b.folders {
			if f.parts != nil {
				parts = append(parts, f.parts[i])
			}
		}
		b.shared = append(b.shared, o.Site(b.model, parts))
	}
}

// result gathers what the steps have found and made. With an error, nothing of
// what was made is published.
func (b *build) result() Result {
	r := Result{At: b.at, Settings: b.settings, Frozen: b.frozen, Ledger: b.ledger, Copies: b.copies}
	r.Base = site.NewAddresses(b.settings).URL("")
	parts := slices.Clone(b.shared)
	found := b.allFound()
	for _, f := range b.folders {
		r.Deadlines = append(r.Deadlines, f.deadlines...)
		r.Withheld = append(r.Withheld, f.held...)
		r.Units = append(r.Units, f.units...)
		r.Posts = append(r.Posts, f.posts...)
		parts = append(parts, f.parts...)
		if f.published {
			r.Incidents++
		}
		if !b.frozen {
			r.NextChange, r.NextFinding = sooner(r.NextChange, f.changes), sooner(r.NextFinding, f.turns)
		}
	}
	if !b.frozen {
		r.NextFinding = sooner(r.NextFinding, b.turns)
	}
	incident.SortDeadlines(r.Deadlines)
	r.Withheld = append(r.Withheld, draftPages(b.pageDocs)...)
	sortWithheld(r.Withheld)
	output, doubles := gather(parts)
	if found.OnlyUnfilled() { // else it has been said already
		found = append(found, doubles.Apply(b.settings.Rules)...)
	}
	r.Diagnostics = found.Sort()
	if b.frame != nil && b.frame.outputs != nil && r.Diagnostics.OnlyUnfilled() {
		r.Preview = output
		if !r.Diagnostics.HasErrors() {
			r.Output = output
		}
	}
	return r
}

// allFound returns all findings in about the order in which they are sorted: those about the site
// as a whole before the first folder with a greater name.
func (b *build) allFound() diag.List {
	shared := append(b.found, b.faults...)
	for _, part := range b.shared {
		shared = append(shared, part.Found...)
	}
	shared = shared.Apply(b.settings.Rules).Sort()
	n := len(shared)
	for _, f := range b.folders {
		n += len(f.found)
	}
	found := make(diag.List, 0, n)
	for _, f := range b.folders {
		if f.found == nil { // Candor failed before this was checked
			f.found = f.assembly.Apply(b.settings.Rules)
		}
		for len(shared) > 0 && shared[0].Path < f.path {
			found, shared = append(found, shared[0]), shared[1:]
		}
		found = append(found, f.found...)
	}
	return append(found, shared...)
}

// gather makes the output of all that was made, and reports two things that would
// be published at one address, or one of them below the other.
func gather(parts []output.Part) (fileset.Set, diag.List) {
	n := 0
	for _, p := range parts {
		n += len(p.Files)
	}
	all := make([]*fileset.File, 0, n)
	for _, p := range parts {
		for i := range p.Files {
			all = append(all, &p.Files[i])
		}
	}
	slices.SortFunc(all, func(x, y *fileset.File) int { return strings.Compare(x.Path, y.Path) })
	var doubles diag.List
	unique := make([]fileset.File, 0, n)
	for i, f := range all {
		if i > 0 && (all[i-1].Path == f.Path || strings.HasPrefix(f.Path, all[i-1].Path+"/")) {
			doubles = append(doubles, diag.Source{Path: f.Path}.Whole("duplicate-id",
				diag.Textf("two files would be published at this address"),
				diag.Textf("rename the standing page, the incident's folder or the file in static/")))
			continue
		}
		unique = append(unique, *f)
	}
	return fileset.Sorted(unique), doubles
}
