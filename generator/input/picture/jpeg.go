package picture

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"slices"
)

// JPEG is ITU-T T.81, Annex B; APP14 is ITU-T T.872, JFIF T.871.
const jpegStart = "\xff\xd8"

// scanLimit bounds pixels times scans of a JPEG: a scan of a few bytes may pass over all pixels.
const scanLimit = 500 << 20

// stripJPEG copies those segments of a JPEG that its pixels need, up to its end. It reports false if
// the file ends before.
func stripJPEG(data []byte) (*encoded, bool) {
	e := &encoded{format: "jpeg", turn: 1}
	out := append(make([]byte, 0, len(data)), jpegStart...)
	var profile []segment
	var frame []byte // the body of the SOF segment
	progressive, scans, perPixel := false, 0, 0
	for at := len(jpegStart); ; {
		next := bytes.IndexByte(data[at:], 0xff) // what is between segments is passed over, as by libjpeg
		if next < 0 || at+next+2 > len(data) {
			return nil, false // scans may be missing, which nobody sees at once
		}
		at += next
		marker := data[at+1]
		switch {
		case marker == 0xff:
			at++ // fill byte
			continue
		case marker <= 0x01 || marker >= 0xd0 && marker <= 0xd8:
			at += 2 // no length
			continue
		}
		if marker == 0xd9 {
			break
		}
		if at+4 > len(data) {
			return nil, false
		}
		end := at + 2 + int(binary.BigEndian.Uint16(data[at+2:]))
		if end < at+4 || end > len(data) {
			return nil, false
		}
		body := data[at+4 : end]
		switch {
		case marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc: // SOF
			progressive, frame = marker == 0xc2, body
			out = append(out, data[at:end]...)
		case marker == 0xc4, marker == 0xdb, marker == 0xdd: // DHT, DQT, DRI
			out = append(out, data[at:end]...)
		case marker == 0xda: // SOS
			scans++
			end = scanEnd(data, end)
			out = append(out, data[at:end]...)
		case marker == 0xe0 && len(body) >= 12 && string(body[:5]) == "JFIF\x00": // without its thumbnail
			out = append(append(append(out, 0xff, marker, 0, 16), body[:12]...), 0, 0)
		case marker == 0xee && len(body) >= 12 && string(body[:5]) == "Adobe": // how colours are stored
			out = append(append(out, 0xff, marker, 0, 14), body[:12]...)
			if body[11] == 0 { // RGB or CMYK
				perPixel = 4
			}
		case marker == 0xe1 && bytes.HasPrefix(body, []byte(exifStart)):
			if e.turn == 1 {
				e.turn = orientation(body[len(exifStart):])
			}
		case marker == 0xe2 && len(body) > len(profileStart)+2 && string(body[:len(profileStart)]) == profileStart:
			profile = append(profile, segment{body[len(profileStart)], body[len(profileStart)+2:]})
		}
		at = end
	}
	e.colours = jpegProfile(profile)
	e.data = e.coloured(append(out, 0xff, 0xd9))
	if !e.measure() {
		return nil, false
	}
	pixels := e.config.Width * e.config.Height
	samples, components := sampled(frame, pixels)
	if e.need = samples + perPixel*pixels; components == 4 {
		e.need += 12 * pixels // it is converted twice
	}
	if progressive {
		e.need += 4 * samples // coefficients
	}
	if pixels > scanLimit/max(1, scans) {
		e.need = most + 1
	}
	return e, true
}

const profileStart = "ICC_PROFILE\x00"

// segment is a part of a colour profile (ICC.1, Annex B.4).
type segment struct {
	number byte
	data   []byte
}

// jpegProfile returns the segment of a profile that is in parts, cleaned; nil if nothing of it is kept.
func jpegProfile(parts []segment) []byte {
	slices.SortStableFunc(parts, func(a, b segment) int { return cmp.Compare(a.number, b.number) })
	var all []byte
	for _, s := range parts {
		all = append(all, s.data...)
	}
	p := cleanProfile(all)
	if p == nil {
		return nil
	}
	out := binary.BigEndian.AppendUint16([]byte{0xff, 0xe2}, uint16(2+len(profileStart)+2+len(p)))
	return append(append(append(out, profileStart...), 1, 1), p...)
}

// scanEnd returns where the compressed data that begins at a place ends: at the next marker that is
// none of a restart.
func scanEnd(data []byte, at int) int {
	for {
		next := bytes.IndexByte(data[at:], 0xff)
		if next < 0 || at+next+1 >= len(data) {
			return len(data)
		}
		at += next
		if m := data[at+1]; m != 0 && (m < 0xd0 || m > 0xd7) {
			return at
		}
		at += 2
	}
}

// sampled returns how many values a JPEG of so many pixels holds, by its frame header.
func sampled(frame []byte, pixels int) (samples, components int) {
	if len(frame) < 6 {
		return 0, 0
	}
	sum, horizontal, vertical := 0, 1, 1
	for c := frame[6:]; len(c) >= 3; c = c[3:] {
		h, v := int(c[1]>>4), int(c[1]&15)
		sum, horizontal, vertical = sum+h*v, max(horizontal, h), max(vertical, v)
		components++
	}
	return pixels * sum / (horizontal * vertical), components
}
