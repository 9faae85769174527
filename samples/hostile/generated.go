package hostile

import (
	"bytes"
	"io"
	"strings"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

const (
	mega = 1 << 20
	head = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<run-history>\n<run-details>\n" // three lines
	tail = "</run-details>\n</run-history>\n"
)

// generated are documents that would be too large as files. The defaults of
// the limits are 256 elements deep, 256 attributes and 64 MiB a value.
func generated() []Input {
	return []Input{
		{Name: "flood-of-controls", ID: "XML-char", Line: 4, Column: 10, Faults: 100_000, open: text(head+"<ma-name>", "\x01", 100_000, "</ma-name>\n"+tail)},
		{Name: "flood-in-comment", ID: "XML-char", Line: 4, Column: 5, Faults: 100_000, open: text(head+"<!--", "\x00", 100_000, "-->\n"+tail)},
		{Name: "deep", ID: "SRC-limit-depth", Line: 1, Column: 256*3 + 1, Faults: 1, open: text("", "<a>", 10_000, "")},
		{Name: "deeper", ID: "SRC-limit-depth", Line: 257, Column: 1, Faults: 1, Large: true, open: text("", "<a>\n", 10_000_000, "")},
		{Name: "deep-in-history", ID: "SRC-limit-depth", Line: 4 + 254, Column: 1, Faults: 1, open: text(head, "<x>\n", 300, "")},
		{Name: "attributes", ID: "SRC-limit-attributes", Line: 260, Column: 1, Faults: 1, open: attributes(257)},
		{Name: "attributes-million", ID: "SRC-limit-attributes", Line: 260, Column: 1, Faults: 1, Large: true, open: attributes(1_000_000)},
		{Name: "attributes-no-space", ID: "XML-syntax", Line: 1, Column: 9, Faults: 1, Large: true, open: text("<a", " b='1'c='2'", mega, "/>")},
		{Name: "value-huge", ID: "SRC-limit-value", Line: 4, Column: 1, Faults: 1, Large: true, open: text(head+"<ma-name>", "0123456789abcdef", 4*mega+1, "</ma-name>\n"+tail)},
		{Name: "value-of-references", ID: "SRC-limit-value", Line: 4, Column: 1, Faults: 1, Large: true, open: text(head+"<ma-name>", "&#x1F600;", 17*mega, "</ma-name>\n"+tail)},
		{Name: "section-huge", ID: "SRC-limit-value", Line: 4, Column: 1, Faults: 1, Large: true, open: text(head+"<ma-name><![CDATA[", "]]>]]&gt;<![CDATA[", 64*mega, "")},
		{Name: "attribute-huge", ID: "SRC-limit-value", Line: 4, Column: 1, Faults: 1, Large: true, open: text(head+"<step-details step-id='", "é", 50*mega, "'/>\n"+tail)},
		{Name: "name-huge", ID: "SRC-limit-value", Line: 4, Column: 1, Faults: 1, Large: true, open: text(head+"<", "n", 100*mega, "/>\n"+tail)},
		{Name: "name-long", ID: "XML-tag-mismatch", Line: 1, Column: mega + 4, Faults: 1, Large: true, open: text("<n", "n", mega, "></n>\n")},
		{Name: "end-tag-huge", ID: "SRC-limit-value", Line: 4, Column: 10, Faults: 1, Large: true, open: text(head+"<ma-name></ma-name", " ", 100*mega, ">\n"+tail)},
		{Name: "blank-huge", ID: "SRC-limit-value", Line: 1, Column: 1, Faults: 1, Large: true, open: text("", " \r\n", 500*mega/3, "<run-history/>")},
		{Name: "line-long", ID: "XML-char", Line: 1, Column: 14 + 21*mega, Faults: 1, Large: true, open: text("<run-history>", "<x>é</x> <!-- 3456-->", mega, "\x02</run-history>")},
		{Name: "comment-huge", ID: "XML-truncated", Line: 1, Column: 80*mega + 5, Faults: 1, Large: true, open: text("<!--", "- ", 40*mega, "")},
		{Name: "instructions-million", ID: "XML-root", Line: 1_000_001, Column: 1, Faults: 1, Large: true, open: text("", "<?p?>\n", 1_000_000, "")},
		{Name: "entities-million", ID: "XML-entity", Line: 4, Column: 10 + 5_000_000, Faults: 1, Large: true, open: text(head+"<ma-name>", "&amp;", 1_000_000, "&nbsp;</ma-name>\n"+tail)},
		{Name: "reference-long", ID: "XML-entity", Line: 4, Column: 10, Faults: 1, Large: true, open: text(head+"<ma-name>&#", "0", 10*mega, "65;</ma-name>\n"+tail)},
		{Name: "declaration-long", ID: "XML-syntax", Line: 1, Column: 1, Faults: 1, Large: true, open: text("<?xml version='1.0'", " ", 10*mega, "?><run-history/>")},
		{Name: "plain-text-huge", ID: "SRC-not-xml", Line: 1, Column: 1, Faults: 1, Large: true, open: text("", "Access denied. ", 10*mega, "")},
		{Name: "zeros", ID: "SRC-not-xml", Line: 1, Column: 1, Faults: 1, Large: true, open: text("", "\x00", 10*mega, "")},
		{Name: "bomb.gz", ID: "SRC-limit-bytes", Faults: 1, Large: true, open: gzipBomb},
		{Name: "bomb.zst", ID: "SRC-limit-bytes", Faults: 1, Large: true, open: zstdBomb},
		{Name: "bomb.gz.zst", ID: "SRC-limit-bytes", Faults: 1, Large: true, open: layeredBomb},
	}
}

// text opens a document of a head, a part that is repeated, and a tail.
func text(head, part string, n int, tail string) func() (io.Reader, error) {
	return func() (io.Reader, error) {
		return io.MultiReader(strings.NewReader(head), &repeater{part: part, n: n}, strings.NewReader(tail)), nil
	}
}

// repeater reads a part n times.
type repeater struct {
	part string
	n    int
	rest string
}

func (r *repeater) Read(p []byte) (int, error) {
	done := 0
	for done < len(p) {
		if r.rest == "" {
			if r.n == 0 {
				break
			}
			r.n--
			r.rest = r.part
		}
		n := copy(p[done:], r.rest)
		r.rest = r.rest[n:]
		done += n
	}
	if done == 0 && len(p) > 0 {
		return 0, io.EOF
	}
	return done, nil
}

// attributes opens a document with n attributes in one tag, a line each.
func attributes(n int) func() (io.Reader, error) {
	return func() (io.Reader, error) {
		var doc bytes.Buffer
		doc.WriteString(head[:len(head)-len("<run-details>\n")] + "<run-details")
		name := []byte("aaaaaa")
		for range n {
			doc.WriteString("\n")
			doc.Write(name)
			doc.WriteString("=''")
			for i := range name { // the next name
				if name[i]++; name[i] <= 'z' {
					break
				}
				name[i] = 'a'
			}
		}
		doc.WriteString("/>\n</run-history>\n")
		return &doc, nil
	}
}

// bomb is what the bombs hold: two hundred megabytes of nothing.
func bomb() io.Reader {
	r, _ := text("<run-history>\n", "<!--"+strings.Repeat(" ", mega)+"-->\n", 200, "</run-history>\n")()
	return r
}

func gzipBomb() (io.Reader, error) {
	var out bytes.Buffer
	w, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	return &out, pack(w, bomb())
}

func zstdBomb() (io.Reader, error) {
	var out bytes.Buffer
	w, err := zstd.NewWriter(&out, zstd.WithEncoderConcurrency(1))
	if err != nil {
		return nil, err
	}
	return &out, pack(w, bomb())
}

// layeredBomb hides one bomb in another.
func layeredBomb() (io.Reader, error) {
	inner, err := gzipBomb()
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	w, err := zstd.NewWriter(&out, zstd.WithEncoderConcurrency(1))
	if err != nil {
		return nil, err
	}
	return &out, pack(w, inner)
}

// pack writes what in has through a compression.
func pack(w io.WriteCloser, in io.Reader) error {
	if _, err := io.Copy(w, in); err != nil {
		return err
	}
	return w.Close()
}
