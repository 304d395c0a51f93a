// Package conflict finds the marks that version control leaves in a file of which it
// could not merge two versions: those of Git, Mercurial, Subversion, Bazaar and
// Fossil, which all have seven signs at the start of a line, or more; those of Perforce and Darcs; and
// the lines of a patch.
//
//	<<<<<<< HEAD
//	one version
//	||||||| common ancestor
//	what both come from
//	=======
//	the other version
//	>>>>>>> side
//
// A mark counts wherever it is, in a block of code, too, because the lines around it
// are published otherwise than anybody wrote them. It may be indented, as editors do
// when they tidy up. A line of ======= alone can be meant, and never counts.
package conflict

import (
	"bytes"
	"regexp"
	"slices"
	"strings"

	"candor/generator/diag"
)

const (
	size  = 7       // signs of a mark
	limit = 20      // findings of one file
	head  = 8 << 10 // bytes of which one is NUL in a file that is no text
)

// Find returns an error for each conflict in a text, at its first line, and for each
// mark that is left of one that was settled.
func Find(src diag.Source) diag.List {
	data := src.Data
	suspicious := slices.ContainsFunc(signs, func(sign string) bool { return bytes.Contains(data, []byte(sign)) })
	if !suspicious || bytes.IndexByte(data[:min(len(data), head)], 0) >= 0 {
		return nil
	}
	var found diag.List
	places := src.InOrder()
	within := false // between < and > of one conflict
	at := 0
	for line := range bytes.Lines(data) {
		mark := bytes.TrimSpace(line)
		start := at + bytes.Index(line, mark)
		mark = stripped(mark)
		at += len(line)
		message := diag.Textf("a mark of version control is left here")
		hint := diag.Textf("delete this line, and look whether the text around it is whole")
		switch {
		case other.Match(mark):
		case begins(mark, '<', true):
			within = true
			message = diag.Textf("two versions of this file are here: version control could not merge them")
			hint = diag.Textf("write what is right, and delete the lines that begin with <<<<<<<, ======= and >>>>>>>")
		case begins(mark, '>', within):
			if within {
				within = false
				continue
			}
		case within || !begins(mark, '|', false) || bytes.Count(mark, []byte("|")) > size:
			continue
		}
		if found = append(found, places.At(start, start+len(mark), "bad-value", message, hint)); len(found) == limit {
			break
		}
	}
	return found
}

// signs are those of which one is in every file with marks.
var signs = []string{"<<<<<<<", ">>>>>>>", "|||||||", "＜＜＜＜＜＜＜", ">>>> ORIGINAL ", "==== THEIRS ", "==== YOURS ", "@@ -",
	"diff --git ", "v v v v v v v", strings.Repeat("&lt;", size), strings.Repeat("&gt;", size)}

// other are the marks of Perforce and Darcs, and lines of a patch that was put into the text.
var other = regexp.MustCompile(`^(?:>>>> ORIGINAL |==== (?:THEIRS|YOURS|BOTH) |diff --git |@@ -[0-9]+(?:,[0-9]+)? \+[0-9]+(?:,[0-9]+)? @@` +
	`|v v v v v v v$|\^ \^ \^ \^ \^ \^ \^$)`)

// stripped returns a line without what Markdown or an editor may have put before a mark: the sign of a list or a
// quotation, or a backslash. Full-width signs are as others.
func stripped(line []byte) []byte {
	if bytes.HasPrefix(line, []byte("＜")) || bytes.HasPrefix(line, []byte("＞")) {
		line = bytes.ReplaceAll(bytes.ReplaceAll(line, []byte("＜"), []byte("<")), []byte("＞"), []byte(">"))
	}
	if bytes.HasPrefix(line, []byte("&lt;&lt;")) || bytes.HasPrefix(line, []byte("&gt;&gt;")) { // from a form in a browser
		line = bytes.ReplaceAll(bytes.ReplaceAll(line, []byte("&lt;"), []byte("<")), []byte("&gt;"), []byte(">"))
	}
	for _, before := range []string{"> ", "- ", "* ", "+ ", `\`} {
		if rest, found := bytes.CutPrefix(line, []byte(before)); found && len(rest) > size &&
			(rest[0] == '<' || rest[0] == '>' && rest[size-1] == '>') {
			return rest
		}
	}
	return line
}

// begins reports whether a line is seven times a sign, or more often if that can be no quotation, and then a space
// and a label, which may be missing if bare is true.
func begins(line []byte, sign byte, bare bool) bool {
	rest := bytes.TrimLeft(line, string(sign))
	n := len(line) - len(rest)
	return (n == size || n > size && bare) && (len(rest) == 0 && bare || len(rest) > 1 && rest[0] == ' ')
}
