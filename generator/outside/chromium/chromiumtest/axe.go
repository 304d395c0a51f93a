package chromiumtest

import (
	"fmt"
	"os"
	"path/filepath"
	"sync"

	"github.com/chromedp/chromedp"
)

// axeSource reads axe-core from where .ci/setup puts it.
var axeSource = sync.OnceValues(func() (string, error) {
	dir, err := os.Getwd()
	for err == nil {
		if _, none := os.Stat(filepath.Join(dir, "go.mod")); none == nil {
			break
		}
		if above := filepath.Dir(dir); above != dir {
			dir = above
		} else {
			return "", os.ErrNotExist
		}
	}
	data, err := os.ReadFile(filepath.Join(dir, ".ci", "node_modules", "axe-core", "axe.min.js"))
	return string(data), err
})

// runAxe runs every rule that is not an experiment: WCAG 2.2 A and AA, best
// practice, and of AAA the contrast of text.
const runAxe = `(async (within) => {
	const rules = {};
	for (const { ruleId, tags } of axe.getRules()) {
		const on = !tags.includes("experimental") && !tags.includes("deprecated") && (!tags.includes("wcag2aaa") || ruleId === "color-contrast-enhanced");
		rules[ruleId] = { enabled: on };
	}
	const found = await axe.run(document, { rules, resultTypes: ["violations"], elementRef: false });
	const ours = (n) => within === "" || JSON.stringify(n.target).includes(within);
	return {
		ran: found.passes.filter((p) => within === "" || p.nodes.some(ours)).length,
		faults: found.violations.flatMap((v) => v.nodes.filter(ours).map((n) => v.id + ": " + n.target.join(" ") + ": " + v.help + "; " + (n.any[0] ?? n.all[0] ?? n.none[0])?.message)),
	};
})`

// LoadAxe puts axe-core into the page that is open.
func (b *Tab) LoadAxe() {
	b.Helper()
	source, err := axeSource()
	if err != nil {
		b.Fatalf("axe-core is missing: run .ci/setup (%v)", err)
	}
	Eval[chromedp.Void](b, source)
}

// Axe returns how many rules of axe-core had anything to look at, and what they
// found. Within names an element: then only what is inside of it counts.
func (b *Tab) Axe(within string) (ran int, faults []string) {
	b.Helper()
	result := Eval[struct {
		Ran    int
		Faults []string
	}](b, fmt.Sprintf("%s(%q)", runAxe, within))
	return result.Ran, result.Faults
}
