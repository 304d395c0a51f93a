//go:build unix

package publish

import (
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestModes runs itself under other umasks, in a process of its own because a
// umask belongs to the whole process.
func TestModes(t *testing.T) {
	if dir := os.Getenv("CANDOR_TEST_MODES"); dir != "" {
		syscall.Umask(map[byte]int{'0': 0, '2': 0o22, '7': 0o77}[dir[len(dir)-1]])
		must(t, filepath.Join(dir, "deep", "public"), site("index.html", "home", "a/b/index.html", "page"), Options{})
		return
	}
	base := t.TempDir()
	for _, umask := range []string{"000", "022", "077"} {
		dir := filepath.Join(base, umask)
		if err := os.Mkdir(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		c := exec.Command(os.Args[0], "-test.run=^TestModes$")
		c.Env = append(os.Environ(), "CANDOR_TEST_MODES="+dir)
		if out, err := c.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v", out, err)
		}
		filepath.WalkDir(dir, func(at string, d fs.DirEntry, err error) error {
			info, _ := d.Info()
			want := fs.FileMode(0o644)
			if d.IsDir() {
				want = 0o755
			}
			if info.Mode().Perm() != want {
				t.Errorf("%s under umask %s: %v", strings.TrimPrefix(at, dir), umask, info.Mode())
			}
			return err
		})
	}
}

func TestAPipeIsNotWaitedFor(t *testing.T) {
	dir := t.TempDir()
	must(t, dir, site("index.html", "home", "a", "a"), Options{})
	for _, name := range []string{"a", manifestName} {
		at := filepath.Join(dir, name)
		if err := os.Remove(at); err != nil {
			t.Fatal(err)
		}
		if err := syscall.Mkfifo(at, 0o644); err != nil {
			t.Fatal(err)
		}
		var refused *RefusedError
		if _, err := Publish(dir, site("index.html", "home 2", "a", "b"), Options{}); !errors.As(err, &refused) {
			t.Errorf("a pipe for %s: %v", name, err)
		}
	}
}
