package config

import (
	"cmp"
	"time"

	"candor/generator/diag"
	"candor/generator/input/tomldoc"
)

// Copies says to which channels each update is carried, and how soon; Channels is empty if nobody
// looks after that.
type Copies struct {
	Channels []string // their ids
	Since    time.Time
	Within   time.Duration // from the time of the update
}

// Posting is the scheduled promotion that is to be stopped while an incident is open (playbook §2);
// Channels is empty if there is none.
type Posting struct {
	Channels []string // as the people call them who post there
	Stops    string   // id of the person who stops it
}

// readCopies reads [copies].
func (s *Site) readCopies(t *tomldoc.Table) {
	if t == nil {
		return
	}
	s.Copies = Copies{t.Strings("channels"), t.Time("since").In(s.Zone), cmp.Or(t.Duration("within"), time.Hour)}
	if len(s.Copies.Channels) == 0 && !t.Has("channels") {
		t.Report("", "bad-value", diag.Textf("[copies] names no channels"), diag.Textf("add channels = [\"weibo\", \"sms\"]"))
	}
	if !t.Has("since") {
		t.Report("", "bad-value", diag.Textf("[copies] does not say since when"),
			diag.Textf("add since = 2026-11-04T08:00: updates from then on are carried to channels"))
	}
	t.Done(nil)
}

// readPosting reads [posting].
func (s *Site) readPosting(t *tomldoc.Table) {
	if t == nil {
		return
	}
	s.Posting = Posting{t.Strings("channels"), t.String("stops")}
	if _, ok := s.Person(s.Posting.Stops); !ok {
		t.Report("stops", "bad-value", diag.Textf("nobody in site.toml has the id \"%s\"", s.Posting.Stops),
			diag.Textf("name a [[person]] who can stop scheduled posts: stops = \"chen\""))
	}
	t.Done(nil)
}
