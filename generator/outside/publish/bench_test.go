package publish

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"testing"
	"time"

	"candor/generator/fileset"
)

// pages is a site of the size that design §7 speaks of: 3,700 pages of 30 KB,
// each in a folder of its own.
func pages(seed byte) fileset.Set {
	random := rand.New(rand.NewPCG(1, uint64(seed)))
	var files []fileset.File
	for i := range 3700 {
		data := bytes.Repeat([]byte{'x', seed}, 15_000)
		data[0] = byte(random.Uint32())
		files = append(files, fileset.NewFile(fmt.Sprintf("incident-%04d/updates/%d/index.html", i/4, i%4), data))
	}
	return fileset.Must(files)
}

// plainly writes a set as a program would that promises nothing.
func plainly(b *testing.B, dir string, set fileset.Set) {
	var files []fileset.File
	for f := range set.All() {
		files = append(files, f)
	}
	var group sync.WaitGroup
	n := runtime.GOMAXPROCS(0)
	for part := range n {
		group.Go(func() {
			for _, f := range files[len(files)*part/n : len(files)*(part+1)/n] {
				at := filepath.Join(dir, f.Path)
				if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
					b.Error(err)
				}
				if err := os.WriteFile(at, f.Data, 0o644); err != nil {
					b.Error(err)
				}
			}
		})
	}
	group.Wait()
}

// BenchmarkFirst publishes into nothing and, in turn, writes the same files
// plainly. It reports the best time of each, and their ratio, so that what else
// the machine is doing matters less.
func BenchmarkFirst(b *testing.B) {
	set := pages('1')
	base := b.TempDir()
	count := 0
	timed := func(best time.Duration, do func(dir string)) time.Duration {
		count++
		dir := filepath.Join(base, fmt.Sprint(count))
		began := time.Now()
		do(dir)
		took := time.Since(began)
		if err := os.RemoveAll(dir); err != nil {
			b.Fatal(err)
		}
		return min(best, took)
	}
	plain, published := time.Hour, time.Hour
	for b.Loop() {
		plain = timed(plain, func(dir string) { plainly(b, dir, set) })
		published = timed(published, func(dir string) { must(b, dir, set, Options{}) })
	}
	b.ReportMetric(float64(plain.Microseconds())/1000, "plain-ms")
	b.ReportMetric(float64(published.Microseconds())/1000, "publish-ms")
	b.ReportMetric(float64(published)/float64(plain), "ratio")
}

// BenchmarkAgain publishes into what is there already.
func BenchmarkAgain(b *testing.B) {
	one, two := pages('1'), pages('2')
	dir := filepath.Join(b.TempDir(), "public")
	again := func(set fileset.Set) { must(b, dir, set, Options{}) }
	b.Run("all changed", func(b *testing.B) {
		for b.Loop() {
			again(one)
			one, two = two, one
		}
	})
	again(one)
	b.Run("unchanged", func(b *testing.B) {
		for b.Loop() {
			again(one)
		}
	})
	b.Run("one changed", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			b.StopTimer()
			next := fileset.Overlay(one, site("incident-0000/updates/1/index.html", fmt.Sprint(i)))
			b.StartTimer()
			again(next)
		}
	})
}

// BenchmarkRelease makes releases, of which the oldest is removed each time.
func BenchmarkRelease(b *testing.B) {
	one, two := pages('1'), pages('2')
	dir := filepath.Join(b.TempDir(), "releases")
	again := func(set fileset.Set) { mustRelease(b, dir, set, Options{}) }
	b.Run("all changed", func(b *testing.B) {
		for b.Loop() {
			again(one)
			one, two = two, one
		}
	})
	again(one)
	b.Run("unchanged", func(b *testing.B) {
		for b.Loop() {
			again(one)
		}
	})
	b.Run("one changed", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			b.StopTimer()
			next := fileset.Overlay(one, site("incident-0000/updates/1/index.html", fmt.Sprint(i)))
			b.StartTimer()
			again(next)
		}
	})
}
