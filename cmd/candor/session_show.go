package main

import (
	"net/url"
	"strings"

	"candor/generator"
	"candor/generator/diag"
	"candor/generator/domain"
	"candor/generator/fileset"
	"candor/generator/message"
	"candor/generator/outside/preview"
	"candor/generator/site/incident"
)

// mostDeadlines is how much of what is due the preview gets: about as much as a person reads.
const mostDeadlines = 30

// show gives the browser what was built, or what is wrong over the last good site.
func (s *session) show(in generator.Input, b outcome) {
	state := s.stateOf(b, s.shown)
	state.Open = s.opened(b)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.input = in
	if !s.looked {
		s.other = nil
	}
	s.looked = false
	state.Problem = s.state.Problem
	s.state = state
	s.server.Show(state)
}

// stateOf says what there is to say of a build over a site.
func (s *session) stateOf(b outcome, site fileset.Set) preview.State {
	brief := b.found.Brief()
	state := preview.State{
		Output: site, Base: b.Base, At: b.At, NextChange: b.NextChange, Frozen: b.Frozen || fixedClock(),
		Counts:   preview.Counts{Errors: b.errors, Warnings: b.warnings},
		Errors:   s.text(brief, diag.Error),
		Warnings: s.text(brief, diag.Warning),
	}
	if b.fit(s.flags.strict) {
		state.Errors, state.Unfinished = "", state.Errors
	}
	if b.errors == 0 && s.flags.strict {
		state.Errors, state.Warnings = state.Warnings, ""
	}
	if b.fault != nil {
		state.Errors = s.log.Error(b.fault) + "\n" + state.Errors
		state.Counts.Errors++
	}
	for _, o := range b.Deadlines[:min(len(b.Deadlines), mostDeadlines)] {
		deadline := preview.Deadline{Kind: string(o.Duty), Incident: o.Incident, What: o.What, Due: o.Due}
		if _, out := site.Get(o.Incident + "/index.html"); out {
			deadline.URL = b.Base + url.PathEscape(o.Incident) + "/"
		}
		state.Deadlines = append(state.Deadlines, deadline)
	}
	return state
}

// text writes the first findings of a severity as the terminal has them.
func (s *session) text(found diag.List, severity diag.Severity) string {
	var b strings.Builder
	opt := s.flags.textOptions(&b)
	opt.Width = 0 // the browser breaks lines
	writeFew(&b, firstOf(found, severity, mostFindings), found.Count(severity), opt)
	return b.String()
}

// opened returns the page that a save was about, as far as there is one.
func (s *session) opened(b outcome) string {
	if !b.news {
		return ""
	}
	for _, path := range b.changes {
		if address := s.generator.Address(path); address != "" {
			return address
		}
	}
	return ""
}

// deadlineWords says what is due, without when.
func deadlineWords(o incident.Deadline) message.Text {
	return map[domain.Duty]message.Text{
		domain.DutyResponse:    message.Textf("first response to %s", o.Incident),
		domain.DutyUpdate:      message.Textf("update of %s", o.Incident),
		domain.DutyReport:      message.Textf("final report on %s", o.Incident),
		domain.DutyFollowUp:    message.Textf("%s of %s", dutyWords(o), o.Incident),
		domain.DutyPublication: message.Textf("“%s” is published", shortened(o.What)),
		domain.DutyPosting:     message.Textf("stop scheduled posts: %s", o.What),
		domain.DutyStart:       message.Textf("%s of %s", dutyWords(o), o.Incident),
		domain.DutyEnd:         message.Textf("%s of %s", dutyWords(o), o.Incident),
		domain.DutyPromise:     message.Textf("promised “%s”", shortened(o.What)),
	}[o.Duty]
}

// shortened cuts a text to what a line of the terminal has room for.
func shortened(text string) string {
	const most = 24 // columns
	if short := cut(text, most); short != text {
		return short + "…"
	}
	return text
}
