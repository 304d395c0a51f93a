package generator

import (
	"maps"
	"slices"
	"strings"
	"time"

	"candor/generator/author/copies"
	"candor/generator/check"
	"candor/generator/diag"
	"candor/generator/domain"
	"candor/generator/fileset"
	"candor/generator/input/attached"
	"candor/generator/input/content"
	"candor/generator/input/ledger"
	"candor/generator/input/picture"
	"candor/generator/output"
	"candor/generator/parallel"
	"candor/generator/site"
	"candor/generator/site/config"
	"candor/generator/site/incident"
	"candor/generator/site/sealed"
)

// folder is one incident or scenario on its way through the build.
type folder struct {
	path  string // "incidents/<slug>"
	set   fileset.Set
	known *finished // of the build before; empty if there is none that could be used
	read  []*parsed // of set, in its order
	*finished
	failed bool // Candor has: the folder takes part in no further step
}

// incident returns the slug of an incident, and the whole path of a scenario, which no ledger has.
func (f *folder) incident() string { return strings.TrimPrefix(f.path, domain.FolderIncidents+"/") }

// finished is all that a build knows of an incident at its end. It is not changed
// any more: while its files and the frame are the same, its links lead where they
// led, and none of its times has come, the next build takes it as it is.
type finished struct {
	frame  *frame
	files  fileset.Set
	record fileset.Sum // of what the ledger knows of it
	from   time.Time   // the instant since which all of this holds

	parsed   []*parsed // of files, in their order
	model    *site.Incident
	assembly diag.List     // found while the incident was assembled
	outward  []site.Way    // the links that leave the folder
	pictures site.Pictures // the files that its texts show, in whatever folder

	until     time.Time // when something about it changes by itself; zero for never
	changes   time.Time // when the site's output changes because of it; likewise
	turns     time.Time // when its rules find something else; likewise
	deadlines []incident.Deadline
	held      []Withheld

	found diag.List     // all that was found about it, with the severities of the site
	parts []output.Part // by output; nil if it is not published

	published bool
	units     []sealed.Unit // if they are asked for
	posts     []copies.Post // what is to be carried to channels
}

// holds reports whether a finished incident is right for a frame, files and an
// instant, as long as its links lead where they led. Of instants before that of its
// own build nothing is known.
func (f *finished) holds(frame *frame, files fileset.Set, record fileset.Sum, at time.Time) bool {
	until := sooner(f.until, f.turns)
	return f.frame == frame && fileset.Same(f.files, files) && f.record == record && !at.Before(f.from) && (until.IsZero() || at.Before(until))
}

// parsed is one file as it was read.
type parsed struct {
	file  fileset.File
	place content.Place
	doc   *content.Document // nil if it is no text
	table *incident.Table   // nil if it has no figures
	other *attached.File    // nil if it is a text or has figures
}

// read reads a file under the settings of a site: its place and its times depend on them.
func read(f fileset.File, settings *config.Site) *parsed {
	p := &parsed{file: f, place: content.Locate(f.Path, settings.Tags())}
	switch p.place.Kind {
	case content.Data:
		p.table = incident.ReadTable(settings, f)
	case content.Evidence:
		p.other = attached.Read(f)
	case content.Stray:
	default:
		p.doc = content.Parse(f, p.place)
	}
	return p
}

// parse reads the standing pages, and the files of every folder that is not known to be the same.
// Of a folder that has changed, files that have not are known.
func (b *build) parse() {
	type job struct {
		of   *folder
		file fileset.File
		to   **parsed
	}
	var jobs []job
	for _, f := range b.folders {
		known, ok := b.memo.folders.get(f.path)
		if !ok || known.frame.model.Settings != b.settings {
			known = &finished{}
		}
		f.known = known
		f.read = known.parsed
		if fileset.Same(known.files, f.set) {
			continue
		}
		f.read = make([]*parsed, 0, f.set.Len())
		old := known.parsed
		for file := range f.set.All() {
			for len(old) > 0 && old[0].file.Path < file.Path {
				old = old[1:]
			}
			if len(old) > 0 && old[0].file.Path == file.Path && old[0].file.Sum == file.Sum {
				f.read = append(f.read, old[0])
				continue
			}
			f.read = append(f.read, nil)
			jobs = append(jobs, job{f, file, &f.read[len(f.read)-1]})
		}
	}
	parallel.Do(len(jobs), func(i int) {
		b.try(jobs[i].file.Path, func() { *jobs[i].to = read(jobs[i].file, b.settings) })
	})
	for _, j := range jobs {
		j.of.failed = j.of.failed || *j.to == nil
	}
	for _, file := range b.pageFiles {
		b.try(file.Path, func() { b.parsePage(file) })
	}
	if b.settings.Unread {
		for _, f := range b.folders {
			for _, p := range f.read {
				if p != nil {
					f.found = append(f.found, p.findings()...)
				}
			}
			f.found = f.found.Apply(b.settings.Rules)
		}
	}
}

// parsePage reads a standing page.
func (b *build) parsePage(file fileset.File) {
	key := pageKey{file.Path, file.Sum, b.settings}
	doc := b.memo.pages.of(key, func() *parsed { return read(file, b.settings) }).doc
	b.pageDocs = append(b.pageDocs, doc)
	b.found = append(b.found, doc.Findings...)
}

// findings are what is wrong with the file by itself.
func (p *parsed) findings() diag.List {
	switch {
	case p.doc != nil:
		return p.doc.Findings
	case p.table != nil:
		return p.table.Found
	}
	return nil
}

// pageKey says when a standing page reads the same.
type pageKey struct {
	path     string
	sum      fileset.Sum
	settings *config.Site
}

// assemble derives every incident that is not known to be the same.
func (b *build) assemble() {
	var fresh []*folder
	b.model = &site.Site{Frame: b.frame.model, At: b.at}
	for _, f := range b.folders {
		if f.known.holds(b.frame, f.set, b.sealed(f), b.at) {
			f.finished = f.known
		} else {
			fresh = append(fresh, f)
		}
	}
	b.each(fresh, func(f *folder) { f.assemble(b) })
	for _, f := range b.folders {
		b.model.Incidents = append(b.model.Incidents, f.model)
	}
}

// assemble derives the incident at the build's instant.
func (f *folder) assemble(b *build) {
	f.finished = &finished{frame: b.frame, files: f.set.Clone(), record: b.sealed(f), parsed: f.read, from: b.at}
	var docs []*content.Document
	var evidence []*attached.File
	var data incident.Data
	something := false
	for _, p := range f.read {
		f.assembly = append(f.assembly, p.findings()...)
		something = something || p.place.Kind != content.Stray
		switch {
		case p.doc != nil:
			docs = append(docs, p.doc)
		case p.table != nil:
			data.Add(p.table)
		case p.other != nil:
			evidence = append(evidence, p.other)
		default:
			f.assembly = append(f.assembly, content.StrayFinding(p.file.Path))
		}
	}
	source := incident.NewSource(f.path, docs)
	source.Evidence, source.Data = evidence, data
	var inc *incident.Incident
	clock := incident.NewClock(b.at)
	if something {
		var found diag.List
		inc, found = incident.Assemble(b.settings, source, clock)
		f.assembly = append(f.assembly, found...)
	}
	f.model = site.NewIncident(b.frame.model, source, inc, clock.Last())
	if inc == nil {
		return
	}
	if b.ledger != nil && !inc.Front.Drill {
		var at ledger.Point
		if f.model.Record, at = b.ledger.History(source.Slug); f.model.Record != nil {
			f.model.Fingerprint = at.Fingerprint()
		}
	}
	f.deadlines, f.held = inc.Deadlines(), withheld(f.model)
	switch {
	case inc.Visible:
		f.changes = clock.Next()
	case inc.Withheld[inc.Index.Doc] == incident.Scheduled:
		f.changes = inc.Known // then it is published
	}
	f.until = clock.Next()
}

// link finds where all links lead. What is known of an incident goes on only if those of its links
// that leave its folder lead where they led.
func (b *build) link() {
	b.resolver = site.NewResolver(b.frame.model, b.model.Incidents, b.picture)
	b.pageLinks = b.resolver.Resolve(b.pageDocs)
	for _, texts := range b.frame.model.Standing {
		b.model.Pages = append(b.model.Pages, &site.Page{Texts: texts, Links: b.pageLinks})
	}
	b.each(b.folders, func(f *folder) { f.link(b.resolver) })
	for i, f := range b.folders {
		b.model.Incidents[i] = f.model
	}
}

// link finds where the links of the incident lead.
func (f *folder) link(resolver *site.Resolver) {
	if f.finished == f.known {
		if resolver.Same(f.outward) {
			return
		}
		f.renew()
	}
	source := &f.model.Source
	f.model.Links = resolver.Resolve(source.All)
	f.outward = f.model.Links.Outward(source.Folder, source.All)
	f.pictures = f.model.Links.Pictures()
}

// renew lets go on with a copy of what is known of the incident, which is not changed itself.
func (f *folder) renew() {
	again := *f.finished
	again.model = f.model.Again()
	f.finished = &again
}

// picture returns the Picture of a file.
func (b *build) picture(f fileset.File) *picture.Picture {
	return b.memo.pictures.of(picture.IDOf(f), func() *picture.Picture { return b.memo.converter.New(f) })
}

// show converts the pictures that texts show, and tells each incident which of its files these are.
// What is known of an incident goes on only if they are the same.
func (b *build) show() {
	all := site.Pictures{}
	maps.Copy(all, b.pageLinks.Pictures())
	for _, f := range b.folders {
		maps.Copy(all, f.pictures)
	}
	files := slices.Sorted(maps.Keys(all))
	parallel.Do(len(files), func(i int) { b.try(files[i], func() { all[files[i]].Published() }) })
	shown := map[string]site.Pictures{} // by folder
	for _, file := range files {
		p := all[file]
		b.memo.pictures.keep(p.ID, p)
		parts := strings.SplitN(file, "/", 3)
		folder := parts[0] + "/" + parts[1]
		if shown[folder] == nil {
			shown[folder] = site.Pictures{}
		}
		shown[folder][file] = p
	}
	for i, f := range b.folders {
		if maps.Equal(f.model.Pictures, shown[f.path]) {
			continue
		}
		if f.finished == f.known {
			f.renew()
			b.model.Incidents[i] = f.model
		}
		f.model.Show(shown[f.path])
	}
}

// checkAndRender finds what is wrong with every incident that is not known to be the same, and
// makes its files. In a build that nobody goes on from, texts and models are let go of as soon as
// their incident is finished: at the end of a large site they would take as much memory as its pages.
func (b *build) checkAndRender() {
	b.found = append(b.found, check.Addresses(b.model)...)
	b.makeCopies()
	if b.once {
		b.model.Incidents, b.resolver = nil, nil
	}
	var fresh []*folder
	for _, f := range b.folders {
		if f.finished != f.known {
			fresh = append(fresh, f)
		}
	}
	b.each(fresh, func(f *folder) {
		f.finish(b)
		if b.once {
			f.release()
		}
	})
	if b.once {
		return
	}
	for _, f := range b.folders {
		if !f.failed {
			b.memo.folders.keep(f.path, f.finished)
		}
	}
}

// makeCopies makes the texts for channels that are asked for.
func (b *build) makeCopies() {
	q := b.in.Copies
	if q == nil {
		return
	}
	var asked *site.Incident
	for _, inc := range b.model.Incidents {
		if inc.Source.Slug == q.Incident && !inc.Source.Scenario {
			asked = inc
		}
	}
	b.copies = b.frame.copies.Make(asked, *q)
}

// finish checks the incident and makes its files.
func (f *folder) finish(b *build) {
	found, turns := b.frame.check.Incident(f.model, b.at)
	f.turns = turns
	found = append(found, b.frame.copies.Check(f.model)...)
	f.posts = b.frame.copies.Posts(f.model)
	f.units = nil
	if b.ledger != nil || b.in.Units {
		f.seal(b, &found)
	}
	f.found = append(f.assembly[:len(f.assembly):len(f.assembly)], found...).Apply(b.settings.Rules)
	f.parts = nil
	if f.published = f.model.Published(); !f.published {
		return
	}
	parts := make([]output.Part, len(b.frame.outputs))
	if f.found.OnlyUnfilled() {
		for i, o := range b.frame.outputs {
			parts[i] = o.Incident(f.model)
			f.found = append(f.found, parts[i].Found.Apply(b.settings.Rules)...)
		}
		f.parts = parts
	}
	f.found = f.found.Sort()
}

// seal finds what the incident has that can be sealed, and compares it with the ledger.
func (f *folder) seal(b *build, found *diag.List) {
	units := sealed.Units(f.model, b.settings.Zone, b.settings.Tags()...)
	if b.in.Units {
		f.units = units
	}
	if b.ledger != nil {
		*found = append(*found, check.Sealed(units, b.ledger, f.model.Source.Slug, b.settings.Zone)...)
	}
}

// release lets go of what the rest of the build does not need.
func (f *folder) release() {
	f.read, f.parsed, f.model, f.assembly, f.outward, f.pictures = nil, nil, nil, nil, nil, nil
}
