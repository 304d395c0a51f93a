package chromium

import (
	"context"
	"fmt"
	"net/url"
	"path"
	"strings"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/fetch"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"candor/generator/message"
)

// Site is where pages to be printed come from.
type Site struct {
	Base string                                   // the address at which it is published, with a slash at its end; empty where nobody knows
	File func(path string) (data []byte, ok bool) // a file by its path in the site, such as rash/index.html
}

// Papers are the sizes of paper.
func Papers() []string { return []string{"A4", "Letter"} }

// Printer prints pages of a site, as PDF.
//
// The browser gets them under the address at which they are published, from memory:
// so their links lead there, and no request leaves the machine. Of a site without an
// address, links to its other pages are no links. Scripts do not run: what is printed
// is what was built.
//
// A PDF is tagged, with the outline of the headings. Its paper is the one asked for,
// margins and page numbers are those of the style sheet.
type Printer struct {
	site  Site
	base  *url.URL
	paper chromedp.PaperSize
	*browser
}

// unknown is the address of a site that has none; nobody can have it (RFC 6761).
const unknown = "http://site.invalid/"

// NewPrinter starts a browser, which ends at the latest when ctx does.
func NewPrinter(ctx context.Context, site Site, paper string) (*Printer, error) {
	p := &Printer{site: site, paper: chromedp.PaperA4}
	if paper == "Letter" {
		p.paper = chromedp.PaperLetter
	}
	address := site.Base
	if address == "" {
		address = unknown
	}
	var err error
	if p.base, err = url.Parse(address); err != nil {
		return nil, message.Errorf("print: %w", err)
	}
	p.browser, err = start(ctx, startLimit)
	return p, err
}

// Close ends the browser.
func (p *Printer) Close() { p.stop() }

// ready makes a page show on paper what it would show when scrolled through, and
// takes links away that lead nowhere.
const ready = `(async (known) => {
	const images = [...document.images];
	for (const image of images) image.loading = "eager";
	await Promise.all(images.map((image) => image.decode().catch(() => {})));
	await document.fonts.ready;
	if (known) return;
	for (const a of document.querySelectorAll("a[href]")) {
		const to = new URL(a.href);
		if (to.origin === location.origin && !(to.pathname === location.pathname && to.hash)) a.removeAttribute("href");
	}
})(%t)`

// Print prints the page at an address within the site, such as rash/report/.
func (p *Printer) Print(page string) (data []byte, err error) {
	err = p.within(patience, func() error {
		data, err = p.print(page)
		return err
	})
	if err != nil {
		return nil, message.Errorf("print %s: %w", page, err)
	}
	return data, nil
}

func (p *Printer) print(page string) ([]byte, error) {
	ctx, closeTab := chromedp.NewContext(p.ctx)
	defer closeTab()
	if err := chromedp.Do(ctx); err != nil {
		return nil, err
	}
	if err := p.serve(ctx); err != nil {
		return nil, err
	}
	if _, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
		return nil, err
	}
	response, err := chromedp.Run(ctx, chromedp.NavigateResponse(p.base.JoinPath(page).String()))
	switch {
	case err != nil:
		return nil, err
	case response == nil || response.Status != 200:
		return nil, message.Errorf("there is no such page")
	}
	script := fmt.Sprintf(ready, p.site.Base != "")
	if _, err := chromedp.Run(ctx, chromedp.Evaluate[chromedp.Void](script, chromedp.EvalAwaitPromise)); err != nil {
		return nil, err
	}
	return chromedp.Run(ctx, chromedp.PrintToPDF(chromedp.PDFPaper(p.paper), chromedp.PDFPreferCSSPageSize(), chromedp.PDFOutlineAndTagged()))
}

// serve answers what the tab asks for from the site, and nothing from anywhere else.
func (p *Printer) serve(ctx context.Context) error {
	answer := func(e *fetch.EventRequestPaused) {
		data, ok := p.file(e.Request.URL)
		if !ok {
			_, _ = chromedp.Call(ctx, fetch.FailRequest, fetch.FailRequestParams{RequestID: e.RequestID, ErrorReason: network.ErrorReasonBlockedByClient})
			return
		}
		_, _ = chromedp.Call(ctx, fetch.FulfillRequest, fetch.FulfillRequestParams{RequestID: e.RequestID, ResponseCode: 200, Body: data,
			ResponseHeaders: []*fetch.HeaderEntry{{Name: "Content-Type", Value: mediaType(e.Request.URL)}}})
	}
	err := chromedp.Listen(ctx, func(event any) {
		if e, ok := event.(*fetch.EventRequestPaused); ok {
			go answer(e) // it waits for what Listen reads
		}
	})
	if err != nil {
		return err
	}
	_, err = chromedp.Call(ctx, fetch.Enable, fetch.EnableParams{Patterns: []*fetch.RequestPattern{{URLPattern: "*"}}})
	return err
}

// file returns what stands at an address.
func (p *Printer) file(address string) ([]byte, bool) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != p.base.Scheme || u.Host != p.base.Host {
		return nil, false
	}
	name, inside := strings.CutPrefix(u.Path, p.base.Path)
	if name == "" || strings.HasSuffix(name, "/") {
		name += "index.html"
	}
	if !inside {
		return nil, false
	}
	return p.site.File(name)
}

// mediaType returns the type of what stands at an address.
func mediaType(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return "application/octet-stream"
	}
	types := map[string]string{"": "text/html; charset=utf-8", ".html": "text/html; charset=utf-8", ".png": "image/png", ".jpg": "image/jpeg",
		".jpeg": "image/jpeg", ".gif": "image/gif", ".webp": "image/webp", ".avif": "image/avif", ".svg": "image/svg+xml"}
	ext := path.Ext(u.Path)
	if strings.HasSuffix(u.Path, "/") {
		ext = ""
	}
	if t, ok := types[strings.ToLower(ext)]; ok {
		return t
	}
	return "application/octet-stream"
}
