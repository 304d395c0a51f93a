// Package zone has the time zones of the IANA database, from its own copy: so the
// same content gives the same bytes on every machine, whatever is installed there.
// time.LoadLocation, even with time/tzdata, asks the machine first.
package zone

import (
	"archive/zip"
	"bytes"
	_ "embed"
	"io/fs"
	"sync"
	"time"
)

// data is $GOROOT/lib/time/zoneinfo.zip. To update it: go generate ./generator/zone
//
//go:generate sh -c "cp \"$(go env GOROOT)/lib/time/zoneinfo.zip\" ."
//go:embed zoneinfo.zip
var data []byte

var archive = sync.OnceValue(func() *zip.Reader {
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		panic("zone: " + err.Error())
	}
	return r
})

// Load returns the zone with a name of the IANA list, such as "Europe/London". The
// name is that of a place or of a distance from UTC: Factory, which stands for a
// machine that nobody has set up, is none.
func Load(name string) (*time.Location, error) {
	if name == "UTC" {
		return time.UTC, nil
	}
	if name == "Factory" {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	zone, err := fs.ReadFile(archive(), name)
	if err != nil {
		return nil, err
	}
	return time.LoadLocationFromTZData(name, zone)
}
