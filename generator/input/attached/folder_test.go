package attached_test

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"candor/generator"
	"candor/generator/fileset"
	"candor/generator/input/source"
	"candor/themes"
)

// What may happen to a file of the folder.
const (
	never     = "never read"      // nobody is told
	public    = "published"       // if it is named; without a finding
	published = "published, but " // if it is named, with a warning
	refused   = "refused: "       // an error if it is named
)

// awkward is a file that may lie in an incident's folder, and what must happen to it. Unless it is never
// read, it must be an error while nothing names it, be it unnamed-file or what else is wrong with it.
type awkward struct {
	name, data string
	want       string
}

func utf16le(s string) string {
	b := []byte("\xff\xfe")
	for _, u := range utf16.Encode([]rune(s)) {
		b = binary.LittleEndian.AppendUint16(b, u)
	}
	return string(b)
}

func folder(t testing.TB) []awkward {
	phone := "\xd0\xd5\xc3\xfb,\xb5\xe7\xbb\xb0\nLi,13800138000\n" // 姓名,电话 in GBK
	const gps = "this file says where it was taken: GPS coordinates"
	const hasComments = "this file has comments in it"
	const named = "this file names its author"
	const phoneNumber = "this looks like somebody's mobile number"
	const list = "is a copy of the private list of cases, which is never published"
	word := func(parts ...string) string {
		return string(office(t, append([]string{"word/document.xml", "<w:document/>"}, parts...)...))
	}
	dot, err := base64.StdEncoding.DecodeString(
		"iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAIAAAASFvFNAAAAEElEQVR4nGP4z8AARAwQCgAf7gP9i18U1AAAAABJRU5ErkJggg==")
	require.NoError(t, err)
	cases := "id,channel,priority,opened,reached,solved,satisfied\nK-1,phone,high,2026-11-04T08:00,,,\n"
	return []awkward{
		// What is right.
		{"lab.pdf", string(pdf("1 0 obj <</Producer (x)>> endobj")), public},
		{"lots.csv", "lot,state\nK7,withdrawn\n", public},
		{"dot.png", string(dot), public},
		{"clean.docx", word("docProps/core.xml", fmt.Sprintf(core, "", "")), public},
		{"annex/notes 说明.txt", "Force to open the switch: 9.1 N", public},

		// Photos and videos with a place.
		{"phone.jpg", string(jpeg(here())), refused + gps},
		{"PHONE2.JPEG", string(jpeg(exif(binary.LittleEndian, 31, ""))), refused + gps},
		{"phone.png", string(png("IHDR", "", "eXIf", string(here()))), refused + gps},
		{"old.png", string(png("IHDR", "", "zTXt", profile(here()))), refused + gps},
		{"xmp.png",
			string(png("iTXt", "XML:com.adobe.xmp\x00\x01\x00\x00\x00"+string(deflated(`<x exif:GPSLatitude="31,13N"/>`)))),
			refused + gps},
		{"phone.webp", string(webp(here())), refused + gps},
		{"phone.heic", string(heic(here())), refused + gps},
		{"phone.tif", string(here()), refused + gps},
		{"clip.mp4", "\x00\x00\x00\x18ftypmp42" + "\xa9xyz\x00\x12\x15\xc7+31.2200+121.4600/", refused + gps},
		{"nowhere.jpg", string(jpeg(exif(binary.BigEndian, 0, ""))), public},
		{"signed.jpg",
			string(jpeg(exif(binary.BigEndian, 0, "Amara Lind"))),
			published + "this file names who took it, or whose camera it was"},
		{"photo.pdf",
			string(pdf("1 0 obj <</Filter /DCTDecode>> stream\n" + string(jpeg(here())) + "\nendstream")),
			refused + gps},

		// Office files and PDFs.
		{"author.docx", word("docProps/core.xml", fmt.Sprintf(core, "Amara Lind", "")), published + named},
		{"program.docx", word("docProps/core.xml", fmt.Sprintf(core, "python-docx", "")), public},
		{"saved.xlsx", string(office(t, "docProps/core.xml", fmt.Sprintf(core, "", "李雷"))), published + named},
		{"comments.docx",
			word("word/comments.xml", `<w:comments><w:comment w:author="A"><w:t>Must we?</w:t></w:comment></w:comments>`),
			refused + hasComments},
		{"comments.xlsx",
			string(office(t, "xl/comments1.xml", "<comments><commentList><comment/></commentList></comments>")),
			refused + hasComments},
		{"threads.xlsx",
			string(office(t, "xl/threadedComments/threadedComment1.xml", "<a><threadedComment/></a>")),
			refused + hasComments},
		{"none.docx", word("word/comments.xml", "<w:comments></w:comments>"), public},
		{"changes.docx",
			string(office(t, "word/document.xml", `<w:p><w:del w:author="A"><w:delText>our fault</w:delText></w:del></w:p>`)),
			refused + "this file has tracked changes in it: what was deleted can be read"},
		{"hidden.xlsx",
			string(office(t, "xl/workbook.xml", `<workbook><sheets><sheet name="raw" state="veryHidden"/></sheets></workbook>`)),
			refused + "this file has hidden sheets in it"},
		{"notes.pptx",
			string(office(t, "ppt/notesSlides/notesSlide1.xml", "<p:notes><a:t>Do not mention Suzhou</a:t></p:notes>")),
			refused + "this file has notes for the speaker in it"},
		{"macro.docm",
			word("word/vbaProject.bin", "x"),
			refused + "this file has macros in it, which run on the reader's computer"},
		{"photo.docx", word("word/media/image1.jpeg", string(jpeg(here()))), refused + gps},
		{"phones.xlsx",
			string(office(t, "xl/worksheets/sheet1.xml", "<c><v>13800138000</v></c>")),
			refused + "in the file: " + phoneNumber},
		{"split.docx",
			string(office(t, "word/document.xml", "<w:p><w:t>call 138</w:t><w:t>00138000</w:t></w:p>")),
			refused + "in the file: " + phoneNumber},
		{"remark.odt",
			string(archive(t, map[string]string{"mimetype": "x", "content.xml": "<o><office:annotation/></o>"})),
			refused + hasComments},
		{"old.doc",
			"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00\x00",
			published + "this file is an old or an encrypted Office file, which Candor cannot look into"},
		{"author.pdf", string(pdf(`1 0 obj <</Author (Amara \(QA\) Lind)>> endobj`)), published + named},
		{"chinese.pdf", string(pdf("1 0 obj <</Author <FEFF674E96F7>>> endobj")), published + named},
		{"packed.pdf", string(pdf(packedObjects("<</Author (Amara Lind)>>"))), published + named},
		{"xmp.pdf",
			string(pdf("<dc:creator><rdf:Seq><rdf:li>Amara</rdf:li></rdf:Seq></dc:creator>")),
			published + named},
		{"remarks.pdf",
			string(pdf("1 0 obj <</Type /Annot /Subtype /Text /Contents (Really?)>> endobj")),
			refused + hasComments},
		{"attached.pdf",
			string(pdf("1 0 obj <</Type /EmbeddedFile>> endobj")),
			refused + "this file has another file in it"},
		{"path.pdf",
			string(pdf(`1 0 obj <</Title (C:\\Users\\amara\\report.docx)>> endobj`)),
			published + "this file has a path of somebody's computer in it, with the name of the account"},

		// Archives and polyglots.
		{"all.zip",
			string(archive(t, map[string]string{"a.txt": "x"})),
			published + "this file is an archive, and Candor does not look into the files in it"},
		{"all.7z",
			"7z\xbc\xaf'\x1c",
			published + "this file is an archive, and Candor does not look into the files in it"},
		{"list.zip", string(archive(t, map[string]string{"old/Cases.csv": "x"})), refused + list},
		{"gif.html.gif", "GIF89a<script>", refused + "a file of this kind can run in the reader's browser"},
		{"polyglot.pdf",
			"<html><!-- %PDF-1.7 -->",
			refused + "the name says .pdf, but the file begins with HTML or XML"},
		{"polyglot.gif", "GIF89a/*<script>*/", public}, // image/gif, with nosniff and without
		{"polyglot",
			"<div onclick=alert(1)>",
			refused + "this file holds HTML, which a browser may run where the server does not say what it is"},
		{"page.html.en", "x", refused + "a file of this kind can run in the reader's browser"},
		{"shell.php.txt", "x", refused + "servers run files of the kind .php"},
		{"Web.config", "<configuration/>", refused + "servers take a file of this name for their settings"},

		// People.
		{"customers.csv", "name,phone\nLi,13800138000\n", refused + phoneNumber},
		{"gbk.csv", phone, refused + phoneNumber},
		{"excel.csv", utf16le("order\tphone\n1\t13800138000\n"), refused + phoneNumber},
		{"names.csv", "批号,姓名\nK7,李雷\n", published + "by its name, this column has people's data in it"},
		{"姓名 手机号 证件.gif", "GIF89a", published + "the name of the file says that people's data are in it"},
		{"13800138000.txt", "x", refused + "the name of the file: " + phoneNumber},

		// Keys and lists, which are never published.
		{"id_rsa", "x", refused + "this is a private key, which must not be beside what is published"},
		{"backup.txt",
			"My key\n-----BEGIN OPENSSH PRIVATE KEY-----\n",
			refused + "this is a private key, which must not be beside what is published"},
		{"Cases.csv", "x", refused + list},
		{"sub/cases.csv", "x", refused + list},
		{"ｃａｓｅｓ (1).csv", "x", refused + list},
		{"customers of November.csv", cases, refused + list},
		{"customers of November.txt", utf16le(strings.ReplaceAll(cases, ",", "\t")), refused + list},
		{"customers of November.xlsx",
			string(office(t, "xl/sharedStrings.xml",
				"<sst><si><t>编号</t></si><si><t>优先级</t></si><si><t>登记</t></si><si><t>解决</t></si></sst>")),
			refused + list},

		{"export.json", `[{"id": "K-1", "priority": "high", "opened": "2026-11-04", "reached": null}]`, refused + list},
		{"windows.csv", utf16le(cases)[2:], refused + list},
		{"two in one.pdf", string(pdf("")) + string(archive(t, map[string]string{"cases.csv": "x"})), refused + list},

		// What else gives away more than it shows, or nothing.
		{"two in one.gif",
			"GIF89a" + string(archive(t, map[string]string{"a.txt": "x"})),
			refused + "this file has another file in it, behind its end"},
		{"cropped.png",
			string(png("IHDR", "", "IEND", "")) + strings.Repeat("what was cut off", 9),
			refused + "this image has more behind its end: perhaps what was cut off can be restored"},
		{"photo.png.exe", "MZ\x90", published + "this file is a program, or starts one on the reader's computer"},
		{"回执.lnk", "L\x00\x00\x00", published + "this file is a program, or starts one on the reader's computer"},
		{"install", "#!/bin/sh\n", published + "this file is a program, or starts one on the reader's computer"},
		{"backup.db", "SQLite format 3\x00", published + "Candor does not know this kind of file and has not looked into it"},
		{"settings.txt", "DB_PASSWORD=correct-horse\n", published + "this file has what looks like a password or an access key in it"},
		{"keys.txt", "AKIAABCDEFGHIJKLMNOP\n", refused + "this file has what looks like a password or an access key in it"},
		{"passwords.txt", "Change your password: nobody can use the old one.\n密码：请联系客服\n", public},
		{"lab2.pdf", "", published + "this file is empty"},
		{"drawing.svg", "<svg>" + strings.Repeat("<g/>", 1<<20) + "</svg>",
			refused + "this drawing is larger than 4 MiB, so Candor does not look into it"},

		// What is never read.
		{"_notes/customers.csv",
			"Li,13800138000", never}, {"_draft.pdf", "x", never}, {"~$报告.docx", "\x04Amara",
			never},
		{".~lock.报告.odt#",
			"Amara", never}, {".DS_Store", "x", never}, {"Thumbs.db", "x", never}, {"index.md.save", "x",
			never},
		{"index.md.orig",
			"x", never}, {"index.md.r123", "x", never}, {"lab.pdf.filepart", "x", never}, {"nohup.out", "x",
			never},
		{"node_modules/a/index.js",
			"x", never}, {"@eaDir/a", "x", never}, {"lots (conflicted copy).csv", "x",
			never},
		{".git/config", "x", never}, {"CVS/Entries", "x", never}, {"lots.csv.crdownload", "x", never},
	}
}

// TestFolder puts each file into the folder of an incident, in turn with nothing and with [files] naming
// it, and reads and builds the site.
func TestFolder(t *testing.T) {
	set, err := fileset.FromFS(themes.FS)
	require.NoError(t, err)
	g := generator.New()
	for _, a := range folder(t) {
		t.Run(a.name, func(t *testing.T) {
			content := t.TempDir()
			put := func(name, data string) {
				at := filepath.Join(content, filepath.FromSlash(name))
				require.NoError(t, os.MkdirAll(filepath.Dir(at), 0o755))
				require.NoError(t, os.WriteFile(at, []byte(data), 0o644))
			}
			put("site.toml", "title = \"S\"\n")
			put("incidents/rash/"+a.name, a.data)
			index := "+++\ntitle = \"R\"\nlevel = 2\ntype = \"experience\"\nstance = \"full\"\nknown = 2026-11-04T06:00\n%s+++\n"
			build := func(front string) (errors, warnings []string, out bool) {
				put("incidents/rash/index.md", fmt.Sprintf(index, front))
				tree, err := source.NewReader(content).Read()
				require.NoError(t, err)
				require.Empty(t, tree.Diagnostics)
				r := g.Build(generator.Input{Content: tree.Files, Themes: set, Zones: time.LoadLocation,
					Now: time.Date(2026, 11, 4, 9, 0, 0, 0, time.UTC)})
				_, out = r.Output.Get("rash/files/" + a.name)
				for _, d := range r.Diagnostics {
					ours := []string{"unnamed-file", "hidden-data", "personal-data", "bad-value", "missing-file"}
					switch text := d.Message.String() + " [" + d.Rule + "]"; {
					case !slices.Contains(ours, d.Rule):
					case d.Severity.String() == "error":
						errors = append(errors, text)
					default:
						warnings = append(warnings, text)
					}
				}
				return errors, warnings, out
			}
			errors, warnings, out := build("")
			assert.False(t, out, "it is published though nothing names it")
			if a.want == never {
				assert.Empty(t, append(errors, warnings...))
				errors, _, _ = build("[files]\n" + fmt.Sprintf("%q", a.name) + " = \"x\"\n")
				assert.Len(t, errors, 1, "naming it")
				return
			}
			assert.NotEmpty(t, append(errors, warnings...), "nothing is said though nothing names it")
			errors, warnings, out = build("[files]\n" + fmt.Sprintf("%q", a.name) + " = \"x\"\n")
			switch {
			case a.want == public:
				assert.Empty(t, append(errors, warnings...))
				assert.True(t, out)
			case strings.HasPrefix(a.want, refused):
				assert.Contains(t, strings.Join(errors, "\n"), strings.TrimPrefix(a.want, refused))
				assert.False(t, out)
			default:
				assert.Empty(t, errors)
				assert.Contains(t, strings.Join(warnings, "\n"), strings.TrimPrefix(a.want, published))
				assert.True(t, out)
			}
		})
	}
}
