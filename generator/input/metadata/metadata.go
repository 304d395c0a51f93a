// Package metadata walks the structures in which image files say what they do not show: the directories of a TIFF
// file, which Exif data are, and the chunks of a PNG file. Both walks end whatever the bytes are, in a time that grows
// with them.
package metadata

import (
	"encoding/binary"
	"iter"
)

// TIFF is a TIFF file, and all that comes after it (TIFF 6.0, section 2).
type TIFF struct {
	data  []byte
	Order binary.ByteOrder
}

// Marks are how a TIFF file begins: the order of its bytes, and 42 in it.
const (
	Little = "II*\x00"
	Big    = "MM\x00*"
)

// NewTIFF returns the TIFF file at the beginning of the bytes; ok is false if there is none.
func NewTIFF(data []byte) (t TIFF, ok bool) {
	if len(data) < 8 {
		return t, false
	}
	switch string(data[:4]) {
	case Little:
		return TIFF{data, binary.LittleEndian}, true
	case Big:
		return TIFF{data, binary.BigEndian}, true
	}
	return t, false
}

// Entry is an entry of a directory.
type Entry struct {
	Tag    uint16
	Value  []byte // nil if it is beyond the end
	Offset uint32 // its value as an offset
}

// entriesLimit is how many entries of a directory are read; cameras write some dozens.
const entriesLimit = 512

// First returns where the first directory is.
func (t TIFF) First() uint32 { return t.Order.Uint32(t.data[4:]) }

// Directory returns the entries of the directory at an offset.
func (t TIFF) Directory(at uint32) iter.Seq[Entry] {
	sizes := [...]uint64{0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4} // of a value, by its type
	return func(yield func(Entry) bool) {
		if uint64(at)+2 > uint64(len(t.data)) {
			return
		}
		entries := t.data[at+2:]
		for n := min(int(t.Order.Uint16(t.data[at:])), entriesLimit); n > 0 && len(entries) >= 12; n-- {
			e := Entry{Tag: t.Order.Uint16(entries), Value: entries[8:12], Offset: t.Order.Uint32(entries[8:])}
			if kind := t.Order.Uint16(entries[2:]); int(kind) < len(sizes) {
				size := sizes[kind] * uint64(t.Order.Uint32(entries[4:]))
				switch end := uint64(e.Offset) + size; {
				case size <= 4:
					e.Value = e.Value[:size]
				case end <= uint64(len(t.data)):
					e.Value = t.data[e.Offset:end]
				default:
					e.Value = nil
				}
			}
			if !yield(e) {
				return
			}
			entries = entries[12:]
		}
	}
}

// PNG is how a PNG file begins.
const PNG = "\x89PNG\r\n\x1a\n"

// Chunk is a chunk of a PNG file (third edition, 5.3).
type Chunk struct {
	Kind        string
	Body, Whole []byte
	End         int // where the file goes on
}

// Chunks returns the chunks of a PNG file, as far as they are whole, up to its end: IEND.
func Chunks(png []byte) iter.Seq[Chunk] {
	return func(yield func(Chunk) bool) {
		for at := len(PNG); at+12 <= len(png); {
			size := uint64(binary.BigEndian.Uint32(png[at:]))
			if size+12 > uint64(len(png)-at) {
				return
			}
			end := at + 12 + int(size)
			c := Chunk{Kind: string(png[at+4 : at+8]), Body: png[at+8 : end-4], Whole: png[at:end], End: end}
			if !yield(c) || c.Kind == "IEND" {
				return
			}
			at = end
		}
	}
}
