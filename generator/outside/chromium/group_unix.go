//go:build unix

package chromium

import (
	"os/exec"
	"syscall"
)

// alone starts a command in a process group of its own, which is killed as a whole: a
// browser has children.
func alone(c *exec.Cmd) {
	c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	c.Cancel = func() error { return syscall.Kill(-c.Process.Pid, syscall.SIGKILL) }
}
