package generator_test

import (
	"fmt"
	"maps"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"candor/generator"
	"candor/generator/fileset"
)

// hostileSites are what editors and themes can write to make a build slow, each in any size: texts of so many
// bytes, at most as many as are read.
func hostileSites() map[string]func(size int) map[string]string {
	text := func(unit string) func(int) string {
		return func(size int) string { return strings.Repeat(unit, size/len(unit)) }
	}
	numbered := func(format string) func(int) string {
		return func(size int) string {
			var b strings.Builder
			for i := 0; b.Len() < size; i++ {
				b.WriteString(strings.ReplaceAll(format, "#1", fmt.Sprint(i)))
			}
			return b.String()
		}
	}
	sites := map[string]func(int) map[string]string{}
	for name, unit := range map[string]func(int) string{
		"headings":              text("## a\n"),
		"headings with words":   numbered("## a #1\n\nb\n\n"),
		"headings with ids":     numbered("## a {#i#1}\n"),
		"small headings":        numbered("#### a #1\n"),
		"groups":                text("## ✅\n\n- a\n\n"),
		"one line":              text("a "),
		"one word":              text("a"),
		"one line of Chinese":   text("我们道歉，"),
		"lines":                 text("a\n"),
		"paragraphs":            text("a\n\n"),
		"sentences":             text("We are sorry. It is fixed! Is it? "),
		"numbers":               numbered("#1 "),
		"numbers in paragraphs": numbered("#1\n\n"),
		"dates":                 text("On 4 November 2026 at 18:00. "),
		"phone numbers":         text("13800138000 "),
		"addresses":             text("a@b.example "),
		"items":                 text("- a\n"),
		"items of items":        text("- - - - a\n"),
		"quotations":            text("> > > > a\n\n"),
		"deep quotations":       text(strings.Repeat("> ", 31) + "a\n"),
		"deep lists":            text(strings.Repeat("- ", 31) + "a\n\n"),
		"tables":                text("|a|b|\n|-|-|\n|1|2|\n\n"),
		"one table": func(size int) string {
			return "|a|b|\n|-|-|\n" + strings.Repeat("|1|2|\n", min(size/6, 9_000))
		},
		"links":                      text("[a](../faq.md#q)\n\n"),
		"broken links":               numbered("[a](../nowhere-#1.md)\n\n"),
		"broken ids":                 numbered("[a](../faq.md#i#1)\n\n"),
		"addresses of the site":      numbered("[a](/a/#1/)\n\n"),
		"outside links":              text("[a](https://e.example/)\n\n"),
		"images":                     text("![a](../x.png)\n\n"),
		"promises":                   numbered("- [ ] a due:2026-11-05T07:00 id:p#1\n"),
		"ticks":                      numbered("- [x] a id:p#1\n"),
		"one promise":                text("- [ ] a due:2026-11-05T07:00 id:p\n"),
		"brackets":                   text("[a]\n\n"),
		"allowances":                 text("<!-- candor: allow wording, because a -->\na\n\n"),
		"comments":                   text("<!-- a -->\n\n"),
		"code":                       text("```\na\n```\n\n"),
		"absolutes":                  text("It is absolutely safe, never, always, 100%.\n\n"),
		"absolutes in one paragraph": text("It is absolutely safe, never, always, 100%. "),
		"stock phrases":              text("我们高度重视，绝对安全，从来没有。\n\n"),
		"breaks":                     text("a\\\n"),
		"rules":                      text("---\n\n"),
	} {
		front := "+++\ntitle = \"U\"\ntime = 2026-11-04T07:00\nkind = \"response\"\n+++\n"
		sites["update: "+name] = func(size int) map[string]string {
			return map[string]string{"incidents/a/updates/u.md": front + unit(size),
				"incidents/a/updates/u.zh-Hans.md": "+++\ntitle = \"T\"\n+++\n" + unit(size)}
		}
		sites["translation: "+name] = func(size int) map[string]string {
			return map[string]string{"incidents/a/updates/u.md": front + unit(size),
				"incidents/a/updates/u.zh-Hans.md": "+++\ntitle = \"T\"\n+++\nOnly this.\n\n" +
					strings.ToUpper(unit(size-size/16))}
		}
		sites["index: "+name] = func(size int) map[string]string {
			return map[string]string{"incidents/a/index.md": hostileIndex + unit(size),
				"incidents/a/index.zh-Hans.md": "+++\ntitle = \"T\"\n+++\n" + unit(size/2)}
		}
		sites["answers: "+name] = func(size int) map[string]string {
			return map[string]string{"incidents/a/faq.md": unit(size),
				"incidents/a/faq.zh-Hans.md": "## Q?\n\n" + unit(size/2),
				"incidents/a/report.md":      "+++\ntitle = \"R\"\ntime = 2026-11-04T08:00\n+++\n" + unit(size),
				"pages/about.md":             "+++\ntitle = \"A\"\n+++\n" + unit(size)}
		}
	}
	for name, unit := range map[string]func(int) string{
		"keys":          numbered("k#1 = 1\n"),
		"tables":        numbered("[t#1]\na = 1\n"),
		"deep keys":     numbered("a.b.c.d.e.f.g.h.i.k#1 = 1\n"),
		"contacts":      numbered("[[contact]]\nlabel = \"a\"\nvalue = \"v#1\"\n"),
		"files":         numbered("files.\"f#1\" = \"a\"\n"),
		"same contacts": text("[[contact]]\nlabel = \"a\"\nvalue = \"v\"\n"),
		"comments":      text("# candor: allow wording, because a\n"),
		"a long text":   func(size int) string { return "summary = \"" + strings.Repeat("a 1 ", size/4) + "\"\n" },
		"approvers":     func(size int) string { return "approved_by = [" + strings.Repeat("\"a\",", size/4) + "]\n" },
	} {
		sites["front matter: "+name] = func(size int) map[string]string {
			keys := unit(min(size/16, 64_000))
			return map[string]string{"incidents/a/index.md": strings.Replace(hostileIndex, "\n+++", "\n"+keys+"+++", 1)}
		}
	}
	for name, unit := range map[string]func(int) string{
		"languages": numbered("[languages.en-x-a#1]\nname = \"a\"\n"),
		"persons":   numbered("[[person]]\nid = \"p#1\"\nname = \"a\"\n"),
		"types":     numbered("[types.t#1]\nlabel = \"a\"\nfirst_response = \"1h\"\n"),
		"profiles":  numbered("[profiles.p#1.clocks]\nlevel_1 = \"1h\"\n"),
		"rules":     numbered("rules.r#1 = \"off\"\n"),
		"params":    numbered("params.p#1 = \"off\"\n"),
		"contacts":  numbered("[[contact]]\nlabel = \"a\"\nvalue = \"v#1\"\n"),
		"messages":  numbered("languages.zh-Hans.messages.a.m#1 = \"a\"\n"),
		"a message that repeats": func(size int) string {
			return "[languages.zh-Hans.messages]\ncounts.updates = \"" + strings.Repeat("{0}", size/3) + "\"\n"
		},
		"a date that repeats": func(size int) string {
			return "[languages.zh-Hans.messages.dates]\nfull = \"" + strings.Repeat("{clock}", size/14) + "\"\nclock = \"" +
				strings.Repeat("{hh}", size/8) + "\"\n"
		},
	} {
		sites["site.toml: "+name] = func(size int) map[string]string {
			return map[string]string{"site.toml": hostileSettings + unit(min(size/16, 60_000))}
		}
	}
	sites["wording.toml: entries"] = func(size int) map[string]string {
		return map[string]string{"wording.toml": "language = \"en\"\n" +
			numbered("[[entry]]\nid = \"e#1\"\ncategory = \"absolute\"\nmatch = [\"a#1 b\"]\ninstead = \"c\"\n")(min(size/16, 60_000))}
	}
	for name, rows := range map[string]string{
		"metrics.csv":  "time,negative,neutral,positive,reads\n2026-11-#D,1,2,3,4\n",
		"timeline.csv": "time,kind,text,source\n2026-11-#D,media,a,https://e.example/\n",
		"cases.csv":    "id,priority,opened,reached,solved,satisfied\n#1,high,2026-11-#D,2026-11-04T09:00,2026-11-04T10:00,yes\n",
	} {
		header, row, _ := strings.Cut(rows, "\n")
		sites[name] = func(size int) map[string]string {
			var b strings.Builder
			b.WriteString(header + "\n")
			for i := 0; b.Len() < 8*size && i < 200_000; i++ {
				at := fmt.Sprintf("%02dT%02d:%02d:%02d", 1+i/86_400, i/3600%24, i/60%60, i%60)
				b.WriteString(strings.NewReplacer("#D", at, "#1", fmt.Sprint(i)).Replace(row))
			}
			return map[string]string{"incidents/a/" + name: b.String(),
				"incidents/a/report.md": "+++\ntitle = \"R\"\ntime = 2026-11-04T08:00\n+++\nText.\n"}
		}
	}
	sites["one CSV cell"] = func(size int) map[string]string {
		return map[string]string{"incidents/a/timeline.csv": "time,kind,text\n2026-11-01T00:00,media,\"" + strings.Repeat("a\n", 4*size) + "\"\n"}
	}
	sites["files"] = func(size int) map[string]string {
		files := map[string]string{}
		front := "[files]\n"
		for i := 0; len(front) < min(size/16, 60_000); i++ {
			front += fmt.Sprintf("\"f%d.txt\" = \"x\"\n", i)
			files[fmt.Sprintf("incidents/a/f%d.txt", i)] = "a"
		}
		files["incidents/a/index.md"] = strings.Replace(hostileIndex, "\n+++", "\n"+front+"+++", 1)
		return files
	}
	sites["files in folders"] = func(size int) map[string]string {
		files := map[string]string{}
		for i := range size / 26 {
			files[fmt.Sprintf("incidents/a/d%d/f%d.txt", i%100, i)] = "a"
		}
		return files
	}
	for name, unit := range map[string]string{"numbers": "12345 ", "phone numbers": "13800138000 ", "signs": "1-", "@": "a.b@"} {
		sites["a file of "+name] = func(size int) map[string]string {
			return map[string]string{"incidents/a/x.txt": strings.Repeat(unit, 64*size/len(unit)),
				"incidents/a/index.md": strings.Replace(hostileIndex, "\n+++", "\nfiles.\"x.txt\" = \"x\"\n+++", 1)}
		}
	}
	sites["a drawing"] = func(size int) map[string]string {
		return map[string]string{"incidents/a/x.svg": "<svg>" + strings.Repeat("<g>", 8*size/3) + strings.Repeat("</g>", 8*size/4),
			"incidents/a/index.md": strings.Replace(hostileIndex, "\n+++", "\nfiles.\"x.svg\" = \"x\"\n+++", 1)}
	}
	for name, template := range map[string]string{
		"a number": `{{range 2000000000}}{{end}}`, "itself": `{{template "layouts/faq" .}}`,
		"doubling":   `{{$x := "ab"}}{{range 60}}{{$x = print $x $x}}{{end}}{{$x}}`,
		"formats":    `{{range 1000000}}{{$x := printf "%999999d" 1}}{{end}}`,
		"nested":     `{{range 1000}}{{range 1000}}{{range 1000}}{{end}}{{end}}{{end}}`,
		"lists":      `{{$x := list 1}}{{range 60}}{{$x = list $x $x}}{{end}}{{print $x}}`,
		"escapes":    `{{$x := "<"}}{{range 60}}{{$x = html $x $x}}{{end}}{{$x}}`,
		"joins":      `{{$x := "a"}}{{range 60}}{{$x = join (list $x $x) "b"}}{{end}}`,
		"long lines": strings.Repeat("a ", 1<<19),
		"many tags":  strings.Repeat("<b>", 1<<18),
		"many ifs":   strings.Repeat("{{if .}}", 1<<16) + strings.Repeat("{{end}}", 1<<16),
		"actions":    strings.Repeat("{{.Title}}", 1<<16),
	} {
		sites["template: "+name] = func(int) map[string]string {
			return map[string]string{"incidents/a/faq.md": "## Q?\n\nA.\n", "themes/plain/layouts/faq.html": template}
		}
	}
	sites["style sheet"] = func(size int) map[string]string {
		return map[string]string{"themes/plain/assets/style.css": strings.Repeat("a{color:red}\n", 8*size/13)}
	}
	sites["style sheet, nested"] = func(size int) map[string]string {
		return map[string]string{"themes/plain/assets/style.css": strings.Repeat("a{", size/2) + strings.Repeat("}", size/2)}
	}
	return sites
}

const (
	hostileSize  = 256<<10 - 200 // bytes: as many as are read of a text, with its front matter
	hostileIndex = "+++\ntitle = \"I\"\nlevel = 2\ntype = \"experience\"\nstance = \"full\"\n" +
		"known = 2026-11-04T06:00\n+++\n"
	hostileSettings = "title = \"S\"\nbase_url = \"https://s.example/\"\nlanguages.zh-Hans.name = \"Z\"\n"
)

// hostileInput is a hostile site over a small one.
func hostileInput(b testing.TB, files map[string]string) generator.Input {
	all := map[string]string{"site.toml": hostileSettings, "incidents/a/index.md": hostileIndex,
		"incidents/a/faq.md": "## Q {#q}\n\nA.\n"}
	themes := map[string]string{}
	for path, text := range files {
		if rest, ok := strings.CutPrefix(path, "themes/"); ok {
			themes[rest] = text
		} else {
			all[path] = text
		}
	}
	in := input(b, all)
	var own []fileset.File
	for path, text := range themes {
		own = append(own, fileset.NewFile(path, []byte(text)))
	}
	in.Themes = fileset.Overlay(in.Themes, fileset.Must(own))
	return in
}

// BenchmarkHostile builds each hostile site in half and in its whole size. It reports the processor time of the whole,
// which must stay below 2 s, its ratio to that of the half, which is 2 if it grows with the size, and how many megabytes
// were in use at the most.
func BenchmarkHostile(b *testing.B) {
	sites := hostileSites()
	for _, name := range slices.Sorted(maps.Keys(sites)) {
		b.Run(strings.ReplaceAll(name, " ", "-"), func(b *testing.B) {
			var half, whole time.Duration
			peak := uint64(0)
			for b.Loop() {
				half, _ = hostileBuild(b, sites[name](hostileSize/2))
				whole, peak = hostileBuild(b, sites[name](hostileSize))
			}
			b.ReportMetric(whole.Seconds(), "s")
			b.ReportMetric(whole.Seconds()/half.Seconds(), "whole/half")
			b.ReportMetric(float64(peak>>20), "MB")
			b.ReportMetric(0, "ns/op")
		})
	}
}

// hostileBuild builds once and returns how long it took, and the most memory that was in use.
func hostileBuild(b *testing.B, files map[string]string) (time.Duration, uint64) {
	in := hostileInput(b, files)
	runtime.GC()
	done, peak := make(chan struct{}), make(chan uint64)
	go func() {
		most := uint64(0)
		for tick := time.NewTicker(5 * time.Millisecond); ; {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			most = max(most, m.HeapInuse)
			select {
			case <-tick.C:
			case <-done:
				peak <- most
				return
			}
		}
	}()
	start := cpuTime()
	result := generator.Build(in)
	took := cpuTime() - start
	close(done)
	require.NotNil(b, result.Settings)
	return took, <-peak
}
