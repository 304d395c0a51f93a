package conflict

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"candor/generator/diag"
)

func places(text string) string {
	var b strings.Builder
	for _, d := range Find(diag.Source{Path: "x.md", Data: []byte(text)}) {
		what := "conflict"
		if strings.Contains(d.Message.String(), "left") {
			what = "left"
		}
		fmt.Fprintf(&b, "%d:%d %s\n", d.Line, d.Column, what)
	}
	return b.String()
}

func TestFind(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"Git":                  {"a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> side\n", "2:1 conflict\n"},
		"Git with the base":    {"<<<<<<< HEAD\nb\n||||||| 1234567\na\n=======\nc\n>>>>>>> side\n", "1:1 conflict\n"},
		"without labels":       {"<<<<<<<\nb\n=======\nc\n>>>>>>>\n>>>>>>> x\n", "1:1 conflict\n6:1 left\n"},
		"Windows":              {"a\r\n<<<<<<< HEAD\r\nb\r\n=======\r\nc\r\n>>>>>>> side\r\n", "2:1 conflict\n"},
		"Mercurial":            {"<<<<<<< working copy: 1f2e - me: x\na\n=======\nb\n>>>>>>> merge rev:    3c4d - me: y\n", "1:1 conflict\n"},
		"Subversion":           {"<<<<<<< .mine\na\n||||||| .r12\nc\n=======\nb\n>>>>>>> .r13\n", "1:1 conflict\n"},
		"Bazaar":               {"<<<<<<< TREE\na\n=======\nb\n>>>>>>> MERGE-SOURCE\n", "1:1 conflict\n"},
		"Fossil":               {"<<<<<<< BEGIN MERGE CONFLICT: local copy shown first <<<<<<<\na\n>>>>>>> END MERGE CONFLICT >>>>>>>\n", "1:1 conflict\n"},
		"two":                  {"<<<<<<< a\n=======\n>>>>>>> b\n\n<<<<<<< a\n=======\n>>>>>>> b\n", "1:1 conflict\n5:1 conflict\n"},
		"indented":             {"- a\n  <<<<<<< HEAD\n  b\n\t=======\n  c\n  >>>>>>> side\n", "2:3 conflict\n"},
		"in code":              {"```\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> side\n```\n", "2:1 conflict\n"},
		"only the first":       {"<<<<<<< HEAD\nb\n", "1:1 conflict\n"},
		"only the last":        {"b\n>>>>>>> side", "2:1 left\n"},
		"only the base":        {"b\n||||||| base\n", "2:1 left\n"},
		"no end of line":       {"<<<<<<< HEAD", "1:1 conflict\n"},
		"only the middle":      {"Title\n=======\n\n>>>>>>>\n", ""},
		"within a line":        {"Git writes `<<<<<<< HEAD` and `>>>>>>> side`.\n", ""},
		"more signs":           {"<<<<<<<<< a\nb\n=========\nc\n>>>>>>>>> a\n", "1:1 conflict\n"},
		"fewer signs":          {"<<<<<< a\n>>>>>>>> a\n>>>>>> a\n|||||||| a\n", ""},
		"in a quotation":       {"> <<<<<<< HEAD\n> b\n> =======\n> c\n> >>>>>>> side\n", "1:1 conflict\n"},
		"in a list":            {"- <<<<<<< HEAD\n- b\n- =======\n- c\n- >>>>>>> side\n", "1:1 conflict\n"},
		"escaped for HTML":     {"a\n&lt;&lt;&lt;&lt;&lt;&lt;&lt; HEAD\nb\n=======\nc\n&gt;&gt;&gt;&gt;&gt;&gt;&gt; side\n", "2:1 conflict\n"},
		"escaped by an editor": {"\\<<<<<<< HEAD\nb\n\\=======\nc\n\\>>>>>>> side\n", "1:1 conflict\n"},
		"full-width":           {"＜＜＜＜＜＜＜ HEAD\nb\n", "1:1 conflict\n"},
		"Perforce":             {">>>> ORIGINAL //a#1\nb\n==== YOURS //a\nc\n<<<<\n", "1:1 left\n3:1 left\n"},
		"Darcs":                {"v v v v v v v\nb\n*************\nc\n^ ^ ^ ^ ^ ^ ^\n", "1:1 left\n5:1 left\n"},
		"a patch":              {"b\n@@ -1,2 +1,3 @@\n-b\n+c\n", "2:1 left\n"},
		"no space":             {"<<<<<<<a\n>>>>>>>a\n|||||||a\n", ""},
		"a table":              {"||||||| a | b |\n|||||||\n", ""},
		"not a text":           {"\x00\n<<<<<<< HEAD\n", ""},
		"nothing":              {"", ""},
	} {
		assert.Equal(t, c.want, places(c.text), name)
	}
	assert.Equal(t, limit, strings.Count(places(strings.Repeat("<<<<<<< a\n", 100)), "\n"))
}
