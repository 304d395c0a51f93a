package machine_test

import (
	"bytes"
	"encoding/xml"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"candor/generator/output/machine"
)

// FuzzXML: texts are written as encoding/xml writes them, in elements and in attributes.
func FuzzXML(f *testing.F) {
	for _, text := range []string{"", "a & b", `]]> </script> "'`, "\u2028🙂\r\n\t", "\x00\x1f\x7f", "\xff\xc0", "\ufffe\uffff\ufffd", "نص 中文"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var want bytes.Buffer
		require.NoError(t, xml.EscapeText(&want, []byte(text)))
		var x machine.XML
		x.Element("e", text, "a", text, "none", "")
		attribute := ` a="` + want.String() + `"`
		if text == "" {
			attribute = ""
		}
		assert.Equal(t, "<e"+attribute+">"+want.String()+"</e>", string(x.Bytes()))
	})
}
