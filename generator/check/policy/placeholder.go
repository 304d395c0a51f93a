package policy

import (
	"fmt"
	"slices"
	"strings"

	"candor/generator/diag"
	"candor/generator/input/content"
	"candor/generator/site/incident"
)

// placeholder finds texts in [square brackets] that an editor has still to fill
// in (playbook §7, template talk). Where the document does not go out as it is,
// they are warnings; in a scenario they belong.
func placeholder(doc *content.Document, withheld incident.Reason) diag.List {
	if withheld == incident.Prepared {
		return nil
	}
	var found diag.List
	for _, b := range doc.Brackets {
		text := string(doc.Source.Data[b.Start:b.End])
		found = append(found, doc.Source.At(b.Start, b.End, "placeholder", placeholderText(text), placeholderHint()))
	}
	for _, f := range frontTexts(doc.Front) {
		open := strings.IndexByte(f.text, '[')
		if open < 0 || !strings.Contains(f.text[open:], "]") {
			continue
		}
		end := open + strings.IndexByte(f.text[open:], ']') + 1
		found = append(found, doc.AtKey(f.key, "placeholder", placeholderText(f.text[open:end]),
			diag.Textf("write what is meant, without the brackets; use ( ) or 【 】 for brackets that shall stay")))
	}
	if withheld == incident.Draft || withheld == incident.Unapproved {
		for i := range found {
			found[i].Severity = diag.Warning
		}
	}
	return found
}

func placeholderText(text string) diag.Text {
	return diag.Textf("%s has not been filled in", text)
}

func placeholderHint() diag.Text {
	return diag.Textf("write what is meant, without the brackets; brackets that shall stay are written \\[ and \\]")
}

type frontText struct{ key, text string }

// frontTexts are the texts of front matter that readers see.
func frontTexts(f content.Front) []frontText {
	texts := []frontText{{"title", f.Title}, {"summary", f.Summary}, {"affected", f.Affected}}
	for i, c := range f.Contacts {
		texts = append(texts, frontText{fmt.Sprintf("contact.%d.label", i), c.Label}, frontText{fmt.Sprintf("contact.%d.value", i), c.Value},
			frontText{fmt.Sprintf("contact.%d.hours", i), c.Hours}, frontText{fmt.Sprintf("contact.%d.response", i), c.Response})
	}
	names := make([]string, 0, len(f.Files))
	for name := range f.Files {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		texts = append(texts, frontText{"files." + name, f.Files[name]})
	}
	return texts
}
