package preview

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"testing"
)

func TestListenRefuses(t *testing.T) {
	for addr, want := range map[string]string{
		":1414":                  "others on the network",
		"0.0.0.0:1414":           "others on the network",
		"[::]:1414":              "others on the network",
		"192.168.1.2:1414":       "others on the network",
		"[fe80::1%lo]:1414":      "others on the network",
		"elsewhere.example:1414": "others on the network",
		"*:1414":                 "others on the network",
		"1414":                   "write a host and a port",
		"127.0.0.1":              "write a host and a port",
		"":                       "write a host and a port",
		"127.0.0.1:http":         "not a port",
		"127.0.0.1:65536":        "not a port",
		"127.0.0.1:":             "not a port",
	} {
		l, err := Listen(addr)
		if err == nil {
			_ = l.Close()
			t.Errorf("%q was opened as %s", addr, l.Addr())
		} else if !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "127.0.0.1:") {
			t.Errorf("%q: %v", addr, err)
		}
	}
}

func TestListenFindsAPort(t *testing.T) {
	first, err := Listen("localhost:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = first.Close() }()
	port := first.Addr().(*net.TCPAddr).Port
	second, err := Listen(first.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = second.Close() }()
	got := second.Addr().(*net.TCPAddr)
	if !got.IP.IsLoopback() || got.Port == port {
		t.Errorf("%v is open twice", got)
	}
	if six, err := Listen("[::1]:0"); err == nil { // where there is IPv6
		if !strings.HasPrefix(six.Addr().String(), "[::1]:") {
			t.Error(six.Addr())
		}
		_ = six.Close()
	}
}

// TestListenGoesOn: with one port and all that follow it taken, any will do.
func TestListenGoesOn(t *testing.T) {
	var held []net.Listener
	defer func() {
		for _, l := range held {
			_ = l.Close()
		}
	}()
	first, err := Listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	held = append(held, first)
	port := first.Addr().(*net.TCPAddr).Port
	for i := 1; i <= morePorts; i++ {
		l, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(min(port+i, 65535))))
		if err == nil { // or somebody else has it
			held = append(held, l)
		}
	}
	l, err := Listen(first.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	held = append(held, l)
	if got := l.Addr().(*net.TCPAddr).Port; got >= port && got <= port+morePorts {
		t.Errorf("port %d of %d", got, port)
	}
}

// raw sends bytes and returns the status line and the rest of the answer.
func raw(t *testing.T, s *Server, request string) (string, string) {
	t.Helper()
	conn, err := net.Dial("tcp", s.opt.Host)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	if _, err := io.WriteString(conn, request); err != nil {
		t.Fatal(err)
	}
	reader := bufio.NewReader(conn)
	status, err := reader.ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	rest, _ := io.ReadAll(reader)
	return strings.TrimSpace(status), string(rest)
}

func TestOverTheWire(t *testing.T) {
	s, _ := served(t, Options{})
	s.Show(State{Output: set("index.html", "home", "404.html", "none")})
	ending := "\r\nHost: " + s.opt.Host + "\r\nConnection: close\r\n\r\n"
	for request, want := range map[string]string{
		"GET / HTTP/1.1" + ending:                                "200",
		"GET http://elsewhere.example/ HTTP/1.1" + ending:        "403",
		"GET http://" + s.opt.Host + "/ HTTP/1.1" + ending:       "200",
		"GET http://" + s.opt.Host + " HTTP/1.1" + ending:        "307",
		"GET / HTTP/1.0\r\n\r\n":                                 "403",
		"GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n":           "400",
		"GET /..%2f..%2fetc%2fpasswd HTTP/1.1" + ending:          "404",
		"GET /../../etc/passwd HTTP/1.1" + ending:                "404",
		"GET /\\..\\index.html HTTP/1.1" + ending:                "404",
		"GET /%00 HTTP/1.1" + ending:                             "404",
		"GET /%zz HTTP/1.1" + ending:                             "400",
		"OPTIONS * HTTP/1.1" + ending:                            "405",
		"CONNECT " + s.opt.Host + " HTTP/1.1" + ending:           "405",
		"GET /" + strings.Repeat("a", 100_000) + " HTTP/1.1\r\n": "431",
	} {
		if status, _ := raw(t, s, request); !strings.HasPrefix(status, "HTTP/1.1 "+want) && !strings.HasPrefix(status, "HTTP/1.0 "+want) {
			t.Errorf("%.60q: %s, not %s", request, status, want)
		}
	}
	if _, text := raw(t, s, fmt.Sprintf("GET / HTTP/1.1\r\nHost: %s\r\nX: %s", s.opt.Host, strings.Repeat("y", 32<<10))); strings.Contains(text, "home") {
		t.Error("endless headers are read")
	}
}

// TestKeptConnection: what a request sets on its connection does not end the next one.
func TestKeptConnection(t *testing.T) {
	s, end := served(t, Options{})
	s.Show(State{Output: set("index.html", "home")})
	client := &http.Client{Transport: &http.Transport{MaxConnsPerHost: 1}}
	for _, path := range []string{"/", "/.candor/state", "/none", "/", "/.candor/events"} {
		r, err := client.Get("http://" + s.opt.Host + path)
		if err != nil {
			t.Fatal(err)
		}
		if path == "/.candor/events" {
			if line, err := bufio.NewReader(r.Body).ReadString('\n'); line != "retry: 500\n" {
				t.Error(line, err)
			}
			end()
		}
		_, _ = io.Copy(io.Discard, r.Body)
		_ = r.Body.Close()
	}
	if _, err := client.Get("http://" + s.opt.Host + "/"); err == nil {
		t.Error("it is served after the end")
	}
}

func TestServeSaysWhy(t *testing.T) {
	l, err := Listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_ = l.Close()
	if err := New(Options{Host: l.Addr().String()}).Serve(t.Context(), l); err == nil || !strings.Contains(err.Error(), l.Addr().String()) {
		t.Error(err)
	}
}
