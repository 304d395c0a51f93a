package config

import (
	"cmp"
	"net/url"
	"strings"

	"candor/generator/diag"
	"candor/generator/input/tomldoc"
)

// Deploy is a store that candor deploy sends the site to.
type Deploy struct {
	Endpoint     string // web address of the store
	Bucket       string
	Prefix       string // of all names there; empty, or with a slash at its end
	Region       string
	PathStyle    bool   // the bucket is in the path of addresses
	Lock         bool   // the store has conditional writes
	CacheControl string // header of every file
	Invalidate   []string
}

// cacheControl lets shared caches keep a page for some seconds, and go on with it while the store is
// down. Browsers ask each time.
const cacheControl = "public, max-age=0, s-maxage=15, stale-if-error=86400"

// readDeploy reads the tables [deploy.NAME].
func (s *Site) readDeploy(t *tomldoc.Table) {
	tables := t.Table("deploy")
	for _, name := range tables.Keys() {
		d := tables.Table(name)
		if d == nil {
			continue
		}
		made := Deploy{
			Endpoint: d.String("endpoint"), Bucket: d.String("bucket"), Prefix: strings.Trim(d.String("prefix"), "/"),
			Region: cmp.Or(d.String("region"), "us-east-1"), PathStyle: d.Bool("path_style"),
			Lock:         !d.Has("lock") || d.Bool("lock"),
			CacheControl: cmp.Or(d.String("cache_control"), cacheControl), Invalidate: d.Strings("invalidate"),
		}
		if made.Prefix != "" {
			made.Prefix += "/"
		}
		address, err := url.Parse(made.Endpoint)
		if err != nil || address.Host == "" || address.Scheme != "https" && address.Scheme != "http" ||
			strings.Trim(address.Path, "/") != "" {
			d.Report("endpoint", "bad-value",
				diag.Textf("endpoint must be the web address of a store, not \"%s\"", made.Endpoint),
				diag.Textf("write for example: endpoint = \"https://s3.eu-west-1.amazonaws.com\""))
		}
		if made.Bucket == "" {
			d.Report("bucket", "bad-value", diag.Textf("the target has no bucket"),
				diag.Textf("add bucket = \"…\": the name of the bucket in the store"))
		}
		secret := diag.Textf("keys are no part of the content: " +
			"put them into AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY")
		d.Done(map[string]diag.Text{"access_key": secret, "secret_key": secret})
		if s.Deploy == nil {
			s.Deploy = map[string]Deploy{}
		}
		s.Deploy[name] = made
	}
}
