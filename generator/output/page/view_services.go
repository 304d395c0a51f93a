package page

// Service is a service, a product, a lot or a shop, and how it is.
type Service struct {
	ID        string
	Label     string
	Lang      string // language of Label, Region and Note if it is not the page's
	Region    string
	Note      string // how to tell it
	Condition string // operational, maintenance, degraded, partial or down
	Word      string // "Does not work"; of a product "Affected"
	Since     *Time  // nil if nobody said it
	Incident  *Link  // on pages of the whole site: the incident that says it
	URL       string // its part of the page of services; empty for those of one incident
}

// ServiceGroup is the services of one group; those without a group come first.
type ServiceGroup struct {
	Name     string // empty for those without
	Lang     string // language of Name if it is not the page's
	Services []Service
}

// Said is the services of which an update says the same.
type Said struct {
	Condition string
	Word      string
	Services  []Service
}

// Maintenance is when a planned maintenance is.
type Maintenance struct {
	Phase  string // announced, under-way or over
	Starts Time
	Ends   Time
}

// Services is the page with the history of each service.
type Services struct {
	Base
	Histories []History
	Contacts  []Contact
}

// History is what became of one service, newest first.
type History struct {
	Service
	Effects []Effect
	Omitted string // how many older ones are left out; empty if none
}

// Effect is that a service did not work, or not well, for a time.
type Effect struct {
	Condition string
	Word      string
	From      Time
	To        *Time  // nil while it lasts
	Length    string // "2 hours 5 minutes"; empty while it lasts
	Incident  Link
}
