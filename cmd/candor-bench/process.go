package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"time"
)

// cost is what one process took.
type cost struct {
	wall, cpu time.Duration
	memory    int64 // peak resident bytes; 0 if the system does not say
}

// start starts a program. What it says goes to a file named after log, so that no pipe of ours slows it down.
func (b *bench) start(log string, args ...string) (*exec.Cmd, error) {
	file, err := os.Create(filepath.Join(b.work, log+".log"))
	if err != nil {
		return nil, err
	}
	defer file.Close()
	command := exec.CommandContext(b.ctx, args[0], args[1:]...)
	command.Stdout, command.Stderr = file, file
	return command, command.Start()
}

// said returns what a program has said so far.
func (b *bench) said(log string) string {
	text, err := os.ReadFile(filepath.Join(b.work, log+".log"))
	if err != nil {
		return err.Error()
	}
	return strings.TrimSpace(string(text))
}

// measure runs a program to its end, on a disk that is idle: what earlier runs left to be written would otherwise be
// paid by this one.
//
// A process starts with its parent's peak memory to its account (Linux counts from before the exec), so this program
// has to stay small: corpora and Hugo sites are written by processes of their own.
func (b *bench) measure(log string, args ...string) (cost, error) {
	settle()
	start := time.Now()
	command, err := b.start(log, args...)
	if err == nil {
		err = command.Wait()
	}
	wall := time.Since(start)
	if err != nil {
		said := b.said(log)
		return cost{}, fmt.Errorf("%s: %w\n%s", strings.Join(args, " "), err, said[max(0, len(said)-2000):])
	}
	state := command.ProcessState
	return cost{wall: wall, cpu: state.UserTime() + state.SystemTime(), memory: peakMemory(state)}, nil
}

// server is a preview that runs.
type server struct {
	command *exec.Cmd
	address string // ends with a slash
	ended   chan struct{}
}

var localAddress = regexp.MustCompile(`http://(localhost|127\.0\.0\.1):\d+/`)

// serve starts a preview and waits until it says its address.
func (b *bench) serve(log string, args ...string) (*server, error) {
	settle()
	command, err := b.start(log, args...)
	if err != nil {
		return nil, err
	}
	s := &server{command: command, ended: make(chan struct{})}
	go func() {
		_ = command.Wait() // after Ctrl-C its exit status says nothing
		close(s.ended)
	}()
	for s.address == "" {
		select {
		case <-s.ended:
			return nil, fmt.Errorf("%s did not start:\n%s", args[0], b.said(log))
		case <-time.After(50 * time.Millisecond):
			s.address = localAddress.FindString(b.said(log))
		}
	}
	return s, nil
}

// stop ends a preview as Ctrl-C does, or else by force, and returns its peak memory in MB.
func (s *server) stop() float64 {
	if err := s.command.Process.Signal(os.Interrupt); err != nil {
		_ = s.command.Process.Kill() // it may have ended already
	}
	<-s.ended
	return float64(peakMemory(s.command.ProcessState)) / 1e6
}
