package watch

import (
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/fsnotify/fsnotify"
)

// faked makes a caller with a fake whose events come at once.
func faked(t *testing.T, f *fake, root string) *bench {
	t.Helper()
	w, err := newWatcher([]string{root}, Options{}, f.open)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close() })
	return &bench{&caller{t, w, []string{root}}, f, root, time.Now()}
}

func (b *bench) watches(want ...string) {
	b.t.Helper()
	b.f.mu.Lock()
	defer b.f.mu.Unlock()
	var got []string
	for folder := range b.f.watched {
		got = append(got, folder)
	}
	slices.Sort(got)
	if !slices.Equal(got, want) {
		b.t.Errorf("watched are %q, want %q", got, want)
	}
}

func real(t *testing.T, name string) string {
	t.Helper()
	name, err := filepath.EvalSymlinks(name)
	if err != nil {
		t.Fatal(err)
	}
	return name
}

// As a root comes, what was watched for it before is not any more.
func TestStepsExactly(t *testing.T) {
	t.Parallel()
	dir := real(t, t.TempDir())
	one := filepath.Join(dir, "one")
	b := faked(t, newFake(), filepath.Join(one, "two/site"))
	b.watches(dir)
	mkdir(t, filepath.Join(one, "two"))
	b.f.events <- fsnotify.Event{Name: one, Op: fsnotify.Create}
	b.everything()
	b.watches(filepath.Join(one, "two"))
	mkdir(t, b.root)
	b.f.events <- fsnotify.Event{Name: b.root, Op: fsnotify.Create}
	b.everything()
	b.everything() // of the first Cover
	b.watches(filepath.Join(one, "two"), b.root)

	remove(t, one)
	b.f.events <- fsnotify.Event{Name: filepath.Join(one, "two"), Op: fsnotify.Remove}
	b.everything()
	b.w.Cover(0, nil)
	b.watches(dir)
}

// A folder that comes while the watch for it is being set up makes no event.
func TestStepInBetween(t *testing.T) {
	t.Parallel()
	dir := real(t, t.TempDir())
	f := newFake()
	f.refuse = func(string) error {
		f.refuse = nil
		mkdir(t, filepath.Join(dir, "one"))
		return nil
	}
	b := faked(t, f, filepath.Join(dir, "one/site"))
	b.watches(filepath.Join(dir, "one"))
}

// The folder that holds the root is moved, and says so itself.
func TestStepMoved(t *testing.T) {
	timed(t, newFake(), Options{}, func(b *bench) {
		b.event("..", fsnotify.Rename)
		b.next("1ms " + everything)
		b.look()
		b.next("1ms " + everything) // all is watched anew
	})
}

// A folder that each look finds and the Watcher does not must not keep the caller
// looking without a pause.
func TestVanishing(t *testing.T) {
	timed(t, newFake(), Options{}, func(b *bench) {
		b.w.Cover(0, []string{".", "a", "ghost"})
		for range maxFailures + 1 {
			b.next("1ms {map[0:[ghost]] false false false}")
			b.w.Cover(0, []string{".", "a", "ghost"})
		}
		b.next("101ms {map[0:[ghost]] false false false}")
		b.w.Cover(0, []string{".", "a", "ghost"})
		b.event("x", fsnotify.Write)
		b.next("1ms {map[0:[ghost x]] false false false}")
		mkdir(t, filepath.Join(b.root, "ghost"))
		b.w.Cover(0, []string{".", "a", "ghost"})
		b.next("101ms {map[0:[ghost]] false false false}")
		b.w.Cover(0, []string{".", "a", "ghost"})
		b.next("1s " + confirm)
	})
}
