package main

import (
	"io"
	"os"
	"regexp"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestNoOlderReadingGoesOut: two builds in a loop beside watch lose no save, and at no
// moment an older text takes the place of a newer one.
func TestNoOlderReadingGoesOut(t *testing.T) {
	w := watchSite(t)
	text := func(n int) string { return watchedUpdate("The text number " + strconv.Itoa(n) + ".") }
	number := regexp.MustCompile(`The text number (\d+)\.`)
	out := func() int {
		page, _ := os.ReadFile(w.path("public/outage/updates/1/index.html"))
		if m := number.FindSubmatch(page); m != nil {
			n, _ := strconv.Atoi(string(m[1]))
			return n
		}
		return 0
	}
	done := make(chan struct{})
	var group sync.WaitGroup
	for range 2 {
		group.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
					args := []string{"build", "--content", w.path("content"), "--output", w.path("public")}
					if status := run(args, io.Discard, io.Discard); status == exitEnvironment || status == exitUsage {
						t.Error("a build ended with status ", status)
					}
				}
			}
		})
	}
	newest := 0
	for n := 1; n <= 20; n++ {
		next := w.path("content/.next.md") // saved in one step, so that no build sees half of it
		require.NoError(t, os.WriteFile(next, []byte(text(n)), 0o644))
		require.NoError(t, os.Rename(next, w.path("content/incidents/outage/updates/1.md")))
		w.until("the save is out", func() bool {
			now := out()
			assert.GreaterOrEqual(t, now, newest, "an older text is out again")
			newest = max(newest, now)
			return now == n
		})
	}
	close(done)
	group.Wait()
	assert.Equal(t, 20, out())
}

// TestBuildAgain: a build that was held up reads again what has changed since.
func TestBuildAgain(t *testing.T) {
	w := &watched{t: t, dir: t.TempDir(), said: &transcript{}}
	w.write("content/site.toml", "title = \"Status\"\n")
	w.write("content/incidents/outage/index.md", watchedIndex)
	w.write("content/incidents/outage/updates/1.md", watchedUpdate("The first text."))
	f := &siteFlags{say: &printer{}, content: w.path("content")}
	s := f.site()
	before, err := s.build(nil)
	require.NoError(t, err)
	again, err := s.build(before)
	require.NoError(t, err)
	assert.Same(t, before, again)

	w.write("content/incidents/outage/updates/1.md", watchedUpdate("The second text."))
	again, err = s.build(before)
	require.NoError(t, err)
	page, _ := again.Output.Get("outage/updates/1/index.html")
	assert.Contains(t, string(page.Data), "The second text.")
	assert.NotEqual(t, before.origin.Input, again.origin.Input)

	again.NextChange = time.Now().Add(-time.Second)
	later, err := s.build(again)
	require.NoError(t, err)
	assert.NotSame(t, again, later, "what has come due meanwhile must not be withdrawn")
}

// TestWatchLooksAtOthers: what somebody else publishes in between does not stay.
func TestWatchLooksAtOthers(t *testing.T) {
	w := watchSite(t)
	page := w.path("public/outage/updates/1/index.html")
	w.until("published", func() bool { _, err := os.Stat(page); return err == nil })
	other := t.TempDir()
	require.NoError(t, os.CopyFS(other, os.DirFS(w.path("content"))))
	require.NoError(t, os.WriteFile(other+"/incidents/outage/updates/1.md", []byte(watchedUpdate("Of another folder.")), 0o644))
	require.Zero(t, run([]string{"build", "--content", other, "--output", w.path("public")}, io.Discard, io.Discard))
	w.until("published again", func() bool {
		data, _ := os.ReadFile(page)
		return regexp.MustCompile("The first text").Match(data)
	})
	assert.Contains(t, w.said.String(), "somebody else has published")
}

// TestClock: a session's clock never goes back, and goes on meanwhile.
func TestClock(t *testing.T) {
	at := time.Date(2026, 11, 6, 18, 0, 0, 0, time.UTC)
	c := &clock{}
	assert.Equal(t, at, c.instant(at, time.Hour), "nothing was read before")
	assert.Equal(t, at.Add(time.Minute), c.instant(at.Add(time.Minute), time.Minute))
	assert.Equal(t, at.Add(2*time.Minute), c.instant(at.Add(-time.Hour), time.Minute), "it went back")
	assert.Equal(t, at.Add(3*time.Minute), c.instant(at.Add(-time.Hour+time.Minute), time.Minute))
	assert.Equal(t, at.Add(time.Hour), c.instant(at.Add(time.Hour), time.Minute), "it went forward, or the machine slept")
}

// TestLogIsNotWaitedFor: a terminal that is held keeps no save back.
func TestLogIsNotWaitedFor(t *testing.T) {
	reader, writer := io.Pipe()
	l := newLog(writer, &printer{})
	for range 5000 {
		l.event("said to nobody")
	}
	reader.Close()
	l.close()
}

// TestSink: an output that fails stops nobody, and is not tried again.
func TestSink(t *testing.T) {
	s := &sink{Writer: &failing{}}
	for range 2 {
		n, err := s.Write([]byte("text"))
		assert.Equal(t, 4, n)
		assert.NoError(t, err)
	}
	assert.ErrorIs(t, s.err, io.ErrShortWrite)
}

type failing struct{ failed bool }

func (f *failing) Write(p []byte) (int, error) {
	if f.failed {
		panic("written to again")
	}
	f.failed = true
	return 0, io.ErrShortWrite
}
