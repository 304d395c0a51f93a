package publish

import (
	"io/fs"
	"maps"
	"path"
	"slices"
)

// survey is what a directory holds where files of ours are or must be, by path: all
// that is in these folders. What is behind a link or in any other folder is not in it.
type survey map[string]fs.FileInfo

// survey looks at the folder top for the files of the record and the items.
func (t *target) survey(d disk, top string, own record, items []item) (survey, error) {
	there := survey{}
	folders := above(slices.AppendSeq(pathsOf(items), maps.Keys(own.files)))
	err := byDepth(append(folders, "."), func(names []string) error {
		names = slices.DeleteFunc(names, func(name string) bool { return name != "." && !there.isFolder(name) })
		listed := make([][]fs.FileInfo, len(names))
		err := each(t.workers, len(names), func(i int) (err error) {
			listed[i], err = d.list(path.Join(top, names[i]))
			if missing(err) {
				return nil
			}
			return wrap("list", names[i], err)
		})
		for i, list := range listed {
			for _, info := range list {
				there[path.Join(names[i], info.Name())] = info
			}
		}
		return err
	})
	return there, err
}

func (s survey) isFolder(name string) bool { info, exists := s[name]; return exists && info.IsDir() }

func (s survey) isFile(name string) bool {
	info, exists := s[name]
	return exists && info.Mode().IsRegular()
}
