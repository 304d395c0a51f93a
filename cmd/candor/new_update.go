package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"candor/generator/author/scaffold"
	"candor/generator/domain"
	"candor/generator/input/content"
	"candor/generator/message"
)

type newUpdateFlags struct {
	newFlags
	scaffold.Update
	lang string // of a translation; empty for an original
}

func newUpdate(say *printer) *cobra.Command {
	f := &newUpdateFlags{newFlags: newFlags{siteFlags{say: say}}}
	c := &cobra.Command{
		Use:   "update SLUG [NAME]",
		Short: "Create an update of an incident",
		Long: `Update creates a file in incidents/SLUG/updates, named after its time, with the
time by which the next update is due and a list of the promises that are still open.

--corrects makes it a correction, --status resolved a resolution; once an incident
is resolved it is a follow-up, and otherwise progress.

With --lang it creates a translation of the update NAME, or of the latest one that
has no file in that language.`,
		Example: `  candor new update login-outage
  candor new update login-outage --corrects 2026-11-04-1530-progress
  candor new update login-outage --short
  candor new update login-outage --status resolved --title "You can log in again"
  candor new update login-outage 2026-11-04-1530-progress --lang zh-Hans`,
		Args: func(c *cobra.Command, args []string) error {
			if f.lang != "" && len(args) == 2 {
				return nil
			}
			return oneArg("SLUG", message.Textf("the name of the incident, such as: candor new update login-outage"))(c, args)
		},
		RunE: func(c *cobra.Command, args []string) error {
			if f.lang != "" {
				args = append(args, "")
				return f.translate(c, scaffold.Translation{Kind: content.Update, Slug: args[0], Name: args[1], Lang: f.lang})
			}
			f.Slug, f.Title = args[0], strings.TrimSpace(f.Title)
			return f.add(c, func(m *scaffold.Maker) (scaffold.Made, error) { return m.Update(f.Update) })
		},
		ValidArgsFunction: f.completeSlug,
	}
	f.register(c)
	f.registerLang(c, &f.lang)
	f.registerUpdate(c, &f.Kind, &f.Corrects, &f.Status)
	c.Flags().StringVar(&f.Title, "title", "", "title of the update")
	c.Flags().BoolVar(&f.Short, "short", false, "only a title and one text to fill in")
	return c
}

// registerUpdate adds the flags that every command for an update has.
func (f *newFlags) registerUpdate(c *cobra.Command, kind *domain.Kind, corrects *string, status *domain.Status) {
	kinds, statuses := domain.Strings(domain.Kinds()), domain.Strings(domain.Statuses())
	c.Flags().StringVar((*string)(kind), "kind", "", "one of: "+strings.Join(kinds, ", "))
	c.Flags().StringVar(corrects, "corrects", "", "name of the update that was wrong")
	c.Flags().StringVar((*string)(status), "status", "",
		"status of the incident from now on: "+strings.Join(statuses, ", "))
	offer(c, "kind", kinds...)
	offer(c, "status", statuses...)
	_ = c.RegisterFlagCompletionFunc("corrects", f.complete(func(m *scaffold.Maker, args []string) []string {
		if len(args) != 1 {
			return nil
		}
		return m.Updates(args[0])
	}))
}

// newPart is the command for one of the single files of an incident.
func newPart(say *printer, use, short, long string, kind content.Kind,
	part func(*scaffold.Maker, string) (scaffold.Made, error)) *cobra.Command {
	f := &newFlags{siteFlags{say: say}}
	lang := ""
	c := &cobra.Command{
		Use:     use + " SLUG",
		Short:   short,
		Long:    long,
		Example: "  candor new " + use + " login-outage",
		Args:    oneArg("SLUG", message.Textf("the name of the incident, such as: candor new %s login-outage", use)),
		RunE: func(c *cobra.Command, args []string) error {
			if lang != "" {
				return f.translate(c, scaffold.Translation{Kind: kind, Slug: args[0], Lang: lang})
			}
			return f.add(c, func(m *scaffold.Maker) (scaffold.Made, error) { return part(m, args[0]) })
		},
		ValidArgsFunction: f.completeSlug,
	}
	f.register(c)
	if kind != content.Data {
		c.Long += "\n\nWith --lang it creates a translation of the file."
		c.Example += "\n  candor new " + use + " login-outage --lang zh-Hans"
		f.registerLang(c, &lang)
	}
	return c
}

func newFAQ(say *printer) *cobra.Command {
	return newPart(say, "faq", "Create the FAQ of an incident that has none",
		"Faq creates incidents/SLUG/faq.md with the questions that the type and the stance raise.",
		content.FAQ, (*scaffold.Maker).FAQ)
}

func newReport(say *printer) *cobra.Command {
	return newPart(say, "report", "Create the final report of an incident",
		"Report creates incidents/SLUG/report.md with its six parts and what each has to answer.",
		content.Report, (*scaffold.Maker).Report)
}

func newData(say *printer) *cobra.Command {
	return newPart(say, "data", "Create the figures of an incident",
		`Data creates those of incidents/SLUG/metrics.csv, timeline.csv and cases.csv that do
not exist yet, each with its columns and a row that shows how. Replace the row: what is
left in [square brackets] stops the build. cases.csv is private; only its
totals are published.`,
		content.Data, (*scaffold.Maker).Data)
}

// add makes files of an incident that exists, and says what is due.
func (f *newFlags) add(c *cobra.Command, create func(*scaffold.Maker) (scaffold.Made, error)) error {
	return f.run(c, create, func(m *scaffold.Maker, made scaffold.Made) {
		stderr := c.ErrOrStderr()
		if !made.NextUpdate.IsZero() {
			fmt.Fprintln(stderr, f.say.deadline(message.Textf("Next update"), made.NextUpdate, m.At))
		}
		if made.Open > 0 {
			f.say.line(stderr, "Still to keep: %s", message.Plural(made.Open, "%d promise", "%d promises"))
		}
		f.say.line(stderr, "Next: replace every text in [square brackets], then: %s", f.command("candor build"))
	})
}
