package lexicon

import "candor/generator/input/prose"

// What a Lexicon reads is prose: see there.
type (
	Text  = prose.Text
	Block = prose.Block
	Run   = prose.Run
)

// Object stands for what is no text. No pattern matches it or reaches over it.
const Object = prose.Object

// Plain makes a Text of one block that stands in the source as it is, from start on.
func Plain(text string, start int) Text { return prose.Plain(text, start) }
