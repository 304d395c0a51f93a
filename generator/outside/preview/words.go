package preview

import (
	"encoding/json"
	"io/fs"
	"regexp"

	"candor/generator/message"
)

// said are the texts of the client's scripts, the keys of the catalogues: say("…") and
// count(n, "…", "…"), of which the second is the key.
var said = regexp.MustCompile(`\b(?:say\(|count\([^"]*, "[^"]*", )"([^"]*)"`)

// Said returns what the scripts of the client say, in English.
func Said() []string {
	var texts []string
	names, _ := fs.Glob(client, "client/*.js")
	for _, name := range names {
		script, _ := client.ReadFile(name) // it is compiled in
		for _, match := range said.FindAllSubmatch(script, -1) {
			texts = append(texts, string(match[1]))
		}
	}
	return texts
}

// clientWords returns what a language has for the client: a tag, and the forms of the texts.
func clientWords(words *message.Words) []byte {
	if words == nil {
		words = message.English()
	}
	texts := map[string]message.Forms{}
	for _, text := range Said() {
		if forms, ok := words.Forms(text); ok {
			texts[text] = forms
		}
	}
	data, _ := json.Marshal(map[string]any{"lang": words.Tag(), "texts": texts}) // strings can be written
	return data
}

// lang returns the language that the preview speaks.
func (s *Server) lang() string { return message.Primary(s.opt.Words.Tag()) }
