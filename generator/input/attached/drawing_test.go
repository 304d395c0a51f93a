package attached

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// FuzzDrawing: a drawing that is let through holds nothing that runs, whatever
// the way in which it was written.
func FuzzDrawing(f *testing.F) {
	for _, seed := range []string{
		`<svg xmlns="http://www.w3.org/2000/svg"><title>x</title><path d="M0 0" style="fill:url(#a)"/><use href="#b"/></svg>`,
		`<svg><script/></svg>`,
		`<svg onload="x"/>`,
		`<s:svg xmlns:s="x"><s:script/></s:svg>`,
		`<svg><a href="java&#115;cript:x"/></svg>`,
		`<svg><style>@import "x"</style></svg>`,
		`<?xml version="1.0"?><!DOCTYPE svg><svg/>`,
		`<!DOCTYPE svg [<!ENTITY x "y">]><svg/>`,
		`<?xml-stylesheet href="x"?><svg/>`,
		`<svg><image href="data:image/png;base64,x"/></svg>`,
		`<svg><image href="data:image/svg+xml,x"/></svg>`,
		`<svg><animate/></svg>`,
		`<svg>`,
		"",
		"\xff",
		`<svg xlink:href="#a"/>`,
		`<svg/><svg`,
		`<svg fill="url(https://x)"/>`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if activeDrawing(data).Format == "" &&
			activeDrawing(append([]byte("<g>"), append(data, "<script/></g>"...)...)).Format == "" {
			t.Fatalf("a script behind %q is not seen", data)
		}
	})
}

func TestDrawing(t *testing.T) {
	for text, runs := range map[string]bool{
		`<svg xmlns:xlink="http://www.w3.org/1999/xlink"><defs><path id="a"/></defs><use xlink:href="#a"/></svg>`: false,
		`<svg><text>on = off, javascript: is a word</text></svg>`:                                                 false,
		`<svg><a href="https://example.org/"><text>x</text></a></svg>`:                                            false,
		`<svg><style>.a{fill:url(#b)}</style></svg>`:                                                              false,
		`<svg><image href="data:image/png;base64,x"/></svg>`:                                                      false,
		`<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE svg PUBLIC "a" "b"><svg/>`:                               false,
		`<svg><script>x</script></svg>`:                                                                           true,
		`<svg><SCRIPT>x</SCRIPT></svg>`:                                                                           true,
		`<svg><g onclick="x"/></svg>`:                                                                             true,
		`<svg><a xlink:href="jav&#x09;ascript:x"/></svg>`:                                                         true,
		`<svg><set/></svg>`:                                 true,
		`<svg><animateTransform/></svg>`:                    true,
		`<svg><foreignObject/></svg>`:                       true,
		`<svg><use href="other.svg#a"/></svg>`:              true,
		`<svg><image href="https://track.example/"/></svg>`: true,
		`<svg><style>@import url(x)</style></svg>`:          true,
		`<svg><style>.a{fill:\75rl(x)}</style></svg>`:       true,
		`<svg fill="url(//x)"/>`:                            true,
		`<svg style="background:url(x)"/>`:                  true,
		`<!DOCTYPE svg [<!ENTITY a "b">]><svg>&a;</svg>`:    true,
		`<?xml-stylesheet href="x"?><svg/>`:                 true,
		`<svg>`:                                             true,
		`not xml <`:                                         true,
		"<svg>\xff</svg>":                                   true,
		`<?xml version="1.0" encoding="utf-7"?><svg/>`:      true,
	} {
		assert.Equal(t, runs, active("a.svg", []byte(text)).Format != "", text)
	}
}
