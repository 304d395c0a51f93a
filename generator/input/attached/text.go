package attached

import (
	"bytes"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// decodeLimit bounds what is converted into UTF-8.
const decodeLimit = 16 << 20

// decode returns the text of a file in UTF-8: one that is in UTF-8 or UTF-16, or in GB 18030, in which
// spreadsheets on Chinese computers save CSV. Ok is false if it is not a text.
func decode(data []byte) (text []byte, ok bool) {
	var err error
	switch {
	case len(data) > decodeLimit && !utf8.Valid(data):
		return nil, false
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
		data, err = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Bytes(data)
	case bareUTF16(data, 1):
		data, err = unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewDecoder().Bytes(data)
	case bareUTF16(data, 0):
		data, err = unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM).NewDecoder().Bytes(data)
	case hasBinary(data):
		return nil, false
	case !utf8.Valid(data):
		data, err = simplifiedchinese.GB18030.NewDecoder().Bytes(data)
	}
	return data, err == nil
}

// bareUTF16 reports whether a file is in UTF-16 without its mark: at its beginning, a quarter of the characters or more
// are Latin, so that the bytes at odd or at even places are NUL, and the others never are.
func bareUTF16(data []byte, odd int) bool {
	head := data[:min(len(data), headerLength)/2*2]
	nul := 0
	for i := 0; i < len(head); i += 2 {
		if head[i+1-odd] == 0 {
			return false
		}
		if head[i+odd] == 0 {
			nul++
		}
	}
	return len(head) >= 8 && nul >= len(head)/8
}

// hasBinary reports whether the beginning of a file has bytes that no text has (MIME Sniffing standard,
// "binary data byte").
func hasBinary(data []byte) bool {
	for _, c := range data[:min(len(data), headerLength)] {
		if c <= 0x08 || c == 0x0b || c >= 0x0e && c <= 0x1a || c >= 0x1c && c <= 0x1f {
			return true
		}
	}
	return false
}
