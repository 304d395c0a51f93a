package page

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// TestChanges: words are compared, not bytes; what is the same is shown next to a change only.
func TestChanges(t *testing.T) {
	for _, c := range []struct{ was, now, want string }{
		{"We received nine letters.\n", "We received ten letters.\n", "We received [-nine-]{+ten+} letters.\n"},
		{"通知11260位买家。\n", "通知11620位购买者。\n", "通知[-11260位买家-]{+11620位购买者+}。\n"},
		{"title: A\nkind: response\n\nText.\n", "title: B\nkind: response\n\nText.\n", "[-A-]{+B+}\nresponse\n\nText.\n"},
		{"- [ ] refunds due:2026-11-06T18:00 id:refunds\n", "- [ ] refunds due:2026-11-08T18:00 id:refunds\n",
			"- ☐ refunds (2026-11-[-06-]{+08+} 18:00)\n"},
		{"## Refunds {#refunds updated=2026-11-04T08:00}\n\nYes.\n", "## Refunds {#refunds updated=2026-11-05T08:00}\n\nNo.\n",
			"Refunds\n\n[-Yes-]{+No+}.\n"},
		{strings.Repeat("a ", 30) + "b " + strings.Repeat("c ", 30), strings.Repeat("a ", 30) + strings.Repeat("c ", 30),
			"…" + strings.Repeat(" a", 6) + "[- b-]" + strings.Repeat(" c", 6) + "…"},
		{"", "new\n", "{+new\n+}"},
		{"same\n", "same\n", "…"},
	} {
		list, omitted := changes(c.was, c.now)
		assert.False(t, omitted)
		var b strings.Builder
		for _, d := range list {
			b.WriteString(map[string]string{"gone": "[-", "new": "{+", "cut": "…"}[d.Op] + d.Text +
				map[string]string{"gone": "-]", "new": "+}"}[d.Op])
		}
		assert.Equal(t, c.want, b.String(), "%q, %q", c.was, c.now)
	}
	_, omitted := changes(strings.Repeat("a ", changesLimit), "b")
	assert.True(t, omitted)
}
