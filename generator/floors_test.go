package generator_test

import (
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// architecture is the page that has the table of all packages.
const architecture = "../docs/architecture.md"

// forbidden are packages through which the core could reach out of its inputs.
var forbidden = []string{
	"os", "net", "net/http", "os/exec", "math/rand", "math/rand/v2", "crypto/rand", "syscall", "io/ioutil",
	"path/filepath", "log",
}

// packageRow is one row of the table: a package, what it is, and what it imports of the project.
type packageRow struct {
	name    string // below generator/, or "generator", "themes", "docs"
	kind    string // "edge", "tests", or empty for the core
	imports []string
}

// rowForm is what a row of the table looks like. Packages are imported by the last part of their names.
var rowForm = regexp.MustCompile("(?m)^\\| `([a-z/]+)`(?: \\((edge|tests)\\))? \\| [^|]+ \\|(?: ([a-z, ]+))? \\|$")

// readTable reads the table of packages.
func readTable(t *testing.T) []packageRow {
	t.Helper()
	page, err := os.ReadFile(architecture)
	require.NoError(t, err)
	var rows []packageRow
	for _, m := range rowForm.FindAllStringSubmatch(string(page), -1) {
		row := packageRow{name: m[1], kind: m[2]}
		if m[3] != "" {
			row.imports = strings.Split(m[3], ", ")
		}
		rows = append(rows, row)
	}
	require.NotEmpty(t, rows)
	return rows
}

// importsOf returns what the files of every package import, tests excepted, on all systems.
func importsOf(t *testing.T) map[string]map[string]bool {
	t.Helper()
	packages := map[string]map[string]bool{}
	for _, root := range []string{".", "../themes", "../docs"} {
		err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
				return err
			}
			file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
			if err != nil {
				return err
			}
			pkg := rowName(path.Join("candor/generator", filepath.ToSlash(filepath.Dir(name))))
			if packages[pkg] == nil {
				packages[pkg] = map[string]bool{}
			}
			for _, spec := range file.Imports {
				imported, err := strconv.Unquote(spec.Path.Value)
				if err != nil {
					return err
				}
				packages[pkg][imported] = true
			}
			return nil
		})
		require.NoError(t, err)
	}
	return packages
}

// rowName returns the name of a package of the project in the table.
func rowName(imported string) string {
	return strings.TrimPrefix(strings.TrimPrefix(imported, "candor/"), "generator/")
}

// ofProject returns the names of the packages of the project among imports, as the table has them: their last parts.
func ofProject(imports map[string]bool) []string {
	var names []string
	for imported := range imports {
		if strings.HasPrefix(imported, "candor/") {
			names = append(names, path.Base(imported))
		}
	}
	slices.Sort(names)
	return names
}

// TestFloors: the table of docs/architecture.md says what every package imports, and a package imports only what is
// above it in the table, so that data flows one way. Nothing of the core imports an edge, or a package through which it
// could reach the disk, the network or the machine. With -v the floors are drawn.
func TestFloors(t *testing.T) {
	packages := importsOf(t)
	above := map[string]packageRow{} // by the last part of the name
	floors := map[string]int{}
	var drawing [][]string
	for _, row := range readTable(t) {
		imports, exists := packages[row.name]
		if !exists {
			t.Errorf("%s has a row for %s, which does not exist", architecture, row.name)
			continue
		}
		delete(packages, row.name)
		names := ofProject(imports)
		if !slices.Equal(names, row.imports) {
			t.Errorf("the row of %s must end with: | %s |", row.name, strings.Join(names, ", "))
		}
		floor := 0
		for _, name := range names {
			other, ok := above[name]
			if !ok {
				t.Errorf("%s imports %s, which is not above it in the table", row.name, name)
			}
			if other.kind == "edge" && row.kind != "tests" || other.kind == "tests" {
				t.Errorf("%s imports %s: only commands import edges, and only tests what is for tests", row.name, name)
			}
			floor = max(floor, floors[name]+1)
		}
		for _, name := range forbidden {
			assert.False(t, row.kind == "" && imports[name], "%s is part of the core and imports %s", row.name, name)
		}
		base := path.Base(row.name)
		assert.NotContains(t, above, base, "two packages have one name")
		above[base], floors[base] = row, floor
		for len(drawing) <= floor {
			drawing = append(drawing, nil)
		}
		drawing[floor] = append(drawing[floor], base)
	}
	for _, name := range slices.Sorted(maps.Keys(packages)) {
		row := fmt.Sprintf("| `%s` | what it is | %s |", name, strings.Join(ofProject(packages[name]), ", "))
		t.Errorf("%s has no row for %s; add, below what it imports:\n%s", architecture, name, row)
	}
	t.Log("\n" + draw(drawing))
}

// draw draws the floors, the highest first. A package imports only packages of lower floors.
func draw(floors [][]string) string {
	var b strings.Builder
	for i, names := range slices.Backward(floors) {
		fmt.Fprintf(&b, "%3d │ %s\n", i, strings.Join(names, " · "))
	}
	return b.String() + "    └" + strings.Repeat("─", 80)
}
