package fileset

import (
	"io/fs"
	"reflect"
	"slices"
	"testing"
	"testing/fstest"
)

func files(pairs ...string) []File {
	var list []File
	for i := 0; i < len(pairs); i += 2 {
		list = append(list, NewFile(pairs[i], []byte(pairs[i+1])))
	}
	return list
}

func set(pairs ...string) Set { return Must(files(pairs...)) }

func pairs(s Set) []string {
	var list []string
	for f := range s.All() {
		list = append(list, f.Path, string(f.Data))
	}
	return list
}

func TestNewSortsAndRefusesDoubles(t *testing.T) {
	given := files("b", "2", "a/b", "1", "a-b", "0")
	s := Must(given)
	if got := pairs(s); !slices.Equal(got, []string{"a-b", "0", "a/b", "1", "b", "2"}) {
		t.Fatal(got)
	}
	if given[0].Path != "b" {
		t.Error("the caller's slice was sorted")
	}
	if _, err := New(files("a", "1", "b", "2", "a", "3")); err == nil || err.Error() != `two files have the path "a"` {
		t.Error(err)
	}
}

func TestSorted(t *testing.T) {
	if got := pairs(Sorted(files("a", "1", "a/b", "2", "b", "3"))); !slices.Equal(got, []string{"a", "1", "a/b", "2", "b", "3"}) {
		t.Error(got)
	}
	for _, wrong := range [][]File{files("b", "", "a", ""), files("a", "1", "a", "2")} {
		func() {
			defer func() {
				if recover() == nil {
					t.Error("what is not in order is taken")
				}
			}()
			Sorted(wrong)
		}()
	}
}

func TestNewFileRefusesPathsThatAreNone(t *testing.T) {
	for _, path := range []string{"", ".", "/a", "a/", "../a", "a//b", "a/./b"} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%q is taken", path)
				}
			}()
			NewFile(path, nil)
		}()
	}
}

func TestIsAFileSystem(t *testing.T) {
	s := set("index.html", "home", "a/b/c", "deep", "a/b.txt", "x", "a-b/c", "y", "empty", "")
	if err := fstest.TestFS(s, "index.html", "a/b/c", "a/b.txt", "a-b/c", "empty"); err != nil {
		t.Error(err)
	}
	if err := fstest.TestFS(Set{}); err != nil {
		t.Error(err)
	}
	data, err := s.ReadFile("index.html")
	if err != nil || string(data) != "home" {
		t.Fatal(err)
	}
	data[0] = 'X'
	if f, _ := s.Get("index.html"); string(f.Data) != "home" {
		t.Error("ReadFile lends the set's own bytes")
	}
	for _, name := range []string{"none", "a/b/c/d", "a/b/", "a/"} {
		if _, err := fs.Stat(s, name); err == nil {
			t.Errorf("%q is there", name)
		}
	}
}

func TestUnder(t *testing.T) {
	s := set("a", "0", "a-b/c", "1", "a.d/c", "2", "a/b", "3", "a/c/d", "4", "b", "5")
	for dir, want := range map[string][]string{
		"a": {"a/b", "3", "a/c/d", "4"}, "a/c": {"a/c/d", "4"}, "a-b": {"a-b/c", "1"}, "b": nil, "none": nil,
	} {
		if got := pairs(s.Under(dir)); !slices.Equal(got, want) {
			t.Errorf("%s: %v", dir, got)
		}
	}
}

func TestOverlayAndDiff(t *testing.T) {
	for _, test := range []struct {
		base, top, merged Set
		diff              []Difference // from base to top
	}{
		{set(), set(), set(), nil},
		{set("a", "1"), set(), set("a", "1"), []Difference{{"a", Removed}}},
		{set(), set("a", "1"), set("a", "1"), []Difference{{"a", Added}}},
		{set("a", "1", "c", "1", "d", "1"), set("b", "2", "c", "2", "d", "1", "e", "2"), set("a", "1", "b", "2", "c", "2", "d", "1", "e", "2"),
			[]Difference{{"a", Removed}, {"b", Added}, {"c", Modified}, {"e", Added}}},
	} {
		if got := Overlay(test.base, test.top); !slices.Equal(pairs(got), pairs(test.merged)) {
			t.Errorf("overlay: %v", pairs(got))
		}
		if got := Diff(test.base, test.top); !reflect.DeepEqual(got, test.diff) {
			t.Errorf("diff: %v, want %v", got, test.diff)
		}
	}
}

func TestSum(t *testing.T) {
	sums := map[Sum]int{}
	for i, s := range []Set{
		set(), set("a", ""), set("a", "b"), set("a", "c"), set("b", "b"), set("ab", ""), set("a", "b", "c", "d"), set("a", "d", "c", "b"), set("a", "", "b", ""),
	} {
		if other, seen := sums[s.Sum()]; seen {
			t.Errorf("sets %d and %d have one sum", i, other)
		}
		sums[s.Sum()] = i
	}
	if set("a", "1", "b", "2").Sum() != set("b", "2", "a", "1").Sum() {
		t.Error("the order of making matters")
	}
	const want = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" // FIPS 180-4's own example
	if got := NewFile("x", []byte("abc")).Sum; got.String() != want || got.Short() != want[:8] {
		t.Error(got)
	}
}

func TestChildren(t *testing.T) {
	s := set("a", "0", "a-b/c", "1", "a.d/c", "2", "a/b", "3", "a/c-d/e", "4", "a/c.x", "5", "a/c/d", "6", "a/c/f/g", "7", "b", "8")
	var got []string
	for name, children := range s.Children("a") {
		got = append(got, name)
		got = append(got, pairs(children)...)
	}
	if want := []string{"a/c-d", "a/c-d/e", "4", "a/c", "a/c/d", "6", "a/c/f/g", "7"}; !slices.Equal(got, want) {
		t.Error(got)
	}
	for range s.Children("none") {
		t.Error("a folder that is not there has children")
	}
	for name := range s.Children("a") {
		if name != "a/c-d" {
			t.Error("the loop goes on")
		}
		break
	}
	if !Same(s, Must(slices.Collect(s.All()))) || Same(s, s.Under("a")) || Same(set("a", "1"), set("a", "2")) || Same(set("a", "1"), set("b", "1")) {
		t.Error("Same is wrong")
	}
}
