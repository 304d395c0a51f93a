package channel_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"candor/generator/author/channel"
	"candor/generator/author/count"
	"candor/generator/domain"
	"candor/generator/fileset"
)

func read(text string) ([]channel.Channel, []string) {
	list, found := channel.Read(fileset.NewFile("channels.toml", []byte(text)), true)
	var messages []string
	for _, d := range found {
		messages = append(messages, d.Message.String())
	}
	return list, messages
}

// TestDefault: each channel says for whom it is, how long a text may be, where that is from, and what it
// is called in both languages.
func TestDefault(t *testing.T) {
	for _, c := range channel.Default() {
		assert.NotEmpty(t, c.Layer, c.ID)
		assert.NotEmpty(t, c.Source, c.ID)
		assert.NotEmpty(t, c.Labels["en"], c.ID)
		assert.NotEmpty(t, c.Labels["zh-Hans"], c.ID)
		assert.NotEmpty(t, c.Text.Unit, c.ID)
	}
	assert.Equal(t, "微博（短）", channel.Find(channel.Default(), "weibo").Label("zh-CN"))
	assert.Equal(t, "Weibo, short", channel.Find(channel.Default(), "weibo").Label("ar"))
}

// TestRead: a site changes a channel key by key, adds one, and takes one out of use.
func TestRead(t *testing.T) {
	list, found := read(`[[channel]]
id = "mastodon"
text = { limit = 1000 }
tags = ["#recall"]

[[channel]]
id = "threads"
off = true

[[channel]]
id = "lift"
label = { en = "Screens in the lift" }
layer = "public"
template = "push"
text = { limit = 30, unit = "half" }
`)
	require.Empty(t, found)
	mastodon, lift := channel.Find(list, "mastodon"), channel.Find(list, "lift")
	assert.Equal(t, channel.Limit{Most: 1000, Unit: count.Mastodon}, mastodon.Text)
	assert.Equal(t, []string{"#recall"}, mastodon.Tags)
	assert.Equal(t, domain.LayerPublic, lift.Layer)
	assert.Equal(t, "push", lift.Template)
	assert.False(t, lift.Titled())
	assert.Nil(t, channel.Find(list, "threads"))
	assert.Equal(t, 500, channel.Find(channel.Default(), "mastodon").Text.Most, "what is built in stays")
}

// TestReadBad: what cannot be meant is reported.
func TestReadBad(t *testing.T) {
	_, found := read("[[channel]]\nlayer = \"public\"\n[[channel]]\nid = \"a\"\n[[channel]]\nid = \"a\"\nlayer = \"all\"\n" +
		"text = { limit = -1, unit = \"ems\", most = 3 }\n")
	assert.ElementsMatch(t, []string{`this channel has no id`, `two channels have the id "a"`, "nobody knows whom this channel is for",
		`layer cannot be "all"`, `limit must be a whole number from 0 to 1000000, not -1`, `unit cannot be "ems"`, `there is no key "most" here`}, found)
}

// TestOver: by how much a text is too long, also in bytes.
func TestOver(t *testing.T) {
	l := channel.Limit{Most: 4, Unit: count.Graphemes, Bytes: 10}
	for text, want := range map[string]int{"": 0, "abcd": 0, "abcdef": 2, "对不起": 0, "对不起。": 2} {
		over, unit := l.Over(text)
		assert.Equal(t, want, over, text)
		assert.Equal(t, strings.Contains(text, "。"), unit == count.Bytes, text)
	}
	over, _ := channel.Limit{Unit: count.Half}.Over(strings.Repeat("a", 1000))
	assert.Zero(t, over)
}
