//go:build linux && (amd64 || arm64 || riscv64 || loong64)

package publish

import (
	"os"
	"runtime"
	"syscall"
)

// syncAll brings everything that was written to the file system of f to the disk,
// by syncfs(2), which package syscall does not name. It reports failures since f
// was opened, so that has to be before the writing.
func syncAll(f *os.File) (bool, error) {
	number := uintptr(267)
	if runtime.GOARCH == "amd64" {
		number = 306
	}
	_, _, errno := syscall.Syscall(number, f.Fd(), 0, 0)
	if errno == syscall.ENOSYS { // a sandbox that does not know the call
		return false, nil
	}
	if errno != 0 {
		return false, &os.PathError{Op: "syncfs", Path: f.Name(), Err: errno}
	}
	return true, nil
}
