package seal_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"candor/generator/author/seal"
)

// TestSlip: a slip of the pen changes nothing that anybody relies on.
func TestSlip(t *testing.T) {
	for _, c := range []struct{ was, now, why string }{
		{"We recieved your letters.\n", "We received your letters.\n", ""},
		{"我们己经退款。\n", "我们已经退款。\n", ""},
		{"Refunds are on there way.\n", "Refunds are on their way.\n", ""},
		{"title: Refunds\n\nText.\n", "title: Refund\n\nText.\n", ""},
		{"2,100 people\n", "1,200 people\n", "a number, a date or an amount differs"},
		{"２１００人\n", "2100人\n", ""},
		{"退款8.6万元\n", "退款8.6亿元\n", "a number, a date or an amount differs"},
		{"三天内退款\n", "五天内退款\n", "a number, a date or an amount differs"},
		{"costs $5\n", "costs €5\n", "a number, a date or an amount differs"},
		{"It is not safe.\n", "It is now safe.\n", "a negation differs"},
		{"It isn't safe.\n", "It is safe.\n", "a negation differs"},
		{"没有人受伤\n", "有人受伤\n", "a negation differs"},
		{"on Monday\n", "on Tuesday\n", "a month or a day of the week differs"},
		{"周一前退款\n", "周二前退款\n", "a number, a date or an amount differs"},
		{"within three days\n", "within five days\n", "a number in words differs"},
		{"all customers\n", "some customers\n", "a number in words differs"},
		{"we will pay\n", "we may pay\n", "a word that promises or permits differs"},
		{"see https://a.example/\n", "see https://b.example/\n", "an address differs"},
		{"[here](a.md)\n", "[here](b.md)\n", "an address differs"},
		{"service: checkout down\n", "service: checkout degraded\n", "a service or its state differs"},
		{"status: open\n", "status: resolved\n", "something in the front matter other than its words differs"},
		{"- [ ] refunds\n", "- [x] refunds\n", "a mark of a promise differs"},
		{"- [ ] refunds due:tomorrow\n", "- [ ] refunds due:later\n", "a month or a day of the week differs"},
		{"We are sorry for what happened to you.\n", "You should be more careful with our products.\n", "a word that promises or permits differs"},
		{"We are sorry for what happened to you.\n", "You are welcome to look elsewhere for it, dear customer.\n", "more than a tenth of the text differs"},
	} {
		assert.Equal(t, c.why, seal.Slip(c.was, c.now).String(), "%q, %q", c.was, c.now)
		assert.Equal(t, c.why, seal.Slip(c.now, c.was).String(), "%q, %q", c.now, c.was)
	}
}
