package picture

import "bytes"

// stripGIF copies the images of a GIF (GIF89a) with how long each is shown and how often all are, up
// to its end. It reports false if the file ends within a block.
func stripGIF(data []byte) (*encoded, bool) {
	e := &encoded{format: "gif", turn: 1}
	if len(data) < 13 {
		return nil, false
	}
	at := 13 + gifTable(data[10])
	if at > len(data) {
		return nil, false
	}
	out := append(make([]byte, 0, len(data)), data[:at]...)
	images := 0
	for at < len(data) && data[at] != 0x3b {
		start, known := at, false
		switch data[at] {
		case 0x21: // an extension with its label
			at += 2
			known = at <= len(data) && data[at-1] == 0xf9 // how an image is shown
		case 0x2c: // an image with its measures, its colours and the size of its codes
			at += 10
			if at > len(data) {
				return nil, false
			}
			at += gifTable(data[at-1]) + 1
			known = true
			images++
		default:
			return nil, false
		}
		var body []byte
		for {
			if at >= len(data) || at+int(data[at]) >= len(data) {
				return nil, false
			}
			size := int(data[at])
			if body == nil {
				body = data[at:]
			}
			at += 1 + size
			if size == 0 {
				break
			}
		}
		switch {
		case known:
			out = append(out, data[start:at]...)
		case bytes.HasPrefix(body, []byte("\x0bNETSCAPE2.0\x03\x01")) && len(body) > 15: // how often
			out = append(append(append(out, 0x21, 0xff), body[:16]...), 0)
		}
	}
	if e.data, e.moves = append(out, 0x3b), images > 1; !e.measure() {
		return nil, false
	}
	e.need = e.config.Width * e.config.Height * 2
	return e, true
}

// gifTable returns the size of the colour table that flags announce, in bytes.
func gifTable(flags byte) int {
	if flags&0x80 == 0 {
		return 0
	}
	return 3 << (flags&7 + 1)
}
