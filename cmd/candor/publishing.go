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

// quietFor is how long nothing must have come before what can wait is done: looking
// at everything that is published, and collecting what the last save left.
const quietFor = 100 * time.Millisecond

// publication is how one went.
type publication struct {
	report publish.Report
	err    error
	first  bool          // of the session
	mended bool          // it was for what somebody else had changed there
	again  time.Duration // after which it is tried again, where it failed
}

// publishing publishes one set after another beside the session, so that a save
// need not wait for the disk. Of sets that come while one is being written, only
// the newest is published. When nothing comes any more, all of what is published is
// looked at.
type publishing struct {
	out   outlet
	retry time.Duration
	tell  func(publication)
	rest  func() // is called when nothing comes any more

	mu    sync.Mutex
	next  *fileset.Set
	ended bool

	wake chan struct{}
	done chan struct{}
}

// newPublishing begins; tell is told how each publication went.
func newPublishing(out outlet, tell func(publication)) *publishing {
	p := &publishing{out: out, retry: retryEvery, tell: tell, rest: collectGarbage, wake: make(chan struct{}, 1), done: make(chan struct{})}
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
	var out, failed *fileset.Set
	first := true
	retry, quiet := time.NewTimer(p.retry), time.NewTimer(quietFor)
	retry.Stop()
	quiet.Stop()
	put := func(set *fileset.Set, write func(fileset.Set) (publish.Report, error), mending bool) {
		report, err := write(*set)
		out, failed = set, nil
		if err != nil {
			out, failed = nil, set
			retry.Reset(p.retry)
		}
		p.tell(publication{report: report, err: err, first: first, mended: mending && report.Written+report.Deleted > 0, again: p.retry})
		first = first && err != nil
	}
	for {
		select {
		case <-p.wake:
		case <-retry.C:
		case <-quiet.C:
			if out != nil {
				put(out, p.out.Publish, true)
			}
			p.rest()
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
			put(set, p.out.PublishNext, false)
		}
		if ended {
			return
		}
		quiet.Reset(quietFor)
	}
}
