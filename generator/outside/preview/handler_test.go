package preview

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"candor/generator/fileset"
	"candor/generator/message"
)

const testHost = "127.0.0.1:1414"

// set makes a set of paths and contents in turn.
func set(pairs ...string) fileset.Set {
	var files []fileset.File
	for i := 0; i < len(pairs); i += 2 {
		files = append(files, fileset.NewFile(pairs[i], []byte(pairs[i+1])))
	}
	return fileset.Must(files)
}

// ask makes a request of the server's own Host, headers given as names and values in turn.
func ask(s *Server, method, target string, headers ...string) *http.Response {
	path, query, _ := strings.Cut(target, "?")
	r := httptest.NewRequest(method, "/", nil)
	r.Host = s.opt.Host
	r.URL = &url.URL{Path: path, RawQuery: query}
	if strings.Contains(path, "%") {
		r.URL, _ = url.ParseRequestURI(target)
	}
	for i := 0; i < len(headers); i += 2 {
		if headers[i] == "Host" {
			r.Host = headers[i+1]
			continue
		}
		r.Header.Add(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w.Result()
}

func body(t *testing.T, r *http.Response) string {
	t.Helper()
	text, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func shown(opt Options, output fileset.Set) *Server {
	opt.Host = testHost
	s := New(opt)
	s.Show(State{Output: output})
	return s
}

// below is a server of a site that lives below a path.
func below(base string, output fileset.Set) *Server {
	s := New(Options{Host: testHost})
	s.Show(State{Output: output, Base: base})
	return s
}

// withoutScript takes out what inject put in.
func withoutScript(t *testing.T, page string) string {
	t.Helper()
	begin := strings.LastIndex(page, `<script type="module" src="/.candor/preview.js"`)
	if begin < 0 {
		t.Fatalf("no script in %.300q", page)
	}
	end := begin + strings.Index(page[begin:], "</script>") + len("</script>")
	return page[:begin] + page[end:]
}

func TestWhoIsAnswered(t *testing.T) {
	s := shown(Options{}, set("index.html", "<p>home</p>"))
	for _, test := range []struct {
		what    string
		headers []string
		status  int
	}{
		{"curl", nil, 200},
		{"its own page", []string{"Origin", "http://127.0.0.1:1414", "Sec-Fetch-Site", "same-origin"}, 200},
		{"the address bar", []string{"Sec-Fetch-Site", "none", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "document"}, 200},
		{"a link elsewhere", []string{"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "document"}, 200},
		{"a frame elsewhere", []string{"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "iframe"}, 403},
		{"a picture elsewhere", []string{"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "no-cors", "Sec-Fetch-Dest", "image"}, 403},
		{"a fetch elsewhere", []string{"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "cors", "Sec-Fetch-Dest", "empty"}, 403},
		{"a fetch from another port", []string{"Sec-Fetch-Site", "same-site", "Sec-Fetch-Mode", "cors", "Sec-Fetch-Dest", "empty"}, 403},
		{"a word of the future", []string{"Sec-Fetch-Site", "elsewhere"}, 403},
		{"a foreign origin", []string{"Origin", "https://elsewhere.example"}, 403},
		{"an origin without a port", []string{"Origin", "http://127.0.0.1"}, 403},
		{"an origin of another scheme", []string{"Origin", "https://127.0.0.1:1414"}, 403},
		{"no origin", []string{"Origin", "null"}, 403},
		{"two origins", []string{"Origin", "http://127.0.0.1:1414", "Origin", "https://elsewhere.example"}, 403},
		{"a rebound name", []string{"Host", "elsewhere.example:1414"}, 403},
		{"another name", []string{"Host", "localhost:1414"}, 403},
		{"another port", []string{"Host", "127.0.0.1:1415"}, 403},
		{"no port", []string{"Host", "127.0.0.1"}, 403},
		{"no host", []string{"Host", ""}, 403},
	} {
		for _, path := range []string{"/", "/.candor/state", "/.candor/preview.js"} {
			if r := ask(s, "GET", path, test.headers...); r.StatusCode != test.status {
				t.Errorf("%s, %s: %s", test.what, path, r.Status)
			}
		}
	}
	if text := body(t, ask(s, "GET", "/", "Host", "localhost:1414")); !strings.Contains(text, "http://127.0.0.1:1414/") {
		t.Errorf("the right address is not named: %s", text)
	}
	if s := New(Options{Host: "127.0.0.1:80"}); ask(s, "GET", "/", "Host", "127.0.0.1", "Origin", "http://127.0.0.1").StatusCode == 403 {
		t.Error("browsers leave port 80 out")
	}
}

func TestMethods(t *testing.T) {
	s := shown(Options{}, set("index.html", "<p>home</p>"))
	for _, method := range []string{"POST", "PUT", "DELETE", "OPTIONS", "CONNECT", "TRACE", "PATCH", "BREW"} {
		r := ask(s, method, "/")
		if r.StatusCode != 405 || r.Header.Get("Allow") != "GET, HEAD" {
			t.Errorf("%s: %s, Allow: %s", method, r.Status, r.Header.Get("Allow"))
		}
	}
	r := httptest.NewRequest("GET", "/", strings.NewReader("a body"))
	r.Host = testHost
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	if w.Code != 400 {
		t.Errorf("a GET with a body: %d", w.Code)
	}
	get, head := ask(s, "GET", "/"), ask(s, "HEAD", "/")
	if head.StatusCode != 200 || body(t, head) != "" {
		t.Error("HEAD has a body")
	}
	for name := range get.Header {
		if get.Header.Get(name) != head.Header.Get(name) {
			t.Errorf("HEAD: %s is %q, not %q", name, head.Header.Get(name), get.Header.Get(name))
		}
	}
	if get.Header.Get("Content-Length") == "" {
		t.Error("no Content-Length")
	}
}

func TestHeadersOfEveryResponse(t *testing.T) {
	s := below("/crisis", set("index.html", "<p>home</p>", "a.txt", "text"))
	for _, r := range []*http.Response{
		ask(s, "GET", "/crisis/"), ask(s, "GET", "/"), ask(s, "GET", "/crisis/a.txt"), ask(s, "GET", "/none"), ask(s, "POST", "/"), ask(s, "HEAD", "/.candor/events"),
		ask(s, "GET", "/", "Host", "x"), ask(s, "GET", "/.candor/state"), ask(s, "GET", "/.candor/preview.js"), ask(s, "GET", "/.candor/none"), ask(New(Options{Host: testHost}), "GET", "/"),
	} {
		for name, want := range map[string]string{
			"Cross-Origin-Resource-Policy": "same-origin", "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store",
			"Referrer-Policy": "no-referrer", "X-Frame-Options": "DENY", "Content-Security-Policy": "frame-ancestors 'none'",
		} {
			if got := r.Header.Values(name); len(got) != 1 || got[0] != want {
				t.Errorf("%s: %s: %q", r.Status, name, got)
			}
		}
	}
}

func TestWhatPathsLeadTo(t *testing.T) {
	output := set("index.html", "home", "rash/index.html", "rash", "rash/files/报告 1.txt", "report", "404.html", "none", "en/404.html", "none, in English", "en/index.html", "english")
	long := "/" + strings.Repeat("a/", 20_000)
	for _, base := range []string{"/", "/crisis/"} {
		s := below(base, output)
		for _, test := range []struct {
			path   string
			status int
			want   string // the text, or where it leads
		}{
			{base, 200, "home"}, {base + "index.html", 200, "home"}, {base + "rash/", 200, "rash"}, {base + "rash/index.html", 200, "rash"},
			{base + "rash", 307, base + "rash/"}, {base + "rash?at=2026-11-06T18:00", 307, base + "rash/?at=2026-11-06T18:00"},
			{base + "rash/files/%E6%8A%A5%E5%91%8A%201.txt", 200, "report"},
			{base + "rash/files/", 404, "none"}, {base + "rash/files", 404, "none"}, {base + "none/", 404, "none"}, {base + "en", 307, base + "en/"},
			{base + "en/none/deep/", 404, "none, in English"}, {base + "en/none", 404, "none, in English"}, {base + "enough/", 404, "none"},
			{base + "..%2f..%2fetc/passwd", 404, "none"}, {base + "rash/..%2findex.html", 404, "none"}, {base + "rash/../index.html", 404, "none"},
			{base + "%2e%2e/index.html", 404, "none"}, {base + `rash\index.html`, 404, "none"}, {base + "rash%5cindex.html", 404, "none"},
			{base + "rash/%00", 404, "none"}, {base + "index.html%00.txt", 404, "none"}, {base + "/rash/", 404, "none"}, {base + "/rash", 404, "none"},
			{"//elsewhere.example/..", 404, "none"}, {base + "./rash", 404, "none"}, {base + "rash//", 404, "none"}, {"", 307, base}, {"*", 404, "none"}, {long, 404, "none"},
			{base + ".candor/preview.js", 404, "none"}, {"/.candor", 404, "none"},
		} {
			if base == "/" && test.path == "/.candor/preview.js" {
				continue
			}
			r := ask(s, "GET", test.path)
			got := r.Header.Get("Location")
			if r.StatusCode != 307 {
				got = body(t, r)
			}
			if strings.HasPrefix(r.Header.Get("Content-Type"), "text/html") {
				got = withoutScript(t, got)
			}
			if r.StatusCode != test.status || got != test.want {
				t.Errorf("%.80q: %s %.100q, not %d %q", test.path, r.Status, got, test.status, test.want)
			}
		}
	}
	s := below("crisis", output)
	for path, to := range map[string]string{"/": "/crisis/", "/crisis": "/crisis/"} {
		if r := ask(s, "GET", path); r.StatusCode != 307 || r.Header.Get("Location") != to {
			t.Errorf("%s: %s %s", path, r.Status, r.Header.Get("Location"))
		}
	}
	if r := ask(s, "GET", "/rash/"); r.StatusCode != 404 {
		t.Errorf("outside of the base: %s", r.Status)
	}
}

func TestContentTypes(t *testing.T) {
	for name, want := range map[string]string{
		"a.html": "text/html; charset=utf-8", "a.css": "text/css; charset=utf-8", "a.js": "text/javascript; charset=utf-8", "a.svg": "image/svg+xml; charset=utf-8",
		"a.txt": "text/plain; charset=utf-8", "a.csv": "text/csv; charset=utf-8", "a.json": "application/json; charset=utf-8", "a.xml": "application/xml; charset=utf-8",
		"a.ics": "text/calendar; charset=utf-8", "a.atom": "application/atom+xml; charset=utf-8", "a.PNG": "image/png", "a.pdf": "application/pdf",
		"a": "application/octet-stream", "a.html.exe": "application/octet-stream",
	} {
		s := shown(Options{}, set(name, "<p>"))
		r := ask(s, "GET", "/"+name)
		if got := r.Header.Get("Content-Type"); got != want {
			t.Errorf("%s: %s", name, got)
		}
		if got := body(t, r); (got == "<p>") == strings.HasPrefix(want, "text/html") {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestBeforeTheFirstGoodBuild(t *testing.T) {
	for _, s := range []*Server{New(Options{Host: testHost}), shown(Options{Words: message.In("zh-Hans")}, fileset.Set{})} {
		r := ask(s, "GET", "/rash/")
		if text := body(t, r); r.StatusCode != 503 || !strings.Contains(text, `src="/.candor/preview.js"`) || !strings.Contains(text, `data-page=""`) {
			t.Errorf("%s: %s", r.Status, text)
		}
	}
	s := shown(Options{Words: message.In("zh-Hans")}, set("a.html", ""))
	if r := ask(s, "GET", "/b/"); r.StatusCode != 404 || !strings.Contains(body(t, r), "没有这一页") {
		t.Errorf("a site without 404.html: %s", r.Status)
	}
}

func TestInstants(t *testing.T) {
	built := map[string]int{}
	s := New(Options{Host: testHost, At: func(at string) (State, error) {
		built[at]++
		if at == "tomorrow" {
			return State{}, errors.New(`"tomorrow" is no time`)
		}
		return State{Output: set("index.html", "as of "+at, at+".png", "picture")}, nil
	}})
	s.Show(State{Output: set("index.html", "now")})
	read := func(path string) (int, string) {
		r := ask(s, "GET", path)
		text := body(t, r)
		if strings.HasPrefix(r.Header.Get("Content-Type"), "text/html") {
			text = withoutScript(t, text)
		}
		return r.StatusCode, text
	}
	for path, want := range map[string]string{"/": "now", "/?at=": "now", "/?at=1": "as of 1", "/?at=2": "as of 2"} {
		for range 3 {
			if status, text := read(path); status != 200 || text != want {
				t.Errorf("%s: %d %s", path, status, text)
			}
		}
	}
	if status, text := read("/1.png"); status != 200 || text != "picture" {
		t.Errorf("a picture of an instant that was asked for: %d %s", status, text)
	}
	if status, text := read("/?at=tomorrow"); status != 400 || text != "now" {
		t.Errorf("a bad instant: %d %s", status, text)
	}
	for at, n := range built {
		if n != 1 {
			t.Errorf("%s was built %d times", at, n)
		}
	}
	for _, at := range []string{"3", "4", "5", "6", "1"} {
		read("/?at=" + at)
	}
	if built["1"] != 2 {
		t.Errorf("the oldest of many is remembered: %v", built)
	}
	s.Show(State{Output: set("index.html", "later")})
	read("/?at=6")
	if status, _ := read("/1.png"); built["6"] != 2 || status != 404 {
		t.Errorf("Show does not end what is remembered: %v, %d", built, status)
	}
	if status, text := func() (int, string) { s = shown(Options{}, set("index.html", "now")); return read("/?at=1") }(); status != 400 || text != "now" {
		t.Errorf("without At: %d %s", status, text)
	}
}
