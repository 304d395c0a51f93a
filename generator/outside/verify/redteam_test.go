package verify_test

import (
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"candor/generator/author/seal"
	"candor/generator/fileset"
	"candor/generator/input/ledger"
	"candor/generator/outside/verify"
)

// clone returns a publisher that goes on by itself.
func (p *publisher) clone() *publisher {
	other := *p
	other.texts = maps.Clone(p.texts)
	return &other
}

// built returns what a build finds in the ledger and the sealed texts, a line each.
func (p *publisher) built() string {
	var b strings.Builder
	for _, d := range p.build().Diagnostics {
		if d.Rule == ledger.Rule {
			b.WriteString(d.Path + ": " + d.Message.String() + "\n")
		}
	}
	return b.String()
}

// lines changes the lines of the log.
func (p *publisher) lines(change func(l []string) []string) {
	p.texts[ledger.Log] = strings.Join(change(strings.SplitAfter(p.texts[ledger.Log], "\n")), "")
}

// TestRedTeam: whoever changes what was published, with all rights in the content and the ledger, is named
// by the build, or else by whoever kept a checkpoint.
func TestRedTeam(t *testing.T) {
	p := newPublisher(t)
	p.texts["incidents/rash/metrics.csv"] = "time,negative\n2026-11-04T08:00,63%\n2026-11-04T09:00,40%\n"
	p.edit("incidents/rash/index.md", "[files]", "show = [\"sentiment\"]\n[files]")
	first := p.seal(nil)
	old := p.clone()
	p.texts["incidents/rash/updates/c.md"] = "+++\ntitle = \"C\"\ntime = 2026-11-04T09:00\n+++\nMore is known.\n"
	kept := point(t, p.seal(nil))

	for name, c := range map[string]struct {
		attack func(p *publisher)
		want   string // what the build says
	}{
		"the date of a promise": {func(p *publisher) { p.edit("incidents/rash/updates/a.md", "06T18", "08T18") }, "rash/updates/a.md: this was published on"},
		"an answer":             {func(p *publisher) { p.edit("incidents/rash/faq.md", "No.", "Yes.") }, `"No" has become "Yes"`},
		"a figure":              {func(p *publisher) { p.edit("incidents/rash/metrics.csv", "63%", "36%") }, "rash/metrics.csv: these figures were published on"},
		"a translation alone":   {func(p *publisher) { p.edit("incidents/rash/index.zh-Hans.md", "九", "三") }, "rash/index.zh-Hans.md: this was published on"},
		"the bytes of a file":   {func(p *publisher) { p.edit("incidents/rash/lab.txt", "lab", "bal") }, "rash/lab.txt: this file was published on"},
		"an update deleted":     {func(p *publisher) { delete(p.texts, "incidents/rash/updates/b.md") }, `"rash/updates/b" was published on`},
		"a drill of it": {func(p *publisher) { p.edit("incidents/rash/index.md", "level = 2", "level = 2\ndrill = true") },
			`"rash" was published on`},
		"another name": {func(p *publisher) {
			for path, text := range maps.Clone(p.texts) {
				if rest, ok := strings.CutPrefix(path, "incidents/rash/"); ok {
					delete(p.texts, path)
					p.texts["incidents/itch/"+rest] = text
				}
			}
		}, `"rash" was published on`},
		"lines reordered":     {func(p *publisher) { p.lines(func(l []string) []string { l[1], l[2] = l[2], l[1]; return l }) }, "lines were taken out, or moved"},
		"a line taken out":    {func(p *publisher) { p.lines(func(l []string) []string { return append(l[:2:2], l[3:]...) }) }, "lines were taken out, or moved"},
		"the last lines lost": {func(p *publisher) { p.lines(func(l []string) []string { return l[:3] }) }, "the ledger has lost lines"},
		"the log of long ago": {func(p *publisher) { p.texts[ledger.Log] = old.texts[ledger.Log] }, "the ledger has lost lines"},
		"a text and its salt": {func(p *publisher) { deleteTexts(p, "More is known") }, `the sealed text of "rash/updates/c" is missing`},
		"a text under its name": {func(p *publisher) {
			for path, text := range p.texts {
				if strings.HasPrefix(path, ledger.Texts) {
					p.texts[path] = strings.Replace(text, "More is known", "All is known", 1)
				}
			}
		}, "this is not the text that was sealed under this name"},
	} {
		t.Run(name, func(t *testing.T) {
			p := p.clone()
			c.attack(p)
			assert.Contains(t, p.built(), c.want)
		})
	}

	since := func(site fileset.Set) string { return said(check(t, site, verify.Options{Since: kept})) }
	t.Run("a consistent ledger of its own", func(t *testing.T) {
		p := p.clone()
		p.n = 100 // other salts
		deleteTexts(p, "")
		p.edit("incidents/rash/faq.md", "No.", "Yes.")
		forged := p.seal(nil)
		assert.Empty(t, said(check(t, forged, verify.Options{})))
		assert.Contains(t, since(forged), "the ledger was written anew")
	})
	t.Run("rolled back, an old checkpoint replayed", func(t *testing.T) {
		assert.Contains(t, since(first), "the ledger was rolled back")
	})
	t.Run("a fork", func(t *testing.T) {
		fork := old.clone()
		fork.n = 100
		fork.texts["incidents/rash/updates/c.md"] = "+++\ntitle = \"C\"\ntime = 2026-11-04T09:00\n+++\nNothing else is known.\n"
		site := fork.seal(nil)
		assert.Empty(t, said(check(t, site, verify.Options{Since: point(t, first)})), "both go on from the first")
		assert.Contains(t, since(site), "the ledger was written anew")
	})
	t.Run("an old checkpoint with the new log", func(t *testing.T) { // as after a seal that was killed: nothing is lost
		p := p.clone()
		p.texts[ledger.Checkpoint] = old.texts[ledger.Checkpoint]
		assert.Empty(t, p.built())
		assert.Contains(t, since(p.build().Output), "the ledger was rolled back")
		assert.Empty(t, since(p.seal(nil)))
	})
	t.Run("the clock set back", func(t *testing.T) { // candor seal refuses it; whoever writes lines by hand is found
		p := p.clone()
		p.at = p.at.Add(-24 * time.Hour)
		p.texts["incidents/rash/updates/d.md"] = "+++\ntitle = \"D\"\ntime = 2026-11-04T09:30\n+++\nEarlier.\n"
		log := p.texts[ledger.Log]
		var list []fileset.File
		for path, text := range p.texts {
			list = append(list, fileset.NewFile(path, []byte(text)))
		}
		before, _ := ledger.Read(fileset.Must(list))
		result := seal.Seal(seal.Request{Ledger: before, Units: p.build().Units, At: p.at, Zone: time.UTC, Salt: func() [32]byte { return [32]byte{9} }})
		require.NotEqual(t, log, result.Log)
		p.texts[ledger.Log] = result.Log
		assert.Contains(t, p.built(), "this line is older than the one above it")
	})
}

// deleteTexts deletes the sealed texts that have some words; without words the whole ledger.
func deleteTexts(p *publisher, words string) {
	for path, text := range maps.Clone(p.texts) {
		if strings.HasPrefix(path, ledger.Texts) && strings.Contains(text, words) || words == "" && strings.HasPrefix(path, ledger.Folder+"/") {
			delete(p.texts, path)
		}
	}
}

// TestGoesOn: what is honest is possible, and everybody can check it.
func TestGoesOn(t *testing.T) {
	p := newPublisher(t)
	delete(p.texts, "incidents/rash/updates/a.zh-Hans.md")
	kept := point(t, p.seal(nil))
	since := func(site fileset.Set) []ledger.Line {
		t.Helper()
		r := check(t, site, verify.Options{Since: kept})
		require.Empty(t, said(r))
		return r.Changes
	}
	p.texts["incidents/rash/updates/a.zh-Hans.md"] = content()["incidents/rash/updates/a.zh-Hans.md"]
	assert.Len(t, since(p.seal(nil)), 1, "a translation that came later")

	// An update corrects two others.
	p.edit("incidents/rash/updates/a.md", "refunds due", "all refunds due")
	p.edit("incidents/rash/updates/a.zh-Hans.md", "退款", "全部退款")
	p.edit("incidents/rash/updates/b.md", "Nothing", "Little")
	p.texts["incidents/rash/updates/c.md"] =
		"+++\ntitle = \"C\"\ntime = 2026-11-04T09:00\nkind = \"correction\"\ncorrects = [\"a\", \"b\"]\n+++\nBoth were wrong.\n"
	changes := since(p.seal(nil))
	require.Len(t, changes, 5)
	for _, l := range changes[1:4] {
		assert.Equal(t, ledger.Correction, l.Kind, l.Unit)
		assert.Equal(t, "corrected by rash/updates/c", l.Reason)
	}

	// It is withdrawn, and published again.
	b := p.texts["incidents/rash/updates/b.md"]
	delete(p.texts, "incidents/rash/updates/b.md")
	p.edit("incidents/rash/updates/c.md", "[\"a\", \"b\"]", "\"a\"")
	p.seal(func(r *seal.Request) {
		r.Withdrawals, r.Corrections, r.Reason = []string{"rash/updates/b"}, []string{"rash/updates/c"}, "a name"
	})
	p.texts["incidents/rash/updates/b.md"] = b
	changes = since(p.seal(nil))
	last := changes[len(changes)-1]
	assert.Equal(t, ledger.Publish, last.Kind)
	assert.Equal(t, 4, last.Revision)

	// Two branches were sealed, and the published side was kept: the other one's texts are sealed again.
	other := p.clone()
	other.texts["incidents/rash/updates/d.md"] = "+++\ntitle = \"D\"\ntime = 2026-11-04T09:30\n+++\nOf a branch.\n"
	other.n = 100
	other.seal(nil)
	p.seal(nil)
	for path, text := range other.texts { // the merge: texts of both, log and checkpoint of one
		if path != ledger.Log && path != ledger.Checkpoint {
			p.texts[path] = text
		}
	}
	assert.Equal(t, "rash/updates/d", since(p.seal(nil))[len(changes)].Unit)
}
