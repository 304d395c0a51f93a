package ledger_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"candor/generator/fileset"
	"candor/generator/input/ledger"
)

var noon = time.Date(2026, 11, 4, 12, 0, 0, 0, time.UTC)

// files makes a ledger of some lines, with their texts and a checkpoint.
func files(t *testing.T, lines ...ledger.Line) []fileset.File {
	t.Helper()
	var written []string
	var all []fileset.File
	for i, line := range lines {
		line.Number, line.Instant = int64(i), noon.Add(time.Duration(i)*time.Minute)
		if i > 0 {
			line.Before = ledger.Fingerprint(written[i-1])
		}
		if line.Kind != ledger.Withdrawal {
			text := ledger.Text{Salt: [32]byte{byte(i)}, Text: line.Unit + "\n"}
			line.Commitment = ledger.Commit(text.Salt, text.Text)
			all = append(all, text.File())
		}
		written = append(written, line.String())
	}
	point := ledger.Point{Origin: "status.example", Size: int64(len(written)), Root: ledger.Root(written)}
	return append(all, fileset.NewFile(ledger.Log, []byte(strings.Join(written, "\n")+"\n")),
		fileset.NewFile(ledger.Checkpoint, []byte(point.String())))
}

func three(t *testing.T) []fileset.File {
	return files(t,
		ledger.Line{Kind: ledger.Publish, Revision: 1, Unit: "rash"},
		ledger.Line{Kind: ledger.Publish, Revision: 1, Unit: "rash/files/lab report 100%.pdf"},
		ledger.Line{Kind: ledger.Correction, Revision: 2, Unit: "rash", Reason: "ten, not  nine\nof them"})
}

func TestRead(t *testing.T) {
	l, found := ledger.Read(fileset.Must(three(t)))
	require.Empty(t, found)
	require.Len(t, l.Lines, 3)
	assert.Equal(t, "rash/files/lab report 100%.pdf", l.Lines[1].Unit)
	assert.Contains(t, l.Lines[1].String(), " rash/files/lab%20report%20100%25.pdf ")
	assert.Equal(t, "ten, not nine of them", l.Unit("rash").Last().Reason, "a reason is one line")
	assert.Equal(t, []string{"rash", "rash/files/lab report 100%.pdf"}, l.Incident("rash").Units)
	assert.Empty(t, l.Stray())

	none, found := ledger.Read(fileset.Must(nil))
	assert.Nil(t, none)
	assert.Empty(t, found)
}

// TestDamage: whatever happens to a ledger is found, and said once.
func TestDamage(t *testing.T) {
	edit := func(path string, change func(string) string) func([]fileset.File) []fileset.File {
		return func(list []fileset.File) []fileset.File {
			for i, f := range list {
				if strings.HasPrefix(f.Path, path) {
					list[i] = fileset.NewFile(f.Path, []byte(change(string(f.Data))))
					break
				}
			}
			return list
		}
	}
	lines := func(change func(lines []string) []string) func([]fileset.File) []fileset.File {
		return edit(ledger.Log, func(log string) string {
			return strings.Join(change(strings.SplitAfter(strings.TrimSuffix(log, "\n")+"\n", "\n")), "")
		})
	}
	remove := func(path string) func([]fileset.File) []fileset.File {
		return func(list []fileset.File) []fileset.File {
			var kept []fileset.File
			for _, f := range list {
				if !strings.HasPrefix(f.Path, path) {
					kept = append(kept, f)
				}
			}
			return kept
		}
	}
	for name, c := range map[string]struct {
		damage func([]fileset.File) []fileset.File
		want   string
		line   int
	}{
		"a line taken out":       {lines(func(l []string) []string { return append(l[:1:1], l[2:]...) }), "this line has number 2, and stands where 1 belongs", 2},
		"lines moved":            {lines(func(l []string) []string { return []string{l[1], l[0], l[2]} }), "this line has number 1, and stands where 0 belongs", 1},
		"a line changed":         {edit(ledger.Log, func(s string) string { return strings.Replace(s, "12:00:00Z publish", "12:00:00Z typo", 1) }), "the line above (0) is not the one that was sealed", 2},
		"the last line changed":  {edit(ledger.Log, func(s string) string { return strings.Replace(s, "ten,", "six,", 1) }), "the ledger was written anew", 0},
		"the last lines lost":    {lines(func(l []string) []string { return l[:1] }), "3 were sealed at its last checkpoint", 0},
		"a line by hand":         {edit(ledger.Log, func(s string) string { return s + "3 today publish\n" }), "this is not a line of a ledger", 4},
		"half a line":            {edit(ledger.Log, func(s string) string { return s[:len(s)-3] }), "this is not a line of a ledger", 3},
		"Windows' line ends":     {edit(ledger.Log, func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") }), "this is not a line of a ledger", 1},
		"another text":           {edit(ledger.Texts, func(s string) string { return strings.Replace(s, "rash", "wash", 1) }), "this is not the text that was sealed under this name", 0},
		"a text of another kind": {edit(ledger.Texts, func(s string) string { return "" }), "this is not the text that was sealed under this name", 0},
		"no texts":               {remove(ledger.Texts), "is missing", 0},
		"no log":                 {remove(ledger.Log), "3 were sealed at its last checkpoint", 0},
		"no checkpoint":          {remove(ledger.Checkpoint), "the checkpoint of the ledger is missing", 0},
		"a checkpoint of others": {edit(ledger.Checkpoint, func(s string) string { return strings.Replace(s, "\n3\n", "\n2\n", 1) }), "the ledger was written anew", 0},
		"no number in it":        {edit(ledger.Checkpoint, func(s string) string { return strings.Replace(s, "\n3\n", "\n03\n", 1) }), "the checkpoint of the ledger is missing", 0},
		"a conflict":             {edit(ledger.Log, func(s string) string { return "<<<<<<< ours\n" + s + "=======\n>>>>>>> theirs\n" }), "", 1},
	} {
		t.Run(name, func(t *testing.T) {
			l, found := ledger.Read(fileset.Must(c.damage(three(t))))
			assert.Nil(t, l)
			require.NotEmpty(t, found)
			assert.Contains(t, found[0].Message.String(), c.want)
			assert.Equal(t, c.line, found[0].Line)
			assert.LessOrEqual(t, len(found), 2, "it is said once")
		})
	}
}

// TestInterrupted: a seal that was killed leaves lines without a checkpoint, or texts without a line.
func TestInterrupted(t *testing.T) {
	list := three(t)
	less := ledger.Point{Origin: "status.example", Size: 2}
	log := strings.Split(string(list[3].Data), "\n")
	less.Root = ledger.Root(log[:2])
	list[len(list)-1] = fileset.NewFile(ledger.Checkpoint, []byte(less.String()))
	stray := ledger.Text{Text: "x"}.File()
	l, found := ledger.Read(fileset.Must(append(list, stray)))
	require.Empty(t, found)
	assert.Equal(t, []string{stray.Path}, l.Stray())
}

// TestWithdrawn: a seal that was killed before it deleted a withdrawn text leaves nothing that is shown.
func TestWithdrawn(t *testing.T) {
	text := ledger.Text{Salt: [32]byte{1}, Text: "rash\n"}
	first := ledger.Line{Kind: ledger.Publish, Revision: 1, Unit: "rash", Commitment: ledger.Commit(text.Salt, text.Text)}
	second := ledger.Line{Number: 1, Kind: ledger.Withdrawal, Revision: 2, Unit: "rash", Before: ledger.Fingerprint(first.String())}
	lines := []string{first.String(), second.String()}
	point := ledger.Point{Origin: "status.example", Size: 2, Root: ledger.Root(lines)}
	l, found := ledger.Read(fileset.Must([]fileset.File{text.File(), fileset.NewFile(ledger.Checkpoint, []byte(point.String())),
		fileset.NewFile(ledger.Log, []byte(strings.Join(lines, "\n")+"\n"))}))
	require.Empty(t, found)
	assert.Equal(t, []string{text.File().Path}, l.Stray())
	_, there := l.Text(l.Lines[0])
	assert.False(t, there)
	history, _ := l.History("rash")
	assert.True(t, history[0].Deleted)
	assert.Empty(t, history[0].Text)
}

// TestVectors holds the examples of docs/trust.md.
func TestVectors(t *testing.T) {
	assert.Equal(t, "f3ca3ab03e797d04d0aacc0c3f2ed06ff667310042f1ccbd679b776dc041d083", ledger.Commit([32]byte{}, "Hello\n"))
	assert.Equal(t, "294b9d75c1f8c02c228849a37ce2dce687345b96408bbadabe6aab1ef1809015", ledger.Commit([32]byte{}, "退款办好了。\n"))
	assert.Equal(t, "0000-0000-0000", ledger.Point{}.Fingerprint())
}

// FuzzRead: no log and no checkpoint makes reading fail, and what is read is written as it was.
func FuzzRead(f *testing.F) {
	f.Add("0 2026-11-04T12:00:00Z publish 1 rash "+strings.Repeat("a", 64)+" - -\n", "status.example\n0\n"+strings.Repeat("A", 43)+"=\n")
	f.Add("", "")
	f.Fuzz(func(t *testing.T, log, checkpoint string) {
		l, found := ledger.Read(fileset.Must([]fileset.File{fileset.NewFile(ledger.Log, []byte(log)),
			fileset.NewFile(ledger.Checkpoint, []byte(checkpoint))}))
		if l == nil {
			require.NotEmpty(t, found)
			return
		}
		var again strings.Builder
		for _, line := range l.Lines {
			again.WriteString(line.String() + "\n")
		}
		assert.Equal(t, log, again.String())
	})
}
