package rundetails

import (
	"fmt"
	"reflect"
	"strings"

	"pgregory.net/rapid"
)

// dump writes out a part of the model, but not where things stand in the
// document, nor what points upward in the tree.
func dump(v any) string {
	var b strings.Builder
	dumpValue(&b, "", reflect.ValueOf(v))
	return b.String()
}

// derived are fields that a reader works out, and pointers upward.
var derived = map[string]bool{
	"Place": true, "noted": true, "stepType": true, "partition": true, "Step": true, "Run": true, "History": true, "Tally": true, "Outline": true, "OutlineCut": true,
	"RunCount": true, "Previous": true, "Cut": true, "Kind": true,
}

func dumpValue(b *strings.Builder, path string, v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			dumpValue(b, path, v.Elem())
		}
	case reflect.Struct:
		for i := range v.NumField() {
			f := v.Type().Field(i)
			if derived[f.Name] {
				continue
			}
			at := path + "." + f.Name
			if f.Anonymous {
				at = path
			}
			dumpValue(b, at, v.Field(i))
		}
	case reflect.Slice, reflect.Array:
		if v.Type() == reflect.TypeFor[ID]() {
			if !v.IsZero() {
				fmt.Fprintf(b, "%s=%x\n", path, v.Interface())
			}
			return
		}
		for i := range v.Len() {
			dumpValue(b, fmt.Sprintf("%s[%d]", path, i), v.Index(i))
		}
	default:
		if !v.IsZero() {
			fmt.Fprintf(b, "%s=%#v\n", path, v)
		}
	}
}

// values are texts that need care: markup, white space, what is not ASCII.
var values = rapid.OneOf(
	rapid.SampledFrom([]string{"", " ", "0", "7", "4294967295", "2016-07-15 10:00:01.25", "2016-13-01 00:00:00.000",
		"{000000C9-1A2B-4C3D-8E4F-0000001849A8}", "a]]>b", "true", "\r\n", " x ", "x\u0085y", "one\n   at two()\n   at three()"}),
	rapid.StringOf(rapid.SampledFrom([]rune("ab0 \t\n\r<>&\"']é漢😀\u007f\u2028"))),
)

// filler fills a model at random.
type filler struct{ t *rapid.T }

func (f filler) chance(label string) bool { return rapid.Bool().Draw(f.t, label) }

func (f filler) few(label string) int { return rapid.IntRange(0, 2).Draw(f.t, label) }

// assign gives a value what a reader would make of a text.
func (f filler) assign(l leaf, always bool) {
	if always || f.chance("present") {
		l.assign(values.Draw(f.t, "value"))
	}
}

// fill fills what v points to: the texts, and the blocks below.
func (f filler) fill(v any) {
	switch x := v.(type) {
	case *Text, *Number, *Instant, *GUID:
		f.assign(x.(leaf), false)
		return
	case *CounterBlock:
		f.counters(x)
		return
	case *Description:
		f.description(x)
		return
	case *[]*Attribute:
		return // filled by attributes, which knows their kind
	case *[]*Text:
		for range f.few("texts") {
			t := &Text{}
			f.assign(t, true)
			*x = append(*x, t)
		}
		return
	case *Value:
		f.assign(&x.Text, true)
		f.fill(&x.Operation)
		f.fill(&x.Encoded.Encoding)
		return
	}
	s := reflect.ValueOf(v).Elem()
	if s.Kind() != reflect.Struct {
		return
	}
	for i := range s.NumField() {
		if field := s.Type().Field(i); !derived[field.Name] && field.IsExported() {
			f.fill(s.Field(i).Addr().Interface())
		}
	}
	f.settle(v, s)
}

// settle makes absent what could not be written.
func (f filler) settle(v any, s reflect.Value) {
	if block := s.FieldByName("Block"); block.IsValid() {
		block.Addr().Interface().(*Block).Present = f.chance("block")
	}
	switch x := v.(type) {
	case *Delta:
		f.attributes(&x.Attributes, NameAttr)
		f.attributes(&x.DNAttributes, NameDNAttr)
	case *Entry:
		f.attributes(&x.Attributes, NameAttr)
		f.attributes(&x.DNAttributes, NameDNAttr)
		if !x.ObjectClass.Present {
			x.ObjectClasses = nil
		}
	case *DirectMapping:
		if !x.Source.Present {
			x.Intrinsic = Text{}
		}
	case *Block:
		x.Present = f.chance("block")
	}
	if present := s.FieldByName("Present"); present.IsValid() && !present.Bool() {
		s.SetZero()
	}
}

func (f filler) attributes(list *[]*Attribute, name any) {
	for range f.few("attributes") {
		a := &Attribute{}
		f.fill(&a.Operation)
		f.fill(&a.Name)
		f.fill(&a.Type)
		f.fill(&a.MultiValued)
		for range f.few("values") {
			v := &Value{}
			if name == NameDNAttr {
				f.fill(&v.Operation)
				f.fill(&v.DN)
				f.fill(&v.Anchor)
			} else {
				f.fill(v)
			}
			a.Values = append(a.Values, v)
		}
		*list = append(*list, a)
	}
}

func (f filler) counters(b *CounterBlock) {
	if b.Present = f.chance("block"); !b.Present {
		return
	}
	f.fill(&b.MA)
	f.fill(&b.MAID)
	for i := range b.Counters() {
		if c := &b.counters[i]; f.chance("counter") {
			f.assign(&c.Number, true)
			f.fill(&c.Detail)
		}
	}
}

func (f filler) description(d *Description) {
	if d.Present = f.chance("description"); d.Present {
		d.Root = f.free("step-description", 3)
	}
}

func (f filler) free(tag string, depth int) *Any {
	a := &Any{Tag: tag}
	for _, name := range []string{"type", "x-1", "xmlns:p"} {
		if f.chance("attribute") {
			a.Attributes = append(a.Attributes, AnyAttribute{name, "v" + values.Draw(f.t, "value")})
		}
	}
	for range f.few("children") {
		if depth > 0 {
			child := f.free(rapid.SampledFrom([]string{"step-type", "partition", "other"}).Draw(f.t, "tag"), depth-1)
			a.Children = append(a.Children, AnyChild{Text: values.Draw(f.t, "text"), Element: child})
		}
	}
	if text := values.Draw(f.t, "text"); text != "" {
		a.Children = append(a.Children, AnyChild{Text: text})
	}
	return a
}

func fillList[R any](f filler, list *[]*R) bool {
	for range f.few("records") {
		r := new(R)
		f.fill(r)
		*list = append(*list, r)
	}
	return len(*list) > 0
}

// histories are models of all kinds.
var histories = rapid.Custom(func(t *rapid.T) *History {
	f := filler{t}
	h := &History{Wrapped: f.chance("wrapped")}
	for range f.few("runs") {
		r := &Run{}
		f.fill(&r.MAID)
		f.fill(&r.MAName)
		f.fill(&r.Number)
		f.fill(&r.ProfileName)
		f.fill(&r.SecurityID)
		for range f.few("steps") {
			r.Steps = append(r.Steps, f.step())
		}
		h.Runs = append(h.Runs, r)
	}
	return h
})

func (f filler) step() *Step {
	s := &Step{}
	s.Staging.Kind, s.Inbound.Kind, s.Export.Kind = Staging, Inbound, Export
	for _, part := range []any{&s.Number, &s.ID, &s.Start, &s.End, &s.Result, &s.Description, &s.CurrentExport, &s.LastExport,
		&s.Connection, &s.DiscoveryErrors, &s.DiscoveryCounters, &s.SyncErrors, &s.RetryErrorBlock, &s.Staging, &s.Inbound, &s.Export} {
		f.fill(part)
	}
	if fillList(f, &s.Incidents) {
		s.Connection.Present, s.Connection.Log.Present = true, true
	}
	if fillList(f, &s.ObjectErrors) {
		s.DiscoveryErrors.Present = true
	}
	if fillList(f, &s.ImportErrors) {
		s.SyncErrors.Present = true
	}
	if fillList(f, &s.ExportErrors) {
		s.SyncErrors.Present = true
	}
	if fillList(f, &s.RetryErrors) {
		s.RetryErrorBlock.Present = true
	}
	for range f.few("outbound") {
		b := &CounterBlock{Kind: Outbound}
		if f.counters(b); b.Present {
			s.Outbound = append(s.Outbound, b)
		}
	}
	for _, first := range []*CounterBlock{&s.Staging, &s.Inbound, &s.Export} {
		b := &CounterBlock{Kind: first.Kind}
		if f.counters(b); b.Present && first.Present {
			s.MoreBlocks = append(s.MoreBlocks, b)
		}
	}
	return s
}
