package domain

// Kind says what an update is for (playbook §3).
type Kind string

// The kinds.
const (
	KindProgress   Kind = "progress"
	KindCorrection Kind = "correction" // of an earlier update
	KindResolution Kind = "resolution"
	KindFollowUp   Kind = "follow-up" // after the incident is resolved
	KindResponse   Kind = "response"  // the first one is the first response
)

// Kinds returns all kinds.
func Kinds() []Kind {
	return []Kind{KindProgress, KindCorrection, KindResolution, KindFollowUp, KindResponse}
}

// Status is the state of an incident from an update on.
type Status string

// The statuses.
const (
	StatusInvestigating Status = "investigating"
	StatusIdentified    Status = "identified"
	StatusMonitoring    Status = "monitoring"
	StatusResolved      Status = "resolved"
)

// Statuses returns all statuses, in the order in which an incident goes through them.
func Statuses() []Status {
	return []Status{StatusInvestigating, StatusIdentified, StatusMonitoring, StatusResolved}
}

// Promise is the state of a promise (playbook §3).
type Promise string

// The states of a promise.
const (
	PromiseOverdue  Promise = "overdue"
	PromiseOpen     Promise = "open"
	PromiseKeptLate Promise = "kept-late"
	PromiseKept     Promise = "kept"
)

// Promises returns all states of a promise, in the order in which a reader wants them.
func Promises() []Promise {
	return []Promise{PromiseOverdue, PromiseOpen, PromiseKeptLate, PromiseKept}
}

// Duty is a kind of thing that an organisation owes the public at a time (playbook §3 and §5).
type Duty string

// The duties.
const (
	DutyResponse    Duty = "first-response"
	DutyUpdate      Duty = "update"
	DutyPromise     Duty = "promise"
	DutyReport      Duty = "report"
	DutyFollowUp    Duty = "follow-up"
	DutyPublication Duty = "publication" // a text that is published by itself at its time
	DutyStart       Duty = "maintenance-starts"
	DutyEnd         Duty = "maintenance-ends"
	DutyPosting     Duty = "stop-posting" // scheduled promotion stops while the incident is open
	DutyCopies      Duty = "copies"       // an update is carried to channels; the site as such does not know it
)

// Duties returns all duties.
func Duties() []Duty {
	return []Duty{DutyResponse, DutyUpdate, DutyPromise, DutyReport, DutyFollowUp, DutyPublication, DutyStart, DutyEnd, DutyPosting,
		DutyCopies}
}

// Layer is who a text for a channel is for (playbook §2).
type Layer string

// The layers.
const (
	LayerCore      Layer = "core"      // those who were harmed, one by one
	LayerFollowers Layer = "followers" // those who follow what becomes of it
	LayerPublic    Layer = "public"
)

// Layers returns all layers, the innermost first.
func Layers() []Layer { return []Layer{LayerCore, LayerFollowers, LayerPublic} }
