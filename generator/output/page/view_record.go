package page

// Record is the page of an incident that says what was published when, and what was changed in it.
type Record struct {
	Base
	Incident    Link
	Seals       []Seal // newest first
	Fingerprint string // of the ledger after the newest of them
}

// Seal is what was recorded at one time.
type Seal struct {
	At        Time
	Revisions []Revision
}

// Revision is a text that was published, changed or withdrawn.
type Revision struct {
	Kind     string // publish, typo, correction or withdrawal
	KindWord string
	Title    string // of the text
	Lang     string // language of Title and Changes
	Reason   string // empty if none was given
	Update   *Link  // the update that corrects it; nil if there is none
	Changes  []Difference
	Omitted  bool // the change is too long to be shown
	Deleted  bool // nobody has the text any more
}

// Difference is a piece of a text that was changed.
type Difference struct {
	Op   string // same, gone or new; "cut" where text in between is left out
	Text string
}
