package policy

import "candor/generator/diag"

// speaker finds an owner, who speaks for the organisation on the page, without
// the right to (playbook §2: only named people may speak). Where nobody is named
// as a speaker, the site does not use this. What is not approved is found by
// incident, which withholds it.
func (c *inquiry) speaker() {
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
