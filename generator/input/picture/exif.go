package picture

import "candor/generator/input/metadata"

const exifStart = "Exif\x00\x00"

// tagOrientation is how an image has to be turned (CIPA DC-008, 4.6.4).
const tagOrientation = 274

// orientation returns how an image has to be turned, by the first directory of its Exif data; 1 if that does not say.
func orientation(exif []byte) int {
	tiff, ok := metadata.NewTIFF(exif)
	if !ok {
		return 1
	}
	for e := range tiff.Directory(tiff.First()) {
		if e.Tag != tagOrientation {
			continue
		}
		if len(e.Value) >= 2 {
			if turn := int(tiff.Order.Uint16(e.Value)); turn >= 1 && turn <= 8 {
				return turn
			}
		}
		break
	}
	return 1
}
