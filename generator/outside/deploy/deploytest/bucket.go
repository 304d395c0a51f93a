// Package deploytest is a store for tests.
package deploytest

import (
	"crypto/md5"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"maps"
	"net/http"
	"strings"
	"sync"
)

// Bucket is a store on this machine. It knows what Deploy needs of the protocol: objects with their
// headers, conditions, checksums. A whole server as a module would bring more code than Candor has.
type Bucket struct {
	mu      sync.Mutex
	Objects map[string]Object
	Served  map[string]int // requests by method
}

// Object is what a bucket holds by a name.
type Object struct {
	Data    []byte
	Headers http.Header
}

func (o Object) etag() string {
	sum := md5.Sum(o.Data)
	return `"` + hex.EncodeToString(sum[:]) + `"`
}

// New returns an empty bucket.
func New() *Bucket { return &Bucket{Objects: map[string]Object{}, Served: map[string]int{}} }

// ServeHTTP answers as S3 does, with the bucket "pages" in the path. A folder is its index.html to readers.
func (b *Bucket) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	b.mu.Lock()
	defer b.mu.Unlock()
	key := strings.TrimPrefix(r.URL.Path, "/pages/")
	b.Served[r.Method]++
	if r.URL.RawQuery != "" || key == r.URL.Path {
		Fail(w, http.StatusNotImplemented, "NotImplemented")
		return
	}
	if r.Method == http.MethodGet && (key == "" || strings.HasSuffix(key, "/")) {
		key += "index.html"
	}
	o, exists := b.Objects[key]
	switch r.Method {
	case http.MethodPut:
		b.put(w, r, key)
	case http.MethodDelete:
		delete(b.Objects, key)
		w.WriteHeader(http.StatusNoContent)
	case http.MethodGet, http.MethodHead:
		if !exists {
			Fail(w, http.StatusNotFound, "NoSuchKey")
			return
		}
		maps.Copy(w.Header(), o.Headers)
		w.Header().Set("ETag", o.etag())
		w.Header().Set("Last-Modified", "Wed, 04 Nov 2026 10:00:00 GMT")
		w.Header().Set("Content-Length", fmt.Sprint(len(o.Data)))
		if r.Method == http.MethodGet {
			w.Write(o.Data)
		}
	}
}

func (b *Bucket) put(w http.ResponseWriter, r *http.Request, key string) {
	data, err := io.ReadAll(r.Body)
	sum, sha := md5.Sum(data), sha256.Sum256(data)
	o, exists := b.Objects[key]
	match := r.Header.Get("If-Match")
	switch {
	case err != nil, int64(len(data)) != r.ContentLength:
		Fail(w, http.StatusBadRequest, "IncompleteBody")
	case r.Header.Get("Content-MD5") != base64.StdEncoding.EncodeToString(sum[:]),
		r.Header.Get("X-Amz-Content-Sha256") != hex.EncodeToString(sha[:]):
		Fail(w, http.StatusBadRequest, "BadDigest")
	case r.Header.Get("If-None-Match") == "*" && exists, match != "" && (!exists || match != o.etag()):
		Fail(w, http.StatusPreconditionFailed, "PreconditionFailed")
	default:
		made := Object{data, http.Header{}}
		for _, name := range []string{"Content-Type", "Cache-Control", "X-Amz-Meta-Candor"} {
			if value := r.Header.Get(name); value != "" {
				made.Headers.Set(name, value)
			}
		}
		b.Objects[key] = made
		w.Header().Set("ETag", made.etag())
	}
}

// Fail answers with an error of the protocol.
func Fail(w http.ResponseWriter, status int, code string) {
	w.Header().Set("Content-Type", "application/xml")
	w.WriteHeader(status)
	fmt.Fprintf(w, "<Error><Code>%s</Code><Message>%s</Message></Error>", code, code)
}
