package preview

import (
	"slices"
	"sync"

	"candor/generator/fileset"
)

// keptInstants is how many instants a version remembers: each may be a whole site.
const keptInstants = 4

// version is what one call of Show gave. It never changes, but for the instants
// that it remembers; so they need no other way to be forgotten.
type version struct {
	number   uint64
	state    State
	replaced chan struct{} // closed when there is a newer one

	mu       sync.Mutex
	instants []*instant // the one last asked for at the end
}

// instant is the site as of an instant: built once, by whoever asks first.
type instant struct {
	at    string
	build func() (State, error)
}

// instant returns what the version remembers of an instant, or begins to.
func (v *version) instant(at string, build func(string) (State, error)) *instant {
	v.mu.Lock()
	defer v.mu.Unlock()
	if i := slices.IndexFunc(v.instants, func(known *instant) bool { return known.at == at }); i >= 0 {
		known := v.instants[i]
		v.instants = append(slices.Delete(v.instants, i, i+1), known)
		return known
	}
	made := &instant{at: at, build: sync.OnceValues(func() (State, error) { return build(at) })}
	v.instants = append(v.instants, made)
	if extra := len(v.instants) - keptInstants; extra > 0 {
		v.instants = slices.Delete(v.instants, 0, extra)
	}
	return made
}

// remembered looks for a file in the sites of the instants, the last one first.
func (v *version) remembered(path string) (fileset.File, bool) {
	v.mu.Lock()
	instants := slices.Clone(v.instants)
	v.mu.Unlock()
	for _, known := range slices.Backward(instants) {
		if state, err := known.build(); err == nil {
			if f, ok := state.Output.Get(path); ok {
				return f, true
			}
		}
	}
	return fileset.File{}, false
}

// view is what one request sees.
type view struct {
	*version
	state State  // as of the instant
	at    string // the instant that was asked for; "" for none
	fault error  // why state is that of no instant asked for
}

// look returns the newest version, as of an instant where at names one.
func (s *Server) look(at string) view {
	v := view{version: s.current.Load(), at: at}
	v.state = v.version.state
	if at == "" {
		return v
	}
	state, err := v.instant(at, s.ask).build()
	if err != nil {
		v.fault = err
		return v
	}
	state.Frozen = true
	state.Open, state.Problem = v.state.Open, v.state.Problem // the editor's and the machine's, whatever the instant
	v.state = state
	return v
}

func (s *Server) ask(at string) (State, error) {
	s.asking.Lock()
	defer s.asking.Unlock()
	return s.opt.At(at)
}
