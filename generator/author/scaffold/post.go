package scaffold

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"
	"time"
	"unicode"

	"candor/generator/domain"
	"candor/generator/fileset"
	"candor/generator/input/content"
	"candor/generator/input/tomldoc"
	"candor/generator/input/write"
	"candor/generator/message"
	"candor/generator/site/incident"
)

// Post asks for an update whose words are there already: nothing is left to fill in.
type Post struct {
	Update
	Text         string            // Markdown. Without a Title, its first sentence is the title
	Next         string            // by when the next update comes, as ParseNext reads it; empty for none
	Services     []string          // such as "checkout=down"
	Translations map[string]string // texts by the tag of their language
	Files        []Attachment
}

// Attachment is a file that an update shows, or leads to.
type Attachment struct {
	Name  string // without a folder
	Label string // what it shows, or is called
	Data  []byte
}

// Post makes an update from its words, with its translations and files.
func (m *Maker) Post(req Post) (Made, error) {
	inc, _, err := m.open(req.Slug)
	if err == nil {
		err = m.settle(&req.Update, inc)
	}
	if err != nil {
		return Made{}, err
	}
	title, body := split(req.Title, req.Text)
	if title == "" {
		return Made{}, message.Errorf("there is no text\nwrite what is new with -m")
	}
	req.Title = title
	at := m.free(inc)
	front := write.New("")
	next, err := m.postFront(front.Front, req, inc, at)
	if err != nil {
		return Made{}, err
	}
	links, files, err := attached(req)
	if err != nil {
		return Made{}, err
	}
	name := free(inc, at, cmp.Or(Slug(title), string(req.Kind)))
	if err := add(&files, updatePath(req.Slug, name), front, body+links); err != nil {
		return Made{}, err
	}
	for tag, text := range req.Translations {
		if err := m.checkLanguage(tag); err != nil {
			return Made{}, err
		}
		title, body := split("", text)
		file := write.New("")
		file.Front.Set("title", write.Quoted(title))
		if err := add(&files, translated(updatePath(req.Slug, name), tag), file, body+links); err != nil {
			return Made{}, err
		}
	}
	set, err := fileset.New(files)
	return Made{Files: set, NextUpdate: next, Title: title, Open: len(m.updateView(inc, at).Open)}, err
}

// add adds a file with front matter and a body.
func add(files *[]fileset.File, path string, front *write.File, body string) error {
	data, err := front.Bytes()
	if err != nil {
		return message.Errorf("%s: %w", path, err)
	}
	if body = strings.TrimSpace(body); body != "" {
		data = append(data, "\n"+body+"\n"...)
	}
	*files = append(*files, fileset.NewFile(path, data))
	return nil
}

// postFront writes the facts, and returns by when the next update comes.
func (m *Maker) postFront(front *write.TOML, req Post, inc *incident.Incident, at time.Time) (time.Time, error) {
	var next time.Time
	front.Set("time", write.Time(at))
	if req.Next != "" {
		var err error
		if next, err = parseNext(req.Next, at); err != nil {
			return next, err
		}
		front.Set("next_update", write.Time(next))
	}
	front.Set("title", write.Quoted(req.Title))
	front.Set("kind", write.String(req.Kind))
	if req.Status != "" {
		front.Set("status", write.String(req.Status))
	}
	if req.Corrects != "" {
		front.Set("corrects", write.Quoted(req.Corrects))
	}
	for _, said := range req.Services {
		id, condition, err := m.service(said, inc)
		if err != nil {
			return next, err
		}
		front.In("services").Set(id, write.Quoted(condition))
	}
	return next, nil
}

// service reads what is said of a service.
func (m *Maker) service(said string, inc *incident.Incident) (id, condition string, err error) {
	id, condition, found := strings.Cut(said, "=")
	conditions := domain.Strings(domain.Conditions())
	var ids []string
	for _, s := range slices.Concat(m.Site.Services, inc.Front.Declared) {
		ids = append(ids, s.ID)
	}
	switch {
	case !found:
		return "", "", message.Errorf("--service %q does not say how the service is\n"+
			"write for example: --service checkout=down", said)
	case len(ids) == 0:
		return "", "", message.Errorf("the site has no services\nadd [[service]] with id and label to site.toml")
	case !slices.Contains(ids, id):
		return "", "", choose(message.Textf("there is no service %q", id), id, ids)
	case !slices.Contains(conditions, condition):
		return "", "", choose(message.Textf("a service cannot be %q", condition), condition, conditions)
	}
	return id, condition, nil
}

// parseNext reads by when the next update comes: a length of time from an instant on, a time of day
// by the site's clocks, the next one that comes, or a date and time.
func parseNext(text string, at time.Time) (time.Time, error) {
	if d, ok := tomldoc.ParseDuration(text); ok {
		return at.Add(d), nil
	}
	if t, ok := tomldoc.ParseTime(strings.Replace(text, " ", "T", 1)); ok && t.Exists(at.Location()) {
		return t.In(at.Location()), nil
	}
	clock, err := time.Parse("15:04", text)
	if err != nil {
		return time.Time{}, message.Errorf("--next %q is not a time\nwrite for example: --next 20m, or --next 18:00", text)
	}
	y, mo, d := at.Date()
	next := time.Date(y, mo, d, clock.Hour(), clock.Minute(), 0, 0, at.Location())
	if !next.After(at) {
		next = time.Date(y, mo, d+1, clock.Hour(), clock.Minute(), 0, 0, at.Location())
	}
	return next, nil
}

// pictures are the endings of files that a page shows.
var pictures = []string{".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif"}

// attached returns the Markdown that shows the files, and the files by their places.
func attached(req Post) (string, []fileset.File, error) {
	var links strings.Builder
	var files []fileset.File
	for _, a := range req.Files {
		evidence := content.Locate(folder(req.Slug)+a.Name, nil).Kind == content.Evidence
		if !evidence || strings.ContainsAny(a.Name[:1], "._") || strings.ContainsAny(a.Name, `<>\`) {
			return "", nil, message.Errorf("--file %q: a file of this name is not published\nrename it", a.Name)
		}
		sign := ""
		if slices.Contains(pictures, strings.ToLower(path.Ext(a.Name))) {
			sign = "!"
		}
		fmt.Fprintf(&links, "\n\n%s[%s](<../%s>)", sign, strings.NewReplacer("[", `\[`, "]", `\]`).Replace(a.Label), a.Name)
		files = append(files, fileset.NewFile(folder(req.Slug)+a.Name, a.Data))
	}
	return links.String(), files, nil
}

// leastSentence is how long a sentence of a Latin script is at least, in columns: "Dr." ends none.
const leastSentence = 12

// split returns title and body of a text. Without a title it is the first sentence of the first
// line.
func split(title, text string) (string, string) {
	text = strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n"))
	if title != "" {
		return write.Line(title), text
	}
	title, body, _ := strings.Cut(text, "\n")
	if end := sentence(title); end > 0 {
		title, body = title[:end], title[end:]+"\n"+body
	}
	return strings.TrimRight(write.Line(title), ".。"), strings.TrimSpace(body)
}

// sentence returns where the first sentence of a line ends; 0 if it has only one.
func sentence(line string) int {
	for i, r := range line {
		after := i + len(string(r))
		rest := []rune(line[after:])
		if strings.ContainsRune("。！？", r) && len(rest) > 0 {
			return after
		}
		long := i >= leastSentence && len(rest) > 1
		if long && strings.ContainsRune(".!?", r) && rest[0] == ' ' && unicode.IsUpper(rest[1]) {
			return after
		}
	}
	return 0
}

// free returns a name for an update of a time that the incident does not have.
func free(inc *incident.Incident, at time.Time, what string) string {
	name := at.Format(stamp) + what
	result := name
	for n := 2; slices.Contains(names(inc), result); n++ {
		result = fmt.Sprintf("%s-%d", name, n)
	}
	return result
}
