//go:build unix

package publish

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"syscall"
	"testing"
	"time"

	"candor/generator/fileset"
)

// task is a publication that another process carries out: this program, started
// again. It does it on one thread, so that the sequence of its system calls is
// always the same.
type task struct {
	Dir     string
	Release bool
	Files   map[string]string
	Wait    time.Duration
	Umask   int
	Hold    bool // having locked the directory, say so and wait until standard input ends
}

const taskVariable = "CANDOR_TEST_TASK"

func init() {
	if os.Getenv(taskVariable) != "" {
		runtime.LockOSThread() // the main thread
	}
}

func TestMain(m *testing.M) {
	if given := os.Getenv(taskVariable); given != "" {
		os.Exit(carryOut(given))
	}
	os.Exit(m.Run())
}

func carryOut(given string) int {
	var do task
	if err := json.Unmarshal([]byte(given), &do); err != nil {
		panic(err)
	}
	if do.Umask != 0 {
		syscall.Umask(do.Umask)
	}
	var files []fileset.File
	for name, content := range do.Files {
		files = append(files, fileset.NewFile(name, []byte(content)))
	}
	to := newTarget(do.Dir, Options{Wait: do.Wait})
	to.workers = 1
	to.wrap = func(d disk) disk {
		if do.Hold {
			fmt.Println("holding")
			io.Copy(io.Discard, os.Stdin)
		}
		return d
	}
	publish := to.publish
	if do.Release {
		publish = to.release
	}
	report, err := publish(fileset.Must(files))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	fmt.Printf("%+v\n", report)
	return 0
}

// command returns the process that carries the task out, behind the words that
// may stand in front of a command.
func (do task) command(before ...string) *exec.Cmd {
	given, err := json.Marshal(do)
	if err != nil {
		panic(err)
	}
	words := append(before, os.Args[0])
	c := exec.Command(words[0], words[1:]...)
	// Nothing of the runtime's own shall come between the system calls.
	c.Env = append(os.Environ(), taskVariable+"="+string(given), "GOMAXPROCS=1", "GOGC=off", "GODEBUG=asyncpreemptoff=1", "GORACE=atexit_sleep_ms=0")
	return c
}
