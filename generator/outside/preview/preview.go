// Package preview serves a site from memory to the browser of the person who
// writes it: an edge. It refreshes the page where it stands, and shows errors
// over the last good version.
//
// # What it promises
//
// A request is answered from the newest State that Show was given, whole: never
// a mixture of two. Show waits for nobody: not for a browser, not for a build.
//
// The bytes served are those of the set, with two exceptions, in pages alone. A
// script element stands before the last </body>, and a policy that stands in the
// page (meta http-equiv, CSP Level 3) allows scripts and connections from the
// preview itself as well. Both are made for the response: no file ever holds
// them. Nothing else of a policy is loosened, which is why the overlay uses
// constructed style sheets and no inline style, script or HTML.
//
// When ctx is done, Serve returns within a second, open streams or not.
//
// # What it refuses
//
// What is not published yet is nobody else's business, and a page elsewhere may
// run in the same browser as the preview.
//
//   - Listen opens loopback addresses only.
//   - The Host has to be the preview's own, with its port: a name elsewhere that
//     was made to lead here (DNS rebinding) gets 403.
//   - Any Origin but its own gets 403. So does what another site or another port
//     asks for (Sec-Fetch-Site), unless a person follows a link to a page.
//   - Only GET and HEAD, without a body. Paths are looked up in the set, never on
//     a disk, so there is nothing that a path could climb out of.
//   - No other site may frame a response, embed it or guess its type, and nothing
//     is kept in a cache.
//   - Slow and many clients cost little: every reading and writing has a deadline,
//     headers have a limit, and streams are counted.
//
// # The protocol
//
// All of it is below /.candor/. /.candor/events is a stream of Server-Sent Events
// that carries the number of the newest version and nothing else; versions may be
// skipped. /.candor/state?path=…&at=… is that version as JSON, with the digest of
// what path leads to. /.candor/words has the words of the preview's language for what the scripts say.
// The rest are the script's own files, folder client.
//
// A page asked for with ?at= is that of another instant. A file that is not in
// the newest set is looked for in those of the instants last asked for, because
// the pictures in such a page are asked for without it.
package preview

import (
	"sync"
	"sync/atomic"
	"time"

	"candor/generator/fileset"
	"candor/generator/message"
)

// State is what there is to see: a site, and what is to be said about it.
// Addresses are as a browser asks for them, Base included: "/rash/#u-x".
type State struct {
	Output   fileset.Set `json:"-"`        // the last good site; empty before the first good build
	Base     string      `json:"-"`        // the path below which the site lives; "" is "/"
	Errors   string      `json:"errors"`   // the findings as the terminal has them, without colours; "" for none
	Warnings string      `json:"warnings"` // likewise
	Counts   Counts      `json:"counts"`

	// The findings about texts that are left to write, if nothing else keeps Output from being published.
	Unfinished string `json:"unfinished"`

	At         time.Time  `json:"-"`      // the instant that the site was built for, in the site's zone
	Frozen     bool       `json:"frozen"` // At stands still
	NextChange time.Time  `json:"-"`      // when the site changes by itself; zero for never
	Deadlines  []Deadline `json:"-"`      // soonest first

	// The page that the change was about, for those who follow: each time anew; "" for none.
	Open    string `json:"open"`
	Problem string `json:"problem"` // what is wrong with the environment; "" for nothing
}

// Counts are numbers of findings.
type Counts struct {
	Errors   int `json:"errors"`
	Warnings int `json:"warnings"`
}

// Deadline is one thing that the organisation has to do by a time.
type Deadline struct {
	Kind     string    `json:"kind"`     // first-response, update, promise, report, follow-up or publication
	Incident string    `json:"incident"` // what the editor knows it by
	What     string    `json:"what"`     // in words; may be ""
	Due      time.Time `json:"-"`
	URL      string    `json:"url"` // may be ""
}

// Options are what a Server knows from its start.
type Options struct {
	Host   string         // the one Host it answers to, with the port: that of the listener
	Follow bool           // browsers go to the State.Open of every State that has one
	Words  *message.Words // in which the preview speaks; nil is English

	// At makes the site as of another instant, for ?at=: the instant as it stands
	// in the address, such as "2026-11-06T18:00". It is called by one goroutine at
	// a time, and not again while its answer is remembered, which Show ends. The
	// error is the editor's, who is shown it. Nil allows no other instant.
	At func(instant string) (State, error)
}

// Server is an http.Handler, safe for concurrent use.
type Server struct {
	opt     Options
	origin  string // scheme and host, as in an Origin header
	words   []byte // for the client, as JSON
	streams atomic.Int64

	showing sync.Mutex // among callers of Show
	current atomic.Pointer[version]
	asking  sync.Mutex // around opt.At
}

// New makes a Server that has nothing to show yet: it says so until Show.
func New(opt Options) *Server {
	if opt.At == nil {
		opt.At = func(string) (State, error) { return State{}, message.Errorf("this preview shows no other times") }
	}
	s := &Server{opt: opt, origin: "http://" + withoutDefaultPort(opt.Host), words: clientWords(opt.Words)}
	s.current.Store(&version{replaced: make(chan struct{})})
	return s
}

// Show makes state the one that is served, and tells every browser.
func (s *Server) Show(state State) {
	s.showing.Lock()
	defer s.showing.Unlock()
	old := s.current.Load()
	s.current.Store(&version{number: old.number + 1, state: state, replaced: make(chan struct{})})
	close(old.replaced)
}
