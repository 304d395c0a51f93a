//go:build !unix

package chromium

import "os/exec"

// alone does nothing here: a browser's children end with it.
func alone(*exec.Cmd) {}
