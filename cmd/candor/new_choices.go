package main

import (
	"maps"
	"slices"

	"github.com/spf13/cobra"

	"candor/generator/domain"
	"candor/generator/message"
	"candor/generator/site/config"
)

// choice is a value of a flag and what it means (playbook §1 and §2).
type choice struct {
	value string
	about message.Text
}

// types are those of the site, each with the name that readers see.
func (f *newIncidentFlags) types(site *config.Site) []choice {
	builtin := config.Default().Types
	var list []choice
	for _, id := range slices.Sorted(maps.Keys(site.Types)) {
		typ := site.Types[id]
		label := typ.Label
		if _, ok := builtin[id]; ok && label == "" {
			label = f.say.Must("types." + id)
		}
		about := message.Textf("first response within %s", message.Length(typ.FirstResponse))
		if label != "" {
			about = message.Textf("first response within %s (%s)", message.Length(typ.FirstResponse), label)
		}
		list = append(list, choice{id, about})
	}
	return list
}

func levels(*config.Site) []choice {
	within := func(level domain.Level, when message.Text) message.Text {
		return message.Textf("first response within %s (%s)", message.Length(config.LevelClock(level)), when)
	}
	return []choice{
		{domain.Level1.String(), within(domain.Level1, message.Textf("law, safety, values"))},
		{domain.Level2.String(), within(domain.Level2, message.Textf("harms our reputation, but under control"))},
		{domain.Level3.String(), within(domain.Level3, message.Textf("local"))},
	}
}

func stances(*config.Site) []choice {
	return []choice{
		{string(domain.StanceFull), message.Textf("it is our fault")},
		{string(domain.StancePartial), message.Textf("part of it is our fault, part of what is said is not so")},
		{string(domain.StanceUnfounded), message.Textf("what is said is not so")},
	}
}

// completeChoices offers the choices of a flag with what they mean. If the site
// cannot be read, those of any site are offered.
func (f *newIncidentFlags) completeChoices(c *cobra.Command, flag string, choices func(*config.Site) []choice) {
	_ = c.RegisterFlagCompletionFunc(flag, func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		site := config.Default()
		if m, err := f.maker(); err == nil {
			site = m.Site
		}
		var list []string
		for _, c := range choices(site) {
			list = append(list, cobra.CompletionWithDesc(c.value, c.about.In(f.say.Words)))
		}
		return list, cobra.ShellCompDirectiveNoFileComp
	})
}
