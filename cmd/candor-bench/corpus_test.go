package main

import (
	"bytes"
	"io/fs"
	"maps"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/BurntSushi/toml"
)

// corpusOf writes a corpus and returns its files by name.
func corpusOf(t *testing.T, seed uint64, incidents, updates int) map[string][]byte {
	t.Helper()
	dir := t.TempDir()
	size, err := writeCorpus(dir, seed, incidents, updates)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	tree := os.DirFS(dir)
	err = fs.WalkDir(tree, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		files[name], err = fs.ReadFile(tree, name)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if want := incidents*(updates+3) + 1; len(files) != want || size.files != int64(want) {
		t.Errorf("%d × %d: %d files on disk, %d reported, want %d", incidents, updates, len(files), size.files, want)
	}
	return files
}

func TestSameSeedSameBytes(t *testing.T) {
	first, second, other := corpusOf(t, 7, 12, 5), corpusOf(t, 7, 12, 5), corpusOf(t, 8, 12, 5)
	same := 0
	for name, text := range first {
		if !bytes.Equal(text, second[name]) {
			t.Errorf("%s differs between two corpora of one seed", name)
		}
		if bytes.Equal(text, other[name]) {
			same++
		}
	}
	if same > 1 { // site.toml has no randomness
		t.Errorf("%d files are the same for another seed", same)
	}
}

var (
	link  = regexp.MustCompile(`\]\(([^)#]*)(?:#([^)]*))?\)`)
	id    = regexp.MustCompile(`(?m)^## .* \{#([a-z-]+)[^}]*\}$`)
	spare = regexp.MustCompile(`\{[a-z]|\[[^ \]x][^\]]*\][^(]|%![a-z]`) // an unfilled slot, a placeholder, a formatting fault
)

// TestCorpusIsValid checks, in corpora of several shapes, what would make candor refuse one.
func TestCorpusIsValid(t *testing.T) {
	for _, shape := range []struct{ incidents, updates int }{{60, 20}, {8, 1}, {8, 2}, {2, 600}} {
		files := corpusOf(t, 1, shape.incidents, shape.updates)
		var newest time.Time
		folder := ""
		for _, name := range slices.Sorted(maps.Keys(files)) {
			text := files[name]
			front, body, err := text, []byte(nil), error(nil)
			if path.Ext(name) == ".md" {
				front, body, err = split(text)
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
				t.Errorf("%s: holds %q", name, found)
			}
			checkLinks(t, files, name, body)
			if strings.Contains(name, "/updates/") {
				if path.Dir(name) != folder {
					folder, newest = path.Dir(name), time.Time{}
				}
				newest = checkTimes(t, files, name, facts, newest)
			}
		}
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
func checkTimes(t *testing.T, files map[string][]byte, name string, facts map[string]any, newest time.Time) time.Time {
	t.Helper()
	at := civil(t, name, facts["time"])
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
		p := newPlan(1, i, 20)
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
