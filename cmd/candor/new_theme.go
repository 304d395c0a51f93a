package main

import (
	"github.com/spf13/cobra"

	"candor/generator/author/scaffold"
	"candor/generator/message"
)

func newTheme(say *printer) *cobra.Command {
	f := &newFlags{siteFlags{say: say}}
	req := scaffold.Theme{}
	c := &cobra.Command{
		Use:   "theme NAME",
		Short: "Create a theme that looks like another one until you change it",
		Long: `Theme creates themes/NAME beside the content: its settings, with all colours of the theme
that it extends, and a style sheet that follows that theme's. It builds at once. To
change anything else, copy that file from the theme that it extends.`,
		Example: `  candor new theme house
  candor new theme house --extends status`,
		Args: oneArg("NAME", message.Textf("the name of the theme, such as: candor new theme house")),
		RunE: func(c *cobra.Command, args []string) error {
			req.Name = args[0]
			return f.makeTheme(c, req)
		},
		ValidArgsFunction: cobra.NoFileCompletions,
	}
	f.register(c)
	c.Flags().StringVar(&req.Extends, "extends", "plain", "theme that it extends")
	return c
}

// makeTheme has a theme made, and writes it beside the content.
func (f *newFlags) makeTheme(c *cobra.Command, req scaffold.Theme) error {
	m, err := f.maker()
	if err != nil {
		return f.failed(c.ErrOrStderr(), err)
	}
	made, err := m.Theme(req)
	if err != nil {
		return f.failed(c.ErrOrStderr(), err)
	}
	if err := writeNew(f.themesFolder(), made.Files); err != nil {
		return err
	}
	printPaths(c.OutOrStdout(), f.themesFolder(), made.Files)
	f.say.line(c.ErrOrStderr(), "Next: write theme = \"%s\" in site.toml, then: %s", req.Name, f.command("candor watch"))
	return nil
}
