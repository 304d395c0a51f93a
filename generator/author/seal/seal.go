// Package seal continues the ledger of a site: it adds a line for each text that readers can see and
// that has none, and for each that was changed or withdrawn in one of the ways that a reader can follow.
//
// A text that was sealed and is another one now is sealed again only
//
//   - as a correction: an update with kind = "correction" that names the update in corrects and is not
//     older than the last seal; a section whose heading has an updated= that is later than it; a page
//     whose front matter has a later revised; or because whoever seals says why;
//   - as a typo: whoever seals asks for it, and nothing that anybody relies on is another one (Slip);
//   - as published: figures have new rows, and all old ones;
//   - as a withdrawal: it is not published any more, and whoever seals says why. Its texts and salts are
//     deleted with it.
//
// Everything else is a finding, and then nothing at all is sealed. Sealing never changes a text, and
// sealing twice is the same as once.
package seal

import (
	"slices"
	"strings"
	"time"

	"candor/generator/check"
	"candor/generator/diag"
	"candor/generator/domain"
	"candor/generator/fileset"
	"candor/generator/input/ledger"
	"candor/generator/site/sealed"
)

// Request is what is to be sealed.
type Request struct {
	Ledger *ledger.Ledger // what was sealed before; not nil
	Units  []sealed.Unit  // what readers can see now
	At     time.Time
	Zone   *time.Location
	Salt   func() [32]byte // random, of its own for each text

	Typos       []string // units to be sealed as slips of the pen
	Corrections []string // units to be sealed as corrections, for Reason
	Withdrawals []string // units that are gone on purpose, for Reason; all that is below them, too
	Reason      string
}

// Result is what sealing gives: new lines, or what stands in their way.
type Result struct {
	Lines []ledger.Line
	Texts []fileset.File // of the new lines
	Gone  []string       // paths of texts to delete: they were withdrawn, or no line commits to them
	Found diag.List      // if there is any, nothing is sealed
	Log   string         // the whole log with the new lines
	Size  int64          // of its tree
}

// Seal makes the next lines of the ledger.
func Seal(r Request) Result {
	s := &sealer{Request: r, asked: map[string]bool{}}
	s.units()
	s.gone()
	s.unused()
	if len(s.out.Found) > 0 {
		return Result{Found: s.out.Found.Sort()}
	}
	s.out.Gone = append(s.out.Gone, s.Ledger.Stray()...)
	lines := slices.Clone(s.Ledger.Written())
	for _, l := range s.out.Lines {
		lines = append(lines, l.String())
	}
	s.out.Size = int64(len(lines))
	if len(lines) > 0 {
		s.out.Log = strings.Join(lines, "\n") + "\n"
	}
	return s.out
}

// reasonLimit is how many code points a reason has at most: an entry of the log has 65,535 bytes.
const reasonLimit = 1000

type sealer struct {
	Request
	out   Result
	asked map[string]bool // names in the request that something was done about
}

// units seals what readers can see.
func (s *sealer) units() {
	for _, u := range s.Units {
		known := s.Ledger.Unit(u.Name)
		if known == nil || known.Last().Kind == ledger.Withdrawal {
			s.add(ledger.Publish, u.Name, u.Text(), "")
			continue
		}
		was, ok := s.Ledger.Text(known.Last())
		if !ok || was.Sum == u.Sum {
			continue
		}
		if sealed.GoesOn(u.Name, was.Text, u.Text()) {
			s.add(ledger.Publish, u.Name, u.Text(), "")
			continue
		}
		s.changed(u, known.Last(), was.Text)
	}
}

// changed seals a text that is another one now, if a reader can follow why.
func (s *sealer) changed(u sealed.Unit, line ledger.Line, was string) {
	now := u.Text()
	switch reason := s.corrected(u, line.Instant); {
	case s.asks(s.Typos, u.Name):
		if what := Slip(was, now); what.Format != "" {
			before, after := check.Difference(was, now)
			s.fault(u, diag.Textf("this is more than a slip of the pen: %s (\"%s\" has become \"%s\")", what, before, after),
				diag.Textf("write an update that corrects it, then run: candor seal"))
			return
		}
		s.add(ledger.Typo, u.Name, now, s.Reason)
	case s.asks(s.Corrections, u.Name):
		s.add(ledger.Correction, u.Name, now, s.Reason)
	case reason != "":
		s.add(ledger.Correction, u.Name, now, reason)
	default:
		s.out.Found = append(s.out.Found, check.Changed(u, line, was, s.Zone))
	}
}

// corrected says where readers can see that a text was changed after an instant; empty if they cannot.
func (s *sealer) corrected(u sealed.Unit, after time.Time) string {
	if u.Doc == nil {
		return ""
	}
	if at := u.Updated(s.Zone); at.After(after) && !at.After(s.At) {
		return ledger.ByDate + at.UTC().Format(time.RFC3339)
	}
	for _, other := range s.Units {
		if other.Doc == nil || ledger.SlugOf(other.Name) != ledger.SlugOf(u.Name) {
			continue
		}
		front := &other.Doc.Front
		newer := s.Ledger.Unit(other.Name) == nil || s.Ledger.Unit(other.Name).Last().Instant.After(after)
		name := u.Doc.Place.Name
		if newer && front.Kind == domain.KindCorrection && slices.Contains(front.Corrects, name) &&
			other.Doc.Place.Name != name {
			return ledger.ByUpdate + other.Name
		}
	}
	return ""
}

// gone seals what readers cannot find any more.
func (s *sealer) gone() {
	there := map[string]bool{}
	for _, u := range s.Units {
		there[u.Name] = true
	}
	for _, slug := range s.Ledger.Slugs() {
		for _, name := range s.Ledger.Incident(slug).Units {
			known := s.Ledger.Unit(name)
			if there[name] || known.Last().Kind == ledger.Withdrawal || !s.withdrawn(name) {
				continue
			}
			there[name] = true // it has been said
			s.add(ledger.Withdrawal, name, "", s.Reason)
			for _, line := range known.Lines {
				if line.Commitment != "" {
					s.out.Gone = append(s.out.Gone, ledger.Texts+"/"+line.Commitment)
				}
			}
		}
		for _, line := range check.Missing(there, s.Ledger, slug) {
			s.out.Found = append(s.out.Found, check.Gone(line, s.Zone))
		}
	}
}

// withdrawn reports whether the request names a unit, or something that it is a part of.
func (s *sealer) withdrawn(name string) bool {
	return slices.ContainsFunc(s.Withdrawals, func(w string) bool {
		if name != w && !ledger.Within(name, w) {
			return false
		}
		s.asked[w] = true
		return true
	})
}

func (s *sealer) asks(list []string, name string) bool {
	if slices.Contains(list, name) {
		s.asked[name] = true
		return true
	}
	return false
}

// unused reports names in the request about which there is nothing to do.
func (s *sealer) unused() {
	for _, list := range [][]string{s.Typos, s.Corrections, s.Withdrawals} {
		for _, name := range list {
			if s.asked[name] {
				continue
			}
			message := diag.Textf("there is nothing to seal about \"%s\": it is as it was sealed", name)
			switch known := s.Ledger.Unit(name); {
			case known == nil:
				message = diag.Textf("nothing called \"%s\" was ever sealed", name)
			case slices.Contains(s.Withdrawals, name) && known.Last().Kind != ledger.Withdrawal:
				message = diag.Textf("\"%s\" is still published: remove it from the content first", name)
			}
			s.out.Found = append(s.out.Found, diag.Source{Path: ledger.Log}.Whole(ledger.Rule, message,
				diag.Textf("the names are those in the ledger, such as rash/updates/first or rash#known")))
		}
	}
}

func (s *sealer) fault(u sealed.Unit, message, hint diag.Text) {
	if u.Doc == nil {
		s.out.Found = append(s.out.Found, diag.Source{Path: u.File}.Whole(ledger.Rule, message, hint))
		return
	}
	s.out.Found = append(s.out.Found, u.Doc.Source.At(u.Start, u.End, ledger.Rule, message, hint))
}

// add adds a line.
func (s *sealer) add(kind ledger.Kind, name, text, reason string) {
	written := s.Ledger.Written()
	line := ledger.Line{Number: int64(len(written) + len(s.out.Lines)), Instant: s.At, Kind: kind, Revision: 1, Unit: name,
		Reason: diag.Cut(reason, reasonLimit)}
	if known := s.Ledger.Unit(name); known != nil {
		line.Revision = known.Last().Revision + 1
	}
	switch n := len(s.out.Lines); {
	case n > 0:
		line.Before = ledger.Fingerprint(s.out.Lines[n-1].String())
	case len(written) > 0:
		line.Before = ledger.Fingerprint(written[len(written)-1])
	}
	if kind != ledger.Withdrawal {
		t := ledger.Text{Salt: s.Salt(), Text: text}
		line.Commitment = ledger.Commit(t.Salt, t.Text)
		s.out.Texts = append(s.out.Texts, t.File())
	}
	s.out.Lines = append(s.out.Lines, line)
}
