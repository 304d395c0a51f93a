// Package ledger reads and continues the ledger of a site: the record of every text that was ever
// published, kept in the content folder beside the texts, as go.sum is kept beside go.mod.
//
//	ledger/log         one line for each revision of each text, never changed, only added to
//	ledger/texts/<c>   what a line commits to: the salt and the text, by the commitment
//	ledger/checkpoint  how long the log was when it was last sealed, and the root of its tree
//
// A line has eight fields with one space between them:
//
//		<number> <instant> <kind> <revision> <unit> <commitment> <before> <reason>
//
//	  - number: from 0, without a gap.
//	  - instant: when it was sealed, RFC 3339 in UTC, to the second; never before that of the line above.
//	  - kind: publish, typo, correction or withdrawal.
//	  - revision: of the unit, from 1, without a gap. A withdrawal has one, too.
//	  - unit: what it is about, such as rash/updates/first@zh-Hans; package sealed says how units are
//	    named. Spaces, controls and % are written %20 and so on.
//	  - commitment: SHA-256 of the 32 bytes of salt and then the text, 64 hexadecimal digits; of a
//	    withdrawal it is "-".
//	  - before: the first 16 hexadecimal digits of the SHA-256 of the line above without its line end;
//	    of the first line it is "-". So whoever changes, moves or takes out a line is found at the line
//	    below it.
//	  - reason: why, in the words of whoever sealed it; "-" if none was given.
//
// The tree is that of RFC 6962 over the lines without their line ends. The salt goes with the text:
// while the text is public, anybody can check the commitment; once both are deleted, nobody can guess
// the text from it.
package ledger

import (
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"candor/generator/domain"
	"candor/generator/fileset"
)

// The files of the ledger, below the content folder.
const (
	Folder     = domain.FolderLedger
	Log        = Folder + "/log"
	Checkpoint = Folder + "/checkpoint"
	Texts      = Folder + "/texts"
)

// Kind says what a line is.
type Kind string

// The kinds of line.
const (
	Publish    Kind = "publish"    // the unit is published for the first time, again after a withdrawal, or with more figures
	Typo       Kind = "typo"       // a slip of the pen is put right: nothing that anybody relies on changes
	Correction Kind = "correction" // it says something else now, and says so
	Withdrawal Kind = "withdrawal" // it is not published any more
)

// Kinds returns all kinds.
func Kinds() []Kind { return []Kind{Publish, Typo, Correction, Withdrawal} }

// What the program gives as a reason, before the name of an update or an instant.
const (
	ByUpdate = "corrected by "
	ByDate   = "updated "
)

// Line is one line of the log.
type Line struct {
	Number     int64
	Instant    time.Time // in UTC
	Kind       Kind
	Revision   int
	Unit       string
	Commitment string // empty for a withdrawal
	Before     string // Fingerprint of the line above; empty for the first
	Reason     string // empty if none was given
}

// String returns the line as the log has it, without a line end.
func (l Line) String() string {
	return strings.Join([]string{strconv.FormatInt(l.Number, 10), l.Instant.UTC().Format(time.RFC3339), string(l.Kind),
		strconv.Itoa(l.Revision), escape(l.Unit), orDash(l.Commitment), orDash(l.Before), orDash(oneLine(l.Reason))}, " ")
}

// Fingerprint is what the line below calls a line by.
func Fingerprint(line string) string {
	sum := sha256.Sum256([]byte(line))
	return hex.EncodeToString(sum[:8])
}

// Commit returns the commitment to a text with a salt of 32 bytes.
func Commit(salt [32]byte, text string) string {
	sum := sha256.Sum256(append(salt[:], text...))
	return hex.EncodeToString(sum[:])
}

// Text is a text that a line commits to.
type Text struct {
	Salt [32]byte
	Text string
	Sum  fileset.Sum // of Text
}

// File returns the file of the texts folder that has the text.
func (t Text) File() fileset.File {
	return fileset.NewFile(Texts+"/"+Commit(t.Salt, t.Text), []byte("salt "+hex.EncodeToString(t.Salt[:])+"\n"+t.Text))
}

// readText reads what File wrote. It is not ok if that is no such file.
func readText(data []byte) (t Text, ok bool) {
	first, text, found := strings.Cut(string(data), "\n")
	digits, salted := strings.CutPrefix(first, "salt ")
	salt, err := hex.DecodeString(digits)
	if !found || !salted || err != nil || len(salt) != len(t.Salt) {
		return t, false
	}
	copy(t.Salt[:], salt)
	t.Text, t.Sum = text, fileset.SumOf([]byte(text))
	return t, true
}

func escape(unit string) string {
	var b strings.Builder
	for _, r := range unit {
		if r <= ' ' || r == '%' || r == 0x7f || r == 0xa0 || r == 0x3000 {
			b.WriteString(url.PathEscape(string(r)))
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

func unDash(s string) string {
	if s == "-" {
		return ""
	}
	return s
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// Root returns the root of the tree of some lines.
func Root(lines []string) tlog.Hash { return rootOf(int64(len(lines)), hash(lines)) }

// hash returns the hashes of the tree of some lines, in the order in which tlog stores them.
func hash(lines []string) hashes {
	stored := make(hashes, 0, 2*len(lines))
	for i, line := range lines {
		more, err := tlog.StoredHashes(int64(i), []byte(line), stored)
		if err != nil {
			panic("ledger: " + err.Error()) // they are all in memory
		}
		stored = append(stored, more...)
	}
	return stored
}

// rootOf returns the root of the tree of the first lines.
func rootOf(size int64, stored hashes) tlog.Hash {
	root, err := tlog.TreeHash(size, stored)
	if err != nil {
		panic("ledger: " + err.Error())
	}
	return root
}

// hashes are those of a tree in the order in which tlog stores them.
type hashes []tlog.Hash

func (h hashes) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	list := make([]tlog.Hash, len(indexes))
	for i, at := range indexes {
		list[i] = h[at]
	}
	return list, nil
}
