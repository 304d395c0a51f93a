package fileset

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

func TestWith(t *testing.T) {
	base := set("a", "1", "c", "1", "d/e", "1")
	for _, test := range []struct {
		files []File
		gone  []string
		want  Set
	}{
		{nil, nil, base},
		{files("c", "2"), nil, set("a", "1", "c", "2", "d/e", "1")},
		{files("e", "2", "b", "2", "0", "2"), nil, set("0", "2", "a", "1", "b", "2", "c", "1", "d/e", "1", "e", "2")},
		{nil, []string{"d/e", "none", "a"}, set("c", "1")},
		{files("d", "2"), []string{"d/e"}, set("a", "1", "c", "1", "d", "2")},
		{nil, []string{"a", "c", "d/e"}, set()},
	} {
		if got := base.With(test.files, test.gone); !slices.Equal(pairs(got), pairs(test.want)) {
			t.Errorf("with %v, without %v: %v", test.files, test.gone, pairs(got))
		}
	}
	if got := (Set{}).With(files("b", "1", "a", "1"), []string{"c"}); !slices.Equal(pairs(got), []string{"a", "1", "b", "1"}) {
		t.Error(pairs(got))
	}
	if !slices.Equal(pairs(base), []string{"a", "1", "c", "1", "d/e", "1"}) {
		t.Error("the set itself was changed")
	}
	defer func() {
		if recover() == nil {
			t.Error("two changes of one path are taken")
		}
	}()
	base.With(files("a", "2"), []string{"a"})
}

// TestWithIsNew makes random changes and compares with a set made afresh.
func TestWithIsNew(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	held := map[string]string{}
	var s Set
	for step := range 500 {
		var changed []File
		var gone []string
		for _, i := range random.Perm(40)[:random.IntN(6)] {
			path := fmt.Sprintf("f%02d", i)
			if random.IntN(2) == 0 {
				gone = append(gone, path)
				delete(held, path)
			} else {
				held[path] = fmt.Sprint(step)
				changed = append(changed, NewFile(path, []byte(held[path])))
			}
		}
		s = s.With(changed, gone)
		var all []File
		for path, data := range held {
			all = append(all, NewFile(path, []byte(data)))
		}
		if want := Must(all); s.Sum() != want.Sum() || s.Len() != want.Len() {
			t.Fatalf("step %d: %v, want %v", step, pairs(s), pairs(want))
		}
	}
}
