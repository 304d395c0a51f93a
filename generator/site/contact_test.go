package site

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"candor/generator/input/content"
)

func TestReach(t *testing.T) {
	for value, want := range map[string][2]string{
		"400-000-0000":       {"phone", "tel:4000000000"},
		"+86 (10) 8888.0000": {"phone", "tel:+861088880000"},
		"12345":              {"phone", "tel:12345"},
		"110":                {"phone", "tel:110"},
		"911":                {"phone", "tel:911"},
		"12":                 {"text", ""},
		"24/7":               {"text", ""},
		"???":                {"text", ""},
		"138****0917":        {"text", ""},
		"400-000-0000 转 2":   {"phone", "tel:4000000000,2"},
		"021-12345678转2":     {"phone", "tel:02112345678,2"},
		"(800) 395-8325":     {"phone", "tel:8003958325"},
		"（０２１）１２３４５６７８":           {"phone", "tel:02112345678"},
		"+44 (0)20 7946 0000":     {"phone", "tel:+442079460000"},
		"400-000-0000转人工":         {"text", ""},
		"www.example.org":         {"web", "http://www.example.org"},
		"www. example.org":        {"text", ""},
		"li***@huailu.example":    {"text", ""},
		"care@huailu.example":     {"mail", "mailto:care@huailu.example"},
		"care+1@huailu.example":   {"mail", "mailto:care+1@huailu.example"},
		"a?b=c@huailu.example":    {"mail", "mailto:a%3Fb=c@huailu.example"},
		"care@huailu":             {"text", ""},
		"a b@huailu.example":      {"text", ""},
		"https://a.example/x?y=z": {"web", "https://a.example/x?y=z"},
		"http://a.example":        {"web", "http://a.example"},
		"HTTPS://a.example":       {"text", ""},
		"javascript:alert(1)":     {"text", ""},
		"javascript:a@b.example":  {"mail", "mailto:javascript:a@b.example"},
		"//a.example":             {"text", ""},
		"tel:110":                 {"text", ""},
		"柜台":                      {"text", ""},
		"":                        {"text", ""},
		"2026-11-04":              {"phone", "tel:20261104"}, // nobody gives a date as a contact
	} {
		kind, address := Contact{Contact: content.Contact{Value: value}}.Reach()
		assert.Equal(t, want, [2]string{kind, address}, value)
	}
}
