package machine_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"candor/generator/output/machine"
)

// FuzzQuote: a text is quoted as encoding/json quotes it.
func FuzzQuote(f *testing.F) {
	for _, text := range []string{"", "a & b", `]]> </script> "'\\`, "\u2027\u2028\u2029\u202a🙂\r\n\t\b\f", "\x00\x1f\x7f", "\xff\xe2\x80", "نص 中文，"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		assert.Equal(t, string(machine.JSON(text)), string(machine.Quote(nil, text)))
	})
}
