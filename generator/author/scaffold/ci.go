package scaffold

import (
	"embed"
	"slices"

	"candor/generator/fileset"
	"candor/generator/message"
)

// ci has one script that does the work on every host, and what each host needs to run it.
//
//go:embed ci
var ci embed.FS

// CIHosts returns the hosts that a new site can have a recipe for. "shell" is any machine.
func CIHosts() []string { return []string{"github", "gitlab", "shell"} }

// recipe returns the files of a recipe.
func recipe(host string) (fileset.Set, error) {
	if !slices.Contains(CIHosts(), host) {
		return fileset.Set{}, choose(message.Textf("there is no recipe for %q", host), host, CIHosts())
	}
	from := map[string]string{"ci/candor.sh": "ci/candor.sh", "ci/pre-commit": "ci/pre-commit"}
	switch host {
	case "github":
		from[".github/workflows/candor.yml"] = "ci/github.yml"
	case "gitlab":
		from[".gitlab-ci.yml"] = "ci/gitlab.yml"
	}
	var files []fileset.File
	for path, name := range from {
		data, err := ci.ReadFile(name)
		if err != nil {
			return fileset.Set{}, err
		}
		files = append(files, fileset.NewFile(path, data))
	}
	return fileset.New(files)
}
