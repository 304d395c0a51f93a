package incident

import (
	"strings"

	"candor/generator/domain"
)

// posting says which scheduled promotion has still to be stopped: that of site.toml, while an incident
// of level 1 or 2 is open and nobody has said in index.md when it was stopped (playbook §2). It goes on
// during drills and maintenance.
func (a *assembly) posting(inc *Incident) {
	p := a.site.Posting
	stopped := a.instant(inc.Index.Doc, "posting_stopped", inc.Front.Stopped)
	if len(p.Channels) == 0 || !stopped.IsZero() || !inc.Open() || inc.Level > domain.Level2 || !inc.Timed() || inc.Front.Drill {
		return
	}
	who, _ := a.site.Person(p.Stops)
	inc.Posting = strings.Join(p.Channels, ", ") + " (" + who.Name + ")"
}
