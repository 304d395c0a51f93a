package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
)

// noisy is how far the ratios of a run may lie apart before the run says that it is not to be trusted.
const noisy = 1.3

// subject returns the corpus and the program that is measured on it.
func (b *bench) subject() (content, candor string, err error) {
	if content, err = b.corpus(); err == nil {
		candor, err = b.buildCandor()
	}
	return content, candor, err
}

// buildPart measures the floor and candor on the corpus in turn, and candor again where nothing has changed.
func (b *bench) buildPart() error {
	content, candor, err := b.subject()
	if err != nil {
		return err
	}
	floors, candors, err := b.pairs(content, candor)
	if err != nil {
		return err
	}
	b.table.title("cold build of %d × %d, %d pairs of runs", b.incidents, b.updates, b.runs)
	b.table.costs("floor", floors)
	memory := b.table.costs("candor", candors)
	ratios := make([]float64, b.runs)
	for i := range ratios {
		ratios[i] = candors[i].wall.Seconds() / floors[i].wall.Seconds()
	}
	ratio := b.table.line("candor ÷ floor, wall", "×", ratios)
	if ratio.high > noisy*ratio.low {
		b.table.note("noisy: the pairs differ by more than %g ×; let the machine rest, or set TMPDIR to a memory file system", noisy)
	}
	for i := range ratios {
		ratios[i] = candors[i].cpu.Seconds() / floors[i].cpu.Seconds()
	}
	b.table.line("candor ÷ floor, CPU", "×", ratios)
	for _, name := range []string{"floor", "candor"} {
		size, err := sizeOf(b.output(name, b.runs))
		if err != nil {
			return err
		}
		b.table.note("%s wrote %s", name, size)
	}
	b.table.target("cold build", ratio.median, targetRatio, "× the floor")
	if memory.high > 0 {
		b.table.target("memory", memory.high, targetMemoryMB, "MB")
	}
	return b.unchanged(content, candor)
}

// output is where run number n of a program writes. No run deletes what another wrote, everything goes at the very end:
// ext4 does not reuse an inode for five minutes after its file was deleted, and searches past all such inodes for each
// file that it creates, so that after deleting 23,000 files writing as many takes twenty seconds instead of one.
func (b *bench) output(name string, n int) string {
	return filepath.Join(b.work, fmt.Sprintf("out-%s-%d", name, n))
}

// pairs runs the floor and candor one after the other, a warm-up and then the runs that count. Which of them goes first
// changes each time, so that a machine that grows slower or faster meanwhile favours neither.
func (b *bench) pairs(content, candor string) (floors, candors []cost, err error) {
	program, err := self()
	if err != nil {
		return nil, nil, err
	}
	runs := []struct {
		name, program string
		args          []string
		costs         []cost
	}{
		{name: "floor", program: program, args: []string{"floor", content}},
		{name: "candor", program: candor, args: []string{"build", "--content", content, "--output"}},
	}
	for pair := range b.runs + 1 {
		for turn := range runs {
			r := &runs[(pair+turn)%len(runs)]
			output := b.output(r.name, pair)
			c, err := measure(b.ctx, output+".log", r.program, append(slices.Clone(r.args), output)...)
			if err != nil {
				return nil, nil, err
			}
			r.costs = append(r.costs, c)
		}
		if err := complete(content, b.output("candor", pair)); err != nil {
			return nil, nil, err
		}
	}
	return runs[0].costs[1:], runs[1].costs[1:], nil
}

// complete makes sure that candor did the work it is timed for: each incident has its page.
func complete(content, output string) error {
	incidents, err := os.ReadDir(filepath.Join(content, "incidents"))
	if err != nil {
		return err
	}
	for _, incident := range incidents {
		if _, err := os.Stat(filepath.Join(output, incident.Name(), "index.html")); err != nil {
			return fmt.Errorf("candor build left out an incident: %w", err)
		}
	}
	return nil
}

// unchanged measures candor building into the output that it has just written.
func (b *bench) unchanged(content, candor string) error {
	costs := make([]cost, b.runs)
	output := b.output("candor", b.runs)
	for i := range costs {
		c, err := measure(b.ctx, output+".log", candor, "build", "--content", content, "--output", output)
		if err != nil {
			return err
		}
		costs[i] = c
	}
	b.table.title("the same again, nothing changed, %d runs", b.runs)
	b.table.costs("candor", costs)
	return nil
}
