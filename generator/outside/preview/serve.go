package preview

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"strconv"
	"syscall"
	"time"

	"candor/generator/message"
)

// limits on a connection. There is none on a whole request, because a stream has
// no end: see send and serveEvents.
const (
	headerRead = 5 * time.Second
	idle       = 2 * time.Minute
	maxHeader  = 16 << 10
	farewell   = 500 * time.Millisecond // for answers under way when the server ends
)

// morePorts is how many ports after one that is taken are tried.
const morePorts = 20

// Listen opens a port on this machine for this machine alone. Where the port is
// taken, it is one of the next 20, or else any: the listener's address is the
// Host that a Server answers to.
func Listen(addr string) (net.Listener, error) {
	ip, port, err := loopback(addr)
	if err != nil {
		return nil, err
	}
	var first error
	for try := range morePorts + 2 {
		next := min(int(port)+try, 65535)
		if try > morePorts {
			next = 0
		}
		l, err := net.Listen("tcp", netip.AddrPortFrom(ip, uint16(next)).String())
		if err == nil {
			return l, nil
		}
		if first == nil {
			first = err
		}
		if !taken(err) {
			break
		}
	}
	return nil, message.Errorf("open the preview's port: %w", first)
}

// loopback reads an address and makes sure that nobody else can reach it.
func loopback(addr string) (netip.Addr, uint16, error) {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return netip.Addr{}, 0, message.Errorf("%q is not an address for the preview: write a host and a port, such as 127.0.0.1:1414", addr)
	}
	number, err := strconv.ParseUint(port, 10, 16)
	if err != nil {
		return netip.Addr{}, 0, message.Errorf("%q is not a port for the preview: write a number from 0 to 65535, such as 127.0.0.1:1414", port)
	}
	if host == "localhost" {
		host = "127.0.0.1"
	}
	ip, err := netip.ParseAddr(host)
	if err != nil || !ip.Unmap().IsLoopback() {
		return netip.Addr{}, 0, message.Errorf("the preview will not listen on %q: others on the network could read what is not published yet; use 127.0.0.1:%d", addr, number)
	}
	return ip.Unmap(), uint16(number), nil
}

// taken reports whether another program has the port: in POSIX's number, or in
// that of Windows Sockets, which the standard library leaves as it is.
func taken(err error) bool {
	const wsaeAddrInUse = syscall.Errno(10048)
	return errors.Is(err, syscall.EADDRINUSE) || errors.Is(err, wsaeAddrInUse)
}

// Serve answers what comes in through l, which it closes, until ctx is done; then
// it returns nil.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	requests, end := context.WithCancel(ctx)
	defer end()
	server := &http.Server{
		Handler:                      s,
		BaseContext:                  func(net.Listener) context.Context { return requests }, // streams end with it
		ReadHeaderTimeout:            headerRead,
		IdleTimeout:                  idle,
		MaxHeaderBytes:               maxHeader,
		DisableGeneralOptionsHandler: true,
	}
	closed := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		defer close(closed)
		last, cancel := context.WithTimeout(context.WithoutCancel(ctx), farewell)
		defer cancel()
		if server.Shutdown(last) != nil {
			_ = server.Close() // who is still there after that is cut off
		}
	})
	err := server.Serve(l)
	if !stop() {
		<-closed
	}
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	_ = server.Close()
	return message.Errorf("serve the preview at %s: %w", l.Addr(), err)
}
