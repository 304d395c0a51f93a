package generator

import (
	"strings"
	"sync"

	"candor/generator/fileset"
	"candor/generator/input/content"
	"candor/generator/input/picture"
	"candor/generator/site"
)

// memory is what a Generator knows of the build before. There is one kind of it: a
// value is kept by what it was made of, and forgotten by the first build that does
// not ask for it.
type memory struct {
	settings memo[settingsKey, *settings]
	themes   memo[themeKey, *loadedTheme]
	checkers memo[checkerKey, *checker]
	frames   memo[frameKey, *frame]
	ledgers  memo[fileset.Sum, *readLedger]
	pages    memo[pageKey, *parsed]             // one standing page
	pictures memo[picture.ID, *picture.Picture] // converted
	folders  memo[string, *finished]            // one whole incident, by its folder; finished.holds says whether it is the same

	converter picture.Converter
	resolver  *site.Resolver
	frame     *frame
}

// remember begins the next generation.
func (m *memory) remember(b *build) {
	m.settings.next()
	m.themes.next()
	m.checkers.next()
	m.frames.next()
	m.ledgers.next()
	m.pages.next()
	m.pictures.next()
	m.folders.next()
	m.resolver, m.frame = b.resolver, b.frame
}

// address returns where a content file is published.
func (m *memory) address(file string) string {
	if m.resolver == nil {
		return ""
	}
	settings := m.frame.model.Settings
	lang := content.Locate(file, settings.Tags()).Lang
	if lang != "" {
		file = strings.TrimSuffix(file, "."+lang+".md") + ".md"
	}
	target, ok := m.resolver.Address(file)
	if !ok {
		return ""
	}
	target.Lang = lang
	return m.frame.model.Addresses.Link(target.Place)
}

// memo keeps values by their keys for two generations: that of this build and that
// of the one before. It is safe for concurrent use.
type memo[K comparable, V any] struct {
	mu        sync.Mutex
	last, now map[K]V
}

// get returns the value that was kept for a key in this build or the one before.
func (m *memo[K, V]) get(key K) (V, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if v, ok := m.now[key]; ok {
		return v, true
	}
	v, ok := m.last[key]
	return v, ok
}

// keep keeps a value for this build and the next.
func (m *memo[K, V]) keep(key K, v V) V {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.now == nil {
		m.now = make(map[K]V, len(m.last))
	}
	m.now[key] = v
	return v
}

// of returns the value of a key, and makes it if it is not known.
func (m *memo[K, V]) of(key K, compute func() V) V {
	v, ok := m.get(key)
	if !ok {
		v = compute()
	}
	return m.keep(key, v)
}

// next forgets what this build has not asked for.
func (m *memo[K, V]) next() { m.last, m.now = m.now, nil }
