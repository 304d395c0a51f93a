package diag

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// SARIFOptions says how WriteSARIF prints.
type SARIFOptions struct {
	Version    string                   // of Candor
	Help       func(rule string) string // the description of a rule, as Markdown without HTML; nil, or empty: none
	Rename     func(path string) string // a path from the root of the repository, with slashes; nil keeps it
	Suppressed bool                     // print suppressed findings too
}

// WriteSARIF prints the list for code scanning, as a log of the Static Analysis
// Results Interchange Format, OASIS SARIF 2.1.0. Sections are those of the
// standard. The error is that of w.
//
// Suppressed findings are printed only if asked for: GitHub, among others, does
// not read suppressions, and would take them for open ones.
//
// The partial fingerprint candorLine/v1 recognises a finding from one run to the
// next, wherever its line has moved: it is made of the rule, the path in the
// content folder, the text of the line, and how many of the list, which has to be
// sorted, come before it with the same three.
func WriteSARIF(w io.Writer, list List, opt SARIFOptions) error {
	rules, index := sarifRules(list.printed(opt.Suppressed), opt)
	run := sarifRun{
		OriginalURIBaseIDs: map[string]map[string]sarifText{
			sourceRoot: {"description": {Text: "The folder that paths begin at: the root of the repository."}},
		},
		DefaultEncoding: "UTF-8",
		ColumnKind:      "unicodeCodePoints",
		Results:         []sarifResult{},
	}
	driver := &run.Tool.Driver
	driver.Name, driver.Version, driver.Rules = "Candor", Visible(opt.Version), rules
	seen := map[string]int{}
	for _, d := range list {
		same := fingerprint(d, seen) // counts those that are not printed, too
		if d.Suppressed != nil && !opt.Suppressed {
			continue
		}
		result := sarifFinding(d, opt)
		result.RuleIndex = index[d.Rule]
		result.PartialFingerprints = same
		run.Results = append(run.Results, result)
	}
	out := bufio.NewWriter(w)
	encode(out, sarifLog{Schema: sarifSchema, Version: "2.1.0", Runs: []sarifRun{run}}, "  ")
	out.WriteString("\n")
	return out.Flush()
}

// sarifRules returns the descriptions of all rules, so that logs of different
// content agree on them, and where each stands.
func sarifRules(list List, opt SARIFOptions) ([]sarifRule, map[string]int) {
	var out []sarifRule
	index := map[string]int{}
	for _, r := range rules {
		about := &sarifText{Text: r.About} // GitHub wants each of the descriptions
		described := sarifRule{ID: r.ID, ShortDescription: about, FullDescription: about, Help: *about,
			DefaultConfiguration: map[string]string{"level": r.Severity.String()}}
		if opt.Help != nil {
			if page := opt.Help(r.ID); page != "" {
				described.Help = sarifText{page, page}
			}
		}
		index[r.ID] = len(out)
		out = append(out, described)
	}
	for _, d := range list {
		if _, known := index[d.Rule]; !known {
			index[d.Rule] = len(out)
			out = append(out, sarifRule{ID: d.Rule})
		}
	}
	return out, index
}

func sarifFinding(d Diagnostic, opt SARIFOptions) sarifResult {
	message := oneLine(d.Message.String())
	if hint := d.Hint.String(); hint != "" {
		message += "\nhint: " + oneLine(hint)
	}
	result := sarifResult{RuleID: d.Rule, Level: d.Severity.String(), Message: sarifText{Text: plain(message)}}
	location, known := sarifPlace(d, opt)
	if known {
		result.Locations = []sarifLocation{location}
	}
	if opt.Suppressed { // all results of a run say it or none does (3.27.23)
		result.Suppressions = []sarifSuppression{}
	}
	if s := d.Suppressed; s != nil {
		suppression := sarifSuppression{Kind: "inSource", Status: "accepted", Justification: oneLine(s.Reason)}
		if known && s.Line > 0 {
			suppression.Location = &sarifLocation{}
			at := &suppression.Location.PhysicalLocation
			at.ArtifactLocation, at.Region = location.PhysicalLocation.ArtifactLocation, s.region()
		}
		result.Suppressions = append(result.Suppressions, suppression)
	}
	return result
}

func (s *Suppression) region() *sarifRegion {
	region := &sarifRegion{StartLine: s.Line}
	if s.Column > 0 {
		region.StartColumn, region.EndLine, region.EndColumn = s.Column, s.Line, s.Column+max(1, s.Width)
	}
	return region
}

func sarifPlace(d Diagnostic, opt SARIFOptions) (location sarifLocation, known bool) {
	path := renamed(d.Path, opt.Rename)
	if path == "" {
		return sarifLocation{}, false
	}
	at := &location.PhysicalLocation
	at.ArtifactLocation = sarifArtifact{URI: reference(path), URIBaseID: sourceRoot}
	if strings.HasPrefix(path, "/") { // an absolute URI has no base (3.4.4)
		at.ArtifactLocation = sarifArtifact{URI: "file://" + reference(path)}
	}
	if d.Line > 0 {
		at.Region, at.ContextRegion = sarifRegions(d)
	}
	return location, true
}

// sarifRegions returns what a finding marks, and around it what is kept of its
// line; the latter is nil where it is no more than the former (3.29.5).
func sarifRegions(d Diagnostic) (marked, around *sarifRegion) {
	line, column := d.end()
	marked = &sarifRegion{StartLine: d.Line, StartColumn: d.Column, EndLine: line, EndColumn: column}
	runes := []rune(d.Excerpt)
	if d.Column == 0 {
		marked.Snippet = &sarifText{Text: string(runes)}
		return marked, nil
	}
	from, to := d.Column-1-d.Skipped, column-1-d.Skipped
	if from < 0 || to > len(runes) { // more is marked than was kept
		return marked, nil
	}
	marked.Snippet = &sarifText{Text: string(runes[from:to])}
	if from == 0 && to == len(runes) {
		return marked, nil
	}
	return marked, &sarifRegion{
		StartLine: d.Line, StartColumn: d.Skipped + 1, EndLine: line, EndColumn: d.Skipped + len(runes) + 1,
		Snippet: &sarifText{Text: string(runes)},
	}
}

// fingerprint returns what recognises a finding in the next run; seen counts
// those that would be the same.
func fingerprint(d Diagnostic, seen map[string]int) map[string]string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%q %q %q", d.Rule, d.Path, d.Excerpt))
	key := hex.EncodeToString(sum[:16])
	seen[key]++
	value := key + ":" + strconv.Itoa(seen[key])
	out := map[string]string{"candorLine/v1": value}
	if d.Line == 0 {
		// The name that GitHub goes by. It works the value out itself, from the
		// line, and complains of another one; but a whole file has no line.
		out["primaryLocationLineHash"] = value
	}
	return out
}

// plain makes a text a plain text message (3.11.3), which means what it says:
// without placeholders, for which braces are doubled (3.11.5), and without embedded
// links, whose text ends in an unescaped bracket (3.11.6).
func plain(s string) string {
	s = strings.NewReplacer("{", "{{", "}", "}}").Replace(s)
	parts := strings.Split(s, "](")
	for i, part := range parts[:len(parts)-1] {
		if slashes := len(part) - len(strings.TrimRight(part, `\`)); slashes%2 == 0 {
			parts[i] += `\`
		}
	}
	return strings.Join(parts, "](")
}
