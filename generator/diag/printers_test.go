package diag

import (
	"bytes"
	"cmp"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"candor/generator/message"
)

var update = flag.Bool("update", false, "write the golden files")

// findings are one of every shape that the printers meet.
func findings() List {
	at := func(path, text, marked, rule, message, hint string) Diagnostic {
		s := Source{path, []byte(text)}
		start := strings.Index(text, marked)
		return s.At(start, start+len(marked), rule, Textf("%s", message), Textf("%s", hint))
	}
	chinese := strings.Repeat("公布第三方检测报告，", 40)
	list := List{
		at("a/plain.md", "title = \"x\"\nlevel = 7\n", "7", "bad-value", "level 7 is not known", "write 1, 2 or 3"),
		at("a/wide.md", "公布 检测报告 due:2026-02-30 明天", "2026-02-30", "bad-date", "February 2026 has 28 days", ""),
		at("a/wide-mark.md", "公布检测报告", "检测", "wording", "two wide characters take four cells", ""),
		at("a/tabs.md", "\tx =\tbad value", "bad", "bad-value", "tabs stay and the mark stands under its word", ""),
		at("a/long.md", chinese+"[这里](缺失.md)"+chinese, "缺失.md", "broken-link", "a paragraph of Chinese is one line", "link to a page that exists"),
		at("a/long-first.md", "wrong "+chinese, "wrong", "wording", "long, marked at its start", ""),
		at("a/long-last.md", chinese+"wrong", "wrong", "wording", "long, marked at its end", ""),
		at("a/bidi.md", "user\u202e\u2066admin\x1b[31m \x00 bad", "bad", "bad-value", "hidden \u202e and \x1b[2J in a message\nof two lines", "hint\twith tab"),
		at("a/invalid.md", "\xff\xfe bad", "bad", "bad-value", "invalid bytes count one each", ""),
		at("a/bom.md", "\ufefftitle", "title", "bad-value", "a byte order mark does not count", ""),
		at("a/crlf.md", "one\r\ntwo\r\n", "two", "bad-value", "CRLF", ""),
		at("a/combining.md", "e\u0301e\u0301 bad 👨‍👩‍👧", "bad", "bad-value", "combining marks take no cell", ""),
		Source{"a/end.md", []byte("+++\ntitle")}.At(9, 9, "bad-value", Textf("%q is not closed at the end of line %d", "+++", 2), Text{}),
		Source{"a/whole.md", nil}.Whole("missing-file", Textf("the file is empty"), Textf("write something")),
	}
	list = append(list, Diagnostic{Rule: "wording", Severity: Warning, Path: "a/line.md", Line: 12345, Excerpt: "the whole line is meant", Message: Textf("a warning")})
	return list
}

// allowed are some findings, of which one has a reason.
func allowed() List {
	return findings()[2:7].Suppress(func(d Diagnostic) *Suppression {
		if d.Path != "a/wide-mark.md" {
			return nil
		}
		return &Suppression{Reason: "因为 it is \u202equoted", Line: 1, Column: 2, Width: 30}
	})
}

func inContent(path string) string { return "content/" + path }

func TestGolden(t *testing.T) {
	for name, print := range map[string]func(*bytes.Buffer) error{
		"text": func(b *bytes.Buffer) error { return WriteText(b, findings(), TextOptions{}) },
		"chinese": func(b *bytes.Buffer) error {
			list := append(allowed(), Source{"a/list.md", []byte("title = []\n")}.At(8, 10, "bad-value",
				Textf("%s must be a text, not %s", "title", Textf("a list")), Textf("put it in quotation marks: %s = \"%s\"", "title", "x")))
			return WriteText(b, list, TextOptions{Words: message.In("zh-Hans"), Suppressed: true})
		},
		"color": func(b *bytes.Buffer) error { return WriteText(b, findings()[:2], TextOptions{Color: true}) },
		"json":  func(b *bytes.Buffer) error { return WriteJSON(b, findings(), JSONOptions{}) },
		"suppressed": func(b *bytes.Buffer) error {
			return cmp.Or(WriteText(b, allowed(), TextOptions{Suppressed: true}), WriteJSON(b, allowed(), JSONOptions{Suppressed: true}))
		},
		"github": func(b *bytes.Buffer) error {
			return cmp.Or(WriteGitHub(b, findings(), GitHubOptions{Rename: inContent}), WriteGitHub(b, allowed(), GitHubOptions{Suppressed: true}))
		},
		"sarif": func(b *bytes.Buffer) error { return WriteSARIF(b, allowed(), sarifOptions()) },
	} {
		var got bytes.Buffer
		if err := print(&got); err != nil {
			t.Fatal(err)
		}
		golden := filepath.Join("testdata", name+".golden")
		if *update {
			if err := os.WriteFile(golden, got.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil || !bytes.Equal(got.Bytes(), want) {
			t.Errorf("%s (run with -update to accept):\n%s\nwant\n%s", name, got.Bytes(), want)
		}
	}
}

func TestRename(t *testing.T) {
	var b bytes.Buffer
	list := List{Source{"x.md", nil}.Whole("r", Textf("m"), Text{})}
	WriteText(&b, list, TextOptions{Rename: inContent})
	if b.String() != "content/x.md: error: m [r]\n" {
		t.Fatal(b.String())
	}
}

func TestNothingToSay(t *testing.T) {
	var text, encoded bytes.Buffer
	WriteText(&text, nil, TextOptions{})
	WriteJSON(&encoded, nil, JSONOptions{})
	if text.Len() > 0 || encoded.String() != "[]\n" {
		t.Fatalf("%q %q", &text, &encoded)
	}
}

func TestJSONSaysWhatWasSaid(t *testing.T) {
	var b bytes.Buffer
	message := "quote \" < & \u202e \U000e0041 \x1b \u0085 公布 \u2028"
	if err := WriteJSON(&b, List{{Path: "x", Message: Text{Format: message}}}, JSONOptions{}); err != nil {
		t.Fatal(err)
	}
	var back []struct{ Message string }
	if err := json.Unmarshal(b.Bytes(), &back); err != nil || back[0].Message != message {
		t.Fatal(err, back)
	}
	if strings.ContainsAny(b.String(), "\u202e\u0085\u2028\x1b") {
		t.Fatalf("raw: %q", b.String())
	}
}

func TestSortDropsWhatIsSaidTwice(t *testing.T) {
	d := func(path string, line int, message string) Diagnostic {
		return Diagnostic{Path: path, Line: line, Message: Textf("%s", message)}
	}
	got := List{d("b", 1, "m"), d("a", 2, "m"), d("a", 1, "n"), d("a", 1, "m"), d("b", 1, "m")}.Sort()
	want := List{d("a", 1, "m"), d("a", 1, "n"), d("a", 2, "m"), d("b", 1, "m")}
	if len(got) != len(want) {
		t.Fatal(got)
	}
	for i := range want {
		if !reflect.DeepEqual(got[i], want[i]) {
			t.Errorf("%d: %v, want %v", i, got[i], want[i])
		}
	}
}
