package themes_test

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"candor/generator"
	"candor/generator/fileset"
	"candor/generator/outside/chromium/chromiumtest"
)

// liveSites are sites that go with the clock: those of allSites, built at the
// same instants, with that instant not frozen.
var liveSites = sync.OnceValues(func() ([]*site, error) {
	frozen, err := allSites()
	if err != nil {
		return nil, err
	}
	var sites []*site
	for _, s := range frozen {
		content, err := thaw(s.content)
		if err != nil {
			return nil, err
		}
		made, err := serveInput(s.name, generator.Input{Content: content, Now: s.at, Theme: s.theme})
		if err != nil {
			return nil, err
		}
		made.lang, made.tags, made.looked = s.lang, s.tags, s.looked
		sites = append(sites, made)
	}
	return sites, nil
})

// thaw takes the frozen instant out of a site's settings.
func thaw(content fileset.Set) (fileset.Set, error) {
	settings, _ := content.Get("site.toml")
	data, err := edit(settings.Data, func(site map[string]any) { delete(site, "at") })
	if err != nil {
		return fileset.Set{}, err
	}
	files := []fileset.File{fileset.NewFile("site.toml", data)}
	return fileset.Overlay(content, fileset.Must(files)), nil
}

// eachLive runs a test on every live site whose name begins so.
func eachLive(t *testing.T, name string, f func(t *testing.T, s *site)) {
	t.Helper()
	t.Parallel()
	sites, err := liveSites()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range sites {
		if strings.HasPrefix(s.name, name) {
			t.Run(s.name, func(t *testing.T) {
				t.Parallel()
				f(t, s)
			})
		}
	}
}

// readersClock stands in for the clock and the interval timers of a page: it moves
// when it is told to.
const readersClock = `(() => {
	let now = %d;
	const every = [], real = window.setInterval;
	Date.now = () => now;
	window.setInterval = (f, wait, ...more) => (wait < 1000 ? real(f, wait, ...more) : every.push({ f, wait, more }));
	window.clock = {
		set: (to) => { now = to; },
		tick: () => { for (const { f, more } of every) f(...more); },
		waits: () => every.map(({ wait }) => wait),
	};
})()`

// openAt opens a page in a new tab in which it is that time.
func openAt(t testing.TB, address string, now time.Time) *tab {
	t.Helper()
	b := newTab(t)
	chromiumtest.Call(b, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: fmt.Sprintf(readersClock, now.UnixMilli())})
	b.open(address)
	return b
}

// wait lets time pass on an open page until its next look at the clock.
func (b *tab) wait(until time.Time) {
	b.Helper()
	chromiumtest.Eval[chromedp.Void](b, fmt.Sprintf(`clock.set(%d); clock.tick()`, until.UnixMilli()))
}

// wake does the same for a page that nobody has seen for a while.
func (b *tab) wake(until time.Time) {
	b.Helper()
	chromiumtest.Eval[chromedp.Void](b, fmt.Sprintf(`clock.set(%d); document.dispatchEvent(new Event("visibilitychange"))`, until.UnixMilli()))
}

// notice is what a page says of something that is owed.
type notice struct {
	Text    string // as it is read
	Overdue bool   // it looks it
	Time    string // the instant, as programs read it
	Said    string // what was read aloud beside it, and can be read
}

// next returns the notice of the next update at the top of a page, in the words
// that can be seen.
func (b *tab) next() notice {
	b.Helper()
	return chromiumtest.Eval[notice](b, `(() => {
		const p = document.querySelector("main .next:has([data-late]), aside .next");
		return { text: p.innerText.replace(/\s+/g, " ").trim(), overdue: getComputedStyle(p).fontWeight === "600", time: p.querySelector("time").dateTime,
			said: p.nextElementSibling?.localName === "output" ? p.nextElementSibling.innerText : "" };
	})()`)
}

// row returns the words of the row of a promise.
func (b *tab) row(promise string) string {
	b.Helper()
	return chromiumtest.Eval[string](b, fmt.Sprintf(`[...document.querySelectorAll("#promises li")].find((r) => r.innerText.includes(%q)).innerText.replace(/\s+/g, " ").trim()`, promise))
}

// at returns an instant of 6 November 2026 in Beijing, when the example's next
// update is due at 18:00 and was promised at 14:40.
func at(clock string) time.Time {
	t, err := time.Parse("2006-01-02 15:04:05 -0700", "2026-11-06 "+clock+" +0800")
	if err != nil {
		panic(err)
	}
	return t
}

// words are what the example's pages say of its next update and of a promise.
type words struct {
	by, overdue, again   string // the notice
	promise, open, state string // the row
}

var said = map[string]words{
	"en": {
		by:      "Next update by 18:00 on 6 November 2026 (Beijing time) ",
		overdue: "Next update overdue since 18:00 on 6 November 2026 (Beijing time) ",
		again:   "Next update is due. Reload this page to check.",
		promise: "The platforms send a message to the 1,112 buyers",
		open:    " Not due yet · Due 7 November, 20:00 ", state: " Overdue since 7 November, 20:00 ",
	},
	"zh-Hans": {
		by:      "下次更新 2026年11月6日 18:00（北京时间）前 ",
		overdue: "下次更新 原定2026年11月6日 18:00（北京时间），尚未发布 ",
		again:   "下次更新的时间到了。请刷新本页，看看是否已经发布。",
		promise: "由平台给1112位买家发站内信",
		open:    " 未到期·11月7日 20:00前 ", state: " 已逾期，原定11月7日 20:00 ",
	},
}

// due is when the example's next update is due, as programs read it.
const due = "2026-11-06T18:00:00+08:00"

// TestLive: by the reader's clock, a page says how long there is left, and by
// itself that something is late.
func TestLive(t *testing.T) {
	eachLive(t, "example", func(t *testing.T, s *site) {
		said := said[s.lang]
		for _, c := range []struct {
			now     time.Time
			update  map[string]string // how long, of the next update
			promise map[string]string // and of the promise that is due on the next day at 20:00
		}{
			{at("15:41:00"), map[string]string{"en": "in 2 hours", "zh-Hans": "2小时后"}, map[string]string{"en": "in 28 hours", "zh-Hans": "28小时后"}},
			{at("16:00:01"), map[string]string{"en": "in 120 minutes", "zh-Hans": "120分钟后"}, nil},
			{at("17:59:50"), map[string]string{"en": "in 1 minute", "zh-Hans": "1分钟后"}, nil},
			{at("18:00:00"), map[string]string{"en": "This update is 1 minute late", "zh-Hans": "这次更新已经迟了1分钟"}, nil},
			{at("19:59:59"), map[string]string{"en": "This update is 119 minutes late", "zh-Hans": "这次更新已经迟了119分钟"}, nil},
			{at("21:59:59"), map[string]string{"en": "This update is 3 hours late", "zh-Hans": "这次更新已经迟了3小时"}, nil},
			{at("20:01:00").AddDate(0, 0, 1), map[string]string{"en": "This update is 26 hours late", "zh-Hans": "这次更新已经迟了26小时"}, map[string]string{"en": "1 minute late", "zh-Hans": "迟了1分钟"}},
			{at("20:00:00").AddDate(0, 0, 3), map[string]string{"en": "This update is 3 days late", "zh-Hans": "这次更新已经迟了3天"}, map[string]string{"en": "2 days late", "zh-Hans": "迟了2天"}},
		} {
			b := openAt(t, s.url(allergy), c.now)
			want := notice{said.by + c.update[s.lang], false, due, ""}
			if !c.now.Before(at("18:00:00")) {
				want = notice{said.overdue + c.update[s.lang], true, due, ""}
			}
			assert.Equal(t, want, b.next(), "%v", c.now)
			if c.promise != nil {
				state := said.open
				if c.now.Day() > 6 {
					state = said.state
				}
				assert.Contains(t, b.row(said.promise), said.promise+state+c.promise[s.lang], "%v", c.now)
			}
			if _, faults := b.Heard(); len(faults) > 0 {
				t.Errorf("%v: the browser complains:%s", c.now, list(faults))
			}
		}
	})
}

// TestLivePasses: where the time comes while a page is open, its notice turns, and
// that is said aloud, once; the page asks to be loaded again, for it cannot know
// what has been published since.
func TestLivePasses(t *testing.T) {
	eachLive(t, "example", func(t *testing.T, s *site) {
		said := said[s.lang]
		for name, pass := range map[string]func(*tab, time.Time){"open": (*tab).wait, "woken": (*tab).wake} {
			b := openAt(t, s.url(allergy+"#promises"), at("17:58:40"))
			assert.Equal(t, notice{said.by + map[string]string{"en": "in 1 minute", "zh-Hans": "1分钟后"}[s.lang], false, due, ""}, b.next(), name)
			chromiumtest.Eval[chromedp.Void](b, `window.aloud = []; new MutationObserver((all) => aloud.push(...all.map((m) => m.target.textContent))).observe(document.querySelector("main output"), { childList: true, subtree: true, characterData: true })`)
			assert.Equal(t, 1, chromiumtest.Eval[int](b, `document.querySelectorAll("output").length`))
			assert.Equal(t, []int{30_000}, chromiumtest.Eval[[]int](b, `clock.waits()`))
			copied := map[string]string{"en": "LinkCopy link", "zh-Hans": "链接复制链接"}[s.lang]
			assert.Equal(t, copied, chromiumtest.Eval[string](b, `document.querySelector("#newest .share").innerText`))

			pass(b, at("17:59:10"))
			assert.False(t, b.next().Overdue, name)
			pass(b, at("18:00:00"))
			assert.Equal(t, said.again, b.next().Said, name)
			assert.True(t, b.next().Overdue, name)
			pass(b, at("18:05:00"))
			pass(b, at("20:00:00"))
			pass(b, at("20:00:00").AddDate(0, 0, 2))
			want := notice{said.overdue + map[string]string{"en": "This update is 2 days late", "zh-Hans": "这次更新已经迟了2天"}[s.lang], true, due, said.again}
			assert.Equal(t, want, b.next(), name)
			assert.Contains(t, b.row(said.promise), said.promise+said.state+map[string]string{"en": "24 hours late", "zh-Hans": "迟了24小时"}[s.lang], name)
			assert.Equal(t, []string{said.again}, chromiumtest.Eval[[]string](b, `aloud`), name)
			assert.Equal(t, "next overdue", chromiumtest.Eval[string](b, `document.querySelector("aside .next").className`), "the same stands beside the text")

			assert.Equal(t, s.url(allergy), chromiumtest.Eval[string](b, `document.querySelector("output a").href`), "the link loads the page, not a place on it")
			if _, faults := b.Heard(); len(faults) > 0 {
				t.Errorf("%s: the browser complains:%s", name, list(faults))
			}
			b.overflow(allergy)
			b.targets(allergy)
		}
	})
}

// TestLiveAsBuilt: what has become overdue before the reader's eyes looks and reads as
// what was overdue when the page was built.
func TestLiveAsBuilt(t *testing.T) {
	eachLive(t, "kinds", func(t *testing.T, s *site) {
		const page = "/silent/"
		later, err := serveInput(s.name, generator.Input{Content: s.content, Now: s.at.Add(48 * time.Hour), Theme: s.theme})
		require.NoError(t, err)
		defer later.server.Close()
		before, built := openAt(t, s.url(page), later.at), openAt(t, later.url(page), later.at)
		assert.Contains(t, string(later.html(page)), `class="next overdue"`)
		assert.NotContains(t, string(s.html(page)), `class="next overdue"`)
		for _, v := range chromiumtest.Views {
			before.Look(v)
			built.Look(v)
			assert.True(t, built.next().Overdue)
			assert.Equal(t, built.next(), before.next())
			const box = `(() => { const p = document.querySelector(".next"); return [getComputedStyle(p).borderLeftWidth, getComputedStyle(p.querySelector("small")).fontSize, String(p.offsetHeight), String(p.offsetTop)]; })()`
			assert.Equal(t, chromiumtest.Eval[[]string](built, box), chromiumtest.Eval[[]string](before, box), "%v", v)
		}
	})
}

// TestLiveSilence: a page says nothing where the reader's clock is before what the
// page knows, where scripts are off, and where the browser is too old; it then
// reads as one that stands still, but for the buttons that copy a link.
func TestLiveSilence(t *testing.T) {
	const words = `(document.querySelectorAll("button").forEach((b) => b.remove()), probe.words())`
	frozen, err := allSites()
	require.NoError(t, err)
	eachLive(t, "", func(t *testing.T, s *site) {
		still := frozen[slices.IndexFunc(frozen, func(f *site) bool { return f.name == s.name })]
		plain, wrong, without := newTab(t), openAt(t, "about:blank", s.at.AddDate(0, 0, -40)), newTab(t)
		chromiumtest.Call(without, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
		old := openAt(t, "about:blank", s.at.AddDate(0, 0, 40))
		chromiumtest.Call(old, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: "delete Intl.RelativeTimeFormat"})
		for _, page := range s.looked {
			plain.open(still.url(page))
			want := chromiumtest.Eval[string](plain, "probe.words()")
			for name, b := range map[string]*tab{"a wrong clock": wrong, "without scripts": without, "an old browser": old} {
				b.open(s.url(page))
				assert.Equal(t, want, chromiumtest.Eval[string](b, words), "%s with %s", page, name)
			}
			wrong.wait(s.at.AddDate(0, 0, -39))
			assert.Equal(t, want, chromiumtest.Eval[string](wrong, words), "%s with a wrong clock", page)
		}
	})
}

// TestLivePages: the script stands where something is owed and nowhere else, with
// its hash in the policy, and nothing else gets past that.
func TestLivePages(t *testing.T) {
	eachLive(t, "", func(t *testing.T, s *site) {
		live := 0
		for _, page := range s.pages() {
			var scripts []string
			owed, policy := 0, ""
			elements(t, s.html(page), func(n *html.Node) {
				if kind, _ := attribute(n, "type"); n.Data == "script" && kind != "application/ld+json" { // that is data
					scripts = append(scripts, n.FirstChild.Data)
				}
				if _, ok := attribute(n, "data-late"); ok {
					owed++
				}
				if kind, _ := attribute(n, "http-equiv"); kind != "" {
					policy, _ = attribute(n, "content")
				}
			})
			if owed == 0 {
				assert.Empty(t, scripts, page)
				assert.NotContains(t, policy, "script-src", page)
				continue
			}
			live++
			require.Len(t, scripts, 1, page)
			sum := sha256.Sum256([]byte(scripts[0]))
			assert.Contains(t, policy, "; script-src 'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"'; ", page)
			assert.Equal(t, 1, strings.Count(policy, "script"), page)
			assert.Less(t, len(scripts[0]), 1024, page)
			assert.NotContains(t, page, "/updates/", "a full page of updates never changes")
		}
		if !strings.HasPrefix(s.name, "quiet") {
			assert.Greater(t, live, 1)
		}
	})
}

// TestLivePolicy: with the script, the policy stops what it stops without.
func TestLivePolicy(t *testing.T) {
	eachLive(t, "example", func(t *testing.T, s *site) {
		for _, page := range []string{"/", allergy} {
			b := openAt(t, s.url(page), s.at)
			b.intrude(page)
		}
	})
}

// TestLiveAxe: axe-core finds nothing on a page that has become overdue, and all
// of it has its contrast.
func TestLiveAxe(t *testing.T) {
	eachLive(t, "", func(t *testing.T, s *site) {
		for _, page := range s.looked {
			if !strings.Contains(string(s.html(page)), "data-again") {
				continue
			}
			b := openAt(t, s.url(page), s.at.Add(time.Minute))
			b.wait(s.at.AddDate(0, 0, 40))
			if chromiumtest.Eval[int](b, `document.querySelectorAll("output a").length`) == 0 {
				t.Errorf("%s has not become overdue", page)
			}
			b.axe(page)
			for _, v := range chromiumtest.Views {
				b.Look(v)
				if found := b.weak(7); len(found) > 0 {
					t.Errorf("%s at %v: contrast under 7:%s", page, v, list(found))
				}
			}
			b.Media("print")
			if chromiumtest.Eval[int](b, `[...document.querySelectorAll("time + small, output")].filter((el) => el.checkVisibility()).length`) > 0 {
				t.Errorf("%s: paper has no clock", page)
			}
		}
	})
}
