package publish

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"

	"candor/generator/fileset"
)

// publications is how many a reader looks on at.
const publications = 500

// sealed is content that shows by itself whether it is whole: the digest and the
// length of the rest stand in its first line.
func sealed(text string) string {
	return fmt.Sprintf("%x %d\n%s", sha256.Sum256([]byte(text)), len(text), text)
}

// broken returns what is wrong with content that was sealed.
func broken(data []byte) error {
	seal, text, _ := strings.Cut(string(data), "\n")
	if want := fmt.Sprintf("%x %d", sha256.Sum256([]byte(text)), len(text)); seal != want {
		return fmt.Errorf("torn: %d bytes with the seal %q", len(data), seal)
	}
	return nil
}

// always are the files of every version; each changes at a pace of its own.
func always() []string {
	return []string{"index.html", "style.css", "feed.xml", "a/index.html", "a/b/index.html", "a/b/data.csv", "c/index.html", "c/evidence.pdf"}
}

// versionOf returns the site at one version. It also has files that come and go,
// and one place that is a file or a folder in turn.
func versionOf(v int) fileset.Set {
	var files []fileset.File
	add := func(name string, v int) {
		files = append(files, fileset.NewFile(name, []byte(sealed(fmt.Sprintf("%s %d\n%s", name, v, strings.Repeat("text ", 200+v%7*300))))))
	}
	for i, name := range always() {
		add(name, v-v%(1<<(i%4)))
	}
	add("version.txt", v)
	if v%3 == 0 {
		add("at times/index.html", v)
	}
	if v%2 == 0 {
		add("swap", v)
	} else {
		add("swap/index.html", v)
	}
	return fileset.Must(files)
}

// underReaders publishes version after version while the readers read, each again
// and again until all is published, and once more then.
func underReaders(t *testing.T, to func(fileset.Set) (Report, error), readers ...func() error) {
	publish := func(v int) {
		if _, err := to(versionOf(v)); err != nil {
			t.Error(err)
		}
	}
	publish(0)
	done := make(chan struct{})
	var group sync.WaitGroup
	for _, read := range readers {
		group.Go(func() {
			for rounds := 1; ; rounds++ {
				last := false
				select {
				case <-done:
					last = true
				default:
				}
				if err := read(); err != nil {
					t.Error(err)
					return
				}
				if last {
					t.Logf("%d rounds", rounds)
					return
				}
			}
		})
	}
	for v := 1; v <= publications && !t.Failed(); v++ {
		publish(v)
	}
	close(done)
	group.Wait()
}

// get asks for a file of the site as a browser does.
func get(server *httptest.Server, name string) ([]byte, error) {
	r, err := server.Client().Get(server.URL + "/" + strings.TrimSuffix(name, "index.html"))
	if err != nil {
		return nil, err
	}
	defer r.Body.Close()
	data, err := io.ReadAll(r.Body)
	if err == nil && r.StatusCode == http.StatusNotFound {
		err = fs.ErrNotExist
	} else if err == nil && r.StatusCode != http.StatusOK {
		err = errors.New(r.Status)
	}
	return data, err
}

// TestReadersDuringPublications reads the files that every version has. None is
// ever missing, and none torn.
func TestReadersDuringPublications(t *testing.T) {
	dir := inMemory(t)
	server := httptest.NewServer(http.FileServer(http.Dir(dir)))
	defer server.Close()
	each := func(read func(name string) ([]byte, error)) func() error {
		return func() error {
			for _, name := range always() {
				data, err := read(name)
				if err == nil {
					err = broken(data)
				}
				if err != nil {
					return fmt.Errorf("%s: %w", name, err)
				}
			}
			return nil
		}
	}
	p := newTarget(dir, Options{})
	p.wrap = func(d disk) disk { return unsynced{d} }
	underReaders(t, p.publish,
		each(func(name string) ([]byte, error) { return os.ReadFile(filepath.Join(dir, name)) }),
		each(func(name string) ([]byte, error) { return get(server, name) }))
	expect(t, dir, contents(versionOf(publications)))
}

// TestReadersDuringReleases reads whole releases. Each is one version, unless it
// has become too old in the meantime.
func TestReadersDuringReleases(t *testing.T) {
	dir := inMemory(t)
	server := httptest.NewServer(http.FileServer(http.Dir(filepath.Join(dir, currentName))))
	defer server.Close()
	out := func() (string, error) { return os.Readlink(filepath.Join(dir, currentName)) }
	// tooOld says whether a release has been followed by so many that it may be gone.
	tooOld := func(name string) bool {
		now, err := out()
		return err == nil && numberOf(now) >= numberOf(name)+kept
	}
	p := newTarget(dir, Options{})
	p.wrap = func(d disk) disk { return unsynced{d} }
	underReaders(t, p.release,
		func() error {
			name, err := out()
			if err == nil {
				err = checkVersion(filepath.Join(dir, name))
			}
			if err != nil && !(tooOld(name) && !exists(filepath.Join(dir, name))) {
				return fmt.Errorf("release %s: %w", name, err)
			}
			return nil
		},
		func() error {
			for _, file := range always() {
				before, _ := out()
				data, err := get(server, file)
				if err == nil {
					err = broken(data)
				}
				if err != nil && !(errors.Is(err, fs.ErrNotExist) && tooOld(before)) {
					return fmt.Errorf("%s: %w", file, err)
				}
			}
			return nil
		})
	if got := releases(t, dir); len(got) != kept {
		t.Error(got)
	}
	expect(t, filepath.Join(dir, current(t, dir)), contents(versionOf(publications)))
}

// checkVersion holds that a release has all files of one version.
func checkVersion(dir string) error {
	got := map[string]string{}
	err := filepath.WalkDir(dir, func(at string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || d.Name() == manifestName {
			return err
		}
		data, err := os.ReadFile(at)
		name, _ := filepath.Rel(dir, at)
		got[filepath.ToSlash(name)] = string(data)
		return err
	})
	if err != nil {
		return err
	}
	words := bytes.Fields([]byte(got["version.txt"]))
	if len(words) < 4 {
		return fmt.Errorf("version.txt is %q", got["version.txt"])
	}
	v, err := strconv.Atoi(string(words[3]))
	if err == nil && !maps.Equal(got, contents(versionOf(v))) {
		err = fmt.Errorf("not version %d: %q", v, got)
	}
	return err
}
