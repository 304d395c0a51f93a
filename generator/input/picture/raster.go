package picture

import (
	"image"
	"image/draw"
)

// raster is an image as values of eight bits in planes: one if it is grey, three if it is YCbCr, of
// which the second and third may be smaller, or one of RGBA with four values a pixel.
type raster struct {
	width, height int
	planes        []plane
}

// plane is a rectangle of pixels of so many values each.
type plane struct {
	values                []uint8
	width, height, stride int // stride in values
	perPixel              int
}

func newPlane(width, height, perPixel int) plane {
	return plane{make([]uint8, width*height*perPixel), width, height, width * perPixel, perPixel}
}

// newRaster makes a raster of an image, with the image's own memory if it can.
func newRaster(img image.Image) raster {
	b := img.Bounds()
	r := raster{width: b.Dx(), height: b.Dy()}
	switch img := img.(type) {
	case *image.YCbCr:
		full := r.width
		small := subsampled(img.SubsampleRatio, r.width, r.height)
		r.planes = []plane{
			{img.Y[img.YOffset(b.Min.X, b.Min.Y):], full, r.height, img.YStride, 1},
			{img.Cb[img.COffset(b.Min.X, b.Min.Y):], small.X, small.Y, img.CStride, 1},
			{img.Cr[img.COffset(b.Min.X, b.Min.Y):], small.X, small.Y, img.CStride, 1},
		}
	case *image.Gray:
		r.planes = []plane{{img.Pix, r.width, r.height, img.Stride, 1}}
	case *image.Gray16:
		grey := image.NewGray(b)
		for i := range grey.Pix {
			grey.Pix[i] = img.Pix[2*i]
		}
		r.planes = []plane{{grey.Pix, r.width, r.height, grey.Stride, 1}}
	case *image.RGBA:
		r.planes = []plane{{img.Pix, r.width, r.height, img.Stride, 4}}
	default:
		colours := image.NewRGBA(image.Rect(0, 0, r.width, r.height))
		draw.Draw(colours, colours.Rect, img, b.Min, draw.Src)
		r.planes = []plane{{colours.Pix, r.width, r.height, colours.Stride, 4}}
	}
	return r
}

// subsampled returns the measures of the colour planes of a YCbCr image.
func subsampled(ratio image.YCbCrSubsampleRatio, width, height int) image.Point {
	h, v := 1, 1
	switch ratio {
	case image.YCbCrSubsampleRatio422:
		h = 2
	case image.YCbCrSubsampleRatio420:
		h, v = 2, 2
	case image.YCbCrSubsampleRatio440:
		v = 2
	case image.YCbCrSubsampleRatio411:
		h = 4
	case image.YCbCrSubsampleRatio410:
		h, v = 4, 2
	}
	return image.Pt((width+h-1)/h, (height+v-1)/v)
}

// image returns the raster as an image that encoders take.
func (r raster) image() image.Image {
	rect := image.Rect(0, 0, r.width, r.height)
	p := r.planes[0]
	switch {
	case len(r.planes) == 3:
		img := &image.YCbCr{
			Y: p.values, Cb: r.planes[1].values, Cr: r.planes[2].values,
			YStride: p.stride, CStride: r.planes[1].stride, Rect: rect,
		}
		for _, ratio := range []image.YCbCrSubsampleRatio{
			image.YCbCrSubsampleRatio444, image.YCbCrSubsampleRatio422, image.YCbCrSubsampleRatio420,
			image.YCbCrSubsampleRatio440, image.YCbCrSubsampleRatio411, image.YCbCrSubsampleRatio410,
		} {
			if subsampled(ratio, r.width, r.height) == image.Pt(r.planes[1].width, r.planes[1].height) {
				img.SubsampleRatio = ratio
				break
			}
		}
		return img
	case p.perPixel == 4:
		return &image.RGBA{Pix: p.values, Stride: p.stride, Rect: rect}
	}
	return &image.Gray{Pix: p.values, Stride: p.stride, Rect: rect}
}

// fit returns the raster turned upright and with other measures, those after turning.
func (r raster) fit(turn, width, height int) raster {
	fitted := raster{width: width, height: height}
	for i, p := range r.planes {
		w, h := width, height
		if i > 0 { // colours at half the resolution, as JPEG has them
			w, h = (width+1)/2, (height+1)/2
		}
		if turn >= 5 {
			w, h = h, w
		}
		fitted.planes = append(fitted.planes, p.scale(w, h).turn(turn))
	}
	return fitted
}

// turn turns the plane as orientation says, from 1, which is as it is, to 8 (CIPA DC-008).
func (p plane) turn(orientation int) plane {
	if orientation == 1 {
		return p
	}
	width, height := p.width, p.height
	if orientation >= 5 {
		width, height = height, width
	}
	turned := newPlane(width, height, p.perPixel)
	for y := range height {
		for x := range width {
			fromX, fromY := x, y
			if orientation >= 5 {
				fromX, fromY = y, x
			}
			switch orientation {
			case 2, 3, 7, 8:
				fromX = p.width - 1 - fromX
			}
			switch orientation {
			case 3, 4, 6, 7:
				fromY = p.height - 1 - fromY
			}
			from := p.values[fromY*p.stride+fromX*p.perPixel:]
			copy(turned.values[y*turned.stride+x*p.perPixel:][:p.perPixel], from)
		}
	}
	return turned
}

// scale returns the plane with other measures: each pixel is the mean of the area that it covers.
// This is the filter of draw.ApproxBiLinear without its gaps, in integers: floating point differs in
// the last bit between processors, and x/image's better filters hold 32 bytes for each row and column.
func (p plane) scale(width, height int) plane {
	if width == p.width && height == p.height {
		return p
	}
	scaled := newPlane(width, height, p.perPixel)
	columns, rows := spans(p.width, width), spans(p.height, height)
	row, sum := make([]uint64, width*p.perPixel), make([]uint64, width*p.perPixel)
	whole := uint64(p.width) * uint64(p.height)
	at := -1 // which row of p is in row
	for y, r := range rows {
		clear(sum)
		for from := r.first; from <= r.last; from++ {
			if from != at {
				p.sumRow(row, from, columns)
				at = from
			}
			weight := r.weight(from, height)
			for i, v := range row {
				sum[i] += weight * v
			}
		}
		out := scaled.values[y*scaled.stride:]
		for i, s := range sum {
			out[i] = uint8((s + whole/2) / whole)
		}
	}
	return scaled
}

// sumRow adds up a row of the plane by the columns of the scaled one.
func (p plane) sumRow(row []uint64, y int, columns []span) {
	n := p.perPixel
	values := p.values[y*p.stride:]
	for x, c := range columns {
		for k := range n {
			first, last := c.first*n+k, c.last*n+k
			if first == last {
				row[x*n+k] = c.begin * uint64(values[first])
				continue
			}
			middle := uint64(0)
			for i := first + n; i < last; i += n {
				middle += uint64(values[i])
			}
			row[x*n+k] = c.begin*uint64(values[first]) + uint64(len(columns))*middle + c.end*uint64(values[last])
		}
	}
}

// span is which pixels of a line one pixel of another line covers, and how much of the first and of
// the last of them. A pixel of the one line is as wide as the other line has pixels.
type span struct {
	first, last int
	begin, end  uint64 // if first is last, begin is all
}

// spans returns the spans of a line of so many pixels for another line.
func spans(from, to int) []span {
	list := make([]span, to)
	for i := range list {
		start, end := i*from, (i+1)*from
		s := span{first: start / to, last: (end - 1) / to}
		if s.begin = uint64(from); s.first != s.last {
			s.begin, s.end = uint64((s.first+1)*to-start), uint64(end-s.last*to)
		}
		list[i] = s
	}
	return list
}

// weight returns how much of a pixel the span covers; to is the length of the other line.
func (s span) weight(i, to int) uint64 {
	switch i {
	case s.first:
		return s.begin
	case s.last:
		return s.end
	}
	return uint64(to)
}
