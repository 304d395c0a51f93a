package history

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"candor/generator/message"
)

// decode reads a JSON file, and says where it is not what is expected.
func decode(name string, data []byte, into any) error {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	err := json.Unmarshal(data, into)
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	at := int64(len(data))
	switch {
	case err == nil:
		return nil
	case errors.As(err, &syntax):
		at = syntax.Offset
	case errors.As(err, &kind):
		at = kind.Offset
	}
	before := data[:min(at, int64(len(data)))]
	row := 1 + bytes.Count(before, []byte("\n"))
	column := len(before) - 1 - bytes.LastIndexByte(before, '\n')
	return message.Errorf("%s:%d:%d: this is not the JSON that is expected: %w\nsave the export again", name, row,
		max(1, column), err)
}

// instant reads a time as programs write it; zero if it is none.
func instant(text string) time.Time {
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05.999999999Z0700", "2006-01-02 15:04:05 -0700",
		"2006-01-02 15:04:05 MST", "2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02T15:04", "2006-01-02 15:04",
		"2006-01-02"} {
		if t, err := time.Parse(layout, strings.TrimSpace(text)); err == nil {
			return t.Truncate(time.Second)
		}
	}
	return time.Time{}
}
