package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// A task is a program that is run again and again, each time into another directory.
type task struct {
	name  string
	args  func(output string) []string
	costs []cost
}

// builds measures on one corpus what builds and checks it.
func (b *bench) builds(kind string, s site) error {
	build := func(output string) []string {
		return []string{b.candor, "build", "--content", s.content, "--output", output}
	}
	same := b.output(kind, "same", 0) // the round that does not count fills it
	floor := &task{name: "floor", args: func(output string) []string {
		return []string{b.self, "floor", s.content, output}
	}}
	cold := &task{name: "candor build", args: build}
	check := &task{name: "candor check", args: func(string) []string {
		return []string{b.candor, "check", "--content", s.content}
	}}
	again := &task{name: "build again", args: func(string) []string { return build(same) }}
	tasks := []*task{floor, cold, check, again}
	hugo := &task{name: "hugo", args: func(output string) []string {
		return []string{b.hugo, "--source", s.hugo, "--destination", output}
	}}
	if b.hugo != "" {
		tasks = append(tasks, hugo)
	}
	if err := b.rounds(kind, tasks); err != nil {
		return err
	}
	b.table.title("%s: %d incidents × %d updates, %d rounds", kind, b.incidents, b.updates, b.runs)
	for _, t := range tasks {
		if err := b.describe(kind, s, t); err != nil {
			return err
		}
	}
	b.table.ratio("cold build ÷ floor", kind, ratios(cold, floor, wall), atMost(1.4))
	b.table.ratio("cold build ÷ floor, CPU", kind, ratios(cold, floor, cpu), noTarget)
	if b.hugo != "" {
		b.table.ratio("cold build ÷ Hugo", kind, ratios(cold, hugo, wall), atMost(0.25))
		b.table.ratio("cold build ÷ Hugo, CPU", kind, ratios(cold, hugo, cpu), noTarget)
		b.table.ratio("memory ÷ Hugo's", kind, ratios(cold, hugo, memory), atMost(0.4))
	}
	b.table.ratio("check ÷ build", kind, ratios(check, cold, wall), atMost(1))
	b.table.ratio("build again ÷ cold build", kind, ratios(again, cold, wall), noTarget)
	return b.unchanged(kind, s, cold)
}

// unchanged measures a look at everything and a build where nothing has changed, in one process.
func (b *bench) unchanged(kind string, s site, cold *task) error {
	if _, err := b.measure("again", b.self, "again", s.content); err != nil {
		return err
	}
	var milliseconds []float64
	for _, line := range strings.Fields(b.said("again")) {
		took, err := strconv.ParseFloat(line, 64)
		if err != nil {
			return err
		}
		milliseconds = append(milliseconds, took)
	}
	b.table.line("unchanged rebuild", "ms", milliseconds)
	share := spreadOf(milliseconds).median / 1000 / spreadOf(values(cold.costs, wall)).median
	b.table.ratio("unchanged rebuild ÷ cold build", kind, spreadOf([]float64{share}), noTarget)
	return nil
}

// output is where round n of a program writes. No run deletes what another wrote, everything goes at the very end:
// ext4 does not reuse an inode for five minutes after its file was deleted, and searches past all such inodes for each
// file that it creates, so that after deleting 23,000 files writing as many takes twenty seconds instead of one.
func (b *bench) output(kind, name string, n int) string {
	return filepath.Join(b.work, fmt.Sprintf("%s-%s-%d", kind, name, n))
}

// rounds runs the tasks one after the other, in a round that does not count and then in those that do. Which of them
// goes first changes each time, so that a machine that grows slower or faster meanwhile favours none.
func (b *bench) rounds(kind string, tasks []*task) error {
	for round := range b.runs + 1 {
		for turn := range tasks {
			t := tasks[(round+turn)%len(tasks)]
			c, err := b.measure(kind+"-"+t.name, t.args(b.output(kind, t.name, round))...)
			if err != nil {
				return err
			}
			if round > 0 {
				t.costs = append(t.costs, c)
			}
		}
	}
	return nil
}

// describe prints what a task took and wrote, after it has made sure that a generator did the work that it is timed
// for: each incident has its pages.
func (b *bench) describe(kind string, s site, t *task) error {
	b.table.line(t.name+", wall", "s", values(t.costs, wall))
	b.table.line(t.name+", CPU", "s", values(t.costs, cpu))
	b.table.line(t.name+", peak memory", "MB", values(t.costs, memory))
	output := b.output(kind, t.name, b.runs)
	if t.name == "candor build" || t.name == "hugo" {
		if err := complete(s.content, output); err != nil {
			return fmt.Errorf("%s left out a page: %w", t.name, err)
		}
	}
	size, err := sizeOf(output)
	switch {
	case errors.Is(err, fs.ErrNotExist): // it writes nothing there
		if t.name == "candor check" {
			said := b.said(kind + "-" + t.name)
			b.table.note("candor check found %s", said[strings.LastIndexByte(said, '\n')+1:])
		}
		return nil
	case err == nil:
		b.table.note("%s wrote %s", t.name, size)
	}
	return err
}

// complete reports an incident without one of its pages.
func complete(content, output string) error {
	incidents, err := os.ReadDir(filepath.Join(content, "incidents"))
	if err != nil {
		return err
	}
	for _, incident := range incidents {
		for _, page := range []string{"index.html", "faq/index.html", "report/index.html", "updates"} {
			if _, err := os.Stat(filepath.Join(output, incident.Name(), page)); err != nil {
				return err
			}
		}
	}
	return nil
}

// sizeOf says how many regular files there are below a directory, and their size.
func sizeOf(dir string) (string, error) {
	files, size := 0, int64(0)
	err := filepath.WalkDir(dir, func(_ string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		info, err := entry.Info()
		if err == nil {
			files++
			size += info.Size()
		}
		return err
	})
	return fmt.Sprintf("%d files, %.1f MB", files, float64(size)/1e6), err
}

// The parts of a cost, in the units of the table.
func wall(c cost) float64   { return c.wall.Seconds() }
func cpu(c cost) float64    { return c.cpu.Seconds() }
func memory(c cost) float64 { return float64(c.memory) / 1e6 }

// values are one part of each cost.
func values(costs []cost, part func(cost) float64) []float64 {
	out := make([]float64, len(costs))
	for i, c := range costs {
		out[i] = part(c)
	}
	return out
}

// ratios divides one part of the costs of two tasks, round by round.
func ratios(above, below *task, part func(cost) float64) spread {
	return spreadOf(divide(values(above.costs, part), values(below.costs, part)))
}

// divide divides pairs of figures, as many as both lists have.
func divide(above, below []float64) []float64 {
	out := make([]float64, min(len(above), len(below)))
	for i := range out {
		out[i] = above[i] / below[i]
	}
	return out
}
