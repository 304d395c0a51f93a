package domain

import (
	"path"
	"strings"
)

// contentTypes are the types of files by the ending of their names. The list is our own,
// because that of the system differs from one machine to the next.
var contentTypes = map[string]string{
	".html": "text/html", ".htm": "text/html", ".css": "text/css", ".js": "text/javascript", ".mjs": "text/javascript",
	".txt": "text/plain", ".md": "text/plain", ".log": "text/plain", ".csv": "text/csv", ".ics": "text/calendar",
	".json": "application/json", ".map": "application/json", ".webmanifest": "application/manifest+json",
	".xml": "application/xml", ".atom": "application/atom+xml", ".svg": "image/svg+xml",

	".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif", ".webp": "image/webp",
	".avif": "image/avif", ".ico": "image/x-icon", ".pdf": "application/pdf", ".zip": "application/zip",
	".mp4": "video/mp4", ".m4v": "video/mp4", ".webm": "video/webm", ".mp3": "audio/mpeg", ".m4a": "audio/mp4",
	".ogg": "audio/ogg", ".oga": "audio/ogg", ".wav": "audio/wav", ".woff2": "font/woff2",
}

// ContentType returns the type of a file, with the encoding if it is text.
func ContentType(name string) string {
	kind, known := contentTypes[strings.ToLower(path.Ext(name))]
	switch {
	case !known:
		return "application/octet-stream"
	case strings.HasPrefix(kind, "text/") || strings.HasPrefix(kind, "application/") && strings.HasSuffix(kind, "json"),
		strings.HasSuffix(kind, "xml"):
		return kind + "; charset=utf-8"
	}
	return kind
}
