// Command candor makes crisis information pages: it compiles Markdown incidents
// through a theme into progress pages, FAQs and final reports.
//
// Each command stands in a file of its own: it turns flags into calls of the
// packages below generator, and what comes back into text and an exit status.
// Diagnostics go to standard error, results for programs to standard output.
package main

import "os"

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }
