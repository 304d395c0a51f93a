package watch

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"sync"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/fsnotify/fsnotify"
)

// fake stands in for fsnotify where only time matters, or an error.
type fake struct {
	events chan fsnotify.Event
	errors chan error
	refuse func(folder string) error

	once    sync.Once
	mu      sync.Mutex
	watched map[string]bool
	added   int
}

func newFake() *fake {
	return &fake{watched: map[string]bool{}}
}

func (f *fake) open() (*system, error) {
	f.events, f.errors = make(chan fsnotify.Event), make(chan error) // here, to belong to the bubble
	f.once = sync.Once{}
	return &system{f, f.events, f.errors}, nil
}

func (f *fake) Add(folder string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.refuse != nil {
		if err := f.refuse(folder); err != nil {
			return err
		}
	}
	f.watched[folder] = true
	f.added++
	return nil
}

func (f *fake) Close() error {
	f.once.Do(func() { close(f.events); close(f.errors) })
	f.mu.Lock()
	defer f.mu.Unlock()
	clear(f.watched)
	return nil
}

// bench is a Watcher of one root, with a fake and a clock to read from.
type bench struct {
	*caller
	f    *fake
	root string
	from time.Time
}

// timed runs a test in a bubble, with a root that has the folder a and has been
// covered, its first hint taken.
func timed(t *testing.T, f *fake, opt Options, test func(*bench)) {
	t.Helper()
	root, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	mkdir(t, filepath.Join(root, "a"))
	synctest.Test(t, func(t *testing.T) {
		w, err := newWatcher([]string{root}, opt, f.open)
		if err != nil {
			t.Fatal(err)
		}
		defer w.Close()
		b := &bench{&caller{t: t, w: w, roots: []string{root}}, f, root, time.Now()}
		b.look()
		if !w.polling() {
			b.next("0s " + everything)
		}
		test(b)
	})
}

func (b *bench) event(name string, op fsnotify.Op) {
	b.f.events <- fsnotify.Event{Name: filepath.Join(b.root, name), Op: op}
	synctest.Wait()
}

// next expects the time since the hint before, and the hint.
func (b *bench) next(want string) {
	b.t.Helper()
	b.due(time.Time{}, want)
}

func (b *bench) due(until time.Time, want string) {
	b.t.Helper()
	h, err := b.w.Wait(context.Background(), until)
	if err != nil {
		b.t.Fatal(err)
	}
	if got := fmt.Sprint(time.Since(b.from), " ", h); got != want {
		b.t.Errorf("%s\nwant %s", got, want)
	}
	b.from = time.Now()
}

const everything = "{true map[]}"

func TestRegularLooks(t *testing.T) {
	timed(t, newFake(), Options{}, func(b *bench) {
		b.look()
		b.next("1s " + everything)
		b.next("1s " + everything)
		go func() {
			time.Sleep(900 * time.Millisecond)
			b.event("a/x", fsnotify.Write)
		}()
		b.next("901ms {false map[0:[a/x]]}")
		time.Sleep(5 * time.Second) // a long build
		b.next("6s " + everything)
		time.Sleep(100 * time.Millisecond) // a look of a large folder
		b.next("3.1s " + everything)
		time.Sleep(5 * time.Second)
		b.next("10s " + everything)
	})
}

func TestUntil(t *testing.T) {
	timed(t, newFake(), Options{}, func(b *bench) {
		now := time.Now()
		b.due(now.Add(300*time.Millisecond), "300ms {false map[]}")
		b.due(now.Add(300*time.Millisecond), "0s {false map[]}")
		// The look at everything comes when it would have come anyway.
		b.due(now.Add(time.Hour), "700ms "+everything)
		b.event("a/x", fsnotify.Write)
		b.due(now, "0s {false map[]}")
		time.Sleep(time.Millisecond)
		b.due(now, "1ms {false map[0:[a/x]]}")
		b.due(time.Time{}, "1s "+everything)
	})
}

func TestCoalesce(t *testing.T) {
	timed(t, newFake(), Options{}, func(b *bench) {
		go func() {
			for i := range 4 {
				time.Sleep(900 * time.Microsecond)
				b.event(fmt.Sprint("a/", i), fsnotify.Create)
			}
		}()
		b.next("4.6ms {false map[0:[a/0 a/1 a/2 a/3]]}")
		go func() {
			for range 100 {
				time.Sleep(900 * time.Microsecond)
				b.event("a/x", fsnotify.Write)
			}
		}()
		b.next("10.9ms {false map[0:[a/x]]}")
		time.Sleep(100 * time.Millisecond)
		b.next("100ms {false map[0:[a/x]]}")
	})
}

func TestContext(t *testing.T) {
	timed(t, newFake(), Options{}, func(b *bench) {
		ctx, cancel := context.WithCancel(context.Background())
		go func() {
			time.Sleep(10 * time.Millisecond)
			b.event("a/x", fsnotify.Write)
			cancel()
		}()
		if _, err := b.w.Wait(ctx, time.Time{}); err != context.Canceled {
			t.Error(err)
		}
		if _, err := b.w.Wait(ctx, time.Time{}); err != context.Canceled {
			t.Error(err)
		}
		b.next("11ms {false map[0:[a/x]]}")
	})
}

func TestPoll(t *testing.T) {
	timed(t, newFake(), Options{Poll: 5 * time.Second}, func(b *bench) {
		b.next("5s " + everything)
		b.next("5s " + everything)
		time.Sleep(3 * time.Second)
		b.next("8s " + everything)
		b.due(time.Now().Add(2*time.Second), "2s {false map[]}")
		b.next("3s " + everything)
		if reason, ok := b.w.Polling(); !ok || reason.String() != "polling was asked for" {
			t.Error(reason, ok)
		}
	})
}

// Events of which nothing is said: what Windows tells of a folder, what is
// ignored, what is beside the root.
func TestMeaningless(t *testing.T) {
	ignore := func(name string) bool { return name == "a" || name == "swap" }
	timed(t, newFake(), Options{Ignore: ignore}, func(b *bench) {
		b.event("a", fsnotify.Write)
		b.event("swap", fsnotify.Create)
		b.event("a/swap", fsnotify.Write)
		b.event("a/x", 0)
		b.event("../beside", fsnotify.Create)
		b.event(".", fsnotify.Write)
		b.next("1s " + everything)
		b.event("a", fsnotify.Rename) // a folder that is watched is not ignored
		b.next("1ms {false map[0:[a]]}")
		b.look()
		b.next("0s " + everything) // all has been watched anew
		b.event(".", fsnotify.Chmod)
		b.next("1ms {false map[0:[.]]}")
	})
}

func TestLost(t *testing.T) {
	for _, err := range []error{fsnotify.ErrEventOverflow, errors.New("another")} {
		timed(t, newFake(), Options{}, func(b *bench) {
			added := b.f.added
			b.f.errors <- err
			b.next("1ms " + everything)
			b.look()
			if b.f.added < added+2 {
				t.Error("the folders were not watched anew")
			}
			b.next("0s " + everything)
			b.look()
			b.next("1s " + everything)
		})
	}
}

func TestRefused(t *testing.T) {
	for _, c := range []struct {
		err    error
		reason string
	}{
		{syscall.ENOSPC, "the system has no more file watches to give (fs.inotify.max_user_watches)"},
		{syscall.EMFILE, "too many watchers or files are open (fs.inotify.max_user_instances, ulimit -n)"},
		{syscall.ENFILE, "too many files are open on this system"},
		{syscall.ENOMEM, "the system has no memory left for file watches"},
		{syscall.EACCES, "there is no permission to watch a folder"},
	} {
		f := newFake()
		f.refuse = func(folder string) error {
			if filepath.Base(folder) == "b" {
				return c.err
			}
			return nil
		}
		timed(t, f, Options{}, func(b *bench) {
			mkdir(t, filepath.Join(b.root, "b"))
			b.look()
			if reason, _ := b.w.Polling(); reason.String() != c.reason {
				t.Errorf("%v: %q", c.err, reason)
			}
			if len(f.watched) != 0 {
				t.Error("watches remain", f.watched)
			}
			b.look()
			b.next("0s " + everything)
			b.next("1s " + everything)
		})
	}
}

func TestNoSystem(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, err := newWatcher([]string{"a"}, Options{}, func() (*system, error) { return nil, syscall.ENOSYS })
		if err != nil {
			t.Fatal(err)
		}
		b := &bench{&caller{t: t, w: w}, nil, "", time.Now()}
		w.Watch(0, []string{"."})
		b.next("0s " + everything)
		b.next("1s " + everything)
		if reason, _ := w.Polling(); reason.String() != "the system does not let files be watched: function not implemented" {
			t.Error(reason)
		}
		w.Close()
	})
}

// A folder that each look finds and that cannot be watched, because it vanishes
// again and again, must not keep the caller looking without a pause.
func TestVanishing(t *testing.T) {
	f := newFake()
	f.refuse = func(folder string) error {
		if filepath.Base(folder) == "ghost" {
			return syscall.ENOENT
		}
		return nil
	}
	timed(t, f, Options{}, func(b *bench) {
		for range 3 {
			b.w.Watch(0, []string{".", "a", "ghost"})
			b.next("1s " + everything)
		}
		f.refuse = nil
		b.w.Watch(0, []string{".", "a", "ghost"})
		b.next("1ms {false map[0:[ghost]]}")
		b.w.Watch(0, []string{".", "a", "ghost"})
		b.next("1s " + everything)
	})
}

func TestWatchesExactly(t *testing.T) {
	f := newFake()
	timed(t, f, Options{}, func(b *bench) {
		for _, folders := range [][]string{
			{".", "a", "b", "b/c"},
			{".", "!first", "b", "b/c"},
			{".", "b"},
			{"."},
			nil,
			{".", "a"},
		} {
			var want []string
			for _, folder := range folders {
				mkdir(t, filepath.Join(b.root, folder))
				want = append(want, filepath.Join(b.root, folder))
			}
			b.w.Watch(0, folders)
			var got []string
			for folder := range f.watched {
				got = append(got, folder)
			}
			slices.Sort(got)
			slices.Sort(want)
			if !slices.Equal(got, want) {
				t.Errorf("%q\nwant %q", got, want)
			}
			added := f.added
			b.w.Watch(0, slices.Clone(folders))
			if f.added != added {
				t.Error("the same folders were watched anew")
			}
		}
	})
}
