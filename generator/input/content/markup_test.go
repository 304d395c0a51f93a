package content

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"candor/generator/diag"
	"candor/generator/fileset"
)

// markupOf returns what is said of the markup of an update's body, and of all else in it.
func markupOf(body string) (found diag.List) {
	text := "+++\ntitle = \"T\"\ntime = 2026-11-04T18:00\n+++\n" + body
	d := Parse(fileset.NewFile("u.md", []byte(text)), Place{Kind: Update, Slug: "a", Name: "b"})
	return append(d.Findings, d.Markup...)
}

// TestMarkup: each slip is found where it is, counted from the first line of the body, and said once.
func TestMarkup(t *testing.T) {
	for _, c := range [][2]string{
		{"##标题", "1:3 error markup"},
		{`见 C:\Users\_x`, "1:3 error markup"},
		{`see www.e.example and \\server\_share`, "1:23 error markup"},
		{"前文\n###标题", "2:4 error markup"},
		{"＃＃ 标题", "1:1 error markup"},
		{"＃标题 {#a}", "1:1 error markup"},
		{"##　标题", "1:3 error markup"},
		{"> ##标题", "1:5 error markup"},
		{"#标题", "1:1 warning markup"},
		{"## 标题｛#a｝", "1:6 error markup"},
		{"## 标题 {done}", "1:8 error bad-value"},
		{"## 标题 {＃done}", "1:8 error bad-value"},
		{"## 标题 {.done}", "1:7 error bad-value"},
		{"    四个空格开头的一段话。", "1:1 warning markup"},
		{"\tPlease call us before you pay again.", "1:1 warning markup"},
		{"    - [ ] 再回访 due:2026-12-05T18:00", "1:1 error promise-unread"},
		{"姓名\t数量\n甲\t1", "1:1 error markup"},
		{"数量如下：\n姓名\t数量\n甲\t1\n乙\t2", "2:1 error markup"},
		{"| a | b |\n| 1 | 2 |", "1:1 error markup"},
		{"｜a｜b｜\n｜1｜2｜", "1:1 error markup"},
		{"• 甲\n• 乙", "1:1 warning markup"},
		{"1、甲\n2、乙", "1:1 warning markup"},
		{"[客服]（https://e.example/a）", "1:5 error markup"},
		{"请看［表格］(lots.csv)。", "1:3 error markup"},
		{"[客服] (https://e.example/a)", "1:5 error markup"},
		{"客服](https://e.example/a)", "1:3 warning markup"},
		{"请注意：** 停用 **。", "1:5 warning markup"},
		{"请**停用**，再** 联系 **我们", "1:10 warning markup"},
		{"**停用，并联系我们。", "1:1 warning markup"},
		{"请看 __说明，再联系我们__。", ""}, // bold
		{"请看：__ 说明 __。", "1:4 warning markup"},
		{"~~ 已改期 ~~", "1:1 warning markup"},
		{"~~已改期。", "1:1 warning markup"},
		{"运行 `candor check。", "1:4 warning markup"},
		{"- **停用\n- 别的", "1:3 warning markup"},
		{"| a |\n|---|\n| **停用 |", "3:3 warning markup"},
		{"标题\n====", "2:1 warning markup"},
		{"＊＊注意＊＊", "1:1 warning markup"},
		{"-甲\n-乙", "1:1 warning markup"},
		{"- [ ] a due:2026-12-05T18:00 id:", "1:30 error promise-unread"},
		{"- [] a", "1:4 error promise-unread"},
		{"-[ ] a", "1:2 error promise-unread"},
		{"- 【 】a", "1:3 error promise-unread"},
		{"- ［］a", "1:3 error promise-unread"},
		{"- [√] a", "1:4 error promise-unread"},
		{"- [×] a", "1:3 error promise-unread"},
		{"* [X ] a", "1:4 error promise-unread"},
		{"[ ] a", "1:1 error promise-unread"},
		{"• [ ] a", "1:1 error promise-unread"},
		{"- [ ] a\n-[ ] b", "2:2 error promise-unread"},
		{"- ☐ a due:2026-12-05T18:00", "1:3 error promise-unread"},
		{"- （ ）a due:2026-12-05T18:00", "1:8 error promise-unread"},
		{"- a due:2026-12-05T18:00", "1:5 error promise-unread"},
		{"a due：2026-12-05T18:00", "1:3 error promise-unread"},
		{"- [ ] a due：2026-12-05T18:00", "1:12 error promise-unread"},
		{"- [ ] a due:2026/12/05 18:00", "1:17 error promise-unread"},
		{"- [ ] a id：b", "1:11 error promise-unread"},
		{"- [ ] a due:2026-12-05T18:00 id：b", "1:32 error promise-unread"},
		{"- [ ] 再回访due:2026-12-05T18:00", "1:10 error promise-unread"},
		{"- [ ] due:2026-12-05T18:00 再回访", "1:7 error promise-unread"},
		{"- [ ] a due：tomorrow", "1:9 error bad-date"},
		{"[注意]: 请停用", "1:1 error markup"},
		{"时间：18:00\n地点：北京\n电话：略", "2:1 warning markup"},
		{"Phone: 123\nWrite to us: abc", "2:1 warning markup"},
		{"经过如下。\n18:00 开始\n19:00 恢复", "3:1 warning markup"},
		{"一、甲\n二、乙", "2:1 warning markup"},
		{"（1）甲\n（2）乙", "2:1 warning markup"},
		{"①甲\n②乙", "2:1 warning markup"},
		{"11月4日，停用\n11月5日，退款", "2:1 warning markup"},
		{"时间 | 事项\n18:00 | 甲", "1:1 error markup"},
		{"\u200b## 标题", "1:1 error markup"},
		{"\u3000\u3000- 甲", "1:1 error markup"},
		{"\ufeff> 引用", "1:1 error markup"},
		{"https：//e.example/a", "1:6 error markup"},
		{"见http:/e.example/a", "1:8 error markup"},
		{"[公告](https://)和[信](mailto:)", "1:1 error broken-link, 1:16 error broken-link"},
		{"- [ ] a due:2026-12-05T18:00 due:2026-12-06T18:00", "1:9 error promise-unread"},
		{"- [ ] a id:b c due:2026-12-05T18:00", "1:9 error promise-unread"},
		{"- [ ]", "1:3 error promise-unread"},
		{">60岁以上的顾客可以退款", "1:1 warning markup"},
		{"> >= 5 台", "1:3 warning markup"},
		{"停用&#x202e;本&#8238;产品", "1:3 error bad-value, 1:12 error bad-value"},
		{"锟斤拷", "1:1 error markup"},
		{"The â€œnoticeâ€", "1:5 error markup"},
		{"停\ufffd产品", "1:2 error markup"},
		{"[1]: https://e.example/\n\n前文[1]\n\n[1]: https://e.example/b", "5:1 error markup"},
		{"前文[^1]\n\n[^1]: https://e.example/", "3:1 error markup"},
		{"| a | b |\n|---|---|\n| 1 | 2 | 3 |\n| 4 | `5|6` |", "3:11 error markup, 4:10 error markup, 4:7 warning markup"},
		{"> | a |\n> |---|\n> | 1 | 2 |", "3:9 error markup"},
		{"前文\n-\n", "2:1 error markup"},
		{"~~~谢谢~~~\n\n后文", "1:1 error markup"},
		{"- ```\n  代码\n\n后文", "1:3 error markup"},
		{"```重要说明\n代码\n```", "1:4 warning markup"},
		{"<!-- 还要核对\n\n后文", "1:1 error markup"},
		{"<!-- 还要核对 -->后文", "1:14 error markup"},
		{"<!-- 还要\n核对 --> 后文\n\n更多", "2:8 error markup"},
		{"前文 <!-- 还要核对", "1:4 error markup"},
		{"##\n\n后文", "1:1 error markup"},
		{"请看[公告](https://e.example/ \"第3版\")。", "1:3 warning markup"},
		{"尊敬的 {{姓名}}：", "1:5 error placeholder"},
		{"Dear ${first_name}, {% if a %}", "1:6 error placeholder"},
		{":::warning\n停用\n:::", "1:1 warning markup"},
		{"我们{--不--}{++会++}退款", "1:3 warning markup"},
		{"==停用== 本产品", "1:1 warning markup"},
		{":warning: 停用", "1:1 warning markup"},
		{"####### 说明", "1:1 warning markup"},
		{"请*务必*停用", "1:2 warning markup"},
		{"** 停用**本产品", "1:1 warning markup"},
		{"- [v] 回访 due:2026-12-05T18:00", "1:4 error promise-unread"},
		{"- [✔️] 回访", "1:4 error promise-unread"},
		{"- [ ] a due:12/5 18:00", "1:9 error bad-date"},
		{"- [ ] a due:2026/13/05 18:00", "1:9 error bad-date"},
	} {
		var said []string
		for _, d := range markupOf(c[0]) {
			said = append(said, fmt.Sprintf("%d:%d %s %s", d.Line-4, d.Column, d.Severity, d.Rule))
			assert.NotEmpty(t, d.Hint.String(), c[0])
			assert.NotEmpty(t, d.Excerpt, c[0])
		}
		assert.Equal(t, c[1], strings.Join(said, ", "), c[0])
	}
}

// TestNoMarkup: ordinary texts say nothing.
func TestNoMarkup(t *testing.T) {
	for _, body := range []string{
		"来电 138****0917 与 139****1234", "来电 138**0917", "身份证号 1101************12",
		"li***@e.example 和 w**@e.example", "车牌 京A***12",
		"王**、李**和张*都已联系。", "**明、**红和**女士都已退款。", "水晶*120、体力*2，尺寸3*4*5厘米", "2**8 是 256，a**b 也一样", "5 ** 3",
		"王** 李** 张**", "2 ** 3 ** 4", "密码：******",
		"18:00~20:00发放，7~14天", "好的~~，谢谢~~~", "姓名：____ 电话：__ 2026年__月__日", "my__file__name and __年__月",
		`C:\Users\ok`, "`C:\\_x`", "变量 foo_bar_baz", "It`s ours, we don`t know",
		`\*\*原样\*\* 和 \~\~原样\~\~ 和 \` + "`", "**注意** *a* _b_ ~~c~~ `d` [e](https://e.example/)",
		"用 `**` 表示强调，`- [] x` 不算，`due：2026-12-05T18:00` 也不算。",
		"```\n**a\n- [] b\n##c\n```", "    x := f(a, b)\n    return x", "#停电# 的说明", "#停电 #退款", "#1 和 #2 号楼",
		"C# 与 F#", "第 ## 号",
		"价格 12.5** 元\n\n** 为估计数", "[注] 与 [a]: 见 (下文)", "【公告】（见下文）", "数组 a[0](x) 与 f](", "* 一\n* 二", "- 是\n- 否",
		"1. 一\n2. 二", "- [ ] a due:2026-12-05T18:00 id:b",
		"- [x] a id:b", "- [X] a", "- [ ]a", "Payment is due: 2026-12-05 at the latest.",
		"The overdue:2026-12-05T18:00 flag", "填写 id：12345 的表格", "他说：「是（ ）否（ ）」",
		"A\tB", "一行\t有制表符\n另一行没有", "a | b | c", "|x| 的绝对值", "> 引用\n> 继续", "---", "· 间隔号\n· 不是列表？", "2026、2027两年",
		"同意【 】不同意【 】",
		"<https://e.example/?due:2026-12-05T18:00>", "见 https://e.example/a__b__c 和 https://e.example/**x",
		"♪(´▽｀)~ o(*￣▽￣*)o", "5*5*5 cm, 3 * 4 = 12", "f(x) = x**2", "- [ ] a due:[the day after]", "-5\n-6",
		"王＊＊、李＊＊", "*一*\n*二*",
		"[1]: https://e.example/\n\n见[公告][1]和[图][1]。", "| a | b |\n|---|---|\n| 1 |\n| 2 | 3 \\| 4 |", "a | b\n---|---\n1 | 2",
		"```go\nf()\n```\n\n> ```\n> a\n> ```\n\n~~~\n~~~", "<!-- 一 -->\n<!-- 二 --> <!-- 三 -->\n\n前<!-- 四 -->后", "## {#remedy}",
		"a == b, 比分 3:2:1，18:00:05，{甲}，花括号 {}，C++ 与 C++17，a++ + ++b", "长*宽*高，底*高，王*明和李*华，阿*古丽和买买提*江",
		"注：“:”和“::”，emoji:heart", "时间：18:00\\\n地点：北京  \n电话：略", "“l’été”, café’s, Ärger, São, £5", "客服：您好，\n请问",
		"　　首行缩进", "> 2026年11月4日，他说：\n> 停用。", "2026.年\n2027.年", "a = b\nc == d", "注意！[图](a.png)", "- -甲\n- -乙", "3.5 元\n4.5 元", "* * *", "___",
	} {
		for _, d := range markupOf(body) {
			if d.Rule != "broken-link" {
				t.Errorf("%q: %d:%d %s [%s]", body, d.Line-4, d.Column, d.Message.String(), d.Rule)
			}
		}
	}
}
