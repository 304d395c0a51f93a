package main

import (
	"fmt"
	"os"
	"path/filepath"
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
	floor := &task{name: "floor", args: func(output string) []string {
		return []string{b.self, "floor", s.content, output}
	}}
	cold := b.cold(s.content)
	check := &task{name: "candor check", args: func(string) []string {
		return []string{b.candor, "check", "--content", s.content}
	}}
	tasks := []*task{floor, cold, check}
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
		b.table.line(t.name+", wall", "s", values(t.costs, wall))
		b.table.line(t.name+", CPU", "s", values(t.costs, cpu))
		b.table.line(t.name+", peak memory", "MB", values(t.costs, memory))
		if t == floor || t == check {
			continue
		}
		if err := complete(s.content, b.output(kind, t.name, b.runs)); err != nil {
			return fmt.Errorf("%s left out a page: %w", t.name, err)
		}
	}
	said := b.said(kind + "-" + check.name)
	b.table.note("candor check found %s", said[strings.LastIndexByte(said, '\n')+1:])
	b.table.ratio("cold build ÷ floor", kind, ratios(cold, floor, wall), atMost(1.4))
	if b.hugo != "" {
		b.table.ratio("cold build ÷ Hugo", kind, ratios(cold, hugo, wall), atMost(0.25))
		b.table.ratio("memory ÷ Hugo's", kind, ratios(cold, hugo, memory), atMost(0.4))
	}
	b.table.ratio("check ÷ build", kind, ratios(check, cold, wall), atMost(1))
	return nil
}

// cold builds a site into an empty directory.
func (b *bench) cold(content string) *task {
	return &task{name: "candor build", args: func(output string) []string {
		return []string{b.candor, "build", "--content", content, "--output", output}
	}}
}

// exampleSite builds the repository's own content.
func (b *bench) exampleSite() error {
	build := b.cold("content")
	if err := b.rounds("example", []*task{build}); err != nil {
		return err
	}
	b.table.title("example site, %d builds", b.runs)
	b.table.line(build.name+", wall", "s", values(build.costs, wall))
	return nil
}

// output is where round n of a program writes. No run deletes what another wrote, everything goes
// at the very end: ext4 does not reuse an inode for five minutes after its file was deleted, and
// searches past all such inodes for each file that it creates, so that after deleting 23,000 files
// writing as many takes twenty seconds instead of one.
func (b *bench) output(kind, name string, n int) string {
	return filepath.Join(b.work, fmt.Sprintf("%s-%s-%d", kind, name, n))
}

// rounds runs the tasks one after the other, in a round that does not count and then in those that
// do. Which of them goes first changes each time, so that a machine that grows slower or faster
// meanwhile favours none.
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

// complete reports an incident without one of its pages: a generator must have done the work that
// it is timed for.
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
