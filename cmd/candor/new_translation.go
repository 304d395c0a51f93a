package main

import (
	"github.com/spf13/cobra"

	"candor/generator/author/scaffold"
	"candor/generator/input/content"
	"candor/generator/message"
)

// registerLang adds the flag that makes a translation of what is made otherwise.
func (f *newFlags) registerLang(c *cobra.Command, lang *string) {
	c.Flags().StringVar(lang, "lang", "", "create a translation into this language of the site, such as en")
	_ = c.RegisterFlagCompletionFunc("lang", f.complete(func(m *scaffold.Maker, _ []string) []string {
		return m.Site.Tags()
	}))
}

// translate writes the beginning of a translation.
func (f *newFlags) translate(c *cobra.Command, req scaffold.Translation) error {
	return f.run(c, func(m *scaffold.Maker) (scaffold.Made, error) { return m.Translate(req) },
		func(*scaffold.Maker, scaffold.Made) {
			f.say.line(c.ErrOrStderr(), "Next: translate what follows each mark and remove the mark, "+
				"then the line draft, then: %s", f.command("candor build"))
		})
}

func newPage(say *printer) *cobra.Command {
	f := &newFlags{siteFlags{say: say}}
	lang := ""
	c := &cobra.Command{
		Use:     "page NAME --lang TAG",
		Short:   "Create the translation of a standing page",
		Long:    "Page copies pages/NAME.md for translation. A new page needs no command: write pages/NAME.md.",
		Example: "  candor new page about --lang en",
		Args:    oneArg("NAME", message.Textf("the name of the page, such as: candor new page about --lang en")),
		RunE: func(c *cobra.Command, args []string) error {
			if lang == "" {
				return message.Errorf("--lang is missing\nwrite for example: candor new page about --lang en; " +
					"a new page needs no command, only its file in pages/")
			}
			return f.translate(c, scaffold.Translation{Kind: content.Page, Slug: args[0], Lang: lang})
		},
		ValidArgsFunction: cobra.NoFileCompletions,
	}
	f.register(c)
	f.registerLang(c, &lang)
	return c
}
