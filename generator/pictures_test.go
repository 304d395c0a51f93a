package generator_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"candor/generator"
	"candor/generator/fileset"
)

// asPhoto encodes an image as a telephone does, on its side and with place and camera.
func asPhoto(img image.Image) []byte {
	const exif = "Exif\x00\x00MM\x00\x2a\x00\x00\x00\x08\x00\x01" +
		"\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00\x00\x00\x00\x00PLANTED-GPS PLANTED-CAMERA"
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		panic(err)
	}
	out := binary.BigEndian.AppendUint16([]byte{0xff, 0xd8, 0xff, 0xe1}, uint16(len(exif)+2))
	return append(append(out, exif...), b.Bytes()[2:]...)
}

func asPNG(img image.Image) []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// withText puts a text behind the header of a PNG.
func withText(data []byte, text string) []byte {
	chunk := binary.BigEndian.AppendUint32(nil, uint32(len(text)+4))
	chunk = append(chunk, "tEXt"+"key\x00"+text...)
	chunk = binary.BigEndian.AppendUint32(chunk, crc32.ChecksumIEEE(chunk[4:]))
	return append(append(bytes.Clone(data[:33]), chunk...), data[33:]...)
}

// striped is an image that gets smaller with its measures.
func striped(width, height int) image.Image {
	img := image.NewRGBA(image.Rect(0, 0, width, height))
	for i := 0; i < len(img.Pix); i += 4 {
		img.Pix[i], img.Pix[i+1], img.Pix[i+3] = byte(i/4%width/7*31), byte(i/4/width/5*17), 255
	}
	return img
}

const rash = "+++\ntitle = \"Rash\"\nlevel = 2\ntype = \"experience\"\nstance = \"full\"\n" +
	"known = 2026-11-04T06:00\n%s+++\n%s\n"

// pictureSite is a site in two languages whose texts show pictures that give away where they were made.
func pictureSite(t testing.TB) map[string]string {
	t.Helper()
	photo := string(asPhoto(striped(2000, 3000)))
	blank := image.NewPaletted(image.Rect(0, 0, 900, 600), color.Palette{color.White, color.Black})
	return map[string]string{
		"site.toml": "title = \"Status\"\nbase_url = \"https://status.example/\"\n" + languages + dutiesOff,
		"incidents/rash/index.md": fmt.Sprintf(rash, "[files]\n\"photo.jpg\" = \"The bottle\"\n\"scan.jpg\" = \"The scan\"\n"+
			"\"lent.jpg\" = \"The lot\"\n\"photo-800w.jpg\" = \"Another\"\n",
			"![The bottle](photo.jpg)\n\n![The screen](screen.png)"),
		"incidents/rash/index.zh-Hans.md": "+++\ntitle = \"皮疹\"\n+++\n![瓶子](photo.jpg)\n\n![屏幕](screen.png)\n",
		"incidents/rash/updates/1.md": "+++\ntitle = \"One\"\ntime = 2026-11-04T06:30\n+++\n" +
			"![Again](../photo.jpg) ![Moved](<../a, b.png>)\n",
		"incidents/rash/updates/1.zh-Hans.md": "+++\ntitle = \"一\"\n+++\n![又](../photo.jpg) ![了](<../a, b.png>)\n",
		"incidents/rash/photo.jpg":            photo,
		"incidents/rash/photo-800w.jpg":       "another file",
		"incidents/rash/scan.jpg":             string(asPhoto(striped(64, 64))),
		"incidents/rash/lent.jpg":             string(asPhoto(striped(65, 64))),
		"incidents/rash/screen.png":           string(withText(asPNG(blank), "PLANTED-AUTHOR")),
		"incidents/rash/a, b.png":             string(withText(asPNG(striped(1700, 64)), "PLANTED-AUTHOR")),
		"incidents/leak/index.md":             fmt.Sprintf(rash, "", "![The lot number](../rash/lent.jpg)"),
		"incidents/leak/index.zh-Hans.md":     "+++\ntitle = \"漏\"\n+++\n![批号](../rash/lent.jpg)\n",
	}
}

// TestPictures: a picture that a text shows, wherever that text is, is published without what it says of
// places and cameras, under its own name, and pages say how large it is and where the smaller one is.
func TestPictures(t *testing.T) {
	files := pictureSite(t)
	result := generator.Build(input(t, files))
	require.Empty(t, findings(result.Diagnostics))
	get := func(name string) fileset.File {
		f, ok := result.Output.Get(name)
		require.True(t, ok, "%s is not published; there are\n%s", name, paths(result.Output))
		return f
	}
	for f := range result.Output.All() {
		if f.Path != "rash/files/scan.jpg" { // offered for download, shown by no text
			assert.NotContains(t, string(f.Data), "PLANTED", f.Path)
		}
	}
	assert.Equal(t, files["incidents/rash/scan.jpg"], string(get("rash/files/scan.jpg").Data))
	assert.Equal(t, "another file", string(get("rash/files/photo-800w.jpg").Data))

	page := string(get("rash/index.html").Data)
	assert.Contains(t, page, `<img alt="The bottle" src="/rash/files/photo.jpg" loading="lazy" width="1600" height="1067" `+
		`srcset="/rash/files/photo-800w-2.jpg 800w, /rash/files/photo.jpg 1600w" sizes="(min-width: 800px) 800px, 100vw">`)
	assert.Contains(t, page, `<img alt="The screen" src="/rash/files/screen.png" loading="lazy" width="900" height="600">`)
	assert.Contains(t, page, `srcset="/rash/files/a%2C%20b-800w.png 800w, /rash/files/a%2C%20b.png 1600w"`)
	assert.Contains(t, page, get("rash/files/photo.jpg").Sum.String(), "the list has the digest of what is published")
	assert.NotContains(t, page, "photo-800w-2.jpg\">", "the list of files does not have the smaller one")
	feed := string(get("rash/feed.json").Data)
	assert.Contains(t, feed, `srcset=\"https://status.example/rash/files/photo-800w-2.jpg 800w, `)

	for name, want := range map[string]image.Point{
		"photo.jpg": {X: 1600, Y: 1067}, "photo-800w-2.jpg": {X: 800, Y: 534},
		"a, b.png": {X: 1600, Y: 60}, "a, b-800w.png": {X: 800, Y: 30},
	} {
		config, _, err := image.DecodeConfig(bytes.NewReader(get("rash/files/" + name).Data))
		require.NoError(t, err, name)
		assert.Equal(t, want, image.Pt(config.Width, config.Height), name)
	}

	assert.Equal(t, result.Output.Sum(), generator.Build(input(t, files)).Output.Sum(), "the same bytes each time")
}

// TestPicturesRemembered: what is published of a file changes with which texts show it, also when nothing
// else about its incident has changed.
func TestPicturesRemembered(t *testing.T) {
	files := pictureSite(t)
	warm := generator.New()
	build := func() fileset.Set {
		in := input(t, files)
		result := warm.Build(in)
		same(t, generator.Build(in), result, "")
		require.False(t, result.Diagnostics.HasErrors(), findings(result.Diagnostics))
		return result.Output
	}
	planted := func(set fileset.Set) bool {
		f, _ := set.Get("rash/files/lent.jpg")
		require.NotEmpty(t, f.Data)
		return bytes.Contains(f.Data, []byte("PLANTED"))
	}
	assert.False(t, planted(build()))
	shown := files["incidents/leak/index.md"]
	files["incidents/leak/index.md"] = fmt.Sprintf(rash, "", "Nothing.")
	delete(files, "incidents/leak/index.zh-Hans.md")
	assert.True(t, planted(build()), "nobody shows it: it is only offered for download")
	files["incidents/leak/index.md"] = shown
	assert.False(t, planted(build()))
	files["incidents/leak/index.md"] = strings.Replace(shown, "+++\n!", "draft = true\n+++\n!", 1)
	assert.False(t, planted(build()), "a draft shows it, and may be published tomorrow")
}
