package publish

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"

	"candor/generator/fileset"
)

const mountsVariable = "CANDOR_TEST_MOUNTS"

// TestRealDisks publishes to disks that are full, in bytes or in files, and to one
// that may not be written to. It starts itself again where it may mount such
// disks and nobody else sees them.
func TestRealDisks(t *testing.T) {
	if os.Getenv(mountsVariable) == "" {
		apart(t)
		return
	}
	for _, p := range places() {
		t.Run(p.name, func(t *testing.T) {
			t.Run("bytes", func(t *testing.T) { fill(t, p, "size", 4096, usedBytes) })
			t.Run("files", func(t *testing.T) { fill(t, p, "nr_inodes", 1, usedFiles) })
			t.Run("read-only", func(t *testing.T) { readOnly(t, p) })
		})
	}
}

// apart runs the test in a mount namespace of its own: as root plainly, and else,
// or where even root may not, in a user namespace.
func apart(t *testing.T) {
	mapped := func(id int) []syscall.SysProcIDMap { return []syscall.SysProcIDMap{{HostID: id, Size: 1}} }
	plain := &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNS}
	user := &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNS | syscall.CLONE_NEWUSER,
		UidMappings: mapped(os.Getuid()), GidMappings: mapped(os.Getgid())}
	var refusals []string
	for _, attr := range []*syscall.SysProcAttr{plain, user} {
		c := exec.Command(os.Args[0], "-test.run=^TestRealDisks$", "-test.v")
		c.Env = append(os.Environ(), mountsVariable+"=yes")
		c.SysProcAttr = attr
		out, err := c.CombinedOutput()
		if errors.Is(err, os.ErrPermission) || errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EINVAL) || strings.Contains(string(out), noMounts) {
			refusals = append(refusals, fmt.Sprintf("%v %s", err, out))
			continue
		}
		if err != nil {
			t.Errorf("%v\n%s", err, out)
		}
		return
	}
	t.Fatalf("this test mounts small disks, and may not: run it as root, or where unprivileged user namespaces are allowed\n%s", strings.Join(refusals, "\n"))
}

const noMounts = "mounting is not permitted"

// mount mounts what the test needs; it goes away with the namespace.
func mount(t *testing.T, source, at, kind string, flags uintptr, options string) {
	t.Helper()
	if err := syscall.Mount("", "/", "", syscall.MS_REC|syscall.MS_PRIVATE, ""); err != nil {
		t.Fatal(noMounts, err)
	}
	if err := syscall.Mount(source, at, kind, flags, options); err != nil {
		t.Fatalf("mount %s %#x %s: %v", kind, flags, options, err)
	}
}

// place is one of the two ways to publish, with what has to hold.
type place struct {
	name    string
	before  fileset.Set
	after   fileset.Set
	publish func(dir string, set fileset.Set) error
	out     func(t *testing.T, dir string) map[string]string // what visitors see, and the manifest
}

func places() []place {
	big := strings.Repeat("x", 10_000)
	before := site("index.html", "home "+big, "style.css", big, "a/index.html", "page "+big, "same/index.html", big, "gone/index.html", big)
	after := site("index.html", "home 2 "+big, "style.css", big, "a/index.html", "page 2 "+big, "same/index.html", big, "b/index.html", "new "+big, "b/c/data.csv", big)
	return []place{
		{"files", before, after, func(dir string, set fileset.Set) error {
			_, err := Publish(dir, set, Options{})
			return err
		}, func(t *testing.T, dir string) map[string]string { return withPapers(t, dir) }},
		{"releases", before, after, func(dir string, set fileset.Set) error {
			_, err := Release(dir, set, Options{})
			return err
		}, func(t *testing.T, dir string) map[string]string {
			if !exists(filepath.Join(dir, currentName)) {
				if len(releases(t, dir)) > 0 {
					t.Errorf("there is no current release, but %q", releases(t, dir))
				}
				return map[string]string{}
			}
			return withPapers(t, filepath.Join(dir, current(t, dir)))
		}},
	}
}

func usedBytes(s syscall.Statfs_t) uint64 { return (s.Blocks - s.Bfree) * uint64(s.Bsize) }
func usedFiles(s syscall.Statfs_t) uint64 { return s.Files - s.Ffree }

// fill limits the disk to what is on it and then, step by step, to more, until
// there is room enough. Each time before, the publication fails, says at what, and
// leaves everything as it was; with room, it is completed.
func fill(t *testing.T, p place, limit string, step uint64, used func(syscall.Statfs_t) uint64) {
	for _, start := range [][]fileset.Set{nil, {p.before}} {
		failures := 0
		for room := uint64(0); ; room += step {
			disk := t.TempDir()
			mount(t, "tmpfs", disk, "tmpfs", 0, "size=16m,nr_inodes=1000")
			dir := filepath.Join(disk, "out")
			if err := os.Mkdir(dir, dirMode); err != nil {
				t.Fatal(err)
			}
			for _, set := range start {
				if err := p.publish(dir, set); err != nil {
					t.Fatal(err)
				}
			}
			before := p.out(t, dir)
			var there syscall.Statfs_t
			if err := syscall.Statfs(disk, &there); err != nil {
				t.Fatal(err)
			}
			mount(t, "", disk, "", syscall.MS_REMOUNT, fmt.Sprintf("%s=%d", limit, max(1, used(there)+room))) // 0 is no limit
			err := p.publish(dir, p.after)
			if err != nil {
				failures++
				checkFailure(t, err, syscall.ENOSPC)
				checkNoTemps(t, dir)
				if got := p.out(t, dir); !maps.Equal(got, before) {
					t.Errorf("room for %d more: what was there has changed to %q", room, slices.Collect(maps.Keys(got)))
				}
				mount(t, "", disk, "", syscall.MS_REMOUNT, "size=16m,nr_inodes=1000")
				if err := p.publish(dir, p.after); err != nil {
					t.Error(err)
				}
			}
			checkComplete(t, p, dir)
			if err := syscall.Unmount(disk, 0); err != nil {
				t.Fatal(err)
			}
			if t.Failed() {
				t.Fatalf("room for %d more; %v", room, err)
			}
			if err == nil {
				break
			}
		}
		if failures < 3 {
			t.Errorf("the disk was full %d times only", failures)
		}
	}
}

// checkFailure holds that an error says what was being done, and to which file.
func checkFailure(t *testing.T, err error, cause syscall.Errno) {
	t.Helper()
	form := regexp.MustCompile(`^(write|create folder|create the link|write to disk|open output folder|replace) \S*[a-z]\S*: .*` + cause.Error() + "$")
	if !errors.Is(err, cause) || !form.MatchString(err.Error()) {
		t.Errorf("the error is %q", err)
	}
}

func checkComplete(t *testing.T, p place, dir string) {
	t.Helper()
	got := p.out(t, dir)
	delete(got, manifestName)
	if !maps.Equal(got, contents(p.after)) {
		t.Errorf("published: %q", slices.Collect(maps.Keys(got)))
	}
	checkNoTemps(t, dir)
}

// readOnly publishes to a disk on which nothing can be written: what is there
// already can be published, and nothing else.
func readOnly(t *testing.T, p place) {
	disk := t.TempDir()
	mount(t, "tmpfs", disk, "tmpfs", 0, "size=16m")
	full, empty := filepath.Join(disk, "full"), filepath.Join(disk, "empty")
	for _, dir := range []string{full, empty} {
		if err := os.Mkdir(dir, dirMode); err != nil {
			t.Fatal(err)
		}
	}
	for range 2 { // the first publication is loose
		if err := p.publish(full, p.before); err != nil {
			t.Fatal(err)
		}
	}
	before := p.out(t, full)
	mount(t, disk, disk, "", syscall.MS_BIND, "")
	mount(t, "", disk, "", syscall.MS_BIND|syscall.MS_REMOUNT|syscall.MS_RDONLY, "")
	for _, dir := range []string{full, empty, filepath.Join(disk, "none")} {
		checkFailure(t, p.publish(dir, p.after), syscall.EROFS)
	}
	if err := p.publish(full, p.before); err != nil {
		t.Error("unchanged:", err)
	}
	if got := p.out(t, full); !maps.Equal(got, before) {
		t.Errorf("what was there has changed to %q", slices.Collect(maps.Keys(got)))
	}
	mount(t, "", disk, "", syscall.MS_BIND|syscall.MS_REMOUNT, "")
	for _, dir := range []string{full, empty, filepath.Join(disk, "none")} {
		if err := p.publish(dir, p.after); err != nil {
			t.Error(err)
		}
		checkComplete(t, p, dir)
	}
	for range 2 {
		if err := syscall.Unmount(disk, 0); err != nil {
			t.Fatal(err)
		}
	}
}
