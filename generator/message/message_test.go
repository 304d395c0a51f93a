package message

import (
	"errors"
	"fmt"
	"io/fs"
	"testing"

	"github.com/stretchr/testify/assert"
)

func texts(catalogue string) map[string]Forms {
	texts, err := Texts([]byte(catalogue))
	if err != nil {
		panic(err)
	}
	return texts
}

// words are a catalogue in which the order of the arguments is another.
func words() *Words {
	return Reader("zh-Hans").With(texts(`
test = [
  ["%s is in %s", "%[2]s里有%[1]s"],
  ["100 % of it", "100% 都是"],
  ["%d files", "%d 个文件"],
  ["cannot read %s: %w", "读不了 %s：%w"],
  ["file does not exist", "没有这个文件"],
  ["a list", "列表"],
]
more = [["cannot go on", "不能继续"]]
`))
}

func TestTexts(t *testing.T) {
	for _, c := range []struct {
		text             Text
		english, chinese string
	}{
		{Textf("%s is in %s", "a", "b"), "a is in b", "b里有a"},
		{Textf("%s is in %s", Textf("a list"), Textf("%d files", 2)), "a list is in 2 files", "2 个文件里有列表"},
		{Textf("100 % of it"), "100 % of it", "100% 都是"},
		{Textf("nobody knows %q", "x"), `nobody knows "x"`, `nobody knows "x"`},
		{Plural(1, "%d file", "%d files"), "1 file", "1 个文件"},
		{Plural(0, "%d file", "%d files"), "0 files", "0 个文件"},
		{Text{}, "", ""},
		{Text{Format: "Say when: 50 % is a share."}.Also("zh-Hans", "写时间。"), "Say when: 50 % is a share.", "写时间。"},
		{Text{Format: "Dites quand."}.Also("fr", "Dites quand."), "Dites quand.", "Dites quand."},
		{Textf("%s", fmt.Errorf("open x: %w", fs.ErrNotExist)), "open x: file does not exist", "open x: 没有这个文件"},
	} {
		assert.Equal(t, c.english, c.text.String())
		assert.Equal(t, c.english, c.text.In(nil))
		assert.Equal(t, c.english, fmt.Sprintf("%v", c.text))
		assert.Equal(t, c.chinese, c.text.In(words()))
	}
}

// wrapped hides what it wraps from a type switch, as errors of commands do.
type wrapped struct{ error }

func (w wrapped) Unwrap() error { return w.error }

func TestErrors(t *testing.T) {
	err := Errorf("cannot read %s: %w", "x", &fs.PathError{Op: "open", Path: "x/y", Err: fs.ErrNotExist})
	for _, c := range []struct {
		err              error
		english, chinese string
	}{
		{err, "cannot read x: open x/y: file does not exist", "读不了 x：open x/y: 没有这个文件"},
		{wrapped{err}, "cannot read x: open x/y: file does not exist", "读不了 x：open x/y: 没有这个文件"},
		{errors.Join(err, Errorf("cannot go on")),
			"cannot read x: open x/y: file does not exist\ncannot go on", "读不了 x：open x/y: 没有这个文件\n不能继续"},
		{errors.New("of somebody else"), "of somebody else", "of somebody else"},
	} {
		assert.Equal(t, c.english, c.err.Error())
		assert.Equal(t, c.english, (*Words)(nil).Error(c.err))
		assert.Equal(t, c.chinese, words().Error(c.err))
	}
	assert.ErrorIs(t, err, fs.ErrNotExist)
	var path *fs.PathError
	assert.ErrorAs(t, wrapped{err}, &path)
}

func TestWords(t *testing.T) {
	for _, tag := range Languages() {
		assert.Equal(t, tag, In(tag).Tag())
	}
	english := In("en")
	assert.Equal(t, "1 file", english.Sayf("%d file", 1))
	w := words()
	more := w.With(texts(`test = [["%s is in %s", "%s 在 %s"]]`))
	assert.Equal(t, "b里有a", w.Sayf("%s is in %s", "a", "b"), "the words have changed")
	assert.Equal(t, "a 在 b", more.Sayf("%s is in %s", "a", "b"))
	assert.Equal(t, "2 个文件", more.Sayf("%d files", 2))
	for _, broken := range []string{
		"x = [", `x = [["a"]]`, `x = "a"`, `x = [["a", "b", "c"]]`, `x = [["a", 1]]`, `x = [[]]`,
		`x = [["%d files", { some = "a" }]]`, "x = [[\"a\", \"b\"]]\ny = [[\"a\", \"b\"]]",
	} {
		_, err := Texts([]byte(broken))
		assert.Error(t, err, broken)
	}
}
