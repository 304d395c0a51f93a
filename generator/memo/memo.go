// Package memo remembers what pure functions returned, for two generations.
//
// A generation is one build. What neither this build nor the one before it asked
// for is forgotten, so that a Memo holds no more than two builds need. Keys
// must determine values: a Memo is a way not to do work, never a way to get
// another answer.
package memo

import "sync"

// Memo remembers the values of one function. It is safe for concurrent use;
// make one with New.
type Memo[K comparable, V any] struct {
	mu        sync.Mutex
	now, last map[K]*entry[V]
}

type entry[V any] struct {
	once  sync.Once
	value V
}

// New makes an empty Memo.
func New[K comparable, V any]() *Memo[K, V] {
	return &Memo[K, V]{now: map[K]*entry[V]{}, last: map[K]*entry[V]{}}
}

// Get returns what make returned for key, calling it only if neither this
// generation nor the last one did. Concurrent calls for one key call it once.
func (m *Memo[K, V]) Get(key K, make func() V) V {
	m.mu.Lock()
	e, ok := m.now[key]
	if !ok {
		if e, ok = m.last[key]; !ok {
			e = new(entry[V])
		}
		m.now[key] = e
	}
	m.mu.Unlock()
	e.once.Do(func() { e.value = make() })
	return e.value
}

// Turn begins a new generation and forgets the one before the last.
func (m *Memo[K, V]) Turn() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.last = m.now
	m.now = map[K]*entry[V]{}
}

// Len returns how many values are remembered in both generations together.
func (m *Memo[K, V]) Len() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	n := len(m.now)
	for k := range m.last {
		if _, ok := m.now[k]; !ok {
			n++
		}
	}
	return n
}
