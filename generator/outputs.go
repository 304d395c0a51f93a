package generator

import (
	"candor/generator/output"
	"candor/generator/output/alert"
	"candor/generator/output/banner"
	"candor/generator/output/calendar"
	"candor/generator/output/data"
	"candor/generator/output/feed"
	"candor/generator/output/hosting"
	"candor/generator/output/page"
	"candor/generator/output/sitemap"
	"candor/generator/output/static"
	"candor/generator/output/status"
	"candor/generator/output/tiles"
)

// outputs is the table of all outputs. What they make is published together.
var outputs = []output.New{
	page.New,     // HTML for people
	sitemap.New,  // XML for search engines
	data.New,     // JSON for programs
	feed.New,     // Atom and JSON for feed readers
	tiles.New,    // the ledger, for whoever checks it
	calendar.New, // iCalendar for calendars
	banner.New,   // for other sites of the organisation
	alert.New,    // alerts for those who warn people
	status.New,   // for clients of status pages
	hosting.New,  // for crawlers and servers
	static.New,   // content/static, as it is
}
