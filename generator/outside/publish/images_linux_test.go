package publish

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"candor/generator/fileset"
)

// TestPowerCutOnImages copies the image of a file system right after the second of two
// quick publications, mounts the copy as after a power cut, and publishes again.
func TestPowerCutOnImages(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("skipped: only root may mount images of ext4, xfs and btrfs; TestPowerCut replays what they do")
	}
	var first, second []fileset.File
	for i := range 150 {
		name, text := fmt.Sprintf("incident-%03d/index.html", i), strings.Repeat(fmt.Sprint("text ", i), 500)
		first = append(first, fileset.NewFile(name, []byte(text)))
		switch {
		case i < 5: // withdrawn
		case i < 15:
			second = append(second, fileset.NewFile(name, []byte("second "+text)))
		default:
			second = append(second, first[i])
		}
	}
	sets := []fileset.Set{fileset.Must(first), fileset.Must(second)}
	for system, options := range map[string][2]string{
		"ext4": {"-F", "loop"}, "xfs": {"-f", "loop,nouuid"}, "btrfs": {"-f", "loop"},
	} {
		for name, publish := range map[string]func(string, fileset.Set, Options) (Report, error){
			"files": Publish, "releases": Release,
		} {
			t.Run(system+"/"+name, func(t *testing.T) {
				image := filepath.Join(t.TempDir(), "image")
				write(t, image, "")
				if err := os.Truncate(image, 400<<20); err != nil {
					t.Fatal(err)
				}
				orSkip(t, "mkfs."+system, options[0], image)
				at, unmount := mounted(t, image, "loop")
				dir := filepath.Join(at, "out")
				for _, set := range sets {
					if _, err := publish(dir, set, Options{}); err != nil {
						t.Fatal(err)
					}
				}
				orSkip(t, "cp", "--sparse=always", image, image+".copy")

				unmount() // two of one identity would be mixed up
				at, _ = mounted(t, image+".copy", options[1])
				dir = filepath.Join(at, "out")
				site := dir
				if name == "releases" {
					site = filepath.Join(dir, current(t, dir))
				}
				expect(t, site, contents(sets[1]))
				if r, err := publish(dir, sets[1], Options{}); err != nil || r.Written+r.Deleted > 0 {
					t.Error(r, err)
				}
				if r, err := publish(dir, sets[0], Options{}); err != nil || r.Written != 15 { // nothing is in the way
					t.Error(r, err)
				}
			})
		}
	}
}

// mounted mounts an image until the end of the test.
func mounted(t *testing.T, image, options string) (at string, unmount func()) {
	t.Helper()
	at = t.TempDir()
	orSkip(t, "mount", "-o", options, image, at)
	unmount = sync.OnceFunc(func() {
		if out, err := exec.Command("umount", at).CombinedOutput(); err != nil {
			t.Errorf("%v: %s", err, out)
		}
	})
	t.Cleanup(unmount)
	return at, unmount
}

// orSkip runs a command that not every machine has or allows.
func orSkip(t *testing.T, words ...string) {
	t.Helper()
	if out, err := exec.Command(words[0], words[1:]...).CombinedOutput(); err != nil {
		t.Skipf("skipped: %s: %v\n%s", strings.Join(words, " "), err, out)
	}
}
