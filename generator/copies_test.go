package generator_test

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"candor/generator"
	"candor/generator/author/copies"
	"candor/generator/check/lexicon"
	"candor/generator/check/personal"
	"candor/generator/domain"
	"candor/generator/fileset"
	"candor/generator/input/prose"
)

// TestCopiesOfTheExample makes all texts of the latest updates of the example, in both languages: each fits
// its channel and leads to the page, none has a word that a page must not have, and only those for single
// people have something left to fill in. Corrections say that they are.
func TestCopiesOfTheExample(t *testing.T) {
	content, err := fileset.FromFS(os.DirFS("../content"))
	require.NoError(t, err)
	for _, q := range []copies.Request{
		{Incident: "tarnmoss-essence-allergy", Update: "2026-11-02-0950-first-response"},
		{Incident: "tarnmoss-essence-allergy", Update: "2026-11-05-1020-correction-any-clinic"},
		{Incident: "flossrill-wash-count"}, {Incident: "claysnipe-livestream-remark", Update: "2026-07-18-1900-apology"},
		{Incident: "claysnipe-livestream-remark"},
	} {
		for _, q.Lang = range []string{"zh-Hans", "en"} {
			in := input(t, nil)
			in.Content, in.Themes, in.Check, in.Copies = content, embedded(), true, &q
			r := generator.Build(in).Copies
			require.NoError(t, r.Fault)
			assert.Empty(t, r.Found, q)
			assert.Len(t, r.Texts, 17)
			for _, c := range r.Texts {
				inCopy(t, q, c)
			}
		}
	}
}

func inCopy(t *testing.T, q copies.Request, c copies.Copy) {
	t.Helper()
	all := c.Title + "\n" + c.Text
	at := q.Incident + " " + c.Lang + " " + c.Channel.ID
	assert.Zero(t, c.Over, at)
	for _, h := range lexicon.Default().Find(c.Lang, string(domain.StanceFull), prose.Plain(all, 0)) {
		if h.Category != lexicon.VagueSolution { // titles have no room for a date
			assert.Fail(t, at, all[h.Start:h.End])
		}
	}
	for _, h := range personal.Find(all) {
		assert.Contains(t, all[h.Start:h.End], "@huailu.example", at)
	}
	assert.Equal(t, c.Channel.Layer == domain.LayerCore, strings.Contains(all, "{name}"), at)
	assert.NotContains(t, all, "  ", at)
	assert.NotContains(t, all, "\n\n\n", at)
	assert.NotContains(t, all, "<no value>", at)
	if id := c.Channel.ID; id != "push" && id != "wechat-article" {
		assert.Contains(t, all, "https://candor.example/", at)
		assert.Contains(t, all, q.Incident+"/", at)
	}
	if strings.Contains(q.Update, "correction") && c.Channel.Titled() {
		assert.Contains(t, strings.ToLower(c.Title), map[string]string{"zh-Hans": "更正", "en": "correction"}[c.Lang], at)
	}
}
