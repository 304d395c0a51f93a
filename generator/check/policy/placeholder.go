package policy

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"candor/generator/diag"
	"candor/generator/input/content"
	"candor/generator/site/incident"
)

// placeholder finds texts in [square brackets] that an editor has still to fill in (playbook §7,
// template talk). They are warnings in a document that is not published, and belong in a scenario.
func placeholder(doc *content.Document, withheld incident.Reason) diag.List {
	if withheld == incident.Prepared {
		return nil
	}
	var found diag.List
	for _, b := range doc.Brackets {
		text := string(doc.Source.Data[b.Start:b.End])
		found = append(found, doc.Source.At(b.Start, b.End, "placeholder", diag.Textf("%s has not been filled in", text),
			diag.Textf("write what you mean, without the brackets; to keep brackets, write \\[ and \\]")))
	}
	for _, f := range frontTexts(doc.Front) {
		if !strings.Contains(f.text, "[") {
			continue
		}
		if unfilled := brackets.FindStringSubmatch(doc.Written(f.key)); unfilled != nil {
			found = append(found, doc.AtKey(f.key, "placeholder", diag.Textf("%s has not been filled in", unfilled[1]),
				diag.Textf("write what you mean, without the brackets; to keep the brackets, write %s", meant(f.text))))
		}
	}
	return softened(found, withheld)
}

// brackets are square brackets without a backslash, with the text between them.
var brackets = regexp.MustCompile(`(?s)(?:^|[^\\])(\[.*?\])`)

// meant writes a text in TOML so that its brackets are no placeholder.
func meant(text string) string {
	if text = content.Bracketed(text); strings.Contains(text, "'") {
		return strconv.Quote(text)
	}
	return "'" + text + "'"
}

type frontText struct{ key, text string }

// frontTexts are the texts of front matter that readers see.
func frontTexts(f content.Front) []frontText {
	texts := []frontText{{"title", f.Title}, {"summary", f.Summary}, {"affected", f.Affected}}
	for i, c := range f.Contacts {
		of := fmt.Sprintf("contact.%d.", i)
		texts = append(texts, frontText{of + "label", c.Label}, frontText{of + "value", c.Value},
			frontText{of + "hours", c.Hours}, frontText{of + "response", c.Response})
	}
	for _, name := range slices.Sorted(maps.Keys(f.Files)) {
		texts = append(texts, frontText{"files." + name, f.Files[name]})
	}
	for _, id := range slices.Sorted(maps.Keys(f.Copy)) {
		texts = append(texts, frontText{"copy." + id, f.Copy[id]})
	}
	return texts
}
