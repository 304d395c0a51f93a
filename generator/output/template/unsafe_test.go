package template_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"candor/generator/output/template"
)

func TestHasUnsafe(t *testing.T) {
	for page, want := range map[string]bool{
		`<title>ZgotmplZ</title><p>ZgotmplZ, "ZgotmplZ" and #ZgotmplZ are words</p><textarea>ZgotmplZ</textarea>`: false,
		`<style>p{}</style><p>ZgotmplZ</p><script>x()</script>`:                                                   false,
		`<p title="a > b">ZgotmplZ</p>`:                                                                           false,
		`<a href="#ZgotmplZ">x</a>`:                                                                               true,
		`<a title="a > b" href="#ZgotmplZ">x</a>`:                                                                 true,
		`<a title=ZgotmplZ>x</a>`:                                                                                 true,
		`<a ZgotmplZ="x">x</a>`:                                                                                   true,
		`<br ZgotmplZ/>`:                                                                                          true,
		`<p style="color:ZgotmplZ">x</p>`:                                                                         true,
		`<style>p{color:ZgotmplZ}</style>`:                                                                        true,
		`<style>a</style><style>p > a{background:url(#ZgotmplZ)}</style>`:                                         true,
		`<STYLE media=print>p{color:ZgotmplZ}</STYLE>`:                                                            true,
		`<svg><style>p{color:ZgotmplZ}</style></svg>`:                                                             true,
		`<script>x("ZgotmplZ")</script>`:                                                                          true,
		`<p>ok</p ZgotmplZ>`:                                                                                      true,
		``:                                                                                                        false,
	} {
		assert.Equal(t, want, template.HasUnsafe([]byte(page)), page)
	}
}
