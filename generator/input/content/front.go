package content

import (
	"bytes"
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"candor/generator/diag"
	"candor/generator/domain"
	"candor/generator/input/tomldoc"
)

// Front is the front matter of any document; which keys may stand there depends
// on its Kind. Times are as written: a reading without an offset has no zone yet.
type Front struct {
	Title      string
	Summary    string
	Level      domain.Level // 0 if not given
	Type       string
	Stance     domain.Stance
	Known      tomldoc.Time
	Scope      domain.Scope
	Severity   domain.Severity
	Speed      domain.Speed
	Reads      int // how often the topic has been read
	Affected   string
	Owner      string
	ApprovedBy []string
	Drill      bool
	Stopped    tomldoc.Time // when scheduled promotion was stopped
	Imported   bool         // history from elsewhere
	Safety     bool         // people may come to harm: there is an alert
	Area       string       // where
	Draft      bool
	Revised    tomldoc.Time
	Contacts   []Contact
	Files      map[string]string // label of an evidence file by its path
	Show       []string          // figures on the progress page
	ShowSet    bool              // Show is given, perhaps as an empty list

	Occasion     domain.Occasion // of an incident
	Starts, Ends tomldoc.Time    // of a maintenance; an update can move it
	Declared     []Service       // services that this incident adds to those of the site
	Services     []Saying        // how they are

	Time       tomldoc.Time // of an update or a report
	Kind       domain.Kind
	Status     domain.Status
	NextUpdate tomldoc.Time
	Corrects   []string          // names of earlier updates
	Layers     []domain.Layer    // whom its texts for channels are for; nil for all
	Copy       map[string]string // its own texts for channels, by their ids
}

// Contact is one way to reach the organisation, as written.
type Contact struct {
	Label, Value, Hours, Response string
	Press                         bool // for the press, not for those affected
}

var fence = []byte("+++")

// splitFront finds the front matter of data. The TOML is data[from:to], the
// body begins at body. Ok is false where there is none; a fence that is opened
// and not closed is found. A line that is nearly a fence is found, too, and taken for one.
func splitFront(src diag.Source) (from, to, body int, found diag.List, ok bool) {
	data := src.Data
	open := len(data) - len(bytes.TrimLeft(data, " \t\n"))
	open = bytes.LastIndexByte(data[:open], '\n') + 1
	first := data[open : open+lineLen(data[open:])]
	from = min(open+len(first)+1, len(data))
	if rest := bytes.TrimLeft(bytes.TrimPrefix(first, fence), " \t"); len(rest) < len(first)-2 && firstKey.Match(rest) {
		from = open + len(first) - len(rest) // a key beside the fence
	}
	if !isFence(first) && (!nearFence.Match(first) || !firstKey.Match(data[from:])) {
		return 0, 0, 0, nil, false
	}
	to, n := closeFront(data, from, isFence)
	if to < 0 {
		to, n = closeFront(data, from, func(line []byte) bool { return !frontLine.Match(line) })
		if to >= 0 && !nearFence.Match(data[to:to+n]) {
			to = -1 // the body has begun
		}
	}
	if to < 0 || open > 0 && !firstKey.Match(data[from:]) {
		if open > 0 || !isFence(first) && !bytes.HasPrefix(first, fence) {
			return 0, 0, 0, nil, false // a rule above a text
		}
		return 0, 0, 0, diag.List{src.At(0, 3, "bad-value", diag.Textf("the front matter that begins here is never closed"),
			diag.Textf("put a line with only +++ after the last key"))}, false
	}
	if open > 0 {
		found = diag.List{src.Mended(&diag.Fix{End: open}, "bad-value",
			diag.Textf("front matter begins on the first line"), diag.Textf("remove what is above +++"))}
	}
	if from < open+len(first) {
		found = append(found, src.Mended(&diag.Fix{Start: open + len(fence), End: from, New: "\n"}, "bad-value",
			diag.Textf("+++ must be on a line of its own"), diag.Textf("put what follows +++ on a line of its own")))
	} else {
		found = append(found, badFence(src, open, first)...)
	}
	return from, to, min(to+n+1, len(data)), append(found, badFence(src, to, data[to:to+n])...), true
}

var (
	// nearFence is a line that is meant for +++.
	nearFence = regexp.MustCompile(`^[ \t\x{3000}]*(?:[+＋]{2,}|[-－—–]{3,}|\+\+\+.*)[ \t\x{3000}]*$`)
	// frontLine is what front matter is made of, or nearly so.
	frontLine = regexp.MustCompile(`^[ \t]*(?:$|[#＃\[\]［］【】{}"'“”]|[\w.-]+[ \t\x{3000}]*[=＝:：])`)
	// firstKey is a line of TOML, or of something like it, behind empty lines and comments.
	firstKey = regexp.MustCompile(`^(?:[ \t]*(?:#.*)?\n)*[ \t]*(?:\[+[\w.-]+\]|[\w.-]+[ \t\x{3000}]*[=＝:：])`)
)

func isFence(line []byte) bool { return bytes.Equal(bytes.TrimRight(line, " \t"), fence) }

// closeFront returns where the first line from at on begins that is a fence, and how long it is; -1
// if there is none.
func closeFront(data []byte, at int, is func(line []byte) bool) (to, n int) {
	for at < len(data) {
		n = lineLen(data[at:])
		if is(data[at : at+n]) {
			return at, n
		}
		at += n + 1
	}
	return -1, 0
}

// badFence reports a line that is taken for a fence and is not one.
func badFence(src diag.Source, at int, line []byte) diag.List {
	if isFence(line) {
		return nil
	}
	text := string(bytes.Trim(line, " \t"))
	message := diag.Textf("front matter is between two lines +++; this is \"%s\"", text)
	if strings.HasPrefix(text, string(fence)) && strings.Trim(text, "+") != "" {
		return diag.List{src.At(at, at+len(line), "bad-value", message,
			diag.Textf("put what follows +++ on a line of its own"))}
	}
	return diag.List{src.Mended(diag.Instead(at, strings.TrimRight(string(line), wideBlanks), "+++"), "bad-value", message,
		diag.Textf("write: %s", "+++"))}
}

func lineLen(data []byte) int {
	if i := bytes.IndexByte(data, '\n'); i >= 0 {
		return i
	}
	return len(data)
}

// readFront reads the keys that a document of this place may have.
func readFront(t *tomldoc.Table, place Place) Front {
	var f Front
	f.Title = ReadText(t, "title")
	where := map[string]diag.Text{}
	if place.Lang != "" {
		for _, key := range [...]string{"time", "known", "level", "type", "stance", "status", "kind", "next_update", "owner",
			"approved_by", "drill", "scope", "severity", "speed", "reads", "show", "corrects", "revised", "services", "starts",
			"ends", "imported", "layers", "posting_stopped"} {
			where[key] = diag.Textf("facts are only in the file of the default language; a translation has title, summary and text")
		}
		delete(where, "revised")
	}
	switch place.Kind {
	case Index:
		readIndex(t, place, &f)
		where["status"] = diag.Textf("the status is that of the latest update that has one: write it there")
	case Update:
		readUpdate(t, place, &f)
	case Report:
		if place.Lang == "" {
			f.Time = t.Time("time")
		}
	case Page:
		f.Summary = ReadText(t, "summary")
	}
	f.Revised = t.Time("revised")
	if place.Lang == "" && place.Kind != Page {
		f.ApprovedBy = t.Strings("approved_by")
	}
	f.Draft = t.Bool("draft") // of a translation: readers get the original
	t.Done(where)
	return f
}

// ReadText returns a text that readers see: in one line, \[ and \] for brackets that are no placeholder.
func ReadText(t *tomldoc.Table, key string) string {
	return unbracketed(joined(t.String(key)))
}

func unbracketed(text string) string { return strings.NewReplacer(`\[`, "[", `\]`, "]").Replace(text) }

// Bracketed returns a text as front matter has it, whose brackets are no placeholder.
func Bracketed(text string) string { return strings.NewReplacer("[", `\[`, "]", `\]`).Replace(text) }

func readIndex(t *tomldoc.Table, place Place, f *Front) {
	f.Summary = ReadText(t, "summary")
	f.Affected = ReadText(t, "affected")
	f.Area = ReadText(t, "area")
	f.Contacts = ReadContacts(t)
	if files := t.Table("files"); files != nil {
		f.Files = map[string]string{}
		for _, name := range files.Keys() {
			f.Files[name] = ReadText(files, name)
		}
	}
	f.Declared = ReadServices(t, place.Lang != "")
	if place.Lang != "" {
		return
	}
	f.Level = readLevel(t)
	f.Type = t.String("type")
	f.Stance = oneOf(t, "stance", domain.Stances())
	f.Known = t.Time("known")
	f.Scope = oneOf(t, "scope", domain.Scopes())
	f.Severity = oneOf(t, "severity", domain.Severities())
	f.Speed = oneOf(t, "speed", domain.Speeds())
	f.Reads = t.Int("reads", 0, 1_000_000_000_000)
	f.Owner = t.String("owner")
	f.Stopped = t.Time("posting_stopped")
	f.Drill, f.Imported = t.Bool("drill"), t.Bool("imported")
	if f.Safety = t.Bool("safety"); f.Safety && f.Area == "" {
		t.Report("safety", "bad-value", diag.Textf("an alert has to say where people may come to harm"),
			diag.Textf("add area = \"…\": a country, a town, or everywhere"))
	}
	f.Show, f.ShowSet = ReadShow(t), t.Has("show")
	f.Occasion = cmp.Or(oneOf(t, "kind", domain.Occasions()), domain.OccasionIncident)
	readServices(t, f)
}

// readServices reads what an incident or an update says about services, and when a maintenance is.
func readServices(t *tomldoc.Table, f *Front) {
	f.Starts, f.Ends = t.Time("starts"), t.Time("ends")
	f.Services = readSayings(t)
}

func readUpdate(t *tomldoc.Table, place Place, f *Front) {
	f.Copy = readCopy(t.Table("copy"))
	if place.Lang != "" {
		return
	}
	f.Time = t.Time("time")
	f.Kind = oneOf(t, "kind", domain.Kinds())
	f.Status = oneOf(t, "status", domain.Statuses())
	f.NextUpdate = t.Time("next_update")
	f.Level = readLevel(t)
	f.Corrects = t.Strings("corrects")
	f.Layers = readLayers(t)
	readServices(t, f)
}

// readCopy reads the texts for channels that are not to be made of the update; nil if there are none.
func readCopy(t *tomldoc.Table) map[string]string {
	if t == nil {
		return nil
	}
	texts := map[string]string{}
	for _, id := range t.Keys() {
		if t.Blank(id) {
			t.Report(id, "bad-value", diag.Textf("%s is empty", id), diag.Textf("say what it is, or remove this line"))
		}
		texts[id] = unbracketed(t.String(id))
	}
	t.Done(nil)
	return texts
}

// readLayers reads whom the texts of an update for channels are for.
func readLayers(t *tomldoc.Table) []domain.Layer {
	list := t.Strings("layers")
	for i, layer := range list {
		if !slices.Contains(domain.Layers(), domain.Layer(layer)) {
			t.Report(fmt.Sprintf("layers.%d", i), "bad-value", diag.Textf("there is no layer \"%s\"", layer),
				tomldoc.Choices(layer, domain.Strings(domain.Layers())))
		}
	}
	return domain.Words[domain.Layer](list)
}

// oneOf returns a word of the domain.
func oneOf[W ~string](t *tomldoc.Table, key string, words []W) W {
	return W(t.OneOf(key, domain.Strings(words)...))
}

func readLevel(t *tomldoc.Table) domain.Level {
	return domain.Level(t.Int("level", int(domain.Level1), int(domain.Level3)))
}

// The figures of an incident's CSV files that a progress page can show.
const (
	ShowSentiment = "sentiment" // the share of negative comments
	ShowCases     = "cases"     // the totals
)

// ReadShow reads the list of the figures that progress pages show.
func ReadShow(t *tomldoc.Table) []string {
	list, figures := t.Strings("show"), []string{ShowSentiment, ShowCases}
	for i, what := range list {
		if !slices.Contains(figures, what) {
			t.Report(fmt.Sprintf("show.%d", i), "bad-value",
				diag.Textf("\"%s\" cannot be shown", what), tomldoc.Choices(what, figures))
		}
	}
	return list
}

// ReadContacts reads the [[contact]] tables of front matter or site.toml.
func ReadContacts(t *tomldoc.Table) []Contact {
	var list []Contact
	for _, c := range t.Tables("contact") {
		contact := Contact{Label: ReadText(c, "label"), Value: ReadText(c, "value"), Hours: ReadText(c, "hours"),
			Response: ReadText(c, "response")}
		contact.Press = c.OneOf("audience", "affected", "press") == "press"
		if !c.Has("value") || c.Blank("value") {
			c.Report("value", "bad-value", diag.Textf("this contact has no value"),
				diag.Textf("add value = \"a phone number, an e-mail address or a web address\""))
		}
		c.Done(nil)
		list = append(list, contact)
	}
	return list
}
