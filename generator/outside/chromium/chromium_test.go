package chromium

import (
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestPlaces: a browser is looked for where each system has it.
func TestPlaces(t *testing.T) {
	env := func(name string) string {
		return map[string]string{"HOME": "/home/li", "ProgramFiles(x86)": `C:\Program Files (x86)`}[name]
	}
	for system, want := range map[string]string{
		"linux":   "/snap/bin/chromium",
		"darwin":  "/home/li/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
		"windows": filepath.Join(`C:\Program Files (x86)`, "Microsoft", "Edge", "Application", "msedge.exe"),
	} {
		list := places(system, env)
		assert.Equal(t, "chromium", list[0], "what PATH leads to goes first")
		assert.Contains(t, list, want)
	}
}

// TestMissing: who has no browser is told what to install.
func TestMissing(t *testing.T) {
	t.Setenv("CHROMIUM", "/nonexistent/browser")
	_, err := Find()
	assert.Equal(t, Missing{Named: "/nonexistent/browser"}, err)
	_, _, err = Start(t.Context())
	assert.ErrorAs(t, err, new(Missing))
	lines := strings.Split(Missing{}.Error(), "\n")
	assert.Len(t, lines, 2)
	assert.Contains(t, lines[1], "install")
	assert.Contains(t, lines[1], "CHROMIUM")
}

// TestFile: only what stands in the site under its address is ever given out.
func TestFile(t *testing.T) {
	site := Site{Base: "https://x.example/crisis/", File: func(path string) ([]byte, bool) {
		return []byte(path), path == "rash/index.html" || path == "rash/files/a b.png" || path == "index.html"
	}}
	base, err := url.Parse(site.Base)
	require.NoError(t, err)
	p := &Printer{site: site, base: base}
	for address, want := range map[string]string{
		"https://x.example/crisis/rash/": "rash/index.html", "https://x.example/crisis/": "index.html", "https://x.example/crisis/rash/files/a%20b.png": "rash/files/a b.png",
		"https://x.example/crisis/other": "", "https://x.example/rash/": "", "http://x.example/crisis/rash/": "", "https://y.example/crisis/rash/": "", "file:///etc/passwd": "", "https://x.example/crisis/../rash/": "",
	} {
		data, ok := p.file(address)
		if want == "" {
			assert.False(t, ok, address)
			continue
		}
		assert.Equal(t, want, string(data), address)
	}
}
