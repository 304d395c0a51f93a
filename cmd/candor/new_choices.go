package main

import (
	"io"
	"time"

	"github.com/spf13/cobra"

	"candor/generator/author/scaffold"
	"candor/generator/domain"
	"candor/generator/message"
	"candor/generator/site/config"
)

// choice is a value of a flag and what it stands for (playbook §1 and §2).
type choice struct {
	value string
	about message.Text
}

// types are those of the site.
func types(m *scaffold.Maker) []choice {
	var list []choice
	for _, id := range m.Types() {
		typ := m.Site.Types[id]
		about := message.Textf("first response within %s", hours(typ.FirstResponse))
		if typ.Label != "" {
			about = message.Textf("first response within %s (%s)", hours(typ.FirstResponse), typ.Label)
		}
		list = append(list, choice{id, about})
	}
	return list
}

func levels() []choice {
	within := func(level domain.Level, when message.Text) message.Text {
		return message.Textf("first response within %s (%s)", hours(config.LevelClock(level)), when)
	}
	return []choice{
		{domain.Level1.String(), within(domain.Level1, message.Textf("law, safety, values"))},
		{domain.Level2.String(), within(domain.Level2, message.Textf("the name, but controllable"))},
		{domain.Level3.String(), within(domain.Level3, message.Textf("local"))},
	}
}

func stances() []choice {
	return []choice{
		{string(domain.StanceFull), message.Textf("it is our fault")},
		{string(domain.StancePartial), message.Textf("part of it is our fault, part of what is said is not so")},
		{string(domain.StanceUnfounded), message.Textf("what is said is not so")},
	}
}

// hours writes a length of time to the hour or the minute.
func hours(d time.Duration) message.Text {
	switch {
	case d%(24*time.Hour) == 0 && d > 24*time.Hour:
		return message.Textf("%d d", d/(24*time.Hour))
	case d%time.Hour == 0:
		return message.Textf("%d h", d/time.Hour)
	}
	return message.Textf("%d min", d/time.Minute)
}

// completions offers choices with what they stand for.
func (f *newIncidentFlags) completions(choices []choice) ([]string, cobra.ShellCompDirective) {
	var list []string
	for _, c := range choices {
		list = append(list, cobra.CompletionWithDesc(c.value, c.about.In(f.say.Words)))
	}
	return list, cobra.ShellCompDirectiveNoFileComp
}

// completeType offers the types, those of the site among them.
func (f *newIncidentFlags) completeType(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	m, err := f.maker(io.Discard)
	if err != nil {
		m = &scaffold.Maker{Site: config.Default()}
	}
	return f.completions(types(m))
}

func (f *newIncidentFlags) completeLevel(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return f.completions(levels())
}

func (f *newIncidentFlags) completeStance(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return f.completions(stances())
}
