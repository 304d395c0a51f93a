package themes_test

import (
	"io/fs"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"candor/generator/output/page"
	"candor/themes"
)

// TestFields: whatever views tell a theme is used by one of the themes, so that it is known to be right.
func TestFields(t *testing.T) {
	var text strings.Builder
	require.NoError(t, fs.WalkDir(themes.FS, ".", func(path string, _ fs.DirEntry, err error) error {
		if strings.HasSuffix(path, ".html") && !strings.Contains(path, "/archetypes/") {
			data, err := fs.ReadFile(themes.FS, path)
			text.Write(data)
			return err
		}
		return err
	}))
	seen := map[reflect.Type]bool{}
	var look func(of reflect.Type)
	look = func(of reflect.Type) {
		for of.Kind() == reflect.Pointer || of.Kind() == reflect.Slice {
			of = of.Elem()
		}
		if of.Kind() != reflect.Struct || seen[of] {
			return
		}
		seen[of] = true
		for i := range of.NumField() {
			f := of.Field(i)
			if !f.Anonymous {
				assert.Contains(t, text.String(), "."+f.Name, "no theme uses %s.%s", of.Name(), f.Name)
			}
			look(f.Type)
		}
	}
	for _, view := range []any{page.Home{}, page.Progress{}, page.Updates{}, page.FAQ{}, page.Report{}, page.Standing{}, page.NotFound{},
		page.Bilingual{}, page.Services{}, page.Record{}} {
		look(reflect.TypeOf(view))
	}
}
