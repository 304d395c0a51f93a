package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"candor/generator/diag"
	"candor/generator/domain"
	"candor/generator/input/tomldoc"
	"candor/generator/message"
	"candor/generator/output/calendar"
	"candor/generator/site/incident"
)

type dueFlags struct {
	siteFlags
	format string
	within string
	next   bool
}

func newDue(say *printer) *cobra.Command {
	f := &dueFlags{siteFlags: siteFlags{say: say}}
	c := &cobra.Command{
		Use:   "due",
		Short: "List what is due, soonest first",
		Long: `Due lists everything that is due: first responses, updates, promises, reports,
follow-ups, texts that are published by themselves, and updates that are still to be
carried to channels, with how long is left or how late it is.

The exit status is 1 if something is overdue, so that a scheduled job can
raise the alarm.

With --next it prints only when the site changes by itself, for the program that
starts the next build: a date and time, or nothing if it never does.`,
		Example: `  candor due
  candor due --within 8h
  candor due --format json
  candor due --format ical > due.ics
  candor due --next`,
		Args: noArgs,
		RunE: func(c *cobra.Command, _ []string) error { return f.run(c.OutOrStdout(), c.ErrOrStderr()) },
	}
	f.siteFlags.register(c)
	c.Flags().StringVar(&f.format, "format", "text", "how to print: text, json or ical")
	c.Flags().StringVar(&f.within, "within", "", "list only what is due within this time from now, such as 8h or 2d")
	c.Flags().BoolVar(&f.next, "next", false, "print only when the site changes by itself")
	offer(c, "format", "text", "json", "ical")
	offer(c, "within", "8h", "1d", "7d")
	return c
}

func (f *dueFlags) run(stdout, stderr io.Writer) error {
	if f.format != "text" && f.format != "json" && f.format != "ical" {
		return message.Errorf("--format %q is not known\nwrite --format text, json or ical", f.format)
	}
	if f.next && (f.format != "text" || f.within != "") {
		return message.Errorf("--next prints only a date and time\nremove --format and --within")
	}
	var within time.Duration
	if f.within != "" {
		d, ok := tomldoc.ParseDuration(f.within)
		if !ok {
			return message.Errorf("--within %q is not a length of time\nwrite for example: --within 8h", f.within)
		}
		within = d
	}
	result, found, err := f.build(true)
	if err != nil {
		return err
	}
	if found.HasErrors() {
		f.say.line(stderr, "%s in the content: something due may be missing here\nsee them with: candor check",
			tallyOf(found).errorText())
	}
	if f.next {
		return f.printNext(stdout, result.NextChange, found)
	}
	unsent, err := f.copyDeadlines(result.Posts, result.Settings.Copies.Within)
	if err != nil {
		return err
	}
	if len(unsent) > 0 {
		result.Deadlines = append(result.Deadlines, unsent...)
		incident.SortDeadlines(result.Deadlines)
	}
	deadlines := soon(result.Deadlines, result.At, within)
	if err := f.print(stdout, deadlines, result.At); err != nil {
		return environmentError{message.Errorf("print what is due: %w", err)}
	}
	if found.HasErrors() || late(deadlines, result.At) > 0 {
		return errContent
	}
	return nil
}

// printNext prints when another build would give other pages; nothing if none would.
func (f *dueFlags) printNext(w io.Writer, next time.Time, found diag.List) error {
	if !next.IsZero() {
		if _, err := fmt.Fprintln(w, next.Format(time.RFC3339)); err != nil {
			return environmentError{message.Errorf("print what is due: %w", err)}
		}
	}
	if found.HasErrors() {
		return errContent
	}
	return nil
}

// soon keeps what is due within a time; what is overdue always is. Zero is for ever.
func soon(deadlines []incident.Deadline, at time.Time, within time.Duration) []incident.Deadline {
	n := len(deadlines)
	for within > 0 && n > 0 && deadlines[n-1].Due.After(at.Add(within)) {
		n--
	}
	return deadlines[:n]
}

// late returns how many are overdue. What goes out by itself never is.
func late(deadlines []incident.Deadline, at time.Time) int {
	n := 0
	for n < len(deadlines) && !deadlines[n].Due.After(at) {
		n++
	}
	return n
}

func (f *dueFlags) print(w io.Writer, deadlines []incident.Deadline, at time.Time) error {
	switch f.format {
	case "json":
		return dueJSON(w, deadlines, at)
	case "ical":
		entries := make([]calendar.Entry, len(deadlines))
		for i, o := range deadlines {
			summary := dutyWords(o).String() + ": " + whatIsDue(o) + " (" + o.Incident + ")"
			entries[i] = calendar.Entry{Deadline: o, Summary: summary}
		}
		_, err := w.Write(calendar.Calendar("What is due", entries, at))
		return err
	}
	return f.text(w, deadlines, at)
}

// dueJSON writes an array of what is due (design §5). Due is RFC 3339 with the
// offset of the site's zone.
func dueJSON(w io.Writer, deadlines []incident.Deadline, at time.Time) error {
	type entry struct {
		Kind     string `json:"kind"`
		Incident string `json:"incident"`
		What     string `json:"what"`
		Due      string `json:"due"`
		Overdue  bool   `json:"overdue"`
	}
	list := make([]entry, len(deadlines))
	for i, o := range deadlines {
		list[i] = entry{string(o.Duty), o.Incident, whatIsDue(o), o.Due.Format(time.RFC3339), !o.Due.After(at)}
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(list)
}

// text writes a line for each, in columns. A terminal's width bounds what is
// said of it; elsewhere all is.
func (f *dueFlags) text(w io.Writer, deadlines []incident.Deadline, at time.Time) error {
	if len(deadlines) == 0 {
		_, err := fmt.Fprintln(w, f.say.Sayf("nothing is due"))
		return err
	}
	rows := make([][4]string, len(deadlines))
	var widths [4]int
	for i, o := range deadlines {
		rows[i] = [4]string{
			o.Due.Format("2006-01-02 15:04"),
			left(o.Due.Sub(at)).In(f.say.Words), dutyWords(o).In(f.say.Words), o.Incident,
		}
		for k, cell := range rows[i] {
			widths[k] = max(widths[k], message.Cells(cell))
		}
	}
	overdue, painted := late(deadlines, at), colour(w)
	room := columns(w)
	for i, o := range deadlines {
		var b strings.Builder
		for k, cell := range rows[i] {
			b.WriteString(cell + strings.Repeat(" ", widths[k]-message.Cells(cell)) + "  ")
		}
		line := b.String()
		if what := whatIsDue(o); room == 0 || message.Cells(line)+message.Cells(what) <= room {
			line += what
		} else if message.Cells(line) < room {
			line += cut(what, room-message.Cells(line)-1) + "…"
		}
		line = strings.TrimRight(line, " ")
		if painted && i < overdue {
			line = "\x1b[31m" + line + "\x1b[0m"
		}
		if _, err := fmt.Fprintln(w, line); err != nil {
			return err
		}
	}
	return nil
}

// cut returns as much of a text as fits into so many columns.
func cut(text string, columns int) string {
	at := 0
	for i, r := range text {
		if at += message.Cells(string(r)); at > columns {
			return text[:i]
		}
	}
	return text
}

// left says how long is left, or how late it is.
func left(d time.Duration) message.Text {
	if d.Abs() < time.Minute {
		return message.Textf("now")
	}
	if d > 0 {
		return message.Textf("in %s", message.Length(d))
	}
	return message.Textf("%s late", message.Length(-d))
}

// dutyWords names a duty.
func dutyWords(o incident.Deadline) message.Text {
	if o.Review {
		return message.Textf("review")
	}
	return map[domain.Duty]message.Text{
		domain.DutyResponse:    message.Textf("first response"),
		domain.DutyFollowUp:    message.Textf("follow-up"),
		domain.DutyUpdate:      message.Textf("update"),
		domain.DutyPromise:     message.Textf("promise"),
		domain.DutyReport:      message.Textf("report"),
		domain.DutyPublication: message.Textf("publication"),
		domain.DutyStart:       message.Textf("maintenance starts"),
		domain.DutyEnd:         message.Textf("maintenance ends"),
		domain.DutyPosting:     message.Textf("stop posting"),
		domain.DutyCopies:      message.Textf("to be sent"),
	}[o.Duty]
}

// whatIsDue says what is due: the promise, the text that goes out, or else the
// incident.
func whatIsDue(o incident.Deadline) string { return cmp.Or(o.What, o.Title) }
