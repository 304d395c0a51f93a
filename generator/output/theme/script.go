package theme

import (
	"bytes"
	"errors"
	"html/template"
	"strings"

	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/js"
	"github.com/tdewolff/parse/v2"

	"candor/generator/diag"
)

// largestScript is how many bytes a theme's script may have, minified: it stands
// in every page on which something is due, and those are read in a hurry.
const largestScript = 1024

// script returns the theme's script, minified; empty where it has none.
func (t *Theme) script() (string, diag.List) {
	const path = "assets/page.js"
	if _, ok := t.files.Get(path); !ok {
		return "", nil
	}
	src := t.source(path)
	m := minify.New()
	m.Add("text/javascript", &js.Minifier{})
	text, err := m.String("text/javascript", string(src.Data))
	var syntax *parse.Error
	switch {
	case errors.As(err, &syntax):
		at := src.Offset(syntax.Line, syntax.Column-1)
		return "", diag.List{src.At(at, at+1, "bad-value", diag.Textf("the script cannot be read: %s", syntax.Message), diag.Text{})}
	case err != nil:
		return "", diag.List{src.Whole("bad-value", diag.Textf("the script cannot be read: %s", err.Error()), diag.Text{})}
	case len(text) > largestScript:
		return "", diag.List{src.Whole("bad-value", diag.Textf("the script has %d bytes, minified; %d are allowed", len(text), largestScript),
			diag.Textf("leave words to the templates, and looks to the style sheet"))}
	case text != "" && !staysItself(text):
		return "", diag.List{src.Whole("bad-value", diag.Textf("the script, minified, has {{ or something else that does not stay as it is in a template"),
			diag.Textf("remove </ and <!--, and write { { with a space in texts"))}
	}
	return text, nil
}

// scriptTemplate is the template "script". A page on which nothing is due has
// none. A module runs when the page has been read; browsers that do not know
// modules pass it over.
func scriptTemplate(script string) string {
	if script == "" {
		return `{{define "script"}}{{end}}`
	}
	return `{{define "script"}}{{with .Live}}<script type="module" data-since="{{.ISO}}">` + script + `</script>{{end}}{{end}}`
}

// staysItself says whether html/template leaves a script as it is, so that the
// hash in the policy is that of what is published.
func staysItself(script string) bool {
	if strings.Contains(script, "{{") || strings.Contains(strings.ToLower(script), "</script") || strings.Contains(script, "<!--") {
		return false
	}
	var b bytes.Buffer
	err := template.Must(template.New("").Parse(scriptTemplate(script))).ExecuteTemplate(&b, "script", map[string]any{"Live": map[string]string{"ISO": "x"}})
	return err == nil && b.String() == `<script type="module" data-since="x">`+script+`</script>`
}
