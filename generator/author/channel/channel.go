// Package channel is what Candor knows of the places where people read about an incident: for whom each
// is, how long a text may be there, and how it is counted.
//
// It is data: channels.toml here, and a file of the same form in the content folder, which changes
// channels key by key, takes some out of use and adds others.
//
//	[[channel]]
//	id = "bluesky"
//	label = { en = "Bluesky", zh-Hans = "Bluesky" }
//	layer = "public"                  # core, followers or public
//	template = "post"                 # of the theme: copies/<language>/post.txt; else the id
//	title = { limit = 20, unit = "half" }                      # if texts there have a title
//	text = { limit = 300, unit = "graphemes", bytes = 3000 }   # 0 for no limit
//	tags = ["#recall"]                # put behind each text
//	checked = "2026-11-30"            # when somebody looked at the limits
//	source = "https://…"              # where
//	off = true                        # not in use here
package channel

import (
	_ "embed" // channels.toml
	"slices"
	"sync"

	"candor/generator/author/count"
	"candor/generator/diag"
	"candor/generator/domain"
	"candor/generator/fileset"
	"candor/generator/input/conflict"
	"candor/generator/input/content"
	"candor/generator/input/tomldoc"
	"candor/generator/message"
)

// Channel is one place where texts are posted.
type Channel struct {
	ID              string
	Labels          map[string]string // by language
	Layer           domain.Layer
	Template        string // of the theme
	Title, Text     Limit
	Tags            []string
	Checked, Source string

	off bool
}

// Limit is how long a part of a text may be.
type Limit struct {
	Most  int // 0 for no limit
	Unit  count.Unit
	Bytes int // of UTF-8, besides; 0 for no limit
}

// Titled reports whether texts of the channel have a title.
func (c *Channel) Titled() bool { return c.Title.Unit != "" }

// Label names the channel in a language.
func (c *Channel) Label(tag string) string {
	var tags []string
	for t := range c.Labels {
		tags = append(tags, t)
	}
	slices.Sort(tags)
	if i := message.Nearest(tag, tags); i >= 0 {
		return c.Labels[tags[i]]
	}
	for _, t := range append([]string{"en"}, tags...) {
		if c.Labels[t] != "" {
			return c.Labels[t]
		}
	}
	return c.ID
}

// Over returns by how much a text is too long, and in which unit; 0 if it is not.
func (l Limit) Over(text string) (int, count.Unit) {
	if over := l.Unit.Of(text) - l.Most; l.Most > 0 && over > 0 {
		return over, l.Unit
	}
	if over := len(text) - l.Bytes; l.Bytes > 0 && over > 0 {
		return over, count.Bytes
	}
	return 0, ""
}

//go:embed channels.toml
var builtin []byte

// Default are the channels that Candor knows. They must not be changed.
var Default = sync.OnceValue(func() []Channel {
	list, found := read(diag.Source{Path: domain.FileChannels, Data: builtin}, nil)
	if len(found) > 0 {
		panic("channel: " + found[0].Message.String())
	}
	return list
})

// Read returns the channels of a site: those of Default with what its own file says, if it has one.
func Read(file fileset.File, has bool) ([]Channel, diag.List) {
	if !has {
		return Default(), nil
	}
	src := diag.Source{Path: file.Path, Data: content.Normalise(file.Data)}
	if found := append(content.ScanText(src), conflict.Find(src)...); len(found) > 0 {
		return Default(), found
	}
	list, found := read(src, Default())
	return slices.DeleteFunc(list, func(c Channel) bool { return c.off }), found
}

// Find returns the channel with an id; nil if there is none.
func Find(list []Channel, id string) *Channel {
	i := slices.IndexFunc(list, func(c Channel) bool { return c.ID == id })
	if i < 0 {
		return nil
	}
	return &list[i]
}

// IDs returns the ids of channels, in their order.
func IDs(list []Channel) []string {
	ids := make([]string, len(list))
	for i, c := range list {
		ids[i] = c.ID
	}
	return ids
}

func read(src diag.Source, base []Channel) ([]Channel, diag.List) {
	list := slices.Clone(base)
	doc, table := tomldoc.Parse(src, 0, len(src.Data))
	seen := map[string]bool{}
	for _, t := range table.Tables("channel") {
		id := t.String("id")
		switch {
		case id == "":
			t.Report("id", "bad-value", diag.Textf("this channel has no id"), diag.Textf("add id = \"weibo\""))
			continue
		case seen[id]:
			t.Report("id", "duplicate-id", diag.Textf("two channels have the id \"%s\"", id),
				diag.Textf("give each an id of its own"))
		}
		seen[id] = true
		c := Find(list, id)
		if c == nil {
			list = append(list, Channel{ID: id, Template: id, Text: Limit{Unit: count.CodePoints}})
			c = &list[len(list)-1]
		}
		c.read(t)
		t.Done(nil)
	}
	if table != nil {
		table.Done(nil)
	}
	return list, doc.Findings()
}

// read sets what a table says of the channel.
func (c *Channel) read(t *tomldoc.Table) {
	if labels := t.Table("label"); labels != nil {
		c.Labels = map[string]string{}
		for _, tag := range labels.Keys() {
			c.Labels[tag] = labels.String(tag)
		}
	}
	if layer := t.OneOf("layer", domain.Strings(domain.Layers())...); layer != "" {
		c.Layer = domain.Layer(layer)
	} else if c.Layer == "" && !t.Has("layer") {
		t.Report("layer", "bad-value", diag.Textf("nobody knows whom this channel is for"),
			diag.Textf("add layer = \"public\": core for those who were harmed, followers, or public"))
	}
	text := func(key string, to *string) {
		if t.Has(key) {
			*to = t.String(key)
		}
	}
	text("template", &c.Template)
	text("checked", &c.Checked)
	text("source", &c.Source)
	c.Title.read(t.Table("title"))
	c.Text.read(t.Table("text"))
	if t.Has("tags") {
		c.Tags = t.Strings("tags")
	}
	c.off = t.Bool("off")
}

func (l *Limit) read(t *tomldoc.Table) {
	if t == nil {
		return
	}
	if unit := t.OneOf("unit", domain.Strings(count.Units())...); unit != "" {
		l.Unit = count.Unit(unit)
	} else if l.Unit == "" {
		l.Unit = count.CodePoints
	}
	if t.Has("limit") {
		l.Most = t.Int("limit", 0, 1_000_000)
	}
	if t.Has("bytes") {
		l.Bytes = t.Int("bytes", 0, 10_000_000)
	}
	t.Done(nil)
}
