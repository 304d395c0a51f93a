package deploy

import (
	"context"
	"net/http"
	"net/http/httptest"
	"sync"
	"time"

	"candor/generator/outside/deploy/deploytest"
)

// wire is what is between Deploy and a bucket. Fault, if not nil, sees each request with its number,
// and answers it in place of the bucket or breaks it.
type wire struct {
	bucket http.Handler
	fault  fault

	mu sync.Mutex
	n  int
}

// fault answers a request of a number in place of a bucket, or passes it on.
type fault func(n int, r *http.Request, pass passing) (*http.Response, error)

// passing passes a request on.
type passing func() *http.Response

// RoundTrip passes a request on.
func (w *wire) RoundTrip(r *http.Request) (*http.Response, error) {
	w.mu.Lock()
	w.n++
	n := w.n
	w.mu.Unlock()
	pass := func() *http.Response {
		answer := httptest.NewRecorder()
		w.bucket.ServeHTTP(answer, r)
		made := answer.Result()
		made.Request = r
		return made
	}
	if w.fault == nil {
		return pass(), nil
	}
	return w.fault(n, r, pass)
}

// said is an answer in place of the bucket's.
func said(r *http.Request, status int, headers ...string) *http.Response {
	answer := httptest.NewRecorder()
	for i := 0; i+1 < len(headers); i += 2 {
		answer.Header().Set(headers[i], headers[i+1])
	}
	deploytest.Fail(answer, status, http.StatusText(status))
	made := answer.Result()
	made.Request = r
	return made
}

// clock waits for no time, and adds up how long it was asked to.
type clock struct {
	mu     sync.Mutex
	waited time.Duration
}

func (c *clock) wait(ctx context.Context, d time.Duration) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.waited += d
	return ctx.Err()
}
