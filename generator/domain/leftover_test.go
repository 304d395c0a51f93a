package domain_test

import (
	"strings"
	"testing"

	"candor/generator/domain"
)

// TestPassedOver lists what programs leave beside a file. What vim and sed leave is as strace shows it.
func TestPassedOver(t *testing.T) {
	for _, name := range []string{
		"", ".a.md.swp", ".a.md.swx", "a.md.swp", "a.md.swo", "a.md.swn", "a.SWX", "4913", "a.md~", // vim
		"#a.md#", ".#a.md", "a.md.~2~", "a.md.un~", // emacs, vim's history
		"sedJx0jgf", "sed50inrP", "sedbN1ZS1", "sedn6S4vt", // sed -i
		"a.md___jb_tmp___", "a.md___jb_old___", // JetBrains
		"index.md.save", "index.md.save.1", "DEADJOE", "index.md.crswap", "nohup.out", // nano, joe, Chromium
		".a.md.kate-swp", ".goutputstream-X2Y1Z0", ".~lock.a.odt#", "a.pdf.crdownload", "a.pdf.part",
		"~syncthing~a.md.tmp", ".syncthing.a.md.tmp", "Thumbs.db", "THUMBS.DB", "Desktop.ini", "_private", ".git",
		"~$报告.docx", "~$report.DOCX", "~WRL0001.tmp", "report.wbk", "data.laccdb", // office programs
		"index.md.orig", "index.md.rej", "index.md.mine", "index.md.r123", "INDEX.MD.R7", // merges
		"index_BACKUP_1234.md", "index_LOCAL_1234.md", "index.md.BACKUP.1234.md", "index.md.REMOTE.1234.md",
		"a.pdf.filepart", "a.pdf.partial", "a.pdf.Download", "a.zip.xltd", "a.zip.downloading", // downloads
		"cases (conflicted copy).csv", "a (Amara's conflicted copy 2026-11-04).md", "a.sync-conflict-20261104-101010-AB.md",
		"进展（冲突副本）.md", "＿private", "a.bak", "a.temp",
	} {
		if !domain.PassedOver(name, false) {
			t.Errorf("%q is read", name)
		}
	}
	for _, name := range []string{
		"a.md", "part", "a.parts", "sed", "sedation", "sediments", "sedABC12.md", "sedABC1234", "sed-ABC12", "sedé1A3x",
		"Sed123456", "49130", "a.swap", "#a", "jb_tmp", "report.r", "report.rev2", "index.md.2", "save.1", "local_1234",
		"base-1234.pdf", "knowledge_base_2026.pdf", "local.md", "a_base.pdf",
		"id_rsa", "cases.csv.old", "node_modules", "#1.pdf", "~a.pdf",
		"conflict.pdf", "冲突.pdf", "index", "remote",
	} {
		if domain.PassedOver(name, false) {
			t.Errorf("%q is passed over", name)
		}
	}
	for _, name := range []string{"node_modules", "CVS", ".svn", ".hg", "@eaDir", "#recycle", "$RECYCLE.BIN", ".stfolder",
		".sync", ".dropbox.cache", "updates (conflicted copy)", "_notes", "System Volume Information"} {
		if !domain.PassedOver(name, true) {
			t.Errorf("the folder %q is read", name)
		}
	}
	for _, name := range []string{"sedJx0jgf", "a.tmp", "4913", "a~", "updates", "annex.part", ".well-known"} {
		if domain.PassedOver(name, true) {
			t.Errorf("the folder %q is passed over", name)
		}
	}
}

// FuzzPassedOver: no name makes it panic, and what begins with "_" or "." is never read.
func FuzzPassedOver(f *testing.F) {
	for _, seed := range []string{"a.md", "index_BACKUP_1.md", ".r1", "_", "backup", ".save.1", "a.backup", "a_base"} {
		f.Add(seed, false)
	}
	f.Fuzz(func(t *testing.T, name string, isDir bool) {
		over := domain.PassedOver(name, isDir)
		if !over && strings.ContainsAny(name[:1], "._") {
			t.Errorf("%q is read", name)
		}
	})
}
