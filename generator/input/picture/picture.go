// Package picture makes of an image file what is published where a text shows it.
//
//	bytes ─▶ kind ▶ without metadata ▶ pixels ▶ upright, at most Widest ─▶ the picture and a smaller one
//
// # What is published
//
// A JPEG or PNG image is turned upright (Exif, orientation 1 to 8) and at most Widest pixels wide.
// Only where that asks for other pixels, where a JPEG is in the colours of print (CMYK), or where it
// is over Heavy, it is encoded anew: a JPEG with the best of a few qualities that is not over Heavy,
// a PNG without loss. Everything else keeps its encoded pixels as they are. So a screenshot in few
// colours does not grow. A picture that is wider than Small gets a second one of that width, if that
// is lighter.
//
// GIF and WebP images, and PNG images that move, keep their pixels: there is no encoder for them. If
// they are too wide, that is advice; a WebP image that would have to be turned is a problem. SVG
// drawings are published as they are.
//
// # Without metadata
//
// Of each format it is listed what is kept, and everything else is left out: Exif and with it GPS,
// thumbnails and the data of makers, XMP, IPTC, comments, texts and times of PNG, what follows the end
// of the image (films, second images, leftovers of what was cropped), and whatever is unknown. A
// colour profile is not published either, as it may name a person's screen: of an RGB profile made
// of three primaries and curves, as cameras and telephones have it, these numbers are written into a
// new one, so that colours stay as they are. Any other profile is left out.
//
// # Bounds
//
// Sizes are read before pixels. What would take more than about 400 MB or two seconds to decode is a
// problem, as is what cannot be decoded to its end; what takes more than 64 MB is decoded alone. Whatever is computed is computed with integers, so
// that all machines make the same bytes.
package picture

import (
	"image"
	"path"
	"strings"
	"sync"

	"candor/generator/diag"
	"candor/generator/fileset"
)

const (
	Widest = 1600       // pixels: the width of a picture on a page of 800 at twice the density
	Small  = 800        // pixels: the width of the smaller picture, for telephones
	Heavy  = 300 * 1000 // bytes: above, a picture is a finding
)

// Picture is an image file that a text shows. It is converted when it is first asked for what is
// published of it. It is safe for concurrent use.
type Picture struct {
	ID      ID
	convert func() Published
}

// ID says when a picture is the same: messages about it have its name.
type ID struct {
	Name string
	Sum  fileset.Sum
}

// IDOf returns the ID of the Picture of a file.
func IDOf(f fileset.File) ID { return ID{path.Base(f.Path), f.Sum} }

// Converter makes Pictures. Of all of its pictures only one that takes much memory is decoded at the
// same time.
type Converter struct{ large sync.Mutex }

// New makes the Picture of a file.
func (c *Converter) New(f fileset.File) *Picture {
	return &Picture{IDOf(f), sync.OnceValue(func() Published { return c.convert(f.Path, f.Data) })}
}

// Published converts the picture, or returns what came of it before.
func (p *Picture) Published() Published { return p.convert() }

// Published is what is published of an image file.
type Published struct {
	File          fileset.File // without a path; no data if there is a Problem
	Small         fileset.File // likewise; no data if there is no smaller one
	Width, Height int          // as displayed; 0 if unknown

	Problem diag.Text // why the file cannot be published; empty if it can
	Advice  diag.Text // what should be better about it; empty if nothing
	Hint    diag.Text // for either
}

// kinds are the files that people show, by the endings of their names.
var kinds = map[string]string{
	".png": "image", ".jpg": "image", ".jpeg": "image", ".gif": "image", ".webp": "image", ".svg": "drawing",
	".heic": "heic", ".heif": "heic", ".hif": "heic", ".avif": "avif",
	".mov": "video", ".mp4": "video", ".m4v": "video", ".webm": "video", ".mkv": "video", ".avi": "video",
	".3gp": "video", ".ogv": "video", ".mpg": "video", ".mpeg": "video", ".wmv": "video",
}

func ending(name string) string { return strings.ToLower(path.Ext(name)) }

// Is reports whether a file is a picture by its name, be it one that pages do not show.
func Is(name string) bool { return kinds[ending(name)] != "" }

// Resizes reports whether there may be a smaller one of a file, by its name.
func Resizes(name string) bool {
	switch ending(name) {
	case ".png", ".jpg", ".jpeg":
		return true
	}
	return false
}

// encoded is an image file whose metadata is taken out.
type encoded struct {
	format  string
	data    []byte
	turn    int    // orientation of Exif, 1 to 8
	colours []byte // what says what its colours are, as the format has it
	moves   bool   // it has several pictures
	config  image.Config
	need    int // bytes of memory to decode it, about
}

// convert makes what is published of an image file. Its name says what it is called in messages, and
// what people take it for.
func (c *Converter) convert(name string, data []byte) Published {
	name = path.Base(name)
	if kinds[ending(name)] == "drawing" {
		return Published{File: file(data)}
	}
	if p := foreign(name, data); p.Problem.Format != "" {
		return p
	}
	e, ok := strip(data)
	if !ok {
		return damaged(name)
	}
	if width, height := e.config.Width, e.config.Height; e.need > most || width > mostPixels/height {
		return Published{
			Problem: diag.Textf("\"%s\" has %d × %d pixels: that is too much to convert", name, width, height),
			Hint:    diag.Textf("save it with a width of %d pixels: a page shows no more", Widest),
		}
	}
	if e.fixed() && e.turn != 1 {
		return Published{
			Problem: diag.Textf("\"%s\" would lie on its side: images of this kind are not turned here", name),
			Hint:    diag.Textf("turn it upright in an image program and save it again, or save it as JPEG"),
		}
	}
	if e.need > large {
		c.large.Lock()
		defer c.large.Unlock()
	}
	p, ok := e.publish()
	if !ok {
		return damaged(name)
	}
	return e.advise(name, p)
}

// publish decodes an image and makes what is published of it; false if it cannot be decoded.
func (e *encoded) publish() (Published, bool) {
	pixels, ok := e.decode()
	if !ok {
		return Published{}, false
	}
	p := Published{File: file(e.data), Width: e.config.Width, Height: e.config.Height}
	if e.fixed() {
		return p, true
	}
	if e.turn >= 5 {
		p.Width, p.Height = p.Height, p.Width
	}
	_, cmyk := pixels.(*image.CMYK)
	full := newRaster(pixels)
	switch {
	case e.turn != 1 || p.Width > Widest:
		full = full.fit(e.turn, min(p.Width, Widest), scaled(p, min(p.Width, Widest)))
		p.File, p.Width, p.Height = file(e.encode(full)), full.width, full.height
	case cmyk:
		p.File = file(e.encode(full))
	case e.format == "jpeg" && len(e.data) > Heavy:
		if lighter := e.encode(full); len(lighter) < len(e.data) {
			p.File = file(lighter)
		}
	}
	if p.Width > Small {
		if data := e.encode(full.fit(1, Small, scaled(p, Small))); len(data) < len(p.File.Data) {
			p.Small = file(data)
		}
	}
	return p, true
}

// scaled returns the height of a picture at another width.
func scaled(p Published, width int) int { return max(1, (p.Height*width+p.Width/2)/p.Width) }

// fixed reports whether the image keeps its pixels.
func (e *encoded) fixed() bool { return e.format == "gif" || e.format == "webp" || e.moves }

// advise adds what should be better about a picture.
func (e *encoded) advise(name string, p Published) Published {
	switch kilobytes := (len(p.File.Data) + 500) / 1000; {
	case e.fixed() && p.Width > Widest:
		p.Advice = diag.Textf("\"%s\" is %d pixels wide: a page shows %d at most", name, p.Width, Widest)
		p.Hint = diag.Textf("save it with a width of %d pixels, or as JPEG or PNG, which are made smaller here", Widest)
	case len(p.File.Data) <= Heavy:
	case e.moves:
		p.Advice = diag.Textf("\"%s\" takes %d KB: it keeps people on slow lines waiting", name, kilobytes)
		p.Hint = diag.Textf("show one still picture of it as JPEG, and link to the moving one")
	case e.format == "jpeg":
		p.Advice = diag.Textf("\"%s\" takes %d KB: it keeps people on slow lines waiting", name, kilobytes)
		p.Hint = diag.Textf("cut it down to the part that people have to see")
	default:
		p.Advice = diag.Textf("\"%s\" takes %d KB: it keeps people on slow lines waiting", name, kilobytes)
		p.Hint = diag.Textf("save a photo as JPEG; cut a screenshot down to the part that people have to see")
	}
	return p
}

func damaged(name string) Published {
	return Published{
		Problem: diag.Textf("\"%s\" cannot be read to its end as an image", name),
		Hint:    diag.Textf("open it in an image program and save it again as JPEG or PNG"),
	}
}

func file(data []byte) fileset.File { return fileset.File{Data: data, Sum: fileset.SumOf(data)} }

// foreign says what to do about files in formats that people take for images, and that pages do not
// show.
func foreign(name string, data []byte) Published {
	switch kind(name, data) {
	case "heic":
		return Published{
			Problem: diag.Textf("\"%s\" is a photo in HEIC, which most browsers do not show", name),
			Hint: diag.Textf("save it as JPEG, under a name in .jpg; an iPhone does so after " +
				"Settings › Camera › Formats › Most Compatible"),
		}
	case "avif":
		return Published{
			Problem: diag.Textf("\"%s\" is AVIF: what it says about place and camera cannot be removed here", name),
			Hint:    diag.Textf("save it as JPEG, PNG or WebP"),
		}
	case "video":
		return Published{
			Problem: diag.Textf("\"%s\" is a video, and a page shows no videos", name),
			Hint: diag.Textf("remove the \"!\", so that it is a link; say in the text what the video shows, " +
				"or show one picture of it as JPEG"),
		}
	}
	return Published{}
}

// kind returns "heic", "avif", "video" or "", by the first bytes of a file, else by its name.
func kind(name string, data []byte) string {
	if len(data) >= 12 && string(data[4:8]) == "ftyp" { // ISO/IEC 14496-12
		size := min(len(data), 64)
		switch brands := string(data[8:size]); {
		case strings.Contains(brands, "avi"):
			return "avif"
		case strings.Contains(brands, "hei"), strings.Contains(brands, "hev"), strings.Contains(brands, "mif1"),
			strings.Contains(brands, "msf1"):
			return "heic"
		}
		return "video"
	}
	head := string(data[:min(len(data), 16)])
	if strings.HasPrefix(head, "\x1a\x45\xdf\xa3") || strings.HasPrefix(head, "RIFF") && strings.Contains(head, "AVI ") {
		return "video"
	}
	if k := kinds[ending(name)]; k != "image" {
		return k
	}
	return ""
}
