//go:build linux || darwin || freebsd || netbsd || openbsd || dragonfly

package publish

import (
	"bufio"
	"bytes"
	"io"
	"maps"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"candor/generator/fileset"
)

// twoSets share some files, and each has some of its own.
func twoSets() (a, b fileset.Set) {
	return site("index.html", "a", "same/index.html", "same", "a/index.html", "a", "x", "file"),
		site("index.html", "b", "same/index.html", "same", "b/index.html", "b", "x/y", "folder")
}

// out returns what visitors see: the directory, or the release that is out.
func (do task) out(t *testing.T) map[string]string {
	t.Helper()
	if do.Release {
		return tree(t, filepath.Join(do.Dir, current(t, do.Dir)))
	}
	return tree(t, do.Dir)
}

// TestTwoProcessesAtOnce lets two processes publish different sets: they take
// turns, and what stays is one of them.
func TestTwoProcessesAtOnce(t *testing.T) {
	a, b := twoSets()
	for round := range 10 {
		one := task{Dir: inMemory(t), Release: round%2 == 1, Wait: time.Hour, Files: contents(a)}
		two := one
		two.Files = contents(b)
		var said [2]bytes.Buffer
		commands := []*exec.Cmd{one.command(), two.command()}
		for i, c := range commands {
			c.Stdout, c.Stderr = &said[i], &said[i]
			if err := c.Start(); err != nil {
				t.Fatal(err)
			}
		}
		for i, c := range commands {
			if err := c.Wait(); err != nil {
				t.Fatal(err, said[i].String())
			}
		}
		if got := one.out(t); !maps.Equal(got, one.Files) && !maps.Equal(got, two.Files) {
			t.Fatalf("neither: %q", got)
		}
		if exists(filepath.Join(one.Dir, journalName)) {
			t.Error("the journal stays")
		}
		if one.Release {
			if got := releases(t, one.Dir); len(got) != 2 || current(t, one.Dir) != got[1] {
				t.Errorf("%q, and out is %s", got, current(t, one.Dir))
			}
		}
	}
}

// holder starts a process that has locked the directory; let lets it go on.
func (do task) holder(t *testing.T) (c *exec.Cmd, let io.Closer) {
	t.Helper()
	do.Hold = true
	c = do.command()
	stdin, err := c.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Process.Kill() })
	if line, err := bufio.NewReader(stdout).ReadString('\n'); line != "holding\n" {
		t.Fatal(line, err)
	}
	return c, stdin
}

// TestAnotherProcessHolds has one process hold the directory: one that will not
// wait is refused, one that will comes after it, and the lock of one that was
// killed holds nobody up.
func TestAnotherProcessHolds(t *testing.T) {
	a, b := twoSets()
	for _, release := range []bool{false, true} {
		first := task{Dir: inMemory(t), Release: release, Files: contents(a)}
		second := first
		second.Files = contents(b)
		holder, let := first.holder(t)

		second.Wait = -1
		out, err := second.command().CombinedOutput()
		if err == nil || !strings.Contains(string(out), errBusy.Error()) {
			t.Fatal(err, string(out))
		}
		second.Wait = time.Hour
		waiting := second.command()
		if err := waiting.Start(); err != nil {
			t.Fatal(err)
		}
		if err := let.Close(); err != nil {
			t.Fatal(err)
		}
		if err := holder.Wait(); err != nil {
			t.Fatal(err)
		}
		if err := waiting.Wait(); err != nil {
			t.Fatal(err)
		}
		if got := first.out(t); !maps.Equal(got, second.Files) {
			t.Fatalf("%q", got)
		}

		holder, _ = first.holder(t)
		if err := holder.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		holder.Wait()
		second.Wait, second.Files = -1, map[string]string{"index.html": "c"}
		if out, err := second.command().CombinedOutput(); err != nil {
			t.Fatal(err, string(out))
		}
		if got := first.out(t); !maps.Equal(got, second.Files) {
			t.Fatalf("%q", got)
		}
	}
}
