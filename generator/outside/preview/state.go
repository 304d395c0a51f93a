package preview

import (
	"encoding/json"
	"net/http"
	"net/url"
	"time"

	"candor/generator/domain"
)

// stateJSON is a State as the script reads it. Times have the site's offset, so
// that their first part is what the site's clocks show.
type stateJSON struct {
	State                     // Open is "" for those who do not follow
	Version    uint64         `json:"version"`
	Lang       string         `json:"lang"`
	Page       string         `json:"page"` // digest of what the path leads to; "" when there is nothing to show
	At         string         `json:"at"`
	AsOf       string         `json:"asOf"`  // the instant that was asked for
	Fault      string         `json:"fault"` // why it is not that one
	NextChange string         `json:"nextChange"`
	Deadlines  []deadlineJSON `json:"deadlines"`
}

type deadlineJSON struct {
	Deadline
	Due string `json:"due"`
}

func (s *Server) serveState(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	v := s.look(query.Get("at"))
	path, err := url.PathUnescape(query.Get("path")) // as it stands in the address
	if err != nil {
		path = ""
	}
	st := v.state
	out := stateJSON{
		State: st, Version: v.number, Lang: s.lang(), Page: s.find(v, path).digest(),
		At: clock(st.At, st.At), AsOf: v.at, NextChange: clock(st.NextChange, st.At), Deadlines: []deadlineJSON{},
	}
	if v.fault != nil {
		out.Fault = v.fault.Error()
	}
	if !s.opt.Follow {
		out.Open = ""
	}
	for _, o := range st.Deadlines {
		out.Deadlines = append(out.Deadlines, deadlineJSON{o, clock(o.Due, st.At)})
	}
	data, _ := json.Marshal(out) // strings and numbers can be written
	send(w, r, http.StatusOK, domain.ContentType("state.json"), data)
}

// clock writes a time as the clocks of the site show it: those of its instant.
func clock(t, at time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(at.Location()).Format(time.RFC3339)
}
