package main

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"candor/generator"
	"candor/generator/author/copies"
	counting "candor/generator/author/count"
	"candor/generator/diag"
	"candor/generator/message"
)

type copyFlags struct {
	siteFlags
	copies.Request
	format string
	sent   string
}

func newCopy(say *printer) *cobra.Command {
	f := &copyFlags{siteFlags: siteFlags{say: say}}
	c := &cobra.Command{
		Use:   "copy SLUG [UPDATE]",
		Short: "Print the texts to post about an update, for each channel",
		Long: `Copy prints, for each channel, the text to paste about an update, with its length as
that channel counts: of the latest update, if none is named. What does not fit is
left out by whole sentences. {name} and {case} are for whoever sends it to fill in.

An update can have a text of its own for a channel, below [copy] in its front matter.
With --faq it prints the answers of the FAQ, each as short as a channel wants it.
With --sent it is noted that the update was carried to a channel; copy and due then
say what is still to be sent, if site.toml has [copies].`,
		Example: `  candor copy login-outage
  candor copy login-outage 2026-11-04-1530-progress --channel weibo
  candor copy login-outage --lang en --format json
  candor copy login-outage --faq
  candor copy login-outage --sent weibo`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 1 || len(args) == 2 {
				return nil
			}
			return message.Errorf("copy needs the name of an incident, and perhaps that of one of its updates\n" +
				"write for example: candor copy login-outage")
		},
		RunE: func(c *cobra.Command, args []string) error {
			args = append(args, "")
			f.Incident, f.Update = args[0], args[1]
			return f.run(c.OutOrStdout(), c.ErrOrStderr())
		},
		ValidArgsFunction: (&newFlags{siteFlags{say: say}}).completeSlug,
	}
	f.siteFlags.register(c)
	c.Flags().StringVar(&f.Channel, "channel", "", "only the text for this channel, such as weibo or sms")
	c.Flags().StringVar(&f.Lang, "lang", "", "language of the texts; that of the site if not given")
	c.Flags().StringVar(&f.format, "format", "text", "how to print: text or json")
	c.Flags().BoolVar(&f.FAQ, "faq", false, "print the answers to questions, each short enough for a private message")
	c.Flags().StringVar(&f.sent, "sent", "", "note that the update was carried to this channel, and print nothing")
	offer(c, "format", "text", "json")
	return c
}

func (f *copyFlags) run(stdout, stderr io.Writer) error {
	if f.format != "text" && f.format != "json" {
		return message.Errorf("--format %q is not known\nwrite --format text or json", f.format)
	}
	if f.sent != "" {
		f.Channel = f.sent
	}
	if f.FAQ && (f.Update != "" || f.sent != "") {
		return message.Errorf("--faq is about questions, not about an update\nremove the name of the update, and --sent")
	}
	result, err := f.make(stderr)
	if err != nil {
		return err
	}
	if f.sent != "" {
		return f.note(result, stderr)
	}
	if err := diag.WriteText(stderr, result.Copies.Found, f.textOptions(stderr)); err != nil {
		return err
	}
	if result.Copies.Found.HasErrors() {
		return errContent
	}
	sent, err := f.sentOf(f.Incident)
	if err != nil {
		return err
	}
	if err := f.print(stdout, result.Copies, sent); err != nil {
		return environmentError{message.Errorf("print the texts: %w", err)}
	}
	if left := toSend(result, sent); len(left) > 0 {
		f.say.line(stderr, "still to be sent: %s\nnote what you have posted with: candor copy %s %s --sent CHANNEL",
			message.List(left), f.Incident, result.Copies.Update)
	}
	return nil
}

// make makes the texts, unless the content has errors.
func (f *copyFlags) make(stderr io.Writer) (generator.Result, error) {
	in, unread, err := f.site().read()
	if err != nil {
		return generator.Result{}, err
	}
	in.Check, in.Copies = true, &f.Request
	limitMemory(in.Content)
	result := generator.Build(in)
	found := withUnread(unread, result.Diagnostics)
	if found.HasErrors() {
		if err := diag.WriteText(stderr, found, f.textOptions(stderr)); err != nil {
			return result, err
		}
		f.say.line(stderr, "%s; there are no texts", count(found))
		return result, errContent
	}
	return result, result.Copies.Fault
}

// toSend returns the channels of site.toml to which the update has not been carried.
func toSend(result generator.Result, sent []sentLine) []string {
	for _, p := range result.Posts {
		if p.Incident == result.Copies.Incident && p.Update == result.Copies.Update {
			return unsent(p, sent)
		}
	}
	return nil
}

// copyJSON is a text as programs get it.
type copyJSON struct {
	Question   string `json:"question,omitempty"`
	Channel    string `json:"channel"`
	Label      string `json:"label"`
	Layer      string `json:"layer"`
	Lang       string `json:"lang"`
	Title      string `json:"title,omitempty"`
	TitleCount int    `json:"title_count,omitempty"`
	TitleLimit int    `json:"title_limit,omitempty"`
	Text       string `json:"text"`
	Count      int    `json:"count"`
	Limit      int    `json:"limit"`
	Unit       string `json:"unit"`
	Checked    string `json:"checked,omitempty"`
	Left       int    `json:"left_out"`
	TooLong    int    `json:"too_long"`
	Own        bool   `json:"own"`
	Sent       string `json:"sent,omitempty"`
}

func (f *copyFlags) print(w io.Writer, r copies.Result, sent []sentLine) error {
	if f.format == "text" {
		for i, c := range r.Texts {
			if i > 0 {
				fmt.Fprintln(w)
			}
			body := c.Text
			if c.Title != "" {
				body = c.Title + "\n\n" + body
			}
			if _, err := fmt.Fprintf(w, "== %s\n%s\n", f.heading(c, sentAt(sent, r.Update, c.Channel.ID)), body); err != nil {
				return err
			}
		}
		return nil
	}
	list := make([]copyJSON, len(r.Texts))
	for i, c := range r.Texts {
		title, text := c.Count()
		list[i] = copyJSON{c.Question, c.Channel.ID, c.Channel.Label(c.Lang), string(c.Channel.Layer), c.Lang, c.Title, title, c.Channel.Title.Most,
			c.Text, text, c.Channel.Text.Most, string(c.Channel.Text.Unit), c.Channel.Checked, c.Left, c.Over, c.Own, ""}
		if at := sentAt(sent, r.Update, c.Channel.ID); !at.IsZero() {
			list[i].Sent = at.Format(time.RFC3339)
		}
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(list)
}

// heading says what a text is and how long: "Weibo, short · weibo · the public · 138/140".
func (f *copyFlags) heading(c copies.Copy, sent time.Time) string {
	title, text := c.Count()
	if c.Question != "" {
		return c.Question + " · " + strings.Join(f.state(c, sent, []string{f.say.Sayf("text %s", outOf(text, c.Channel.Text.Most))}), " · ")
	}
	parts := []string{c.Channel.Label(f.say.Words.Tag()), c.Channel.ID, copies.LayerName(c.Channel.Layer).In(f.say.Words)}
	if c.Title != "" {
		parts = append(parts, f.say.Sayf("title %s", outOf(title, c.Channel.Title.Most)))
	}
	size := message.Textf("text %s", outOf(text, c.Channel.Text.Most))
	if c.Channel.Text.Unit == counting.SMS {
		m := counting.Segments(c.Text)
		size = message.Plural(m.Used, "%d character", "%d characters")
		parts = append(parts, f.say.Sayf("messages %s", outOf(m.Number, c.Channel.Text.Most)))
	}
	return strings.Join(f.state(c, sent, append(parts, size.In(f.say.Words))), " · ")
}

// state adds what else there is to say of a text.
func (f *copyFlags) state(c copies.Copy, sent time.Time, parts []string) []string {
	if c.Own {
		parts = append(parts, f.say.Sayf("as the update has it"))
	}
	if c.Left > 0 {
		parts = append(parts, message.Plural(c.Left, "%d sentence left out", "%d sentences left out").In(f.say.Words))
	}
	if c.Over > 0 {
		parts = append(parts, f.say.Sayf("too long by %d", c.Over))
	}
	if !sent.IsZero() {
		parts = append(parts, f.say.Sayf("sent %s", sent.Format("2006-01-02 15:04")))
	}
	return parts
}

// outOf writes a length and its limit.
func outOf(n, most int) string {
	if most == 0 {
		return strconv.Itoa(n)
	}
	return strconv.Itoa(n) + "/" + strconv.Itoa(most)
}

// unsent returns the channels to which a post has not been carried.
func unsent(p copies.Post, sent []sentLine) []string {
	return slices.DeleteFunc(slices.Clone(p.Channels), func(id string) bool { return !sentAt(sent, p.Update, id).IsZero() })
}
