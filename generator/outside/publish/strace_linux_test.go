package publish

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"candor/generator/fileset"
)

// changing are the system calls by which a program changes what is on a disk. One
// that this kind of machine lacks is passed over, by the question mark.
const changing = "?open,?openat,?openat2,?creat,?write,?pwrite64,?writev,?truncate,?ftruncate,?fallocate,?copy_file_range," +
	"?rename,?renameat,?renameat2,?unlink,?unlinkat,?rmdir,?mkdir,?mkdirat,?link,?linkat,?symlink,?symlinkat,?mknod,?mknodat," +
	"?chmod,?fchmod,?fchmodat,?fchmodat2,?chown,?fchown,?lchown,?fchownat,?utimensat,?setxattr,?fsetxattr,?fsync,?fdatasync,?sync,?syncfs"

// call is a system call of the main thread.
type call struct {
	name string
	nth  int    // among the calls of that name
	text string // as strace prints it, without the result
}

// changes says whether the call may change something below dir.
func (c call) changes(dir string) bool {
	if strings.HasPrefix(c.name, "open") && !strings.Contains(c.text, "O_CREAT") && !strings.Contains(c.text, "O_TRUNC") {
		return false
	}
	return strings.Contains(c.text, dir)
}

// traced is what became of a task that was carried out under strace.
type traced struct {
	calls  []call
	err    error // how the process ended
	output string
	log    string
}

// trace carries the task out under strace, which shows the calls of these names
// and injects what it is told to.
func (do task) trace(t *testing.T, names string, inject ...string) traced {
	t.Helper()
	strace, err := exec.LookPath("strace")
	if err != nil {
		t.Fatal("this test needs strace: run .ci/setup, or install the package of that name")
	}
	log := filepath.Join(inMemory(t), "trace")
	defer os.Remove(log)
	words := []string{strace, "-f", "-qq", "-y", "-s", "64", "-e", "signal=none", "-e", "trace=" + names, "-o", log}
	for _, i := range inject {
		words = append(words, "-e", "inject="+i)
	}
	c := do.command(words...)
	var output bytes.Buffer
	c.Stdout, c.Stderr = &output, &output
	err = c.Run()
	data, errLog := os.ReadFile(log)
	if errLog != nil || len(data) == 0 {
		t.Fatalf("strace shows nothing: %v; %v; %s", err, errLog, output.String())
	}
	return traced{calls: parseTrace(string(data)), err: err, output: output.String(), log: string(data)}
}

// killed says whether the process was ended by SIGKILL, which strace passes on.
func (r traced) killed() bool {
	var exit *exec.ExitError
	return errors.As(r.err, &exit) && exit.ExitCode() == -1 && strings.Contains(exit.String(), "killed")
}

var (
	callLine   = regexp.MustCompile(`^(\d+) +([a-z0-9_]+)\((.*)$`)
	callResult = regexp.MustCompile(` *(<unfinished \.\.\.>|\) += .*)$`)
)

// parseTrace returns the calls of the main thread, which is the first to appear.
func parseTrace(log string) []call {
	var calls []call
	count := map[string]int{}
	main := ""
	for line := range strings.Lines(log) {
		m := callLine.FindStringSubmatch(strings.TrimSuffix(line, "\n"))
		if m == nil || strings.HasPrefix(m[2], "syscall_") {
			continue // the end of a call that began further up, or one that this strace has no name for
		}
		if main == "" {
			main = m[1]
		}
		if m[1] != main {
			continue
		}
		count[m[2]]++
		calls = append(calls, call{name: m[2], nth: count[m[2]], text: callResult.ReplaceAllString(m[3], "")})
	}
	return calls
}

// TestKilledBeforeTheCall holds what TestFaultsAtEverySystemCall builds on: the
// call at which strace kills is not carried out.
func TestKilledBeforeTheCall(t *testing.T) {
	do := task{Dir: inMemory(t), Release: true, Files: map[string]string{"a/index.html": "x"}}
	r := do.trace(t, "symlinkat", "symlinkat:error=EIO:signal=SIGKILL:when=1")
	if entries, _ := os.ReadDir(do.Dir); !r.killed() || len(entries) > 0 {
		t.Fatalf("%v %q\n%s", r.err, entries, r.log)
	}
	r = do.trace(t, "mkdirat", "mkdirat:error=EIO:signal=SIGKILL:when=2")
	if entries, _ := os.ReadDir(filepath.Join(do.Dir, releaseTemp+releaseName(1, site("a/index.html", "x").Sum()))); !r.killed() || len(entries) > 0 {
		t.Fatalf("%v %q\n%s", r.err, entries, r.log)
	}
}

// TestUnchangedCallsNothing publishes the same again and looks at the system
// calls.
func TestUnchangedCallsNothing(t *testing.T) {
	for _, release := range []bool{false, true} {
		do := task{Dir: inMemory(t), Release: release, Files: contents(stories()[0].after)}
		first := do.trace(t, changing)
		do.trace(t, changing) // which waits for the disk as the first does not
		again := do.trace(t, changing)
		if first.err != nil || again.err != nil {
			t.Fatal(first.output, again.output)
		}
		count := 0
		for _, c := range first.calls {
			if c.changes(do.Dir) {
				count++
			}
		}
		if count == 0 {
			t.Fatalf("the calls of a first publication are not recognized:\n%s", first.log)
		}
		for _, c := range again.calls {
			if c.changes(do.Dir) {
				t.Errorf("an unchanged publication calls %s(%s", c.name, c.text)
			}
		}
	}
}

// TestNoChmod publishes to a file system that refuses to change modes.
func TestNoChmod(t *testing.T) {
	for _, release := range []bool{false, true} {
		dir := inMemory(t)
		do := task{Dir: filepath.Join(dir, "out"), Release: release, Files: map[string]string{"a/index.html": "x"}, Umask: 0o77}
		r := do.trace(t, "?chmod,?fchmod,?fchmodat,?fchmodat2", "?chmod,?fchmod,?fchmodat,?fchmodat2:error=EPERM")
		if r.err != nil || !strings.Contains(r.output, "Modeless:true") || !strings.Contains(r.log, "(INJECTED)") {
			t.Errorf("%v %s\n%s", r.err, r.output, r.log)
		}
	}
}

// TestOldKernel publishes many files where the newer system calls are not known.
func TestOldKernel(t *testing.T) {
	var files []fileset.File
	for i := range 2 * fewFiles {
		files = append(files, fileset.NewFile(fmt.Sprintf("many/%d.html", i), []byte("one of many")))
	}
	plain, release := stories()[3], releaseStories()[2]
	plain.after = fileset.Overlay(plain.after, fileset.Must(files))
	release.after = fileset.Overlay(release.after, fileset.Must(files))
	for _, s := range []scene{plainScene(t, plain), releaseScene(t, release)} {
		s.do.Umask = 0o77
		dir := s.begin(t)
		r := s.in(dir).trace(t, "syncfs,fsync", "syncfs:error=ENOSYS")
		if r.err != nil || !strings.Contains(r.log, "(INJECTED)") {
			t.Fatalf("%v\n%s\n%s", r.err, r.output, r.log)
		}
		if s.do.Release {
			for f := range release.after.All() {
				if !strings.Contains(r.log, "/"+f.Path+">)") { // which only fsync has
					t.Errorf("%s is not brought to the disk:\n%s", f.Path, r.log)
				}
			}
		}
		s.whole(t, dir, ending{})
		s.again(t, dir)
	}
}
