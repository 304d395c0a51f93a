package history

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"candor/generator/author/scaffold"
	"candor/generator/domain"
	"candor/generator/message"
)

// The parts of GitHub's issues that are read: as gh issue list writes them, and as the API does.
type (
	upptimeIssue struct {
		Number    int             `json:"number"`
		Title     string          `json:"title"`
		Body      string          `json:"body"`
		CreatedAt string          `json:"createdAt"`
		ClosedAt  string          `json:"closedAt"`
		Created   string          `json:"created_at"`
		Closed    string          `json:"closed_at"`
		Pull      json.RawMessage `json:"pull_request"`
		Comments  json.RawMessage `json:"comments"` // the API has only their number
		Labels    []struct {
			Name string `json:"name"`
		} `json:"labels"`
	}

	upptimeComment struct {
		URL       string `json:"url"`
		Body      string `json:"body"`
		CreatedAt string `json:"createdAt"`
	}
)

var (
	upptimeTitle  = regexp.MustCompile(`^\W*(.+?) (is down|has degraded performance)$`)
	upptimeHidden = regexp.MustCompile(`(?s)<!--(.*?)-->`)
	upptimeKey    = regexp.MustCompile(`(?m)^\s*(start|end|expectedDown|expectedDegraded)\s*:\s*(.*?)\s*$`)
)

// Upptime reads the issues that Upptime keeps its incidents in.
func Upptime(name string, data []byte) (*History, error) {
	var issues []upptimeIssue
	if err := decode(name, data, &issues); err != nil {
		return nil, err
	}
	if len(issues) == 0 {
		return nil, message.Errorf("%s has no issues\nsave them with: %s", name, "gh issue list --state all --limit 9999 "+
			"--json number,title,body,createdAt,closedAt,labels,comments")
	}
	h := &History{}
	for i, issue := range slices.Backward(issues) { // the newest is the first
		h.upptime(issue, fmt.Sprintf("[%d]", i))
	}
	return h.sorted(), nil
}

// upptime adds an issue.
func (h *History) upptime(in upptimeIssue, place string) {
	var labels []string
	for _, l := range in.Labels {
		labels = append(labels, l.Name)
	}
	planned := slices.Contains(labels, "maintenance")
	if len(in.Pull) > 0 && string(in.Pull) != "null" || !planned && !slices.Contains(labels, "status") {
		h.lose(place, message.Textf("this has neither the label status nor maintenance and is left out"))
		return
	}
	e := &event{place: place, id: "issue-" + strconv.Itoa(in.Number), title: in.Title, level: domain.Level3,
		known: instant(in.CreatedAt + in.Created), states: states{}, body: h.fromMarkdown(in.Body, place+".body", true)}
	if planned {
		h.upptimeMaintenance(e, in.Body)
	} else if m := upptimeTitle.FindStringSubmatch(line(in.Title)); m != nil {
		key := scaffold.Slug(m[1])
		h.service(key, m[1], "")
		if e.states[key] = domain.ConditionDegraded; m[2] == "is down" {
			e.states[key], e.level = domain.ConditionDown, domain.Level2
		}
	} else {
		h.lose(place, message.Textf("the title does not say which service this is about"))
	}
	h.upptimeComments(e, in.Comments, place)
	closed := instant(in.ClosedAt + in.Closed)
	h.add(e, closed, !closed.IsZero())
}

// upptimeMaintenance reads the comment in which a maintenance has its times.
func (h *History) upptimeMaintenance(e *event, text string) {
	found := map[string]string{}
	if m := upptimeHidden.FindStringSubmatch(text); m != nil {
		for _, pair := range upptimeKey.FindAllStringSubmatch(m[1], -1) {
			found[pair[1]] = pair[2]
		}
	}
	e.starts, e.ends = instant(found["start"]), instant(found["end"])
	if e.planned = e.ends.After(e.starts) && meant(e.starts) && meant(e.ends); !e.planned {
		h.lose(e.place, message.Textf("this maintenance has no end after its start: it is written as an incident"))
		return
	}
	for _, name := range strings.Split(found["expectedDown"]+","+found["expectedDegraded"], ",") {
		if name = strings.TrimSpace(name); name != "" {
			h.service(name, "", "")
			e.states[name] = domain.ConditionMaintenance
		}
	}
}

// upptimeComments adds the comments of an issue.
func (h *History) upptimeComments(e *event, in json.RawMessage, place string) {
	var comments []upptimeComment
	if !bytes.HasPrefix(in, []byte("[")) {
		if len(in) > 0 && string(in) != "0" && string(in) != "null" {
			h.lose(place, message.Textf("the comments are not in the file: save it with --json …,comments"))
		}
		return
	}
	if err := json.Unmarshal(in, &comments); err != nil {
		h.lose(place, message.Textf("the comments cannot be read"))
		return
	}
	for j, c := range comments {
		at := fmt.Sprintf("%s.comments[%d]", place, j)
		_, id, _ := strings.Cut(c.URL, "#issuecomment-")
		u := &update{place: at, id: id, time: instant(c.CreatedAt), title: "kinds.progress",
			body: h.fromMarkdown(c.Body, at+".body", true)}
		if strings.HasPrefix(c.Body, "**Resolved:**") {
			u.title, u.status = "status.resolved", domain.StatusResolved
		}
		e.updates = append(e.updates, u)
	}
}
