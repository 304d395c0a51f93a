package template

import (
	"bytes"
	"html/template"
	"reflect"
	"strconv"
	"strings"
	"sync"
	"text/template/parse"
)

// escaper writes values into one context as html/template does. It has no table of its own: it asks
// html/template what becomes of each byte, when the program starts, and again for each value that
// html/template does not write byte by byte.
type escaper struct {
	before, after string   // the context, around the value
	verbatim      bool     // finished HTML is written as it is
	whole         string   // a text with one of these bytes is not written byte by byte
	address       *escaper // a template.URL is written as a text is there

	html  *template.Template
	bytes [256][]byte // what is written for a byte; nil for the byte itself
}

// contexts are where a program can place a value.
var contexts = []*escaper{
	{before: "", after: "", verbatim: true},
	{before: "<title>", after: "</title>"},
	{before: `<a title="`, after: `">`},
	{before: `<a href="`, after: `">`, whole: "%:", address: inAddress}, // "%": escaped already; ":": a scheme
	inAddress,
	{before: `<a href="#`, after: `">`},
}

var inAddress = &escaper{before: `<a href="/`, after: `">`, whole: "%"}

var (
	htmlType = reflect.TypeFor[template.HTML]()
	urlType  = reflect.TypeFor[template.URL]()
)

// escapers returns the escaper of each context, by the functions that html/template calls in it.
var escapers = sync.OnceValue(func() map[string]*escaper {
	known := map[string]*escaper{}
	for _, e := range contexts {
		e.html = template.Must(template.New("context").Parse(e.before + "{{.}}" + e.after))
		for b := range e.bytes {
			text := string([]byte{byte(b)})
			var w bytes.Buffer
			e.ask(&w, reflect.ValueOf(text))
			if w.String() != text {
				e.bytes[b] = w.Bytes()
			}
		}
		for _, node := range e.html.Tree.Root.Nodes {
			if action, ok := node.(*parse.ActionNode); ok {
				_, functions := split(action.Pipe)
				known[functions] = e
			}
		}
	}
	return known
})

// split cuts the functions that html/template has put there from the end of a pipeline.
func split(pipe *parse.PipeNode) (cmds []*parse.CommandNode, functions string) {
	cmds = pipe.Cmds
	for {
		last, ok := cmds[len(cmds)-1].Args[0].(*parse.IdentifierNode)
		if !ok || !strings.HasPrefix(last.Ident, "_html_template_") {
			return cmds, functions
		}
		cmds, functions = cmds[:len(cmds)-1], last.Ident+" "+functions
	}
}

// write writes a value.
func (e *escaper) write(w *bytes.Buffer, v reflect.Value) {
	switch {
	case !v.IsValid() || v.NumMethod() > 0: // it may have a text of its own
		e.ask(w, v)
	case v.Kind() == reflect.String:
		e.writeText(w, v)
	case v.CanInt():
		e.replace(w, strconv.FormatInt(v.Int(), 10))
	default:
		e.ask(w, v)
	}
}

// writeText writes a text, whose type may say what it is.
func (e *escaper) writeText(w *bytes.Buffer, v reflect.Value) {
	as := e
	switch t := v.Type(); {
	case t == htmlType && e.verbatim:
		w.WriteString(v.String())
		return
	case t == urlType:
		as = e.address
	case t.PkgPath() == "html/template":
		as = nil
	}
	if as == nil || strings.ContainsAny(v.String(), as.whole) {
		e.ask(w, v)
		return
	}
	as.replace(w, v.String())
}

// replace writes a text byte by byte.
func (e *escaper) replace(w *bytes.Buffer, s string) {
	from := 0
	for i := range len(s) {
		if r := e.bytes[s[i]]; r != nil {
			w.WriteString(s[from:i])
			w.Write(r)
			from = i + 1
		}
	}
	w.WriteString(s[from:])
}

// ask writes what html/template makes of a value.
func (e *escaper) ask(w *bytes.Buffer, v reflect.Value) {
	var all bytes.Buffer
	if err := e.html.Execute(&all, v); err != nil {
		beyond()
	}
	w.Write(all.Bytes()[len(e.before) : all.Len()-len(e.after)])
}
