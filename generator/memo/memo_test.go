package memo

import (
	"sync"
	"sync/atomic"
	"testing"
)

func TestTwoGenerations(t *testing.T) {
	m := New[string, int]()
	calls := 0
	get := func(key string) int { return m.Get(key, func() int { calls++; return len(key) }) }
	expect := func(n int) {
		t.Helper()
		if calls != n {
			t.Errorf("%d calls, want %d", calls, n)
		}
	}
	if get("one") != 3 || get("one") != 3 {
		t.Error("wrong value")
	}
	expect(1)
	m.Turn()
	get("one") // from the last generation into this one
	get("three")
	expect(2)
	if m.Len() != 2 {
		t.Error(m.Len())
	}
	m.Turn()
	m.Turn() // neither was asked for in between
	if m.Len() != 0 {
		t.Error(m.Len())
	}
	get("one")
	expect(3)
}

func TestCallsAtOnceAreOneCall(t *testing.T) {
	m := New[int, *int]()
	var calls atomic.Int32
	var group sync.WaitGroup
	got := make([]*int, 50)
	for i := range got {
		group.Go(func() {
			got[i] = m.Get(7, func() *int { calls.Add(1); return new(int) })
		})
	}
	group.Wait()
	for _, p := range got {
		if p != got[0] {
			t.Fatal("two values for one key")
		}
	}
	if calls.Load() != 1 {
		t.Error(calls.Load())
	}
}

func TestGetInsideGet(t *testing.T) {
	m := New[int, int]()
	var fibonacci func(n int) int
	fibonacci = func(n int) int {
		if n < 2 {
			return n
		}
		return m.Get(n, func() int { return fibonacci(n-1) + fibonacci(n-2) })
	}
	if got := fibonacci(80); got != 23416728348467685 {
		t.Error(got)
	}
}
