package diff_test

import (
	"bytes"
	"encoding/xml"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"testing"

	"github.com/runhist/runhist/samples/generate"
	rd "github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/schemas/source"
)

func parse(t testing.TB, document []byte) *rd.History {
	t.Helper()
	h, _, err := rd.Read(bytes.NewReader(document), source.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func written(t testing.TB, h *rd.History) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := rd.Write(&b, h); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// clone copies a history, so that a test can change the copy.
func clone(t testing.TB, h *rd.History) *rd.History { return parse(t, written(t, h)) }

func generated(t testing.TB, o generate.Options) *rd.History {
	t.Helper()
	var b bytes.Buffer
	if err := generate.WriteRuns(&b, o, 0, max(o.Runs, 1)); err != nil {
		t.Fatal(err)
	}
	return parse(t, b.Bytes())
}

// samples returns the small histories of the shipped archive.
func samples(t testing.TB) map[string]*rd.History {
	t.Helper()
	files, err := filepath.Glob("../../samples/histories/*.xml")
	if err != nil || len(files) < 30 {
		t.Fatal(err, len(files))
	}
	files = append(files, "../../samples/base/complete.xml")
	all := map[string]*rd.History{}
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		all[filepath.Base(f)] = parse(t, data)
	}
	return all
}

// inNoOrder are the elements whose order among their siblings says nothing.
var inNoOrder = []string{"run-details", "step-details", "import-error", "export-error", "retry-error", "ma-object-error", "attr", "dn-attr",
	"value", "dn-value", "oc-value", "src-attribute", "outbound-flow-counters"}

// canonical writes a history so that two have the same text if and only if they
// are equal but for the order of what is in no order. It reads what the writer
// wrote with encoding/xml, and knows nothing of how histories are compared.
func canonical(t testing.TB, h *rd.History) string {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(written(t, h)))
	var element func(start xml.StartElement) string
	free := 0 // depth inside step-description: elements of different names are in no order there
	element = func(start xml.StartElement) string {
		if free > 0 || start.Name.Local == "step-description" {
			free++
			defer func() { free-- }()
		}
		var attrs, loose, fixed []string
		for _, a := range start.Attr {
			attrs = append(attrs, a.Name.Local+"="+a.Value)
		}
		sort.Strings(attrs)
		text := ""
		for {
			token, err := d.Token()
			if err != nil {
				t.Fatal(err)
			}
			switch x := token.(type) {
			case xml.CharData:
				text += string(x)
			case xml.StartElement:
				if child := element(x); slices.Contains(inNoOrder, x.Name.Local) {
					loose = append(loose, child)
				} else {
					fixed = append(fixed, child)
				}
			case xml.EndElement:
				if len(loose)+len(fixed) > 0 || strings.TrimSpace(text) == "" {
					text = strings.TrimSpace(text)
				}
				sort.Strings(loose)
				if free > 0 {
					slices.SortStableFunc(fixed, func(x, y string) int { return strings.Compare(tagOf(x), tagOf(y)) })
				}
				return "<" + start.Name.Local + " " + strings.Join(attrs, ";") + ">" + text + strings.Join(append(fixed, loose...), "\n") + "</>"
			}
		}
	}
	for {
		token, err := d.Token()
		if err == io.EOF {
			t.Fatal("no root")
		}
		if start, ok := token.(xml.StartElement); ok && start.Name.Local == "run-history" {
			return element(start)
		}
	}
}

func tagOf(element string) string {
	tag, _, _ := strings.Cut(element, " ")
	return tag
}

// permute changes the order of what is in no order.
func permute(r *rand.Rand, h *rd.History) {
	shuffle(r, h.Runs)
	for _, run := range h.Runs {
		shuffle(r, run.Steps)
		for _, s := range run.Steps {
			shuffle(r, s.ImportErrors)
			shuffle(r, s.ExportErrors)
			shuffle(r, s.RetryErrors)
			shuffle(r, s.ObjectErrors)
			shuffle(r, s.Outbound)
			for _, e := range s.ObjectErrors {
				shuffle(r, e.Values)
			}
			for _, e := range s.ImportErrors {
				shuffle(r, e.Change.Entry.ObjectClasses)
				shuffle(r, e.Rules.Context.Mapping.Scripted.Sources)
				for _, list := range [][]*rd.Attribute{e.Change.Delta.Attributes, e.Change.Delta.DNAttributes, e.Change.Entry.Attributes, e.Change.Entry.DNAttributes} {
					shuffle(r, list)
					for _, a := range list {
						shuffle(r, a.Values)
					}
				}
			}
		}
	}
}

func shuffle[T any](r *rand.Rand, list []T) {
	r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
}

// rewrite changes the text of a document: GUIDs by a renaming, instants by
// move. It works on text, so that it does not know the model.
func rewrite(document []byte, rename func(string) string, move func(millis int64) int64) []byte {
	document = guidPattern.ReplaceAllFunc(document, func(g []byte) []byte {
		if bytes.HasPrefix(g, []byte("{12345678")) {
			return g
		}
		return []byte(rename(string(g)))
	})
	return instantPattern.ReplaceAllFunc(document, func(i []byte) []byte { return []byte(moved(string(i), move)) })
}
