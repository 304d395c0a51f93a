package preview

import (
	"net/http"
	"slices"
	"strings"
)

// protect sets the headers of every response, refusals included.
func protect(h http.Header) {
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Security-Policy", "frame-ancestors 'none'") // beside the page's own policy, never instead of it
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
}

// admit returns the status for a request, and why it is refused if not StatusOK.
func (s *Server) admit(r *http.Request) (status int, why string) {
	foreign := func(origin string) bool { return origin != s.origin }
	switch {
	case withoutDefaultPort(r.Host) != withoutDefaultPort(s.opt.Host):
		return http.StatusForbidden, s.opt.Words.Sayf("this preview has one address: %s", s.origin+"/")
	case slices.ContainsFunc(r.Header.Values("Origin"), foreign) || !fromHere(r.Header):
		return http.StatusForbidden, s.opt.Words.Sayf("this preview does not answer other sites")
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		return http.StatusMethodNotAllowed, s.opt.Words.Sayf("the preview is for reading: GET or HEAD, without a body")
	case r.ContentLength != 0: // or a body would be waited for after the answer
		return http.StatusBadRequest, s.opt.Words.Sayf("the preview is for reading: GET or HEAD, without a body")
	}
	return http.StatusOK, ""
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
