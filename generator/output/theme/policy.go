package theme

import (
	"crypto/sha256"
	"encoding/base64"
	"strings"
)

// policyKey is what a page's Content-Security-Policy depends on.
type policyKey struct {
	kind string // of a page that has a style sheet of its own; empty for all others
	live bool   // the page has the script
}

// PolicyOf returns the Content-Security-Policy of a kind of page, with the script
// or without it.
func (t *Theme) PolicyOf(kind string, live bool) string {
	if own, ok := t.policies[policyKey{kind, live}]; ok {
		return own
	}
	return t.policies[policyKey{"", live}]
}

// HasScript says whether the theme has a script for pages on which something is
// due.
func (t *Theme) HasScript() bool {
	_, ok := t.policies[policyKey{"", true}]
	return ok
}

// allow makes the policies of a kind of page.
func (t *Theme) allow(kind, script string, styles ...string) {
	t.policies[policyKey{kind, false}] = policy("", styles)
	if script != "" {
		t.policies[policyKey{kind, true}] = policy(script, styles)
	}
}

// policy returns the Content-Security-Policy that allows style sheets, one script
// where there is one, images of the site itself, and nothing else.
func policy(script string, styles []string) string {
	hash := func(text string) string {
		sum := sha256.Sum256([]byte(text))
		return " 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
	}
	var b strings.Builder
	b.WriteString("default-src 'none'; style-src")
	for _, style := range styles {
		b.WriteString(hash(style))
	}
	if script != "" {
		b.WriteString("; script-src" + hash(script))
	}
	b.WriteString("; img-src 'self' data:; base-uri 'none'; form-action 'none'")
	return b.String()
}
