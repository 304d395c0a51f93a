package domain

import "strconv"

// Stance says whose fault an incident is (playbook §2).
type Stance string

// The stances.
const (
	StanceFull      Stance = "full"
	StancePartial   Stance = "partial"
	StanceUnfounded Stance = "unfounded" // what is said is not so
)

// Stances returns all stances.
func Stances() []Stance { return []Stance{StanceFull, StancePartial, StanceUnfounded} }

// Level says how serious an incident is (playbook §1): 1 is the most serious; 0 means that none was
// given.
type Level int

// The levels.
const (
	Level1 Level = 1 + iota // law, safety, values
	Level2                  // it harms the reputation, but is under control
	Level3                  // local
)

// Levels returns all levels, the most serious first.
func Levels() []Level { return []Level{Level1, Level2, Level3} }

// Valid reports whether l is a level that an incident can have.
func (l Level) Valid() bool { return l >= Level1 && l <= Level3 }

// String returns the digit.
func (l Level) String() string { return strconv.Itoa(int(l)) }

// The types of incident that every site has (playbook §1). A site can add types of its own, so that
// a type is a text and not one of a fixed set.
const (
	TypeProductQuality   = "product-quality"
	TypeFalseAdvertising = "false-advertising"
	TypeRemarks          = "remarks"
	TypeAttack           = "attack"
	TypeExperience       = "experience"
)

// BuiltinTypes returns the types that every site has.
func BuiltinTypes() []string {
	return []string{TypeProductQuality, TypeFalseAdvertising, TypeRemarks, TypeAttack, TypeExperience}
}

// Scope, Severity and Speed are the axes by which a level is chosen (playbook §1).
type (
	Scope    string // how far it has spread
	Severity string // how bad it is
	Speed    string // how fast it spreads
)

// The words of the axes, the least serious first.
const (
	ScopeLocal     Scope = "local"
	ScopeSpreading Scope = "spreading"
	ScopeOutbreak  Scope = "outbreak"

	SeverityGeneral Severity = "general"
	SeveritySerious Severity = "serious"
	SeverityMajor   Severity = "major"

	SpeedSlow      Speed = "slow"
	SpeedFast      Speed = "fast"
	SpeedExplosive Speed = "explosive"
)

// Scopes returns all scopes.
func Scopes() []Scope { return []Scope{ScopeLocal, ScopeSpreading, ScopeOutbreak} }

// Severities returns all severities.
func Severities() []Severity { return []Severity{SeverityGeneral, SeveritySerious, SeverityMajor} }

// Speeds returns all speeds.
func Speeds() []Speed { return []Speed{SpeedSlow, SpeedFast, SpeedExplosive} }
