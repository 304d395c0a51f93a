package main

// checkPart measures candor building the corpus and checking it in turn: the rules have to cost no more than the pages
// that they are about.
func (b *bench) checkPart() error {
	content, candor, err := b.subject()
	if err != nil {
		return err
	}
	var builds, checks []cost
	for pair := range b.runs + 1 {
		for turn := range 2 {
			output := b.output("check", 2*pair+turn)
			args, costs := []string{"build", "--content", content, "--output", output}, &builds
			if (pair+turn)%2 == 1 {
				args, costs = []string{"check", "--content", content}, &checks
			}
			c, err := measure(b.ctx, output+".log", candor, args...)
			if err != nil {
				return err
			}
			*costs = append(*costs, c)
		}
	}
	builds, checks = builds[1:], checks[1:]
	b.table.title("check of %d × %d, %d pairs of runs", b.incidents, b.updates, b.runs)
	b.table.costs("candor build", builds)
	b.table.costs("candor check", checks)
	ratios := make([]float64, b.runs)
	for i := range ratios {
		ratios[i] = checks[i].wall.Seconds() / builds[i].wall.Seconds()
	}
	ratio := b.table.line("check ÷ build, wall", "×", ratios)
	for i := range ratios {
		ratios[i] = checks[i].cpu.Seconds() / builds[i].cpu.Seconds()
	}
	b.table.line("check ÷ build, CPU", "×", ratios)
	b.table.target("check", ratio.median, targetCheck, "× a build")
	return nil
}
