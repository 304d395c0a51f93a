package lexicon

import (
	"embed"
	"sync"

	"candor/generator/diag"
)

//go:embed lists/*.toml
var files embed.FS

// Default returns the word lists that Candor comes with: Chinese and English.
// They are read when they are first asked for.
func Default() *Lexicon { return defaults() }

var defaults = sync.OnceValue(load)

func load() *Lexicon {
	var l *Lexicon
	for _, name := range []string{"lists/zh-Hans.toml", "lists/en.toml"} {
		data, err := files.ReadFile(name)
		if err != nil {
			panic("lexicon: " + err.Error())
		}
		next, found := Parse(diag.Source{Path: name, Data: data}, l)
		if len(found) > 0 {
			panic("lexicon: " + name + ": " + found[0].Message.String())
		}
		l = next
	}
	return l
}
