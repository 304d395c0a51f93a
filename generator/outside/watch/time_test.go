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
	silent func(folder string) string

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
	s := newSystem(f, f.events, f.errors)
	if f.silent != nil {
		s.silent = f.silent
	}
	return s, nil
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

func (f *fake) Remove(folder string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.watched, folder)
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
		b := &bench{&caller{t, w, []string{root}}, f, root, time.Now()}
		b.look()
		if !w.polling() {
			b.next("1ms {map[] true false false}")
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

const (
	confirm    = "{map[] true true false}"
	everything = "{map[] true false false}"
)

func TestConfirm(t *testing.T) {
	timed(t, newFake(), Options{}, func(b *bench) {
		b.look()
		b.next("1s " + confirm)
		b.next("30s " + confirm)
		time.Sleep(5 * time.Second) // a long look does not bring the next one nearer
		b.next("35s " + confirm)
		go func() {
			time.Sleep(10 * time.Second)
			b.event("a/x", fsnotify.Write)
		}()
		b.next("10.001s {map[0:[a/x]] false false false}")
		time.Sleep(5 * time.Second)
		b.next("6s " + confirm)
		b.next("30s " + confirm)
	})
}

func TestDue(t *testing.T) {
	timed(t, newFake(), Options{}, func(b *bench) {
		now := time.Now()
		b.due(now.Add(300*time.Millisecond), "300ms {map[] false false true}")
		b.due(now.Add(300*time.Millisecond), "0s {map[] false false true}")
		// The Confirm comes when it would have come anyway.
		b.due(now.Add(time.Hour), "700ms "+confirm)
		b.event("a/x", fsnotify.Write)
		b.due(now, "0s {map[] false false true}")
		time.Sleep(time.Millisecond)
		b.due(now, "1ms {map[0:[a/x]] false false true}")
		b.due(time.Time{}, "1s "+confirm)
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
		b.next("4.6ms {map[0:[a/0 a/1 a/2 a/3]] false false false}")
		go func() {
			for range 100 {
				time.Sleep(900 * time.Microsecond)
				b.event("a/x", fsnotify.Write)
			}
		}()
		b.next("10.9ms {map[0:[a/x]] false false false}")
		time.Sleep(100 * time.Millisecond)
		b.next("100ms {map[0:[a/x]] false false false}")
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
		b.next("11ms {map[0:[a/x]] false false false}")
	})
}

func TestPoll(t *testing.T) {
	timed(t, newFake(), Options{Poll: 5 * time.Second}, func(b *bench) {
		b.next("5s " + everything)
		b.next("5s " + everything)
		time.Sleep(3 * time.Second)
		b.next("8s " + everything)
		b.due(time.Now().Add(2*time.Second), "2s {map[] false false true}")
		b.next("3s " + everything)
		b.w.Missed()
		b.next("5s " + everything)
		if reason, ok := b.w.Polling(); !ok || reason.String() != "polling was asked for" {
			t.Error(reason, ok)
		}
	})
}

func TestMissed(t *testing.T) {
	timed(t, newFake(), Options{}, func(b *bench) {
		b.next("1s " + confirm)
		b.w.Missed()
		b.next("30s " + confirm)
		b.w.Missed()
		// That was announced, only later than it was found.
		b.event("a/x", fsnotify.Write)
		b.next("1ms {map[0:[a/x]] false false false}")
		b.next("1s " + confirm)
		b.w.Missed()
		b.w.Missed()
		if _, ok := b.w.Polling(); ok {
			t.Error("polling too early")
		}
		b.next("1.2s " + everything)
		b.next("1s " + everything)
		if reason, ok := b.w.Polling(); !ok || reason.String() != "changes were found here of which the system had not told" {
			t.Error(reason, ok)
		}
		if len(b.f.watched) != 0 {
			t.Error("watches remain", b.f.watched)
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
		b.event("elsewhere/x", fsnotify.Write)
		b.event("../beside", fsnotify.Create)
		b.event(".", fsnotify.Write)
		b.next("1s " + confirm)
		b.event("a", fsnotify.Rename) // a folder that is covered is not ignored
		b.next("1ms {map[0:[a]] false false false}")
		b.event(".", fsnotify.Chmod)
		b.next("1ms {map[0:[.]] false false false}")
	})
}

func TestLost(t *testing.T) {
	for _, err := range []error{fsnotify.ErrEventOverflow, errors.New("another")} {
		timed(t, newFake(), Options{}, func(b *bench) {
			b.next("1s " + confirm)
			b.look()
			added := b.f.added
			b.f.errors <- err
			b.next("1ms " + everything)
			b.look()
			if b.f.added < added+2 {
				t.Error("the folders were not watched anew")
			}
			b.next("1ms " + everything)
			b.look()
			b.next("1s " + confirm)
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
		b := &bench{&caller{t, w, nil}, nil, "", time.Now()}
		w.Cover(0, []string{"."})
		b.next("1s " + everything)
		if reason, _ := w.Polling(); reason.String() != "the system does not let files be watched: function not implemented" {
			t.Error(reason)
		}
		if err := w.Close(); err != nil {
			t.Error(err)
		}
	})
}

// A folder that each look finds and no attempt can watch must not keep the
// caller looking for ever.
func TestUnwatchable(t *testing.T) {
	f := newFake()
	f.refuse = func(folder string) error {
		if filepath.Base(folder) == "b" {
			return syscall.EACCES
		}
		return nil
	}
	timed(t, f, Options{}, func(b *bench) {
		mkdir(t, filepath.Join(b.root, "b"))
		b.look()
		for range maxFailures {
			b.next("1ms {map[0:[b]] false false false}")
			b.look()
		}
		if reason, _ := b.w.Polling(); reason.String() != "there is no permission to watch a folder" {
			t.Error(reason)
		}
	})
}

func TestSilent(t *testing.T) {
	f := newFake()
	f.silent = func(folder string) string {
		if filepath.Base(folder) == "b" {
			return "nfs"
		}
		return ""
	}
	timed(t, f, Options{}, func(b *bench) {
		mkdir(t, filepath.Join(b.root, "b"))
		b.look()
		if reason, _ := b.w.Polling(); reason.String() != "this file system (nfs) does not tell of changes" {
			t.Error(reason)
		}
	})
	if name := silent(t.TempDir()); name != "" {
		t.Skipf("this machine's own folder for tests is on %s", name)
	}
}

// Where the way to a root cannot be watched, it is compared every second.
func TestLooseRoot(t *testing.T) {
	f := newFake()
	f.refuse = func(string) error { return syscall.EACCES }
	root := filepath.Join(t.TempDir(), "site")
	synctest.Test(t, func(t *testing.T) {
		w, err := newWatcher([]string{root}, Options{}, f.open)
		if err != nil {
			t.Fatal(err)
		}
		defer w.Close()
		b := &bench{&caller{t, w, []string{root}}, f, root, time.Now()}
		go func() {
			time.Sleep(10500 * time.Millisecond)
			mkdir(t, root)
		}()
		b.next("11.001s " + everything)
		b.next("1s " + confirm)
	})
}

func TestCoverExactly(t *testing.T) {
	f := newFake()
	timed(t, f, Options{}, func(b *bench) {
		for _, folders := range [][]string{
			{".", "a", "b", "b/c"},
			{"!first", ".", "b", "b/c"},
			{".", "b"},
			{"."},
			nil,
			{"c/d/e"},
			{".", "a"},
		} {
			want := []string{filepath.Dir(b.root)}
			for _, folder := range folders {
				mkdir(t, filepath.Join(b.root, folder))
				want = append(want, filepath.Join(b.root, folder))
				if folder == "c/d/e" {
					want = append(want, b.root, filepath.Join(b.root, "c"), filepath.Join(b.root, "c/d"))
				}
			}
			b.w.Cover(0, folders)
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
			b.w.Cover(0, slices.Clone(folders))
			if f.added != added {
				t.Error("the same folders were watched anew")
			}
		}
	})
}
