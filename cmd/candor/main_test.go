package main

import (
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain lets stories call candor as a command of its own process.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"candor": func() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) },
	})
}

// TestStories plays testdata/script: each story is commands and what they say.
func TestStories(t *testing.T) {
	testscript.Run(t, testscript.Params{Dir: "testdata/script"})
}
