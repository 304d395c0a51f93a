package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"candor/generator/fileset"
)

// watched is a site with candor watch at work on it.
type watched struct {
	t       *testing.T
	dir     string
	address string
	said    *transcript
	stop    func() error // as Ctrl-C does; returns what the command did
}

// transcript is a terminal that several goroutines write to and read.
type transcript struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (tr *transcript) Write(p []byte) (int, error) {
	tr.mu.Lock()
	defer tr.mu.Unlock()
	return tr.text.Write(p)
}

func (tr *transcript) String() string {
	tr.mu.Lock()
	defer tr.mu.Unlock()
	return tr.text.String()
}

const watchedIndex = "+++\ntitle = \"Outage\"\nlevel = 2\ntype = \"experience\"\nstance = \"full\"\nknown = 2026-11-04T06:00\n+++\n## What happened {#what-happened}\n\nIt stood still.\n"

func watchedUpdate(text string) string {
	return "+++\ntitle = \"One\"\ntime = 2026-11-04T07:00\n+++\n" + text + "\n"
}

// watchSite makes a site of one incident and watches it.
func watchSite(t *testing.T, args ...string) *watched {
	t.Helper()
	w := &watched{t: t, dir: t.TempDir(), said: &transcript{}}
	w.write("content/site.toml", "title = \"Status\"\n")
	w.write("content/incidents/outage/index.md", watchedIndex)
	w.write("content/incidents/outage/updates/1.md", watchedUpdate("The first text."))
	w.start(args...)
	return w
}

func (w *watched) start(args ...string) {
	w.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	say := &printer{}
	root := newRoot(say)
	args = append([]string{"watch", "--addr", "127.0.0.1:0", "--content", w.path("content")}, args...)
	if !strings.Contains(strings.Join(args, " "), "--releases") {
		args = append(args, "--output", w.path("public"))
	}
	root.SetContext(ctx)
	root.SetOut(w.said)
	root.SetErr(w.said)
	go func() { ended <- execute(root, say, args) }()
	w.stop = sync.OnceValue(func() error { cancel(); return <-ended })
	w.t.Cleanup(func() {
		err := w.stop()
		if w.t.Failed() {
			w.t.Logf("candor watch said (%v):\n%s", err, w.said)
		}
	})
	w.until("the preview is there", func() bool {
		m := regexp.MustCompile(`(?:preview: |预览：)(http://[^\s（]+)`).FindStringSubmatch(w.said.String())
		if m != nil {
			w.address = m[1]
		}
		return m != nil
	})
}

func (w *watched) path(name string) string { return filepath.Join(w.dir, filepath.FromSlash(name)) }

// write saves a file in place.
func (w *watched) write(name, text string) {
	w.t.Helper()
	require.NoError(w.t, os.MkdirAll(filepath.Dir(w.path(name)), 0o755))
	require.NoError(w.t, os.WriteFile(w.path(name), []byte(text), 0o644))
}

// until waits for a condition.
func (w *watched) until(what string, holds func() bool) {
	w.t.Helper()
	for deadline := time.Now().Add(time.Minute); !holds(); time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			w.t.Fatalf("not within a minute: %s\n%s", what, w.said)
		}
	}
}

// get returns the status and the body of a page.
func (w *watched) get(page string) (int, string) {
	w.t.Helper()
	response, err := http.Get(w.address + page)
	require.NoError(w.t, err)
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	require.NoError(w.t, err)
	return response.StatusCode, string(body)
}

// shows waits until a page holds a text.
func (w *watched) shows(page, text string) {
	w.t.Helper()
	w.until(page+" shows "+text, func() bool {
		_, body := w.get(page)
		return strings.Contains(body, text)
	})
}

// state returns what the preview tells its script.
func (w *watched) state() (state struct {
	Errors, Warnings, Unfinished, Problem, Open, NextChange string
	Frozen                                                  bool
	Deadlines                                               []struct{ Kind, Incident, What, Due, URL string }
}) {
	w.t.Helper()
	_, body := w.get(".candor/state?path=/")
	require.NoError(w.t, json.Unmarshal([]byte(body), &state), body)
	return state
}

// owes says whether something is due.
func (w *watched) owes(kind, what string) bool {
	for _, o := range w.state().Deadlines {
		if o.Kind == kind && o.What == what {
			return true
		}
	}
	return false
}

// builds counts the builds that were told of.
func (w *watched) builds() int {
	return len(regexp.MustCompile(`(?m)^\d\d:\d\d:\d\d .*: (\d+ ms|[\d.]+ s)(;|$)`).FindAllString(w.said.String(), -1))
}

// published waits until the output folder is what a build of its own gives.
func (w *watched) published() {
	w.t.Helper()
	fresh := w.t.TempDir()
	var said bytes.Buffer
	require.Zero(w.t, run([]string{"build", "--content", w.path("content"), "--output", fresh}, &said, &said), said.String())
	pages := func(dir string) (fileset.Set, error) {
		set, err := fileset.FromFS(os.DirFS(dir))
		return set.With(nil, []string{".candor-manifest.json"}), err // which has the instant
	}
	want, err := pages(fresh)
	require.NoError(w.t, err)
	w.until("the output folder is as a build makes it", func() bool {
		got, err := pages(w.path("public"))
		return err == nil && fileset.Same(want, got)
	})
}

// TestWatchInChinese holds that the terminal, the preview and what it shows of
// errors speak the language that was asked for.
func TestWatchInChinese(t *testing.T) {
	w := watchSite(t, "--lang", "zh")
	w.says(`\d\d:\d\d:\d\d 构建完成：\d+ 毫秒；.*逾期：`)
	w.says(`（按 Ctrl-C 结束）`)
	w.says(`已发布到 .*public：写入 \d+，删除 0，未变 0`)
	w.write("content/incidents/outage/updates/1.md", watchedUpdate("Call Ms Lin at 13800138000."))
	w.until("the error is shown", func() bool {
		return strings.Contains(w.state().Errors, "错误：这像是某个人的手机号 [personal-data]")
	})
	w.says(`outage/updates/1.md：.*；1 个错误，.*；没有发布；`)
	_, body := w.get(".candor/state?path=/")
	assert.Contains(t, body, `"lang":"zh"`)
	_, body = w.get(".candor/state?path=/&at=soon")
	assert.Contains(t, body, "不是日期和时间")
}

// says waits until the terminal has a line that matches.
func (w *watched) says(pattern string) {
	w.t.Helper()
	w.until("it says "+pattern, func() bool { return regexp.MustCompile(pattern).MatchString(w.said.String()) })
}

func TestWatchSaves(t *testing.T) {
	w := watchSite(t)
	const update = "content/incidents/outage/updates/1.md"
	w.shows("outage/", "The first text.")

	w.write(update, watchedUpdate("Saved in place."))
	w.shows("outage/", "Saved in place.")

	w.write("content/incidents/outage/updates/.1.md.tmp", watchedUpdate("Saved beside and renamed."))
	require.NoError(t, os.Rename(w.path("content/incidents/outage/updates/.1.md.tmp"), w.path(update)))
	w.shows("outage/", "Saved beside and renamed.")

	require.NoError(t, os.Rename(w.path(update), w.path(update+"~"))) // as vim does
	w.write(update, watchedUpdate("Saved with a copy."))
	w.shows("outage/", "Saved with a copy.")

	w.write("content/incidents/outage/updates/deep/er/x.md", "lost\n")
	w.until("a file in folders that were not there is found", func() bool { return strings.Contains(w.state().Errors, "deep/er/x.md") })
	require.NoError(t, os.RemoveAll(w.path("content/incidents/outage/updates/deep")))
	w.until("it is gone", func() bool { return w.state().Errors == "" })

	w.write("elsewhere/index.md", strings.ReplaceAll(watchedIndex, "Outage", "Moved in"))
	require.NoError(t, os.Rename(w.path("elsewhere"), w.path("content/incidents/moved")))
	w.shows("", "Moved in")
	w.shows("moved/", "It stood still.")
	require.NoError(t, os.Rename(w.path("content/incidents/moved"), w.path("content/incidents/moved-on")))
	w.shows("moved-on/", "It stood still.")
	w.until("the old address is gone", func() bool { status, _ := w.get("moved/"); return status == http.StatusNotFound })

	w.write("themes/plain/partials/up.html", `<p class="up">own theme <a href="{{.URL}}">{{.Title}}</a></p>`)
	w.shows("outage/updates/1/", "own theme")
	require.NoError(t, os.RemoveAll(w.path("themes")))
	w.until("the embedded theme is back", func() bool { _, body := w.get("outage/updates/1/"); return !strings.Contains(body, "own theme") })

	w.write("content/site.toml", "title = \"Another title\"\n")
	w.shows("", "Another title")

	require.NoError(t, os.Rename(w.path("content"), w.path("away")))
	w.until("the folder is missed", func() bool { return w.state().Errors != "" })
	w.shows("outage/", "Saved with a copy.") // the last good page
	require.NoError(t, os.Rename(w.path("away"), w.path("content")))
	w.until("the folder is back", func() bool { return w.state().Errors == "" })
	w.write(update, watchedUpdate("After its return."))
	w.shows("outage/", "After its return.")
	w.published()
}

// TestWatchNeverShowsHalfASave: while a file is truncated and written again, no
// request is answered with a page that lacks its text, or with an error.
func TestWatchNeverShowsHalfASave(t *testing.T) {
	w := watchSite(t)
	update := w.path("content/incidents/outage/updates/1.md")
	for i := range 20 {
		f, err := os.OpenFile(update, os.O_WRONLY|os.O_TRUNC, 0)
		require.NoError(t, err)
		for range 5 { // some requests while the file is empty
			_, body := w.get("outage/")
			require.Contains(t, body, " text")
			require.Empty(t, w.state().Errors)
		}
		_, err = f.WriteString(watchedUpdate(fmt.Sprintf("Number %d text", i)))
		require.NoError(t, err)
		require.NoError(t, f.Close())
		w.until("the save is shown", func() bool {
			_, body := w.get("outage/")
			require.Contains(t, body, " text")
			require.Empty(t, w.state().Errors)
			return strings.Contains(body, fmt.Sprintf("Number %d text", i))
		})
	}
	w.published()
}

func TestWatchErrors(t *testing.T) {
	w := watchSite(t, "--follow")
	w.published()
	const update = "content/incidents/outage/updates/1.md"
	w.write(update, strings.Replace(watchedUpdate("Broken."), "title", "titel", 1))
	w.until("the error is shown", func() bool { return strings.Contains(w.state().Errors, `did you mean "title"?`) })
	assert.Contains(t, w.state().Errors, "| titel = \"One\"")
	assert.Contains(t, w.said.String(), w.state().Errors, "the terminal says the same")
	w.shows("outage/", "The first text.")
	page, err := os.ReadFile(w.path("public/outage/index.html"))
	require.NoError(t, err)
	assert.Contains(t, string(page), "The first text.", "what was published stays")
	assert.NotContains(t, string(page), ".candor")

	w.write(update, watchedUpdate("Mended."))
	w.shows("outage/", "Mended.")
	assert.Empty(t, w.state().Errors)
	assert.Equal(t, "/outage/updates/1/#u-1", w.state().Open)
	w.published()
	require.NoError(t, w.stop())
	assert.Contains(t, w.said.String(), "stopped")
}

func TestWatchQuiet(t *testing.T) {
	w := watchSite(t)
	before := w.builds()
	update := w.path("content/incidents/outage/updates/1.md")
	for i := range 2000 {
		require.NoError(t, os.Chmod(update, os.FileMode(0o600+i%2*0o44)))
		if i%20 == 0 {
			w.write("content/incidents/outage/updates/.1.md.swp", fmt.Sprint(i))
			w.write("content/incidents/outage/updates/1.md~", fmt.Sprint(i))
			w.write("content/_private/notes.md", fmt.Sprint(i))
		}
	}
	w.write("content/incidents/outage/updates/1.md", watchedUpdate("A real save."))
	w.shows("outage/", "A real save.")
	w.until("the save is told of", func() bool { return w.builds() > before })
	assert.Equal(t, before+1, w.builds(), "nothing but the save is built:\n%s", w.said)
}

// TestWatchCheckout: a thousand files that change at once are few builds, and end
// in the state that a fresh build gives.
func TestWatchCheckout(t *testing.T) {
	w := watchSite(t)
	files := func(text string) {
		for i := range 100 {
			folder := fmt.Sprintf("content/incidents/i%02d/", i)
			w.write(folder+"index.md", strings.ReplaceAll(watchedIndex, "Outage", text))
			for j := range 9 {
				w.write(fmt.Sprintf("%supdates/%d.md", folder, j), fmt.Sprintf("+++\ntitle = \"%s\"\ntime = 2026-11-04T07:%02d\n+++\n", text, j))
			}
		}
	}
	for _, text := range []string{"Before", "After"} {
		before := w.builds()
		files(text)
		w.shows("i99/updates/1/", text)
		w.published()
		assert.LessOrEqual(t, w.builds()-before, 3, w.said.String())
	}
}

// TestWatchClock: what is scheduled appears by itself.
func TestWatchClock(t *testing.T) {
	w := watchSite(t)
	soon := time.Now().Add(2 * time.Second).Truncate(time.Second)
	w.write("content/incidents/outage/updates/2.md", fmt.Sprintf("+++\ntitle = \"Two\"\ntime = %s\n+++\nIt has come.\n", soon.Format(time.RFC3339)))
	w.until("it is due", func() bool {
		return w.owes("publication", "Two") || time.Now().After(soon)
	})
	w.shows("outage/", "It has come.")
	assert.False(t, time.Now().Before(soon))
	w.until("it is told of", func() bool { return strings.Contains(w.said.String(), "its time has come") })
	w.published()
}

func TestWatchOtherInstants(t *testing.T) {
	w := watchSite(t)
	w.write("content/incidents/outage/updates/2.md", "+++\ntitle = \"Two\"\ntime = 2126-11-05T07:00\n+++\nA hundred years on.\n")
	w.until("it is noticed", func() bool { return w.owes("publication", "Two") })
	_, now := w.get("outage/")
	assert.NotContains(t, now, "A hundred years on.")
	_, then := w.get("outage/?at=" + url.QueryEscape("2126-11-05T07:00"))
	assert.Contains(t, then, "A hundred years on.")
	_, before := w.get("outage/?at=" + url.QueryEscape("2126-11-05T06:59:59Z"))
	assert.NotContains(t, before, "A hundred years on.")
	status, _ := w.get("outage/?at=tomorrow")
	assert.Equal(t, http.StatusBadRequest, status)
	w.published()
}

func TestWatchReleases(t *testing.T) {
	dir := t.TempDir()
	w := watchSite(t, "--releases", filepath.Join(dir, "srv"))
	current := func() string {
		page, err := os.ReadFile(filepath.Join(dir, "srv", "current", "outage", "index.html"))
		if err != nil {
			return err.Error()
		}
		return string(page)
	}
	w.until("the first release is out", func() bool { return strings.Contains(current(), "The first text.") })
	w.write("content/incidents/outage/updates/1.md", watchedUpdate("The second text."))
	w.until("the second release is out", func() bool { return strings.Contains(current(), "The second text.") })
}

// TestWatchPutsRight: what somebody else removes from the output is put back after
// the next save, be it of another page.
func TestWatchPutsRight(t *testing.T) {
	w := watchSite(t)
	w.published()
	page := w.path("public/outage/index.html")
	before, err := os.ReadFile(page)
	require.NoError(t, err)
	require.NoError(t, os.Remove(page))
	w.write("content/incidents/other/index.md", strings.ReplaceAll(watchedIndex, "Outage", "Another"))
	w.until("the page is back", func() bool { _, err := os.Stat(page); return err == nil })
	w.until("that is said", func() bool { return strings.Contains(w.said.String(), "fixed in ") })
	after, err := os.ReadFile(page)
	require.NoError(t, err)
	assert.Equal(t, string(before), string(after))
}

// TestWatchPublishingFails: the preview goes on, says so, and the next save
// publishes again.
func TestWatchPublishingFails(t *testing.T) {
	w := watchSite(t)
	w.published()
	require.NoError(t, os.RemoveAll(w.path("public")))
	w.write("public", "a file in the folder's place")
	w.write("content/incidents/outage/updates/1.md", watchedUpdate("Nobody can publish this."))
	w.shows("outage/", "Nobody can publish this.")
	w.until("the failure is told of", func() bool { return strings.Contains(w.state().Problem, "public") })
	require.NoError(t, os.Remove(w.path("public")))
	w.write("content/incidents/outage/updates/1.md", watchedUpdate("Now it can be."))
	w.until("all is well again", func() bool { return w.state().Problem == "" })
	w.published()
}

func TestWatchRefuses(t *testing.T) {
	for _, test := range []struct {
		args   []string
		status int
		says   string
	}{
		{[]string{"--addr", "0.0.0.0:1414"}, exitUsage, "others on the network"},
		{[]string{"--addr", "1414"}, exitUsage, "127.0.0.1:1414"},
		{[]string{"--poll", "-1s"}, exitUsage, "--poll 1s"},
		{[]string{"--output", "a", "--releases", "b"}, exitUsage, "write only one of them"},
		{[]string{"--content", "nowhere"}, exitEnvironment, "candor new site"},
		{[]string{"--base-url", "x"}, exitUsage, "--base-url"},
	} {
		var said bytes.Buffer
		status := run(append([]string{"watch", "--addr", "127.0.0.1:0"}, test.args...), &said, &said)
		assert.Equal(t, test.status, status, "%v: %s", test.args, said.String())
		assert.Contains(t, said.String(), test.says)
	}
}

// TestWatchManyFindings holds that a build prints the first of many findings, and that the next one
// prints only what is new.
func TestWatchManyFindings(t *testing.T) {
	w := watchSite(t)
	const update = "content/incidents/outage/updates/2.md"
	w.write("content/site.toml", "title = \"Status\"\n\n[rules]\nplaceholder = \"warning\"\nbroken-link = \"warning\"\n")
	w.says(`site\.toml: `)
	text := "+++\ntitle = \"Two\"\ntime = 2026-11-04T07:30\n+++\n"
	for i := range 60 {
		text += fmt.Sprintf("Number %d is [to be written %d], see [this](no-%d.md).\n\n", i, i, i)
	}
	w.write(update, text)
	w.says(`2\.md: .*; 0 errors, \d+ warnings \(\d+ new, \d+ fixed\)`)
	said := w.said.String()
	assert.Contains(t, said, "60 texts in [square brackets] are left to write, on lines 5, 7, 9")
	assert.Contains(t, said, "no-2.md")
	assert.NotContains(t, said, "no-50.md")
	assert.Regexp(t, `(?m)^and \d\d more findings; all of them: candor check --all --content `, said)
	assert.Contains(t, w.state().Warnings, "more findings; all of them: candor check --all")

	w.write(update, strings.Replace(text, "[to be written 7]", "written and [to be checked]", 1)+"[to be written 60]\n")
	w.says(`2\.md: .* warnings \(2 new, 1 fixed\)`)
	said = strings.TrimPrefix(w.said.String(), said)
	assert.Contains(t, said, "[to be checked] has not")
	assert.Contains(t, said, "[to be written 60] has not")
	assert.NotContains(t, said, "[to be written 8]", "what was found before is not said again")
}

// TestWatchUnfinished holds that texts which are left to write stop publication, not the preview.
func TestWatchUnfinished(t *testing.T) {
	w := watchSite(t)
	w.says(`published to `)
	w.write("content/incidents/outage/updates/1.md", watchedUpdate("At [time] we found the cause."))
	w.says(`1\.md: .*; not published`)
	w.shows("outage/", "At [time] we found the cause.")
	assert.Contains(t, w.state().Unfinished, "[time] has not been filled in")
	assert.Empty(t, w.state().Errors)
	published, err := os.ReadFile(w.path("public/outage/index.html"))
	require.NoError(t, err)
	assert.NotContains(t, string(published), "[time]")
	w.write("content/incidents/outage/updates/1.md", watchedUpdate("At [time] we found [it](nowhere.md)."))
	w.says(`2 errors.*; not published`)
	assert.Contains(t, w.state().Errors, "broken-link")
	_, body := w.get("outage/")
	assert.Contains(t, body, "we found the cause", "another error leaves what could be shown last")
}

// TestWatchOutlivesAFault holds that a fault of Candor is said like any error, that what is published stays, and that
// the next save is built.
func TestWatchOutlivesAFault(t *testing.T) {
	before := zones
	t.Cleanup(func() { zones = before })
	zones = func(name string) (*time.Location, error) {
		if name == "fail" {
			panic("there is no such fault")
		}
		return before(name)
	}
	w := watchSite(t)
	w.says(`published to `)
	w.write("content/site.toml", "title = \"Status\"\ntime_zone = \"fail\"\n")
	w.says(`site\.toml: error: Candor has failed here: there is no such fault \[internal-error\]\n  hint: this is a fault of Candor`)
	w.says(`  at: candor/cmd/candor\.TestWatchOutlivesAFault\.func2 \(watch_test\.go:\d+\)`)
	w.says(`1 error, .*; not published`)
	assert.Contains(t, w.state().Errors, "Candor has failed here")
	_, body := w.get("outage/")
	assert.Contains(t, body, "The first text.")
	w.write("content/site.toml", "title = \"Renamed\"\n")
	w.shows("outage/", "Renamed")
	w.published()
}

// TestWatchSaysWhatIsHeldBack holds that each line counts what is held back, and names it when it is news.
func TestWatchSaysWhatIsHeldBack(t *testing.T) {
	w := watchSite(t)
	w.write("content/incidents/outage/updates/2.md",
		strings.Replace(watchedUpdate("Next year."), "2026-11-04", "2126-11-04", 1))
	w.says(`outage/updates/2\.md: .*; 1 text is held back: outage/updates/2\.md \(scheduled until 2126-11-04T07:00:00Z\)`)
	w.write("content/incidents/outage/updates/1.md", watchedUpdate("Another text."))
	w.says(`outage/updates/1\.md: .*; 1 text is held back(;|\n)`)
}
