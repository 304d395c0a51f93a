package preview

import (
	"embed"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"candor/generator/domain"
	"candor/generator/fileset"
	"candor/generator/message"
)

// own is the folder of what is the preview's and not the site's.
const own = "/.candor/"

// limits on one request. A stream has a deadline for every write instead.
const (
	requestRead  = 30 * time.Second
	requestWrite = 30 * time.Second
)

//go:embed client
var client embed.FS

// ServeHTTP answers one request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	protect(w.Header())
	if status, why := s.admit(r); status != http.StatusOK {
		if status == http.StatusMethodNotAllowed {
			w.Header().Set("Allow", "GET, HEAD")
		}
		w.Header().Set("Connection", "close")
		sendText(w, r, status, why)
		return
	}
	name, ours := strings.CutPrefix(r.URL.Path, own)
	switch {
	case name == "events" && ours:
		s.serveEvents(w, r)
		return
	case name == "state" && ours:
		s.serveState(w, r)
		return
	case name == "words" && ours:
		send(w, r, http.StatusOK, domain.ContentType("words.json"), s.words)
		return
	}
	_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(requestRead))
	if !ours {
		s.serveSite(w, r)
		return
	}
	data, err := client.ReadFile("client/" + name)
	if err != nil {
		sendText(w, r, http.StatusNotFound, s.opt.Words.Sayf("There is no such page"))
		return
	}
	send(w, r, http.StatusOK, domain.ContentType(name), data)
}

func (s *Server) serveSite(w http.ResponseWriter, r *http.Request) {
	v := s.look(r.URL.Query().Get("at"))
	found := s.find(v, r.URL.Path)
	if found.to != "" {
		to := url.URL{Path: found.to, RawQuery: r.URL.RawQuery}
		w.Header().Set("Location", to.String())
		sendText(w, r, http.StatusTemporaryRedirect, to.String())
		return
	}
	data, kind := found.file.Data, domain.ContentType(found.file.Path)
	if isPage(found.file.Path) {
		data = inject(data, func(frame string) string { return scriptTag(v.number, found.digest(), frame) })
		if v.fault != nil && found.status == http.StatusOK {
			found.status = http.StatusBadRequest // a page, but not the one that was asked for
		}
	}
	send(w, r, found.status, kind, data)
}

// found is what a path leads to: a file, or another path.
type found struct {
	status int
	file   fileset.File
	to     string
}

// digest tells two versions of what a path leads to apart; it is "" where there
// is no version at all.
func (f found) digest() string {
	if f.status == http.StatusServiceUnavailable || f.to != "" {
		return ""
	}
	return f.file.Sum.String()
}

// find looks a path of a request up in a view.
func (s *Server) find(v view, at string) found {
	set := v.state.Output
	if set.Len() == 0 {
		return found{status: http.StatusServiceUnavailable, file: s.plainPage(
			message.Textf("There is nothing to show yet"),
			message.Textf("After the first build without errors, the page that you asked for takes the place of this one."))}
	}
	base := basePath(v.state.Base)
	name, below := strings.CutPrefix(at, base)
	if !below {
		if at == "" || at == "/" || at+"/" == base {
			return found{to: base}
		}
		return s.missing(set, "")
	}
	index := name
	if index == "" || strings.HasSuffix(index, "/") {
		index += "index.html"
	}
	if f, ok := set.Get(index); ok {
		return found{status: http.StatusOK, file: f}
	}
	if _, ok := set.Get(name + "/index.html"); ok {
		return found{to: base + name + "/"}
	}
	if v.at == "" && !isPage(index) {
		if f, ok := v.remembered(index); ok {
			return found{status: http.StatusOK, file: f}
		}
	}
	return s.missing(set, name)
}

// basePath returns a path with a slash at either end.
func basePath(base string) string {
	if base = strings.Trim(base, "/"); base == "" {
		return "/"
	}
	return "/" + base + "/"
}

// missing is the site's page for what it does not have, in the language of the
// folder that name begins with where there is one.
func (s *Server) missing(set fileset.Set, name string) found {
	folder, _, _ := strings.Cut(name, "/")
	for _, page := range []string{folder + "/404.html", "404.html"} {
		if f, ok := set.Get(page); ok {
			return found{status: http.StatusNotFound, file: f}
		}
	}
	return found{status: http.StatusNotFound, file: s.plainPage(
		message.Textf("There is no such page"), message.Textf("The site has nothing at this address."))}
}

// sendText writes one line as a response.
func sendText(w http.ResponseWriter, r *http.Request, status int, text string) {
	send(w, r, status, domain.ContentType(".txt"), []byte(text+"\n"))
}

// send writes a whole response. HEAD gets the headers of GET.
func send(w http.ResponseWriter, r *http.Request, status int, kind string, data []byte) {
	_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(requestWrite)) // a recorder has none
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Length", strconv.Itoa(len(data)))
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(data) // whoever went away needs no answer
	}
}
