package figures

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// copyWords are what programs and people add to the name of a copy, besides numbers, single letters and
// the endings of tables and archives.
var copyWords = []string{
	"copy", "of", "kopie", "von", "copie", "de", "copia", "backup", "back", "up", "old", "new", "final", "latest",
	"original", "saved", "version", "ver", "rev", "temp", "sorted",
	"csv", "tsv", "txt", "tab", "xls", "xlsx", "xlsm", "xlsb", "ods", "numbers", "et", "json", "zip", "gz", "rar",
	"副本", "拷贝", "複本", "复制", "備份", "备份", "最新", "最终", "旧", "新", "版", "的", "修改", "原始", "整理",
}

// NamesCases reports whether a name is that of cases.csv in another spelling, or of a copy of it. It is
// read as one reads it: without case, with full-width letters as others.
func NamesCases(name string) bool {
	words := nameWords(name)
	at := slices.Index(words, "cases")
	if at < 0 {
		return false
	}
	conflict, only := false, true
	for i, word := range words {
		conflict = conflict || strings.HasPrefix(word, "conflict")
		only = only && (i == at || isCopyWord(word))
	}
	return only || conflict // what is around a conflict may be anybody's name
}

// isCopyWord reports whether a word says only that something is a copy; Chinese words have no spaces
// between them.
func isCopyWord(word string) bool {
	if r := []rune(word); len(r) == 0 ||
		len(r) == 1 && !unicode.Is(unicode.Han, r[0]) || slices.Contains(copyWords, word) {
		return true
	}
	for _, known := range copyWords {
		if rest, found := strings.CutPrefix(word, known); found && unicode.Is(unicode.Han, []rune(known)[0]) {
			return isCopyWord(rest)
		}
	}
	return false
}

// nameWords returns the words of a file's name in small letters. Digits belong to none; Chinese is
// apart from other letters.
func nameWords(name string) []string {
	var words []string
	chinese := false
	open := false
	for _, r := range strings.ToLower(norm.NFKC.String(name)) {
		if !unicode.IsLetter(r) && !unicode.IsMark(r) {
			open = false
			continue
		}
		if han := unicode.Is(unicode.Han, r); !open || han != chinese {
			words = append(words, "")
			chinese = han
		}
		open = true
		words[len(words)-1] += string(r)
	}
	return words
}

// Bounds on where the columns of cases.csv are looked for: there may be a title above them.
const (
	headerLines   = 20
	headerColumns = 4 // of the seven
)

// ListsCases reports whether a table has the columns of cases.csv, whatever is between its cells, or a record in
// JSON its names.
func ListsCases(text string) bool {
	columns := casesColumns()
	lines := 0
	for line := range strings.Lines(text) {
		if lines++; lines > headerLines {
			return false
		}
		if len(line) > 4096 { // no header
			continue
		}
		found := map[string]bool{}
		between := func(r rune) bool { return strings.ContainsRune(",;\t|、", r) }
		for _, cell := range strings.FieldsFunc(norm.NFKC.String(line), between) {
			if name, _, isField := strings.Cut(cell, `":`); isField {
				cell = name
			}
			cell = strings.ToLower(strings.Trim(cell, " \r\n\"'\ufeff\u00a0[{"))
			for _, c := range columns {
				if cell == c.name || slices.Contains(c.synonyms, cell) {
					found[c.name] = true
				}
			}
		}
		if len(found) >= headerColumns {
			return true
		}
	}
	return false
}
