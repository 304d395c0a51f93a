package main

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// slip reports whether something goes wrong here: percent of the times in the corpus "written", never in the clean one.
func (p *plan) slip(percent int) bool {
	return p.careless != nil && p.careless.IntN(100) < percent
}

// oneOf returns one text of a list, by the second source of randomness.
func (p *plan) oneOf(list []string) string { return list[p.careless.IntN(len(list))] }

// extras writes what else people put into a text, each with a likelihood of percent: a table, a list within a list, a
// link to another incident, an image that is described, and a part in the other language. The folder of the incident is
// at up.
func (p *plan) extras(up string, percent int) string {
	if p.careless == nil {
		return ""
	}
	var b strings.Builder
	if p.slip(percent / 2) {
		b.WriteString("\n" + p.figures(p.careless, 5))
	}
	if p.slip(percent) {
		other := p.careless.IntN(p.number + 1)
		rng := rand.New(rand.NewPCG(p.seed, uint64(other)))
		address := up + "../" + slug(drawType(rng), other) + "/index.md#what-happened"
		b.WriteString("\n" + fmt.Sprintf(p.Careless.Other, address) + "\n")
	}
	w := writer{lexicon: lexicons()[1-p.number%2], rng: p.careless, now: p.now}
	w.product = p.oneOf(w.Products)
	if p.slip(percent) {
		nested := [...]any{w.sentence(work), w.sentence(care), w.sentence(work), w.sentence(next)}
		fmt.Fprintf(&b, "\n- %s\n  - %s\n  - %s\n- %s\n", nested[:]...)
	}
	if p.slip(percent / 3) {
		fmt.Fprintf(&b, "\n![%s](%s%s)\n", w.sentence(fact), up, photoName)
	}
	if p.slip(percent) {
		fmt.Fprintf(&b, "\n### %s\n\n%s\n\n%s\n", p.Careless.Section, w.paragraph(fact, 2), w.paragraph(care, 1))
	}
	return b.String()
}
