// Package domain has the words of the domain as types, each defined once: what an update is for, the
// status of an incident, whose fault it is, how serious it is, which sections a page has, what the
// organisation owes the public, and the layout of the content folder.
//
// A word is written in files exactly as its constant has it; what people read in its place comes
// from catalogues. Each type has a list of its words in the order in which people are offered
// them. The empty word means that none was given. The package knows nothing of the rest of the
// program, so that every other package can use it.
package domain

// Strings returns words as texts, for messages and flags.
func Strings[W ~string](words []W) []string { return convert[string](words) }

// Words returns texts as words. Whether each is one of the known words is for the caller to check.
func Words[W ~string](texts []string) []W { return convert[W](texts) }

func convert[To, From ~string](list []From) []To {
	if list == nil {
		return nil
	}
	converted := make([]To, len(list))
	for i, word := range list {
		converted[i] = To(word)
	}
	return converted
}
