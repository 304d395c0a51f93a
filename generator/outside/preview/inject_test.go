package preview

import (
	"bytes"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"candor/generator/fileset"
)

func sum(t *testing.T, s fileset.Set, path string) string {
	t.Helper()
	f, ok := s.Get(path)
	if !ok {
		t.Fatalf("no %s", path)
	}
	return f.Sum.String()
}

func TestWiden(t *testing.T) {
	for policy, want := range map[string]string{
		"default-src 'none'; style-src 'sha256-x='; img-src 'self' data:; base-uri 'none'; form-action 'none'": "default-src 'none'; style-src 'sha256-x='; img-src 'self' data:; base-uri 'none'; form-action 'none'; script-src 'self'; connect-src 'self'",
		"default-src 'none'; script-src 'sha256-a=' 'sha256-b='":                                               "default-src 'none'; script-src 'sha256-a=' 'sha256-b=' 'self'; connect-src 'self'",
		"default-src 'none'; script-src 'none';connect-src  'NONE' ;img-src *":                                 "default-src 'none'; script-src 'self';connect-src 'self';img-src *",
		"Default-Src 'none'; SCRIPT-SRC 'Self'":                                                                "Default-Src 'none'; SCRIPT-SRC 'Self'; connect-src 'self'",
		"script-src-elem 'sha256-a='; script-src 'none'; connect-src https://a.example":                        "script-src-elem 'sha256-a=' 'self'; script-src 'none'; connect-src https://a.example 'self'",
		"default-src 'self'":              "default-src 'self'",
		"default-src 'sha256-a=' data:":   "default-src 'sha256-a=' data:; script-src 'sha256-a=' data: 'self'; connect-src 'sha256-a=' data: 'self'",
		"default-src":                     "default-src; script-src 'self'; connect-src 'self'",
		"img-src 'self'; base-uri 'none'": "img-src 'self'; base-uri 'none'",
		"script-src 'none'; script-src *": "script-src 'self'; script-src *",
		"default-src 'none';":             "default-src 'none';; script-src 'self'; connect-src 'self'",
		"":                                "",
		" ; ;":                            " ; ;",
	} {
		if got := widen(policy); got != want {
			t.Errorf("%s\n got %s\nwant %s", policy, got, want)
		}
		if again := widen(widen(policy)); again != widen(policy) {
			t.Errorf("%s: twice is %s", policy, again)
		}
	}
}

const mark = "<!--HERE-->"

func TestInject(t *testing.T) {
	const wider = "default-src &#39;none&#39;; script-src &#39;self&#39;; connect-src &#39;self&#39;"
	for page, want := range map[string]string{
		"": mark, "<p>x": "<p>x" + mark,
		"<!doctype html><body><p>x</p></body></html>":                                                 "<!doctype html><body><p>x</p>" + mark + "</body></html>",
		"<body>a</BODY >\n</html>\n":                                                                  "<body>a" + mark + "</BODY >\n</html>\n",
		"<body>a</body><!-- </body> -->":                                                              "<body>a" + mark + "</body><!-- </body> -->",
		"<body><script>'</body>'</script>a</body>":                                                    "<body><script>'</body>'</script>a" + mark + "</body>",
		"<body>a</body>b</body>c":                                                                     "<body>a</body>b" + mark + "</body>c",
		"<body><textarea></body></textarea>a":                                                         "<body><textarea></body></textarea>a" + mark,
		`<meta http-equiv="Content-Security-Policy" content="default-src 'none'">`:                    `<meta http-equiv="Content-Security-Policy" content="` + wider + `">` + mark,
		`<META CONTENT='default-src &#39;none&#39;' data-x = y Http-Equiv=content-security-policy />`: `<meta content="` + wider + `" data-x="y" http-equiv="content-security-policy"/>` + mark,
		`<meta content=default-src http-equiv=content-security-policy>`:                               `<meta content="default-src; script-src &#39;self&#39;; connect-src &#39;self&#39;" http-equiv="content-security-policy">` + mark,
		`<meta http-equiv=Content-Security-Policy>`:                                                   `<meta http-equiv=Content-Security-Policy>` + mark,
		`<meta http-equiv=refresh content="default-src 'none'">`:                                      `<meta http-equiv=refresh content="default-src 'none'">` + mark,
		`<!-- <meta http-equiv=Content-Security-Policy content="default-src 'none'"> -->`:             `<!-- <meta http-equiv=Content-Security-Policy content="default-src 'none'"> -->` + mark,
		"</body><meta http-equiv=Content-Security-Policy content=default-src>":                        "</body><meta http-equiv=\"Content-Security-Policy\" content=\"default-src; script-src &#39;self&#39;; connect-src &#39;self&#39;\">" + mark,
		"\xff\xfe<p>\x00\r\n</p>":                                                                     "\xff\xfe<p>\x00\r\n</p>" + mark,
	} {
		if got := string(inject([]byte(page), func(string) string { return mark })); got != want {
			t.Errorf("%q\n got %q\nwant %q", page, got, want)
		}
	}
}

// TestFrame: what the script cannot change in an open page has a digest, and the rest has none.
func TestFrame(t *testing.T) {
	frame := func(page string) string { return scan([]byte(page)).frame }
	const page = `<html><head><title>a</title><meta name="description" content="a"><link rel="canonical" href="/a"><style>p{}</style></head><body class=a><p>a</p><script>a</script></body>`
	for _, change := range []struct {
		old, new string
		same     bool
	}{
		{"<title>a", "<title>b", true}, {`content="a"`, `content="b"`, true}, {`href="/a"`, `href="/b"`, true}, {"<p>a", "<p>b", true}, {"class=a", "class=b", true},
		{"p{}", "p{a}", false}, {"<script>a", "<script>b", false}, {"<style>", "<style media=print>", false}, {"</head>", "<meta name=robots></head>", false},
		{"</style>", "</style><style></style>", false}, {"<script>", "<script src=a>", false},
	} {
		changed := strings.Replace(page, change.old, change.new, 1)
		if changed == page || (frame(changed) == frame(page)) != change.same {
			t.Errorf("%s to %s: same is not %v", change.old, change.new, change.same)
		}
	}
}

// FuzzInject: nothing panics, and without the script and the policies the bytes are those of the page.
func FuzzInject(f *testing.F) {
	for _, page := range []string{
		"", "<p>x</body>", `<meta http-equiv=content-security-policy content=default-src>`, `<meta http-equiv="Content-Security-Policy" content="default-src 'none'"></body></body>`,
		"<script></body>", "<!--", "<meta content", "<meta a=b/c ==d e = 'f' content=\"\" http-equiv=Content-Security-Policy", "<textarea>\r\n\x00</title>", "<svg><![CDATA[</body>]]>",
		"<meta/content=x/http-equiv=content-security-policy>", "<plaintext></body>", "</><?x></ body>",
		"<A 0=\x00>", "<A AA AA>", "<A \xe0 \xf9>",
	} {
		f.Add([]byte(page))
	}
	f.Fuzz(func(t *testing.T, page []byte) {
		given := bytes.Clone(page)
		out := inject(page, func(frame string) string { return mark + frame + mark })
		if !bytes.Equal(given, page) {
			t.Fatal("the page itself was changed")
		}
		begin := bytes.Index(out, []byte(mark))
		if bytes.Contains(page, []byte(mark)) {
			return
		}
		length := bytes.Index(out[begin+1:], []byte(mark)) + 1 + len(mark)
		rest := append(bytes.Clone(out[:begin]), out[begin+length:]...)
		if !bytes.Contains(bytes.ToLower(page), []byte("http-equiv")) && !bytes.Equal(rest, page) {
			t.Fatalf("%q became %q", page, rest)
		}
		compareTokens(t, page, rest)
	})
}

// compareTokens holds two pages to be the same, token for token, but for the content of a policy.
func compareTokens(t *testing.T, page, other []byte) {
	t.Helper()
	a, b := html.NewTokenizer(bytes.NewReader(page)), html.NewTokenizer(bytes.NewReader(other))
	for {
		kind := a.Next()
		if b.Next() != kind {
			t.Fatalf("%q became %q: other tokens", page, other)
		}
		x, y := bytes.Clone(a.Raw()), bytes.Clone(b.Raw())
		if kind == html.StartTagToken || kind == html.SelfClosingTagToken {
			p, q := a.Token(), b.Token()
			if policyOf(p) >= 0 {
				i := policyOf(p)
				if q.Attr[i].Val != widen(p.Attr[i].Val) {
					t.Fatalf("%q became %q: %q", page, other, q.Attr[i].Val)
				}
				q.Attr[i].Val = p.Attr[i].Val
				if p.String() != q.String() {
					t.Fatalf("%q became %q: %s", page, other, q)
				}
				continue
			}
		}
		if !bytes.Equal(x, y) {
			t.Fatalf("%q became %q: %q is %q", page, other, x, y)
		}
		if kind == html.ErrorToken {
			return
		}
	}
}

// policyOf returns the index of the attribute that holds a policy, or -1.
func policyOf(tag html.Token) int {
	content, policy := -1, ""
	for i, a := range tag.Attr {
		switch a.Key {
		case "content":
			content = i
		case "http-equiv":
			policy = a.Val
		}
	}
	if tag.Data != "meta" || strings.ToLower(policy) != "content-security-policy" {
		return -1
	}
	return content
}
