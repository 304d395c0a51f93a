package picture

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	_ "image/gif"
	_ "image/jpeg"
	_ "image/png"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/image/webp"
)

// convert converts one picture.
func convert(name string, data []byte) Published { return new(Converter).convert(name, data) }

func decode(t testing.TB, data []byte) image.Image {
	t.Helper()
	img, _, err := image.Decode(bytes.NewReader(data))
	require.NoError(t, err)
	return img
}

// clean says that nothing of what was planted is in what is published.
func clean(t *testing.T, p Published) {
	t.Helper()
	for _, data := range [][]byte{p.File.Data, p.Small.Data} {
		for _, secret := range planted {
			assert.False(t, bytes.Contains(data, []byte(secret)), "%q is published", secret)
		}
	}
}

// at names the colour at a corner.
func at(img image.Image, right, low bool) string {
	b := img.Bounds()
	x, y := b.Min.X+b.Dx()/8, b.Min.Y+b.Dy()/8
	if right {
		x += 3 * b.Dx() / 4
	}
	if low {
		y += 3 * b.Dy() / 4
	}
	c := color.RGBAModel.Convert(img.At(x, y)).(color.RGBA)
	return map[[3]bool]string{
		{true, false, false}: "r", {false, true, false}: "g", {false, false, true}: "b", {true, true, true}: "w",
	}[[3]bool{c.R > 127, c.G > 127, c.B > 127}]
}

// TestUpright: each orientation of Exif is turned, in JPEG and PNG, whether or not the picture gets smaller.
func TestUpright(t *testing.T) {
	// clockwise from the top left, of a picture that is red, green, blue, white as stored
	want := []string{"rgbw", "grwb", "bwrg", "wbgr", "rwbg", "wrgb", "bgrw", "gbwr"}
	for i, corner := range want {
		for _, width := range []int{64, 2000} {
			const height = 40
			for format, data := range map[string][]byte{
				"jpeg": withJPEG(asJPEG(t, corners(width, height)), uint16(i+1)),
				"png":  withPNG(asPNG(t, corners(width, height)), uint16(i+1)),
			} {
				t.Run(fmt.Sprintf("%s %d of %d px", format, i+1, width), func(t *testing.T) {
					p := convert("photo.jpg", data)
					require.Empty(t, p.Problem.String())
					clean(t, p)
					w, h := min(width, Widest), height*min(width, Widest)/width
					if i >= 4 {
						w, h = height, width
					}
					assert.Equal(t, [2]int{w, h}, [2]int{p.Width, p.Height})
					for _, file := range [][]byte{p.File.Data, p.Small.Data} {
						if file == nil {
							continue // a smaller one would not be lighter
						}
						img := decode(t, file)
						got := at(img, false, false) + at(img, true, false) + at(img, true, true) + at(img, false, true)
						assert.Equal(t, corner, got)
					}
					assert.Equal(t, image.Pt(w, h), decode(t, p.File.Data).Bounds().Size())
				})
			}
		}
	}
}

// TestKept: where no other pixels are asked for, those of the file are published as they are.
func TestKept(t *testing.T) {
	few := image.NewPaletted(image.Rect(0, 0, 1200, 700), color.Palette{color.White, color.Black})
	for name, data := range map[string][]byte{
		"photo":     withJPEG(asJPEG(t, corners(640, 480)), 1),
		"grey":      withJPEG(asJPEG(t, image.NewGray(image.Rect(0, 0, 9, 9))), 1),
		"png":       withPNG(asPNG(t, corners(640, 480)), 1),
		"palette":   withPNG(asPNG(t, few), 1),
		"16 bit":    withPNG(asPNG(t, image.NewNRGBA64(image.Rect(0, 0, 30, 20))), 1),
		"16 grey":   withPNG(asPNG(t, image.NewGray16(image.Rect(0, 0, 30, 20))), 1),
		"gif":       withGIF(asGIF(t, corners(40, 30), 1)),
		"moves":     withGIF(asGIF(t, corners(40, 30), 3)),
		"webp":      withWebP(asWebP(40, 30), 40, 30),
		"webp lone": asWebP(40, 30),
		"scans":     withJPEG(asScans(true), 1),
	} {
		t.Run(name, func(t *testing.T) {
			p := convert("a.jpg", data)
			require.Empty(t, p.Problem.String())
			assert.Empty(t, p.Advice.String())
			clean(t, p)
			assert.LessOrEqual(t, len(p.File.Data), len(data))
			if strings.HasPrefix(name, "webp") {
				_, err := webp.Decode(bytes.NewReader(p.File.Data))
				require.NoError(t, err)
				return
			}
			got := decode(t, p.File.Data)
			assert.Equal(t, [2]int{p.Width, p.Height}, [2]int{got.Bounds().Dx(), got.Bounds().Dy()})
			assert.Equal(t, decode(t, data), got)
			assert.Nil(t, p.Small.Data, "a smaller one is not lighter")
		})
	}
}

// TestResized: what is too wide is made smaller, in all the forms that JPEG and PNG have.
func TestResized(t *testing.T) {
	ycbcr := func(ratio image.YCbCrSubsampleRatio) image.Image {
		img := image.NewYCbCr(image.Rect(0, 0, 2001, 1001), ratio)
		for i := range img.Y {
			img.Y[i] = byte(i)
		}
		return img
	}
	faint := image.NewNRGBA(image.Rect(0, 0, 3200, 2))
	for i := range faint.Pix {
		faint.Pix[i] = 200
	}
	for name, data := range map[string][]byte{
		"photo":   asJPEG(t, noise(4000, 3000)),
		"4:4:4":   asJPEG(t, ycbcr(image.YCbCrSubsampleRatio444)),
		"4:2:0":   asJPEG(t, ycbcr(image.YCbCrSubsampleRatio420)),
		"grey":    asJPEG(t, image.NewGray(image.Rect(0, 0, 1601, 5))),
		"palette": asPNG(t, image.NewPaletted(image.Rect(0, 0, 2880, 1800), color.Palette{color.White, color.Black})),
		"16 bit":  asPNG(t, image.NewNRGBA64(image.Rect(0, 0, 1700, 20))),
		"16 grey": asPNG(t, image.NewGray16(image.Rect(0, 0, 1700, 20))),
		"faint":   asPNG(t, faint),
		"line":    asPNG(t, image.NewGray(image.Rect(0, 0, 20000, 1))),
	} {
		t.Run(name, func(t *testing.T) {
			p := convert("a.png", data)
			require.Empty(t, p.Problem.String())
			before, after := decode(t, data).Bounds(), decode(t, p.File.Data).Bounds()
			assert.Equal(t, Widest, p.Width)
			assert.InDelta(t, float64(before.Dy())*Widest/float64(before.Dx()), p.Height, 1)
			assert.Equal(t, image.Pt(p.Width, p.Height), after.Size())
			if p.Small.Data != nil {
				assert.Equal(t, Small, decode(t, p.Small.Data).Bounds().Dx())
				assert.Less(t, len(p.Small.Data), len(p.File.Data))
			}
			if name == "photo" {
				assert.NotNil(t, p.Small.Data)
				assert.Less(t, len(p.File.Data), Heavy)
			}
			if name == "faint" {
				assert.Equal(t, color.NRGBA{200, 200, 200, 200}, color.NRGBAModel.Convert(decode(t, p.File.Data).At(7, 0)))
			}
		})
	}
}

// TestScale: a pixel is the mean of what it covers, in both directions, and even areas stay as they are.
func TestScale(t *testing.T) {
	p := plane{values: []uint8{0, 30, 60, 90, 120, 150}, width: 3, height: 2, stride: 3, perPixel: 1}
	assert.Equal(t, []uint8{75}, p.scale(1, 1).values)
	assert.Equal(t, []uint8{10, 50, 100, 140}, p.scale(2, 2).values)
	assert.Equal(t, []uint8{0, 0, 30, 60, 60, 45, 45, 75, 105, 105, 90, 90, 120, 150, 150}, plane{
		values: []uint8{0, 60, 90, 150}, width: 2, height: 2, stride: 2, perPixel: 1,
	}.scale(2, 2).scale(5, 3).values)
	for width := 1; width < 40; width++ {
		even := newPlane(17, 13, 4)
		for i := range even.values {
			even.values[i] = byte(7 + i%4)
		}
		for i, v := range even.scale(width, 41-width).values {
			require.Equal(t, byte(7+i%4), v)
		}
	}
}

// TestProblems: what cannot be shown says what to do instead.
func TestProblems(t *testing.T) {
	photo, drawn := asJPEG(t, noise(300, 200)), asPNG(t, corners(300, 200))
	lying := withPNG(drawn, 6)
	const (
		heic  = `"%s" is a photo in HEIC, which most browsers do not show`
		avif  = `"%s" is AVIF: what it says about place and camera cannot be removed here`
		video = `"%s" is a video, and a page shows no videos`
		cut   = `"%s" cannot be read to its end as an image`
	)
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"a.heic":     {[]byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"), heic},
		"b.jpg":      {[]byte("\x00\x00\x00\x18ftypmif1\x00\x00\x00\x00mif1heic"), heic},
		"c.HEIF":     {nil, heic},
		"a.avif":     {[]byte("\x00\x00\x00\x18ftypmif1\x00\x00\x00\x00avif"), avif},
		"d.png":      {[]byte("\x00\x00\x00\x18ftypavif\x00\x00\x00\x00"), avif},
		"a.mov":      {nil, video},
		"e.jpg":      {[]byte("\x00\x00\x00\x18ftypqt  \x00\x00\x00\x00"), video},
		"f.gif":      {[]byte("\x1a\x45\xdf\xa3\x01\x00\x00\x00\x00"), video},
		"empty.jpg":  {nil, cut},
		"text.png":   {[]byte("not an image"), cut},
		"cut.jpg":    {photo[:len(photo)/2], cut},
		"end.jpg":    {photo[:len(photo)-2], cut},
		"head.jpg":   {photo[:20], cut},
		"cut.png":    {drawn[:len(drawn)/2], cut},
		"cut.gif":    {withGIF(asGIF(t, corners(9, 9), 2))[:900], cut},
		"cut.webp":   {asWebP(4, 3)[:30], cut},
		"bomb.jpg":   {huge(t), `"%s" has 65000 × 65000 pixels: that is too much to convert`},
		"bomb.png":   {hugePNG(60_000, 1000, 8), `"%s" has 60000 × 1000 pixels: that is too much to convert`},
		"scans.jpg":  {scans(2000), `"%s" has 8000 × 5000 pixels: that is too much to convert`},
		"bomb.webp":  {withWebP(asWebP(16000, 16000), 4, 3), `"%s" has 4 × 3 pixels: that is too much to convert`},
		"deep.png":   {hugePNG(8000, 6000, 16), `"%s" has 8000 × 6000 pixels: that is too much to convert`},
		"moving.png": {moving(lying), `"%s" would lie on its side: images of this kind are not turned here`},
	} {
		t.Run(name, func(t *testing.T) {
			p := convert(name, c.data)
			assert.Equal(t, fmt.Sprintf(c.want, name), p.Problem.String())
			assert.NotEmpty(t, p.Hint.String())
			assert.Nil(t, p.File.Data)
		})
	}
}

// huge is a JPEG that claims to be larger than any photo.
func huge(t *testing.T) []byte {
	data := asJPEG(t, corners(8, 8))
	at := bytes.Index(data, []byte{0xff, 0xc0})
	copy(data[at+5:], []byte{0xfd, 0xe8, 0xfd, 0xe8})
	return data
}

// scans is a progressive JPEG that passes over its pixels again and again.
func scans(n int) []byte {
	data := asScans(true)
	at := bytes.Index(data, []byte{0xff, 0xc2})
	copy(data[at+5:], []byte{0x13, 0x88, 0x1f, 0x40})
	at = bytes.Index(data, []byte{0xff, 0xda})
	return slices.Concat(data[:at], bytes.Repeat(data[at:len(data)-2], n), data[len(data)-2:])
}

// hugePNG is a PNG of a few bytes that claims to be large.
func hugePNG(width, height int, depth byte) []byte {
	head := []byte{0, 0, byte(width >> 8), byte(width), 0, 0, byte(height >> 8), byte(height), depth, 6, 0, 0, 0}
	return slices.Concat([]byte(pngStart), pngChunk("IHDR", head), pngChunk("IDAT", nil), pngChunk("IEND", nil))
}

// moving makes a PNG one that moves.
func moving(data []byte) []byte {
	return append(append(bytes.Clone(data[:33]), pngChunk("acTL", []byte{0, 0, 0, 1, 0, 0, 0, 0})...), data[33:]...)
}

// TestAdvice: what is too heavy or too wide is published, and says what would be better.
func TestAdvice(t *testing.T) {
	still := image.NewRGBA(image.Rect(0, 0, 1000, 1000))
	state := uint32(1)
	for i := range still.Pix {
		state = state*1664525 + 1013904223
		still.Pix[i] = byte(state>>24) | 3
	}
	heavy := asPNG(t, still)
	kilobytes := (len(heavy) + 500) / 1000
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"noise.png": {heavy, fmt.Sprintf(`"noise.png" takes %d KB: it keeps people on slow lines waiting`, kilobytes)},
		"wide.gif":  {asGIF(t, corners(1700, 10), 1), `"wide.gif" is 1700 pixels wide: a page shows 1600 at most`},
		"wide.png":  {moving(asPNG(t, corners(1700, 10))), `"wide.png" is 1700 pixels wide: a page shows 1600 at most`},
	} {
		p := convert(name, c.data)
		assert.Empty(t, p.Problem.String())
		assert.Equal(t, c.want, p.Advice.String())
		assert.NotEmpty(t, p.Hint.String())
		assert.NotEmpty(t, p.File.Data)
	}
	heavy = asJPEG(t, noise(1500, 1000))
	p := convert("heavy.jpg", heavy)
	assert.Less(t, len(p.File.Data), len(heavy), "a heavy one is encoded anew, though it is not too wide")
}

// TestProfile: of a colour profile its numbers are kept, and nothing else.
func TestProfile(t *testing.T) {
	original := profileOf()
	p := cleanProfile(original)
	require.NotNil(t, p)
	for _, secret := range planted {
		assert.NotContains(t, string(p), secret)
	}
	assert.Contains(t, string(p), "XYZ \x00\x00\x00\x00\x00\x00\x83\xdf\x00\x00\x3d\xbf\xff\xff\xff\xbb")
	assert.Equal(t, p, cleanProfile(p), "a clean one stays as it is")
	for name, broken := range map[string][]byte{
		"nothing": nil, "cut": original[:200], "grey": bytes.Replace(original, []byte("RGB XYZ"), []byte("GRAYXYZ"), 1),
		"no curve": bytes.Replace(original, []byte("gTRC"), []byte("gTRX"), 1),
	} {
		assert.Nil(t, cleanProfile(broken), name)
	}
	data := withJPEG(asJPEG(t, corners(2000, 20)), 1)
	assert.True(t, bytes.Contains(convert("a.jpg", data).File.Data, p), "it is in what is encoded anew")
	assert.True(t, bytes.Contains(convert("a.jpg", data).Small.Data, p))
}

// TestPrint: a photo in the colours of print is published in those of screens.
func TestPrint(t *testing.T) {
	p := convert("a.jpg", asScans(false))
	require.Empty(t, p.Problem.String())
	_, is := decode(t, p.File.Data).(*image.YCbCr)
	assert.True(t, is)
}

// TestSVG: a drawing is published as it is.
func TestSVG(t *testing.T) {
	p := convert("a.SVG", []byte("<svg/>"))
	assert.Equal(t, Published{File: file([]byte("<svg/>"))}, p)
}

// FuzzConvert: whatever the bytes, there is either a problem or an image that can be read, with the
// measures that are said, and of which nothing more can be taken out.
func FuzzConvert(f *testing.F) {
	small := corners(12, 10)
	for _, data := range [][]byte{
		withJPEG(asJPEG(f, small), 6), withJPEG(asJPEG(f, corners(1601, 3)), 1), withPNG(asPNG(f, small), 3),
		withPNG(asPNG(f, corners(1700, 2)), 1), withGIF(asGIF(f, small, 2)), withWebP(asWebP(4, 3), 4, 3), asWebP(4, 3),
		hugePNG(2, 2, 16), moving(asPNG(f, small)), asScans(true), asScans(false),
	} {
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if e, ok := strip(data); ok && e.config.Width > 1<<22/e.config.Height {
			t.Skip() // time
		}
		p := convert("a.png", data)
		problem, advice := p.Problem.Format != "", p.Advice.Format != ""
		if problem != (p.File.Data == nil) || (p.Hint.Format != "") != (problem || advice) {
			t.Fatalf("%+v", p)
		}
		if p.File.Data == nil {
			return
		}
		again := convert("a.png", p.File.Data)
		if again.Problem.Format != "" || again.Width != p.Width || again.Height != p.Height {
			t.Errorf("what is published cannot be converted again: %v", again.Problem)
		}
		for _, file := range [][]byte{p.File.Data, p.Small.Data} {
			if e, ok := strip(file); file != nil && (!ok || !bytes.Equal(e.data, file)) {
				t.Errorf("there is still something to take out: %d bytes", len(file)-len(e.data))
			}
		}
	})
}
