package attached_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"candor/generator/fileset"
	"candor/generator/input/attached"
)

func read(name string, data []byte) *attached.File { return attached.Read(fileset.NewFile(name, data)) }

// TestBombs: what is small and becomes large, and what leads in a circle, costs no more than a large file.
func TestBombs(t *testing.T) {
	bomb := strings.Repeat(" ", 6<<20)
	parts := []string{}
	for i := range 9 {
		parts = append(parts, fmt.Sprintf("xl/worksheets/sheet%d.xml", i), "<a>"+bomb+"</a>")
	}
	f := read("bomb.xlsx", office(t, parts...))
	assert.Len(t, f.Hidden, 1)
	assert.Equal(t, "this file is so large that Candor has checked only a part of it", f.Hidden[0].What.String())

	stream := packedObjects(strings.Repeat("/Author ", 1<<20))
	f = read("bomb.pdf", pdf(strings.Repeat(stream+"\n", 100)))
	assert.Empty(t, f.Hidden)

	chunks := []string{}
	packed := string(deflated(bomb))
	for range 100 {
		chunks = append(chunks, "zTXt", "a\x00\x00"+packed)
	}
	read("bomb.png", png(chunks...))
	circle := append([]byte("II*\x00\x08\x00\x00\x00\x01\x00"), "\x69\x87\x04\x00\x01\x00\x00\x00\x08\x00\x00\x00"...)
	read("circle.tif", []byte(strings.Repeat(string(circle), 10_000)))
}

// BenchmarkRead reads files full of what each reader looks for, of two sizes: the larger may take as much
// longer as it is larger.
func BenchmarkRead(b *testing.B) {
	for name, piece := range map[string]string{
		"author.pdf": "%PDF-1.7 /Author (", "remark.pdf": "%PDF- /Subtype /Link /ObjStm stream\n",
		"xmp.pdf": "%PDF- <dc:creator><rdf:li",
		"a.rtf":   `{\rtf {\author `, "a.tif": "II*\x00\x08\x00\x00\x00", "phones.csv": "138 0013 8000,",
		"keys.txt": "-----BEGIN ",
		"a.svg":    "<svg><g>", "columns.csv": "姓名,", "plain.txt": "Force to open the switch, lot K7.\n",
	} {
		for _, size := range []int{1 << 20, 4 << 20} {
			data := []byte(strings.Repeat(piece, size/len(piece)))
			b.Run(fmt.Sprintf("%s/%dMiB", name, size>>20), func(b *testing.B) {
				b.SetBytes(int64(size))
				for b.Loop() {
					read(name, data)
				}
			})
		}
	}
}

// FuzzRead: no bytes make a reader panic, and what is found is of these bytes alone.
func FuzzRead(f *testing.F) {
	for _, a := range folder(f) {
		f.Add(a.name[strings.LastIndexByte(a.name, '/')+1:], []byte(a.data))
	}
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		if name == "" || strings.ContainsAny(name, "/\x00") || name == "." || name == ".." || len(data) > 1<<20 {
			return
		}
		defer func() {
			if r := recover(); r != nil && strings.Contains(fmt.Sprint(r), "is not a relative slash path") {
				t.Skip()
			} else if r != nil {
				panic(r)
			}
		}()
		one, two := read(name, data), read(name, data)
		assert.Equal(t, one, two)
		for _, text := range one.Texts {
			for _, h := range text.Hits {
				assert.True(t, 0 <= h.Start && h.Start < h.End && h.End <= len(text.Data))
			}
			for _, c := range text.Columns {
				assert.True(t, 0 <= c[0] && c[0] < c[1] && c[1] <= len(text.Data))
			}
		}
	})
}
