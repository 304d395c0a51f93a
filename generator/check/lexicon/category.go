package lexicon

import "candor/generator/diag"

// Category is one kind of fault that wording can have.
type Category string

// The categories (playbook §7).
const (
	Blame         Category = "blame"          // makes the reader or the user the cause
	NonApology    Category = "non-apology"    // apologises for what others felt, or on a condition
	NotOurs       Category = "not-ours"       // puts the responsibility elsewhere
	Officialese   Category = "officialese"    // says what any organisation says on any day
	Arguing       Category = "arguing"        // quarrels, mocks, threatens
	VagueSolution Category = "vague-solution" // promises something and no time
	Leftover      Category = "leftover"       // was to be filled in, or deleted, before it went out
	Minimising    Category = "minimising"     // says that it is small, few or harmless, without a figure
	Passive       Category = "passive"        // says that a mistake happened, and not who made it
	Absolute      Category = "absolute"       // claims what one exception refutes
)

// Categories returns all categories, in the order in which they are documented.
func Categories() []Category {
	return []Category{
		Blame, NonApology, NotOurs, Officialese, Arguing, VagueSolution, Minimising, Passive, Leftover, Absolute,
	}
}

// Rule returns the id of the rule that reports hits of the category.
func (c Category) Rule() string {
	if c == Absolute {
		return "absolute-claim"
	}
	return "wording"
}

// About says what is wrong with words in which the category was found.
func (c Category) About(words string) diag.Text {
	switch c {
	case Blame:
		return diag.Textf("“%s” blames the reader", words)
	case NonApology:
		return diag.Textf("“%s” sounds like an apology but is not one", words)
	case NotOurs:
		return diag.Textf("“%s” puts the responsibility elsewhere", words)
	case Officialese:
		return diag.Textf("“%s” is a stock phrase", words)
	case Arguing:
		return diag.Textf("“%s” argues with the reader", words)
	case VagueSolution:
		return diag.Textf("“%s” promises something without a date", words)
	case Minimising:
		return diag.Textf("“%s” plays it down", words)
	case Passive:
		return diag.Textf("“%s” does not say who did it", words)
	case Leftover:
		return diag.Textf("“%s” is left over from a template or a draft", words)
	case Absolute:
		return diag.Textf("“%s” is an absolute claim", words)
	}
	panic("lexicon: no category " + string(c))
}

// quoted reports whether words of the category are a fault inside quotation marks, too. What users or
// media said is not the organisation's voice; a stock phrase is a fault whoever is quoted with it.
func (c Category) quoted() bool { return c == Officialese }

// asked reports whether words of the category are a fault in a question, too. "Is it completely safe?"
// claims nothing.
func (c Category) asked() bool { return c != Absolute }

// dated reports whether words of the category are a fault in a block that has a time outside its text.
func (c Category) dated() bool { return c != VagueSolution }
