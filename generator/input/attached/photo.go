package attached

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"encoding/hex"
	"strings"

	"candor/generator/diag"
)

// photo finds the place, the photographer and the owner of the camera in the metadata of images and
// videos. Exif (CIPA DC-008) is a TIFF file inside another one: a segment of JPEG, a chunk of PNG and
// WebP, an item of HEIC and AVIF; so its beginning is looked for anywhere in the bytes, and what an image
// inside a PDF has is found, too.
func (f *File) photo(data []byte) {
	f.metadata(data)
	if bytes.HasPrefix(data, []byte("\x89PNG\r\n\x1a\n")) {
		f.packedChunks(data)
	}
}

// metadata looks for what is not packed.
func (f *File) metadata(data []byte) {
	place, author := false, false
	for _, order := range []binary.ByteOrder{binary.LittleEndian, binary.BigEndian} {
		mark := []byte("II*\x00")
		if order == binary.BigEndian {
			mark = []byte("MM\x00*")
		}
		at := 0
		for range 10_000 { // headers; most files have one or none
			i := bytes.Index(data[at:], mark)
			if i < 0 {
				break
			}
			at += i
			t := tiff{data[at:], order}
			p, a := t.facts()
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

// tiff is a TIFF file, and all that comes after it.
type tiff struct {
	data  []byte
	order binary.ByteOrder
}

// facts reports whether the file has a place and the name of a person.
func (t tiff) facts() (place, author bool) {
	if len(t.data) < 8 {
		return false, false
	}
	t.directory(t.order.Uint32(t.data[4:]), func(tag uint16, value []byte, at uint32) {
		switch tag {
		case tagArtist, tagXPAuthor:
			author = author || named(value)
		case tagExif:
			t.directory(at, func(tag uint16, value []byte, _ uint32) {
				author = author || tag == tagOwner && named(value)
			})
		case tagGPS:
			t.directory(at, func(tag uint16, value []byte, _ uint32) {
				place = place || tag == tagLatitude && somewhere(value)
			})
		}
	})
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

// directory calls see for each entry of the directory at an offset: with the bytes of its value, and with
// its value as an offset.
func (t tiff) directory(at uint32, see func(tag uint16, value []byte, offset uint32)) {
	sizes := [...]uint64{0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4}
	if uint64(at)+2 > uint64(len(t.data)) {
		return
	}
	entries := t.data[at+2:]
	for n := min(int(t.order.Uint16(t.data[at:])), 512); n > 0 && len(entries) >= 12; n-- {
		kind, offset := t.order.Uint16(entries[2:]), t.order.Uint32(entries[8:])
		value := entries[8:12]
		if int(kind) < len(sizes) {
			size := sizes[kind] * uint64(t.order.Uint32(entries[4:]))
			switch end := uint64(offset) + size; {
			case size <= 4:
				value = value[:size]
			case end <= uint64(len(t.data)):
				value = t.data[offset:end]
			default:
				value = nil
			}
		}
		see(t.order.Uint16(entries), value, offset)
		entries = entries[12:]
	}
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
	for at := 8; at+12 <= len(png); {
		length := uint64(binary.BigEndian.Uint32(png[at:]))
		kind := string(png[at+4 : at+8])
		if uint64(at)+12+length > uint64(len(png)) {
			return
		}
		chunk := png[at+8 : at+8+int(length)]
		at += 12 + int(length)
		keyword, rest, _ := bytes.Cut(chunk, []byte{0})
		switch {
		case kind == "tEXt" && strings.EqualFold(string(keyword), "author"):
			f.author(string(rest[:min(len(rest), 256)]))
		case kind == "zTXt" && len(rest) > 1:
			f.photoText(f.unpacked(rest[1:]))
		case kind == "tEXt":
			f.photoText(rest)
		case kind == "iTXt" && len(rest) > 2 && rest[0] == 1:
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
