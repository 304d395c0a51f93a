package attached

import (
	"bytes"
	"compress/zlib"
	"encoding/hex"
	"strings"

	"candor/generator/diag"
	"candor/generator/input/metadata"
)

// photo finds the place, the photographer and the owner of the camera in the metadata of images and
// videos. Exif (CIPA DC-008) is a TIFF file inside another one: a segment of JPEG, a chunk of PNG and
// WebP, an item of HEIC and AVIF; so its beginning is looked for anywhere in the bytes, and what an image
// inside a PDF has is found, too.
func (f *File) photo(data []byte) {
	f.metadata(data)
	if bytes.HasPrefix(data, []byte(metadata.PNG)) {
		f.packedChunks(data)
	}
}

// metadata looks for what is not packed.
func (f *File) metadata(data []byte) {
	place, author := false, false
	for _, mark := range []string{metadata.Little, metadata.Big} {
		at := 0
		for range 10_000 { // headers; most files have one or none
			i := bytes.Index(data[at:], []byte(mark))
			if i < 0 {
				break
			}
			at += i
			p, a := facts(data[at:])
			place, author = place || p, author || a
			at++
		}
	}
	place = place || bytes.Contains(data, []byte("exif:GPSLatitude")) || recorded(data)
	if place {
		f.found(diag.Textf("this file says where it was taken: GPS coordinates"), diag.Textf(
			"export it without the place (exiftool -gps:all= -xmp:geotag= FILE), or show it in a text as an image"),
			false)
	}
	if author {
		f.found(diag.Textf("this file names who took it, or whose camera it was"),
			diag.Textf("remove the properties (exiftool -all= FILE) unless the name is meant to be public"), true)
	}
}

// Tags of TIFF and Exif.
const (
	tagArtist   = 0x013b
	tagExif     = 0x8769
	tagGPS      = 0x8825
	tagXPAuthor = 0x9c9d
	tagOwner    = 0xa430
	tagLatitude = 2 // of a GPS directory
)

// facts reports whether a TIFF file has a place and the name of a person. A directory has one of each tag, so of
// several only the first is followed.
func facts(data []byte) (place, author bool) {
	tiff, ok := metadata.NewTIFF(data)
	if !ok {
		return false, false
	}
	exif, gps := false, false
	for e := range tiff.Directory(tiff.First()) {
		switch {
		case e.Tag == tagArtist || e.Tag == tagXPAuthor:
			author = author || named(e.Value)
		case e.Tag == tagExif && !exif:
			exif = true
			for e := range tiff.Directory(e.Offset) {
				author = author || e.Tag == tagOwner && named(e.Value)
			}
		case e.Tag == tagGPS && !gps:
			gps = true
			for e := range tiff.Directory(e.Offset) {
				place = place || e.Tag == tagLatitude && somewhere(e.Value)
			}
		}
	}
	return place, author
}

// named reports whether a field says a name: cameras fill it with spaces.
func named(value []byte) bool { return len(bytes.Trim(value, " \x00")) > 1 }

// somewhere reports whether degrees, minutes and seconds, each a numerator and a denominator, are not all
// zero: that is what a camera without reception writes.
func somewhere(value []byte) bool {
	for i := 0; i+8 <= len(value); i += 8 {
		if len(bytes.Trim(value[i:i+4], "\x00")) > 0 {
			return true
		}
	}
	return false
}

// recorded reports whether a video says where it was recorded (ISO 6709 in a QuickTime box).
func recorded(data []byte) bool {
	if bytes.Contains(data, []byte("com.apple.quicktime.location.ISO6709")) {
		return true
	}
	_, after, found := bytes.Cut(data, []byte("\xa9xyz")) // then lengths, and +35.6895+139.6917/
	return found && len(after) > 5 && (after[4] == '+' || after[4] == '-')
}

// packedChunks looks into the metadata of a PNG that are packed: texts (zTXt, iTXt), which may be XMP, or
// Exif in hexadecimal as ImageMagick writes it.
func (f *File) packedChunks(png []byte) {
	for c := range metadata.Chunks(png) {
		keyword, rest, _ := bytes.Cut(c.Body, []byte{0})
		switch {
		case c.Kind == "IEND" && c.End+16 < len(png):
			f.found(diag.Textf("this image has more behind its end: perhaps what was cut off can be restored"),
				diag.Textf("save it anew with another program, or show it in a text as an image"), false)
		case c.Kind == "tEXt" && strings.EqualFold(string(keyword), "author"):
			f.author(string(rest[:min(len(rest), 256)]))
		case c.Kind == "zTXt" && len(rest) > 1:
			f.photoText(f.unpacked(rest[1:]))
		case c.Kind == "tEXt":
			f.photoText(rest)
		case c.Kind == "iTXt" && len(rest) > 2 && rest[0] == 1:
			if parts := bytes.SplitN(rest[2:], []byte{0}, 3); len(parts) == 3 {
				f.photoText(f.unpacked(parts[2]))
			}
		}
	}
}

// photoText looks into a text of a PNG.
func (f *File) photoText(text []byte) {
	if bytes.Contains(text, []byte("exif")) && len(text) < 2*unpackLimit { // a line each: "exif", length, bytes
		digits := bytes.Map(func(r rune) rune {
			if strings.ContainsRune("0123456789abcdefABCDEF", r) {
				return r
			}
			return -1
		}, text[bytes.Index(text, []byte("exif"))+4:])
		for skip := range min(12, len(digits)) { // the length has digits, too
			raw, err := hex.DecodeString(string(digits[skip : len(digits)-(len(digits)-skip)%2]))
			if err == nil && exif(raw) {
				text = raw
				break
			}
		}
	}
	f.metadata(text)
}

// exif reports whether the bytes of a profile are Exif.
func exif(raw []byte) bool { return bytes.HasPrefix(raw, []byte("Exif\x00\x00")) }

// unpacked returns what a zlib stream holds, as far as it can be read.
func (f *File) unpacked(data []byte) []byte {
	r, err := zlib.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil
	}
	return f.take(r)
}
