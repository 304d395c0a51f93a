package picture

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/color/palette"
	"image/gif"
	"image/jpeg"
	"image/png"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// planted are what a camera, an editor and a program leave in a file, and what must not be published.
var planted = []string{
	"SECRET-CAMERA", "SECRET-PLACE", "SECRET-OWNER", "SECRET-COMMENT", "SECRET-XMP", "SECRET-THUMBNAIL",
	"SECRET-IPTC", "SECRET-SCREEN", "SECRET-FILM", "SECRET-TEXT", "S\x00E\x00C\x00R\x00E\x00T", "Exif", "photoshop",
}

// exif returns the TIFF structure of Exif data with an orientation, a camera and GPS.
func exif(order binary.AppendByteOrder, orientation uint16) []byte {
	b := []byte("MM\x00\x2a")
	if order == binary.AppendByteOrder(binary.LittleEndian) {
		b = []byte("II\x2a\x00")
	}
	entry := func(tag, kind uint16, count, value uint32) {
		b = order.AppendUint16(order.AppendUint16(b, tag), kind)
		b = order.AppendUint32(order.AppendUint32(b, count), value)
	}
	b = order.AppendUint32(b, 8)
	b = order.AppendUint16(b, 3)
	entry(271, 2, 14, 100)
	b = order.AppendUint16(order.AppendUint16(b, 274), 3)
	b = order.AppendUint16(order.AppendUint32(b, 1), orientation)
	b = append(b, 0, 0)
	entry(34853, 4, 1, 60)
	b = append(b, make([]byte, 100-len(b))...)
	return append(b, "SECRET-CAMERA\x00SECRET-PLACE 51.5007 N 0.1246 W SECRET-THUMBNAIL"...)
}

// profileOf returns a colour profile as a screen has it.
func profileOf() []byte {
	p := writeProfile([]tag{
		{"rXYZ", []byte("XYZ \x00\x00\x00\x00\x00\x00\x83\xdf\x00\x00\x3d\xbf\xff\xff\xff\xbb")},
		{"gXYZ", []byte("XYZ \x00\x00\x00\x00\x00\x00\x4a\xbf\x00\x00\xb1\x37\x00\x00\x0a\xb9")},
		{"bXYZ", []byte("XYZ \x00\x00\x00\x00\x00\x00\x28\x38\x00\x00\x11\x0b\x00\x00\xc8\xb9")},
		{"rTRC", []byte("curv\x00\x00\x00\x00\x00\x00\x00\x01\x02\x33\x00\x00")},
		{"gTRC", []byte("curv\x00\x00\x00\x00\x00\x00\x00\x01\x02\x33\x00\x00")},
		{"bTRC", []byte("para\x00\x00\x00\x00\x00\x00\x00\x00\x00\x02\x33\x33")},
		{"desc", []byte("text\x00\x00\x00\x00SECRET-SCREEN of SECRET-OWNER\x00\x00\x00")},
	})
	copy(p[4:], "SECR")
	copy(p[80:], "SECRET-OWNER")
	return p
}

func jpegSegment(marker byte, body string) []byte {
	return append(binary.BigEndian.AppendUint16([]byte{0xff, marker}, uint16(len(body)+2)), body...)
}

// withJPEG plants everything in a JPEG.
func withJPEG(data []byte, orientation uint16) []byte {
	profile := profileOf()
	half := len(profile) / 2
	return slices.Concat(data[:2],
		jpegSegment(0xe0, "JFIF\x00\x01\x01\x00\x00\x48\x00\x48\x02\x02SECRET-THUMB"),
		jpegSegment(0xe1, exifStart+string(exif(binary.BigEndian, orientation))),
		jpegSegment(0xe1, "http://ns.adobe.com/xap/1.0/\x00<x>SECRET-XMP SECRET-OWNER</x>"),
		jpegSegment(0xe2, profileStart+"\x02\x02"+string(profile[half:])),
		jpegSegment(0xe2, profileStart+"\x01\x02"+string(profile[:half])),
		jpegSegment(0xe2, "MPF\x00SECRET-FILM"),
		jpegSegment(0xed, "Photoshop 3.0\x008BIM SECRET-IPTC photoshop"),
		jpegSegment(0xef, "SECRET-TEXT"), jpegSegment(0xfe, "SECRET-COMMENT"),
		data[2:], []byte("\x00\x00\x00\x20ftypqt  SECRET-FILM"))
}

// withPNG plants everything in a PNG.
func withPNG(data []byte, orientation uint16) []byte {
	profile := pngProfile(profileOf())
	return slices.Concat(data[:33], profile,
		pngChunk("eXIf", exif(binary.LittleEndian, orientation)), pngChunk("tEXt", []byte("Author\x00SECRET-OWNER")),
		pngChunk("iTXt", []byte("XML:com.adobe.xmp\x00\x00\x00\x00\x00SECRET-XMP")), pngChunk("tIME", []byte("SECRET-")),
		pngChunk("prVt", []byte("SECRET-TEXT")), pngChunk("gAMA", []byte{0, 0, 0xb1, 0x8f}),
		data[33:], []byte("SECRET-FILM"), pngChunk("IDAT", []byte("SECRET-TEXT")))
}

// withGIF plants everything in a GIF.
func withGIF(data []byte) []byte {
	end := len(data) - 1
	return slices.Concat(data[:end], []byte("\x21\xfe\x0eSECRET-COMMENT\x00"),
		[]byte("\x21\xff\x0bXMP DataXMP\x0aSECRET-XMP\x00"),
		[]byte("\x21\x01\x0c............\x0bSECRET-TEXT\x00"), data[end:], []byte("SECRET-FILM"))
}

// withWebP plants everything in a WebP image that is not extended.
func withWebP(data []byte, width, height int) []byte {
	extended := []byte{0x2c, 0, 0, 0, byte(width - 1), byte((width - 1) >> 8), 0}
	extended = append(extended, byte(height-1), byte((height-1)>>8), 0)
	out := slices.Concat(data[:12], riffChunk("VP8X", extended), riffChunk("ICCP", profileOf()), data[12:],
		riffChunk("EXIF", append([]byte(exifStart), exif(binary.LittleEndian, 1)...)),
		riffChunk("XMP ", []byte("SECRET-XMP")), riffChunk("MINE", []byte("SECRET-TEXT!")))
	binary.LittleEndian.PutUint32(out[4:], uint32(len(out)-8))
	return append(out, "SECRET-FILM"...)
}

// asWebP returns a WebP image of one colour, without loss (RFC 9649, 3).
func asWebP(width, height int) []byte {
	bits, n := []byte{}, 0
	put := func(count, value int) {
		for i := range count {
			if n%8 == 0 {
				bits = append(bits, 0)
			}
			bits[n/8] |= byte(value>>i&1) << (n % 8)
			n++
		}
	}
	put(14, width-1)
	put(14, height-1)
	put(4+3, 0)                                 // no alpha, version, nothing special
	for _, value := range []int{200, 100, 50} { // green, red, blue: a code of one value
		put(3, 1|4)
		put(8, value)
	}
	put(3, 1|4) // alpha
	put(8, 255)
	put(4, 1) // distances
	data := append([]byte("RIFF\x00\x00\x00\x00WEBP"), riffChunk("VP8L", append([]byte{0x2f}, bits...))...)
	binary.LittleEndian.PutUint32(data[4:], uint32(len(data)-8))
	return data
}

// asScans returns a JPEG of 8 × 8 pixels of one colour: a progressive one of one component, or one of
// four as printers have it.
func asScans(progressive bool) []byte {
	frame, components, end := byte(0xc0), 4, "\x00\x3f\x00"
	if progressive {
		frame, components, end = 0xc2, 1, "\x00\x00\x00"
	}
	sof, sos := "\x08\x00\x08\x00\x08"+string(rune(components)), string(rune(components))
	for c := range components {
		sof += string([]byte{byte(c + 1), 0x11, 0})
		sos += string([]byte{byte(c + 1), 0})
	}
	codes := "\x01" + string(make([]byte, 15)) + "\x00" // one code of one bit: no difference, end of block
	ones := string(bytes.Repeat([]byte{1}, 64))
	data := slices.Concat([]byte(jpegStart), jpegSegment(0xdb, "\x00"+ones), jpegSegment(frame, sof),
		jpegSegment(0xc4, "\x00"+codes), jpegSegment(0xc4, "\x10"+codes))
	if !progressive {
		data = append(data, jpegSegment(0xee, "Adobe\x00\x64\x00\x00\x00\x00\x00")...)
		return append(append(append(data, jpegSegment(0xda, sos+end)...), 0), 0xff, 0xd9)
	}
	return append(append(append(data, jpegSegment(0xda, sos+end)...), 0x7f), 0xff, 0xd9)
}

// corners returns an image whose corners are red, green, blue and white, clockwise from the top left.
func corners(width, height int) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			c := color.RGBA{255, 0, 0, 255}
			switch right, low := x >= width/2, y >= height/2; {
			case right && low:
				c = color.RGBA{0, 0, 255, 255}
			case right:
				c = color.RGBA{0, 255, 0, 255}
			case low:
				c = color.RGBA{255, 255, 255, 255}
			}
			img.SetRGBA(x, y, c)
		}
	}
	return img
}

// noise returns an image like a photo, of which no two pixels are the same.
func noise(width, height int) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, width, height))
	state := uint32(1)
	for i := 0; i < len(img.Pix); i += 4 {
		state = state*1664525 + 1013904223
		x, y := i/4%width, i/4/width
		n := byte(state >> 27)
		img.Pix[i], img.Pix[i+1], img.Pix[i+2], img.Pix[i+3] = byte(x/16)+n, byte(y/16)+n, byte((x+y)/16)+n, 255
	}
	return img
}

func asJPEG(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, jpeg.Encode(&b, img, &jpeg.Options{Quality: 90}))
	return b.Bytes()
}

func asPNG(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, png.Encode(&b, img))
	return b.Bytes()
}

// asGIF encodes an image once for each of the pictures of a GIF.
func asGIF(t testing.TB, img image.Image, pictures int) []byte {
	t.Helper()
	p := image.NewPaletted(img.Bounds(), palette.WebSafe)
	for i := range p.Pix {
		p.Pix[i] = byte(p.Palette.Index(img.At(i%img.Bounds().Dx(), i/img.Bounds().Dx())))
	}
	g := &gif.GIF{}
	for range pictures {
		g.Image, g.Delay = append(g.Image, p), append(g.Delay, 10)
	}
	var b bytes.Buffer
	require.NoError(t, gif.EncodeAll(&b, g))
	return b.Bytes()
}
