package deploy

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"strconv"
	"time"
)

// attempts is how often a request is made, and longest how long is waited between two.
const (
	attempts = 4
	longest  = time.Minute
)

// patient repeats requests that failed for a while: no answer, or one that says so.
type patient struct {
	next http.RoundTripper
	wait func(context.Context, time.Duration) error
}

// RoundTrip makes a request, and again after a wait that the store asks for or that doubles.
func (p *patient) RoundTrip(r *http.Request) (*http.Response, error) {
	var body []byte
	if r.Body != nil {
		var err error
		if body, err = io.ReadAll(r.Body); err != nil {
			return nil, err
		}
		r.Body.Close()
	}
	for n := 1; ; n++ {
		again := r.Clone(r.Context())
		if r.Body != nil {
			again.Body = io.NopCloser(bytes.NewReader(body))
		}
		answer, err := p.next.RoundTrip(again)
		if n == attempts || err == nil && !transient(answer.StatusCode) {
			return answer, err
		}
		wait := time.Second << (n - 1)
		if err == nil {
			if asked, bad := strconv.Atoi(answer.Header.Get("Retry-After")); bad == nil && asked >= 0 {
				wait = min(time.Duration(asked)*time.Second, longest)
			}
			answer.Body.Close()
		}
		if err := p.wait(r.Context(), wait); err != nil {
			return nil, err
		}
	}
}

// transient reports whether a status means that the same request may succeed later.
func transient(status int) bool {
	return status == http.StatusTooManyRequests || status == http.StatusInternalServerError ||
		status == http.StatusBadGateway || status == http.StatusServiceUnavailable || status == http.StatusGatewayTimeout
}
