package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"time"

	"candor/generator"
	"candor/generator/author/copies"
	"candor/generator/diag"
	"candor/generator/domain"
	"candor/generator/input/tomldoc"
	"candor/generator/input/write"
	"candor/generator/message"
	"candor/generator/site/incident"
)

// sentFile is the private file of an incident that says which update was carried to which channel. It is
// only ever added to, so that two people can do so.
const sentFile = "_sent.toml"

// sentLine is one thing that was sent.
type sentLine struct {
	update, channel string
	at              time.Time
}

// sentAt returns when an update was carried to a channel; zero if it was not.
func sentAt(sent []sentLine, update, channel string) time.Time {
	i := slices.IndexFunc(sent, func(s sentLine) bool { return s.update == update && s.channel == channel })
	if i < 0 {
		return time.Time{}
	}
	return sent[i].at
}

// sentOf reads what was sent about an incident.
func (f *siteFlags) sentOf(slug string) ([]sentLine, error) {
	name := path.Join(domain.FolderIncidents, slug, sentFile)
	data, err := readInside(f.content, name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, environmentError{message.Errorf("cannot read what was sent: %w", err)}
	}
	src := diag.Source{Path: name, Data: data}
	doc, table := tomldoc.Parse(src, 0, len(data))
	var list []sentLine
	for _, t := range table.Tables("sent") {
		list = append(list, sentLine{t.String("update"), t.String("channel"), t.Time("at").In(time.UTC)})
		t.Done(nil)
	}
	if found := doc.Findings(); len(found) > 0 {
		return nil, environmentError{message.Errorf("%s:%d: %s\nmend the file, or remove these lines",
			f.rename(name), found[0].Line, found[0].Message)}
	}
	return list, nil
}

func readInside(folder, name string) ([]byte, error) {
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	return root.ReadFile(name)
}

// note adds a line to what was sent.
func (f *copyFlags) note(result generator.Result, stderr io.Writer) error {
	sent, err := f.sentOf(f.Incident)
	if err != nil {
		return err
	}
	r := result.Copies
	if at := sentAt(sent, r.Update, f.sent); !at.IsZero() {
		return message.Errorf("%q was carried to %s on %s already", r.Update, f.sent, at.In(result.At.Location()).Format("2006-01-02 15:04"))
	}
	line := fmt.Sprintf("[[sent]]\nupdate = %s\nchannel = %s\nat = %s\n\n",
		write.Quoted(r.Update), write.Quoted(f.sent), result.At.Format(time.RFC3339))
	if err := addInside(f.content, path.Join(domain.FolderIncidents, f.Incident, sentFile), line); err != nil {
		return environmentError{message.Errorf("cannot note what was sent: %w", err)}
	}
	f.say.line(stderr, "noted: %s was carried to %s", r.Update, f.sent)
	return nil
}

func addInside(folder, name, text string) error {
	root, err := os.OpenRoot(folder)
	if err != nil {
		return err
	}
	defer root.Close()
	out, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o666)
	if err != nil {
		return err
	}
	_, err = out.WriteString(text)
	return errors.Join(err, out.Sync(), out.Close())
}

// copyDeadlines returns the posts that have not been carried to all of their channels, each due so soon
// after its update as site.toml says.
func (f *siteFlags) copyDeadlines(posts []copies.Post, within time.Duration) ([]incident.Deadline, error) {
	var list []incident.Deadline
	known := map[string][]sentLine{}
	for _, p := range posts {
		sent, ok := known[p.Incident]
		if !ok {
			var err error
			if sent, err = f.sentOf(p.Incident); err != nil {
				return nil, err
			}
			known[p.Incident] = sent
		}
		if left := unsent(p, sent); len(left) > 0 {
			list = append(list, incident.Deadline{Duty: domain.DutyCopies, Incident: p.Incident, Title: p.Title, ID: p.Update,
				What: message.List(left).String() + ": " + p.Title, Due: p.Time.Add(within)})
		}
	}
	return list, nil
}
