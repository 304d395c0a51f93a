package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"candor/generator/config"
	"candor/generator/content"
	"candor/generator/scaffold"
	"candor/generator/tomldoc"
)

type newIncidentFlags struct {
	newFlags
	typ    string
	level  int
	stance string
	known  string
	title  string
	lang   string // of a translation; empty for an original
}

func newIncident() *cobra.Command {
	f := &newIncidentFlags{}
	c := &cobra.Command{
		Use:   "incident SLUG",
		Short: "Begin an incident, with its FAQ and first response",
		Long: `Incident makes incidents/SLUG with index.md, faq.md and the first response, with
the parts that the type and the stance need, and says when the first response is
due. SLUG becomes the address of the page: lower-case letters, digits, hyphens.

With --lang it begins a translation of the index.md of an incident that is there.

` + choicesText,
		Example: `  candor new incident rash --type product-quality --level 1 --stance full --known 2026-11-04T10:00
  candor new incident login-outage --type experience --level 2 --stance full --title "Log-in fails for some of you"
  candor new incident login-outage --lang zh-Hans`,
		Args: oneArg("SLUG", "the name for its address, such as: candor new incident login-outage"),
		RunE: func(c *cobra.Command, args []string) error {
			if f.lang != "" {
				return f.translate(scaffold.Translation{Kind: content.Index, Slug: args[0], Lang: f.lang}, c.OutOrStdout(), c.ErrOrStderr())
			}
			return f.incident(args[0], c.OutOrStdout(), c.ErrOrStderr())
		},
		ValidArgsFunction: cobra.NoFileCompletions,
	}
	f.register(c)
	f.registerLang(c, &f.lang)
	c.Flags().StringVar(&f.known, "known", "", "when the organisation learned of it, such as 2026-11-04T10:00 (default: now)")
	return c
}

func newScenario() *cobra.Command {
	f := &newIncidentFlags{}
	c := &cobra.Command{
		Use:   "scenario SLUG",
		Short: "Write an incident in advance",
		Long: `Scenario makes scenarios/SLUG, in the shape of an incident but without times. It is
never published. When it happens, copy the folder into incidents.

` + choicesText,
		Example: `  candor new scenario data-leak --type experience --level 1 --stance full`,
		Args:    oneArg("SLUG", "a name for it, such as: candor new scenario data-leak"),
		RunE: func(c *cobra.Command, args []string) error {
			return f.scenario(args[0], c.OutOrStdout(), c.ErrOrStderr())
		},
		ValidArgsFunction: cobra.NoFileCompletions,
	}
	f.register(c)
	return c
}

// choicesText says what the three choices mean (playbook §1 and §2).
const choicesText = `  --type    product-quality, false-advertising, remarks, attack, experience, or one
            that site.toml adds
  --level   1: law, safety, values · 2: the name, but controllable · 3: local
  --stance  full: it is our fault · partial: part of it is · unfounded: it is not so`

func (f *newIncidentFlags) register(c *cobra.Command) {
	f.newFlags.register(c)
	c.Flags().StringVar(&f.typ, "type", "", "what kind of incident it is")
	c.Flags().IntVar(&f.level, "level", 0, "how grave it is: 1, 2 or 3")
	c.Flags().StringVar(&f.stance, "stance", "", "whose fault it is: full, partial or unfounded")
	c.Flags().StringVar(&f.title, "title", "", "title of the page")
	_ = c.RegisterFlagCompletionFunc("type", f.completeType)
	_ = c.RegisterFlagCompletionFunc("level", cobra.FixedCompletions([]string{"1\tlaw, safety, values", "2\tthe name, but controllable", "3\tlocal"}, cobra.ShellCompDirectiveNoFileComp))
	_ = c.RegisterFlagCompletionFunc("stance", cobra.FixedCompletions([]string{"full\tit is our fault", "partial\tpart of it is", "unfounded\tit is not so"}, cobra.ShellCompDirectiveNoFileComp))
}

func (f *newIncidentFlags) incident(slug string, stdout, stderr io.Writer) error {
	m, err := f.maker(stderr)
	if err != nil {
		return err
	}
	req, err := f.request(m, "incident", slug)
	if err != nil {
		return err
	}
	if _, ok := m.Content.Get("incidents/" + slug + "/index.md"); ok {
		return fmt.Errorf("there is an incident %q already\nadd to it with: candor new update %s", slug, f.command(slug))
	}
	made, err := m.Incident(req)
	if err != nil {
		return f.failed(stderr, err)
	}
	say, err := f.deliver(made.Files, stdout)
	if err != nil {
		return err
	}
	fmt.Fprintln(stderr, say.deadline("First response", made.FirstResponse, m.At))
	fmt.Fprintf(stderr, "  %s after %s: level %d allows %s, %s %s\n", say.words.Duration(made.Within), say.words.Full(made.Known),
		req.Level, say.words.Duration(config.LevelClock(req.Level)), req.Type, say.words.Duration(m.Site.Types[req.Type].FirstResponse))
	fmt.Fprintf(stderr, "The next update after it is set to %s\n", say.words.Full(made.NextUpdate))
	fmt.Fprintf(stderr, "Next: replace every text in [square brackets], then: %s\n", f.command("candor build"))
	fmt.Fprintln(stderr, "      What cannot wait goes first: draft = true in faq.md holds the FAQ back, and a part that cannot be filled yet can be deleted.")
	return nil
}

func (f *newIncidentFlags) scenario(slug string, stdout, stderr io.Writer) error {
	m, err := f.maker(stderr)
	if err != nil {
		return err
	}
	req, err := f.request(m, "scenario", slug)
	if err != nil {
		return err
	}
	if slices.Contains(m.Slugs("scenarios"), slug) {
		return fmt.Errorf("there is a scenario %q already\nedit it, or choose another name", slug)
	}
	made, err := m.Scenario(req)
	if err != nil {
		return f.failed(stderr, err)
	}
	say, err := f.deliver(made.Files, stdout)
	if err != nil {
		return err
	}
	fmt.Fprintf(stderr, "When it happens, the first response is due within %s\n", say.words.Duration(made.Within))
	fmt.Fprintf(stderr, "Next: write what can be known in advance, leave [square brackets] for the rest, then: %s\n", f.command("candor build"))
	return nil
}

// request reads the flags. All that are missing are named at once, with what
// they can be.
func (f *newIncidentFlags) request(m *scaffold.Maker, command, slug string) (scaffold.Incident, error) {
	req := scaffold.Incident{Slug: slug, Type: f.typ, Level: f.level, Stance: f.stance, Title: strings.TrimSpace(f.title)}
	var missing, choices []string
	if f.typ == "" {
		missing = append(missing, "--type")
		for _, id := range m.Types() {
			typ := m.Site.Types[id]
			choices = append(choices, fmt.Sprintf("  --type %-20s first response within %s%s", id, hours(typ.FirstResponse), bracketed(typ.Label)))
		}
	}
	if f.level == 0 {
		missing = append(missing, "--level")
		for level, when := range []string{"law, safety, values", "the name, but controllable", "local"} {
			choices = append(choices, fmt.Sprintf("  --level %d                   first response within %s (%s)", level+1, hours(config.LevelClock(level+1)), when))
		}
	}
	if f.stance == "" {
		missing = append(missing, "--stance")
		choices = append(choices, "  --stance full               it is our fault", "  --stance partial            part of it is our fault, part of what is said is not so", "  --stance unfounded          what is said is not so")
	}
	if len(missing) > 0 {
		is := "is"
		if len(missing) > 1 {
			is = "are"
		}
		return req, fmt.Errorf("%s %s missing\nwrite one of each:\n%s\nfor example: candor new %s %s --type product-quality --level 1 --stance full",
			strings.Join(missing, ", "), is, strings.Join(choices, "\n"), command, slug)
	}
	var err error
	req.Known, err = f.knownAt(m)
	return req, err
}

func (f *newIncidentFlags) knownAt(m *scaffold.Maker) (time.Time, error) {
	if f.known == "" {
		return time.Time{}, nil
	}
	t, ok := tomldoc.ParseTime(strings.Replace(f.known, " ", "T", 1))
	if !ok {
		return time.Time{}, fmt.Errorf("--known %q is not a date and time\nwrite for example: --known 2026-11-04T10:00", f.known)
	}
	if !t.Exists(m.Site.Zone) {
		return time.Time{}, fmt.Errorf("the clocks of %s skip %s: summer time begins\ngive --known an offset, as in 2026-03-29T02:30+01:00", m.Site.Zone, f.known)
	}
	return t.In(m.Site.Zone), nil
}

// hours writes a length of time as site.toml does.
func hours(d time.Duration) string {
	switch {
	case d%(24*time.Hour) == 0 && d > 24*time.Hour:
		return fmt.Sprintf("%d d", d/(24*time.Hour))
	case d%time.Hour == 0:
		return fmt.Sprintf("%d h", d/time.Hour)
	}
	return fmt.Sprintf("%d min", d/time.Minute)
}

func bracketed(text string) string {
	if text == "" {
		return ""
	}
	return " (" + text + ")"
}

// completeType offers the types, those of the site among them.
func (f *newIncidentFlags) completeType(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	m, err := f.maker(io.Discard)
	if err != nil {
		m = &scaffold.Maker{Site: config.Default()}
	}
	var list []string
	for _, id := range m.Types() {
		list = append(list, id+"\tfirst response within "+hours(m.Site.Types[id].FirstResponse))
	}
	return list, cobra.ShellCompDirectiveNoFileComp
}
