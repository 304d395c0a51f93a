package main

import (
	"sync"
	"time"

	"candor/generator/fileset"
	"candor/generator/outside/publish"
)

// retryEvery is how long after a publication that failed the next is tried: a full
// disk may have been cleared meanwhile.
const retryEvery = 10 * time.Second

// quietFor is how long nothing must be sent before garbage is collected.
const quietFor = 100 * time.Millisecond

// publication is the result of publishing one set.
type publication struct {
	report publish.Report
	err    error
	first  bool          // none before it in the session succeeded
	again  time.Duration // after which it is tried again, if it failed
}

// publishing publishes one set after another beside the session, so that a save
// need not wait for the disk. Of sets that come while one is being written, only
// the newest is published.
type publishing struct {
	publish publisher
	tell    func(publication)

	mu    sync.Mutex
	next  *fileset.Set
	ended bool

	wake chan struct{}
	done chan struct{}
}

// newPublishing begins; tell is called with the result of each publication.
func newPublishing(publish publisher, tell func(publication)) *publishing {
	p := &publishing{publish: publish, tell: tell, wake: make(chan struct{}, 1), done: make(chan struct{})}
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

// rouse makes work look for something to do, and collect garbage after it.
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
	retry, quiet := time.NewTimer(retryEvery), time.NewTimer(quietFor)
	retry.Stop()
	quiet.Stop()
	for {
		select {
		case <-p.wake:
		case <-retry.C:
		case <-quiet.C:
			collectGarbage()
			continue
		}
		p.mu.Lock()
		set, ended := p.next, p.ended
		p.next = nil
		p.mu.Unlock()
		if set == nil {
			set = failed
		}
		if set != nil {
			report, err := p.publish(*set)
			failed = nil
			if err != nil {
				failed = set
				retry.Reset(retryEvery)
			}
			p.tell(publication{report: report, err: err, first: first, again: retryEvery})
			first = first && err != nil
		}
		if ended {
			return
		}
		quiet.Reset(quietFor)
	}
}
