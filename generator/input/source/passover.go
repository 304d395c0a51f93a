package source

import (
	"path"
	"strings"
)

// PassedOver says whether an entry of a folder is passed over in silence, so that
// a watcher need not speak of it. A folder that is passed over hides all below it.
func PassedOver(name string, isDir bool) bool { return name == "" || passOver(name, isDir) }

// passOver says whether an entry is none of ours: hidden, private, or left
// behind by an editor or a desktop.
func passOver(name string, isDir bool) bool {
	switch {
	case name[0] == '.' || name[0] == '_':
		return true
	case isDir:
		return false
	case strings.HasSuffix(name, "~"), name[0] == '#' && strings.HasSuffix(name, "#"):
		return true
	case strings.HasSuffix(name, "___jb_tmp___"), strings.HasSuffix(name, "___jb_old___"): // JetBrains
		return true
	case sedTemporary(name):
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

// sedTemporary says whether sed -i made the name: mkostemp(3) fills "sedXXXXXX"
// with letters of both cases and digits. Six small letters, one time in two
// hundred, may be a word such as "sediments", which is somebody's file.
func sedTemporary(name string) bool {
	filled, found := strings.CutPrefix(name, "sed")
	if !found || len(filled) != 6 {
		return false
	}
	word := true
	for i := range len(filled) {
		switch c := filled[i]; {
		case 'a' <= c && c <= 'z':
		case 'A' <= c && c <= 'Z', '0' <= c && c <= '9':
			word = false
		default:
			return false
		}
	}
	return !word
}

// private says whether a place in the tree, given from its top, is one that
// passOver hides.
func private(real string) bool {
	for part := range strings.SplitSeq(real, "/") {
		if part != "." && (part[0] == '.' || part[0] == '_') {
			return true
		}
	}
	return false
}
