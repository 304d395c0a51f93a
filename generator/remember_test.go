package generator

import (
	"bytes"
	"image"
	"image/png"
	"testing"
	"time"

	"candor/generator/fileset"
	"candor/generator/input/picture"
)

// TestPictureOnce: a picture is converted once, whatever else changes: its text, another incident, the settings.
func TestPictureOnce(t *testing.T) {
	var dot bytes.Buffer
	if err := png.Encode(&dot, image.NewGray(image.Rect(0, 0, 2, 2))); err != nil {
		t.Fatal(err)
	}
	const index = "+++\ntitle = \"A\"\nlevel = 2\ntype = \"experience\"\nstance = \"full\"\n" +
		"known = 2026-11-04T06:00\n+++\n"
	files := map[string]string{
		"site.toml": "title = \"S\"\n", "incidents/a/dot.png": dot.String(),
		"incidents/a/index.md": index + "![The dot](dot.png)\n", "incidents/b/index.md": index,
	}
	g := New()
	build := func(change, text string) map[picture.ID]*picture.Picture {
		files[change] = text
		var list []fileset.File
		for name, text := range files {
			list = append(list, fileset.NewFile(name, []byte(text)))
		}
		now := time.Date(2026, 11, 4, 7, 0, 0, 0, time.UTC)
		g.Build(Input{Content: fileset.Must(list), Now: now, Zones: time.LoadLocation, Check: true})
		return g.memo.pictures.last
	}
	id := picture.ID{Name: "dot.png", Sum: fileset.SumOf(dot.Bytes())}
	first := build("site.toml", files["site.toml"])[id]
	if first == nil {
		t.Fatal("the picture is not known")
	}
	for range 2 {
		for name, text := range map[string]string{
			"incidents/b/index.md": index + "Other.\n", "incidents/a/index.md": index + "Changed. ![The dot](dot.png)\n",
			"site.toml": "title = \"T\"\n", "incidents/c/dot.png": dot.String(),
		} {
			if build(name, files[name]+"\n")[id] != first || build(name, text)[id] != first {
				t.Errorf("%s: the picture was converted again", name)
			}
		}
	}
	if len(build("incidents/a/index.md", index)) > 0 && len(build("incidents/b/index.md", index)) > 0 {
		t.Error("a picture that no text shows is still remembered")
	}
}
