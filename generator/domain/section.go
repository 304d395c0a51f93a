package domain

// Section is the id of a heading with a meaning. Texts may have headings of any other id besides.
type Section string

// The sections of a progress page (playbook §1 and §2).
const (
	SectionWhatHappened Section = "what-happened"
	SectionKnown        Section = "known"
	SectionUnknown      Section = "unknown"
	SectionRemedy       Section = "remedy"
	SectionHowToTell    Section = "how-to-tell" // whether one is affected
	SectionWhatYouCanDo Section = "what-you-can-do"
	SectionShortTerm    Section = "short-term" // what changes now
	SectionLongTerm     Section = "long-term"  // what changes for good
	SectionEvidence     Section = "evidence"   // only a starter file words it
	SectionRights       Section = "rights"     // likewise
)

// Sections returns the sections of a progress page that a theme words, in the order of the page.
func Sections() []Section {
	return append(Facts(), SectionRemedy, SectionWhatYouCanDo, SectionHowToTell, SectionShortTerm, SectionLongTerm)
}

// Facts returns the sections that say what is true at a time, in the order of the page.
func Facts() []Section { return []Section{SectionWhatHappened, SectionKnown, SectionUnknown} }

// The groups of an update (playbook §3).
const (
	GroupDone     Section = "done"
	GroupDoing    Section = "doing"
	GroupProblems Section = "problems"
	GroupNext     Section = "next"
)

// Groups returns all groups.
func Groups() []Section { return []Section{GroupDone, GroupDoing, GroupProblems, GroupNext} }

// The six parts of a final report (playbook §5).
const (
	PartOverview     Section = "overview"
	PartData         Section = "data"
	PartCause        Section = "cause"
	PartAssessment   Section = "assessment"
	PartImprovements Section = "improvements"
	PartTimetable    Section = "timetable"
)

// Parts returns all parts of a final report.
func Parts() []Section {
	return []Section{PartOverview, PartData, PartCause, PartAssessment, PartImprovements, PartTimetable}
}
