package main

import (
	"context"
	"errors"
	"os"
	"slices"
	"sync"
	"time"

	"candor/generator"
	"candor/generator/diag"
	"candor/generator/domain"
	"candor/generator/fileset"
	"candor/generator/input/source"
	"candor/generator/message"
	"candor/generator/outside/preview"
	"candor/generator/outside/publish"
	"candor/generator/outside/watch"
)

// session is one run of candor watch. Events say when to look, a look says what
// there is, and each build is a build like any other: of all that there is.
type session struct {
	flags      *watchFlags
	settings   generator.Input // but for the files
	log        *log
	address    string
	server     *preview.Server
	publishing *publishing

	folders   []*watchedFolder // content, themes
	watcher   *watch.Watcher
	polling   bool // that has been said
	generator *generator.Generator
	began     time.Time   // when the change was first seen that is being built
	next      time.Time   // when the site changes by itself; zero for never
	found     diag.List   // of the last build
	held      string      // the texts that it held back, in English
	built     bool        // there was one
	shown     fileset.Set // in the preview
	good      fileset.Set // the last that may be published
	sent      bool        // good has been handed to publishing
	clock     clock
	backward  bool // that the machine's clock went back has been said
	modeless  bool // that chmod is refused has been said

	after   string    // what was published before the content was last read
	others  bool      // somebody else has published since
	yielded time.Time // when that was last so

	mu    sync.Mutex // around what follows
	state preview.State
	input generator.Input // of the last build

	// What builds the site as of other instants, and remembers them, for as long as somebody looks.
	other  *generator.Generator
	looked bool // since the last build
}

// run builds, shows and publishes until ctx is done.
func (s *session) run(ctx context.Context) error {
	roots := []string{s.flags.content, s.flags.themesFolder()}
	s.folders = []*watchedFolder{
		{reader: source.NewReader(roots[0])}, {reader: source.NewReader(roots[1]), optional: true},
	}
	s.generator = generator.New()
	s.began = time.Now()
	s.after = publish.Head(s.flags.folder())
	if err := s.firstLook(); err != nil {
		return err
	}
	limitMemory(s.folders[0].tree.Files)
	s.build(true)
	settleMemory()
	s.log.event("preview: %s (Ctrl-C ends it)", s.address)
	if s.flags.open {
		if err := openBrowser(s.address); err != nil {
			s.log.event("the browser could not be opened: %v", err)
		}
	}
	var err error
	s.watcher, err = watch.New(roots, watch.Options{
		Poll:   s.flags.poll,
		Ignore: func(name string) bool { return domain.PassedOver(name, true) }, // file or folder
	})
	if err != nil {
		return environmentError{err}
	}
	defer s.watcher.Close()
	for i, f := range s.folders {
		s.watcher.Watch(i, f.folders)
	}
	for {
		hint, err := s.watcher.Wait(ctx, s.alarm())
		if ctx.Err() != nil {
			return nil
		}
		if err != nil {
			return environmentError{err}
		}
		s.take(hint)
	}
}

// firstLook reads the folders as build does: what is not there is an error.
func (s *session) firstLook() error {
	for i, f := range s.folders {
		tree, err := f.reader.Read()
		switch {
		case err == nil:
			f.tree, f.folders = tree, tree.Folders
		case i == 0:
			return s.flags.noContent(err)
		case !errors.Is(err, os.ErrNotExist):
			return noThemes(err)
		default:
			f.absent = true
		}
	}
	return nil
}

// alarm returns when to do something though nothing happens.
func (s *session) alarm() time.Time {
	var alarm time.Time
	if !s.next.IsZero() {
		_, ahead := s.clock.now()
		alarm = s.next.Add(-ahead)
	}
	for _, f := range s.folders {
		if !f.again.IsZero() && (alarm.IsZero() || f.again.Before(alarm)) {
			alarm = f.again
		}
	}
	return alarm
}

// take looks where a hint says, and builds once all that is new has settled.
func (s *session) take(hint watch.Hint) {
	now := time.Now()
	if hint.Everything {
		s.lookAtOthers(now)
	}
	fresh, settling, news := false, false, false
	for i, f := range s.folders {
		paths := hint.Paths[i]
		if hint.Everything {
			paths = []string{"."}
		}
		fresh = f.look(paths, now) || fresh
		s.watcher.Watch(i, f.folders)
		settling = settling || !f.again.IsZero()
		news = news || f.news
	}
	if fresh && s.began.IsZero() {
		s.began = now
	}
	if reason, polling := s.watcher.Polling(); polling && !s.polling && s.flags.poll == 0 {
		s.polling = true
		s.log.event("polling: %s; a save is noticed within a second or so", reason)
	}
	if settling {
		return
	}
	instant, _ := s.clock.now()
	if due := !s.next.IsZero() && !instant.Before(s.next); news || due || s.others {
		s.build(news)
	}
	s.began = time.Time{}
}

// lookAtOthers finds out whether somebody else has published since: what went out then
// may be made of an older reading, or of other settings. Two watches that publish
// different sites to one folder take turns slowly, and say so.
func (s *session) lookAtOthers(now time.Time) {
	head, others, held := s.publishing.others(s.after)
	if !others || !held && now.Sub(s.yielded) < retryEvery {
		return
	}
	s.after, s.others, s.yielded = head, true, now
	s.log.event("somebody else has published to %s: looking at everything again", s.flags.folder())
}

// build builds the site of the trees that were accepted last, shows it and publishes it.
func (s *session) build(news bool) {
	if s.began.IsZero() {
		s.began = time.Now()
	}
	in := s.settings
	if !fixedClock() {
		var ahead time.Duration
		if in.Now, ahead = s.clock.now(); ahead > time.Minute && !s.backward {
			s.backward = true
			s.log.event("the clock has gone back by %s: what is published stays published; restart candor watch to follow the clock",
				message.Length(ahead))
		}
	}
	unread := fill(&in, s.folders[0].tree, s.folders[1].tree)
	result := s.generator.Build(in)
	s.next = time.Time{}
	if !fixedClock() {
		s.next = result.Next()
	}
	b := newOutcome(result, withUnread(unread, result.Diagnostics))
	b.changes, b.news, b.first = s.changes(), news, !s.built
	b.added, b.gone = changed(s.found, b.found)
	now := held(result.Withheld).String()
	b.heldAgain, s.held = now == s.held, now
	s.found, s.built, s.others = b.found, true, false
	for _, f := range s.folders {
		b.fault = errors.Join(b.fault, f.fault)
	}
	sound := b.sound(s.flags.strict)
	if b.fit(s.flags.strict) {
		s.shown = result.Preview
	}
	if sound { // kept though it may be the same: what it shares with other sets is newer
		b.fresh = !s.sent || !fileset.Same(s.good, result.Output)
		s.good, s.sent = result.Output, true
	}
	s.show(in, b)
	b.took = time.Since(s.began)
	s.began = time.Time{}
	s.log.built(b, s.flags)
	if sound {
		s.publishing.send(edition{s.good, originOf(in, result), s.after})
	} else {
		s.publishing.rouse() // to rest when it is quiet: the build has left garbage
	}
}

// changes returns what changed since the last build, by the paths of the content
// folder and of themes/, and forgets it.
func (s *session) changes() []string {
	var all []string
	for i, f := range s.folders {
		for _, path := range f.changes {
			if i == 1 {
				path = "themes/" + path
			}
			all = append(all, path)
		}
		f.changes, f.news = nil, false
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// outcome is a build as a session speaks of it.
type outcome struct {
	generator.Result
	found   diag.List // of reading, too
	tally             // of found
	added   diag.List // those of found that the build before did not have
	gone    int       // how many findings of the build before are gone
	fault   error     // a folder that cannot be read
	first   bool      // there is no build before
	changes []string
	news    bool // a file has changed; else the clock alone has
	fresh   bool // the site is another one than before

	heldAgain bool // what is held back was so in the build before
	took      time.Duration
}

func newOutcome(result generator.Result, found diag.List) outcome {
	return outcome{Result: result, found: found, tally: tallyOf(found)}
}

// sound says whether the site may go out.
func (b *outcome) sound(strict bool) bool {
	return b.fault == nil && b.errors == 0 && (!strict || b.warnings == 0)
}

// fit says whether the site may be looked at: texts that are left to write stop only publication.
func (b *outcome) fit(strict bool) bool {
	return b.fault == nil && b.found.OnlyUnfilled() && (!strict || b.warnings == 0)
}

// fixedClock says whether the environment has stopped the clock.
func fixedClock() bool { _, set := os.LookupEnv(epochName); return set }

// published takes down how a publication went.
func (s *session) published(p publication) {
	s.mu.Lock()
	defer s.mu.Unlock()
	problem := ""
	if p.report.Modeless && !s.modeless {
		s.modeless = true
		s.log.event("%s", s.flags.modeless())
	}
	switch {
	case p.err != nil:
		problem = s.log.Error(notPublished(p.err))
		if s.state.Problem != problem {
			s.log.event("%s; trying again every %s", problem, p.again)
		}
	case p.report.Repaired > 0:
		s.log.event("fixed in %s what somebody else had changed: %s", s.flags.place(p.report), written(p.report))
	case p.first || s.state.Problem != "":
		s.log.event("published to %s: %s", s.flags.place(p.report), written(p.report))
	}
	if s.state.Problem != problem {
		s.state.Problem, s.state.Open = problem, "" // nobody follows to a page a second time
		s.server.Show(s.state)
	}
}

// at returns the site as of another instant, for the preview's ?at=.
func (s *session) at(instant string) (preview.State, error) {
	at, ok := parseInstant(instant)
	if !ok {
		err := message.Errorf("%q is not a date and time; write for example 2026-11-04T18:00", instant)
		return preview.State{}, errors.New(s.log.Error(err))
	}
	s.mu.Lock()
	in, good := s.input, s.state.Output
	if s.other == nil {
		s.other = generator.New()
	}
	other := s.other
	s.looked = true
	s.mu.Unlock()
	in.Instant = at
	result := other.Build(in)
	b := newOutcome(result, result.Diagnostics)
	if b.fit(false) {
		good = result.Preview
	}
	return s.stateOf(b, good), nil
}
