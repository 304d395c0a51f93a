package policy

import "candor/generator/diag"

// speaker finds an owner who may not speak for the organisation (playbook §2: only
// named people may speak). A site that names no speakers does not use this rule.
// Package incident finds what is not approved.
func (c *incidentCheck) speaker() {
	owner := c.inc.Owner
	if owner.ID == "" || owner.MaySpeak {
		return
	}
	for _, p := range c.site.Persons {
		if p.MaySpeak {
			c.atKey("owner", "approval", diag.Textf("%s may not speak for the organisation", owner.Name),
				diag.Textf("name somebody with may = [\"speak\"] in site.toml, such as %s", p.ID))
			return
		}
	}
}
