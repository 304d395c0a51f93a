package preview

import (
	"fmt"
	"io"
	"net/http"
	"time"
)

const (
	maxStreams  = 1000             // open at a time; a browser opens one for each tab in view
	heartbeat   = 15 * time.Second // so that a connection that is gone is found out
	streamWrite = 10 * time.Second // for one write: it is a few bytes
)

// serveEvents tells a browser the number of every new version, or of the newest
// where it was too slow for all. A stream waits for the version that it has last
// told to be replaced, so nobody waits for a stream.
func (s *Server) serveEvents(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	if r.Method == http.MethodHead {
		return
	}
	defer s.streams.Add(-1)
	if s.streams.Add(1) > maxStreams {
		sendText(w, r, http.StatusServiceUnavailable, s.opt.Words.Sayf("too many previews are open"))
		return
	}
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	connection := http.NewResponseController(w)
	v := s.current.Load()
	message := fmt.Sprintf("retry: 500\ndata: %d\n\n", v.number)
	for {
		_ = connection.SetWriteDeadline(time.Now().Add(streamWrite)) // a recorder has none
		if _, err := io.WriteString(w, message); err != nil || connection.Flush() != nil {
			return
		}
		select {
		case <-r.Context().Done():
			return
		case <-v.replaced:
			v = s.current.Load()
			message = fmt.Sprintf("data: %d\n\n", v.number)
		case <-beat.C:
			message = ":\n\n"
		}
	}
}
