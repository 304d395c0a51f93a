package feed

import (
	"strings"

	"candor/generator/fileset"
	"candor/generator/output/machine"
)

// jsonHead is a JSON Feed without its items, which are its last member.
type jsonHead struct {
	Version     string       `json:"version"`
	Title       string       `json:"title"`
	HomePage    string       `json:"home_page_url"`
	Address     string       `json:"feed_url"`
	Description string       `json:"description,omitempty"`
	Language    string       `json:"language"`
	Authors     []jsonAuthor `json:"authors"`
	Items       [0]int       `json:"items"`
}

type jsonAuthor struct {
	Name string `json:"name"`
}

// jsonFeed writes feed.json.
func jsonFeed(c channel, entries []listed) fileset.File {
	const end = "]}"
	head := machine.JSON(jsonHead{
		Version: "https://jsonfeed.org/version/1.1", Title: c.title, HomePage: c.Addresses.Canonical(c.path),
		Address: c.Addresses.Canonical(c.path + "feed.json"), Description: c.description, Language: c.Tag,
		Authors: []jsonAuthor{{c.Author()}},
	})
	path, of := c.Addresses.Path(c.path+"feed.json"), func(e *listed) *[]byte { return &e.json }
	return document(path, strings.TrimSuffix(string(head), end), entries, of, ",", end+"\n")
}

// jsonItem writes an item.
func jsonItem(e entry) []byte {
	b := make([]byte, 0, len(e.html)+len(e.html)/8+len(e.title)+512)
	member := func(name, value string) {
		b = append(append(append(b, '"'), name...), '"', ':')
		b = append(machine.Quote(b, value), ',')
	}
	b = append(b, '{')
	member("id", e.id)
	member("url", e.address)
	member("title", e.title)
	member("content_html", e.html)
	member("date_published", stamp(e.published))
	member("date_modified", stamp(e.modified))
	if e.language != "" {
		member("language", e.language)
	}
	b = append(b, `"tags":[`...)
	b = machine.Quote(b, e.kind)
	if e.drill {
		b = machine.Quote(append(b, ','), drill)
	}
	return append(b, "]}"...)
}
