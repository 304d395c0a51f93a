package themes_test

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"candor/generator/outside/chromium/chromiumtest"

	"github.com/chromedp/chromedp"
)

// takeScreenshots pictures every page of the example site, and those that only
// the test sites have, in every view. `make screenshots` comes here.
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
	count := 0
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
