package main

import (
	"bytes"
	"io/fs"
	"maps"
	"os"
	"path"
	"regexp"
	"slices"
	"testing"
	"time"

	"github.com/BurntSushi/toml"
)

// corpusOf writes a corpus and returns its files by name.
func corpusOf(t *testing.T, kind string, seed uint64, incidents, updates int) map[string][]byte {
	t.Helper()
	dir := t.TempDir()
	if err := writeCorpus(kind, dir, seed, incidents, updates); err != nil {
		t.Fatal(err)
	}
	files := readAll(t, dir)
	want := incidents*(updates+3) + 1
	if kind == written {
		want += incidents // the images
	}
	if len(files) != want {
		t.Errorf("%s, %d × %d: %d files, want %d", kind, incidents, updates, len(files), want)
	}
	return files
}

// readAll returns the files below a directory by name.
func readAll(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	tree := os.DirFS(dir)
	err := fs.WalkDir(tree, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		files[name], err = fs.ReadFile(tree, name)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestSameSeedSameBytes(t *testing.T) {
	for _, kind := range corpora {
		first, second := corpusOf(t, kind, 7, 12, 5), corpusOf(t, kind, 7, 12, 5)
		other := corpusOf(t, kind, 8, 12, 5)
		same := 0
		for name, text := range first {
			if !bytes.Equal(text, second[name]) {
				t.Errorf("%s: %s differs between two corpora of one seed", kind, name)
			}
			if path.Ext(name) == ".md" && bytes.Equal(text, other[name]) {
				same++
			}
		}
		if same > 0 {
			t.Errorf("%s: %d texts are the same for another seed", kind, same)
		}
	}
}

var (
	link = regexp.MustCompile(`\]\(([^)#]*)(?:#([^)]*))?\)`)
	id   = regexp.MustCompile(`(?m)^## .* \{#([a-z-]+)[^}]*\}$`)
	// spare is an unfilled slot, a placeholder or a formatting fault.
	spare = regexp.MustCompile(`\{[a-z]|\[[^ \]x][^\]]*\][^(]|%![a-z]`)
)

// TestCorpusIsValid checks, in corpora of several shapes, what would make candor refuse one.
func TestCorpusIsValid(t *testing.T) {
	for _, kind := range corpora {
		for _, shape := range []struct{ incidents, updates int }{{60, 20}, {8, 1}, {8, 2}, {2, 600}} {
			files := corpusOf(t, kind, 1, shape.incidents, shape.updates)
			checkFiles(t, files, "incidents/*/updates/*.md", "time")
		}
	}
}

// TestHugoSiteIsValid checks the Hugo site of a corpus in the same way.
func TestHugoSiteIsValid(t *testing.T) {
	for _, kind := range corpora {
		content, dir := t.TempDir(), t.TempDir()
		if err := writeCorpus(kind, content, 1, 20, 6); err != nil {
			t.Fatal(err)
		}
		if err := writeHugoSite(content, dir); err != nil {
			t.Fatal(err)
		}
		files := readAll(t, dir)
		for _, name := range []string{"hugo.toml", "layouts/home.html", "layouts/_markup/render-link.html"} {
			if files[name] == nil {
				t.Errorf("%s: %s is missing", kind, name)
			}
		}
		checkFiles(t, files, "content/*/updates/0*.md", "date")
	}
}

// checkFiles requires readable front matter, bodies without leftovers, links that lead somewhere, and updates in the
// order of their times.
func checkFiles(t *testing.T, files map[string][]byte, updates, timeKey string) {
	t.Helper()
	var newest time.Time
	folder := ""
	found := 0
	for _, name := range slices.Sorted(maps.Keys(files)) {
		text := files[name]
		front, body, err := text, []byte(nil), error(nil)
		switch path.Ext(name) {
		case ".md":
			front, body, err = split(text)
		case ".toml":
		default:
			continue
		}
		var facts map[string]any
		if err == nil {
			err = toml.Unmarshal(front, &facts)
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if found := spare.Find(body); found != nil {
			t.Errorf("%s: has %q", name, found)
		}
		checkLinks(t, files, name, body)
		if match, _ := path.Match(updates, name); match {
			found++
			if path.Dir(name) != folder {
				folder, newest = path.Dir(name), time.Time{}
			}
			newest = checkTimes(t, files, name, facts, facts[timeKey], newest)
		}
	}
	if found == 0 {
		t.Errorf("there are no updates at %s", updates)
	}
}

// checkLinks follows the relative links of one file.
func checkLinks(t *testing.T, files map[string][]byte, name string, body []byte) {
	t.Helper()
	for _, found := range link.FindAllSubmatch(body, -1) {
		text, ok := files[path.Join(path.Dir(name), string(found[1]))]
		if !ok {
			t.Errorf("%s: no file %s", name, found[1])
		}
		ids := map[string]bool{"": true}
		for _, match := range id.FindAllSubmatch(text, -1) {
			ids[string(match[1])] = true
		}
		if !ids[string(found[2])] {
			t.Errorf("%s: no heading %s in %s", name, found[2], found[1])
		}
	}
}

// checkTimes requires an update to be later than the one before, not in the future, and to look ahead; what it corrects
// has to exist.
func checkTimes(t *testing.T, files map[string][]byte, name string, facts map[string]any,
	timeValue any, newest time.Time,
) time.Time {
	t.Helper()
	at := civil(t, name, timeValue)
	if !at.After(newest) || at.After(instant) {
		t.Errorf("%s: time %v after %v, before %v expected", name, at, newest, instant)
	}
	if next, ok := facts["next_update"]; ok && !civil(t, name, next).After(at) {
		t.Errorf("%s: next_update %v is not after %v", name, next, at)
	}
	if corrected, ok := facts["corrects"].(string); ok && files[path.Join(path.Dir(name), corrected+".md")] == nil {
		t.Errorf("%s: corrects %s, which is not there", name, corrected)
	}
	return at
}

// civil returns a decoded date-time as a civil time in UTC, whatever zone the machine is in.
func civil(t *testing.T, name string, value any) time.Time {
	t.Helper()
	at, ok := value.(time.Time)
	if !ok {
		t.Fatalf("%s: %v is not a date-time", name, value)
	}
	return time.Date(at.Year(), at.Month(), at.Day(), at.Hour(), at.Minute(), 0, 0, time.UTC)
}

// TestPromisesHaveEveryFate looks for the four outcomes among the plans of a small corpus.
func TestPromisesHaveEveryFate(t *testing.T) {
	fates := map[string]int{}
	for i := range 20 {
		p := newPlan(clean, 1, i, 20)
		for _, promise := range p.promises {
			switch {
			case promise.done == never && promise.due.After(instant):
				fates["open"]++
			case promise.done == never:
				fates["overdue"]++
			case p.updates[promise.done].time.After(promise.due):
				fates["late"]++
			default:
				fates["kept"]++
			}
		}
	}
	for _, fate := range []string{"open", "overdue", "late", "kept"} {
		if fates[fate] < 10 {
			t.Errorf("%d promises are %s; all: %v", fates[fate], fate, fates)
		}
	}
}
