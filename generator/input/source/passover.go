package source

import (
	"path"
	"regexp"
	"strings"
)

// PassedOver says whether an entry of a folder is none of ours, and passed over in
// silence: hidden, private, or left behind by an editor or a desktop. A folder that is
// passed over hides all below it.
func PassedOver(name string, isDir bool) bool {
	switch {
	case name == "" || name[0] == '.' || name[0] == '_':
		return true
	case isDir:
		return false
	case strings.HasSuffix(name, "~"), name[0] == '#' && strings.HasSuffix(name, "#"):
		return true
	case strings.HasSuffix(name, "___jb_tmp___"), strings.HasSuffix(name, "___jb_old___"): // JetBrains
		return true
	case len(name) == len("sedXXXXXX") && sedTemporary.MatchString(name):
		return true
	}
	switch strings.ToLower(path.Ext(name)) {
	case ".swp", ".swo", ".swn", ".swx", ".tmp", ".bak", ".orig", ".part", ".crdownload":
		return true
	}
	switch strings.ToLower(name) {
	case "4913", "thumbs.db", "desktop.ini":
		return true
	}
	return false
}

// sedTemporary is what sed -i calls a file: mkostemp(3) fills "sedXXXXXX" with letters of
// both cases and digits. Six small letters, one time in two hundred, may be a word such as
// "sediments", which is somebody's file.
var sedTemporary = regexp.MustCompile(`^sed[a-z]*[A-Z0-9][A-Za-z0-9]*$`)

// private says whether a place in the tree, given from its top, is one that
// PassedOver hides.
func private(real string) bool {
	for part := range strings.SplitSeq(real, "/") {
		if part != "." && (part[0] == '.' || part[0] == '_') {
			return true
		}
	}
	return false
}
