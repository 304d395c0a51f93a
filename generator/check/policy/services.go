package policy

import (
	"fmt"
	"strings"

	"candor/generator/diag"
	"candor/generator/domain"
)

// servicesOpen finds services of a resolved incident of which nobody has said that they work again:
// readers whose service still fails would think that nobody knows. A product stays affected.
func (c *incidentCheck) servicesOpen() {
	if c.inc.Open() {
		return
	}
	var words []string
	for _, s := range c.inc.Services {
		if s.Kind == domain.ServiceKindService && s.Condition != domain.ConditionOperational {
			words = append(words, fmt.Sprintf("%s = \"%s\"", s.ID, domain.ConditionOperational))
		}
	}
	if words == nil {
		return
	}
	for _, u := range c.inc.Updates {
		if u.Time.Equal(c.inc.Resolved) {
			c.add(u.Doc.AtKey("status", "service-open",
				diag.Textf("this is resolved, and nobody has said that all services work again"),
				diag.Textf("if they do, add: services = { %s }", strings.Join(words, ", "))))
		}
	}
}
