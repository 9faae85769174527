package rundetails

import (
	"strings"

	"github.com/runhist/runhist/schemas/source"
)

// Any is an element of free content: step-description and what stands in it.
type Any struct {
	Place
	Tag        string // as written, prefix included
	Attributes []AnyAttribute
	Children   []AnyChild
}

// AnyAttribute is an attribute of free content, namespace declarations
// included.
type AnyAttribute struct {
	Name, Value string
}

// AnyChild is a child element, behind the text before it; the last child of a
// mixed element may be text alone.
type AnyChild struct {
	Text    string
	Element *Any // nil at the end
}

// Attribute returns the value of the attribute of that name.
func (a *Any) Attribute(name string) (string, bool) {
	if a != nil {
		for _, at := range a.Attributes {
			if at.Name == name {
				return at.Value, true
			}
		}
	}
	return "", false
}

// Find returns the first element below a with that tag, in document order, or
// nil.
func (a *Any) Find(tag string) *Any {
	if a == nil {
		return nil
	}
	for _, c := range a.Children {
		if c.Element == nil {
			continue
		}
		if c.Element.Tag == tag {
			return c.Element
		}
		if found := c.Element.Find(tag); found != nil {
			return found
		}
	}
	return nil
}

// Text is the text of the element itself, without white space around it.
func (a *Any) Text() string {
	switch {
	case a == nil || len(a.Children) == 0:
		return ""
	case len(a.Children) == 1:
		return strings.TrimSpace(a.Children[0].Text)
	}
	var b strings.Builder
	for _, c := range a.Children {
		b.WriteString(c.Text)
	}
	return strings.TrimSpace(b.String())
}

// StepType is the type of the configured step, such as "full-import", and its
// subtypes; "" where the description does not say.
func (d *Description) StepType() (stepType string, subtypes []string) {
	step := d.Root.Find("step-type")
	stepType, _ = step.Attribute("type")
	if step == nil {
		return stepType, nil
	}
	for _, c := range step.Children {
		if c.Element != nil && strings.HasSuffix(c.Element.Tag, "-subtype") {
			subtypes = append(subtypes, c.Element.Text())
		}
	}
	return stepType, subtypes
}

// Type is the type of the configured step, such as "full-import"; "" where the
// description does not say. Unlike StepType it asks for no memory.
func (d *Description) Type() string {
	if d.noted {
		return d.stepType
	}
	stepType, _ := d.Root.Find("step-type").Attribute("type")
	return stepType
}

// Partition is the partition of the configured step, or "".
func (d *Description) Partition() string {
	if d.noted {
		return d.partition
	}
	return d.Root.Find("partition").Text()
}

// note remembers what is asked for often, once the description is complete.
func (d *Description) note() {
	d.stepType, d.partition = d.Type(), d.Partition()
	d.noted = true
}

// begin fills a from the start tag that r stands at.
func (a *Any) begin(b *Builder, r *source.Reader) {
	*a = Any{Place: a.Place, Tag: strings.Clone(r.Name())}
	for _, attr := range r.Attrs() {
		if b.charge(len(attr.Name) + len(attr.Value) + 32) {
			a.Attributes = append(a.Attributes, AnyAttribute{string(attr.Name), string(attr.Value)})
		}
	}
	a.bind(b, r, prefixOf(a.Tag))
	for _, attr := range r.Attrs() {
		if attr.Space == source.XMLNSNamespace {
			continue
		}
		a.bind(b, r, prefixOf(string(attr.Name)))
		if attr.Space == source.XSINamespace && string(attr.Local) == "type" {
			a.bind(b, r, prefixOf(strings.TrimSpace(string(attr.Value))))
		}
	}
}

// bind declares prefix at a where a declaration outside of the free content
// binds it: that one is not part of the model, and without it the content
// could not be written.
func (a *Any) bind(b *Builder, r *source.Reader, prefix string) {
	if prefix == "" || prefix == "xml" {
		return
	}
	name := "xmlns:" + prefix
	for i := len(b.open) - 1; i >= 0; i-- {
		outer, free := b.open[i].(*Any)
		if !free {
			break
		}
		if _, declared := outer.Attribute(name); declared {
			return
		}
	}
	if space, bound := r.Resolve([]byte(prefix)); bound && b.charge(len(name)+len(space)+32) {
		a.Attributes = append(a.Attributes, AnyAttribute{name, space})
	}
}

func prefixOf(name string) string {
	prefix, _, qualified := strings.Cut(name, ":")
	if !qualified {
		return ""
	}
	return prefix
}

// before takes the text before a child element, which is nil when there is no
// room for it.
func (a *Any) before(b *Builder, text []byte, child element) {
	if child != nil {
		a.Children[len(a.Children)-1].Text = b.keep(text)
	}
}
