package attached_test

import (
	"archive/zip"
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"hash/crc32"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// exif returns Exif with the place 31°13'N 121°28'E, or zeros for one, and the name of a photographer.
func exif(order binary.AppendByteOrder, degrees uint32, artist string) []byte {
	head := map[bool]string{true: "II*\x00", false: "MM\x00*"}[order == binary.LittleEndian]
	b := order.AppendUint32([]byte(head), 8)
	entry := func(tag, kind uint16, count, value uint32) {
		b = order.AppendUint16(order.AppendUint16(b, tag), kind)
		b = order.AppendUint32(order.AppendUint32(b, count), value)
	}
	const gps, name, latitude = 8 + 2 + 2*12 + 4, 8 + 2 + 2*12 + 4 + 2 + 12 + 4, 100
	b = order.AppendUint16(b, 2)
	entry(0x013b, 2, uint32(len(artist)+1), latitude+24)
	entry(0x8825, 4, 1, gps)
	b = order.AppendUint16(order.AppendUint32(b, 0), 1)
	entry(2, 5, 3, latitude)
	b = append(order.AppendUint32(b, 0), make([]byte, latitude-name)...)
	for _, n := range []uint32{degrees, 1, degrees / 2, 1, 0, 1} {
		b = order.AppendUint32(b, n)
	}
	return append(b, artist+"\x00"...)
}

func here() []byte { return exif(binary.BigEndian, 31, "") }

func jpeg(exif []byte) []byte {
	segment := append([]byte("Exif\x00\x00"), exif...)
	b := binary.BigEndian.AppendUint16([]byte("\xff\xd8\xff\xe1"), uint16(len(segment)+2))
	return append(append(b, segment...), "\xff\xda\x00\x02\xff\xd9"...)
}

// png returns a PNG of chunks, each its kind and its bytes.
func png(chunks ...string) []byte {
	b := []byte("\x89PNG\r\n\x1a\n")
	for i := 0; i < len(chunks); i += 2 {
		b = binary.BigEndian.AppendUint32(b, uint32(len(chunks[i+1])))
		body := chunks[i] + chunks[i+1]
		b = binary.BigEndian.AppendUint32(append(b, body...), crc32.ChecksumIEEE([]byte(body)))
	}
	return b
}

func webp(exif []byte) []byte {
	chunk := binary.LittleEndian.AppendUint32([]byte("WEBPEXIF"), uint32(len(exif)))
	chunk = append(chunk, exif...)
	return append(binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(len(chunk))), chunk...)
}

func heic(exif []byte) []byte {
	head := "\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic\x00\x00\x01\x00mdat\x00\x00\x00\x06Exif\x00\x00"
	return append([]byte(head), exif...)
}

// profile is Exif as ImageMagick writes it into a text of a PNG.
func profile(exif []byte) string {
	raw := append([]byte("Exif\x00\x00"), exif...)
	text := fmt.Sprintf("\nexif\n%8d\n%s\n", len(raw), hex.EncodeToString(raw))
	return "Raw profile type exif\x00\x00" + string(deflated(text))
}

func deflated(text string) []byte {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	_, _ = w.Write([]byte(text))
	_ = w.Close()
	return b.Bytes()
}

// archive returns a ZIP of files.
func archive(t testing.TB, files map[string]string) []byte {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		f, err := w.Create(name)
		require.NoError(t, err)
		_, err = f.Write([]byte(files[name]))
		require.NoError(t, err)
	}
	require.NoError(t, w.Close())
	return b.Bytes()
}

// office returns a document of Office with parts.
func office(t testing.TB, parts ...string) []byte {
	files := map[string]string{"[Content_Types].xml": "<Types/>"}
	for i := 0; i < len(parts); i += 2 {
		files[parts[i]] = parts[i+1]
	}
	return archive(t, files)
}

const core = `<cp:coreProperties xmlns:cp="a" xmlns:dc="b"><dc:creator>%s</dc:creator>` +
	`<cp:lastModifiedBy>%s</cp:lastModifiedBy></cp:coreProperties>`

func pdf(objects ...string) []byte {
	return []byte("%PDF-1.7\n" + strings.Join(objects, "\n") + "\n%%EOF\n")
}

// packedObjects is a stream of objects of a PDF.
func packedObjects(objects string) string {
	return "4 0 obj <</Type /ObjStm /Filter /FlateDecode>>\nstream\n" + string(deflated(objects)) + "\nendstream endobj"
}
