package personal

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// found writes hits as "kind: datum".
func found(text string) []string {
	var list []string
	for _, h := range Find(text) {
		list = append(list, fmt.Sprintf("%s: %s", h.Kind, text[h.Start:h.End]))
	}
	return list
}

// All data here are made up. 13800138000 is a line of an operator; the identity
// numbers are of a place and a day that no person's has; the cards are those for
// trying out payments; the plates have serials that are not given out.
func TestFind(t *testing.T) {
	for text, want := range map[string]string{
		"打13800138000找张女士":                 "mobile: 13800138000",
		"手机：138 0013 8000。":                "mobile: 138 0013 8000",
		"手机138-0013-8000":                  "mobile: 138-0013-8000",
		"手机138‑0013‑8000":                  "mobile: 138‑0013‑8000",
		"手机1380 013 8000":                  "mobile: 1380 013 8000",
		"手机１３８００１３８０００":                    "mobile: １３８００１３８０００",
		"手机１３８－００１３－８０００":                  "mobile: １３８－００１３－８０００",
		"手机+8613800138000":                 "mobile: +8613800138000",
		"请打13800138000，11月5日前。":            "mobile: 13800138000",
		"13800138000,2 more":               "mobile: 13800138000",
		"13800138000，13912345678":          "mobile: 13800138000|mobile: 13912345678",
		"13800138000/13912345678":          "mobile: 13800138000|mobile: 13912345678",
		"手机＋86 138 0013 8000":              "mobile: ＋86 138 0013 8000",
		"手机(+86) 138-0013-8000":            "mobile: (+86) 138-0013-8000",
		"手机（+86）138 0013 8000。":            "mobile: （+86）138 0013 8000",
		"手机0086-13800138000":               "mobile: 0086-13800138000",
		"手机86 13800138000":                 "mobile: 86 13800138000",
		"手机8613800138000":                  "mobile: 8613800138000",
		"Call 13800138000, please.":        "mobile: 13800138000",
		"[tel](tel:13800138000)":           "mobile: 13800138000",
		"**13800138000**":                  "mobile: 13800138000",
		"联系电话是13800138000":                 "mobile: 13800138000",
		"13800138000、13800138001":          "mobile: 13800138000|mobile: 13800138001",
		"13800138000 13800138001":          "mobile: 13800138000|mobile: 13800138001",
		"138 0013 8000 138 0013 8001":      "mobile: 138 0013 8000|mobile: 138 0013 8001",
		"19900000000":                      "mobile: 19900000000",
		"+44 7700 900123":                  "phone: +44 7700 900123",
		"+1 (212) 555-0123":                "phone: +1 (212) 555-0123",
		"+1.212.555.0123":                  "phone: +1.212.555.0123",
		"+852 9000 0000 请回电":               "phone: +852 9000 0000",
		"号码 +61 491 570 156.":              "phone: +61 491 570 156",
		"身份证" + anID:                       "identity: " + anID,
		"身份证号：" + anID + "，住址":             "identity: " + anID,
		"身份证编号：" + anID:                    "identity: " + anID,
		"ID: " + anID:                      "identity: " + anID,
		"卡编号4111111111111111":              "card: 4111111111111111",
		"身份证" + anIDWithX:                  "identity: " + anIDWithX,
		"身份证" + strings.ToLower(anIDWithX): "identity: " + strings.ToLower(anIDWithX),
		"119999 20991231 " + anID[14:]:     "identity: 119999 20991231 " + anID[14:],
		"卡号4111 1111 1111 1111":            "card: 4111 1111 1111 1111",
		"卡号4111111111111111":               "card: 4111111111111111",
		"卡号4111-1111-1111-1111 到账":         "card: 4111-1111-1111-1111",
		"卡号6200000000000005":               "card: 6200000000000005",
		"卡号6205 5000 0000 0000 004":        "card: 6205 5000 0000 0000 004",
		"卡号5555555555554444":               "card: 5555555555554444",
		"卡号2223003122003222":               "card: 2223003122003222",
		"卡号378282246310005":                "card: 378282246310005",
		"卡号3782 822463 10005":              "card: 3782 822463 10005",
		"卡号3566002020360505":               "card: 3566002020360505",
		"卡号30569309025904":                 "card: 30569309025904",
		"卡号４１１１１１１１１１１１１１１１":               "card: ４１１１１１１１１１１１１１１１",
		"写信给someone@example.org，":          "mail: someone@example.org",
		"some.one+tag@mail.example":        "mail: some.one+tag@mail.example",
		"SOMEONE＠EXAMPLE．ORG":              "mail: SOMEONE＠EXAMPLE．ORG",
		"<a_b-c@sub.example.org>.":         "mail: a_b-c@sub.example.org",
		"[x](mailto:someone@x.example)":    "mail: someone@x.example",
		"13800138000@mail.example":         "mail: 13800138000@mail.example",
		"info.wang@mail.example":           "mail: info.wang@mail.example",
		"1press@mail.example":              "mail: 1press@mail.example",
		"车牌京A00000的车主":                     "plate: 京A00000",
		"京A·00000":                         "plate: 京A·00000",
		"沪 京A 000B0。":                      "plate: 京A 000B0",
		"粤Z0000港":                          "plate: 粤Z0000港",
		"新能源车京AD00000停在":                   "plate: 京AD00000",
		"京A00000D":                         "plate: 京A00000D",
		"京Ａ００００Ｂ":                          "plate: 京Ａ００００Ｂ",
		"川A0000学":                          "plate: 川A0000学",
	} {
		assert.Equal(t, want, strings.Join(found(text), "|"), text)
	}
}

// The place 119999 does not exist, and the day is far off.
const (
	anID      = "119999209912310012"
	anIDWithX = "11999920991231008X"
)

// TestNearMisses: what looks like personal data and is not.
func TestNearMisses(t *testing.T) {
	for _, text := range []string{
		// batch, case, order and tracking numbers
		"批号TM260917", "批号20261015", "批号13800138000", "批号：13800138000", "订单号 13800138000", "订单号 4111111111111111", "订单编号：4111 1111 1111 1111", "案件编号" + anID, "order number 4111111111111111", "The case number is " + anID, "单号是13800138000", "案号13800138000", "受理编号13800138000", "流水号13800138000", "Order no. 13800138000", "case 13800138000",
		"tracking number: 13800138000", "SKU 13800138000", "#13800138000", "SN13800138000", "13800138000B", "A13800138000", "SF1380013800012", "TM13800138000", "IR-13800138000", "2026-13800138000", "13800138000-2", "?id=13800138000", "https://example.org/a/13800138000",
		// amounts and counts
		"13800138000元", "阅读量13800138000次", "13800138000 views", "13800138000.50", "0.13800138000", "13,800,138,000", "￥13,800,138,000.00", "$13800138000", "13800138000%",
		// times, dates, versions, addresses of machines
		"2026-11-04 18:00", "20261104180000", "2026-11-04T18:00:00+08:00", "1762243200", "1762243200000", "192.168.100.200", "10.0.0.1:8080", "v1.38.0013.8000", "119.29.29.29",
		// landlines and service lines
		"010-12345678", "0755-2681 2345", "(021) 6031 8608", "+86 10 1234 5678", "+86-755-26812345", "400-000-0917", "4000000917", "+86 400 000 0917", "800-810-8888", "95588", "12345", "12315", "110", "1069012345678901", "+800 1234 5678", "+1 800 555 0199", "0755-13800138000",
		// wrong prefix, length or check
		"12800138000", "15400138000", "16100138000", "14200138000", "19400138000", "1380013800", "138001380001", "138 0013 800", "1 3800 138000", "138-00138-000",
		"119999209912310013", "119999209912310010", "119999209902300012", "119999209913310012", "009999209912310012", "11999920991231001", "1199992099123100120", "11999918991231001X", "119999189912310012", "119999209912310012A",
		"4111111111111112", "4111 1111 1111 1112", "4111111111111", "411111111111111111", "7111111111111111", "1234567890123456", "6212345678901234", "41 11 11 11 11 11 11 11", "4111111111111111元"[:16] + "2", "0000000000000000", "4111-1111-1111-1111-1",
		// sums and ids
		"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "550e8400-e29b-41d4-a716-446655440000", "sha256:13800138000abcdef", "0x13800138000", "978-7-302-51127-3", "6901234567892", "91110000100000000X", "\\u13800138000",
		// no addresses
		"logo@2x.png", "icon@3x.webp", "git@example.org:a/b.git", "@someone", "@someone@social.example", "a@b", "pkg@1.2.3", "x@y..org", "@example.org", "someone@", "https://example.org/@someone", "someone @ example.org", "a@b@c.org", "some@-x.org",
		// mailboxes of a role, whoever's they are
		"info@authority.example", "Recall-Info2@supplier.example", "向jubao@authority.example举报", "no-reply@x.example", "customer.service@x.example",
		// no plates
		"全新A12345", "新A12345型", "京A1234", "京A1234567", "京A12345B7", "京I12345", "京AO2345", "京AABC12", "京a12345", "甲A12345", "批号京A12345", "苏A12345批", "川A12345件", "京A-B-C", "京A 1 2 3 4 5", "京AL12345",
		"", " ", "+", "@", "＠", "１", "新", "京A", "+-", "++1", "1 ", "1-", "- 1",
	} {
		assert.Empty(t, found(text), text)
	}
}

func TestMask(t *testing.T) {
	for _, c := range []struct {
		kind         Kind
		text, masked string
	}{
		{Mobile, "13800138000", "138****8000"},
		{Mobile, "138-0013-8000", "138-****-8000"},
		{Mobile, "+86 138 0013 8000", "+86 1** **** 8000"},
		{Mobile, "１３８００１３８０００", "１３８＊＊＊＊８０００"},
		{Phone, "+44 7700 900123", "+44 7*** ****23"},
		{Identity, anIDWithX, "119**************X"},
		{Card, "4111 1111 1111 1111", "4111 **** **** 1111"},
		{Mail, "someone@example.org", "s******@example.org"},
		{Mail, "a@example.org", "*@example.org"},
		{Mail, "a＠example.org", "*＠example.org"},
		{Plate, "京A·12345", "京A·****5"},
		{Plate, "粤Z1234港", "粤Z****港"},
	} {
		assert.Equal(t, c.masked, Mask(c.kind, c.text), c.text)
	}
	text := "打138 0013 8000或写someone@example.org，车牌京A00000。"
	assert.Equal(t, "打138 **** 8000或写s******@example.org，车牌京A****0。", Masked(text))
	assert.Len(t, Masked(text), len(text))
	assert.Equal(t, "没有", Masked("没有"))
}

func TestNormal(t *testing.T) {
	for _, c := range []struct {
		kind         Kind
		text, normal string
	}{
		{Mobile, "+86 138-0013-8000", "13800138000"},
		{Mobile, "008613800138000", "13800138000"},
		{Mobile, "１３８　００１３　８０００", "13800138000"},
		{Phone, "+1 (212) 555-0123", "+12125550123"},
		{Identity, "11999920991231008x", "11999920991231008X"},
		{Card, "4111 1111-1111 1111", "4111111111111111"},
		{Mail, " SomeOne＠Example.ORG", "someone@example.org"},
		{Plate, "京A·d1234Ｂ", "京AD1234B"},
	} {
		assert.Equal(t, c.normal, Normal(c.kind, c.text), c.text)
	}
}

func TestKinds(t *testing.T) {
	for _, k := range []Kind{Mobile, Phone, Identity, Card, Mail, Plate} {
		assert.NotEmpty(t, k.About().String())
	}
	assert.Panics(t, func() { _ = Kind("x").About() })
}

// TestPage: the examples in the page of the rule trip it or do not, as it says.
func TestPage(t *testing.T) {
	page, err := os.ReadFile("../../../docs/rules/personal-data.md")
	require.NoError(t, err)
	examples := strings.Split(string(page), "```markdown\n")[1:]
	var got [][]string
	for _, example := range examples[:3] {
		text, _, _ := strings.Cut(example, "```")
		got = append(got, found(text))
	}
	assert.Equal(t, [][]string{{"mobile: 138 0013 8000", "mail: someone@mail.example"}, {"card: 6200000000000005", "plate: 京A00000"}, nil}, got)
}
