package source

import (
	"fmt"
	"io/fs"
	"strings"
	"unicode"
	"unicode/utf8"

	"candor/generator/diag"
)

// Bounds on names, in bytes. Disks hold 255 a name, and a published file may have
// copies with .gz or .br after its name; stores of objects hold 1,024 a path.
const (
	nameLimit = 240
	pathLimit = 900
)

// checkName returns what is wrong with a name as part of an address and as a
// file on somebody else's computer, or nil.
func checkName(folder, name string) *diag.Diagnostic {
	bad := func(message diag.Text) *diag.Diagnostic {
		return fault(visible(folder+name), "bad-value", message, diag.Textf("give it a plain name, such as report-2.pdf"))
	}
	if len(name) > nameLimit {
		return fault(visible(folder+name), "bad-value",
			diag.Textf("the name of this file or folder is longer than %d bytes", nameLimit),
			diag.Textf("give it a shorter one: a Chinese character takes 3 bytes"))
	}
	if len(folder)+len(name) > pathLimit {
		return fault(visible(folder+name), "bad-value",
			diag.Textf("the path of this file or folder is longer than %d bytes", pathLimit),
			diag.Textf("give it and the folders that it is in shorter names"))
	}
	if !utf8.ValidString(name) {
		return bad(diag.Textf("the name of this file is not valid UTF-8"))
	}
	for _, r := range name {
		switch {
		case unicode.IsControl(r) || r == '\u2028' || r == '\u2029':
			return bad(diag.Textf("the name has the control character U+%04X", r))
		case bidi(r):
			return bad(diag.Textf("the name has U+%04X, which reverses the order in which it is shown", r))
		case strings.ContainsRune(`\<>:"|?*`, r):
			return bad(diag.Textf("the name has the character %c, which Windows does not allow", r))
		}
	}
	if last := name[len(name)-1]; last == '.' || last == ' ' {
		return bad(diag.Textf("the name ends with %q, which Windows removes", string(last)))
	}
	if device(name) {
		return bad(diag.Textf("Windows keeps the name %s for itself", name))
	}
	return nil
}

// bidi says whether r embeds, overrides or isolates the direction of writing.
func bidi(r rune) bool {
	return r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069' ||
		r == '\u200e' || r == '\u200f' || r == '\u061c'
}

// device says whether Windows would take the name, with any extension, for a
// device.
func device(name string) bool {
	stem, _, _ := strings.Cut(name, ".")
	stem = strings.ToLower(strings.TrimRight(stem, " "))
	switch stem {
	case "con", "prn", "aux", "nul", "conin$", "conout$":
		return true
	}
	for _, port := range []string{"com", "lpt"} {
		if number, found := strings.CutPrefix(stem, port); found && strings.Contains("1 2 3 4 5 6 7 8 9 ¹ ² ³", number) {
			return utf8.RuneCountInString(number) == 1 && number != " "
		}
	}
	return false
}

// visible writes a path so that it can be shown and encoded: what is no valid
// or no visible character stands as an escape.
func visible(name string) string {
	var b strings.Builder
	for i, r := range name {
		switch {
		case r == utf8.RuneError && name[i] != "\ufffd"[0]:
			fmt.Fprintf(&b, `\x%02x`, name[i])
		case unicode.IsControl(r) || bidi(r):
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

func fault(where, rule string, message, hint diag.Text) *diag.Diagnostic {
	d := diag.Source{Path: where}.Whole(rule, message, hint)
	return &d
}

// notAFile says that an entry is of a kind that holds no text.
func notAFile(where string, mode fs.FileMode) *diag.Diagnostic {
	kind := diag.Textf("this is not a regular file")
	switch {
	case mode&fs.ModeNamedPipe != 0:
		kind = diag.Textf("this is a named pipe, not a file")
	case mode&fs.ModeSocket != 0:
		kind = diag.Textf("this is a socket, not a file")
	case mode&fs.ModeDevice != 0:
		kind = diag.Textf("this is a device, not a file")
	}
	return fault(visible(where), "bad-value", kind,
		diag.Textf("remove it, or begin its name with _ so that it is ignored"))
}
