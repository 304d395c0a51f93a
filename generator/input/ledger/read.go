package ledger

import (
	"cmp"
	"encoding/base64"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"candor/generator/diag"
	"candor/generator/fileset"
	"candor/generator/input/conflict"
)

// Rule is the rule of all findings about a ledger.
const Rule = "ledger"

// Ledger is the ledger of a site.
type Ledger struct {
	Lines []Line
	Sum   fileset.Sum // of its files

	lines     []string // as written
	stored    hashes   // of lines
	point     Point    // the last checkpoint, and the file that has it
	signed    []byte
	texts     map[string]Text
	withdrawn []string             // commitments to texts that were withdrawn and are still in a file
	units     map[string]*Unit     // by name
	incidents map[string]*Incident // by slug
}

// Incident is what the ledger knows of one incident.
type Incident struct {
	Units []string    // the names of all that were ever sealed, in the order in which they were
	Sum   fileset.Sum // of its lines
}

// Unit is what the ledger knows of one unit.
type Unit struct {
	Lines []Line // its own, oldest first
}

// withdrawnAfter reports whether the unit was withdrawn after one of its lines.
func (u *Unit) withdrawnAfter(line int) bool {
	return slices.ContainsFunc(u.Lines[line:], func(l Line) bool { return l.Kind == Withdrawal })
}

// Last is its newest line.
func (u *Unit) Last() Line { return u.Lines[len(u.Lines)-1] }

// Unit returns what is known of a unit; nil if it was never sealed.
func (l *Ledger) Unit(name string) *Unit { return l.units[name] }

// Incident returns what is known of an incident; nil if nothing of it was ever sealed.
func (l *Ledger) Incident(slug string) *Incident { return l.incidents[slug] }

// Slugs returns the incidents of which something was ever sealed, sorted.
func (l *Ledger) Slugs() []string { return slices.Sorted(maps.Keys(l.incidents)) }

// SlugOf returns the incident that a unit is of.
func SlugOf(unit string) string {
	if end := strings.IndexAny(unit, "/#@"); end >= 0 {
		return unit[:end]
	}
	return unit
}

// Within reports whether a unit is a part of another one: a section, a translation, or what is below it.
func Within(unit, of string) bool {
	rest, ok := strings.CutPrefix(unit, of)
	return ok && rest != "" && strings.ContainsAny(rest[:1], "/#@")
}

// Text returns the text that a line commits to. It is not ok once the text was withdrawn and deleted.
func (l *Ledger) Text(line Line) (Text, bool) {
	t, ok := l.texts[line.Commitment]
	return t, ok
}

// Stray returns the paths of texts that do not belong to the ledger: no line commits to them, or they were
// withdrawn. They are of a seal that was interrupted, or of another branch.
func (l *Ledger) Stray() []string {
	stray := maps.Clone(l.texts)
	for _, line := range l.Lines {
		delete(stray, line.Commitment)
	}
	var paths []string
	for _, name := range append(slices.Collect(maps.Keys(stray)), l.withdrawn...) {
		paths = append(paths, Texts+"/"+name)
	}
	slices.Sort(paths)
	return paths
}

// Written returns the lines as the log has them, without line ends.
func (l *Ledger) Written() []string { return l.lines }

// New returns a ledger without a line.
func New() *Ledger {
	return &Ledger{texts: map[string]Text{}, units: map[string]*Unit{}, incidents: map[string]*Incident{}}
}

// Read reads the ledger of a content folder, and reports whatever is not as it was sealed. The ledger
// is nil if the site has none, or if it cannot be gone on with.
func Read(all fileset.Set) (*Ledger, diag.List) {
	l, found := Inspect(all)
	if len(found) > 0 {
		return nil, found
	}
	return l, nil
}

// Inspect is Read, but returns a ledger with faults as far as it can be read, too.
func Inspect(all fileset.Set) (*Ledger, diag.List) {
	files := all.Under(Folder)
	if files.Len() == 0 {
		return nil, nil
	}
	r := &reader{ledger: New(), files: files, src: diag.Source{Path: Log}}
	r.ledger.Sum = files.Sum()
	if log, ok := files.Get(Log); ok {
		r.src.Data = log.Data
	}
	if r.found = conflict.Find(r.src); len(r.found) > 0 {
		return nil, r.found
	}
	r.readLines()
	r.ledger.stored = hash(r.ledger.lines)
	r.checkpoint()
	r.readTexts()
	for _, line := range r.ledger.Lines[min(r.ledger.point.Size, int64(len(r.ledger.Lines))):] {
		of := r.ledger.incidents[SlugOf(line.Unit)] // its history lacks lines that the checkpoint does not have yet
		of.Sum = fileset.SumOf(append(of.Sum[:], '?'))
	}
	return r.ledger, r.found
}

// faultsLimit is how many faults of a ledger are reported: one change breaks much.
const faultsLimit = 10

type reader struct {
	ledger *Ledger
	files  fileset.Set
	src    diag.Source
	found  diag.List
}

func (r *reader) fault(start, end int, message, hint diag.Text) {
	if len(r.found) < faultsLimit {
		r.found = append(r.found, r.src.At(start, end, Rule, message, hint))
	}
}

// restore is what to do about a log that is not as it was.
func restore() diag.Text {
	return diag.Textf("nobody writes in the ledger by hand: bring back its last version (git checkout -- ledger), then run: candor seal")
}

// readLines reads the log and checks that each line follows from the one above it.
func (r *reader) readLines() {
	at := 0
	for written := range strings.Lines(string(r.src.Data)) {
		text := strings.TrimSuffix(written, "\n")
		line, err := parseLine(text)
		switch {
		case len(r.found) > 0: // what follows from a wrong line says nothing
		case err != "" || line.String() != text || text == written:
			r.fault(at, at+len(text), diag.Textf("this is not a line of a ledger"), restore())
		default:
			r.follow(line, at, at+len(text))
		}
		r.ledger.add(line, text)
		at += len(written)
	}
}

// follow checks a line against those above it.
func (r *reader) follow(line Line, start, end int) {
	l := r.ledger
	n := len(l.Lines)
	revision := 1
	if u := l.units[line.Unit]; u != nil {
		revision = u.Last().Revision + 1
	}
	switch {
	case line.Number != int64(n):
		r.fault(start, end, diag.Textf("this line has number %d, and stands where %d belongs: lines were taken out, or moved",
			line.Number, n), restore())
	case n > 0 && line.Before != Fingerprint(l.lines[n-1]):
		r.fault(start, end, diag.Textf("the line above (%d) is not the one that was sealed: it was changed, or another one taken out", n-1),
			restore())
	case n > 0 && line.Instant.Before(l.Lines[n-1].Instant):
		r.fault(start, end, diag.Textf("this line is older than the one above it"), restore())
	case line.Revision != revision:
		r.fault(start, end, diag.Textf("this is revision %d of a text of which %d is the next", line.Revision, revision), restore())
	}
}

// add takes a line in.
func (l *Ledger) add(line Line, written string) {
	l.Lines, l.lines = append(l.Lines, line), append(l.lines, written)
	slug := SlugOf(line.Unit)
	if l.incidents[slug] == nil {
		l.incidents[slug] = &Incident{}
	}
	of := l.incidents[slug]
	of.Sum = fileset.SumOf(append(of.Sum[:], written...))
	u := l.units[line.Unit]
	if u == nil {
		u = &Unit{}
		l.units[line.Unit] = u
		of.Units = append(of.Units, line.Unit)
	}
	u.Lines = append(u.Lines, line)
}

// parseLine reads a line. Fault is empty if it has all fields.
func parseLine(text string) (line Line, fault string) {
	f := strings.SplitN(text, " ", 8)
	if len(f) < 8 {
		return line, "fields"
	}
	number, err := strconv.ParseInt(f[0], 10, 64)
	instant, err2 := time.Parse(time.RFC3339, f[1])
	revision, err3 := strconv.Atoi(f[3])
	unit, err4 := url.PathUnescape(f[4])
	if err != nil || err2 != nil || err3 != nil || err4 != nil || !slices.Contains(Kinds(), Kind(f[2])) ||
		(f[5] == "-") != (Kind(f[2]) == Withdrawal) || f[5] != "-" && !isDigest(f[5]) {
		return line, "values"
	}
	return Line{number, instant.UTC(), Kind(f[2]), revision, unit, unDash(f[5]), unDash(f[6]), unDash(f[7])}, ""
}

// isDigest reports whether a text is a SHA-256 as a line has it: it becomes the name of a file.
func isDigest(s string) bool {
	return len(s) == 64 && strings.Trim(s, "0123456789abcdef") == ""
}

// Point is a checkpoint: how long the log was, and the root of its tree.
type Point struct {
	Origin string // names the log; the first line
	Size   int64
	Root   tlog.Hash
}

// String returns the checkpoint as c2sp.org/tlog-checkpoint has it, without signatures.
func (p Point) String() string {
	return fmt.Sprintf("%s\n%d\n%s\n", p.Origin, p.Size, base64.StdEncoding.EncodeToString(p.Root[:]))
}

// Fingerprint is how people compare two checkpoints: 12 characters in groups of four, the first 60 bits
// of the root in Crockford's base 32.
func (p Point) Fingerprint() string {
	const digits = "0123456789abcdefghjkmnpqrstvwxyz"
	bits, n, out := uint64(0), 0, make([]byte, 0, 14)
	for _, b := range p.Root {
		bits, n = bits<<8|uint64(b), n+8
		for ; n >= 5 && len(out) < 14; n -= 5 {
			if len(out) == 4 || len(out) == 9 {
				out = append(out, '-')
			}
			out = append(out, digits[bits>>(n-5)&31])
		}
	}
	return string(out)
}

// ParsePoint reads a checkpoint; what follows its three lines is not looked at.
func ParsePoint(text string) (p Point, ok bool) {
	lines := strings.SplitN(text, "\n", 4)
	if len(lines) < 4 || lines[0] == "" {
		return p, false
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	root, err2 := base64.StdEncoding.DecodeString(lines[2])
	if err != nil || err2 != nil || size < 0 || strconv.FormatInt(size, 10) != lines[1] || len(root) != tlog.HashSize {
		return p, false
	}
	return Point{lines[0], size, tlog.Hash(root)}, true
}

// Checkpoint returns the last checkpoint, and the file that has it, with its signatures.
func (l *Ledger) Checkpoint() (Point, []byte) { return l.point, l.signed }

// At returns the checkpoint that the ledger had when it was of a size.
func (l *Ledger) At(size int64) Point { return Point{l.point.Origin, size, rootOf(size, l.stored)} }

// ReadHashes returns hashes of the tree by their places in it, as tlog counts them.
func (l *Ledger) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	return l.stored.ReadHashes(indexes)
}

// Revision is one line of the log with the text that it is about.
type Revision struct {
	Line
	Text, Before string // and the one that it replaced; empty if there is none, or if it was deleted
	Salt         [32]byte
	Deleted      bool // the text was withdrawn: nobody has it any more
}

// History returns all revisions of the units of an incident, oldest first, and the checkpoint that the
// ledger had after the last of them.
func (l *Ledger) History(slug string) (list []Revision, at Point) {
	known := l.incidents[slug]
	if known == nil {
		return nil, Point{}
	}
	for _, name := range known.Units {
		before := ""
		for _, line := range l.units[name].Lines {
			if line.Number >= l.point.Size {
				break
			}
			text, ok := l.texts[line.Commitment]
			list = append(list, Revision{Line: line, Text: text.Text, Before: before, Salt: text.Salt, Deleted: !ok})
			before = text.Text
		}
	}
	slices.SortFunc(list, func(a, b Revision) int { return cmp.Compare(a.Number, b.Number) })
	if len(list) == 0 {
		return nil, Point{}
	}
	return list, l.At(list[len(list)-1].Number + 1)
}

// checkpoint compares the log with the size and root that were last sealed. Lines below it are those
// of a seal that was interrupted, or of another branch.
func (r *reader) checkpoint() {
	file, there := r.files.Get(Checkpoint)
	if len(r.found) > 0 {
		return
	}
	p, ok := ParsePoint(string(file.Data))
	lines := r.ledger.lines
	r.ledger.point, r.ledger.signed = p, file.Data
	switch {
	case !there && len(lines) == 0:
	case !there || !ok:
		r.found = append(r.found, diag.Source{Path: Checkpoint}.Whole(Rule,
			diag.Textf("the checkpoint of the ledger is missing, or cannot be read"), restore()))
	case p.Size > int64(len(lines)):
		r.found = append(r.found, r.src.Whole(Rule, diag.Textf(
			"the ledger has lost lines: %d were sealed at its last checkpoint (%s), and %d are left",
			p.Size, p.Fingerprint(), len(lines)), restore()))
	case p.Root != rootOf(p.Size, r.ledger.stored):
		r.found = append(r.found, r.src.Whole(Rule, diag.Textf(
			"the ledger was written anew: its first %d lines are not those of its last checkpoint (%s)",
			p.Size, p.Fingerprint()), restore()))
	}
}

// readTexts reads the texts, and reports those that are not what their lines commit to, and those that
// are missing although nobody withdrew them. Those that were withdrawn are as if they were not there: a
// seal that was interrupted left them.
func (r *reader) readTexts() {
	wrong := map[string]bool{}
	for file := range r.files.Under(Texts).All() {
		name := strings.TrimPrefix(file.Path, Texts+"/")
		t, ok := readText(file.Data)
		if !ok || Commit(t.Salt, t.Text) != name {
			wrong[name] = true
			r.found = append(r.found, diag.Source{Path: file.Path}.Whole(Rule,
				diag.Textf("this is not the text that was sealed under this name"), restore()))
			continue
		}
		r.ledger.texts[name] = t
	}
	for _, u := range r.ledger.units {
		r.textsOf(u, wrong)
	}
	r.found = r.found.Sort()
}

// textsOf finds out which texts of a unit are there. The wrong ones have been reported.
func (r *reader) textsOf(u *Unit, wrong map[string]bool) {
	missing := ""
	for i, line := range u.Lines {
		_, there := r.ledger.texts[line.Commitment]
		switch {
		case line.Kind == Withdrawal:
		case u.withdrawnAfter(i) && there:
			r.ledger.withdrawn = append(r.ledger.withdrawn, line.Commitment)
			delete(r.ledger.texts, line.Commitment)
		case !u.withdrawnAfter(i) && !there && !wrong[line.Commitment]:
			missing = line.Commitment
		}
	}
	if missing != "" && len(r.found) < faultsLimit {
		r.found = append(r.found, diag.Source{Path: Texts + "/" + missing}.Whole(Rule,
			diag.Textf("the sealed text of \"%s\" is missing", u.Last().Unit), restore()))
	}
}
