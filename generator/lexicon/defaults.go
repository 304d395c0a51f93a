package lexicon

import (
	"embed"
	"fmt"

	"candor/generator/diag"
)

//go:embed lists/*.toml
var files embed.FS

// Default returns the word lists that Candor comes with: Chinese and English.
func Default() *Lexicon {
	var l *Lexicon
	for _, name := range []string{"lists/zh-Hans.toml", "lists/en.toml"} {
		data, err := files.ReadFile(name)
		if err != nil {
			panic("lexicon: " + err.Error())
		}
		next, found := Parse(diag.Source{Path: name, Data: data}, l)
		if len(found) > 0 {
			panic(fmt.Sprintf("lexicon: %s:%d: %s", name, found[0].Line, found[0].Message))
		}
		l = next
	}
	return l
}
