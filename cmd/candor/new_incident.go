package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"candor/generator/author/scaffold"
	"candor/generator/domain"
	"candor/generator/input/content"
	"candor/generator/input/tomldoc"
	"candor/generator/message"
	"candor/generator/site/config"
)

type newIncidentFlags struct {
	newFlags
	scaffold.Incident
	known string
	lang  string // of a translation; empty for an original
}

func newIncident(say *printer) *cobra.Command {
	f := &newIncidentFlags{newFlags: newFlags{siteFlags{say: say}}}
	c := &cobra.Command{
		Use:   "incident SLUG",
		Short: "Create an incident, with its FAQ and first response",
		Long: `Incident creates incidents/SLUG with index.md, faq.md and the first response, with
the parts that the type and the stance need, and says when the first response is
due. SLUG becomes the address of the page: lower-case letters, digits, hyphens.

With --lang it creates a translation of the index.md of an incident that exists.

` + choicesText,
		Example: `  candor new incident rash --type product-quality --level 1 --stance full --known 2026-11-04T10:00
  candor new incident login-outage --type experience --level 2 --stance full --title "Log-in fails for some of you"
  candor new incident login-outage --type experience --level 2 --stance full --minimal
  candor new incident login-outage --lang zh-Hans`,
		Args: oneArg("SLUG", message.Textf("a short name for its address, such as: candor new incident login-outage")),
		RunE: func(c *cobra.Command, args []string) error {
			if f.lang != "" {
				return f.translate(c, scaffold.Translation{Kind: content.Index, Slug: args[0], Lang: f.lang})
			}
			return f.incident(c, args[0])
		},
		ValidArgsFunction: cobra.NoFileCompletions,
	}
	f.register(c)
	f.registerLang(c, &f.lang)
	c.Flags().BoolVar(&f.Minimal, "minimal", false, "write only what has to be there, and no FAQ")
	c.Flags().StringVar(&f.known, "known", "",
		"when the organisation learned of it, such as 2026-11-04T10:00 (default: now)")
	return c
}

func newScenario(say *printer) *cobra.Command {
	f := &newIncidentFlags{newFlags: newFlags{siteFlags{say: say}}}
	c := &cobra.Command{
		Use:   "scenario SLUG",
		Short: "Write an incident in advance",
		Long: `Scenario creates scenarios/SLUG, in the shape of an incident but without times. It is
never published. When it happens, candor activate makes an incident of it.

` + choicesText,
		Example:           `  candor new scenario data-leak --type experience --level 1 --stance full`,
		Args:              oneArg("SLUG", message.Textf("a short name for it, such as: candor new scenario data-leak")),
		RunE:              func(c *cobra.Command, args []string) error { return f.scenario(c, args[0]) },
		ValidArgsFunction: cobra.NoFileCompletions,
	}
	f.register(c)
	return c
}

// choicesText says what the three choices mean (playbook §1 and §2).
const choicesText = `  --type    product-quality, false-advertising, remarks, attack, experience, or one
            that site.toml adds
  --level   1: law, safety, values · 2: harms our reputation, but under control · 3: local
  --stance  full: it is our fault · partial: part of it is · unfounded: it is not so`

func (f *newIncidentFlags) register(c *cobra.Command) {
	f.newFlags.register(c)
	c.Flags().StringVar(&f.Type, "type", "", "what kind of incident it is")
	c.Flags().IntVar((*int)(&f.Level), "level", 0, "how serious it is: 1 (most serious), 2 or 3")
	c.Flags().StringVar((*string)(&f.Stance), "stance", "", "whose fault it is: full, partial or unfounded")
	c.Flags().StringVar(&f.Title, "title", "", "title of the page")
	f.completeChoices(c, "type", f.types)
	f.completeChoices(c, "level", levels)
	f.completeChoices(c, "stance", stances)
}

func (f *newIncidentFlags) incident(c *cobra.Command, slug string) error {
	return f.run(c, func(m *scaffold.Maker) (scaffold.Made, error) {
		if err := f.request(m, "incident", slug); err != nil {
			return scaffold.Made{}, err
		}
		if _, ok := m.Content.Get(domain.FolderIncidents + "/" + slug + "/" + domain.FileIndex); ok {
			return scaffold.Made{}, message.Errorf("there is an incident %q already\nadd to it with: candor new update %s",
				slug, f.command(slug))
		}
		return m.Incident(f.Incident)
	}, func(m *scaffold.Maker, made scaffold.Made) {
		stderr := c.ErrOrStderr()
		fmt.Fprintln(stderr, f.say.deadline(message.Textf("First response"), made.FirstResponse, m.At))
		f.say.line(stderr, "  %s after %s: %s allows %s, the type %s %s", message.Length(made.Within),
			f.say.Full(made.Known), f.say.Must("levels.short-"+f.Level.String()), message.Length(config.LevelClock(f.Level)),
			f.typeName(m), message.Length(m.Site.Types[f.Type].FirstResponse))
		f.say.line(stderr, "The update after it is due by %s", f.say.Full(made.NextUpdate))
		f.say.line(stderr, "Next: %s    (shows the page while you write)", f.command("candor watch --open"))
		f.say.line(stderr, "      Replace every text in [square brackets]; delete what you cannot fill yet. "+
			"Once none is left, the page is published.")
		if !f.Minimal {
			f.say.line(stderr, "      What cannot wait goes first: draft = true in faq.md holds the FAQ back.")
		}
	})
}

// typeName returns what readers call the type.
func (f *newIncidentFlags) typeName(m *scaffold.Maker) string {
	if label := m.Site.Types[f.Type].Label; label != "" {
		return label
	}
	return f.say.Must("types." + f.Type)
}

func (f *newIncidentFlags) scenario(c *cobra.Command, slug string) error {
	return f.run(c, func(m *scaffold.Maker) (scaffold.Made, error) {
		if err := f.request(m, "scenario", slug); err != nil {
			return scaffold.Made{}, err
		}
		if slices.Contains(m.Slugs(domain.FolderScenarios), slug) {
			return scaffold.Made{}, message.Errorf("there is a scenario %q already\nedit it, or choose another name", slug)
		}
		return m.Scenario(f.Incident)
	}, func(_ *scaffold.Maker, made scaffold.Made) {
		stderr := c.ErrOrStderr()
		f.say.line(stderr, "When it happens, the first response is due within %s", message.Length(made.Within))
		f.say.line(stderr, "Next: write what can be known in advance, leave [square brackets] for the rest, then: %s",
			f.command("candor build"))
	})
}

// request completes the request from the flags. All that are missing are named at
// once, with what they can be.
func (f *newIncidentFlags) request(m *scaffold.Maker, command, slug string) error {
	f.Slug, f.Title = slug, strings.TrimSpace(f.Title)
	var missing, lines []string
	need := func(given bool, flag string, choices func(*config.Site) []choice) {
		if given {
			return
		}
		missing = append(missing, flag)
		for _, c := range choices(m.Site) {
			value := flag + " " + c.value
			lines = append(lines, "  "+value+strings.Repeat(" ", max(1, 28-message.Cells(value)))+c.about.In(f.say.Words))
		}
	}
	need(f.Type != "", "--type", f.types)
	need(f.Level != 0, "--level", levels)
	need(f.Stance != "", "--stance", stances)
	switch choices, names := strings.Join(lines, "\n"), message.List(missing); len(missing) {
	case 0:
	case 1:
		return message.Errorf("%s is missing\nwrite one of each:\n%s\nfor example: candor new %s %s "+
			"--type product-quality --level 1 --stance full", names, choices, command, slug)
	default:
		return message.Errorf("%s are missing\nwrite one of each:\n%s\nfor example: candor new %s %s "+
			"--type product-quality --level 1 --stance full", names, choices, command, slug)
	}
	known, err := knownTime(f.known, m.Site)
	f.Known = known
	return err
}

// knownTime reads when the organisation learned of an incident; zero if nothing is given.
func knownTime(known string, site *config.Site) (time.Time, error) {
	if known == "" {
		return time.Time{}, nil
	}
	t, ok := tomldoc.ParseTime(strings.Replace(known, " ", "T", 1))
	if !ok {
		return time.Time{}, message.Errorf("--known %q is not a date and time\nwrite for example: --known 2026-11-04T10:00", known)
	}
	if !t.Exists(site.Zone) {
		return time.Time{}, message.Errorf("the clocks of %s skip %s: summer time begins\n"+
			"give --known an offset, as in 2026-03-29T02:30+01:00", site.Zone, known)
	}
	return t.In(site.Zone), nil
}
