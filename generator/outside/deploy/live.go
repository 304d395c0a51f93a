package deploy

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"

	"candor/generator/fileset"
)

// Difference is a file that readers do not get as it was published.
type Difference struct {
	Path   string
	Status int   // of the answer, if it is not 200
	Err    error // if there is no answer
}

// Live fetches files from the address of a site, as readers do, and returns those that are not what
// was published, in the order of the files.
func Live(ctx context.Context, base string, files []File, client *http.Client, workers int) []Difference {
	found := make([]*Difference, len(files))
	queue := make(chan int)
	var group sync.WaitGroup
	for range max(1, workers) {
		group.Go(func() {
			for i := range queue {
				found[i] = compare(ctx, base, files[i], client)
			}
		})
	}
	for i := range files {
		queue <- i
	}
	close(queue)
	group.Wait()
	var list []Difference
	for _, d := range slices.DeleteFunc(found, func(d *Difference) bool { return d == nil }) {
		list = append(list, *d)
	}
	return list
}

// compare fetches a file and returns how it differs; nil if it does not.
func compare(ctx context.Context, base string, f File, client *http.Client) *Difference {
	path := f.Path
	if name, ok := strings.CutSuffix(path, "index.html"); ok && (name == "" || strings.HasSuffix(name, "/")) {
		path = name
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, base+(&url.URL{Path: path}).EscapedPath(), nil)
	if err != nil {
		return &Difference{Path: f.Path, Err: err}
	}
	answer, err := client.Do(request)
	if err != nil {
		return &Difference{Path: f.Path, Err: err}
	}
	defer answer.Body.Close()
	data, err := io.ReadAll(io.LimitReader(answer.Body, f.Size+1))
	switch {
	case err != nil:
		return &Difference{Path: f.Path, Err: err}
	case answer.StatusCode != http.StatusOK && f.Path != "404.html":
		return &Difference{Path: f.Path, Status: answer.StatusCode}
	case fileset.SumOf(data) != f.Sum:
		return &Difference{Path: f.Path}
	}
	return nil
}
