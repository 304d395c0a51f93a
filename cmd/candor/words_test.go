package main

import (
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/spf13/cobra"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/feature/plural"

	"candor/generator/check/lexicon"
	"candor/generator/domain"
	"candor/generator/message"
	"candor/generator/outside/preview"
)

// `make release-check` sets this flag.
var release = flag.Bool("release", false, "fail if a catalogue lacks a text, and print the rows to fill in")

// sayings are the functions that make a message, and which of their
// arguments are formats: only Errorf of package message, wrap of publish, line and
// event of the commands. Of the two of Plural, the second is in the catalogues.
var sayings = map[string][]int{
	"Textf": {0}, "Errorf": {0}, "Sayf": {0}, "Plural": {2}, "publish.wrap": {0}, "..line": {1}, "..event": {0},
}

// told returns the formats of all messages in the sources below a folder, by package.
func told(t *testing.T, folder string) map[string][]string {
	t.Helper()
	found := map[string][]string{}
	err := filepath.WalkDir(folder, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		require.NoError(t, err)
		pkg := filepath.Base(filepath.Dir(name))
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			for _, i := range formats(call, pkg) {
				format, ok := constant(call.Args[i])
				if !ok {
					if !passesOn(name) {
						t.Errorf("%s: the format of %s is no constant", name, called(call))
					}
				} else if !verbsAlone(format) && !slices.Contains(found[pkg], format) {
					found[pkg] = append(found[pkg], format)
				}
			}
			return true
		})
		return nil
	})
	require.NoError(t, err)
	return found
}

// passesOn reports whether a file wraps a function of package message, and so gets its format from
// elsewhere.
func passesOn(name string) bool {
	switch filepath.ToSlash(name) {
	case "../../generator/diag/diag.go", "../../generator/message/words.go", "../../generator/message/error.go",
		"language.go", "log.go":
		return true
	}
	return false
}

func called(call *ast.CallExpr) string {
	switch f := call.Fun.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		return f.Sel.Name
	}
	return ""
}

// formats returns which arguments of a call are formats of messages.
func formats(call *ast.CallExpr, pkg string) []int {
	name := called(call)
	selector, _ := call.Fun.(*ast.SelectorExpr)
	if name == "Errorf" {
		if receiver, ok := selector.X.(*ast.Ident); !ok || receiver.Name != "message" {
			return nil
		}
	}
	list := append(sayings[name], sayings[pkg+"."+name]...)
	if len(list) > 0 && list[len(list)-1] >= len(call.Args) || name == "wrap" && len(call.Args) != 3 {
		return nil // another function of this name
	}
	return list
}

// constant returns the text of a literal, or of several that are put together.
func constant(e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		text, err := strconv.Unquote(e.Value)
		return text, err == nil
	case *ast.BinaryExpr:
		a, first := constant(e.X)
		b, second := constant(e.Y)
		return a + b, first && second && e.Op == token.ADD
	}
	return "", false
}

var verb = regexp.MustCompile(`%(?:\[(\d+)\])?([-+# 0]*[\d.]*[a-zA-Z%])`)

// verbsAlone reports whether a format has nothing but verbs.
func verbsAlone(format string) bool {
	return strings.TrimSpace(verb.ReplaceAllString(format, "")) == ""
}

// verbs returns the verbs of a format by the argument that they take.
func verbs(format string) map[int]string {
	found, next := map[int]string{}, 1
	for _, m := range verb.FindAllStringSubmatch(format, -1) {
		if m[2] == "%" {
			continue
		}
		if m[1] != "" {
			next, _ = strconv.Atoi(m[1])
		}
		found[next] += m[2]
		next++
	}
	return found
}

// helped returns what the help of all commands says: texts, not formats.
func helped() []string {
	root := newRoot(&printer{})
	root.InitDefaultCompletionCmd()
	var texts []string
	var walk func(c *cobra.Command)
	walk = func(c *cobra.Command) {
		for _, text := range helpTexts(c) {
			if !slices.Contains(texts, *text) && !onlyCommands(*text) {
				texts = append(texts, *text)
			}
		}
		for _, sub := range c.Commands() {
			walk(sub)
		}
	}
	walk(root)
	return texts
}

// onlyCommands reports whether an example holds nothing to translate.
func onlyCommands(text string) bool {
	for line := range strings.Lines(text) {
		if !strings.HasPrefix(line, "  candor ") && !strings.HasPrefix(line, "  cd ") || strings.Contains(line, `"`) {
			return false
		}
	}
	return true
}

// system are errors that the system and the standard library give.
func system() []string {
	texts := []string{"not a regular file"}
	for _, err := range []error{fs.ErrNotExist, fs.ErrExist, fs.ErrPermission, fs.ErrClosed} {
		texts = append(texts, err.Error())
	}
	for _, e := range []syscall.Errno{
		syscall.ENOENT, syscall.EACCES, syscall.EPERM, syscall.EEXIST, syscall.ENOTDIR, syscall.EISDIR, syscall.ENOTEMPTY,
		syscall.ENOSPC, syscall.EDQUOT, syscall.EROFS, syscall.EIO, syscall.EMFILE, syscall.ENFILE, syscall.ENOMEM,
		syscall.ELOOP, syscall.ENAMETOOLONG,
		syscall.EADDRINUSE, syscall.EBUSY, syscall.ESTALE,
	} {
		texts = append(texts, e.Error())
	}
	return texts
}

// advised is what the word lists advise in English.
func advised() []string {
	var texts []string
	for _, e := range lexicon.Default().Entries("en") {
		texts = append(texts, e.Instead)
	}
	return texts
}

// TestChinese checks that a translation takes the arguments of its English, and that a catalogue
// has nothing that nobody says. What a catalogue lacks is said in English until it is translated:
// that fails only a release.
func TestChinese(t *testing.T) {
	packages, commands := told(t, "../../generator"), told(t, ".")
	packages["lexicon-lists"], packages["system"] = advised(), system()
	packages["preview-client"] = slices.DeleteFunc(preview.Said(), func(text string) bool {
		return verbsAlone(text) || slices.Contains(message.Needed(), text)
	})
	commands["help"] = helped()
	inPackages := checkCatalogue(t, "generator/message/i18n/zh-Hans.toml", message.Catalogue("zh-Hans"), packages, nil)
	checkCatalogue(t, "cmd/candor/i18n/zh-Hans.toml", chinese, commands, inPackages)
}

// checkCatalogue compares a catalogue with what is said, of which another has some
// already. It returns what it has.
func checkCatalogue(
	t *testing.T, name string, catalogue []byte, said map[string][]string, already map[string]bool,
) map[string]bool {
	t.Helper()
	texts, err := message.Texts(catalogue)
	require.NoError(t, err, name)
	have := map[string]bool{}
	for english, forms := range texts {
		assert.False(t, already[english], "%s has %q, which the packages' has", name, english)
		have[english] = true
		if !saidBy(said, english) && !slices.Contains(message.Needed(), english) {
			t.Errorf("%s: nobody says %q", name, english)
		}
		checkForms(t, name, english, forms)
	}
	for _, pkg := range slices.Sorted(maps.Keys(said)) {
		rows := ""
		for _, text := range said[pkg] {
			if !have[text] && !already[text] {
				rows += quotedTOML(text) + "\n"
				have[text] = true // said once
			}
		}
		switch {
		case rows != "" && *release:
			t.Errorf("%s lacks, of %s:\n%s", name, pkg, rows)
		case rows != "":
			t.Logf("%s lacks, of %s (make release-check):\n%s", name, pkg, rows)
		}
	}
	return have
}

// checkForms compares the verbs of a translation with those of its English. A form for one number
// need not say it.
func checkForms(t *testing.T, name, english string, forms message.Forms) {
	t.Helper()
	want := verbs(english)
	for form, text := range forms {
		switch got := verbs(text); {
		case plural.Form(form) == plural.Other:
			assert.NotEmpty(t, text, "%s: %q", name, english)
			assert.Equal(t, want, got, "%s: %q takes other arguments than %q", name, text, english)
		case len(got) > 0:
			assert.Equal(t, want, got, "%s: %q takes other arguments than %q", name, text, english)
		}
	}
}

func saidBy(said map[string][]string, text string) bool {
	for _, list := range said {
		if slices.Contains(list, text) {
			return true
		}
	}
	return false
}

func quotedTOML(text string) string {
	if strings.Contains(text, "\n") && !strings.Contains(text, `\`) {
		return `["""` + "\n" + text + `""", """` + "\n" + `"""],`
	}
	return "[" + strconv.Quote(text) + ", \"\"],"
}

var key = regexp.MustCompile(`"([a-z-]+\.)([a-z0-9-]+)?"`)

// TestReaderWords: the sources ask for every text for readers that the generator has, by its key or
// by that of its table, and for no other.
func TestReaderWords(t *testing.T) {
	asked := map[string]bool{}
	must := regexp.MustCompile(`\.(Must|date)\("([a-z]+\.[a-z0-9-]+)"[,)]`)
	err := filepath.WalkDir("../../generator", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return err
		}
		source, err := os.ReadFile(name)
		for _, m := range key.FindAllSubmatch(source, -1) {
			asked[string(m[1])+string(m[2])] = true
		}
		for _, m := range must.FindAllSubmatch(source, -1) {
			assert.Contains(t, message.Needed(), string(m[2]), name)
		}
		return err
	})
	require.NoError(t, err)
	for _, key := range message.Needed() {
		group, _, _ := strings.Cut(key, ".")
		if !asked[key] && !asked[group+"."] {
			t.Errorf("nobody asks for %s", key)
		}
	}
}

// TestDomainWords: the generator has a text for every word of the domain that pages name.
func TestDomainWords(t *testing.T) {
	for group, words := range map[string][]string{
		"status": domain.Strings(domain.Statuses()), "kinds": domain.Strings(domain.Kinds()),
		"types": domain.Strings(domain.BuiltinTypes()), "promises": domain.Strings(domain.Promises()),
		"groups":   domain.Strings(domain.Groups()),
		"sections": append(domain.Strings(domain.Sections()), domain.Strings(domain.Parts())...),
	} {
		for _, word := range words {
			assert.Contains(t, message.Needed(), group+"."+word)
		}
	}
}

// unwanted are what neither language says in the program: one thing has one word, and Chinese has
// its own punctuation and spaces.
var unwanted = []struct {
	chinese bool
	pattern string
	why     string
}{
	{false, `\b(shall|gravest|persons|archetypes?|owed|less than nothing|let stand|instants?)\b`, "say it in the words of the terms"},
	{false, `\b(output|home) director(y|ies)\b`, "it is a folder"},
	{false, `\b(this|which|that) is (no|none)\b`, "say what it is not"},
	{false, `\b(stands?|stood) (in|on|here|there|at|beside|behind|twice|above|below)\b`, "things are somewhere"},
	{false, `\btake (it|this|them|the \w+)? ?out\b|\bleave (it|this|them)? ?out\b`, "remove it"},
	{true, `键|原型|时刻|回访|知情|沉默|欠|收场|删掉|删去|落盘|不实攻击`, "say it in the words of the terms"},
	{true, `\p{Han}[,;:?!]|[,;:?!]\p{Han}|\p{Han}\(|\)\p{Han}`, "punctuation between Chinese characters is full-width"},
	{true, `\p{Han}[A-Za-z0-9]|[A-Za-z0-9]\p{Han}|\p{Han}%(\[\d\])?d|%(\[\d\])?d\p{Han}`, "there is a space between Chinese and Latin"},
	{true, `[，。、；：？！（）“”] [^ {]|[^ ] [，。、；：？！（）]`, "there is no space beside full-width punctuation"},
	{true, `\.\.\.`, "dots are ……"},
}

// inText is what a message shows of a text of a page, or of a file: that has its own rules.
var inText = regexp.MustCompile("\"[^\"]*\"|`[^`]*`|!?\\[[^\\]]*\\]\\([^)]*\\)|# candor:.*|  candor .*|\\b[a-z]+:[^ 、，。]*|(?m:^\\s*- \\[.\\].*$)")

// other are the arguments of a message, but for numbers.
var other = regexp.MustCompile(`%(\[\d\])?[a-ce-zA-Z]`)

func TestUnwantedWords(t *testing.T) {
	for _, catalogue := range [][]byte{message.Catalogue("zh-Hans"), chinese} {
		texts, err := message.Texts(catalogue)
		require.NoError(t, err)
		for english, forms := range texts {
			if slices.Contains(system(), english) {
				continue
			}
			for _, u := range unwanted {
				pattern, text := regexp.MustCompile(u.pattern), english
				if u.chinese {
					text = forms[plural.Other]
				}
				if found := pattern.FindString(other.ReplaceAllString(inText.ReplaceAllString(text, "·"), "·")); found != "" {
					t.Errorf("%q in %q: %s", found, text, u.why)
				}
			}
		}
	}
}
