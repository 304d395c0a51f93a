package main

import (
	"cmp"
	"errors"
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

// edition is a site that is to go out.
type edition struct {
	set    fileset.Set
	origin publish.Origin
	after  string // the Head that was there before the content was read
}

// errOvertaken says that somebody else has published since the content was read, so
// this reading of it may be the older one.
var errOvertaken = errors.New("overtaken")

// publication is the result of publishing one edition.
type publication struct {
	report publish.Report
	err    error
	first  bool          // none before it in the session succeeded
	again  time.Duration // after which it is tried again, if it failed
}

// publishing publishes one edition after another beside the session, so that a save
// need not wait for the disk. Of those that come while one is being written, only
// the newest is published. One that was overtaken is not.
type publishing struct {
	publish publisher
	folder  string
	tell    func(publication)

	mu    sync.Mutex
	next  *edition
	busy  bool
	left  string // the Head that the last publication has left
	held  bool   // the last edition was overtaken, so what it has is not out
	ended bool

	wake chan struct{}
	done chan struct{}
}

// newPublishing begins; tell is called with the result of each publication.
func newPublishing(to publisher, folder string, tell func(publication)) *publishing {
	p := &publishing{publish: to, folder: folder, tell: tell, wake: make(chan struct{}, 1), done: make(chan struct{})}
	go p.work()
	return p
}

// send makes e the next to be published.
func (p *publishing) send(e edition) {
	p.mu.Lock()
	p.next = &e
	p.mu.Unlock()
	p.rouse()
}

// others returns the Head of what is published, whether it is somebody else's who has
// published since the Head after was there, and whether that has held an edition up.
func (p *publishing) others(after string) (head string, others, held bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	head = publish.Head(p.folder)
	return head, !p.busy && p.next == nil && head != after && head != p.left, p.held
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
	var failed *edition
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
		e, ended := cmp.Or(p.next, failed), p.ended
		p.next, p.busy = nil, e != nil
		p.mu.Unlock()
		if e != nil {
			report, err := p.publish(e.set, func() (fileset.Set, publish.Origin, error) {
				if head := publish.Head(p.folder); head != e.after && head != p.left {
					return e.set, e.origin, errOvertaken
				}
				return e.set, e.origin, nil
			})
			p.mu.Lock()
			if p.busy, p.held = false, errors.Is(err, errOvertaken); err == nil {
				p.left = report.Head
			}
			p.mu.Unlock()
			failed = nil
			switch {
			case errors.Is(err, errOvertaken): // the session finds out by itself, and builds again
			case err != nil:
				failed = e
				retry.Reset(retryEvery)
				fallthrough
			default:
				p.tell(publication{report: report, err: err, first: first, again: retryEvery})
				first = first && err != nil
			}
		}
		if ended {
			return
		}
		quiet.Reset(quietFor)
	}
}
