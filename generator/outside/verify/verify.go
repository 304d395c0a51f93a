// Package verify checks a site as it is published: whether its ledger is whole, and whether its pages say
// what the ledger says. It needs nothing but what everybody can read.
//
//	ledger/checkpoint, ledger/tile/…   the lines follow from each other, and have the root of the checkpoint
//	<incident>/ledger.json             the texts are those that the lines commit to; what was withdrawn is gone
//	pages                              show the newest text of each unit, word by word; files have its digest
//	a checkpoint kept elsewhere        its lines are the first ones of the ledger, and what came after them
//
// # How a page is compared
//
// Of a text are compared: title, summary, who is affected, each word of a contact, and the words of its
// Markdown, block by block (a paragraph, an item, a cell). They have to be in the visible text of the
// page, an update, a section or an answer within the element that has its id, in the same words: letters,
// digits, % and signs of currencies; what is between them does not count. Each due date of an open promise
// is the datetime of a time element there, if the page shows it as one. An update that is on a page has to
// be in the ledger. Images are not compared, for what is published is made from the file that was sealed;
// nor are an update's state and times, which pages say in other words.
package verify

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/mod/sumdb/note"

	"candor/generator/diag"
	"candor/generator/input/ledger"
)

// Options say what is checked besides the site itself.
type Options struct {
	Key         string        // the public key with which checkpoints are signed; empty checks no signature
	Since       *ledger.Point // a checkpoint that somebody kept
	Signed      []byte        // the file that has Since
	Fingerprint string        // of a checkpoint, as Fingerprint of a Point; the other way to say Since
	Only        bool          // look for the checkpoint only, and compare no page
}

// Result is what was found.
type Result struct {
	Point   ledger.Point
	Signed  Signature
	Pages   int            // how many pages and files were compared
	Since   *ledger.Point  // the checkpoint that was asked for, if the ledger had it
	When    ledger.Line    // the last line that it counts
	Changes []ledger.Line  // what was sealed after it
	Ledger  *ledger.Ledger // nil if it cannot be read
	Found   diag.List      // what does not hold; paths are those of the site
}

// Signature says what is known of the signature of the checkpoint.
type Signature string

// The states of a signature.
const (
	Unsigned  Signature = "unsigned"
	Unchecked Signature = "unchecked" // there is one, and no key to check it with
	Checked   Signature = "checked"
)

// Site checks a site. The error says that it cannot be read at all.
func Site(ctx context.Context, from Source, opt Options) (*Result, error) {
	v := &verifier{ctx: ctx, from: from, opt: opt, out: &Result{}}
	if err := v.readLog(); err != nil || v.out.Ledger == nil {
		return v.out, err
	}
	v.since()
	if !opt.Only {
		if err := v.comparePages(); err != nil {
			return v.out, err
		}
	}
	v.out.Found = v.out.Found.Sort()
	return v.out, nil
}

// Rule is what all findings are called by.
const Rule = ledger.Rule

type verifier struct {
	ctx  context.Context
	from Source
	opt  Options
	out  *Result
}

func (v *verifier) fault(path string, message diag.Text) {
	v.out.Found = append(v.out.Found, diag.Source{Path: path}.Whole(Rule, message, diag.Text{}))
}

// signature checks the signature of a checkpoint, if there is a key.
func (v *verifier) signature(path string, file []byte) Signature {
	signed := strings.Contains(string(file), "\n\n\u2014 ")
	if v.opt.Key == "" {
		if signed {
			return Unchecked
		}
		return Unsigned
	}
	verifier, err := note.NewVerifier(v.opt.Key)
	if err == nil {
		_, err = note.Open(file, note.VerifierList(verifier))
	}
	switch {
	case err == nil:
		return Checked
	case !signed:
		v.fault(path, diag.Textf("the checkpoint is not signed"))
		return Unsigned
	}
	v.fault(path, diag.Textf("the checkpoint is not signed with this key"))
	return Unchecked
}

// since compares the ledger with a checkpoint that somebody kept.
func (v *verifier) since() {
	l, p := v.out.Ledger, v.opt.Since
	size := int64(len(l.Lines))
	switch {
	case p == nil && v.opt.Fingerprint == "":
		return
	case p == nil:
		found := At(l, v.opt.Fingerprint)
		if found == nil {
			v.fault(ledger.Checkpoint, diag.Textf(
				"no checkpoint of this ledger has the fingerprint %s: it is of another ledger, or this one was written anew",
				v.opt.Fingerprint))
			return
		}
		p = found
	case p.Origin != v.out.Point.Origin:
		v.fault(ledger.Checkpoint, diag.Textf("the checkpoint that was kept is of the ledger %s, and this one is %s",
			p.Origin, v.out.Point.Origin))
		return
	case p.Size > size:
		v.fault(ledger.Checkpoint, diag.Textf(
			"the ledger was rolled back: the checkpoint that was kept (%s) has %d lines, and there are only %d",
			p.Fingerprint(), p.Size, size))
		return
	case l.At(p.Size).Root != p.Root:
		v.fault(ledger.Checkpoint, diag.Textf(
			"the ledger was written anew: its first %d lines are not those of the checkpoint that was kept (%s)",
			p.Size, p.Fingerprint()))
		return
	}
	if v.opt.Signed != nil && v.opt.Key != "" {
		v.signature(fmt.Sprintf("%s (%s)", ledger.Checkpoint, p.Fingerprint()), v.opt.Signed)
	}
	v.out.Since, v.out.Changes = p, l.Lines[p.Size:]
	if p.Size > 0 {
		v.out.When = l.Lines[p.Size-1]
	}
}

// At returns the checkpoint of a ledger that has a fingerprint; nil if it had none.
func At(l *ledger.Ledger, fingerprint string) *ledger.Point {
	for size := int64(len(l.Lines)); size > 0; size-- {
		if p := l.At(size); p.Fingerprint() == fingerprint {
			return &p
		}
	}
	return nil
}

// ReadFingerprint reads a fingerprint as people write it: capitals, without hyphens, O for 0.
func ReadFingerprint(text string) (string, bool) {
	const digits = "0123456789abcdefghjkmnpqrstvwxyz"
	text = strings.NewReplacer("-", "", " ", "", "o", "0", "i", "1", "l", "1").Replace(strings.ToLower(text))
	if len(text) != 12 || strings.Trim(text, digits) != "" {
		return "", false
	}
	return strings.Join([]string{text[:4], text[4:8], text[8:]}, "-"), true
}

// newest returns the last line of each unit of an incident that is not withdrawn, by its name.
func newest(l *ledger.Ledger, slug string) map[string]string {
	texts := map[string]string{}
	for _, name := range l.Incident(slug).Units {
		if text, ok := l.Text(l.Unit(name).Last()); ok {
			texts[name] = text.Text
		}
	}
	return texts
}

// languages returns the languages of translations in a ledger, sorted.
func languages(l *ledger.Ledger) []string {
	var list []string
	for _, line := range l.Lines {
		if _, lang, ok := strings.Cut(line.Unit, "@"); ok {
			list = append(list, lang)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}
