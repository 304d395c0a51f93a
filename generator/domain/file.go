package domain

// The folders of the content folder, and of an incident.
const (
	FolderIncidents  = "incidents"
	FolderScenarios  = "scenarios"
	FolderPages      = "pages"
	FolderArchetypes = "archetypes" // the site's own, below their languages
	FolderStatic     = "static"
	FolderLedger     = "ledger"
	FolderUpdates    = "updates" // of an incident
)

// The files of the content folder that have fixed names.
const (
	FileSite     = "site.toml"
	FileWords    = "wording.toml"  // the site's own word lists
	FileChannels = "channels.toml" // what the site says of channels

	// Of an incident.
	FileIndex    = "index.md"
	FileFAQ      = "faq.md"
	FileReport   = "report.md"
	FileMetrics  = "metrics.csv"
	FileTimeline = "timeline.csv"
	FileCases    = "cases.csv"
)

// DataFiles returns the files of an incident that are read and never published.
func DataFiles() []string { return []string{FileMetrics, FileTimeline, FileCases} }
