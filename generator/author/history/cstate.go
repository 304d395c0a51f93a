package history

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"candor/generator/domain"
	"candor/generator/fileset"
	"candor/generator/message"
)

// The files of a cState site that are read.
const (
	CStateIssues   = "content/issues"
	CStateSettings = "config.yml"
)

// cstateFront is the front matter of an issue that is read.
type cstateFront struct {
	Title         string   `yaml:"title"`
	Date          any      `yaml:"date"`
	Resolved      bool     `yaml:"resolved"`
	ResolvedWhen  any      `yaml:"resolvedWhen"`
	Severity      string   `yaml:"severity"`
	Affected      []string `yaml:"affected"`
	Informational bool     `yaml:"informational"`
	Draft         bool     `yaml:"draft"`
}

var (
	cstateFences = regexp.MustCompile(`(?s)^---[ \t]*\n(.*?\n)---[ \t]*(?:\n(.*))?$`)
	cstateTrack  = regexp.MustCompile(`\{\{[<%]\s*track\s+["“]?([^"”>%]*?)["”]?\s*[>%]\}\}`)
	cstateCode   = regexp.MustCompile(`\{\{[<%].*?[>%]\}\}`)
	cstateStatus = regexp.MustCompile(`(?i)^[*_]{1,2}(investigating|identified|monitoring|resolved|update|post-?mortem)[*_]{1,2}\s*[-–—:]?\s*`)
	cstateParts  = regexp.MustCompile(`\n[ \t]*\n`)
)

// CState reads the issues of a cState site.
func CState(files fileset.Set) (*History, error) {
	h := &History{}
	var settings struct {
		Params struct {
			Systems []struct {
				Name     string `yaml:"name"`
				Category string `yaml:"category"`
			} `yaml:"systems"`
		} `yaml:"params"`
	}
	if f, ok := files.Get(CStateSettings); ok {
		if err := yaml.Unmarshal(f.Data, &settings); err != nil {
			return nil, message.Errorf("%s: this is not the YAML that is expected: %w\ncorrect it, or move it away", f.Path, err)
		}
	}
	for _, s := range settings.Params.Systems {
		h.service(line(s.Name), s.Name, line(s.Category))
	}
	some := false
	for f := range files.Under(CStateIssues).All() {
		if path.Ext(f.Path) == ".md" && path.Base(f.Path) != "_index.md" {
			some = true
			h.cstate(f)
		}
	}
	if !some {
		return nil, message.Errorf("there are no issues: no Markdown files in %s\nname the folder of a cState site",
			CStateIssues)
	}
	return h.sorted(), nil
}

// cstate adds an issue.
func (h *History) cstate(f fileset.File) {
	data := bytes.ReplaceAll(bytes.TrimPrefix(f.Data, []byte("\ufeff")), []byte("\r\n"), []byte("\n"))
	parts := cstateFences.FindSubmatch(data)
	var front cstateFront
	if parts == nil {
		h.lose(f.Path, message.Textf("there is no front matter between lines with ---: this is left out"))
		return
	}
	if err := yaml.Unmarshal(parts[1], &front); err != nil {
		h.lose(f.Path, message.Textf("the front matter cannot be read: this is left out (%s)", strings.ReplaceAll(err.Error(), "\n", " ")))
		return
	}
	switch {
	case front.Informational:
		h.lose(f.Path, message.Textf("this only informs and is no incident: it is left out"))
		return
	case front.Draft:
		h.lose(f.Path, message.Textf("this is a draft and is left out"))
		return
	}
	name := strings.TrimSuffix(path.Base(f.Path), ".md")
	if name == "index" {
		name = path.Base(path.Dir(f.Path))
	}
	e := &event{place: f.Path, id: name, title: front.Title, level: domain.Level3, known: anyTime(front.Date), states: states{}}
	conditions := states{"down": domain.ConditionDown, "disrupted": domain.ConditionPartial, "notice": domain.ConditionDegraded}
	condition, ok := conditions[front.Severity]
	if front.Severity == "down" {
		e.level = domain.Level2
	}
	for _, system := range front.Affected {
		h.service(line(system), system, "")
		if ok {
			e.states[line(system)] = condition
		} else {
			e.affected = append(e.affected, line(system))
		}
	}
	h.cstateBody(e, string(parts[2]))
	h.add(e, anyTime(front.ResolvedWhen), front.Resolved)
}

// cstateBody makes an update of each paragraph that says when it was written; all others are the text
// of the incident.
func (h *History) cstateBody(e *event, text string) {
	var rest []string
	for i, part := range cstateParts.Split(text, -1) {
		m := cstateTrack.FindStringSubmatch(part)
		part = h.cstateCodes(e.place, cstateTrack.ReplaceAllString(part, ""))
		if m == nil {
			rest = append(rest, part)
			continue
		}
		u := &update{place: fmt.Sprintf("%s, part %d", e.place, i+1), time: instant(m[1]), title: "kinds.progress"}
		part = strings.TrimSpace(part)
		if s := cstateStatus.FindStringSubmatch(part); s != nil {
			part = part[len(s[0]):]
			switch word := strings.ToLower(s[1]); word {
			case "update":
			case "postmortem", "post-mortem":
				u.title, u.kind = "kinds.follow-up", domain.KindFollowUp
			default:
				u.title, u.status = "status."+word, domain.Status(word)
			}
		}
		u.body = h.fromMarkdown(part, u.place, false)
		e.updates = append(e.updates, u)
	}
	e.body = h.fromMarkdown(strings.Join(rest, "\n\n"), e.place, false)
}

// cstateCodes leaves out what Hugo puts something else in the place of.
func (h *History) cstateCodes(place, text string) string {
	for _, code := range cstateCode.FindAllString(text, -1) {
		h.lose(place, message.Textf("%s is left out", code))
	}
	return cstateCode.ReplaceAllString(text, "")
}

// anyTime is a time in YAML. One without a zone is in UTC, as Hugo has it.
func anyTime(v any) time.Time {
	switch v := v.(type) {
	case time.Time:
		return v.Truncate(time.Second)
	case string:
		return instant(v)
	}
	return time.Time{}
}

// CStateFiles reads the files of a cState site that say something of its history.
func CStateFiles(site fs.FS) (fileset.Set, error) {
	var files []fileset.File
	take := func(name string) error {
		data, err := fs.ReadFile(site, name)
		files = append(files, fileset.NewFile(name, data))
		return err
	}
	if _, err := fs.Stat(site, CStateSettings); err == nil {
		if err := take(CStateSettings); err != nil {
			return fileset.Set{}, err
		}
	}
	err := fs.WalkDir(site, CStateIssues, func(name string, entry fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) && name == CStateIssues {
			return nil // CState says so
		}
		if err != nil || entry.IsDir() || path.Ext(name) != ".md" {
			return err
		}
		return take(name)
	})
	if err != nil {
		return fileset.Set{}, err
	}
	return fileset.New(files)
}
