package preview

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"candor/generator/fileset"
)

// served starts a server on a port of its own; the function ends it and waits.
func served(t testing.TB, opt Options) (*Server, func()) {
	t.Helper()
	l, err := Listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	opt.Host = l.Addr().String()
	s := New(opt)
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(ctx, l) }()
	end := sync.OnceFunc(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	t.Cleanup(end)
	return s, end
}

// stream is a client of the events, on a connection of its own.
type stream struct {
	net.Conn
	lines *bufio.Reader
}

func openStream(t *testing.T, s *Server) *stream {
	t.Helper()
	conn, err := net.Dial("tcp", s.opt.Host)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	fmt.Fprintf(conn, "GET /.candor/events HTTP/1.1\r\nHost: %s\r\n\r\n", s.opt.Host)
	return &stream{conn, bufio.NewReader(conn)}
}

// until reads to a line that ends with text, chunks of HTTP and all.
func (s *stream) until(t *testing.T, text string) {
	t.Helper()
	for {
		line, err := s.lines.ReadString('\n')
		if err != nil {
			t.Fatalf("no %q: %v", text, err)
		}
		if strings.TrimSpace(line) == text {
			return
		}
	}
}

func TestManyStreams(t *testing.T) {
	s, end := served(t, Options{})
	s.Show(State{Output: set("index.html", "<p>0</p>")})
	streams := make([]*stream, 500)
	for i := range streams {
		streams[i] = openStream(t, s)
		streams[i].until(t, "data: 1")
	}
	for i := range 100 { // many of them read nothing meanwhile
		s.Show(State{Output: set("index.html", fmt.Sprintf("<p>%d</p>", i))})
	}
	r, err := http.Get("http://" + s.opt.Host + "/")
	if err != nil {
		t.Fatal(err)
	}
	if text := body(t, r); withoutScript(t, text) != "<p>99</p>" {
		t.Error(text)
	}
	_ = r.Body.Close()
	for _, c := range streams {
		c.until(t, "data: 101")
	}
	begin := time.Now()
	end()
	if took := time.Since(begin); took > time.Second {
		t.Errorf("the end took %v", took)
	}
	for _, c := range streams {
		if _, err := io.Copy(io.Discard, c.lines); err != nil {
			t.Fatalf("a stream was not ended but broken off: %v", err)
		}
	}
}

// stuck is a client that reads nothing: its connection takes nothing until the
// deadline for a write has passed.
type stuck struct {
	*httptest.ResponseRecorder
	deadline time.Time
}

func (c *stuck) SetWriteDeadline(t time.Time) error { c.deadline = t; return nil }
func (c *stuck) Write([]byte) (int, error) {
	time.Sleep(time.Until(c.deadline)) // in the time of the bubble
	return 0, os.ErrDeadlineExceeded
}
func (c *stuck) WriteString(string) (int, error) { return c.Write(nil) }

func TestClientThatNeverReads(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := New(Options{Host: testHost})
		for _, path := range []string{"/.candor/events", "/", "/.candor/preview.js", "/.candor/state"} {
			r := httptest.NewRequest("GET", path, nil)
			r.Host = testHost
			ended := make(chan struct{})
			begin := time.Now()
			go func() {
				defer close(ended)
				s.ServeHTTP(&stuck{ResponseRecorder: httptest.NewRecorder()}, r)
			}()
			synctest.Wait()
			for range 100 {
				s.Show(State{Output: set("index.html", "<p>")})
			}
			if time.Since(begin) != 0 {
				t.Errorf("%s: Show waited", path)
			}
			<-ended
			if took := time.Since(begin); took > 30*time.Second {
				t.Errorf("%s: it took %v to give up", path, took)
			}
		}
		if n := s.streams.Load(); n != 0 {
			t.Errorf("%d streams are counted as open", n)
		}
	})
}

// listener is a client that reads all, in the bubble of a test.
type listener struct {
	*httptest.ResponseRecorder
	mu   sync.Mutex
	text strings.Builder
}

func (c *listener) Write(p []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.text.Write(p)
}

func (c *listener) WriteString(text string) (int, error) { return c.Write([]byte(text)) }

func (c *listener) heard() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	defer c.text.Reset()
	return c.text.String()
}

func TestWhatAStreamSays(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := New(Options{Host: testHost})
		ctx, cancel := context.WithCancel(t.Context())
		r := httptest.NewRequestWithContext(ctx, "GET", "/.candor/events", nil)
		r.Host = testHost
		c := &listener{ResponseRecorder: httptest.NewRecorder()}
		ended := make(chan struct{})
		go func() { defer close(ended); s.ServeHTTP(c, r) }()
		expect := func(want string) {
			t.Helper()
			synctest.Wait()
			if got := c.heard(); got != want {
				t.Errorf("%q, not %q", got, want)
			}
		}
		expect("retry: 500\ndata: 0\n\n")
		if got := c.Header().Get("Content-Type"); got != "text/event-stream" {
			t.Error(got)
		}
		s.Show(State{})
		expect("data: 1\n\n")
		time.Sleep(14 * time.Second)
		expect("")
		time.Sleep(2 * time.Second)
		expect(":\n\n")
		s.Show(State{})
		expect("data: 2\n\n")
		cancel()
		<-ended
	})
}

func TestMostStreams(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := New(Options{Host: testHost})
		ctx, cancel := context.WithCancel(t.Context())
		var group sync.WaitGroup
		request := func() *http.Request {
			r := httptest.NewRequestWithContext(ctx, "GET", "/.candor/events", nil)
			r.Host = testHost
			return r
		}
		for range maxStreams {
			group.Go(func() { s.ServeHTTP(httptest.NewRecorder(), request()) })
		}
		synctest.Wait()
		for _, want := range []int{503, 503} {
			w := httptest.NewRecorder()
			s.ServeHTTP(w, request())
			if w.Code != want {
				t.Errorf("stream %d: %d", maxStreams+1, w.Code)
			}
		}
		if r := ask(s, "GET", "/.candor/state"); r.StatusCode != 200 {
			t.Errorf("the rest is not served: %s", r.Status)
		}
		cancel()
		group.Wait()
		if n := s.streams.Load(); n != 0 {
			t.Errorf("%d streams are counted as open", n)
		}
	})
}

// TestOneBuildAtATime: instants asked for at once are built one by one, each once.
func TestOneBuildAtATime(t *testing.T) {
	building, built := 0, 0 // not atomic: the race detector would tell
	s := New(Options{Host: testHost, At: func(string) (State, error) {
		building++
		if building != 1 {
			t.Error("two builds at a time")
		}
		built++
		building--
		return State{Output: set("index.html", "<p>")}, nil
	}})
	s.Show(State{Output: fileset.Set{}})
	var group sync.WaitGroup
	for i := range 40 {
		group.Go(func() { ask(s, "GET", fmt.Sprintf("/?at=%d", i%keptInstants)) })
		group.Go(func() { ask(s, "GET", "/none.png") })
	}
	group.Wait()
	if built != keptInstants {
		t.Errorf("%d builds of %d instants", built, keptInstants)
	}
}

// TestShowFromAnywhere: a response is of one version, whoever shows meanwhile.
func TestShowFromAnywhere(t *testing.T) {
	s := New(Options{Host: testHost})
	var group sync.WaitGroup
	for i := range 8 {
		group.Go(func() {
			for j := range 50 {
				text := fmt.Sprint(i, "-", j)
				s.Show(State{Output: set("index.html", text), Errors: sum(t, set("index.html", text), "index.html")})
				if got := stateOf(t, s, "path=/"); got.Page != got.Errors {
					t.Error("a mixture of two versions")
				}
			}
		})
	}
	group.Wait()
	if n := s.current.Load().number; n != 400 {
		t.Errorf("%d versions", n)
	}
}
