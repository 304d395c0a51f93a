package metadata_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"

	"candor/generator/input/metadata"
)

// TestChunks: chunks end at IEND, and where one is not whole.
func TestChunks(t *testing.T) {
	kinds := func(rest string) (list []string) {
		for c := range metadata.Chunks([]byte(metadata.PNG + rest)) {
			list = append(list, c.Kind+":"+string(c.Body))
		}
		return list
	}
	const end = "\x00\x00\x00\x00IENDcrc!"
	assert.Equal(t, []string{"tEXt:ab", "IEND:"}, kinds("\x00\x00\x00\x02tEXtabcrc!"+end+end))
	assert.Equal(t, []string{"IEND:"}, kinds(end))
	assert.Empty(t, kinds("\xff\xff\xff\xfftEXtabcrc!"))
	assert.Empty(t, kinds(""))
}

// TestDirectory: a directory that is cut off, or says that it has more, ends with the bytes.
func TestDirectory(t *testing.T) {
	entry := "\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00"
	file, ok := metadata.NewTIFF([]byte(metadata.Big + "\x00\x00\x00\x08\xff\xff" + entry + entry[:5]))
	assert.True(t, ok)
	got := slices.Collect(file.Directory(file.First()))
	assert.Equal(t, []metadata.Entry{{Tag: 274, Value: []byte{0, 6}, Offset: 0x60000}}, got)
	assert.Empty(t, slices.Collect(file.Directory(0xffffffff)))
	_, ok = metadata.NewTIFF([]byte("MM\x00*"))
	assert.False(t, ok)
}

// FuzzTIFF: no bytes end a walk badly.
func FuzzTIFF(f *testing.F) {
	f.Add([]byte(metadata.Little+"\x08\x00\x00\x00\x01\x00"), []byte("\x00\x00\x00\x00IENDcrc!"))
	f.Fuzz(func(t *testing.T, tiff, png []byte) {
		if file, ok := metadata.NewTIFF(tiff); ok {
			for e := range file.Directory(file.First()) {
				for range file.Directory(e.Offset) {
					break
				}
			}
		}
		for range metadata.Chunks(append([]byte(metadata.PNG), png...)) {
		}
	})
}
