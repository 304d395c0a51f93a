package attached

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"regexp"
	"slices"
	"strings"

	"candor/generator/diag"
	"candor/generator/input/figures"
)

// partsLimit bounds how many files of an archive are looked at.
const partsLimit = 5_000

// zip looks into a ZIP archive. Documents of Office (ECMA-376) and OpenDocument (ISO/IEC 26300) are such
// archives of XML and images.
func (f *File) zip() {
	r, err := zip.NewReader(bytes.NewReader(f.Data), int64(len(f.Data)))
	if err != nil {
		f.archive() // broken, or several: nobody knows what is in it
		return
	}
	files := r.File[:min(len(r.File), partsLimit)]
	has := func(name string) bool {
		return slices.ContainsFunc(files, func(z *zip.File) bool { return z.Name == name })
	}
	if !has("[Content_Types].xml") && !(has("mimetype") && has("content.xml")) {
		f.archive()
		for _, z := range files {
			f.packed(z.Name)
		}
		return
	}
	for _, z := range files {
		f.member(z)
	}
	if f.room <= 0 || len(files) < len(r.File) {
		f.part()
	}
}

var (
	properties = regexp.MustCompile(`^(docProps/.*|meta)\.xml$`)
	remarks    = regexp.MustCompile(`^(word|xl|ppt)/((threadedC|c)omments.*/)?(threadedC|c)omment[^/]*\.xml$`)
	contents   = regexp.MustCompile(`^(word/(document|header|footer|footnotes|endnotes)[^/]*|` +
		`xl/(sharedStrings|workbook)|xl/worksheets/[^/]*|ppt/(slides|notesSlides)/[^/]*|content|styles)\.xml$`)
)

// member looks into a file of a document.
func (f *File) member(z *zip.File) {
	name := z.Name
	lower := strings.ToLower(name)
	switch {
	case strings.HasSuffix(lower, "vbaproject.bin"), strings.HasPrefix(lower, "basic/"):
		f.found(diag.Textf("this file has macros in it, which run on the reader's computer"),
			diag.Textf("save it without macros, or as PDF"), false)
		return
	case strings.Contains(lower, "/embeddings/"):
		f.found(diag.Textf("this file has another file in it, perhaps the whole table of a chart"),
			diag.Textf("insert the chart as an image, or publish the document as PDF"), true)
		return
	case strings.HasPrefix(lower, "xl/revisions/"):
		f.trackedChanges()
	}
	picture := strings.Contains(lower, "media/") || strings.HasPrefix(lower, "pictures/")
	xmlPart := properties.MatchString(name) || remarks.MatchString(name) || contents.MatchString(name)
	if !picture && !xmlPart || f.room <= 0 {
		return
	}
	r, err := z.Open()
	if err != nil {
		return
	}
	defer r.Close()
	data := f.take(r)
	if picture {
		f.photo(data)
		return
	}
	f.xml(name, data)
}

// xml looks into a part of a document that is XML.
func (f *File) xml(name string, data []byte) {
	d := xml.NewDecoder(bytes.NewReader(data))
	d.Strict = false
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	var words strings.Builder
	var inside string // the element whose text is read
	for {
		token, err := d.RawToken()
		if err != nil { // the end, or what Office would not read either
			break
		}
		switch token := token.(type) {
		case xml.StartElement:
			inside = token.Name.Local
			f.element(name, token)
		case xml.CharData:
			text := strings.TrimSpace(string(token))
			if text == "" {
				continue
			}
			words.Write(token)
			switch inside {
			case "creator", "lastModifiedBy", "Manager", "initial-creator", "printed-by":
				f.author(text)
			}
		case xml.EndElement:
			inside = ""
			switch token.Name.Local {
			case "p", "si", "v", "is", "tr", "row", "table-cell", "creator", "lastModifiedBy", "Company", "title":
				words.WriteByte('\n')
			}
		}
	}
	text := words.String()
	switch {
	case properties.MatchString(name):
		f.properties(text)
		return
	case strings.HasPrefix(name, "ppt/notesSlides/") && len(strings.TrimSpace(text)) > 4: // the number of the slide
		f.found(diag.Textf("this file has notes for the speaker in it"),
			diag.Textf("remove the notes, or publish it as PDF"), false)
	case name == "content.xml" || name == "xl/sharedStrings.xml" || strings.HasPrefix(name, "xl/worksheets/"):
		cells := strings.SplitN(text, "\n", 60)
		f.Cases = f.Cases || figures.ListsCases(strings.Join(cells[:min(len(cells), 59)], "\t"))
	}
	f.add(text, []byte(text), true)
}

// element looks at an element of a part.
func (f *File) element(name string, e xml.StartElement) {
	attribute := func(local string) string {
		for _, a := range e.Attr {
			if a.Name.Local == local {
				return a.Value
			}
		}
		return ""
	}
	switch e.Name.Local {
	case "comment", "cm", "threadedComment", "annotation":
		if remarks.MatchString(name) || e.Name.Local == "annotation" && name == "content.xml" {
			f.comments()
		}
	case "ins", "del", "moveFrom", "moveTo":
		if strings.HasPrefix(name, "word/") && attribute("author") != "" {
			f.trackedChanges()
		}
	case "changed-region":
		f.trackedChanges()
	case "sheet":
		if state := attribute("state"); name == "xl/workbook.xml" && strings.EqualFold(state, "hidden") ||
			strings.EqualFold(state, "veryHidden") {
			f.found(diag.Textf("this file has hidden sheets in it"),
				diag.Textf("delete the hidden sheets, or publish it as PDF"), false)
		}
	}
}

func (f *File) comments() {
	f.found(diag.Textf("this file has comments in it"), diag.Textf("delete all comments, or publish it as PDF"), false)
}

func (f *File) trackedChanges() {
	f.found(diag.Textf("this file has tracked changes in it: what was deleted can be read"),
		diag.Textf("accept all changes, or publish it as PDF"), false)
}

// rtf looks into a file in Rich Text Format.
func (f *File) rtf() {
	has := func(word string) bool { return bytes.Contains(f.Data, []byte(word)) }
	for _, key := range []string{`{\author `, `{\operator `, `{\manager `} {
		_, rest, _ := bytes.Cut(f.Data, []byte(key))
		name, _, _ := bytes.Cut(rest[:min(len(rest), 256)], []byte("}"))
		f.author(string(name))
	}
	if has(`{\*\annotation`) {
		f.comments()
	}
	if has(`\revised`) || has(`\deleted`) {
		f.trackedChanges()
	}
}
