// Package tomldoc reads TOML as an editor's text: every fault has a position and
// a hint, and all faults of a file are found in one run.
//
// BurntSushi/toml decodes; this package walks what it decoded with typed getters, each of which
// reports a value of the wrong type at its place. A key that no getter asked for is unknown, and a
// close one is suggested. A time with no offset stays a wall-clock reading until a caller names its
// zone: it never takes the machine's.
package tomldoc

import (
	"bytes"
	"errors"
	"regexp"
	"strings"

	"github.com/BurntSushi/toml"

	"candor/generator/diag"
)

// Doc is one piece of TOML within a source: a whole file, or front matter.
type Doc struct {
	src        diag.Source
	start, end int
	found      diag.List
	index      index // made when the first position is asked for
	poisoned   bool  // values made of poison stand for dates that were reported
}

// datesLimit bounds how many impossible dates are reported in one file.
const datesLimit = 20

// limit is how many bytes of TOML are read: nested arrays take the decoder more than linear time.
const limit = 64 << 10

// depthLimit is how deep tables, arrays and dotted keys may be nested: 64 KiB of
// dotted keys cost the decoder a minute and 40 GB.
const depthLimit = 16

// reportLimit bounds how much is reported of one document.
const reportLimit = 100

// Parse decodes the bytes [start, end) of src. After a fault of syntax the
// returned table is nil; Doc.Findings says what is wrong.
func Parse(src diag.Source, start, end int) (*Doc, *Table) {
	d := &Doc{src: src, start: start, end: end}
	if end-start > limit {
		d.found = append(d.found, src.Whole("bad-value", diag.Textf("this is longer than %d KiB of TOML", limit>>10),
			diag.Textf("texts belong in Markdown files")))
		return d, nil
	}
	if at, deep := tooDeep(src.Data[start:end]); deep {
		d.found = append(d.found, src.At(start+at, start+at+1, "bad-value",
			diag.Textf("this is nested more than %d deep", depthLimit),
			diag.Textf("nothing here needs that: check for brackets that are not closed")))
		return d, nil
	}
	text := string(src.Data[start:end])
	mended := map[int]bool{} // by where their lines begin
	for range datesLimit {
		var values any // a map would be filled key by key, through reflection
		_, err := toml.Decode(text, &values)
		if err == nil {
			return d, &Table{doc: d, values: values.(map[string]any)}
		}
		var fault toml.ParseError
		if !errors.As(err, &fault) {
			d.found = append(d.found, src.At(start, start, "bad-value",
				diag.Textf("this is not TOML: %s", err.Error()), diag.Text{}))
			return d, nil
		}
		// The decoder may point before the first byte.
		fault.Position.Start = min(max(fault.Position.Start, 0), len(text))
		from, to := fault.Position.Start, fault.Position.Start+fault.Position.Len
		if at, rest, ok := d.mend(text, from); ok && !mended[at] {
			mended[at], text = true, rest
			continue
		}
		if !strings.HasPrefix(fault.Message, "invalid datetime") || to > len(text) || to-from < 3 {
			d.found = append(d.found, d.syntax(fault))
			return d, nil
		}
		d.found = append(d.found, src.At(start+from, start+to, "bad-date",
			diag.Textf("%s is not a date and time that exists", text[from:to]), dateHint()))
		// Go on without the impossible date, so that the rest is checked too.
		d.poisoned = true
		text = text[:from] + "'" + strings.Repeat(poison, to-from-2) + "'" + text[to:]
	}
	return d, nil
}

// mend reports the line of a fault if it can be mended, and returns where it begins and the text
// in which it is mended, of the same length.
func (d *Doc) mend(text string, fault int) (at int, rest string, ok bool) {
	at = strings.LastIndexByte(text[:fault], '\n') + 1
	line := string(lineAt([]byte(text), fault))
	now, ok := mend(line)
	if !ok {
		return at, text, false
	}
	rule := "bad-value"
	if strings.Contains(now, "= ") && isDate.MatchString(now) && !isDate.MatchString(line) {
		rule = "bad-date"
	}
	d.found = append(d.found, d.src.Mended(diag.Instead(d.start+at, line, now), rule,
		diag.Textf("this line has signs that TOML does not know"), diag.Textf("write: %s", strings.TrimSpace(now))))
	if len(now) > len(line) {
		now = strings.Replace(now, " = ", "=", 1)
	}
	if sign := strings.IndexByte(now, '='); len(now) > len(line) { // only a text gets longer
		now = now[:sign] + "='" + strings.Repeat("x", max(0, len(line)-sign-3)) + "'"
	}
	return at, text[:at] + now + strings.Repeat(" ", max(0, len(line)-len(now))) + text[at+len(line):], true
}

// isDate is a line whose value is a date and time.
var isDate = regexp.MustCompile(`=\s*\d{4}-\d\d-\d\d[T ]\d\d:\d\d`)

// poison fills the place of a value that has been reported already.
const poison = "?"

func (d *Doc) isPoisoned(v any) bool {
	s, ok := v.(string)
	return d.poisoned && ok && s != "" && strings.Trim(s, poison) == ""
}

func dateHint() diag.Text {
	return diag.Textf("write it as 2026-11-04T18:00, or with an offset as 2026-11-04T18:00:00+08:00")
}

func lineAt(data []byte, at int) []byte {
	at = min(at, len(data))
	line, _, _ := bytes.Cut(data[bytes.LastIndexByte(data[:at], '\n')+1:], []byte("\n"))
	return line
}

// Findings returns what is wrong with the document so far.
func (d *Doc) Findings() diag.List { return d.found }

func (d *Doc) report(from, to int, rule string, message, hint diag.Text) {
	if len(d.found) < reportLimit {
		d.found = append(d.found, d.src.At(from, to, rule, message, hint))
	}
}

func (d *Doc) locate(path string) Item {
	if d.index == nil {
		d.index = newScanner(d.src.Data[d.start:d.end], d.start).scan()
	}
	return d.index.find(path)
}

// Locate returns the bytes of the value at path in the TOML [start, end) of data, such as
// "contact.1.value"; if there is none, those of the nearest key above it, or of the first line.
func Locate(data []byte, start, end int, path string) (from, to int) {
	return Locator(data, start, end)(path)
}

// Locator reads the TOML once and returns Locate of it, for many paths.
func Locator(data []byte, start, end int) func(path string) (from, to int) {
	all := newScanner(data[start:end], start).scan()
	return func(path string) (from, to int) {
		item := all.find(path)
		return max(start, item.Value), max(start, item.ValueEnd)
	}
}
