package watch

import "syscall"

// silent returns the name of the file system that holds a folder if no event, or
// none for a change by another machine, can be expected from it; else "". The
// numbers are f_type of statfs(2), from linux/magic.h and the sources of the
// file systems that are not in it.
func silent(folder string) string {
	var st syscall.Statfs_t
	if err := syscall.Statfs(folder, &st); err != nil {
		return "" // whoever watches the folder meets the error too
	}
	switch uint32(st.Type) {
	case 0x6969:
		return "nfs"
	case 0x517b, 0xfe534d42, 0xff534d42:
		return "smb"
	case 0x01021997: // also the Windows drives of WSL 2
		return "9p"
	case 0x65735546: // also sshfs, virtiofs, and the shared folders of container desktops
		return "fuse"
	case 0x786f4256:
		return "vboxsf"
	case 0xbacbacbc:
		return "vmhgfs"
	case 0x7c7c6673:
		return "prl_fs"
	case 0x53464846: // WSL 1, whose Windows drives tell of some changes only
		return "wslfs"
	case 0x0bd00bd0:
		return "lustre"
	case 0x00c36400:
		return "ceph"
	case 0x5346414f, 0x6b414653:
		return "afs"
	case 0x73757245:
		return "coda"
	case 0x564c:
		return "ncpfs"
	case 0x47504653:
		return "gpfs"
	case 0x01161970:
		return "gfs2"
	case 0x7461636f:
		return "ocfs2"
	case 0x19830326:
		return "beegfs"
	}
	return ""
}
