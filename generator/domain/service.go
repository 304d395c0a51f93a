package domain

import "slices"

// Condition says how a service works, or whether a product, a lot or a shop is affected.
type Condition string

// The conditions. Of a product, "operational" means that it is not affected, and "down" that it is.
const (
	ConditionOperational Condition = "operational"
	ConditionMaintenance Condition = "maintenance"
	ConditionDegraded    Condition = "degraded"
	ConditionPartial     Condition = "partial"
	ConditionDown        Condition = "down"
)

// Conditions returns all conditions, from the best to the worst.
func Conditions() []Condition {
	return []Condition{ConditionOperational, ConditionMaintenance, ConditionDegraded, ConditionPartial, ConditionDown}
}

// Worse reports whether c is worse than another condition; none is better than any.
func (c Condition) Worse(than Condition) bool {
	order := Conditions()
	return slices.Index(order, c) > slices.Index(order, than)
}

// ServiceKind says what a service is to people.
type ServiceKind string

// The kinds of service.
const (
	ServiceKindService ServiceKind = "service" // people use it: it works or it does not
	ServiceKindProduct ServiceKind = "product" // people have it or bought there: it is affected or it is not
)

// ServiceKinds returns all kinds of service.
func ServiceKinds() []ServiceKind { return []ServiceKind{ServiceKindService, ServiceKindProduct} }

// Occasion says what an incident is.
type Occasion string

// The occasions.
const (
	OccasionIncident    Occasion = "incident"
	OccasionMaintenance Occasion = "maintenance" // planned: it begins and ends by the clock
)

// Occasions returns all occasions.
func Occasions() []Occasion { return []Occasion{OccasionIncident, OccasionMaintenance} }

// Phase is where a maintenance is, by the clock.
type Phase string

// The phases.
const (
	PhaseAnnounced Phase = "announced"
	PhaseUnderWay  Phase = "under-way"
	PhaseOver      Phase = "over"
)

// Phases returns all phases, in their order.
func Phases() []Phase { return []Phase{PhaseAnnounced, PhaseUnderWay, PhaseOver} }
