//go:build !(linux && (amd64 || arm64 || riscv64 || loong64))

package publish

// openFolder returns the folder of held.
func openFolder(h *held) folder { return h.root }
