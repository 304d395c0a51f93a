package domain_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"

	"candor/generator/domain"
)

// TestLists: no list is empty, has an empty word or has one twice: they are offered to people.
func TestLists(t *testing.T) {
	for name, list := range map[string][]string{
		"kinds":      domain.Strings(domain.Kinds()),
		"statuses":   domain.Strings(domain.Statuses()),
		"stances":    domain.Strings(domain.Stances()),
		"types":      domain.BuiltinTypes(),
		"scopes":     domain.Strings(domain.Scopes()),
		"severities": domain.Strings(domain.Severities()),
		"speeds":     domain.Strings(domain.Speeds()),
		"promises":   domain.Strings(domain.Promises()),
		"duties":     domain.Strings(domain.Duties()),
		"conditions": domain.Strings(domain.Conditions()),
		"services":   domain.Strings(domain.ServiceKinds()),
		"occasions":  domain.Strings(domain.Occasions()),
		"phases":     domain.Strings(domain.Phases()),
		"headings":   domain.Strings(slices.Concat(domain.Sections(), domain.Groups(), domain.Parts())),
		"files":      domain.DataFiles(),
	} {
		assert.NotEmpty(t, list, name)
		assert.NotContains(t, list, "", name)
		assert.Len(t, slices.Compact(slices.Sorted(slices.Values(list))), len(list), name)
	}
}

// TestLevels: the levels are 1 to 3, the most serious first, and nothing else is one.
func TestLevels(t *testing.T) {
	var said []string
	for _, l := range domain.Levels() {
		said = append(said, l.String())
	}
	assert.Equal(t, []string{"1", "2", "3"}, said)
	for l := domain.Level(-1); l <= 5; l++ {
		assert.Equal(t, slices.Contains(domain.Levels(), l), l.Valid(), l)
	}
}

// TestWords: texts become words and words texts, one by one; none stays none.
func TestWords(t *testing.T) {
	texts := []string{"known", "of-its-own"}
	assert.Equal(t, texts, domain.Strings(domain.Words[domain.Section](texts)))
	assert.Nil(t, domain.Words[domain.Section](nil))
}

// TestWorse: a condition is worse than those before it, and none is better than all.
func TestWorse(t *testing.T) {
	order := append([]domain.Condition{""}, domain.Conditions()...)
	for i, a := range order {
		for j, b := range order {
			assert.Equal(t, i > j, a.Worse(b), "%s, %s", a, b)
		}
	}
}
