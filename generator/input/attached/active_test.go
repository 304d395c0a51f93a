package attached

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

const (
	runsHere = "a file of this kind can run in the reader's browser"
	holds    = "this file holds HTML, which a browser may run where the server does not say what it is"
	packed   = "nobody can see what is packed in this drawing"
)

func TestActive(t *testing.T) {
	plain := "Test laboratory Sundby"
	for _, c := range []struct{ name, data, want string }{
		{"a.txt", plain, ""}, {"a.TXT", "<html><script>", ""}, {"a", plain, ""}, {"a.data", plain, ""},
		{"a.html", plain, runsHere}, {"a.HTM", plain, runsHere}, {"a.html.en", plain, runsHere},
		{"a.html.zh-Hans", plain, runsHere}, {"a.html.txt", plain, runsHere}, {"a.ＨＴＭＬ", plain, runsHere},
		{"a.xhtml.gz", plain, runsHere}, {"a.kml.gz", plain, runsHere}, {"a.kml.en", plain, runsHere},
		{"a.xsd", plain, runsHere}, {"a.RDF", plain, runsHere}, {"a.atom", plain, runsHere}, {"a.mml", plain, runsHere},
		{"a.mjs", plain, runsHere}, {"a.swf", plain, runsHere}, {"a.es", plain, runsHere},
		{"a.shtm", plain, "servers run files of the kind .shtm"}, {"a.PHP5", plain, "servers run files of the kind .php5"},
		{"a.php.jpg", plain, "servers run files of the kind .php"},
		{"a.asp;.txt", plain, "servers run files of the kind .asp"},
		{"a.pl", plain, "servers run files of the kind .pl"}, {"a.pl.pdf", "%PDF-1.7", ""}, {"a.es.pdf", "%PDF-1.7", ""},
		{"Web.Config", plain, "servers take a file of this name for their settings"},
		{".htaccess", plain, "servers take a file of this name for their settings"},
		{"a.svgz", plain, packed}, {"a.svg.gz", plain, packed}, {"a.svg.png", plain, ""},
		{"a.svg", `<svg xmlns="http://www.w3.org/2000/svg"/>`, ""},
		{"a.svg.en", "<svg onload='x'/>", "this drawing holds something that can run: onload"},
		{"a", "<div onclick='x'>", holds}, {"a.data", strings.Repeat(" ", 1100) + "<script>", holds},
		{"a.data", strings.Repeat("x", 1100) + "<script >", holds}, {"a.data", strings.Repeat("x", 1445) + "<script>", ""},
		{"a.log", "GET /<script>", holds}, {"a.bin", "\x00<script>", ""}, {"a", "<?xml version='1.0'?>", holds},
		// A browser takes image/gif and application/pdf at their word, with nosniff and without; what it knows
		// nothing of it takes for the first type that fits, which is not HTML here.
		{"a.gif", "GIF89a<script>alert(1)</script>", ""}, {"polyglot", "GIF89a\x00<script>", ""},
		{"a.pdf", "%PDF-1.7 <html>", ""}, {"polyglot", "GIF89a=1;/*<script>*/", holds},
		{"a.pdf", "<html>%PDF-1.7", "the name says .pdf, but the file begins with HTML or XML"},
		{"a.gif", "\n<!-- GIF89a -->", "the name says .gif, but the file begins with HTML or XML"},
		{"a.csv", "<p >", "the name says .csv, but the file begins with HTML or XML"},
		{"a.xls", "<table>", "the name says .xls, but the file begins with HTML or XML"},
	} {
		assert.Equal(t, c.want, active(c.name, []byte(c.data)).String(), "%s %.20q", c.name, c.data)
	}
}

// FuzzScriptable compares with the standard library, which knows the same table and looks at 512 bytes.
func FuzzScriptable(f *testing.F) {
	for _, seed := range append(htmlPatterns, xmlPattern, "<!doctype html>", " \n<A >", "<a\t", "<!--x", "\ufeff<html>") {
		f.Add([]byte(seed))
		f.Add([]byte(seed + ">"))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		active("a", data)
		active("a.svg", data)
		data = data[:min(len(data), 512)]
		kind := http.DetectContentType(data)
		want := strings.HasPrefix(kind, "text/html") || strings.HasPrefix(kind, "text/xml")
		assert.Equal(t, want, scriptable(data), "%q is %s", data, kind)
	})
}

// FuzzName: no name makes it panic.
func FuzzName(f *testing.F) {
	for _, seed := range []string{"a.html", ".", "..;", "a.svg.gz", ";;", ".htaccess"} {
		f.Add(seed)
	}
	f.Fuzz(func(_ *testing.T, name string) { active(name, nil) })
}
