package verify

import (
	"slices"
	"sort"
	"strings"
	"unicode"

	"candor/generator/check"
	"candor/generator/diag"
	"candor/generator/fileset"
	"candor/generator/input/content"
	"candor/generator/input/ledger"
	"candor/generator/input/picture"
	"candor/generator/input/prose"
	"candor/generator/site"
	"candor/generator/site/sealed"
)

// comparePages compares the pages and files of all incidents with the newest texts of the ledger.
func (v *verifier) comparePages() error {
	langs := append([]string{""}, languages(v.out.Ledger)...)
	for _, slug := range v.out.Ledger.Slugs() {
		texts := newest(v.out.Ledger, slug)
		if len(texts) == 0 {
			continue // all of it was withdrawn
		}
		for _, lang := range langs {
			if err := v.incident(slug, lang, texts); err != nil {
				return err
			}
		}
		if err := v.files(slug); err != nil {
			return err
		}
	}
	return nil
}

// incident compares the pages of an incident in a language.
func (v *verifier) incident(slug, lang string, texts map[string]string) error {
	base, named := "", ""
	if lang != "" {
		base, named = lang+"/", "@"+lang
	}
	documents := map[string][]string{} // names of the units of a document in this language, by page
	for name := range texts {
		doc, of, _ := strings.Cut(name, "@")
		doc, _, _ = strings.Cut(doc, "#")
		_, translated := texts[doc+named]
		if strings.HasPrefix(doc, slug+"/files/") || translated && of != lang || !translated && of != "" {
			continue
		}
		page := strings.TrimPrefix(doc, slug)
		if strings.HasPrefix(page, "/updates/") {
			page = "/updates"
		}
		documents[page] = append(documents[page], name)
	}
	for _, page := range []string{"", "/faq", "/report", "/updates"} {
		units := documents[page]
		slices.Sort(units)
		var err error
		switch {
		case page == "/updates":
			err = v.updates(base, slug, units, texts)
		case len(units) > 0:
			err = v.page(base+slug+page+"/", units, texts, lang != "" && !slices.ContainsFunc(units, translated))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func translated(unit string) bool { return strings.Contains(unit, "@") }

// page compares a page with the units that it shows. A page in a language into which nothing is translated
// may be missing.
func (v *verifier) page(path string, units []string, texts map[string]string, optional bool) error {
	return readSome(v.ctx, v.from, []string{path}, func(_ string, data []byte) {
		if data == nil {
			if !optional {
				v.fault(path, diag.Textf("this page is missing, and \"%s\" was not withdrawn", units[0]))
			}
			return
		}
		v.out.Pages++
		page := read(data)
		for _, name := range units {
			where := []string{page.words}
			if _, id, ok := strings.Cut(name, "#"); ok {
				id, _, _ = strings.Cut(id, "@")
				if where = page.within(id); where == nil {
					where = []string{""}
				}
			}
			for _, text := range where {
				v.compare(path, name, texts[name], text)
			}
		}
	})
}

// updates compares the pages of the updates of an incident. There is no list of them: they are counted
// from 1, the oldest.
func (v *verifier) updates(base, slug string, units []string, texts map[string]string) error {
	of := map[string]string{} // a unit by the id of its element
	for _, name := range units {
		update, _, _ := strings.Cut(strings.TrimPrefix(name, slug+"/updates/"), "@")
		of[content.UpdateAnchor(update)] = name
	}
	seen := map[string]bool{}
	paths := []string{base + slug + "/"}
	for n := 0; n <= len(units) && len(paths) > 0; n++ {
		next := []string{}
		err := readSome(v.ctx, v.from, paths, func(path string, data []byte) {
			if data == nil {
				return
			}
			v.out.Pages++
			v.articles(path, read(data), of, seen, texts)
			next = append(next, base+site.UpdatesPath(slug, n+1))
		})
		if err != nil {
			return err
		}
		paths = next
	}
	for _, name := range units {
		if !seen[name] {
			v.fault(base+slug+"/", diag.Textf("\"%s\" is on no page, and was not withdrawn", name))
		}
	}
	return nil
}

// anchors is how the ids of updates begin.
var anchors = strings.TrimSuffix(content.UpdateAnchor("x"), "x")

// articles compares the updates on a page.
func (v *verifier) articles(path string, page *shown, of map[string]string, seen map[string]bool, texts map[string]string) {
	for id := range page.ids {
		name, known := of[id]
		if !known {
			if page.articles[id] && strings.HasPrefix(id, anchors) {
				v.fault(path, diag.Textf("this page has an update that is not in the ledger (#%s)", id))
			}
			continue
		}
		seen[name] = true
		for _, text := range page.within(id) {
			v.compare(path, name, texts[name], text)
		}
	}
}

// files compares the files of an incident.
func (v *verifier) files(slug string) error {
	l := v.out.Ledger
	names := map[string]string{}
	var paths []string
	for _, name := range l.Incident(slug).Units {
		if file, ok := strings.CutPrefix(name, slug+"/files/"); ok {
			names[site.FilePath(slug, file)] = name
			paths = append(paths, site.FilePath(slug, file))
		}
	}
	return readSome(v.ctx, v.from, paths, func(path string, data []byte) {
		name := names[path]
		last := l.Unit(name).Last()
		switch {
		case last.Kind == ledger.Withdrawal && data != nil:
			v.fault(path, diag.Textf("\"%s\" was withdrawn, and is still published", name))
		case last.Kind == ledger.Withdrawal:
		case data == nil:
			v.fault(path, diag.Textf("this file is missing, and was not withdrawn"))
		case !picture.Is(path):
			text, known := l.Text(last)
			v.out.Pages++
			if known && text.Text != "sha256: "+fileset.SumOf(data).String()+"\n" {
				v.fault(path, diag.Textf("this file has other bytes than the one that was sealed"))
			}
		}
	})
}

// keys are those of the front matter that pages show as they are written.
var keys = []string{"title", "summary", "affected"}

// compare looks for the words of a unit in what a page shows of it, and reports the first that are not there.
func (v *verifier) compare(path, name, text, shown string) {
	head, body := sealed.Split(text)
	for _, line := range head {
		key, value, _ := strings.Cut(line, ": ")
		if slices.Contains(keys, key) && !has(shown, wordsOf(value), false, false) {
			v.differs(path, name, value, shown)
			return
		}
		for _, word := range strings.Fields(value) {
			if key == "contact" && !has(shown, wordsOf(word), true, true) {
				v.differs(path, name, word, shown)
				return
			}
		}
	}
	doc := content.Parse(fileset.NewFile("x.md", []byte(body)), content.Place{Kind: content.FAQ})
	for i, block := range doc.Prose {
		numbered := i == 0 && strings.Contains(name, "#") // a heading, maybe with its number
		if piece, ok := lacks(shown, block, numbered); ok {
			v.differs(path, name, piece, shown)
			return
		}
	}
}

// lacks returns a piece of a block that a text does not have. Left says that there may be something before it.
func lacks(text string, block prose.Block, left bool) (piece string, lacks bool) {
	for i := 0; i < len(block.Runs); i++ {
		var piece strings.Builder
		for ; i < len(block.Runs) && block.Runs[i].Text != prose.Object; i++ {
			piece.WriteString(block.Runs[i].Text)
		}
		if !has(text, wordsOf(piece.String()), left, i < len(block.Runs)) {
			return piece.String(), true
		}
		left = true
	}
	return "", false
}

// differs reports words that a page does not show, from the first that it lacks.
func (v *verifier) differs(path, name, piece, shown string) {
	runes := []rune(piece)
	from := sort.Search(len(runes), func(n int) bool { return !has(shown, wordsOf(string(runes[:n+1])), true, true) })
	if from == len(runes) {
		_, piece = check.Difference("", piece)
		v.fault(path, diag.Textf("this page does not show the text of \"%s\" as it was sealed: it has other words beside \"%s\"",
			name, piece))
		return
	}
	for from > 0 && !unicode.IsSpace(runes[from-1]) && !unicode.Is(unicode.Han, runes[from-1]) {
		from--
	}
	_, piece = check.Difference("", string(runes[from:]))
	v.fault(path, diag.Textf("this page does not show the text of \"%s\" as it was sealed: it lacks \"%s\"", name, piece))
}
