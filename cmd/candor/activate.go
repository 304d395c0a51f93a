package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"candor/generator/author/scaffold"
	"candor/generator/diag"
	"candor/generator/domain"
	"candor/generator/fileset"
	"candor/generator/message"
)

type activateFlags struct {
	newFlags
	scaffold.Activation
	known string
}

func newActivate(say *printer) *cobra.Command {
	f := &activateFlags{newFlags: newFlags{siteFlags{say: say}}}
	c := &cobra.Command{
		Use:   "activate SCENARIO --as SLUG",
		Short: "Make an incident of a scenario that was written in advance",
		Long: `Activate copies scenarios/SCENARIO to incidents/SLUG and starts its clocks: when the
organisation learned of it, the time of the first response, and by when the next
update comes. It lists every text in [square brackets] that is still to be written.
Other updates of the scenario become drafts. The scenario stays as it is.`,
		Example: `  candor activate data-leak --as leak-2026 --known 2026-11-04T10:00
  candor activate data-leak --as leak-drill --drill`,
		Args: oneArg("SCENARIO", message.Textf("the name of the scenario, such as: candor activate data-leak --as leak")),
		RunE: func(c *cobra.Command, args []string) error {
			f.Scenario = args[0]
			return f.activate(c)
		},
		ValidArgsFunction: f.complete(func(m *scaffold.Maker, args []string) []string {
			if len(args) > 0 {
				return nil
			}
			return m.Slugs(domain.FolderScenarios)
		}),
	}
	f.register(c)
	c.Flags().StringVar(&f.Slug, "as", "", "short name of the incident, for its address")
	c.Flags().StringVar(&f.known, "known", "",
		"when the organisation learned of it, such as 2026-11-04T10:00 (default: now)")
	c.Flags().BoolVar(&f.Drill, "drill", false, "it is a drill, and every page says so")
	offer(c, "as")
	return c
}

func (f *activateFlags) activate(c *cobra.Command) error {
	if f.Slug == "" {
		return message.Errorf("--as is missing\nwrite a short name for its address, such as: --as %s-1", f.Scenario)
	}
	stderr := c.ErrOrStderr()
	var files fileset.Set
	err := f.run(c, func(m *scaffold.Maker) (scaffold.Made, error) {
		var err error
		if f.Known, err = knownTime(f.known, m.Site); err != nil {
			return scaffold.Made{}, err
		}
		return m.Activate(f.Activation)
	}, func(m *scaffold.Maker, made scaffold.Made) {
		files = made.Files
		fmt.Fprintln(stderr, f.say.deadline(message.Textf("First response"), made.FirstResponse, m.At))
		f.say.line(stderr, "The update after it is due by %s", f.say.Full(made.NextUpdate))
	})
	if err != nil {
		return err
	}
	_, found, err := f.build(true)
	if err != nil {
		return err
	}
	if err := diag.WriteText(stderr, of(found, files), f.textOptions(stderr)); err != nil {
		return err
	}
	f.say.line(stderr, "Next: replace every text in [square brackets], then: %s", f.command("candor build"))
	return nil
}
