package watch

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// child, if set, is the name of a limit in /proc/sys/user and its value.
const child = "CANDOR_WATCH_TEST_LIMIT"

func init() {
	if limit := os.Getenv(child); limit != "" {
		underLimit(limit)
	}
}

// underLimit runs in a user namespace of its own. It prints why it polls.
func underLimit(limit string) {
	name, value, _ := strings.Cut(limit, "=")
	if err := os.WriteFile("/proc/sys/user/"+name, []byte(value), 0); err != nil {
		os.Stdout.WriteString("skip: " + err.Error())
		os.Exit(0)
	}
	root := os.Args[1]
	w, err := New([]string{root}, Options{})
	if err != nil {
		os.Stdout.WriteString(err.Error())
		os.Exit(1)
	}
	w.Watch(0, list(root))
	why, _ := w.Polling()
	reason := why.String()
	// The watches are given back: another program gets its own.
	fd, err := syscall.InotifyInit()
	if err == nil {
		_, err = syscall.InotifyAddWatch(fd, root, syscall.IN_CREATE)
	}
	if err != nil && value != "0" {
		reason += " and held: " + err.Error()
	}
	if h, err := w.Wait(context.Background(), time.Time{}); err != nil || !h.Everything {
		reason += " and no hint"
	}
	os.Stdout.WriteString(reason)
	os.Exit(0)
}

func TestLimit(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	mkdir(t, filepath.Join(root, "a/b/c/d/e/f/g"))
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for limit, want := range map[string]string{
		"max_inotify_watches=5":   "the system has no more file watches to give (fs.inotify.max_user_watches)",
		"max_inotify_watches=0":   "the system has no more file watches to give (fs.inotify.max_user_watches)",
		"max_inotify_instances=0": "too many watchers or files are open (fs.inotify.max_user_instances, ulimit -n)",
		"max_inotify_watches=100": "",
	} {
		cmd := exec.Command(self, root)
		cmd.Env = append(os.Environ(), child+"="+limit)
		cmd.SysProcAttr = &syscall.SysProcAttr{
			Cloneflags:  syscall.CLONE_NEWUSER,
			UidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}},
			GidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}},
		}
		out, err := cmd.CombinedOutput()
		if err != nil && len(out) == 0 {
			t.Skipf("no user namespace: %v", err)
		}
		if strings.HasPrefix(string(out), "skip: ") {
			t.Skip(string(out))
		}
		if string(out) != want {
			t.Errorf("%s: %s (%v)", limit, out, err)
		}
	}
}
