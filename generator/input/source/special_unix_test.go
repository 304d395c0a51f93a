//go:build unix

package source

import (
	"net"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

func TestSpecialFiles(t *testing.T) {
	dir := plant(t, map[string]string{"a.md": "", "shut.md": "", "closed/x.md": ""})
	if err := syscall.Mkfifo(filepath.Join(dir, "pipe.md"), 0o644); err != nil {
		t.Fatal(err)
	}
	t.Chdir(dir) // the address of a socket must be short
	socket, err := net.Listen("unix", "socket")
	if err != nil {
		t.Fatal(err)
	}
	defer socket.Close()
	link(t, "pipe.md", dir, "link-to-pipe")
	want := []string{
		"link-to-pipe [bad-value] this is a named pipe, not a file",
		"pipe.md [bad-value] this is a named pipe, not a file",
		"socket [bad-value] this is a socket, not a file",
	}
	all := []string{"a.md", "closed/x.md", "shut.md"}
	if os.Geteuid() != 0 { // root may read everything
		if err := cmpOr(os.Chmod("shut.md", 0), os.Chmod("closed", 0)); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { os.Chmod(filepath.Join(dir, "closed"), 0o755) })
		all = all[:1]
		want = []string{
			"closed [missing-file] there is no permission to read this", want[0], want[1],
			"shut.md [missing-file] there is no permission to read this", want[2],
		}
	}
	tree := read(t, dir)
	equal(t, paths(tree), all)
	equal(t, findings(tree), want)
	if _, err := NewReader("pipe.md").Read(); err == nil {
		t.Error("a pipe is taken for a folder")
	}
}

// TestAPipeInPlaceOfAFile opens what was a file when the folder was listed.
func TestAPipeInPlaceOfAFile(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mkfifo(filepath.Join(dir, "x"), 0o644); err != nil {
		t.Fatal(err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	if _, _, err := readFile(root, "x", 100); err == nil {
		t.Error("a pipe is read")
	}
}
