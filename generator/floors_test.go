package generator_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// floors is the house: a package imports strictly lower floors only, so data
// flows one way. Edges touch the disk, the network or the machine; nothing but
// the commands imports them. docs/architecture.md says what each is for.
var floors = map[string]struct {
	floor int
	edge  bool
	tests bool // only tests import it, and it may import edges
}{
	"candor/generator":                               {floor: 9},
	"candor/generator/site":                          {floor: 6},
	"candor/generator/check":                         {floor: 7},
	"candor/generator/output":                        {floor: 7},
	"candor/generator/output/page":                   {floor: 8},
	"candor/generator/check/policy":                  {floor: 6},
	"candor/generator/output/calendar":               {floor: 8},
	"candor/generator/output/sitemap":                {floor: 8},
	"candor/generator/output/feed":                   {floor: 8},
	"candor/generator/author/scaffold":               {floor: 6},
	"candor/generator/site/incident":                 {floor: 5},
	"candor/generator/output/template":               {floor: 4},
	"candor/generator/output/theme":                  {floor: 5},
	"candor/generator/site/config":                   {floor: 4},
	"candor/generator/site/translation":              {floor: 4},
	"candor/generator/input/content":                 {floor: 3},
	"candor/generator/check/lexicon":                 {floor: 3},
	"candor/generator/input/figures":                 {floor: 3},
	"candor/generator/input/write":                   {floor: 3},
	"candor/generator/input/tomldoc":                 {floor: 2},
	"candor/generator/input/source":                  {floor: 2, edge: true},
	"candor/generator/diag":                          {floor: 1},
	"candor/generator/outside/publish":               {floor: 1, edge: true},
	"candor/generator/outside/preview":               {floor: 1, edge: true},
	"candor/generator/outside/chromium":              {floor: 1, edge: true},
	"candor/generator/outside/chromium/chromiumtest": {floor: 2, edge: true, tests: true},
	"candor/generator/outside/watch":                 {floor: 1, edge: true},
	"candor/generator/parallel":                      {floor: 0},
	"candor/generator/message":                       {floor: 0},
	"candor/generator/domain":                        {floor: 0},
	"candor/generator/output/chart":                  {floor: 0},
	"candor/generator/fileset":                       {floor: 0},
	"candor/generator/check/personal":                {floor: 1},
	"candor/generator/input/prose":                   {floor: 0},
	"candor/themes":                                  {floor: 0},
}

// forbidden are packages through which the core could reach out of its inputs.
var forbidden = []string{"os", "net", "net/http", "os/exec", "math/rand", "math/rand/v2", "crypto/rand", "syscall", "io/ioutil", "path/filepath", "log"}

func TestFloors(t *testing.T) {
	seen := map[string]bool{}
	for _, root := range []string{".", "../themes"} {
		err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
				return err
			}
			pkg := path.Join("candor/generator", filepath.ToSlash(filepath.Dir(name)))
			if _, ok := floors[pkg]; !ok {
				t.Errorf("%s stands on no floor: add %s to the table and to docs/architecture.md", name, pkg)
				return nil
			}
			seen[pkg] = true
			checkImports(t, name, pkg)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for pkg := range floors {
		if !seen[pkg] {
			t.Errorf("the table has %s, which does not exist", pkg)
		}
	}
}

func checkImports(t *testing.T, name, pkg string) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	own := floors[pkg]
	for _, spec := range file.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			t.Fatal(err)
		}
		if other, ok := floors[imported]; ok {
			if other.floor >= own.floor {
				t.Errorf("%s: floor %d imports %s on floor %d", name, own.floor, imported, other.floor)
			}
			if other.edge && !own.tests {
				t.Errorf("%s: %s is an edge, which only commands import", name, imported)
			}
		} else if strings.HasPrefix(imported, "candor/") {
			t.Errorf("%s imports %s, which stands on no floor", name, imported)
		}
		for _, f := range forbidden {
			if imported == f && !own.edge {
				t.Errorf("%s: the core imports %s", name, imported)
			}
		}
	}
}
