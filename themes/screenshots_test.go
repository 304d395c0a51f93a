package themes_test

import (
	"bytes"
	"cmp"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"candor/generator/outside/chromium/chromiumtest"

	"github.com/chromedp/chromedp"
)

// takeScreenshots pictures every page of the example site, and those that only
// the test sites have, in every view, and makes the picture of the README.
// `make screenshots` comes here.
func takeScreenshots(folder string) (err error) {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	sites, err := allSites()
	if err != nil {
		return err
	}
	ctx, cancel, err := chromiumtest.Open()
	if err != nil {
		return err
	}
	defer cancel()
	defer func() {
		if fault, ok := recover().(screenshotFault); ok {
			err = fault
		}
	}()
	b := &tab{&chromiumtest.Tab{TB: photographer{}, Page: ctx}}
	if err := pictureForReadme(b, sites, filepath.Join(folder, "progress-page.png")); err != nil {
		return err
	}
	count := 1
	for _, s := range sites {
		pages := s.looked
		if strings.HasPrefix(s.name, "example") {
			pages = s.pages()
		}
		for _, page := range pages {
			for _, v := range chromiumtest.Views {
				b.Look(v)
				b.open(s.url(page))
				picture, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
				if err != nil {
					return err
				}
				if err := os.WriteFile(filepath.Join(folder, pictureName(s, page, v)), picture, 0o644); err != nil {
					return err
				}
				count++
			}
		}
	}
	fmt.Printf("%d pictures in %s\n", count, folder)
	return nil
}

// pictureForReadme writes two screens of a progress page in English, as a phone
// shows them, side by side: its top, and what was promised.
func pictureForReadme(b *tab, sites []*site, file string) error {
	const width, height, gap, scale = 360, 800, 12, 2
	i := slices.IndexFunc(sites, func(s *site) bool { return s.name == "example-en" })
	b.Look(chromiumtest.View{Width: width, Scheme: "light"})
	b.Size(width, height, scale)
	b.open(sites[i].url(allergy))
	data, err := chromedp.Run(b.Page, chromedp.FullScreenshot(100))
	if err != nil {
		return err
	}
	page, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		return err
	}
	both := image.NewRGBA(image.Rect(0, 0, (2*width+gap)*scale, height*scale))
	promises := chromiumtest.Eval[int](b, "Math.floor(document.getElementById('promises').getBoundingClientRect().top)")
	draw.Draw(both, both.Rect, image.NewUniform(color.Gray{Y: 0x99}), image.Point{}, draw.Src)
	for i, top := range []int{0, promises} {
		screen := image.Rect(0, 0, width*scale, height*scale).Add(image.Pt(i*(width+gap)*scale, 0))
		draw.Draw(both, screen, page, image.Pt(0, top*scale), draw.Src)
	}
	var out bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	if err := encoder.Encode(&out, withFewColours(both, 64)); err != nil {
		return err
	}
	return os.WriteFile(file, out.Bytes(), 0o644)
}

// withFewColours returns the picture in its most frequent colours. Each other
// pixel gets the nearest of them.
func withFewColours(picture *image.RGBA, limit int) *image.Paletted {
	count := map[color.RGBA]int{}
	for y := range picture.Rect.Dy() {
		for x := range picture.Rect.Dx() {
			count[picture.RGBAAt(x, y)]++
		}
	}
	colours := slices.SortedFunc(maps.Keys(count), func(a, b color.RGBA) int {
		return cmp.Or(cmp.Compare(count[b], count[a]), cmp.Compare(a.R, b.R), cmp.Compare(a.G, b.G), cmp.Compare(a.B, b.B))
	})
	var palette color.Palette
	for _, c := range colours[:min(limit, len(colours))] {
		palette = append(palette, c)
	}
	few := image.NewPaletted(picture.Rect, palette)
	draw.Draw(few, few.Rect, picture, image.Point{}, draw.Src)
	return few
}

func pictureName(s *site, page string, v chromiumtest.View) string {
	name := strings.ReplaceAll(strings.Trim(strings.TrimSuffix(page, ".html"), "/"), "/", "-")
	return fmt.Sprintf("%s-%s-%v.png", s.name, cmp.Or(name, "home"), v)
}

// photographer stands in for a test where none is running: what would end the
// test ends the taking of pictures.
type photographer struct{ testing.TB }

type screenshotFault struct{ error }

func (photographer) Helper() {}

func (photographer) Fatalf(format string, args ...any) {
	panic(screenshotFault{fmt.Errorf(format, args...)})
}
