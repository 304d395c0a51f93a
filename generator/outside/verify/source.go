package verify

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"

	"candor/generator/message"
)

// Source is where a published site is read from.
type Source interface {
	// Read returns a file of the site by its path, "rash/" for a page. The error is fs.ErrNotExist if
	// there is none, and otherwise says what to do.
	Read(ctx context.Context, path string) ([]byte, error)
	String() string
}

// mostBytes is the size of the largest file that is read.
const mostBytes = 256 << 20

// Folder reads a site from the folder that was published.
func Folder(dir string) (Source, error) {
	info, err := os.Stat(dir)
	if err == nil && !info.IsDir() {
		return nil, message.Errorf("%s is not a folder\nname the folder that candor build wrote, or the address of the site", dir)
	}
	if err != nil {
		return nil, message.Errorf("cannot read the site: %w\nname the folder that candor build wrote, or the address of the site", err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, message.Errorf("cannot read the site: %w\nname the folder that candor build wrote, or the address of the site", err)
	}
	return folder{root, dir}, nil
}

type folder struct {
	root *os.Root
	dir  string
}

func (f folder) String() string { return f.dir }

func (f folder) Read(_ context.Context, path string) ([]byte, error) {
	if strings.HasSuffix(path, "/") {
		path += "index.html"
	}
	if !fs.ValidPath(path) {
		return nil, fs.ErrNotExist
	}
	file, err := f.root.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fs.ErrNotExist
	}
	if err != nil {
		return nil, message.Errorf("cannot read the site: %w", err)
	}
	defer file.Close()
	return readAll(file, path)
}

// Address reads a site over HTTP.
func Address(address string) (Source, error) {
	base, err := url.Parse(strings.TrimSuffix(address, "/") + "/")
	if err != nil || base.Host == "" || base.RawQuery != "" || base.Fragment != "" {
		return nil, message.Errorf("%q is not the address of a site\nwrite for example: https://status.example.org/", address)
	}
	return remote{base, &http.Client{Timeout: time.Minute}}, nil
}

type remote struct {
	base   *url.URL
	client *http.Client
}

func (r remote) String() string { return strings.TrimSuffix(r.base.String(), "/") }

func (r remote) Read(ctx context.Context, path string) ([]byte, error) {
	if !fs.ValidPath(strings.TrimSuffix(path, "/")) {
		return nil, fs.ErrNotExist
	}
	address := *r.base
	address.Path, address.RawPath = address.Path+path, ""
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address.String(), nil)
	if err != nil {
		return nil, message.Errorf("cannot read the site: %w", err)
	}
	request.Header.Set("User-Agent", "candor-verify")
	request.Header.Set("Cache-Control", "no-cache")
	response, err := r.client.Do(request)
	if err != nil {
		return nil, message.Errorf("cannot read the site: %w\ntry again when it can be reached", err)
	}
	defer response.Body.Close()
	switch response.StatusCode {
	case http.StatusOK:
		return readAll(response.Body, address.String())
	case http.StatusNotFound, http.StatusGone:
		return nil, fs.ErrNotExist
	}
	return nil, message.Errorf("%s answers %s\ntry again later, or ask whoever runs the site", address.String(), response.Status)
}

// readAll reads a file that is not too large.
func readAll(from io.Reader, name string) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(from, mostBytes+1))
	if err != nil {
		return nil, message.Errorf("cannot read %s: %w\ntry again when it can be reached", name, err)
	}
	if len(data) > mostBytes {
		return nil, message.Errorf("%s has more than %d bytes, and is not read", name, mostBytes)
	}
	return data, nil
}

// atOnce is how many files are asked for at the same time.
const atOnce = 4

// readSome reads files, a few at a time, and calls take with each in their order; data is nil if there is
// no such file.
func readSome(ctx context.Context, from Source, paths []string, take func(path string, data []byte)) error {
	type answer struct {
		data []byte
		err  error
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	answers := make([]chan answer, len(paths))
	for i := range answers {
		answers[i] = make(chan answer, 1)
	}
	free := make(chan struct{}, atOnce)
	go func() {
		for i, path := range paths {
			select {
			case free <- struct{}{}:
			case <-ctx.Done():
				return
			}
			go func() {
				data, err := from.Read(ctx, path)
				answers[i] <- answer{data, err}
			}()
		}
	}()
	for i, path := range paths {
		a := <-answers[i]
		<-free
		if errors.Is(a.err, fs.ErrNotExist) {
			a = answer{}
		} else if a.err != nil {
			return a.err
		} else if a.data == nil {
			a.data = []byte{}
		}
		take(path, a.data)
	}
	return nil
}
