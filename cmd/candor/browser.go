package main

import (
	"os"
	"os/exec"
	"runtime"
)

// openBrowser opens an address in the browser that BROWSER names, else in the
// system's.
func openBrowser(address string) error {
	name, args := "xdg-open", []string{address}
	switch own := os.Getenv("BROWSER"); {
	case own != "":
		name = own
	case runtime.GOOS == "darwin":
		name = "open"
	case runtime.GOOS == "windows":
		name, args = "rundll32", []string{"url.dll,FileProtocolHandler", address}
	}
	command := exec.Command(name, args...)
	if err := command.Start(); err != nil {
		return err
	}
	go command.Wait() // so that nothing of it is left behind
	return nil
}
