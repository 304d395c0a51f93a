package main

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"time"
)

const (
	firstFew  = 3                      // saves of each kind that do not count
	rest      = 250 * time.Millisecond // the editor thinks at least this long between two saves
	saveLimit = 5 * time.Minute
	patience  = 2 * time.Minute // a preview whose saves have taken longer in all is not measured further
)

// editing is a preview, and what is saved while it runs.
type editing struct {
	name   string
	server *server
	edit   edit
	whole  bool      // a save is a new file in the place of the old one; else the file is written where it is
	took   []float64 // milliseconds, of the saves that count
	spent  time.Duration
}

// edit is the i-th change: a page is to have the token when the file has the text.
type edit func(i int, token string) (page, file, text string, err error)

// savesOn saves one update after another, each of another incident of a corpus, for candor watch
// and hugo server.
func (b *bench) savesOn(kind string, s site) error {
	newest := func(i int) (slug, file string) {
		p := newPlan(kind, b.seed, i*37%b.incidents, b.updates)
		return p.slug, "updates/" + p.updates[len(p.updates)-1].name + ".md"
	}
	candor, err := b.watch("candor watch", s.content, appendIn(filepath.Join(s.content, "incidents"), newest))
	if err != nil {
		return err
	}
	defer candor.server.stop()
	all := []*editing{candor}
	if b.hugo != "" {
		// on its own port or another that is free; it serves from memory, as candor does
		server, err := b.serve("hugo server", b.hugo, "server", "--source", s.hugo, "--renderToMemory")
		if err != nil {
			return err
		}
		defer server.stop()
		edit := appendIn(filepath.Join(s.hugo, "content"), newest) // where it is: a new file is slower for Hugo
		all = append(all, &editing{name: "hugo server", server: server, edit: edit})
	}
	if err := b.measureSaves(all...); err != nil {
		return err
	}
	b.table.title("%s: save to page, %d × %d", kind, b.incidents, b.updates)
	for _, e := range all {
		b.table.line(fmt.Sprintf("%s, %d saves", e.name, len(e.took)), "ms", e.took)
		b.table.line(e.name+", peak memory", "MB", []float64{e.server.stop()})
	}
	if len(all) == 2 {
		hugo, own := all[1].took, candor.took
		b.table.ratio("save to page: Hugo ÷ candor, median", kind, compare(hugo, own, 50), atLeast(40))
		b.table.ratio("save to page: Hugo ÷ candor, p95", kind, compare(hugo, own, 95), atLeast(40))
	}
	return nil
}

// compare divides a percentile of two series of saves: in all, and at the ends of the spread in
// each half of them.
func compare(above, below []float64, p int) spread {
	ratio := func(above, below []float64) float64 { return percentile(above, p) / percentile(below, p) }
	a, b := len(above)/2, len(below)/2
	first, second := ratio(above[:a], below[:b]), ratio(above[a:], below[b:])
	return spread{median: ratio(above, below), low: min(first, second), high: max(first, second)}
}

// growth adds one update after another to an incident of 50, to one of 500 and to one of 5,000, in
// turn.
func (b *bench) growth() error {
	var all []*editing
	for _, n := range []int{50, 500, 5000} {
		content := filepath.Join(b.work, fmt.Sprintf("one-%d", n), "content")
		if err := b.writeCorpus(clean, content, 1, n); err != nil {
			return err
		}
		p := newPlan(clean, b.seed, 0, n)
		folder, last := filepath.Join(content, "incidents", p.slug, "updates"), p.updates[n-1].time
		add := func(i int, token string) (page, file, text string, err error) {
			at := last.Add(time.Duration(i+1) * time.Second).Format(time.RFC3339)
			text = fmt.Sprintf("+++\ntitle = %q\ntime = %s\napproved_by = %q\n+++\nSo.\n", token, at, approver)
			return p.slug + "/", filepath.Join(folder, token+".md"), text, nil
		}
		e, err := b.watch(fmt.Sprintf("one more update at %d", n), content, add)
		if err != nil {
			return err
		}
		defer e.server.stop()
		all = append(all, e)
	}
	if err := b.measureSaves(all...); err != nil {
		return err
	}
	b.table.title("save to page, one incident that grows, %d saves", b.saves)
	for _, e := range all {
		b.table.line(e.name, "ms", e.took)
	}
	b.table.ratio("one more update: 500 ÷ 50", "one", spreadOf(divide(all[1].took, all[0].took)), atMost(3))
	b.table.ratio("one more update: 5,000 ÷ 50", "one", spreadOf(divide(all[2].took, all[0].took)), atMost(25))
	return nil
}

// watch starts candor watch.
func (b *bench) watch(name, content string, change edit) (*editing, error) {
	s, err := b.serve(name, b.candor, "watch", "--addr", "127.0.0.1:0",
		"--content", content, "--output", content+"-public")
	return &editing{name: name, server: s, edit: change, whole: true}, err
}

// measureSaves saves for each preview in turn, and looks at the page until it has what was saved.
// After each save the machine rests as long as the save took, so that what one preview does
// afterwards does not slow the next.
func (b *bench) measureSaves(all ...*editing) error {
	for i := range firstFew + b.saves {
		for _, e := range all {
			if e.spent > patience && len(e.took) > 1 {
				continue
			}
			took, err := e.saveOne(i)
			if err != nil {
				return fmt.Errorf("%s: %w", e.name, err)
			}
			e.spent += took
			if i >= firstFew {
				e.took = append(e.took, float64(took.Microseconds())/1000)
			}
			select {
			case <-b.ctx.Done():
				return b.ctx.Err()
			case <-time.After(max(rest, took) + time.Duration(i%7)*20*time.Millisecond):
			}
		}
	}
	return nil
}

// saveOne saves as editors do, beside the file and then in its place, or where it is, and returns how
// long it takes from then until the page has the token. It asks a thousand times a second at first and then
// less often, by a fiftieth of the time that has passed: asking all the time would measure the
// asking.
func (e *editing) saveOne(i int) (time.Duration, error) {
	token := fmt.Sprintf("saved-%d-times", i+1)
	page, file, text, err := e.edit(i, token)
	if err != nil {
		return 0, err
	}
	start, err := e.save(file, text)
	if err != nil {
		return 0, err
	}
	for {
		response, err := http.Get(e.server.address + page)
		if err != nil {
			return 0, err
		}
		body, err := io.ReadAll(response.Body)
		response.Body.Close()
		took := time.Since(start)
		switch {
		case err != nil:
			return 0, err
		case bytes.Contains(body, []byte(token)):
			return took, nil
		case took > saveLimit:
			return 0, fmt.Errorf("%s does not have %q after %v", page, token, saveLimit)
		}
		time.Sleep(max(time.Millisecond, took/50))
	}
}

// save writes a file, and returns since when it is there.
func (e *editing) save(file, text string) (start time.Time, err error) {
	if !e.whole {
		start = time.Now()
		return start, os.WriteFile(file, []byte(text), 0o644)
	}
	beside := filepath.Join(filepath.Dir(file), "."+filepath.Base(file)+".saving")
	if err := os.WriteFile(beside, []byte(text), 0o644); err != nil {
		return start, err
	}
	start = time.Now()
	return start, os.Rename(beside, file)
}

// appendIn returns an edit that adds a paragraph to a file of an incident below a folder.
func appendIn(folder string, choose func(i int) (slug, file string)) edit {
	return func(i int, token string) (page, file, text string, err error) {
		slug, name := choose(i)
		file = filepath.Join(folder, slug, name)
		before, err := os.ReadFile(file)
		return slug + "/", file, string(before) + "\n" + token + "\n", err
	}
}
