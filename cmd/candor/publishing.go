package main

import (
	"sync"
	"time"

	"candor/generator/fileset"
	"candor/generator/publish"
)

// retryEvery is how long after a publication that failed the next is tried: a full
// disk may have been cleared meanwhile.
const retryEvery = 10 * time.Second

// publication is how one went.
type publication struct {
	report publish.Report
	err    error
	first  bool          // of the session
	again  time.Duration // after which it is tried again, where it failed
}

// publishing publishes one set after another beside the session, so that a save
// need not wait for the disk. Of sets that come while one is being written, only
// the newest is published.
type publishing struct {
	out   outlet
	retry time.Duration
	tell  func(publication)

	mu    sync.Mutex
	next  *fileset.Set
	ended bool

	wake chan struct{}
	done chan struct{}
}

// newPublishing begins; tell is told how each publication went.
func newPublishing(out outlet, tell func(publication)) *publishing {
	p := &publishing{out: out, retry: retryEvery, tell: tell, wake: make(chan struct{}, 1), done: make(chan struct{})}
	go p.work()
	return p
}

// send makes set the next to be published.
func (p *publishing) send(set fileset.Set) {
	p.mu.Lock()
	p.next = &set
	p.mu.Unlock()
	p.rouse()
}

// close finishes what has been sent and ends.
func (p *publishing) close() {
	p.mu.Lock()
	p.ended = true
	p.mu.Unlock()
	p.rouse()
	<-p.done
}

func (p *publishing) rouse() {
	select {
	case p.wake <- struct{}{}:
	default: // it is awake, or will be
	}
}

func (p *publishing) work() {
	defer close(p.done)
	var failed *fileset.Set
	first := true
	retry := time.NewTimer(p.retry)
	retry.Stop()
	for {
		select {
		case <-p.wake:
		case <-retry.C:
		}
		p.mu.Lock()
		set, ended := p.next, p.ended
		p.next = nil
		p.mu.Unlock()
		if set == nil {
			set = failed
		}
		if set != nil {
			report, err := p.out.Publish(*set)
			failed = nil
			if err != nil {
				failed = set
				retry.Reset(p.retry)
			}
			p.tell(publication{report: report, err: err, first: first, again: p.retry})
			first = first && err != nil
		}
		if ended {
			return
		}
	}
}
