package picture

import (
	"bytes"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"strings"

	"golang.org/x/image/webp"
)

// most bounds the memory that decoding takes, in bytes; what takes more than large is decoded alone.
const most, large = 400 << 20, 64 << 20

// mostPixels bounds the pixels of an image: those of a telephone's largest photo.
const mostPixels = 51_000_000

// strip takes out the metadata of an image, by what it is; false if it is none or damaged.
func strip(data []byte) (*encoded, bool) {
	head := string(data[:min(len(data), 12)])
	switch {
	case strings.HasPrefix(head, jpegStart):
		return stripJPEG(data)
	case strings.HasPrefix(head, pngStart):
		return stripPNG(data)
	case strings.HasPrefix(head, "GIF87a"), strings.HasPrefix(head, "GIF89a"):
		return stripGIF(data)
	case strings.HasPrefix(head, "RIFF") && strings.HasSuffix(head, "WEBP"):
		return stripWebP(data)
	}
	return nil, false
}

// measure reads the measures of the image; false if it has none.
func (e *encoded) measure() bool {
	var err error
	r := bytes.NewReader(e.data)
	switch e.format {
	case "jpeg":
		e.config, err = jpeg.DecodeConfig(r)
	case "png":
		e.config, err = png.DecodeConfig(r)
	case "gif":
		e.config, err = gif.DecodeConfig(r)
	case "webp":
		e.config, err = webp.DecodeConfig(r)
	}
	return err == nil && e.config.Width > 0 && e.config.Height > 0
}

// decode returns the pixels of the image; false if there are some missing. Of one that moves, only
// the first picture is looked at.
func (e *encoded) decode() (image.Image, bool) {
	var img image.Image
	var err error
	r := bytes.NewReader(e.data)
	switch {
	case e.format == "jpeg":
		img, err = jpeg.Decode(r)
	case e.format == "png":
		img, err = png.Decode(r)
	case e.format == "gif":
		img, err = gif.Decode(r)
	case !e.moves:
		img, err = webp.Decode(r)
	}
	return img, err == nil
}

// qualities are those that a JPEG is encoded with, one after the other, until it is not Heavy.
var qualities = [...]int{82, 70, 60}

// encode encodes pixels in the format and with the colours of the image.
func (e *encoded) encode(r raster) []byte {
	if e.format == "png" {
		var b bytes.Buffer
		encoder := png.Encoder{CompressionLevel: png.BestCompression}
		must(encoder.Encode(&b, r.image()))
		return e.coloured(b.Bytes())
	}
	var data []byte
	for _, quality := range qualities {
		var b bytes.Buffer
		must(jpeg.Encode(&b, r.image(), &jpeg.Options{Quality: quality}))
		if data = e.coloured(b.Bytes()); len(data) <= Heavy {
			break
		}
	}
	return data
}

// coloured puts what says what the colours are behind the first segment or chunk of a JPEG or PNG.
func (e *encoded) coloured(data []byte) []byte {
	at := len(jpegStart)
	if e.format == "png" {
		at = len(pngStart) + 25 // IHDR
	}
	if len(e.colours) == 0 || len(data) < at {
		return data
	}
	out := make([]byte, 0, len(data)+len(e.colours))
	return append(append(append(out, data[:at]...), e.colours...), data[at:]...)
}

// must is for encoders: they write to memory, and the measures of what they encode are bounded.
func must(err error) {
	if err != nil {
		panic("picture: " + err.Error())
	}
}
