package preview

import (
	"net/http"
	"strings"
)

// refusal is the answer to a request that is not to be served.
type refusal struct {
	status int
	text   string
}

// protect sets the headers of every response, refusals included.
func protect(h http.Header) {
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Security-Policy", "frame-ancestors 'none'") // beside the page's own policy, never instead of it
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
}

// admit says why a request is not to be served; nil means that it is.
func (s *Server) admit(r *http.Request) *refusal {
	if withoutDefaultPort(r.Host) != withoutDefaultPort(s.opt.Host) {
		return &refusal{http.StatusForbidden, s.opt.Words.Sayf("this preview has one address: %s", s.origin+"/")}
	}
	for _, origin := range r.Header.Values("Origin") {
		if origin != s.origin {
			return &refusal{http.StatusForbidden, s.opt.Words.Sayf("this preview does not answer other sites")}
		}
	}
	if !fromHere(r.Header) {
		return &refusal{http.StatusForbidden, s.opt.Words.Sayf("this preview does not answer other sites")}
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		return &refusal{http.StatusMethodNotAllowed, s.opt.Words.Sayf("the preview is for reading: GET or HEAD, without a body")}
	}
	if r.ContentLength != 0 { // or a body would be waited for after the answer
		return &refusal{http.StatusBadRequest, s.opt.Words.Sayf("the preview is for reading: GET or HEAD, without a body")}
	}
	return nil
}

// fromHere reports whether fetch metadata (W3C Fetch Metadata Request Headers),
// which only a browser can set, allow a request. What is on another port of this
// machine is "same-site", and as foreign as what is elsewhere.
func fromHere(h http.Header) bool {
	switch h.Get("Sec-Fetch-Site") {
	case "", "same-origin", "none":
		return true
	}
	return h.Get("Sec-Fetch-Mode") == "navigate" && h.Get("Sec-Fetch-Dest") == "document"
}

// withoutDefaultPort makes a host as browsers write it, which leave out the port 80.
func withoutDefaultPort(host string) string { return strings.TrimSuffix(host, ":80") }

func (s *Server) refuse(w http.ResponseWriter, r *http.Request, why *refusal) {
	if why.status == http.StatusMethodNotAllowed {
		w.Header().Set("Allow", "GET, HEAD")
	}
	w.Header().Set("Connection", "close")
	send(w, r, why.status, "text/plain; charset=utf-8", []byte(why.text+"\n"))
}
