// Package deploy sends what was published to a store that speaks the protocol of S3.
//
// A state object in the store, StateName, is lock, journal and manifest in one. It is written only on
// the condition that nobody else has written it since it was read, so of two deployments one goes on.
//
//   - Order: files that pages need, pages, feeds, the home page, then the state, then deletions. A
//     phase begins when the one before it is complete. The first error stops everything.
//   - Killed anywhere, every file is whole, old or new, and another deployment completes the work: the
//     state names what was about to be written before the first byte is sent.
//   - Sent is what differs in its bytes or its headers from what the state says, and nothing else.
//   - A file that is not published any more is deleted one release late, so that a page that a reader
//     has open still finds its files.
//   - Nothing is replaced or deleted that does not carry the mark of this program.
//   - A lock whose holder does not renew it for Lease was left by one that was killed. That is seen by
//     looking, not by clocks.
package deploy

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/http"
	"sync"
	"time"

	"candor/generator/fileset"
	"candor/generator/message"
)

// Target is where files are sent.
type Target struct {
	Endpoint     string // such as https://s3.example.org
	Bucket       string
	Prefix       string // of all names; empty, or with a slash at its end
	Region       string
	PathStyle    bool // the bucket is in the path, not in the name of the host
	Unlocked     bool // the store has no conditional writes
	CacheControl string
	AccessKey    string
	SecretKey    string
	Token        string
}

// File is a file of a release.
type File struct {
	Path  string
	Size  int64
	Sum   fileset.Sum
	Phase int // what has a lower one is sent first
}

// Release is what is sent.
type Release struct {
	ID      string
	Instant time.Time // that it was built for
	Files   []File    // sorted by phase
	Read    func(path string) ([]byte, error)
}

// Options are how a deployment is done.
type Options struct {
	Dry        bool // only say what would be done
	Older      bool // send a release that is older than the one that is there
	TakeOver   bool // do not wait for the holder of the lock
	Workers    int  // how many files are sent at a time
	Wait       func(context.Context, time.Duration) error
	Waiting    func(time.Duration) // is told before the lock of somebody else is waited for
	Invalidate func(context.Context, []string) error
	Transport  http.RoundTripper // nil for the usual one
}

// Report is what a deployment did, or with Dry would do.
type Report struct {
	Sent    []string // in their order
	Deleted []string
	Later   int // files to be deleted with the next release
	Kept    int // files that were there already
}

// Lease is how long a lock that is not renewed is respected.
const Lease = 3 * time.Minute

// deployment is one on its way.
type deployment struct {
	*store
	opt  Options
	rel  Release
	plan plan

	known map[string]bool // paths that candor has sent before

	mu    sync.Mutex
	state state
	etag  string
	beat  time.Time // when the lock was renewed last
}

// Deploy sends a release.
func Deploy(ctx context.Context, target Target, rel Release, opt Options) (Report, error) {
	s, err := open(target, opt)
	if err != nil {
		return Report{}, err
	}
	d := &deployment{store: s, opt: opt, rel: rel}
	if d.state, d.etag, err = s.free(ctx, opt); err != nil {
		return Report{}, err
	}
	if at := d.state.Instant; rel.Instant.Before(at) && !opt.Older {
		return Report{}, message.Errorf("what is deployed was built for %s, and this for %s\n"+
			"build again, or go back with: candor rollback", at.Format(time.RFC3339), rel.Instant.Format(time.RFC3339))
	}
	if d.plan = d.state.plan(rel, target); opt.Invalidate == nil {
		d.plan.next.Stale = nil
	}
	d.known = map[string]bool{}
	for path := range d.state.Files {
		d.known[path] = true
	}
	report := Report{Deleted: d.plan.due, Later: len(d.plan.next.Gone) - len(d.plan.due),
		Kept: len(rel.Files) - len(d.plan.send)}
	for _, f := range d.plan.send {
		report.Sent = append(report.Sent, f.Path)
	}
	if opt.Dry || d.plan.done(d.state) {
		return report, nil
	}
	return report, d.run(ctx)
}

// run does what is planned. Whatever stops it, the lock is given back if the store can still be
// reached; what was sent stays in the journal.
func (d *deployment) run(ctx context.Context) error {
	next := d.plan.begun(d.state)
	next.Holder = rand.Text()
	if err := d.record(ctx, next); err != nil {
		return err
	}
	err := d.steps(ctx)
	if err != nil && d.state.Holder == next.Holder {
		left := d.state
		left.Holder = ""
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
		defer cancel()
		_ = d.record(ctx, left) // the error before it is the one to tell
	}
	return err
}

func (d *deployment) steps(ctx context.Context) error {
	if err := d.send(ctx); err != nil {
		return err
	}
	done := d.plan.next
	more := len(d.plan.due) > 0 || d.opt.Invalidate != nil && len(done.Stale) > 0
	if more {
		done.Holder = d.state.Holder
	}
	if err := d.record(ctx, done); err != nil || !more {
		return err
	}
	for _, path := range d.plan.due {
		if err := d.remove(ctx, path); err != nil {
			return err
		}
		done.Gone = without(done.Gone, path)
	}
	if d.opt.Invalidate != nil && len(done.Stale) > 0 {
		if err := d.opt.Invalidate(ctx, done.Stale); err != nil {
			return err
		}
		done.Stale = nil
	}
	done.Holder = ""
	return d.record(ctx, done)
}

// record writes the state, if it is still the one that was read or written last.
func (d *deployment) record(ctx context.Context, next state) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	next.Beat = d.state.Beat + 1
	etag, err := d.putState(ctx, next, d.etag)
	if err == nil {
		d.state, d.etag, d.beat = next, etag, time.Now().Round(0) // a clock that goes on in a machine that sleeps
	}
	return err
}

// renew renews the lock if a quarter of its time has gone.
func (d *deployment) renew(ctx context.Context) error {
	d.mu.Lock()
	due, now := time.Since(d.beat) > Lease/4, d.state
	d.mu.Unlock()
	if !due {
		return nil
	}
	return d.record(ctx, now)
}

// send sends the files, a phase at a time.
func (d *deployment) send(ctx context.Context) error {
	for from := 0; from < len(d.plan.send); {
		to := from
		for to < len(d.plan.send) && d.plan.send[to].Phase == d.plan.send[from].Phase {
			to++
		}
		if err := d.sendAll(ctx, d.plan.send[from:to]); err != nil {
			return err
		}
		from = to
	}
	return nil
}

// sendAll sends files of one phase, some at a time, until the first error.
func (d *deployment) sendAll(ctx context.Context, files []File) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	queue := make(chan File)
	var workers sync.WaitGroup
	for range max(1, d.opt.Workers) {
		workers.Go(func() {
			for f := range queue {
				if err := d.sendOne(ctx, f); err != nil {
					cancel(err)
				}
			}
		})
	}
	for _, f := range files {
		if ctx.Err() != nil {
			break
		}
		queue <- f
	}
	close(queue)
	workers.Wait()
	return context.Cause(ctx)
}

func (d *deployment) sendOne(ctx context.Context, f File) error {
	if ctx.Err() != nil {
		return nil // the cause is told already
	}
	data, err := d.rel.Read(f.Path)
	if err != nil {
		return err
	}
	if fileset.SumOf(data) != f.Sum {
		return message.Errorf("%s is not what was published\nrun candor build again", f.Path)
	}
	if err := d.renew(ctx); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, Lease/2) // nothing is sent once the lock may be another's
	defer cancel()
	if err := d.put(ctx, f, data, d.known[f.Path]); err != nil {
		return fmt.Errorf("%s: %w", f.Path, err)
	}
	return nil
}
