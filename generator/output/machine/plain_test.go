package machine_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"candor/generator/output/machine"
)

func TestPlain(t *testing.T) {
	for markup, want := range map[string]string{
		"":                             "",
		"<p>a &lt;b&gt; &amp;amp;</p>": "a <b> &amp;",
		"<p>One\n<em>two</em><br>\nthree</p>\n<p>Four</p>":               "One\ntwo\nthree\nFour",
		`<p>See <a href="https://x.example/?a&gt;b">it</a>.</p>`:         "See it.",
		`<p><img alt="A &quot;graph&quot;" src="https://x.example"></p>`: `A "graph"`,
		"<ul>\n<li>a\n<ul>\n<li>b</li>\n</ul>\n</li>\n<li>c</li>\n</ul>": "a\nb\nc",
		"<pre><code>x\n\n  y &lt;\n</code></pre>\n<p>z</p>":              "x\n\n  y <\nz",
		"<div class=\"table\" tabindex=\"0\"><table>\n<thead>\n<tr>\n<th>a</th>\n<th>b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>1</td>\n<td></td>\n</tr>\n</tbody>\n</table></div>": "a\tb\n1",
	} {
		assert.Equal(t, want, machine.Plain(markup), markup)
	}
}
