package source

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestAnotherFileOfTheSameBytes(t *testing.T) {
	if !identifies {
		t.Skip("no inodes")
	}
	w := watch(t, plant(t, map[string]string{"a.md": "a", "b.md": "b"}), longAgo)
	w.must(os.Remove(w.at("b.md")))
	w.look("b.md") // not settled, so that the accepted tree stays as it is
	w.write("_a", "a")
	w.must(os.Rename(w.at("_a"), w.at("a.md")))
	w.look("a.md")
	w.write("a.md", "other")
	w.look("a.md")
	if u := w.settling.files["a.md"]; u.quiet() != 2*ms {
		t.Error(u.quiet())
	}
}

func TestTruncatedIsNotEmpty(t *testing.T) {
	w := watch(t, plant(t, map[string]string{"a.md": "some text", "b.md": ""}), longAgo)
	for _, want := range []string{"other text", "some text", "some text"} { // the last changes nothing
		w.write("a.md", "")
		tree := w.look("a.md")
		if f, _ := tree.Files.Get("a.md"); tree.Unsettled != 300*ms || len(f.Data) != 0 {
			t.Fatal(tree.Unsettled, string(f.Data))
		}
		equal(t, tree.Changes, []string{"a.md"})
		w.clock = w.clock.Add(299 * ms)
		if tree := w.look("a.md"); tree.Unsettled == 0 {
			t.Fatal("an empty file is accepted")
		}
		before := find(w.accepted, "a.md").file
		w.write("a.md", want)
		tree = w.settled("a.md")
		if f, _ := tree.Files.Get("a.md"); string(f.Data) != want {
			t.Fatal(string(f.Data))
		}
		if same := string(before.Data) == want; tree.Changed == same || (tree.Changes == nil) != same {
			t.Fatal(want, tree.Changed, tree.Changes)
		}
	}
	w.write("a.md", "")
	w.look("a.md")
	w.clock = w.clock.Add(300 * ms)
	tree := w.look() // what is due is looked at unasked
	if f, _ := tree.Files.Get("a.md"); tree.Unsettled != 0 || !tree.Changed || len(f.Data) != 0 {
		t.Fatal("an author may empty a file", tree)
	}
	if tree := w.look("a.md"); tree.Changed || tree.Unsettled != 0 {
		t.Fatal(tree)
	}
}

// TestVim saves as vim does: the old file away, a new one empty, its text, chmod,
// the old one removed.
func TestVim(t *testing.T) {
	w := watch(t, plant(t, map[string]string{"a/b.md": "old text"}), longAgo)
	unsettled := func(doing error) {
		t.Helper()
		w.must(doing)
		if tree := w.look("a/b.md", "a/b.md~", "a/4913"); tree.Unsettled == 0 {
			t.Fatal("half a save is accepted")
		}
		w.clock = w.clock.Add(ms)
	}
	unsettled(os.Rename(w.at("a/b.md"), w.at("a/b.md~")))
	f, err := os.OpenFile(w.at("a/b.md"), os.O_CREATE|os.O_WRONLY, 0o644)
	unsettled(err)
	_, err = f.WriteString("new ")
	unsettled(err)
	_, err = f.WriteString("text")
	unsettled(err)
	w.must(f.Close(), os.Chmod(w.at("a/b.md"), 0o600), os.Remove(w.at("a/b.md~")))
	tree := w.settled("a/b.md", "a/b.md~")
	if f, _ := tree.Files.Get("a/b.md"); string(f.Data) != "new text" || !tree.Changed {
		t.Fatal(string(f.Data))
	}
	equal(t, tree.Changes, []string{"a/b.md"})
}

func TestRenamedIntoPlace(t *testing.T) {
	if !identifies {
		t.Skip("no times of change")
	}
	w := watch(t, plant(t, map[string]string{"a.md": "old text"}), farAhead)
	w.write("a.md.tmp", "new text")
	old := time.Now().Add(-time.Hour) // the time of the name must differ from that of the text on any file system
	w.must(os.Chtimes(w.at("a.md.tmp"), old, old), os.Rename(w.at("a.md.tmp"), w.at("a.md")))
	if tree := w.look("a.md", "a.md.tmp"); tree.Unsettled != 0 || !tree.Changed {
		t.Fatal("a file renamed into place is complete", tree.Unsettled)
	}
}

func TestWrittenInPieces(t *testing.T) {
	w := watch(t, plant(t, map[string]string{"a.md": "old text"}), longAgo)
	for _, name := range []string{"a.md", "new.md"} {
		for i := range 20 {
			w.write(name, "piece by "+strings.Repeat("piece by ", i))
			tree := w.look(name)
			if tree.Unsettled == 0 {
				t.Fatal("a piece is accepted")
			}
			w.clock = w.clock.Add(tree.Unsettled - 1)
		}
		equal(t, w.settled(name).Changes, []string{name})
	}
}

// TestPatience appends to a file for ever.
func TestPatience(t *testing.T) {
	w := watch(t, plant(t, map[string]string{"log.txt": ""}), longAgo)
	start := w.clock
	text := ""
	for {
		text += "x"
		w.write("log.txt", text)
		tree := w.look("log.txt")
		waited := w.clock.Sub(start)
		if tree.Unsettled == 0 {
			if f, _ := tree.Files.Get("log.txt"); waited != 2*time.Second || string(f.Data) != text {
				t.Fatal(waited)
			}
			break
		}
		if waited >= 2*time.Second {
			t.Fatal("it is waited for longer than patience has it")
		}
		w.clock = w.clock.Add(min(10*ms, tree.Unsettled))
	}
	w.write("log.txt", text+"x")
	if tree := w.look("log.txt"); tree.Unsettled != 10*ms {
		t.Fatal("patience begins anew", tree.Unsettled)
	}
}

func TestRemoved(t *testing.T) {
	w := watch(t, plant(t, map[string]string{"a.md": "a", "b.md": "b", "c/d.md": "d"}), longAgo)
	w.must(os.Remove(w.at("a.md")), os.RemoveAll(w.at("c")))
	tree := w.look("a.md", "c")
	if tree.Unsettled != 60*ms || !slices.Equal(paths(tree), []string{"b.md"}) {
		t.Fatal(tree.Unsettled, paths(tree))
	}
	w.clock = w.clock.Add(60 * ms)
	tree = w.look()
	if tree.Unsettled != 0 || !tree.Changed {
		t.Fatal(tree.Unsettled)
	}
	equal(t, tree.Changes, []string{"a.md", "c/d.md"})
}

// TestBulk writes a thousand files, in parts of which each comes just before the
// look that would accept those before it.
func TestBulk(t *testing.T) {
	w := watch(t, plant(t, map[string]string{"a.md": "a"}), longAgo)
	for i := range 1000 {
		w.write(fmt.Sprintf("f%d/%d.md", i%10, i), "text")
		if i%100 != 99 {
			continue
		}
		tree := w.look(".")
		if tree.Unsettled != 150*ms || len(tree.Changes) != i+1 {
			t.Fatal("accepted before it is all there", tree.Unsettled, len(tree.Changes))
		}
		w.clock = w.clock.Add(149 * ms)
		if tree := w.look("a.md", "."); tree.Unsettled != ms {
			t.Fatal(tree.Unsettled)
		}
		w.clock = w.clock.Add(ms)
	}
	tree := w.look()
	if tree.Unsettled != 0 || len(tree.Changes) != 1000 {
		t.Fatal(tree.Unsettled, len(tree.Changes))
	}
	same(t, tree, read(t, w.dir))
	if tree := w.look("."); tree.Changed || tree.Unsettled != 0 {
		t.Fatal("accepted twice")
	}
}

// TestBulkAtTheEnd sees with its last look what nobody named.
func TestBulkAtTheEnd(t *testing.T) {
	w := watch(t, plant(t, map[string]string{"a/": "", "b/": ""}), longAgo)
	for i := range 9 {
		w.write(fmt.Sprintf("a/%d", i), "text")
	}
	start := w.clock
	w.look("a")
	w.write("b/unsaid", "text")
	w.clock = w.clock.Add(150 * ms)
	if tree := w.look(); tree.Unsettled != 150*ms || len(tree.Changes) != 10 {
		t.Fatal(tree.Unsettled, tree.Changes)
	}
	for i := 0; ; i++ { // and one that never ends
		w.write("a/0", strings.Repeat("x", i))
		tree := w.look("a/0")
		if waited := w.clock.Sub(start); tree.Unsettled == 0 {
			if waited != 10*time.Second {
				t.Fatal(waited)
			}
			return
		}
		w.clock = w.clock.Add(min(tree.Unsettled, 100*ms))
	}
}

func TestChmodChangesNothing(t *testing.T) {
	for _, clock := range []time.Time{longAgo, farAhead} {
		w := watch(t, plant(t, map[string]string{"a.md": "a"}), clock)
		w.must(os.Chmod(w.at("a.md"), 0o600))
		if tree := w.look("a.md"); tree.Changed || tree.Unsettled != 0 || tree.Changes != nil {
			t.Fatal(tree)
		}
	}
}

// TestUnsettledIsNotAccepted holds that a caller who ignores unsettled trees
// misses nothing.
func TestUnsettledIsNotAccepted(t *testing.T) {
	w := watch(t, plant(t, map[string]string{"a.md": "a"}), longAgo)
	w.write("con", "")
	w.write("b.md", "b")
	w.look("b.md")
	if tree := w.look("con"); tree.Unsettled == 0 || !tree.Changed {
		t.Fatal(tree)
	}
	w.clock = w.clock.Add(2 * ms)
	tree := w.look("b.md")
	if tree.Unsettled != 0 || !tree.Changed || len(tree.Diagnostics) != 1 {
		t.Fatal(tree)
	}
	equal(t, tree.Changes, []string{"b.md"})
	w.must(os.Remove(w.at("con")))
	if tree := w.look("con"); !tree.Changed || tree.Changes != nil || tree.Diagnostics != nil {
		t.Fatal("a finding that is gone changes the tree", tree)
	}
}
