// Package attached reads a file that is published beside the texts of an incident: what it is to
// browsers and servers, whether it must never be published, and what it has in it that nobody sees who
// opens it.
//
// It looks at the bytes, not at what the name promises: a photo may be inside a PDF or a document. Every
// reader of a format is bounded and takes time in proportion to the file; what it cannot look into, it
// says. Nothing here is an error: what is wrong is for package policy to report.
package attached

import (
	"archive/zip"
	"bytes"
	"io"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"candor/generator/check/personal"
	"candor/generator/diag"
	"candor/generator/fileset"
	"candor/generator/input/figures"
	"candor/generator/input/metadata"
)

// File is a file of an incident that is neither a text nor figures.
type File struct {
	fileset.File

	Active diag.Text // why it could run in a browser or on the server; empty if it cannot
	Key    bool      // it is, or has in it, a private key
	Cases  bool      // it is a copy of the private list of cases
	Hidden []Hidden  // what it has in it besides what it shows
	Texts  []Text    // the texts in it that have personal data

	room int // how much may still be unpacked
}

// Hidden is something that a file has in it and does not show.
type Hidden struct {
	What, Hint diag.Text
	Mild       bool // it may well be meant, such as the name of a laboratory as author
}

// Text is a text in a file, and the personal data in it.
type Text struct {
	Inside  bool // it is part of the file; else it is the file, in UTF-8
	Data    []byte
	Hits    []personal.Hit
	Columns [][2]int // cells of its first line by whose names a column has personal data: bytes of Data
}

// Bounds on what is unpacked, so that a small file cannot become a large one: of one piece, and of all
// pieces of a file.
const (
	unpackLimit = 4 << 20
	unpackTotal = 32 << 20
)

// take reads what is packed, as far as the bounds and the packing allow.
func (f *File) take(r io.Reader) []byte {
	data, _ := io.ReadAll(io.LimitReader(r, int64(min(unpackLimit, f.room))))
	f.room -= len(data)
	return data
}

// Bounds on how much of a text is searched for personal data: bytes, and what is found.
const (
	searchLimit = 8 << 20
	hitsLimit   = 1000
)

// Read looks into a file.
func Read(f fileset.File) *File {
	name := path.Base(f.Path)
	file := &File{File: f, Active: active(name, f.Data), Key: isKey(name, f.Data), Cases: figures.NamesCases(name),
		room: unpackTotal}
	data, isText := decode(f.Data)
	if isText {
		words := string(data[:min(len(data), searchLimit+1)])
		file.Cases = file.Cases || figures.ListsCases(words)
		file.add(words, data, false)
		file.secrets(words)
	}
	file.look(isText)
	return file
}

// add keeps a text if it has personal data. Data is the text.
func (f *File) add(words string, data []byte, inside bool) {
	t := Text{Inside: inside, Data: data}
	for at := 0; at < min(len(words), searchLimit) && len(t.Hits) < hitsLimit; {
		end := pieceEnd(words, at)
		for _, h := range personal.Find(words[at:end]) {
			t.Hits = append(t.Hits, personal.Hit{Kind: h.Kind, Start: at + h.Start, End: at + h.End})
		}
		at = end
	}
	if len(words) > searchLimit {
		f.part()
	}
	if !inside {
		t.Columns = personalColumns(words)
	}
	if len(t.Hits) > 0 || t.Columns != nil {
		f.Texts = append(f.Texts, t)
	}
}

// piece is how much of a text is searched at once, and how far beyond it may end at a line, or at least at a space.
const piece = 64 << 10

// pieceEnd returns where a piece of a text ends that begins at a byte.
func pieceEnd(words string, at int) int {
	from := min(at+piece, len(words))
	beyond := words[from:min(from+piece, len(words))]
	end := strings.IndexByte(beyond, '\n')
	if end < 0 && from+len(beyond) < len(words) {
		end = strings.IndexAny(beyond, " ,;\t")
	}
	if end < 0 {
		return from + len(beyond)
	}
	return from + end + 1
}

// columnNames are names of columns of which each cell is about one person.
var columnNames = []string{"姓名", "手机", "手机号", "手机号码", "身份证", "身份证号", "身份证号码", "证件号", "证件号码", "住址",
	"家庭住址", "出生日期", "银行卡号", "微信号", "first name", "last name", "full name", "surname", "mobile", "mobile number",
	"date of birth", "home address", "passport number"}

// personalColumns returns where in the first line of a table such names are.
func personalColumns(text string) [][2]int {
	line, _, _ := strings.Cut(text, "\n")
	if len(line) > 4096 || !strings.ContainsAny(line, ",;\t，") {
		return nil
	}
	var found [][2]int
	for start := 0; start < len(line); {
		end := start + strings.IndexAny(line[start:]+",", ",;\t，")
		cell := strings.Trim(line[start:end], "\ufeff\" \r")
		if slices.Contains(columnNames, strings.ToLower(norm.NFKC.String(cell))) {
			at := start + strings.Index(line[start:end], cell)
			found = append(found, [2]int{at, at + len(cell)})
		}
		_, n := utf8.DecodeRuneInString(line[end:])
		start = end + max(1, n)
	}
	return found
}

// part notes that not all of a file was looked into.
func (f *File) part() {
	f.found(diag.Textf("this file is so large that Candor has checked only a part of it"),
		diag.Textf("publish it as PDF, or divide it"), true)
}

// found notes something that the file does not show; once, however often it is there.
func (f *File) found(what, hint diag.Text, mild bool) {
	for _, h := range f.Hidden {
		if h.What.String() == what.String() {
			return
		}
	}
	f.Hidden = append(f.Hidden, Hidden{what, hint, mild})
}

// keyNames are the usual names and endings of private keys and of stores of keys.
var (
	keyNames   = []string{"id_rsa", "id_dsa", "id_ecdsa", "id_ed25519", "id_ecdsa_sk", "id_ed25519_sk", "id_xmss"}
	keyEndings = []string{".ppk", ".p12", ".pfx", ".jks", ".keystore", ".kdb", ".kdbx"}
)

// keyLine is how a private key begins: PEM (RFC 7468), PuTTY, age.
var keyLine = regexp.MustCompile(`^(-----BEGIN ([A-Z0-9]+ )*PRIVATE KEY|---- BEGIN SSH2 ENCRYPTED PRIVATE KEY|` +
	`PuTTY-User-Key-File-|AGE-SECRET-KEY-1)`)

// isKey reports whether a file is a private key: by its name, or because a text begins with one or has one
// at the beginning of a line near its top.
func isKey(name string, data []byte) bool {
	name = strings.ToLower(name)
	if slices.Contains(keyNames, name) || slices.Contains(keyEndings, path.Ext(name)) {
		return true
	}
	for line := range strings.Lines(string(data[:min(len(data), 64<<10)])) {
		if keyLine.MatchString(strings.TrimLeft(line, " \t\ufeff")) {
			return true
		}
	}
	return false
}

// look finds what a file has in it besides what it shows, by what its bytes are.
func (f *File) look(isText bool) {
	data := f.Data
	f.photo(data)
	switch {
	case len(data) == 0:
		f.found(diag.Textf("this file is empty"), diag.Textf("save it again, or do not publish it"), true)
	case bytes.HasPrefix(data, []byte("PK\x03\x04")), bytes.HasPrefix(data, []byte("PK\x05\x06")):
		f.zip()
		return
	case bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
		f.found(diag.Textf("this file is an old or an encrypted Office file, which Candor cannot look into"),
			diag.Textf("save it as PDF, or as .docx, .xlsx or .pptx without a password"), true)
	case bytes.HasPrefix(data, []byte(`{\rtf`)):
		f.rtf()
	case bytes.Contains(data[:min(len(data), 1024)], []byte("%PDF-")):
		f.pdf()
	case packedArchive(data):
		f.archive()
	case isProgram(path.Base(f.Path), data):
		f.found(diag.Textf("this file is a program, or starts one on the reader's computer"),
			diag.Textf("link to the place from which its maker offers it"), true)
	case !isText && !isMedia(data):
		f.found(diag.Textf("Candor does not know this kind of file and has not looked into it"),
			diag.Textf("publish it as PDF, CSV or an image, or make sure that it names nobody"), true)
	}
	f.behind()
}

// behind notes an archive that is attached to another file: the end of a ZIP archive says where it begins.
func (f *File) behind() {
	r, err := zip.NewReader(bytes.NewReader(f.Data), int64(len(f.Data)))
	if err != nil || len(r.File) == 0 {
		return
	}
	f.found(diag.Textf("this file has another file in it, behind its end"),
		diag.Textf("save it anew with another program"), false)
	for _, z := range r.File[:min(len(r.File), partsLimit)] {
		f.packed(z.Name)
	}
}

// packed looks at the name of a file in an archive.
func (f *File) packed(name string) {
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	f.Cases = f.Cases || figures.NamesCases(name)
	f.Key = f.Key || isKey(name, nil)
}

// media are how the files begin that are images, sounds and films, whose metadata are looked for anywhere.
var media = []string{"\xff\xd8\xff", metadata.PNG, "GIF8", "RIFF", metadata.Little, metadata.Big, "BM", "ID3", "\xff\xfb",
	"\xff\xf3", "\xff\xf1", "OggS", "fLaC", "\x1aE\xdf\xa3", "\x00\x00\x01\x00", "\x00\x00\x01\xba", "8BPS", "%!PS"}

func isMedia(data []byte) bool {
	return slices.ContainsFunc(media, func(head string) bool { return bytes.HasPrefix(data, []byte(head)) }) ||
		len(data) > 8 && slices.Contains([]string{"ftyp", "moov", "mdat", "wide"}, string(data[4:8]))
}

// Programs are known by their first bytes and by the endings of their names.
var (
	programs       = []string{"MZ", "\x7fELF", "\xcf\xfa\xed\xfe", "\xca\xfe\xba\xbe", "#!", "L\x00\x00\x00\x01\x14\x02\x00"}
	programEndings = strings.Fields(".exe .msi .com .scr .pif .bat .cmd .ps1 .vbs .vbe .wsf .jse .lnk .url .scf .reg .cpl .hlp " +
		".apk .ipa .dmg .pkg .iso .img .deb .rpm .app .sh .command .desktop .webloc .appimage .msix .xapk .hap")
)

func isProgram(name string, data []byte) bool {
	return slices.Contains(programEndings, strings.ToLower(path.Ext(name))) ||
		slices.ContainsFunc(programs, func(head string) bool { return bytes.HasPrefix(data, []byte(head)) })
}

// secret is a password or an access key: the forms that well-known services give them, and what is called so.
var (
	secret = regexp.MustCompile(`\b(?:AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{36}|glpat-[\w-]{20}|xox[abprs]-[\w-]{10,}|` +
		`sk_live_\w{16,}|AIza[\w-]{35}|LTAI[A-Za-z0-9]{12,30}|AKID[A-Za-z0-9]{32}|eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.)`)
	namedSecret = regexp.MustCompile(`(?im)(?:\b|_)(?:password|passwd|pwd|(?:client_?|app_?|secret_?)secret|api_?key|` +
		`(?:secret_?)?access_?key|secret|auth_?token|authorization|set-cookie)["']?[ \t]*[=:][ \t]*["']?[^\s"',;]{4,}` +
		`(?:["',;}]|[ \t\r]*$)|\bBearer [\w.-]{8,}|密码[ \t]*[=:：][ \t]*[!-~]{4,}`)
)

// secrets looks for passwords and access keys at the beginning of a text.
func (f *File) secrets(words string) {
	words = words[:min(len(words), 1<<20)]
	sure := secret.MatchString(words)
	if sure || namedSecret.MatchString(words) {
		f.found(diag.Textf("this file has what looks like a password or an access key in it"),
			diag.Textf("remove it, and change the password: everybody who has seen the file knows it"), !sure)
	}
}

// archives are how the bytes of packed files begin that are not ZIP.
var archives = []string{"Rar!\x1a\a", "7z\xbc\xaf'\x1c", "\x1f\x8b", "BZh", "\xfd7zXZ\x00", "(\xb5/\xfd", "\x04\"M\x18"}

func packedArchive(data []byte) bool {
	return slices.ContainsFunc(archives, func(head string) bool { return bytes.HasPrefix(data, []byte(head)) }) ||
		len(data) > 262 && string(data[257:262]) == "ustar"
}

// archive notes a file with other files in it.
func (f *File) archive() {
	f.found(diag.Textf("this file is an archive, and Candor does not look into the files in it"),
		diag.Textf("publish these files themselves: readers need nothing to open them, and each is looked into"), true)
}

// userPath is a path on somebody's computer, with the name of its account.
var userPath = regexp.MustCompile(`(?i)([a-z]:\\|/)(users|home|documents and settings)[\\/][^\\/<>"\s]+[\\/]`)

// properties looks into what a file says about itself.
func (f *File) properties(words string) {
	f.add(words, []byte(words), true)
	if userPath.MatchString(words) {
		f.found(diag.Textf("this file has a path of somebody's computer in it, with the name of the account"),
			diag.Textf("remove the file's properties, or export it anew under a name without folders"), true)
	}
}

// nobody are what programs write in place of an author, in small letters.
var nobody = []string{"", "anonymous", "unknown", "user", "microsoft office user", "python-docx", "openpyxl",
	"apache poi", "pptxgenjs", "un-named"}

// author notes the name of an author in the properties of a document.
func (f *File) author(name string) {
	if slices.Contains(nobody, strings.ToLower(strings.Trim(name, " ()\x00\r\n\t"))) {
		return
	}
	f.found(diag.Textf("this file names its author"),
		diag.Textf("remove the name from the file's properties, unless it is meant to be public"), true)
}
