package write

import (
	"bytes"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"unicode"

	"github.com/BurntSushi/toml"

	"candor/generator/input/tomldoc"
)

// TOML is a text that is being changed: front matter, or site.toml.
type TOML struct {
	Table // the keys before the first header

	text []byte
	err  error
}

// Table is a table in a TOML.
type Table struct {
	doc   *TOML
	names []string // from the text's own table down; an element of an array has its number
}

// Edit returns a text that exists, or an empty one, to change it.
func Edit(text []byte) *TOML {
	d := &TOML{text: bytes.Clone(text)}
	d.Table.doc = d
	return d
}

// Bytes returns the text, or the first change that was not possible.
func (d *TOML) Bytes() ([]byte, error) { return d.text, d.err }

// Comment adds a comment at the end of the text, one line for each line of it.
func (d *TOML) Comment(text string) {
	for _, line := range strings.Split(text, "\n") {
		d.appendLine(strings.TrimSpace("# " + Line(line)))
	}
}

// Line writes a text on one line: what ends a line, or may not be in a comment, is a space.
func Line(text string) string {
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
}

// In returns the table with a name. It need not exist: the first key that is set begins it.
func (t Table) In(name string) Table {
	return Table{t.doc, append(t.names[:len(t.names):len(t.names)], name)}
}

// Add begins a [[name]] table at the end of the text and returns it.
func (t Table) Add(name string) Table {
	d, array := t.doc, t.In(name)
	n := 0
	for _, item := range tomldoc.Items(d.text) {
		if item.Header && item.Path == array.path()+"."+strconv.Itoa(n) {
			n++
		}
	}
	element := array.In(strconv.Itoa(n))
	d.change(func() { d.header("[[" + array.header() + "]]") }, func(values map[string]any) error {
		parent, err := t.in(values)
		if err != nil {
			return err
		}
		list, ok := parent[name].([]map[string]any)
		if !ok && parent[name] != nil {
			return fmt.Errorf("write: %s is not a list of tables", array.path())
		}
		parent[name] = append(list, map[string]any{})
		return nil
	})
	return element
}

// Set gives a key a value. The line of a key that exists keeps its comment.
func (t Table) Set(name string, v Value) {
	d := t.doc
	d.change(func() { t.put(name, v) }, func(values map[string]any) error {
		value, err := decode([]byte("v = " + string(v)))
		if err != nil {
			return err
		}
		table, err := t.in(values)
		if err == nil {
			table[name] = value["v"]
		}
		return err
	})
}

// Remove removes a key and the line or lines that it is on.
func (t Table) Remove(name string) {
	d := t.doc
	items := tomldoc.Items(d.text)
	pair := find(items, t.In(name).path(), false)
	if pair == nil {
		return
	}
	d.change(func() {
		if outer := t.inline(items); outer != nil {
			d.cutInline(items, outer, pair)
			return
		}
		from := bytes.LastIndexByte(d.text[:pair.Start], '\n') + 1
		d.splice(from, lineEnd(d.text, pair.ValueEnd), "")
	}, func(values map[string]any) error {
		table, err := t.in(values)
		delete(table, name)
		return err
	})
}

// change changes the text and compares what it says with what it said before, changed in the same
// way. If both differ the text stays as it was.
func (d *TOML) change(text func(), values func(map[string]any) error) {
	if d.err != nil {
		return
	}
	before := d.text
	want, err := decode(d.text)
	if err == nil {
		err = values(want)
	}
	if err == nil {
		text()
		var got map[string]any
		if got, err = decode(d.text); err == nil && !reflect.DeepEqual(got, want) {
			err = fmt.Errorf("write: this text cannot be changed by itself")
		}
	}
	if err != nil {
		d.text, d.err = before, err
	}
}

func decode(text []byte) (map[string]any, error) {
	values := map[string]any{}
	_, err := toml.Decode(string(text), &values)
	return values, err
}

// put writes a key with its value in its place.
func (t Table) put(name string, v Value) {
	d, items := t.doc, tomldoc.Items(t.doc.text)
	if pair := find(items, t.In(name).path(), false); pair != nil {
		d.splice(pair.Value, pair.ValueEnd, string(v))
		return
	}
	line := key(name) + " = " + string(v)
	if outer := t.inline(items); outer != nil {
		d.addInline(items, outer, line)
		return
	}
	for i := range t.names {
		if outer := (Table{d, t.names[:i]}); outer.inline(items) != nil {
			return // the decoder would take what TOML forbids: a key that braces lack, given outside of them
		}
	}
	at := t.end(items)
	if len(t.names) > 0 && find(items, t.path(), true) == nil {
		if at = t.dotted(items); at < 0 {
			d.header("[" + t.header() + "]")
			at = len(d.text)
		} else {
			line = t.header() + "." + line
		}
	}
	if at == len(d.text) {
		d.appendLine(line)
		return
	}
	d.splice(at, at, line+d.newline())
}

// end returns the place for another key of a table that has a header: behind its last key, else
// behind its header. In the text's own table, without keys, that is before the first header.
func (t Table) end(items []tomldoc.Item) int {
	own := len(t.names) == 0
	inside, last := own, -1
	for _, item := range items {
		if item.Header && own {
			break
		} else if item.Header {
			inside = item.Path == t.path()
		}
		if inside {
			last = max(last, item.ValueEnd)
		}
	}
	switch {
	case last >= 0:
		return lineEnd(t.doc.text, last)
	case own && len(items) > 0:
		return 0
	}
	return len(t.doc.text)
}

// dotted returns the place for another key of a table that has no header but dotted keys, such as
// services.checkout = "down"; -1 if there are none.
func (t Table) dotted(items []tomldoc.Item) int {
	at := -1
	for _, item := range items {
		if item.Header {
			break
		}
		if strings.HasPrefix(item.Path, t.path()+".") {
			at = lineEnd(t.doc.text, item.ValueEnd)
		}
	}
	return at
}

// inline returns the pair whose value is the table, if it is written between braces.
func (t Table) inline(items []tomldoc.Item) *tomldoc.Item {
	pair := find(items, t.path(), false)
	if pair == nil || pair.Value >= len(t.doc.text) || t.doc.text[pair.Value] != '{' {
		return nil
	}
	return pair
}

// addInline adds a pair behind the last one between braces.
func (d *TOML) addInline(items []tomldoc.Item, outer *tomldoc.Item, pair string) {
	last := -1
	for _, item := range items {
		if item.Start > outer.Value && item.ValueEnd < outer.ValueEnd {
			last = max(last, item.ValueEnd)
		}
	}
	if last < 0 {
		d.splice(outer.Value, outer.ValueEnd, "{ "+pair+" }")
		return
	}
	d.splice(last, last, ", "+pair)
}

// cutInline removes a pair and the comma before it, or behind it if it is the first, from between
// braces.
func (d *TOML) cutInline(items []tomldoc.Item, outer, pair *tomldoc.Item) {
	from, to := pair.Start, pair.ValueEnd
	before := -1
	for _, item := range items {
		switch {
		case item.Start > outer.Value && item.ValueEnd < pair.Start:
			before = max(before, item.ValueEnd)
		case before < 0 && to == pair.ValueEnd && item.Start > pair.ValueEnd && item.ValueEnd < outer.ValueEnd:
			to = item.Start
		}
	}
	if before >= 0 {
		from = before
	}
	d.splice(from, to, "")
}

// find returns the pair, or the header, with a path.
func find(items []tomldoc.Item, path string, header bool) *tomldoc.Item {
	for i := range items {
		if items[i].Path == path && items[i].Header == header {
			return &items[i]
		}
	}
	return nil
}

// path names the table as tomldoc does.
func (t Table) path() string { return strings.Join(t.names, ".") }

// header names the table as its header does.
func (t Table) header() string {
	keys := make([]string, len(t.names))
	for i, name := range t.names {
		keys[i] = key(name)
	}
	return strings.Join(keys, ".")
}

// in returns the table among decoded values, and makes it if it does not exist.
func (t Table) in(values map[string]any) (map[string]any, error) {
	for i := 0; i < len(t.names); i++ {
		name := t.names[i]
		switch inner := values[name].(type) {
		case nil:
			made := map[string]any{}
			values[name], values = made, made
		case map[string]any:
			values = inner
		case []map[string]any:
			i++
			n, err := strconv.Atoi(append(t.names, "")[i])
			if err != nil || n < 0 || n >= len(inner) {
				return nil, fmt.Errorf("write: %s is a list of tables", name)
			}
			values = inner[n]
		default:
			return nil, fmt.Errorf("write: %s is not a table", name)
		}
	}
	return values, nil
}

func (d *TOML) splice(from, to int, text string) {
	d.text = bytes.Join([][]byte{d.text[:from], []byte(text), d.text[to:]}, nil)
}

// header begins a table at the end of the text, behind an empty line.
func (d *TOML) header(line string) {
	if len(d.text) > 0 {
		d.endLine()
		d.text = append(d.text, d.newline()...)
	}
	d.appendLine(line)
}

func (d *TOML) appendLine(line string) {
	d.endLine()
	d.text = append(append(d.text, line...), d.newline()...)
}

// endLine ends the last line of the text if it is not.
func (d *TOML) endLine() {
	if len(d.text) > 0 && d.text[len(d.text)-1] != '\n' {
		d.text = append(d.text, d.newline()...)
	}
}

// newline returns what ends the lines of the text.
func (d *TOML) newline() string {
	if bytes.Contains(d.text, []byte("\r\n")) {
		return "\r\n"
	}
	return "\n"
}
