package fileset

// Change says what became of one path between two sets.
type Change int

// The kinds of Change.
const (
	Added Change = iota
	Modified
	Removed
)

// Difference is one path that two sets do not hold alike.
type Difference struct {
	Path   string
	Change Change
}

// Diff returns what turns old into new, in the order of the paths.
func Diff(old, new Set) []Difference {
	var diff []Difference
	i, j := 0, 0
	for i < len(old.files) || j < len(new.files) {
		switch {
		case i < len(old.files) && j < len(new.files) && old.files[i] == new.files[j]:
			i, j = i+1, j+1
		case j == len(new.files) || i < len(old.files) && old.files[i].Path < new.files[j].Path:
			diff = append(diff, Difference{old.files[i].Path, Removed})
			i++
		case i == len(old.files) || new.files[j].Path < old.files[i].Path:
			diff = append(diff, Difference{new.files[j].Path, Added})
			j++
		default:
			if old.files[i].Sum != new.files[j].Sum {
				diff = append(diff, Difference{new.files[j].Path, Modified})
			}
			i, j = i+1, j+1
		}
	}
	return diff
}
