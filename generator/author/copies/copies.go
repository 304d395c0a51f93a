// Package copies makes the texts that an editor pastes into other places when an update is published:
// posts, notes, messages, a statement for the press.
//
// A text is a function of the model, like a file of an output, but it is not published with the site.
// It says only what the update and its incident say; the theme's templates (copies/<language>/) put it
// in order for one channel. What does not fit is left out by whole sentences, groups and clauses, never
// cut inside of one, and the text says so. An editor's own text in the update's front matter goes before
// all that, and is checked: its length, and whether its figures are those of the update.
package copies

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"candor/generator/author/channel"
	"candor/generator/author/count"
	"candor/generator/diag"
	"candor/generator/domain"
	"candor/generator/fileset"
	"candor/generator/message"
	"candor/generator/output/machine"
	"candor/generator/output/theme"
	"candor/generator/site"
	"candor/generator/site/incident"
)

// Request says which texts are wanted. What is empty means: the latest update, all channels, the
// default language.
type Request struct {
	Incident, Update, Channel, Lang string
	FAQ                             bool // the answers to questions, instead of an update
}

// Copy is the text for one channel.
type Copy struct {
	Channel  *channel.Channel
	Question string // that the text answers; empty if it is about an update
	Lang     string
	Title    string // empty if texts of the channel have none
	Text     string
	Own      bool // the editor wrote it
	Left     int  // how many sentences of the update are left out; it may have fewer groups, too
	Over     int  // by how much title or text are too long, in OverUnit; 0 if they are not
	OverUnit count.Unit
}

// Count returns how long title and text are, in the units of the channel.
func (c *Copy) Count() (title, text int) {
	if c.Channel.Titled() {
		title = c.Channel.Title.Unit.Of(c.Title)
	}
	return title, c.Channel.Text.Unit.Of(c.Text)
}

// Result is what was asked for.
type Result struct {
	Incident, Update string // names
	Title            string // of the update
	Texts            []Copy
	Found            diag.List // what is wrong with them, or with the theme's templates
	Fault            error     // what was asked for does not exist
}

// Maker makes the texts of one site. It does not change and is safe for concurrent use.
type Maker struct {
	Channels  []channel.Channel
	frame     *site.Frame
	languages []*machine.Language
	templates []theme.Layer // the theme, what it extends, and the theme "plain"
}

// New makes a Maker. Themes are all themes.
func New(f *site.Frame, channels []channel.Channel, themes fileset.Set) *Maker {
	layers, _ := theme.Layers(themes, f.Settings.Theme) // what is wrong with it is reported by the build
	layers = append(layers, theme.Layer{Root: "themes/plain", Files: themes.In("plain")})
	return &Maker{channels, f, machine.Languages(f), layers}
}

// Make makes the texts of an update of an incident, which may be nil.
func (m *Maker) Make(inc *site.Incident, q Request) (r Result) {
	if q.FAQ {
		return m.answers(inc, q)
	}
	r.Incident = q.Incident
	update, err := m.find(inc, q)
	if err != nil {
		r.Fault = err
		return r
	}
	language, err := m.language(q.Lang)
	if err != nil {
		r.Fault = err
		return r
	}
	r.Update, r.Title = update.Name, language.HeadlineOf(inc, update)
	w, found := m.writer(language)
	r.Found = found
	if w == nil {
		return r
	}
	r.Found = append(append(r.Found, corrected(update)...), untranslated(language, update)...)
	defer func() { r.Found = r.Found.Apply(m.frame.Settings.Rules) }()
	for _, c := range m.For(update) {
		if q.Channel != "" && c.ID != q.Channel {
			continue
		}
		text, found := w.write(inc, update, c)
		r.Found = append(r.Found, found...)
		if len(found) == 0 {
			r.Texts = append(r.Texts, text)
			r.Found = append(r.Found, long(text, update)...)
		}
	}
	return r
}

// find returns the update that is meant.
func (m *Maker) find(inc *site.Incident, q Request) (*incident.Update, error) {
	switch {
	case q.Channel != "" && channel.Find(m.Channels, q.Channel) == nil:
		return nil, m.noChannel(q.Channel)
	case len(m.languages) == 0:
		return nil, noAddress()
	case inc == nil || !inc.Published() || len(inc.Updates) == 0:
		return nil, message.Errorf("%q has no update that is published\n"+
			"only what is published can be posted; see what is held back with: candor build", q.Incident)
	case q.Update == "":
		return inc.Updates[len(inc.Updates)-1], nil
	}
	var names []string
	for _, u := range inc.Updates {
		if u.Name == strings.TrimSuffix(q.Update, ".md") {
			return u, nil
		}
		names = append(names, u.Name)
	}
	return nil, message.Errorf("%q has no published update %q\none of: %s", q.Incident, q.Update, message.List(names))
}

func (m *Maker) noChannel(id string) error {
	return message.Errorf("there is no channel %q\none of: %s", id, message.List(channel.IDs(m.Channels)))
}

func noAddress() error {
	return message.Errorf("a text to post leads to its page, and the site has no address\n" +
		"write in site.toml for example: base_url = \"https://status.example.org/\"")
}

func (m *Maker) language(tag string) (*machine.Language, error) {
	var tags []string
	for _, l := range m.languages {
		if l.Tag == cmp.Or(tag, m.frame.Settings.DefaultLanguage) {
			return l, nil
		}
		tags = append(tags, l.Tag)
	}
	return nil, message.Errorf("the site has no language %q\none of: %s", tag, message.List(tags))
}

// For returns the channels that an update is for.
func (m *Maker) For(u *incident.Update) []*channel.Channel {
	var list []*channel.Channel
	layers := u.Doc.Front.Layers
	for i := range m.Channels {
		if c := &m.Channels[i]; len(layers) == 0 || slices.Contains(layers, c.Layer) {
			list = append(list, c)
		}
	}
	return list
}

// Post is an update that is to be carried to channels.
type Post struct {
	Incident, Title string // the incident's name, the update's title
	Update          string
	Time            time.Time
	Channels        []string
}

// Posts returns what of a published incident is to be carried to the channels that site.toml names:
// every update since the time that it says. Drills and history from elsewhere are carried nowhere.
func (m *Maker) Posts(inc *site.Incident) []Post {
	settings := m.frame.Settings.Copies
	if len(settings.Channels) == 0 || !inc.Published() || inc.Front.Drill || inc.Front.Imported {
		return nil
	}
	var list []Post
	for _, u := range inc.Updates {
		p := Post{Incident: inc.Slug, Title: u.Doc.Front.Title, Update: u.Name, Time: u.Time}
		for _, c := range m.For(u) {
			if slices.Contains(settings.Channels, c.ID) {
				p.Channels = append(p.Channels, c.ID)
			}
		}
		if len(p.Channels) > 0 && !u.Time.Before(settings.Since) {
			list = append(list, p)
		}
	}
	return list
}

// LayerName words for whom a channel is.
func LayerName(l domain.Layer) message.Text {
	switch l {
	case domain.LayerCore:
		return message.Textf("those affected")
	case domain.LayerFollowers:
		return message.Textf("followers")
	}
	return message.Textf("the public")
}
