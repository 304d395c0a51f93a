package feed

import (
	"bytes"
	"encoding/json"
	"strings"
	"time"

	"candor/generator/fileset"
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

// jsonEntry is an item of a JSON Feed.
type jsonEntry struct {
	ID        string    `json:"id"`
	URL       string    `json:"url"`
	Title     string    `json:"title"`
	HTML      string    `json:"content_html"`
	Published time.Time `json:"date_published"`
	Modified  time.Time `json:"date_modified"`
	Tags      []string  `json:"tags,omitempty"`
	Language  string    `json:"language,omitempty"`
}

// jsonFeed writes feed.json.
func jsonFeed(c channel, entries []listed) fileset.File {
	const end = "]}"
	head := encode(jsonHead{
		Version: "https://jsonfeed.org/version/1.1", Title: c.title, HomePage: c.Addresses.Canonical(c.path),
		Address: c.Addresses.Canonical(c.path + "feed.json"), Description: c.description, Language: c.Tag,
		Authors: []jsonAuthor{{c.Author()}},
	})
	path, of := c.Addresses.Path(c.path+"feed.json"), func(e *listed) *[]byte { return &e.json }
	return document(path, strings.TrimSuffix(string(head), end), entries, of, ",", end+"\n")
}

func jsonItem(e entry) []byte {
	item := jsonEntry{
		ID: e.id, URL: e.address, Title: e.title, HTML: e.html, Published: e.published, Modified: e.modified,
		Tags: []string{e.kind}, Language: e.language,
	}
	if e.drill {
		item.Tags = append(item.Tags, drill)
	}
	return encode(item)
}

func encode(v any) []byte {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(v); err != nil {
		panic("feed: " + err.Error()) // these are texts and instants
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}
