package main

import (
	"time"

	"candor/generator"
	"candor/generator/diag"
	"candor/generator/message"
	"candor/generator/site/incident"
)

// mostHeld is how many texts that are held back are named.
const mostHeld = 5

// held counts texts that are not published, and names the first.
func held(list []generator.Withheld) message.Text {
	text := message.Plural(len(list), "%d text is held back", "%d texts are held back")
	for i, w := range list[:min(len(list), mostHeld)] {
		if i == 0 {
			text = message.Textf("%s: %s (%s)", text, w.Name(), whyHeld(w))
		} else {
			text = message.Textf("%s, %s (%s)", text, w.Name(), whyHeld(w))
		}
	}
	if more := len(list) - mostHeld; more > 0 {
		text = message.Textf("%s and %d more", text, more)
	}
	return text
}

// whyHeld says why a text is not published, and until when.
func whyHeld(w generator.Withheld) message.Text {
	switch w.Reason {
	case incident.Scheduled:
		return message.Textf("scheduled until %s", w.Until.Format(time.RFC3339))
	case incident.Unapproved:
		return message.Textf("not approved")
	}
	return message.Textf("draft")
}

// notes are texts that are not published, for programs.
func notes(list []generator.Withheld) diag.List {
	var all diag.List
	for _, w := range list {
		why := message.Textf("this text is held back: %s", whyHeld(w))
		d := diag.Source{Path: w.Path}.Whole("withheld", why, diag.Text{})
		d.Severity = diag.Note
		all = append(all, d)
	}
	return all
}
