//go:build !linux && !darwin

package main

import "os"

// peakMemory is unknown on this system.
func peakMemory(*os.ProcessState) int64 { return 0 }

// settle would wait for the disk; here there is no plain way to.
func settle() {}
