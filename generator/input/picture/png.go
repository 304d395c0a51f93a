package picture

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"hash/crc32"
	"io"

	"candor/generator/input/metadata"
)

const pngStart = metadata.PNG

// pngKept are the chunks of a PNG that its pixels need (PNG, third edition, 11), and those of one that
// moves; pngColours say what its colours are, in numbers.
const (
	pngKept    = "IHDR PLTE tRNS IDAT acTL fcTL fdAT "
	pngColours = "gAMA cHRM sRGB cICP "
)

// stripPNG copies those chunks of a PNG that its pixels need, up to its end. It reports false if the
// file ends before.
func stripPNG(data []byte) (*encoded, bool) {
	e := &encoded{format: "png", turn: 1}
	out := append(make([]byte, 0, len(data)), pngStart...)
	depth, kind, interlaced := byte(0), byte(0), false
	for c := range metadata.Chunks(data) {
		switch {
		case c.Kind == "IEND":
			e.data = e.coloured(append(out, pngChunk(c.Kind, nil)...))
			if !e.measure() {
				return nil, false
			}
			e.need = e.config.Width*e.config.Height*pngBytes(depth, kind, interlaced) + 6*len(data)
			return e, true
		case c.Kind == "IHDR" && len(c.Body) == 13:
			depth, kind, interlaced = c.Body[8], c.Body[9], c.Body[12] != 0
			out = append(out, c.Whole...)
		case c.Kind == "acTL":
			e.moves = true
			out = append(out, c.Whole...)
		case c.Kind == "eXIf":
			e.turn = orientation(c.Body)
		case c.Kind == "iCCP":
			if p := cleanProfile(inflate(c.Body)); p != nil {
				e.colours = append(e.colours, pngProfile(p)...)
			}
		case bytes.Contains([]byte(pngColours), []byte(c.Kind+" ")):
			e.colours = append(e.colours, c.Whole...)
		case bytes.Contains([]byte(pngKept), []byte(c.Kind+" ")):
			out = append(out, c.Whole...)
		}
	}
	return nil, false
}

// pngBytes returns how many bytes a pixel takes while it is decoded and converted. What is inflated
// of a file takes longer than memory says; six for each of its bytes make up for that.
func pngBytes(depth, kind byte, interlaced bool) int {
	size := 8 // as stored, and as RGBA
	switch {
	case depth == 16:
		size = 12
	case kind == 3:
		size = 5
	}
	if interlaced {
		size *= 2
	}
	return size
}

// inflate returns the profile of an iCCP chunk; nil if it cannot be read.
func inflate(body []byte) []byte {
	_, rest, _ := bytes.Cut(body, []byte{0})
	if len(rest) < 1 {
		return nil
	}
	r, err := zlib.NewReader(bytes.NewReader(rest[1:]))
	if err != nil {
		return nil
	}
	profile, err := io.ReadAll(io.LimitReader(r, 1<<20))
	if err != nil {
		return nil
	}
	return profile
}

// pngProfile returns the iCCP chunk of a profile.
func pngProfile(profile []byte) []byte {
	var b bytes.Buffer
	b.WriteString("RGB\x00\x00")
	w := zlib.NewWriter(&b)
	_, _ = w.Write(profile)
	_ = w.Close()
	return pngChunk("iCCP", b.Bytes())
}

// pngChunk writes a chunk.
func pngChunk(id string, body []byte) []byte {
	out := binary.BigEndian.AppendUint32(nil, uint32(len(body)))
	out = append(append(out, id...), body...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(out[4:]))
}
