package deploy

import (
	"encoding/json"
	"maps"
	"slices"
	"time"

	"candor/generator/domain"
	"candor/generator/fileset"
)

// StateName is the name of the state object, below the prefix.
const StateName = ".candor-deploy.json"

// stateVersion is that of its format.
const stateVersion = 1

// state is what the store holds, as far as candor sent it.
type state struct {
	Version int               `json:"version"`
	Holder  string            `json:"holder,omitempty"` // of the lock
	Beat    int               `json:"beat"`             // goes up with each writing
	Release string            `json:"release"`
	Instant time.Time         `json:"instant"`
	Files   map[string]string `json:"files"`             // what is there: a digest of bytes and headers
	Pending []string          `json:"pending,omitempty"` // what may be there, old or new
	Gone    map[string]string `json:"gone,omitempty"`    // what is to be deleted: the release that first did without it
	Stale   []string          `json:"stale,omitempty"`   // what caches may still have in an older form
}

func (s state) encode() []byte {
	s.Version = stateVersion
	data, err := json.Marshal(s)
	if err != nil {
		panic(err) // texts, numbers and times always can be
	}
	return append(data, '\n')
}

// plan is what has to be done to get from one state to another.
type plan struct {
	send []File
	due  []string // to be deleted now
	next state    // once everything is sent
}

// plan compares a release with what is there.
func (s state) plan(rel Release, t Target) plan {
	p := plan{next: state{Release: rel.ID, Instant: rel.Instant, Files: map[string]string{}, Gone: map[string]string{}}}
	for _, f := range rel.Files {
		p.next.Files[f.Path] = print(f, t)
		if s.Files[f.Path] != p.next.Files[f.Path] {
			p.send = append(p.send, f)
			p.next.Stale = append(p.next.Stale, f.Path)
		}
	}
	for _, path := range slices.Concat(slices.Collect(maps.Keys(s.Files)), s.Pending, slices.Collect(maps.Keys(s.Gone))) {
		if _, stays := p.next.Files[path]; stays {
			continue
		}
		p.next.Gone[path] = s.Gone[path]
		switch p.next.Gone[path] {
		case "":
			p.next.Gone[path] = rel.ID
		case rel.ID:
		default:
			p.due = append(p.due, path)
		}
	}
	slices.Sort(p.due)
	p.due = slices.Compact(p.due)
	p.next.Stale = slices.Compact(slices.Sorted(slices.Values(slices.Concat(p.next.Stale, p.due, s.Stale))))
	return p
}

// done reports whether there is nothing to do.
func (p plan) done(s state) bool {
	return len(p.send)+len(p.due)+len(s.Pending)+len(p.next.Stale) == 0 && s.Release == p.next.Release
}

// begun is the state before the first file is sent: it names all that is about to be written.
func (p plan) begun(s state) state {
	pending := slices.Clone(s.Pending)
	s.Files = maps.Clone(s.Files)
	for _, f := range p.send {
		delete(s.Files, f.Path)
		pending = append(pending, f.Path)
	}
	slices.Sort(pending)
	s.Pending, s.Stale = slices.Compact(pending), p.next.Stale
	return s
}

// print is a digest of the bytes of a file and of the headers that it is sent with.
func print(f File, t Target) string {
	headers := fileset.SumOf([]byte(domain.ContentType(f.Path) + "\n" + t.CacheControl))
	return f.Sum.String() + "-" + headers.Short()
}

// without returns a copy of a map without a key.
func without(m map[string]string, key string) map[string]string {
	m = maps.Clone(m)
	delete(m, key)
	return m
}
