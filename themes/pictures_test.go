package themes_test

import (
	"bytes"
	"image"
	"image/jpeg"
	"path"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"candor/generator/fileset"
	"candor/generator/outside/chromium/chromiumtest"
)

// TestPictures: a photo fills the column at most and keeps its proportions, a telephone loads the smaller
// one, and nothing moves when it comes.
func TestPictures(t *testing.T) {
	t.Parallel()
	var photo bytes.Buffer
	require.NoError(t, jpeg.Encode(&photo, image.NewGray(image.Rect(0, 0, 2000, 1500)), nil))
	s, err := serve("photo", fileset.Must([]fileset.File{
		fileset.NewFile("site.toml", []byte("title = \"Photo\"\ndefault_language = \"en\"\n")),
		fileset.NewFile("incidents/rash/lot.jpg", photo.Bytes()),
		fileset.NewFile("incidents/rash/index.md", []byte("+++\ntitle = \"Rash\"\nlevel = 2\ntype = \"experience\"\n"+
			"stance = \"full\"\nknown = 2026-11-04T06:00\n+++\n## What happened\n\n"+strings.Repeat("Much text.\n\n", 40)+
			"![The lot number](lot.jpg)\n\nWhat follows.\n")),
	}), time.Date(2026, 11, 4, 7, 0, 0, 0, time.UTC), "")
	require.NoError(t, err)
	t.Cleanup(s.server.Close)
	type seen struct {
		Source                string
		Width, Height, Column float64
		Moved                 float64
	}
	b := newTab(t)
	for _, c := range []struct {
		width int64
		scale float64
		want  string
	}{{360, 1, "lot-800w.jpg"}, {360, 2, "lot-800w.jpg"}, {1280, 1, "lot-800w.jpg"}, {1280, 2, "lot.jpg"}} {
		b.Size(c.width, 640, c.scale)
		b.open(s.url("/rash/"))
		got := chromiumtest.Eval[seen](b, `(async () => {
			const img = document.querySelector("img"), before = img.getBoundingClientRect();
			img.scrollIntoView();
			while (!img.complete || !img.currentSrc) await new Promise((done) => requestAnimationFrame(done));
			await img.decode();
			const after = img.getBoundingClientRect();
			const moved = Math.abs(after.height - before.height) + Math.abs(after.width - before.width);
			return { Source: img.currentSrc, Width: after.width, Height: after.height, Moved: moved,
				Column: img.parentElement.getBoundingClientRect().width };
		})()`)
		assert.Equal(t, c.want, path.Base(got.Source), "at %d px × %v", c.width, c.scale)
		assert.InDelta(t, got.Column, got.Width, 0.5)
		assert.InDelta(t, got.Width*3/4, got.Height, 0.5)
		assert.Zero(t, got.Moved, "it changes its measures when it is loaded")
	}
}
