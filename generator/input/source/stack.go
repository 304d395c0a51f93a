package source

import (
	"cmp"
	"sync"
)

// stack holds the tasks that are still to do, newest first, so that few folders
// are open at a time. After an error the rest are told that all has failed.
type stack struct {
	mu      sync.Mutex
	more    *sync.Cond
	waiting []func(failed bool) error
	pending int // waiting or at work
	err     error
}

func (s *stack) init() { s.more = sync.NewCond(&s.mu) }

func (s *stack) push(task func(failed bool) error) {
	s.mu.Lock()
	s.waiting = append(s.waiting, task)
	s.pending++
	s.mu.Unlock()
	s.more.Signal()
}

// work does tasks until none is left.
func (s *stack) work() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for {
		for len(s.waiting) == 0 && s.pending > 0 {
			s.more.Wait()
		}
		if s.pending == 0 {
			return
		}
		task := s.waiting[len(s.waiting)-1]
		s.waiting = s.waiting[:len(s.waiting)-1]
		failed := s.err != nil
		s.mu.Unlock()
		err := task(failed)
		s.mu.Lock()
		s.err = cmp.Or(s.err, err)
		if s.pending--; s.pending == 0 {
			s.more.Broadcast()
		}
	}
}
