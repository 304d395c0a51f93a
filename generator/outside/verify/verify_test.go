package verify_test

import (
	"bytes"
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/note"

	"candor/generator"
	"candor/generator/author/seal"
	"candor/generator/fileset"
	"candor/generator/input/ledger"
	"candor/generator/outside/verify"
	"candor/themes"
)

// content is a small site with a page of each kind in two languages.
func content() map[string]string {
	return map[string]string{
		"site.toml": "title = \"S\"\norganisation = \"O\"\nbase_url = \"https://o.example/\"\nat = 2026-11-04T12:00Z\n" +
			"[languages.en]\nname = \"English\"\n[languages.zh-Hans]\nname = \"中文\"\n[rules]\n" +
			"missing-section = \"off\"\nresponse-elements = \"off\"\nnext-update = \"off\"\ntranslation-missing = \"off\"\n",
		"incidents/rash/index.md": "+++\ntitle = \"Rash\"\nsummary = \"Some react.\"\nlevel = 2\ntype = \"experience\"\nstance = \"full\"\n" +
			"known = 2026-11-04T06:00\naffected = \"Those who used it.\"\n[files]\n\"lab.txt\" = \"Lab\"\n[[contact]]\nlabel = \"Help\"\n" +
			"value = \"help@o.example\"\n+++\nThe lead.\n\n## What we know {#known}\n\nNine **people**'s skin; see `code x` and [the lab](lab.txt).\n",
		"incidents/rash/index.zh-Hans.md": "+++\ntitle = \"皮疹\"\nsummary = \"有人过敏。\"\naffected = \"用过的人。\"\n+++\n开头。\n\n" +
			"## 已知 {#known}\n\n九个人，见`批号`和[报告](lab.txt)。\n",
		"incidents/rash/faq.md":               "## May I use it? {#use}\n\nNo.\n\n## Why? {#why}\n\nWe do not know.\n",
		"incidents/rash/lab.txt":              "lab",
		"incidents/rash/updates/a.md":         "+++\ntitle = \"A\"\ntime = 2026-11-04T07:00\n+++\n- [ ] refunds due:2026-11-06T18:00 id:refunds\n",
		"incidents/rash/updates/a.zh-Hans.md": "+++\ntitle = \"甲\"\n+++\n- [ ] 退款 due:2026-11-06T18:00 id:refunds\n",
		"incidents/rash/updates/b.md":         "+++\ntitle = \"B\"\ntime = 2026-11-04T08:00\n+++\nNothing is new.\n",
	}
}

// publisher seals and builds a site as often as asked for.
type publisher struct {
	t     *testing.T
	texts map[string]string
	key   string
	n     byte
	at    time.Time
}

func newPublisher(t *testing.T) *publisher {
	return &publisher{t: t, texts: content(), at: time.Date(2026, 11, 4, 12, 0, 0, 0, time.UTC)}
}

func (p *publisher) build() generator.Result {
	p.t.Helper()
	themeFiles, err := fileset.FromFS(themes.FS)
	require.NoError(p.t, err)
	var list []fileset.File
	for path, text := range p.texts {
		list = append(list, fileset.NewFile(path, []byte(text)))
	}
	return generator.Build(generator.Input{Content: fileset.Must(list), Themes: themeFiles, Zones: time.LoadLocation, Units: true})
}

// seal seals with what is asked for, and returns the site.
func (p *publisher) seal(change func(r *seal.Request)) fileset.Set {
	p.t.Helper()
	var list []fileset.File
	for path, text := range p.texts {
		list = append(list, fileset.NewFile(path, []byte(text)))
	}
	before, found := ledger.Read(fileset.Must(list))
	require.Empty(p.t, found)
	if before == nil {
		before = ledger.New()
	}
	r := seal.Request{Ledger: before, Units: p.build().Units, At: p.at, Zone: time.UTC,
		Salt: func() [32]byte { p.n++; return [32]byte{p.n} }}
	if change != nil {
		change(&r)
	}
	p.at = p.at.Add(time.Hour)
	result := seal.Seal(r)
	require.Empty(p.t, result.Found)
	for _, f := range result.Texts {
		p.texts[f.Path] = string(f.Data)
	}
	for _, path := range result.Gone {
		delete(p.texts, path)
	}
	p.texts[ledger.Log] = result.Log
	point := ledger.Point{Origin: "o.example", Size: result.Size, Root: ledger.Root(strings.Split(strings.TrimSuffix(result.Log, "\n"), "\n"))}
	p.texts[ledger.Checkpoint] = point.String()
	if p.key != "" {
		signer, err := note.NewSigner(p.key)
		require.NoError(p.t, err)
		signed, err := note.Sign(&note.Note{Text: point.String()}, signer)
		require.NoError(p.t, err)
		p.texts[ledger.Checkpoint] = string(signed)
	}
	site := p.build()
	require.False(p.t, site.Diagnostics.HasErrors(), "%v", site.Diagnostics)
	return site.Output
}

// edit changes a content file.
func (p *publisher) edit(path, old, new string) {
	p.t.Helper()
	require.Contains(p.t, p.texts[path], old)
	p.texts[path] = strings.ReplaceAll(p.texts[path], old, new)
}

// with returns a site in which a file has other words.
func with(t *testing.T, site fileset.Set, path, old, new string) fileset.Set {
	t.Helper()
	file, ok := site.Get(path)
	require.True(t, ok, path)
	require.Contains(t, string(file.Data), old)
	return site.With([]fileset.File{fileset.NewFile(path, []byte(strings.ReplaceAll(string(file.Data), old, new)))}, nil)
}

// folder writes a site, and returns a Source.
func folder(t *testing.T, site fileset.Set) verify.Source {
	t.Helper()
	dir := t.TempDir()
	for f := range site.All() {
		name := filepath.Join(dir, filepath.FromSlash(f.Path))
		require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o777))
		require.NoError(t, os.WriteFile(name, f.Data, 0o666))
	}
	source, err := verify.Folder(dir)
	require.NoError(t, err)
	return source
}

func check(t *testing.T, site fileset.Set, opt verify.Options) *verify.Result {
	t.Helper()
	result, err := verify.Site(context.Background(), folder(t, site), opt)
	require.NoError(t, err)
	return result
}

// said returns what was found, a line each.
func said(r *verify.Result) string {
	var b strings.Builder
	for _, d := range r.Found {
		b.WriteString(d.Path + ": " + d.Message.String() + "\n")
	}
	return b.String()
}

// point reads the checkpoint of a site.
func point(t *testing.T, site fileset.Set) *ledger.Point {
	t.Helper()
	file, ok := site.Get(ledger.Checkpoint)
	require.True(t, ok)
	p, ok := ledger.ParsePoint(string(file.Data))
	require.True(t, ok)
	return &p
}

// TestPublished: a site as it was published holds; whoever changes anything of it later is found.
func TestPublished(t *testing.T) {
	site := newPublisher(t).seal(nil)
	r := check(t, site, verify.Options{})
	assert.Empty(t, said(r))
	assert.Equal(t, verify.Unsigned, r.Signed)
	assert.Greater(t, r.Pages, 5)
	for _, c := range []struct{ name, path, old, new, want string }{
		{"a word", "rash/index.html", "Nine", "Six", `rash/: this page does not show the text of "rash#known" as it was sealed: it lacks "Nine`},
		{"an answer", "rash/faq/index.html", "<p>No.</p>", "<p>Yes.</p>", `it lacks "No."`},
		{"an answer in another place", "rash/faq/index.html", `id="use"`, `id="uses"`, `"rash/faq#use"`},
		{"a summary", "rash/index.html", "Some react.", "Nobody reacts.", `it lacks "Some react."`},
		{"who is affected", "rash/index.html", "Those who used it", "Nobody", `it lacks "Those who`},
		{"a contact", "rash/index.html", "help@o.example", "hell@o.example", `it lacks "help@o.example"`},
		{"a translation alone", "zh-Hans/rash/index.html", "九个人", "三个人", `"rash#known@zh-Hans"`},
		{"a text that is not translated", "zh-Hans/rash/updates/1/index.html", "Nothing is new", "All is well", `"rash/updates/b"`},
		{"an update", "rash/updates/1/index.html", "refunds", "no refunds at all", `"rash/updates/a" as it was sealed: it has other words beside "refunds"`},
		{"the name of an update", "rash/updates/1/index.html", `id="u-a"`, `id="u-c"`, `an update that is not in the ledger (#u-c)`},
		{"hidden words", "rash/faq/index.html", "<p>No.</p>", "<p hidden>No.</p><p>Yes.</p>", `it lacks "No."`},
		{"the bytes of a file", "rash/files/lab.txt", "lab", "bal", "rash/files/lab.txt: this file has other bytes"},
		{"a sealed text", "rash/ledger.json", "Nine", "Six", `rash/ledger.json: this is not the text that was sealed as "rash#known"`},
		{"a file that is no list of texts", "rash/ledger.json", "{", "[", "these are no texts of a ledger"},
		{"a line", "ledger/tile/entries/000.p/11", "publish 1 rash/updates/b", "publish 1 rash/updates/c", "the line above (9) is not the one that was sealed"},
		{"a line that is none", "ledger/tile/entries/000.p/11", "publish", "publich", "this is not a line of a ledger"},
		{"half of the lines", "ledger/tile/entries/000.p/11", "publish", "", "these are no lines of a ledger"},
		{"the size", ledger.Checkpoint, "\n11\n", "\n12\n", "this part of the ledger is missing"},
		{"no size", ledger.Checkpoint, "\n11\n", "\n\n", "this is not the checkpoint of a ledger"},
	} {
		t.Run(c.name, func(t *testing.T) {
			assert.Contains(t, said(check(t, with(t, site, c.path, c.old, c.new), verify.Options{})), c.want)
		})
	}
	for path, want := range map[string]string{
		"rash/index.html":        `rash/: "rash/updates/a" is on no page`,
		"rash/faq/index.html":    "this page is missing",
		"rash/files/lab.txt":     "this file is missing, and was not withdrawn",
		"rash/ledger.json":       "the texts of this incident are missing",
		ledger.Checkpoint:        "there is no checkpoint",
		"ledger/tile/0/000.p/11": "this part of the ledger is missing",
	} {
		t.Run("without "+path, func(t *testing.T) {
			gone := []string{path}
			if path == "rash/index.html" {
				gone = append(gone, "rash/updates/1/index.html")
			}
			assert.Contains(t, said(check(t, site.With(nil, gone), verify.Options{})), want)
		})
	}
}

// TestSince: a checkpoint that somebody kept proves that nothing before it was changed.
func TestSince(t *testing.T) {
	p := newPublisher(t)
	first := p.seal(nil)
	kept := point(t, first)
	p.edit("incidents/rash/index.md", "Nine", "Ten")
	p.edit("incidents/rash/index.md", "\n[files]\n\"lab.txt\" = \"Lab\"", "")
	p.edit("incidents/rash/index.md", "[the lab](lab.txt)", "below")
	p.edit("incidents/rash/index.zh-Hans.md", "[报告](lab.txt)", "下面")
	delete(p.texts, "incidents/rash/lab.txt")
	second := p.seal(func(r *seal.Request) {
		r.Corrections, r.Withdrawals, r.Reason = []string{"rash#known", "rash#known@zh-Hans"}, []string{"rash/files/lab.txt"}, "a slip"
	})
	for _, opt := range []verify.Options{{Since: kept}, {Fingerprint: kept.Fingerprint()}} {
		r := check(t, second, opt)
		assert.Empty(t, said(r))
		require.NotNil(t, r.Since)
		assert.Len(t, r.Changes, 3)
		assert.Equal(t, ledger.Correction, r.Changes[0].Kind)
		assert.Equal(t, "a slip", r.Changes[0].Reason)
	}

	withdrawn := second.With([]fileset.File{fileset.NewFile("rash/files/lab.txt", []byte("lab"))}, nil)
	assert.Contains(t, said(check(t, withdrawn, verify.Options{})), `"rash/files/lab.txt" was withdrawn, and is still published`)
	texts, _ := first.Get("rash/ledger.json")
	old, _ := second.Get("rash/ledger.json")
	both := append(bytes.TrimSuffix(old.Data, []byte("]}\n")), append([]byte(","), bytes.TrimPrefix(texts.Data, []byte(`{"texts":[`))...)...)
	again := second.With([]fileset.File{fileset.NewFile("rash/ledger.json", both)}, nil)
	assert.Contains(t, said(check(t, again, verify.Options{})), `"rash/files/lab.txt" was withdrawn, and its text is still published`)

	assert.Contains(t, said(check(t, first, verify.Options{Since: point(t, second)})), "the ledger was rolled back")
	assert.Contains(t, said(check(t, first, verify.Options{Fingerprint: point(t, second).Fingerprint()})), "no checkpoint of this ledger")

	other := newPublisher(t) // a consistent ledger of its own, for the same address
	other.n = 100
	other.edit("incidents/rash/index.md", "Nine", "Two")
	forged := other.seal(nil)
	assert.Empty(t, said(check(t, forged, verify.Options{})), "nobody sees it without a copy")
	assert.Contains(t, said(check(t, forged, verify.Options{Since: kept})), "the ledger was written anew")
	assert.Contains(t, said(check(t, forged, verify.Options{Fingerprint: kept.Fingerprint()})), "no checkpoint of this ledger")
	kept.Origin = "other.example"
	assert.Contains(t, said(check(t, second, verify.Options{Since: kept})), "the checkpoint that was kept is of the ledger other.example")
}

// TestKey: the signature counts only with the key of whoever checks.
func TestKey(t *testing.T) {
	private, public, err := note.GenerateKey(bytes.NewReader(bytes.Repeat([]byte{1}, 100)), "o.example")
	require.NoError(t, err)
	_, other, err := note.GenerateKey(bytes.NewReader(bytes.Repeat([]byte{2}, 100)), "o.example")
	require.NoError(t, err)
	p := newPublisher(t)
	bare := newPublisher(t).seal(nil)
	p.key = private
	site := p.seal(nil)
	for _, c := range []struct {
		site fileset.Set
		key  string
		is   verify.Signature
		want string
	}{
		{site, "", verify.Unchecked, ""},
		{site, public, verify.Checked, ""},
		{site, other, verify.Unchecked, "ledger/checkpoint: the checkpoint is not signed with this key\n"},
		{bare, public, verify.Unsigned, "ledger/checkpoint: the checkpoint is not signed\n"},
	} {
		r := check(t, c.site, verify.Options{Key: c.key})
		assert.Equal(t, c.want, said(r))
		assert.Equal(t, c.is, r.Signed)
	}
}

// TestAddress: over HTTP the same is found, politely; what cannot be read is an error, and no finding.
func TestAddress(t *testing.T) {
	site := newPublisher(t).seal(nil)
	var now, most, status atomic.Int32
	server := httptest.NewServer(http.StripPrefix("/crisis", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if n := now.Add(1); n > most.Load() {
			most.Store(n)
		}
		defer now.Add(-1)
		if code := status.Load(); code != 0 && strings.HasSuffix(r.URL.Path, "/faq/") {
			http.Error(w, "x", int(code))
			return
		}
		http.FileServerFS(site).ServeHTTP(w, r)
	})))
	defer server.Close()
	source, err := verify.Address(server.URL + "/crisis")
	require.NoError(t, err)
	r, err := verify.Site(context.Background(), source, verify.Options{})
	require.NoError(t, err)
	assert.Empty(t, said(r))
	assert.LessOrEqual(t, most.Load(), int32(4))
	status.Store(http.StatusServiceUnavailable)
	_, err = verify.Site(context.Background(), source, verify.Options{})
	require.ErrorContains(t, err, "rash/faq/ answers 503 Service Unavailable")
	status.Store(http.StatusGone)
	r, err = verify.Site(context.Background(), source, verify.Options{})
	require.NoError(t, err)
	assert.Contains(t, said(r), "rash/faq/: this page is missing")
	server.Close()
	_, err = verify.Site(context.Background(), source, verify.Options{})
	require.ErrorContains(t, err, "try again when it can be reached")
	for _, address := range []string{"https://", "https://o.example/?x", "https:// o"} {
		_, err := verify.Address(address)
		require.Error(t, err, address)
	}
}

// TestReadFingerprint: people write it as they like.
func TestReadFingerprint(t *testing.T) {
	for _, text := range []string{"veng-ehe0-1qpb", "VENG-EHEO-IQPB", "vengehe0lqpb", "veng ehe0 1qpb"} {
		got, ok := verify.ReadFingerprint(text)
		assert.True(t, ok)
		assert.Equal(t, "veng-ehe0-1qpb", got)
	}
	for _, text := range []string{"", "veng", "veng-ehe0-uqpb", "kept/checkpoint"} {
		_, ok := verify.ReadFingerprint(text)
		assert.False(t, ok, text)
	}
}
