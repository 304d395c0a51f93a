package parallel

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func inner(i int) { panic([]string{"one", "two", "three"}[i]) }

func again(f func()) {
	defer func() { panic(recover()) }()
	f()
}

func TestTry(t *testing.T) {
	assert.Nil(t, Try(func() {}))
	for name, f := range map[string]func(){
		"here":                    func() { inner(0) },
		"recovered and continued": func() { again(func() { inner(0) }) },
		"of many calls":           func() { Do(3, inner) },
		"of calls of calls":       func() { Do(2, func(int) { Do(3, inner) }) },
	} {
		p := Try(f)
		require.NotNil(t, p, name)
		assert.Equal(t, "one", p.Value, name)
		require.NotEmpty(t, p.Trace, name)
		assert.Regexp(t, `^candor/generator/parallel\.inner \(try_test\.go:\d+\)$`, p.Trace[0], name)
		assert.True(t, strings.HasPrefix(p.Error(), "one\ncandor/"), name)
	}
	p := Try(func() { _ = []int{}[len(t.Name())-7] })
	require.NotNil(t, p)
	assert.Contains(t, p.Trace[0], "TestTry")
}
