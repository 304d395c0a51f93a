package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// cost is what one process took.
type cost struct {
	wall, cpu time.Duration
	memory    int64 // peak resident bytes; 0 where the system does not say
}

// measure runs a program to its end, on a disk that is idle: what earlier runs left to be written would otherwise be
// paid by this one. What it says goes to a file, so that no pipe of ours slows it down, and is shown
// when it fails.
//
// A process starts with its parent's peak memory to its account (Linux counts from before the exec), so this program
// has to stay small: the corpus is written by a process of its own.
func measure(ctx context.Context, logs, program string, args ...string) (cost, error) {
	log, err := os.Create(logs)
	if err != nil {
		return cost{}, err
	}
	defer log.Close()
	command := exec.CommandContext(ctx, program, args...)
	command.Stdout, command.Stderr = log, log
	settle()
	start := time.Now()
	err = command.Run()
	wall := time.Since(start)
	if err != nil {
		return cost{}, fmt.Errorf("%s %s: %w\n%s", filepath.Base(program), strings.Join(args, " "), err, head(logs))
	}
	state := command.ProcessState
	return cost{wall: wall, cpu: state.UserTime() + state.SystemTime(), memory: peakMemory(state)}, nil
}

// head returns the first lines of a file: enough to see why a run failed.
func head(path string) string {
	text, err := os.ReadFile(path)
	if err != nil {
		return err.Error()
	}
	lines := bytes.SplitAfterN(text, []byte("\n"), 21)
	return string(bytes.Join(lines[:min(len(lines), 20)], nil))
}

// self is this program, to be started again for the corpus and the floor.
func self() (string, error) {
	path, err := os.Executable()
	if err != nil {
		return "", fmt.Errorf("find this program: %w", err)
	}
	return path, nil
}

// buildCandor compiles ./cmd/candor, unless a program was named.
func (b *bench) buildCandor() (string, error) {
	if b.candor != "" {
		return filepath.Abs(b.candor)
	}
	b.candor = filepath.Join(b.work, "candor.exe") // Windows wants the suffix, the others do not mind it
	command := exec.CommandContext(b.ctx, "go", "build", "-o", b.candor, "./cmd/candor")
	if said, err := command.CombinedOutput(); err != nil {
		return "", errors.Join(fmt.Errorf("go build ./cmd/candor: %w", err), errors.New(string(said)))
	}
	return b.candor, nil
}

// spread is the middle and the ends of some figures.
type spread struct{ median, low, high float64 }

// spreadOf describes figures, of which there is at least one.
func spreadOf(figures []float64) spread {
	sorted := slices.Sorted(slices.Values(figures))
	n := len(sorted)
	return spread{median: (sorted[(n-1)/2] + sorted[n/2]) / 2, low: sorted[0], high: sorted[n-1]}
}
