package source

import "testing"

// TestPassedOver lists what programs leave beside a file while they save it. Those
// of vim and sed are as strace shows them.
func TestPassedOver(t *testing.T) {
	for _, name := range []string{
		"", ".a.md.swp", ".a.md.swx", "a.md.swp", "a.md.swo", "a.md.swn", "a.SWX", "4913", "a.md~", // vim
		"#a.md#", ".#a.md", // emacs
		"sedJx0jgf", "sed50inrP", "sedbN1ZS1", "sedn6S4vt", // sed -i
		"a.md___jb_tmp___", "a.md___jb_old___", // JetBrains
		".a.md.kate-swp", ".goutputstream-X2Y1Z0", ".~lock.a.odt#", "a.pdf.crdownload", "a.pdf.part",
		"~syncthing~a.md.tmp", ".syncthing.a.md.tmp", "Thumbs.db", "_private", ".git",
	} {
		if !PassedOver(name, false) {
			t.Errorf("%q is read", name)
		}
	}
	for _, name := range []string{
		"a.md", "part", "a.parts", "sed", "sedation", "sediments", "sedABC12.md", "sedABC1234", "sed-ABC12", "sedé1A3x", "Sed123456", "49130", "a.swap", "#a", "jb_tmp",
	} {
		if PassedOver(name, false) {
			t.Errorf("%q is passed over", name)
		}
	}
	for _, name := range []string{"sedJx0jgf", "a.tmp", "4913", "a~"} {
		if PassedOver(name, true) {
			t.Errorf("the folder %q is passed over", name)
		}
	}
}
