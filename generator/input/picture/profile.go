package picture

import (
	"bytes"
	"encoding/binary"
	"slices"
)

// cleanProfile returns a colour profile (ICC.1:2022) with only the primaries and curves of an RGB
// profile; nil if it is of another kind or damaged. What it is called, who made it, when and for
// which device is written anew, the same for all.
func cleanProfile(profile []byte) []byte {
	if len(profile) < 132 || string(profile[16:24]) != "RGB XYZ " || string(profile[36:40]) != "acsp" {
		return nil
	}
	tags := map[string][]byte{}
	table := profile[132:]
	for range min(100, binary.BigEndian.Uint32(profile[128:])) {
		if len(table) < 12 {
			return nil
		}
		at, size := uint64(binary.BigEndian.Uint32(table[4:])), uint64(binary.BigEndian.Uint32(table[8:]))
		if at+size > uint64(len(profile)) {
			return nil
		}
		tags[string(table[:4])] = profile[at : at+size]
		table = table[12:]
	}
	name := []byte("mluc\x00\x00\x00\x00\x00\x00\x00\x01\x00\x00\x00\x0cenUS" +
		"\x00\x00\x00\x06\x00\x00\x00\x1c\x00R\x00G\x00B\x00\x00") // "RGB"
	white := []byte("XYZ \x00\x00\x00\x00" + d50)
	list := []tag{{"desc", name}, {"cprt", name}, {"wtpt", white}}
	for _, id := range []string{"rXYZ", "gXYZ", "bXYZ"} {
		if t := tags[id]; len(t) < 20 || string(t[:4]) != "XYZ " {
			return nil
		}
		list = append(list, tag{id, tags[id][:20]})
	}
	for _, id := range []string{"rTRC", "gTRC", "bTRC"} {
		curve := cleanCurve(tags[id])
		if curve == nil {
			return nil
		}
		list = append(list, tag{id, curve})
	}
	return writeProfile(list)
}

// cleanCurve returns a curve without what may follow it; nil if it is none.
func cleanCurve(t []byte) []byte {
	if len(t) < 12 {
		return nil
	}
	size := 0
	switch string(t[:4]) {
	case "curv":
		if n := binary.BigEndian.Uint32(t[8:]); n <= 4096 {
			size = 12 + 2*int(n)
		}
	case "para":
		if kind := binary.BigEndian.Uint16(t[8:]); kind <= 4 {
			size = 12 + 4*[]int{1, 3, 4, 5, 7}[kind]
		}
	}
	if size == 0 || size > len(t) {
		return nil
	}
	return append(slices.Concat(t[:4], make([]byte, 4), t[8:size]), make([]byte, -size&3)...)
}

type tag struct {
	id   string
	data []byte
}

const d50 = "\x00\x00\xf6\xd6\x00\x01\x00\x00\x00\x00\xd3\x2d" // the white that profiles relate to

// writeProfile writes a profile of a display in version 4. Equal tags are written once.
func writeProfile(tags []tag) []byte {
	head := 128 + 4 + 12*len(tags)
	out := make([]byte, head)
	copy(out[8:], "\x04\x20\x00\x00mntrRGB XYZ \x07\xd0\x00\x01\x00\x01") // 1 January 2000
	copy(out[36:], "acsp")
	copy(out[68:], d50)
	binary.BigEndian.PutUint32(out[128:], uint32(len(tags)))
	for i, t := range tags {
		at := len(out)
		if known := bytes.Index(out[head:], t.data); known >= 0 && known%4 == 0 {
			at = head + known
		} else {
			out = append(out, t.data...)
		}
		entry := out[132+12*i:]
		copy(entry, t.id)
		binary.BigEndian.PutUint32(entry[4:], uint32(at))
		binary.BigEndian.PutUint32(entry[8:], uint32(len(t.data)))
	}
	binary.BigEndian.PutUint32(out, uint32(len(out)))
	return out
}
