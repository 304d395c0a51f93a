package main

import (
	"fmt"
	"io"
)

// table prints the figures and keeps count of the targets missed.
type table struct {
	out    io.Writer
	missed int
}

// title starts a group of lines.
func (t *table) title(format string, args ...any) {
	fmt.Fprintf(t.out, "\n%s\n  %-32s %9s %9s %9s\n", fmt.Sprintf(format, args...), "", "median", "min", "max")
}

// line prints one measured quantity.
func (t *table) line(name, unit string, figures []float64) spread {
	s := spreadOf(figures)
	precision := map[string]int{"s": 3, "ms": 1, "MB": 1, "×": 2}[unit]
	fmt.Fprintf(t.out, "  %-32s %9.*f %9.*f %9.*f %s\n", name, precision, s.median, precision, s.low, precision, s.high, unit)
	return s
}

// costs prints what the runs of one program took, and returns the memory.
func (t *table) costs(program string, costs []cost) spread {
	var wall, cpu, memory []float64
	for _, c := range costs {
		wall = append(wall, c.wall.Seconds())
		cpu = append(cpu, c.cpu.Seconds())
		memory = append(memory, float64(c.memory)/1e6)
	}
	t.line(program+", wall", "s", wall)
	t.line(program+", CPU", "s", cpu)
	return t.line(program+", peak memory", "MB", memory)
}

// target says whether a median keeps to a limit.
func (t *table) target(name string, measured, limit float64, unit string) {
	verdict := "met"
	if measured > limit {
		verdict = "missed"
		t.missed++
	}
	fmt.Fprintf(t.out, "  target: %s at most %g %s: measured %.2f: %s\n", name, limit, unit, measured, verdict)
}

// note prints a line of words.
func (t *table) note(format string, args ...any) {
	fmt.Fprintf(t.out, "  "+format+"\n", args...)
}
