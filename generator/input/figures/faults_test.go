package figures

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"candor/generator/diag"
	"candor/generator/fileset"
)

// read reads a file by its name and returns what was found.
func read(name string, data []byte, zone *time.Location) diag.List {
	file := fileset.NewFile(name, data)
	switch name {
	case "metrics.csv":
		_, found := ReadMetrics(file, zone)
		return found
	case "timeline.csv":
		_, found := ReadTimeline(file, zone)
		return found
	}
	_, found := ReadCases(file, zone)
	return found
}

func TestFaults(t *testing.T) {
	const (
		m = "time,negative,neutral,positive,followers,satisfaction\n"
		e = "time,kind,text,source\n"
		c = "id,channel,priority,opened,reached,solved,satisfied\n"
	)
	for _, test := range []struct{ name, file, text, want string }{
		{"empty file", "metrics.csv", "", `0:0+0 error bad-value: the file is empty | begin it with the names of the columns: time,negative,neutral,positive,mentions,reads,likes,comments,reposts,complaints,followers,sales,satisfaction`},
		{"mark and blanks alone", "timeline.csv", "\ufeff\r\n\n", `0:0+0 error bad-value: the file is empty | begin it with the names of the columns: time,kind,text,source`},
		{"no header", "metrics.csv", "2026-11-04T18:00,1,2\n", `1:1+20 error bad-value: the first line does not name the columns | begin the file with: time,negative,neutral,positive,mentions,reads,likes,comments,reposts,complaints,followers,sales,satisfaction`},
		{"no header in a ledger", "cases.csv", "A1,phone,high,2026-11-04T18:00,,,\n", `1:1+33 error bad-value: the first line does not name the columns | begin the file with: id,channel,priority,opened,reached,solved,satisfied`},
		{"header twice", "timeline.csv", e + "2026-11-04T18:00,media,x,\n" + e, `3:1+21 error bad-value: this is the header again | delete this line`},
		{"column twice", "metrics.csv", "time,reads,阅读量\n", `1:12+3 error duplicate-id: there are two columns 阅读量 | delete one of the two`},
		{"column missing in Chinese", "timeline.csv", "时间,内容\n", `1:1+5 error bad-value: the column 类型 is missing | a header is: 时间,类型,内容,来源`},
		{"column unknown in Chinese", "timeline.csv", "时间,类形,内容,备注\n", `1:1+11 error bad-value: the column 类型 is missing | a header is: 时间,类型,内容,来源
1:4+2 error unknown-key: there is no column "类形" in this file | did you mean "类型"?
1:10+2 error unknown-key: there is no column "备注" in this file | the columns are: 时间,类型,内容,来源`},
		{"kind unknown in Chinese", "timeline.csv", "时间,类别,内容\n2026-11-04T18:00,报道,x\n", `2:18+2 error bad-value: there is no 类别 "报道" | one of: 传播, 媒体, 情绪, 监管, 行动`},
		{"shares in Chinese", "metrics.csv", "时间,负面,中性,正面\n2026-11-04T18:00,5%,6,7\n", `2:18+6 error bad-value: shares and counts are mixed in this row | write 负面, 中性 and 正面 with percent signs, or none of them`},
		{"share of a number in Chinese", "metrics.csv", "时间,粉丝数\n2026-11-04T18:00,5%\n", `2:18+2 error bad-value: "5%" is a share; 粉丝数 is a number | write how many there were`},
		{"ledger in Chinese", "cases.csv", "编号,优先级,登记,联系时间,解决,满意\nA1,急,2026-11-04T18:00,2026-11-04T17:00,,好\n", `2:4+1 error bad-value: this is not a priority | one of: 高, 中, 低
2:23+16 error bad-date: 联系时间 is before 登记 | a case is opened first
2:41+1 error bad-value: this is neither yes nor no | write 是 or 否, or leave it empty if nobody has answered`},
		{"own column twice", "metrics.csv", "time,公里 a,公里  a\n", `1:11+5 error duplicate-id: there are two columns 公里 a | delete one of the two`},
		{"column missing", "timeline.csv", "time,text\n", `1:1+9 error bad-value: the column kind is missing | a header is: time,kind,text,source`},
		{"unknown column", "timeline.csv", "time,kind,txt,text\n", `1:11+3 error unknown-key: there is no column "txt" in this file | did you mean "text"?`},
		{"unknown column, unlike any", "timeline.csv", "time,kind,text,remark\n", `1:16+6 error unknown-key: there is no column "remark" in this file | the columns are: time,kind,text,source`},
		{"own column like a known one", "metrics.csv", "time,folowers\n", `1:6+8 warning unknown-key: the column "folowers" is one of your own | did you mean "followers"?`},
		{"column without a name", "metrics.csv", "time,,reads\n2026-11-04T18:00,5,1\n", `2:18+1 error bad-value: this cell is in a column without a name | name the column in the first line`},
		{"semicolons", "metrics.csv", "time;reads\n2026-11-04T18:00;1\n", `1:5+1 error bad-value: the columns are separated by ";", not by commas | save the file as CSV with commas: time,negative,neutral,positive,mentions,reads,likes,comments,reposts,complaints,followers,sales,satisfaction`},
		{"tabs", "timeline.csv", "\ufeff时间\t类型\t内容\n", `1:3+1 error bad-value: the columns are separated by tabs, not by commas | save the file as CSV with commas: time,kind,text,source`},
		{"full-width commas", "timeline.csv", "时间，类型，内容\n", `1:3+1 error bad-value: the columns are separated by "，", not by commas | save the file as CSV with commas: time,kind,text,source`},
		{"too few cells", "metrics.csv", m + "2026-11-04T18:00,1,2\n", `2:21+1 error bad-value: this row has 3 cells, the header 6 | leave a cell empty if there is nothing to say, but keep its comma`},
		{"too many cells", "metrics.csv", m + "2026-11-04T18:00,1,2,3,1,234,5\n", `2:30+1 error bad-value: this row has 7 cells, the header 6 | put a text that has a comma into quotation marks, and write numbers without separators: 1234`},
		{"bare quote", "timeline.csv", e + "2026-11-04T18:00,media,公 \"x\" y,\n2026-11-05T18:00,media,fine,\n", `2:26+1 error bad-value: there is a quotation mark inside a cell that does not begin with one | put quotation marks around the whole cell, and write each one inside it twice`},
		{"text after a quote", "timeline.csv", e + "2026-11-04T18:00,media,\"公\" y,\n2026-11-05T18:00,media,fine,\n", `2:27+1 error bad-value: there is text after the quotation mark that ends the cell | write a quotation mark inside a cell twice`},
		{"quote without end", "timeline.csv", e + "2026-11-04T18:00,media,\"a, b\n2026-11-05T18:00,bad,fine,\n", `2:24+1 error bad-value: the quotation mark that begins here has no end | end the cell with a quotation mark
3:18+3 error bad-value: there is no kind "bad" | one of: action, authority, feeling, media, spread`},
		{"fault below a cell of two lines", "timeline.csv", e + "2026-11-04T18:00,media,\"公\r\n\n司\",\n2026-11-05T18:00,公,fine,\n", `5:18+1 error bad-value: there is no kind "公" | one of: action, authority, feeling, media, spread`},
		{"fault in the second line of a cell's row", "timeline.csv", e + "2026-11-04T18:00,media,\"公\n司\",javascript:alert(1)\n", `3:4+19 error bad-value: the source is an address of the scheme javascript | write write write write write write write an http or https address, or words without a colon`},
		{"not a number", "metrics.csv", m + "2026-11-04T18:00,many,2,3,1,\n", `2:18+4 error bad-value: "many" is not a number | write digits, with a point before decimals; leave the cell empty if there is no figure`},
		{"separated number", "metrics.csv", m + "2026-11-04T18:00,1,2,3,\"1,234,567\",\n", `2:24+11 error bad-value: "1,234,567" is not a number | write it without separators: 1234567`},
		{"point as separator", "metrics.csv", m + "2026-11-04T18:00,1,2,3,1.234,\n", `2:24+5 error bad-value: "1.234" is not a whole number | a point begins decimals: write a thousand as 1000`},
		{"decimal comma", "metrics.csv", m + "2026-11-04T18:00,1,2,3,1,\"61,5\"\n", `2:26+6 error bad-value: "61,5" is not a number | write decimals after a point: 61.5`},
		{"digits written out", "metrics.csv", m + "2026-11-04T18:00,1,2,3,1.2万,\n", `2:24+4 error bad-value: "1.2万" is not a number | write all digits of the number`},
		{"full-width digits", "metrics.csv", m + "2026-11-04T18:00,1,2,3,１２３,\n", `2:24+3 error bad-value: "１２３" is not a number | write it without full-width characters: 123`},
		{"hexadecimal, exponents, infinity", "metrics.csv", m + "2026-11-04T18:00,0x1p4,1e3,Inf,NaN,+5\n", `2:18+5 error bad-value: "0x1p4" is not a number | write digits, with a point before decimals; leave the cell empty if there is no figure
2:24+3 error bad-value: "1e3" is not a number | write digits, with a point before decimals; leave the cell empty if there is no figure
2:28+3 error bad-value: "Inf" is not a number | write digits, with a point before decimals; leave the cell empty if there is no figure
2:32+3 error bad-value: "NaN" is not a number | write digits, with a point before decimals; leave the cell empty if there is no figure
2:36+2 error bad-value: "+5" is not a number | write digits, with a point before decimals; leave the cell empty if there is no figure`},
		{"too many digits", "metrics.csv", m + "2026-11-04T18:00,1,2,3,12345678901234567,\n", `2:24+17 error bad-value: "12345678901234567" has too many digits | write at most 15 digits`},
		{"negative count", "metrics.csv", m + "2026-11-04T18:00,-1,2,3,1,\n", `2:18+2 error bad-value: "-1" is negative | write what was counted`},
		{"share over 100", "metrics.csv", m + "2026-11-04T18:00,101%,,,1,\n", `2:18+4 error bad-value: "101%" is a share of more than 100% | a share is 0 to 100%`},
		{"satisfaction over 100", "metrics.csv", m + "2026-11-04T18:00,,,,1,100.5\n", `2:23+5 error bad-value: "100.5" is a share of more than 100% | a share is 0 to 100%`},
		{"satisfaction of one or of a hundred", "metrics.csv", m + "2026-11-04T18:00,,,,1,0.84\n", `2:23+4 error bad-value: "0.84" can be read as a part of 1 and as a percentage | write a percentage: 84, or 84%`},
		{"share where a number belongs", "metrics.csv", m + "2026-11-04T18:00,,,,5%,\n", `2:21+2 error bad-value: "5%" is a share; followers is a number | write how many there were`},
		{"shares and counts", "metrics.csv", m + "2026-11-04T18:00,20%,30,50%,1,\n", `2:18+10 error bad-value: shares and counts are mixed in this row | write negative, neutral and positive with percent signs, or none of them`},
		{"shares that do not add up", "metrics.csv", m + "2026-11-04T18:00,20%,30%,40.5%,1,\n", `2:18+13 error bad-value: the shares of this row add up to 90.5% | negative, neutral and positive together are 100%`},
		{"half a comment", "metrics.csv", m + "2026-11-04T18:00,20.5,30,40,1,\n", `2:18+4 error bad-value: "20.5" is neither a number of comments nor a share | write whole numbers of comments, or shares that add up to 1 or 100`},
		{"percentages and numbers in an own column", "metrics.csv", "time,refunds\n2026-11-04T18:00,3%\n2026-11-05T18:00,\n2026-11-06T18:00,4\n", `4:18+1 error bad-value: percentages and numbers are mixed in the column refunds | write all of them with a percent sign, or none`},
		{"time missing", "metrics.csv", m + ",1,2,3,1,\n", `2:1+1 error bad-date: the time is missing | write 2026-11-04T18:00`},
		{"date of a spreadsheet", "metrics.csv", m + "2026/11/4 8:05,1,2,3,1,\n", `2:1+14 error bad-date: "2026/11/4 8:05" is not a date and time | write 2026-11-04T08:05`},
		{"date in Chinese", "metrics.csv", m + "２０２６年11月4日 18:05,1,2,3,1,\n", `2:1+16 error bad-date: "２０２６年11月4日 18:05" is not a date and time | write 2026-11-04T18:05`},
		{"date alone", "metrics.csv", m + "2026-11-04,1,2,3,1,\n", `2:1+10 error bad-date: "2026-11-04" is not a date and time | give the time of day, too: 2026-11-04T18:00`},
		{"no such day", "metrics.csv", m + "2026-02-30T18:00,1,2,3,1,\n", `2:1+16 error bad-date: "2026-02-30T18:00" is not a date and time | write 2026-11-04T18:00`},
		{"serial number of a spreadsheet", "metrics.csv", m + "46330.75,1,2,3,1,\n", `2:1+8 error bad-date: "46330.75" is not a date and time | write 2026-11-04T18:00`},
		{"hour that does not exist", "metrics.csv", m + "2026-03-29T02:30,1,2,3,1,\n", `2:1+16 error bad-date: the clocks of Europe/Berlin skip this time: summer time begins | name a time an hour later`},
		{"time twice", "metrics.csv", m + "2026-11-04T18:00,1,2,3,1,\n2026-11-03T18:00,1,2,3,1,\n2026-11-04T17:00Z,1,2,3,1,\n", `4:1+17 error duplicate-id: another row has this time | keep one row for each time`},
		{"unknown kind", "timeline.csv", e + "2026-11-04T18:00,meida,x,\n", `2:18+5 error bad-value: there is no kind "meida" | did you mean "media"?`},
		{"no kind, no text", "timeline.csv", e + "2026-11-04T18:00,,\" \n\",\n", `2:18+1 error bad-value: the kind is missing | one of: action, authority, feeling, media, spread
2:19+2 error bad-value: the text is missing | say in a line what happened`},
		{"text too long", "timeline.csv", e + "2026-11-04T18:00,media," + strings.Repeat("长", 501) + ",\n", `2:24+501 error bad-value: a text is longer than 500 characters | the report has room for more`},
		{"entry twice", "timeline.csv", e + "2026-11-04T18:00,media,x  y,\n2026-11-04T18:00,spread,x y,\n", `3:1+28 error duplicate-id: this entry is here twice | delete one of the two`},
		{"script as source", "timeline.csv", e + "2026-11-04T18:00,media,x,JavaScript: alert(1)\n", `2:26+20 error bad-value: the source is an address of the scheme javascript | write write write write write write write an http or https address, or words without a colon`},
		{"other scheme", "timeline.csv", e + "2026-11-04T18:00,media,x,ftp://example.org/a\n", `2:26+19 error bad-value: the source is an address of the scheme ftp | write write write write write write write an http or https address, or words without a colon`},
		{"half an address", "timeline.csv", e + "2026-11-04T18:00,media,x,https:/example.org\n", `2:26+18 error bad-value: "https:/example.org" is not an address | write it whole: https://example.org/post/1`},
		{"address with a password", "timeline.csv", e + "2026-11-04T18:00,media,x,https://a:b@example.org/\n", `2:26+24 error bad-value: "https://a:b@example.org/" is not an address | write it whole: https://example.org/post/1`},
		{"id twice", "cases.csv", c + "A1,,high,2026-11-04T18:00,,,\n A1 ,,low,2026-11-04T18:00,,,\n", `3:1+4 error duplicate-id: another case has this id | give each case an id of its own`},
		{"id missing", "cases.csv", c + ",,high,2026-11-04T18:00,,,\n", `2:1+1 error bad-value: the id is missing | give each case an id of its own`},
		{"bad words in a ledger", "cases.csv", c + "A1,,urgent,2026-11-04T18:00,,,perhaps\n", `2:5+6 error bad-value: this is not a priority | one of: high, medium, low
2:31+7 error bad-value: this is neither yes nor no | write yes or no, or leave it empty if nobody has answered`},
		{"solved before opened", "cases.csv", c + "A1,,high,2026-11-04T18:00,2026-11-04T17:59,2026-11-04T17:58,yes\n", `2:27+16 error bad-date: reached is before opened | a case is opened first
2:44+16 error bad-date: solved is before opened | a case is opened first`},
		{"bad times in a ledger", "cases.csv", c + "A1,,high,,2026/11/04 17:59,13800000000,yes\n", `2:10+1 error bad-date: the time is missing | write 2026-11-04T18:00
2:11+16 error bad-date: this is not a date and time | write 2026-11-04T18:00
2:28+11 error bad-date: this is not a date and time | write 2026-11-04T18:00`},
		{"not UTF-8", "timeline.csv", "time,kind,text\n2026-11-04T18:00,media,公\xc4\xe3\xba\xc3\n", `2:25+1 error bad-value: the byte 0xC4 is not UTF-8 | save the file as CSV in UTF-8`},
		{"NUL", "timeline.csv", "time,kind,text\n2026-11-04T18:00,media,a\x00b\n", `2:25+1 error bad-value: the text has a NUL byte | delete it: it is invisible`},
		{"direction of text", "timeline.csv", "time,kind,text\n2026-11-04T18:00,media,a\u202eb\x1b\n", `2:25+1 error bad-value: there is a character here that changes the direction of writing | delete it: it is invisible
2:27+1 error bad-value: the text has a control character | delete it: it is invisible`},
		{"UTF-16", "metrics.csv", utf16LE("\ufefftime\treads\r\n"), `0:0+0 error bad-value: the file is in UTF-16 | save the file as CSV in UTF-8`},
		{"UTF-16 without a mark", "metrics.csv", utf16LE("time\treads\r\n"), `0:0+0 error bad-value: the file is in UTF-16 | save the file as CSV in UTF-8`},
		{"spreadsheet", "metrics.csv", "PK\x03\x04\x14\x00\x06\x00", `0:0+0 error bad-value: this is a spreadsheet, not CSV | save the file as CSV in UTF-8`},
		{"carriage returns", "metrics.csv", "time,reads\r2026-11-04T18:00,1\r", `0:0+0 error bad-value: the lines end only with carriage returns | save the file as CSV in UTF-8`},
		{"too many columns", "metrics.csv", "time" + strings.Repeat(",", 40) + "\n", `1:45+1 error bad-value: there are more than 40 columns | remove what the report does not need`},
	} {
		t.Run(test.name, func(t *testing.T) {
			assert.Equal(t, test.want+"\n", said(read(test.file, []byte(test.text), zone(t, "Europe/Berlin"))))
		})
	}
}

// TestShortOwnColumn: of two characters, one that differs makes another word.
func TestShortOwnColumn(t *testing.T) {
	assert.Empty(t, said(read("metrics.csv", []byte("时间,点击\n2026-11-04T18:00,5\n"), zone(t, "Asia/Shanghai"))))
}

// utf16LE is how a spreadsheet saves "Unicode text".
func utf16LE(text string) string {
	var b bytes.Buffer
	for _, unit := range utf16.Encode([]rune(text)) {
		b.Write([]byte{byte(unit), byte(unit >> 8)})
	}
	return b.String()
}

// TestManyFaults: a file that is wrong all over says so in 21 findings, however long.
func TestManyFaults(t *testing.T) {
	for name, line := range map[string]string{"metrics.csv": "x,1\n", "timeline.csv": "x,\n", "cases.csv": "x\n"} {
		header := map[string]string{"metrics.csv": "time,reads\n", "timeline.csv": "time,kind,text\n", "cases.csv": "id,priority,opened,reached,solved,satisfied\n"}[name]
		found := read(name, []byte(header+strings.Repeat(line, 100_000)), time.UTC)
		require.Len(t, found, 21, name)
		assert.Equal(t, "there are more faults in this file; the first 20 are listed", found[0].Message.String())
	}
	found := read("timeline.csv", []byte(strings.Repeat("\x00", 100)+"ab"), time.UTC)
	assert.Len(t, found, 21)
	assert.Len(t, read("metrics.csv", bytes.Repeat([]byte("a"), sizeLimit+1), time.UTC), 1)
	rows := "time,reads\n" + strings.Repeat("2026-11-04T18:00,1\n", rowLimit+1)
	assert.Contains(t, said(read("metrics.csv", []byte(rows), time.UTC)), "there are more than 200000 rows")
}

// TestFindingsOfTheLedgerAreSilent: what stands in a cell of cases.csv is in no
// finding.
func TestFindingsOfTheLedgerAreSilent(t *testing.T) {
	data := "id,channel,priority,opened,reached,solved,satisfied\n张伟13800000000,电话,张伟,张伟,13800000000,张伟,张伟\n,\"张伟\n张伟13800000000,\n张伟13800000000,电话\n"
	found := read("cases.csv", []byte(data), time.UTC)
	require.Len(t, found, 8, said(found))
	for _, d := range found {
		all := fmt.Sprint(d.Message, d.Hint, d.Excerpt)
		assert.NotContains(t, all, "张")
		assert.NotContains(t, all, "138")
	}
	assert.Equal(t, "·············,··,··,··,···········,··,··", found[0].Excerpt)
}

// TestHostile: what is made to cost much does not.
func TestHostile(t *testing.T) {
	const size = 1 << 20
	for name, piece := range map[string]string{
		"cells": ",", "quotes": "\"", "empty cells in quotes": "\"\",", "text after quotes": "\"a\"x,", "quotes inside": "x\",", "lines": "\n", "quoted lines": "\"\n", "unended": "\"a\"\"\n",
		"control characters": "\x01", "marks": "\ufeff", "digits": "9", "colons": ":a",
	} {
		for file, header := range map[string]string{"metrics.csv": "time,reads\n", "timeline.csv": "time,kind,text\n", "cases.csv": "id,priority,opened,reached,solved,satisfied\n"} {
			for _, first := range []string{"", header} {
				began := time.Now()
				found := read(file, []byte(first+strings.Repeat(piece, size/len(piece))), time.UTC)
				assert.LessOrEqual(t, len(found), 21)
				assert.Less(t, time.Since(began), 10*time.Second, "%s in %s after %q", name, file, first)
			}
		}
	}
}
