package attached

import (
	"bytes"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"candor/generator/diag"
)

// ending is what servers and browsers make of an ending of a name.
type ending int

const (
	unknown ending = iota // a server may say nothing of the type, and a browser looks at the bytes
	packs                 // how a file is packed: the ending before it has the type
	text                  // every server says text/plain or its like: a browser never takes it for something else
	passive               // a type that does not run
	drawing               // SVG
	runs                  // a browser runs it, or what it may hold
	served                // a server runs it
)

// endings are the endings that matter, in small letters. Those that run follow mime.types of the Apache
// HTTP Server (HTML, XML and every "+xml", scripts, plugins) and the handlers of Apache, PHP, IIS, Tomcat
// and ColdFusion.
var endings = table(map[ending]string{
	packs: "gz z br bz2 zst xz deflate",
	text:  "txt json",
	passive: "pdf csv tsv md ics vcf eml png jpg jpeg jpe gif webp avif heic heif tif tiff bmp ico " +
		"mp4 m4v mov webm ogv avi mpg mpeg mp3 m4a aac ogg oga wav flac " +
		"zip tgz 7z rar tar doc docx xls xlsx ppt pptx odt ods odp rtf epub",
	drawing: "svg",
	runs: "html5 htt maff webarchive jsm es ecma spl xap xbap jar class jnlp xpi appcache " +
		"xsd xbl xul dtd ent rdf rss atom atomcat atomsvc kml gml gpx mathml mml smi smil grxml ssml srx " +
		"vxml xvml xhvml xvm mxml ccxml scxml wsdl wspolicy wadl xop xspf xdp xfdf xfdl uoml cdxml musicxml opf " +
		"ncx dtb res davmount lostxml mscml emma pls rsd rld rl rs rif xer xenc xsm xdm dd2 ttml dfxp x3d dae " +
		"wbs lbe zmm mpkg irp link66 osfpvg zaz shf sbml owl " + inAnyPlace[runs],
	served: "asmx axd cer do pl py rb lua fpl " + inAnyPlace[served],
})

// inAnyPlace are the endings that count wherever they are in a name, because no language has their name:
// report.es.pdf and report.pl.pdf are translations.
var inAnyPlace = map[ending]string{
	runs: "html htm xhtml xht xhtm hta htc mht mhtml mhtm js mjs cjs wasm swf xml xsl xslt svgz",
	served: "php php3 php4 php5 php7 php8 phtml pht phar phps asp aspx asa asax ascx ashx cshtml vbhtml " +
		"jsp jspx jspf jsw jsv jhtml cfm cfml cfc cgi fcgi shtml shtm stm",
}

var anywhere = table(inAnyPlace)

func table(lists map[ending]string) map[string]ending {
	all := map[string]ending{}
	for kind, list := range lists {
		for e := range strings.FieldsSeq(list) {
			all[e] = kind
		}
	}
	return all
}

// settingsFiles are files by which the folder that they are in tells a server or a plugin what to allow.
var settingsFiles = []string{"web.config", "php.ini", ".user.ini", ".htaccess", ".htpasswd", "crossdomain.xml",
	"clientaccesspolicy.xml", "httpd.ini"}

// active returns why a file could act in a reader's browser, or on the server, as if it were the site;
// an empty text if it cannot. Apache takes the type of page.html.en from the last ending that has one,
// and runs page.php.txt; IIS 6 runs a.asp;.txt.
func active(name string, data []byte) diag.Text {
	name = strings.ToLower(norm.NFKC.String(name))
	if slices.Contains(settingsFiles, name) {
		return diag.Textf("servers take a file of this name for their settings")
	}
	last, typed := "", "" // the last ending, and the last that has a type
	parts := strings.FieldsFunc(name, func(r rune) bool { return r == '.' || r == ';' })
	if !strings.HasPrefix(name, ".") && len(parts) > 0 {
		parts = parts[1:]
	}
	for _, part := range parts {
		if last = part; endings[part] > packs {
			typed = part
		}
		if anywhere[part] != unknown {
			break
		}
	}
	switch html := scriptable(data); {
	case typed == "svgz", endings[typed] == drawing && endings[last] == packs:
		return diag.Textf("nobody can see what is packed in this drawing")
	case endings[typed] == served:
		return diag.Textf("servers run files of the kind .%s", typed)
	case endings[typed] == runs:
		return diag.Textf("a file of this kind can run in the reader's browser")
	case endings[typed] == drawing:
		return activeDrawing(data)
	case endings[last] == passive && html:
		return diag.Textf("the name says .%s, but the file begins with HTML or XML", last)
	case endings[last] == unknown && (html || hasTags(data)):
		return diag.Textf(
			"this file holds HTML, which a browser may run where the server does not say what it is")
	}
	return diag.Text{}
}

// headerLength is how much of a file browsers look at (MIME Sniffing standard, "resource header").
const headerLength = 1445

// htmlPatterns are how the bytes of HTML begin (MIME Sniffing standard, identifying a resource with an
// unknown MIME type): in letters of any case, after any white space, before a space or a ">".
var htmlPatterns = []string{"<!doctype html", "<html", "<head", "<script", "<iframe", "<h1", "<div", "<font", "<table",
	"<a", "<style", "<title", "<b", "<body", "<br", "<p", "<!--"}

// xmlPattern is how the bytes of XML begin, likewise; nothing need follow.
const xmlPattern = "<?xml"

// scriptable reports whether a browser that does not know the type of the bytes, and was not told
// nosniff, takes them for HTML or XML. net/http.DetectContentType does the same with 512 bytes.
func scriptable(data []byte) bool {
	data = bytes.TrimLeft(data[:min(len(data), headerLength)], "\t\n\f\r ")
	if bytes.HasPrefix(data, []byte(xmlPattern)) {
		return true
	}
	return slices.ContainsFunc(htmlPatterns, func(pattern string) bool {
		n := len(pattern)
		return len(data) > n && strings.EqualFold(string(data[:n]), pattern) && (data[n] == ' ' || data[n] == '>')
	})
}

// tags are elements that browsers older than the standard look for anywhere in the header.
var tags = []string{"<!doctype html", "<html", "<head", "<body", "<script", "<iframe", "<svg", "<table", "<style",
	"<div", "<object", "<embed", "<img", "<form", "<feed", "<rss", "<rdf", "<?xml"}

// hasTags reports whether a text has an element anywhere in its header.
func hasTags(data []byte) bool {
	if hasBinary(data) {
		return false
	}
	head := bytes.ToLower(data[:min(len(data), headerLength)])
	return slices.ContainsFunc(tags, func(tag string) bool { return bytes.Contains(head, []byte(tag)) })
}
