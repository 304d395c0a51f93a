package domain

import (
	"path"
	"regexp"
	"strings"
)

// leftovers are the names that programs leave in folders and that nobody means to publish, in small
// letters. What begins with a dot is never read either, so dotfiles are not listed.
var leftovers = struct {
	names    []string // of files
	folders  []string
	prefixes []string // of files
	endings  []string // of files
	parts    []string // of files and folders: anywhere in the name
}{
	names: []string{
		"thumbs.db", "ehthumbs.db", "ehthumbs_vista.db", "desktop.ini", "icon\r", "$recycle.bin", // desktops
		"4913", "deadjoe", "nohup.out", // vim, joe, nohup
	},
	folders: []string{
		"cvs", "node_modules", "nppbackup", // version control, npm, Notepad++
		"@eadir", "@tmp", "#recycle", "#snapshot", "@recycle", "@recently-snapshot", // Synology, QNAP
		"$recycle.bin", "recycler", "system volume information", "lost+found", "found.000", // disks
	},
	prefixes: []string{
		"~$", "~wrl", "~wrd", // Microsoft Office, WPS: the writer's name; half a save
		"~syncthing~", "~lock.",
	},
	endings: []string{
		".swp", ".swo", ".swn", ".swx", ".un~", ".save", ".crswap", ".kate-swp", // vim, nano, Chromium, Kate
		".tmp", ".temp", ".bak", ".asd", ".wbk", ".laccdb", ".ldb", // backups and locks of office programs
		".orig", ".rej", ".mine", ".theirs", // merges and patches
		".part", ".partial", ".filepart", ".crdownload", ".download", ".opdownload", ".aria2", // downloads
		".downloading", ".xltd", ".td", ".!ut", ".bc!", ".!qb", ".dtapart",
		"___jb_tmp___", "___jb_old___", // JetBrains
	},
	parts: []string{
		"conflicted copy", "conflict copy", "sync-conflict-", "_conflict-", // Dropbox, Nextcloud, Syncthing
		"冲突副本", "冲突文件", "衝突副本", "衝突複本", "~conflict~", ".dropbox",
	},
}

// mergeParts stand before a number in the names of the files that git mergetool compares, always in
// capitals: knowledge_base_2026.pdf is somebody's file.
var mergeParts = [...]string{"BACKUP", "BASE", "LOCAL", "REMOTE"}

// WellKnown is the one folder with a hidden name that is read and published: RFC 8615 says what is in it.
const WellKnown = ".well-known"

// PassedOver reports whether an entry of a folder is never read: it is hidden, private, or left behind by
// a program. A folder that is passed over hides all below it.
func PassedOver(name string, isDir bool) bool {
	if name == WellKnown && isDir {
		return false
	}
	if name == "" || name[0] == '.' || Private(name) {
		return true
	}
	lower := strings.ToLower(name)
	if has(lower, leftovers.parts, strings.Contains) {
		return true
	}
	if isDir {
		return has(lower, leftovers.folders, equal)
	}
	return has(lower, leftovers.names, equal) || has(lower, leftovers.prefixes, strings.HasPrefix) ||
		has(lower, leftovers.endings, strings.HasSuffix) || lower[len(lower)-1] == '~' ||
		lower[0] == '#' && lower[len(lower)-1] == '#' || numbered(lower) || merged(name) ||
		len(name) == len("sedXXXXXX") && sedTemporary.MatchString(name)
}

// Private reports whether the name says that a file or folder is private.
func Private(name string) bool { return name[0] == '_' || strings.HasPrefix(name, "＿") }

func has(name string, list []string, is func(name, s string) bool) bool {
	for _, s := range list {
		if is(name, s) {
			return true
		}
	}
	return false
}

func equal(a, b string) bool { return a == b }

// numbered reports whether a name ends in what counts versions of one file: report.md.r123 of
// Subversion, index.md.save.1 of nano, report.md.~2~ of Emacs.
func numbered(name string) bool {
	end := path.Ext(name)
	if rest, found := strings.CutPrefix(end, ".r"); found {
		return digits(rest)
	}
	return end != "" && digits(end[1:]) && strings.HasSuffix(strings.TrimSuffix(name, end), ".save")
}

// merged reports whether git mergetool made the name: index_BACKUP_1234.md, or index.md.BASE.1234.md.
func merged(name string) bool {
	for _, part := range mergeParts {
		at := strings.LastIndex(name, part)
		if at < 1 || !strings.ContainsRune("._", rune(name[at-1])) {
			continue
		}
		rest := name[at+len(part):]
		if rest == "" {
			continue
		}
		number, _, _ := strings.Cut(rest[1:], ".")
		if strings.ContainsRune("._", rune(rest[0])) && len(number) > 1 && digits(number) {
			return true
		}
	}
	return false
}

func digits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// sedTemporary is what sed -i calls a file: mkostemp(3) fills "sedXXXXXX" with letters of both cases and
// digits. Six small letters, one time in two hundred, may be a word such as "sediments", which is
// somebody's file.
var sedTemporary = regexp.MustCompile(`^sed[a-z]*[A-Z0-9][A-Za-z0-9]*$`)
