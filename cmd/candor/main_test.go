package main

import (
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"candor/generator/outside/deploy/deploytest"
)

// TestMain lets stories call candor as a command of its own process.
func TestMain(m *testing.M) {
	testscript.Main(english{m}, map[string]func(){
		"candor": func() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) },
	})
}

// english runs tests in English, whatever the machine's locale is. The commands of
// a story have the locale that the story gives them.
type english struct{ *testing.M }

func (m english) Run() int {
	os.Setenv("LC_ALL", "C")
	return m.M.Run()
}

// TestStories plays testdata/script: each story is commands and what they say.
func TestStories(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(env *testscript.Env) error {
			env.Setenv("LANG", "C")
			if strings.HasSuffix(env.WorkDir, "deploy") {
				store := httptest.NewServer(deploytest.New())
				env.Defer(store.Close)
				env.Setenv("STORE", store.URL)
			}
			return nil
		},
	})
}
