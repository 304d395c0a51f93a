package picture

import (
	"bytes"
	"encoding/binary"
)

// stripWebP copies those chunks of a WebP image (RFC 9649) that its pixels need. It reports false if
// the file ends before.
func stripWebP(data []byte) (*encoded, bool) {
	e := &encoded{format: "webp", turn: 1}
	size := uint64(binary.LittleEndian.Uint32(data[4:]))
	if size+8 > uint64(len(data)) || size < 4 {
		return nil, false
	}
	chunks, ok := webpChunks(data[12 : 8+size])
	if !ok {
		return nil, false
	}
	var extended, pixels []byte
	inner := 0 // pixels of the image itself, which may be others than those of the canvas
	for _, c := range chunks {
		switch c.id {
		case "VP8X":
			if len(c.body) < 10 {
				return nil, false
			}
			extended = bytes.Clone(c.body[:10])
		case "ICCP":
			e.colours = cleanProfile(c.body)
		case "EXIF":
			e.turn = orientation(bytes.TrimPrefix(c.body, []byte(exifStart)))
		case "ANMF":
			frame, ok := webpFrame(c.body)
			if !ok {
				return nil, false
			}
			e.moves = true
			pixels = append(pixels, riffChunk("ANMF", frame)...)
		case "ALPH", "VP8 ", "VP8L", "ANIM":
			inner = max(inner, webpPixels(c))
			pixels = append(pixels, riffChunk(c.id, c.body)...)
		}
	}
	out := []byte("RIFF\x00\x00\x00\x00WEBP")
	if extended != nil {
		const profile, exif, xmp = 0x20, 0x08, 0x04
		extended[0] &^= profile | exif | xmp
		if e.colours != nil {
			extended[0] |= profile
			extended = append(riffChunk("VP8X", extended), riffChunk("ICCP", e.colours)...)
		} else {
			extended = riffChunk("VP8X", extended)
		}
	}
	e.data = append(append(out, extended...), pixels...)
	binary.LittleEndian.PutUint32(e.data[4:], uint32(len(e.data)-8))
	if !e.measure() {
		return nil, false
	}
	e.need = max(inner, e.config.Width*e.config.Height) * 16
	return e, true
}

// webpPixels returns how many pixels a chunk says that it has; 0 if it has none.
func webpPixels(c chunk) int {
	switch {
	case c.id == "VP8 " && len(c.body) >= 10: // RFC 6386, 9.1
		return int(binary.LittleEndian.Uint16(c.body[6:])&0x3fff) * int(binary.LittleEndian.Uint16(c.body[8:])&0x3fff)
	case c.id == "VP8L" && len(c.body) >= 5:
		bits := binary.LittleEndian.Uint32(c.body[1:])
		return int(bits&0x3fff+1) * int(bits>>14&0x3fff+1)
	}
	return 0
}

// webpFrame copies a frame of a WebP image that moves, without unknown chunks.
func webpFrame(body []byte) ([]byte, bool) {
	if len(body) < 16 {
		return nil, false
	}
	chunks, ok := webpChunks(body[16:])
	out := bytes.Clone(body[:16])
	for _, c := range chunks {
		if c.id == "ALPH" || c.id == "VP8 " || c.id == "VP8L" {
			out = append(out, riffChunk(c.id, c.body)...)
		}
	}
	return out, ok
}

type chunk struct {
	id   string
	body []byte
}

// webpChunks splits data into its chunks; false if the last one is not whole.
func webpChunks(data []byte) ([]chunk, bool) {
	var list []chunk
	for len(data) > 0 {
		if len(data) < 8 {
			return nil, false
		}
		size := uint64(binary.LittleEndian.Uint32(data[4:]))
		if size+8 > uint64(len(data)) {
			return nil, false
		}
		list = append(list, chunk{string(data[:4]), data[8 : 8+size]})
		data = data[min(uint64(len(data)), 8+size+size%2):]
	}
	return list, true
}

func riffChunk(id string, body []byte) []byte {
	out := binary.LittleEndian.AppendUint32([]byte(id), uint32(len(body)))
	return append(append(out, body...), make([]byte, len(body)%2)...)
}
