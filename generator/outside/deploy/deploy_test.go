package deploy

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"candor/generator/fileset"
	"candor/generator/outside/deploy/deploytest"
)

// release makes a release of texts by path. The phases are those of publication, simplified.
func release(id string, files map[string]string) Release {
	rel := Release{ID: id, Instant: time.Date(2026, 11, 4, 10, 0, 0, 0, time.UTC),
		Read: func(path string) ([]byte, error) { return []byte(files[path]), nil }}
	for path, text := range files {
		phase := 0
		switch {
		case path == "index.html":
			phase = 3
		case strings.HasSuffix(path, ".html"):
			phase = 1
		}
		sum := fileset.SumOf([]byte(text))
		rel.Files = append(rel.Files, File{Path: path, Size: int64(len(text)), Sum: sum, Phase: phase})
	}
	slices.SortFunc(rel.Files, func(a, b File) int {
		if a.Phase != b.Phase {
			return a.Phase - b.Phase
		}
		return strings.Compare(a.Path, b.Path)
	})
	return rel
}

var (
	target = Target{Endpoint: "http://store.example.org", Bucket: "pages", Region: "us-east-1", PathStyle: true,
		CacheControl: "max-age=0", AccessKey: "a", SecretKey: "b"}
	old   = map[string]string{"index.html": "home 1", "a/index.html": "a 1", "a/photo.jpg": "photo", "gone.html": "gone"}
	fresh = map[string]string{"index.html": "home 2", "a/index.html": "a 2", "a/photo.jpg": "photo", "b/index.html": "b"}
)

// deploy deploys to a bucket over a wire that may be broken.
func deploy(b *deploytest.Bucket, rel Release, broken fault,
	change ...func(*Options)) (Report, time.Duration, error) {
	c := &clock{}
	opt := Options{Workers: 1, Wait: c.wait, Transport: &wire{bucket: b, fault: broken}}
	for _, f := range change {
		f(&opt)
	}
	report, err := Deploy(context.Background(), target, rel, opt)
	return report, c.waited, err
}

// assertWhole holds that each file of the bucket is whole, old or new, and the home page new only if
// all that it leads to is.
func assertWhole(t *testing.T, b *deploytest.Bucket) {
	t.Helper()
	for path, o := range b.Objects {
		if path != StateName && path != "theirs.html" {
			assert.Contains(t, []string{old[path], fresh[path]}, string(o.Data), path)
		}
	}
	if string(b.Objects["index.html"].Data) == fresh["index.html"] {
		for path, text := range fresh {
			assert.Equal(t, text, string(b.Objects[path].Data), path)
		}
	}
	assert.Contains(t, b.Objects, "gone.html")
}

// assertServes holds that a bucket has these texts.
func assertServes(t *testing.T, b *deploytest.Bucket, files map[string]string) {
	t.Helper()
	for path, text := range files {
		assert.Equal(t, text, string(b.Objects[path].Data), path)
	}
}

func TestDeploy(t *testing.T) {
	b := deploytest.New()
	report, _, err := deploy(b, release("1", old), nil)
	require.NoError(t, err)
	assert.Equal(t, []string{"a/photo.jpg", "a/index.html", "gone.html", "index.html"}, report.Sent)
	assertServes(t, b, old)
	page := b.Objects["a/index.html"].Headers
	assert.Equal(t, "text/html; charset=utf-8", page.Get("Content-Type"))
	assert.Equal(t, "max-age=0", page.Get("Cache-Control"))

	// The same again writes nothing.
	clear(b.Served)
	report, _, err = deploy(b, release("1", old), nil)
	require.NoError(t, err)
	assert.Empty(t, report.Sent)
	assert.Equal(t, map[string]int{"GET": 1}, b.Served)

	// What is gone stays for one release, and somebody else's file for ever.
	b.Objects["theirs.html"] = deploytest.Object{Data: []byte("theirs")}
	report, _, err = deploy(b, release("2", fresh), nil)
	require.NoError(t, err)
	assert.Equal(t, []string{"a/index.html", "b/index.html", "index.html"}, report.Sent)
	assert.Equal(t, 1, report.Later)
	assertWhole(t, b)
	report, _, err = deploy(b, release("3", fresh), nil)
	require.NoError(t, err)
	assert.Equal(t, []string{"gone.html"}, report.Deleted)
	assert.NotContains(t, b.Objects, "gone.html")
	assert.Contains(t, b.Objects, "theirs.html")

	// Other headers are another file.
	other := target
	other.CacheControl = "no-cache"
	report, err = Deploy(context.Background(), other, release("3", fresh),
		Options{Wait: (&clock{}).wait, Transport: &wire{bucket: b}})
	require.NoError(t, err)
	assert.Len(t, report.Sent, 4)
	assert.Equal(t, "no-cache", b.Objects["index.html"].Headers.Get("Cache-Control"))
}

// TestFew holds what three changed files of many cost: one request each, and two for the state.
func TestFew(t *testing.T) {
	files := map[string]string{"index.html": "home"}
	for i := range 3000 {
		files[fmt.Sprintf("p%d/index.html", i)] = "page"
	}
	b := deploytest.New()
	_, _, err := deploy(b, release("1", files), nil, func(o *Options) { o.Workers = 8 })
	require.NoError(t, err)
	files["p1/index.html"], files["p2/index.html"], files["index.html"] = "new", "new", "new"
	clear(b.Served)
	report, _, err := deploy(b, release("2", files), nil)
	require.NoError(t, err)
	assert.Len(t, report.Sent, 3)
	assert.Equal(t, map[string]int{"GET": 1, "PUT": 3 + 2}, b.Served)
}

// TestKilled kills a deployment at every request, before and after the store has seen it. The site is
// whole, and a rerun completes the work as soon as the lock has run out.
func TestKilled(t *testing.T) {
	for _, after := range []bool{false, true} {
		for at := 1; ; at++ {
			b := deploytest.New()
			_, _, err := deploy(b, release("1", old), nil)
			require.NoError(t, err)
			reached := false
			_, _, err = deploy(b, release("2", fresh), func(n int, _ *http.Request, pass passing) (*http.Response, error) {
				if n < at {
					return pass(), nil
				}
				if reached = true; n == at && after {
					pass()
				}
				return nil, errors.New("killed")
			})
			if !reached {
				require.NoError(t, err)
				break
			}
			require.Error(t, err)
			assertWhole(t, b)
			_, waited, err := deploy(b, release("2", fresh), nil)
			require.NoError(t, err, "at %d", at)
			assert.LessOrEqual(t, waited, Lease)
			assertServes(t, b, fresh)
			assertWhole(t, b)
			_, _, err = deploy(b, release("3", fresh), nil)
			require.NoError(t, err)
			assert.NotContains(t, b.Objects, "gone.html", "at %d", at)
		}
	}
}

// TestFaults has every request answered badly in turn: for a while, which is waited for, or for good,
// which stops the deployment at once.
func TestFaults(t *testing.T) {
	for _, c := range []struct {
		name   string
		passes bool
		answer func(*http.Request) (*http.Response, error)
		waits  time.Duration
	}{
		{"cut", true, func(*http.Request) (*http.Response, error) { return nil, errors.New("cut") }, time.Second},
		{"500", true, func(r *http.Request) (*http.Response, error) { return said(r, 500), nil }, time.Second},
		{"503", true, func(r *http.Request) (*http.Response, error) {
			return said(r, 503, "Retry-After", "7"), nil
		}, 7 * time.Second},
		{"403", false, func(r *http.Request) (*http.Response, error) { return said(r, 403), nil }, 0},
		{"400", false, func(r *http.Request) (*http.Response, error) { return said(r, 400), nil }, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			for at := 1; ; at++ {
				b := deploytest.New()
				_, _, err := deploy(b, release("1", old), nil)
				require.NoError(t, err)
				reached := false
				_, waited, err := deploy(b, release("2", fresh), func(n int, r *http.Request, pass passing) (*http.Response, error) {
					if n != at {
						return pass(), nil
					}
					reached = true
					return c.answer(r)
				})
				if !reached {
					return
				}
				assertWhole(t, b)
				if assert.Equal(t, c.waits, waited); !c.passes {
					require.Error(t, err)
					_, waited, err = deploy(b, release("2", fresh), nil)
					assert.LessOrEqual(t, waited, Lease)
				}
				require.NoError(t, err)
				assertServes(t, b, fresh)
			}
		})
	}
}

// TestTwo lets a second deployment take the lock while a first one hangs at one of its requests, until
// its time is over: the site is that of the second.
func TestTwo(t *testing.T) {
	other := map[string]string{"index.html": "home 3", "a/index.html": "a 3"}
	for at := 1; ; at++ {
		b := deploytest.New()
		_, _, err := deploy(b, release("1", old), nil)
		require.NoError(t, err)
		reached := false
		var second error
		_, _, first := deploy(b, release("2", fresh), func(n int, _ *http.Request, pass passing) (*http.Response, error) {
			if n != at {
				return pass(), nil
			}
			reached = true
			_, _, second = deploy(b, release("3", other), nil)
			return nil, errors.New("hangs")
		}, func(o *Options) {
			o.Wait = func(context.Context, time.Duration) error { return context.DeadlineExceeded }
		})
		if !reached {
			require.NoError(t, first)
			return
		}
		require.Error(t, first)
		require.NoError(t, second)
		assertServes(t, b, other)
	}
}

// TestAtOnce lets a second deployment begin between reading and locking of a first one.
func TestAtOnce(t *testing.T) {
	b := deploytest.New()
	_, _, err := deploy(b, release("2", fresh), func(n int, _ *http.Request, pass passing) (*http.Response, error) {
		if n == 2 {
			_, _, err := deploy(b, release("1", old), nil)
			require.NoError(t, err)
		}
		return pass(), nil
	})
	assert.ErrorContains(t, err, "another deployment has begun")
	assertServes(t, b, old)
}

// TestTheirs holds that a file that somebody else has put there is never replaced, nor deleted.
func TestTheirs(t *testing.T) {
	b := deploytest.New()
	b.Objects["a/index.html"] = deploytest.Object{Data: []byte("theirs")}
	for range 2 {
		_, _, err := deploy(b, release("1", old), nil)
		assert.ErrorContains(t, err, "a/index.html: there is another file of this name in the store")
		assert.Equal(t, "theirs", string(b.Objects["a/index.html"].Data))
		assert.NotContains(t, b.Objects, "index.html")
	}
	delete(b.Objects, "a/index.html")
	_, waited, err := deploy(b, release("1", old), nil)
	require.NoError(t, err)
	assert.Zero(t, waited, "a deployment that stopped gave the lock back")
	b.Objects["gone.html"] = deploytest.Object{Data: []byte("theirs")}
	for _, id := range []string{"2", "3"} {
		_, _, err = deploy(b, release(id, fresh), nil)
		require.NoError(t, err)
	}
	assert.Contains(t, b.Objects, "gone.html")
}

// TestOlder holds that an older release replaces a newer one only if that is meant.
func TestOlder(t *testing.T) {
	b := deploytest.New()
	_, _, err := deploy(b, release("2", fresh), nil)
	require.NoError(t, err)
	before := release("1", old)
	before.Instant = before.Instant.Add(-time.Hour)
	_, _, err = deploy(b, before, nil)
	assert.ErrorContains(t, err, "what is deployed was built for 2026-11-04T10:00:00Z")
	_, _, err = deploy(b, before, nil, func(o *Options) { o.Older = true })
	require.NoError(t, err)
	assertServes(t, b, old)
}

// TestInvalidate holds that caches are told what changed, also after a deployment that was killed.
func TestInvalidate(t *testing.T) {
	b := deploytest.New()
	var told []string
	fails := errors.New("the cache is down")
	tell := func(o *Options) {
		o.Invalidate = func(_ context.Context, paths []string) error { told = paths; return fails }
	}
	_, _, err := deploy(b, release("1", old), nil, tell)
	require.ErrorIs(t, err, fails)
	fails = nil
	_, _, err = deploy(b, release("1", old), nil, tell)
	require.NoError(t, err)
	assert.Equal(t, []string{"a/index.html", "a/photo.jpg", "gone.html", "index.html"}, told)
	told = nil
	_, _, err = deploy(b, release("1", old), nil, tell)
	require.NoError(t, err)
	assert.Nil(t, told)
}

// TestDry says what would be sent, and writes nothing.
func TestDry(t *testing.T) {
	b := deploytest.New()
	report, _, err := deploy(b, release("1", old), nil, func(o *Options) { o.Dry = true })
	require.NoError(t, err)
	assert.Len(t, report.Sent, 4)
	assert.Empty(t, b.Objects)
}

// TestChanged refuses to send a file that is not what was published.
func TestChanged(t *testing.T) {
	rel := release("1", old)
	rel.Read = func(string) ([]byte, error) { return []byte("changed"), nil }
	_, _, err := deploy(deploytest.New(), rel, nil)
	assert.ErrorContains(t, err, "is not what was published")
}
