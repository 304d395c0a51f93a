package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// The targets of the design for a save: from the rename of the saved file to the page that holds the new text, over
// HTTP. Hugo took 546 ms in the middle and 812 ms at the 95th percentile for the same work, and 1.3 GB.
const (
	targetSaveMS        = 20
	targetSave95MS      = 50
	targetExampleSaveMS = 10
	targetUnchangedMS   = 50
	targetWatchMB       = 260
	targetGrowth        = 1.5 // one more update at 5,000 against one more at 50
)

// saves is how many saves are measured in each case, after some that are not; rest is about how long the editor
// thinks between two.
const (
	saves     = 60
	firstFew  = 5
	rest      = 250 * time.Millisecond
	saveLimit = 20 * time.Second
)

// watchPart measures candor watch: from a save to the page.
func (b *bench) watchPart() error {
	content, candor, err := b.subject()
	if err != nil {
		return err
	}
	if err := b.watchCorpus(candor, content); err != nil {
		return err
	}
	if err := b.watchExample(candor); err != nil {
		return err
	}
	return b.watchGrowth(candor)
}

// watchCorpus saves one update after another, each of another incident.
func (b *bench) watchCorpus(candor, content string) error {
	newest := func(i int) (file, page string) {
		p := newPlan(b.seed, i*37%b.incidents, b.updates)
		return filepath.Join(content, "incidents", p.slug, "updates", p.updates[len(p.updates)-1].name+".md"), p.slug
	}
	w, err := b.watch(candor, content)
	if err != nil {
		return err
	}
	defer w.kill()
	milliseconds, err := w.measure(b.ctx, func(i int, token string) (string, time.Time, error) {
		file, slug := newest(i)
		at, err := appendTo(file, token)
		return slug + "/", at, err
	})
	if err != nil {
		return err
	}
	memory, err := w.stop()
	if err != nil {
		return err
	}
	b.table.title("save to page, %d × %d, %d saves", b.incidents, b.updates, saves)
	s := b.table.line("candor watch, one update", "ms", milliseconds)
	late := percentile(milliseconds, 95)
	b.table.line("… 95th percentile", "ms", []float64{late})
	b.table.target("save to page", s.median, targetSaveMS, "ms")
	b.table.target("save to page, 95th percentile", late, targetSave95MS, "ms")
	if memory > 0 {
		b.table.line("candor watch, peak memory", "MB", []float64{memory})
		b.table.target("memory of watch", memory, targetWatchMB, "MB")
	}
	return b.watchUnchanged(content)
}

// watchUnchanged measures a look at everything and a build where nothing has changed, as a watch does them.
func (b *bench) watchUnchanged(content string) error {
	program, err := self()
	if err != nil {
		return err
	}
	said, err := exec.CommandContext(b.ctx, program, "again", content).Output()
	if err != nil {
		return fmt.Errorf("look and build again: %w", err)
	}
	var milliseconds []float64
	for line := range strings.Lines(string(said)) {
		var ms float64
		if _, err := fmt.Sscan(line, &ms); err != nil {
			return err
		}
		milliseconds = append(milliseconds, ms)
	}
	b.table.title("look at everything and build, nothing changed, %d times", len(milliseconds))
	s := b.table.line("candor", "ms", milliseconds)
	b.table.target("unchanged rebuild", s.median, targetUnchangedMS, "ms")
	return nil
}

// watchExample saves the index of an incident of the repository's own content.
func (b *bench) watchExample(candor string) error {
	if _, err := os.Stat(filepath.Join(b.example, "site.toml")); err != nil {
		return nil // examplePart says so
	}
	content := filepath.Join(b.work, "example", "content")
	if err := os.CopyFS(content, os.DirFS(b.example)); err != nil {
		return err
	}
	incidents, err := os.ReadDir(filepath.Join(content, "incidents"))
	if err != nil {
		return err
	}
	w, err := b.watch(candor, content)
	if err != nil {
		return err
	}
	defer w.kill()
	milliseconds, err := w.measure(b.ctx, func(i int, token string) (string, time.Time, error) {
		slug := incidents[i%len(incidents)].Name()
		at, err := appendTo(filepath.Join(content, "incidents", slug, "index.md"), token)
		return slug + "/", at, err
	})
	if err != nil {
		return err
	}
	b.table.title("save to page, example site, %d saves", saves)
	s := b.table.line("candor watch, an index", "ms", milliseconds)
	b.table.target("save to page, example site", s.median, targetExampleSaveMS, "ms")
	return nil
}

// watchGrowth adds one update after another to an incident of 50 and to one of 5,000, in turn.
func (b *bench) watchGrowth(candor string) error {
	const small, large = 50, 5000
	program, err := self()
	if err != nil {
		return err
	}
	var medians []float64
	var names []string
	for _, n := range []int{small, large} {
		content := filepath.Join(b.work, fmt.Sprintf("one-%d", n), "content")
		if _, err := measure(b.ctx, filepath.Join(b.work, "corpus.log"), program, "corpus", "--incidents=1", fmt.Sprintf("--updates=%d", n), content); err != nil {
			return err
		}
		p := newPlan(b.seed, 0, n)
		last := p.updates[n-1].time
		w, err := b.watch(candor, content)
		if err != nil {
			return err
		}
		defer w.kill()
		milliseconds, err := w.measure(b.ctx, func(i int, token string) (string, time.Time, error) {
			at := last.Add(time.Duration(i+1) * time.Second)
			text := fmt.Sprintf("+++\ntitle = \"%s\"\ntime = %s\napproved_by = \"lin-yue\"\n+++\n- One thing more.\n", token, at.Format(time.RFC3339))
			saved, err := replace(filepath.Join(content, "incidents", p.slug, "updates", token+".md"), text)
			return p.slug + "/", saved, err
		})
		if err != nil {
			return err
		}
		medians = append(medians, spreadOf(milliseconds).median)
		b.table.title("save to page, one more update to an incident of %d, %d saves", n, saves)
		b.table.line("candor watch", "ms", milliseconds)
		names = append(names, fmt.Sprint(n))
	}
	b.table.target("one more update at "+names[1]+" ÷ at "+names[0], medians[1]/medians[0], targetGrowth, "×")
	return nil
}

// watching is a candor watch that runs.
type watching struct {
	command *exec.Cmd
	address string
	client  http.Client
	ended   chan error
}

// watch starts candor watch and waits until it shows the site.
func (b *bench) watch(candor, content string) (*watching, error) {
	command := exec.CommandContext(b.ctx, candor, "watch", "--addr", "127.0.0.1:0", "--content", content, "--output", content+"-public")
	said, err := command.StderrPipe()
	if err != nil {
		return nil, err
	}
	settle()
	if err := command.Start(); err != nil {
		return nil, err
	}
	w := &watching{command: command, ended: make(chan error, 1)}
	lines := bufio.NewReader(said)
	var all strings.Builder
	for w.address == "" {
		line, err := lines.ReadString('\n')
		all.WriteString(line)
		if err != nil {
			w.kill()
			return nil, fmt.Errorf("candor watch did not start: %w\n%s", err, all.String())
		}
		if _, after, found := strings.Cut(line, "http://"); found {
			w.address = "http://" + strings.Fields(after)[0]
		}
	}
	go func() {
		_, err := io.Copy(io.Discard, lines)
		w.ended <- errors.Join(err, command.Wait())
	}()
	return w, nil
}

// measure saves, and looks at the page until it holds what was saved. A save writes the token into a file and returns
// the page where it will stand, with the instant of the rename.
func (w *watching) measure(ctx context.Context, save func(i int, token string) (page string, at time.Time, err error)) ([]float64, error) {
	events, hangUp, err := w.listen(ctx)
	if err != nil {
		return nil, err
	}
	defer hangUp()
	var milliseconds []float64
	for i := range firstFew + saves {
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(rest + time.Duration(i%7)*20*time.Millisecond):
		}
		token := fmt.Sprintf("saved-%d-times", i+1)
		page, start, err := save(i, token)
		if err != nil {
			return nil, err
		}
		limited, cancel := context.WithTimeout(ctx, saveLimit)
		stop := context.AfterFunc(limited, func() { _ = hangUp() })
		err = w.await(limited, events, w.address+page, token)
		stop()
		cancel()
		if err != nil {
			return nil, err
		}
		if i >= firstFew {
			milliseconds = append(milliseconds, float64(time.Since(start).Microseconds())/1000)
		}
	}
	return milliseconds, nil
}

// listen opens the stream that tells browsers of new versions.
func (w *watching) listen(ctx context.Context) (*bufio.Reader, func() error, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, w.address+".candor/events", nil)
	if err != nil {
		return nil, nil, err
	}
	response, err := w.client.Do(request)
	if err != nil {
		return nil, nil, err
	}
	return bufio.NewReader(response.Body), response.Body.Close, nil
}

// await does as a browser does: it asks for the page whenever it is told of a new version, until the page holds the
// token. Asking all the time would measure the asking.
func (w *watching) await(ctx context.Context, events *bufio.Reader, page, token string) error {
	for {
		line, err := events.ReadString('\n')
		if err != nil {
			return fmt.Errorf("the preview's stream ended before %s held %q: %w", page, token, err)
		}
		if !strings.HasPrefix(line, "data:") {
			continue
		}
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, page, nil)
		if err != nil {
			return err
		}
		response, err := w.client.Do(request)
		if err != nil {
			return err
		}
		body, err := io.ReadAll(response.Body)
		response.Body.Close()
		if err != nil {
			return err
		}
		if bytes.Contains(body, []byte(token)) {
			return nil
		}
	}
}

// stop ends the watch as Ctrl-C does, and returns its peak memory in MB; 0 where the system does not say.
func (w *watching) stop() (float64, error) {
	if err := w.command.Process.Signal(os.Interrupt); err != nil {
		return 0, err
	}
	if err := <-w.ended; err != nil {
		return 0, fmt.Errorf("candor watch: %w", err)
	}
	return float64(peakMemory(w.command.ProcessState)) / 1e6, nil
}

// kill ends a watch that may have ended already.
func (w *watching) kill() { _ = w.command.Process.Kill() }

// appendTo saves a file with one more paragraph and returns the instant of the rename.
func appendTo(file, token string) (time.Time, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return time.Time{}, err
	}
	return replace(file, string(text)+"\n"+token+"\n")
}

// replace saves a file as editors do: beside it, and then in its place.
func replace(file, text string) (time.Time, error) {
	temp := filepath.Join(filepath.Dir(file), "."+filepath.Base(file)+".saving")
	if err := os.WriteFile(temp, []byte(text), 0o644); err != nil {
		return time.Time{}, err
	}
	now := time.Now()
	return now, os.Rename(temp, file)
}

// percentile returns the figure that p of a hundred do not exceed.
func percentile(figures []float64, p int) float64 {
	sorted := slices.Sorted(slices.Values(figures))
	return sorted[(len(sorted)*p+99)/100-1]
}
