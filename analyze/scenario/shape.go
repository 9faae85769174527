package scenario

import (
	"fmt"
	"io/fs"
	"path"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/runhist/runhist/schemas/strict"
	"github.com/runhist/runhist/schemas/wording"
)

// value reads a value into its destination, and says as JSON Schema what it may
// be. schema may be called with destinations that nobody looks at.
type value struct {
	schema func() map[string]any
	read   func(r *strict.Reader, n *yaml.Node)
}

// field is a key of a mapping.
type field struct {
	name string
	doc  string
	value
	required bool
}

// need is a field that must be there.
func need(name, doc string, v value) field { return field{name, doc, v, true} }

// may is a field that may be left out.
func may(name, doc string, v value) field { return field{name, doc, v, false} }

// object is a mapping of known keys.
func object(fields ...field) value {
	return value{
		schema: func() map[string]any {
			properties := map[string]any{}
			var required []string
			for _, f := range fields {
				s := f.schema()
				if f.doc != "" {
					s["description"] = f.doc
				}
				properties[f.name] = s
				if f.required {
					required = append(required, f.name)
				}
			}
			s := map[string]any{"type": "object", "additionalProperties": false, "properties": properties}
			if len(required) > 0 {
				s["required"] = required
			}
			return s
		},
		read: func(r *strict.Reader, n *yaml.Node) {
			var keys []strict.Key
			var required []string
			for _, f := range fields {
				keys = append(keys, strict.Key{Name: f.name, Read: func(v *yaml.Node) { f.read(r, v) }})
				if f.required {
					required = append(required, f.name)
				}
			}
			r.Mapping(n, keys, required...)
		},
	}
}

// exactlyOne is a mapping that has one of its keys.
func exactlyOne(fields ...field) value {
	all := object(fields...)
	return value{
		schema: func() map[string]any {
			s := all.schema()
			s["minProperties"], s["maxProperties"] = 1, 1
			return s
		},
		read: func(r *strict.Reader, n *yaml.Node) {
			all.read(r, n)
			if n.Kind == yaml.MappingNode && len(n.Content) != 2 {
				var names []string
				for _, f := range fields {
					names = append(names, f.name)
				}
				said := "none is there"
				if k := len(n.Content) / 2; k > 0 {
					said = fmt.Sprintf("%d are there", k)
				}
				r.Problem(n, "one of the keys %s is wanted here, and %s", strings.Join(names, ", "), said)
			}
		},
	}
}

// list is a list of values of one kind. item makes the value of the next one.
func list(item func() value) value {
	return value{
		schema: func() map[string]any { return map[string]any{"type": "array", "items": item().schema()} },
		read: func(r *strict.Reader, n *yaml.Node) {
			r.List(n, func(i *yaml.Node) { item().read(r, i) })
		},
	}
}

// named is a mapping whose keys are names. entry makes the value of the next
// one.
func named(entry func(name string) value) value {
	return value{
		schema: func() map[string]any {
			return map[string]any{"type": "object", "propertyNames": map[string]any{"pattern": `\S`}, "additionalProperties": entry("").schema()}
		},
		read: func(r *strict.Reader, n *yaml.Node) {
			first := map[string]*yaml.Node{}
			r.Pairs(n, func(k, v *yaml.Node) {
				if strings.TrimSpace(k.Value) == "" {
					r.Wrong(k, "a name")
					return
				}
				name := strings.ToLower(k.Value)
				if before := first[name]; before != nil {
					r.Problem(k, "the name %q stands in line %d already, as %q: names are compared without case", k.Value, before.Line, before.Value)
					return
				}
				first[name] = k
				entry(k.Value).read(r, v)
			})
		},
	}
}

// placed notes where a value stands.
func placed(at *Place, v value) value {
	return value{schema: v.schema, read: func(r *strict.Reader, n *yaml.Node) {
		*at = Place{Line: strict.Line(n), Column: strict.Column(n)}
		v.read(r, n)
	}}
}

// text is a text that is not empty.
func text(to *string) value {
	return value{
		schema: func() map[string]any { return map[string]any{"type": "string", "pattern": `\S`} },
		read: func(r *strict.Reader, n *yaml.Node) {
			if s, ok := r.Text(n); ok {
				*to = s
			}
		},
	}
}

// word is one of a few.
func word(to *string, what string, words ...string) value {
	return value{
		schema: func() map[string]any { return map[string]any{"enum": words} },
		read: func(r *strict.Reader, n *yaml.Node) {
			if s, ok := r.Choice(n, what, words); ok {
				*to = s
			}
		},
	}
}

// constant is one of a few words that stand for the values 0, 1, 2 and so on.
func constant[T ~uint8](to **T, what string, words ...string) value {
	return value{
		schema: func() map[string]any { return map[string]any{"enum": words} },
		read: func(r *strict.Reader, n *yaml.Node) {
			s, ok := r.Choice(n, what, words)
			for i, w := range words {
				if ok && w == s {
					v := T(i)
					*to = &v
				}
			}
		},
	}
}

// truth is true or false.
func truth(to *bool) value {
	return value{
		schema: func() map[string]any { return map[string]any{"type": "boolean"} },
		read: func(r *strict.Reader, n *yaml.Node) {
			if n.Kind != yaml.ScalarNode || n.Tag != "!!bool" || n.Decode(to) != nil {
				r.Wrong(n, "true or false")
			}
		},
	}
}

// optional is true, false or not said.
func optional(to **bool) value {
	v := truth(new(bool))
	return value{schema: v.schema, read: func(r *strict.Reader, n *yaml.Node) {
		b := new(bool)
		truth(b).read(r, n)
		*to = b
	}}
}

// maxNumber is the largest number of an integer: that of run histories.
const maxNumber = 1<<31 - 1

// integer is a whole number that is not below least.
func integer(to *int, least int) value {
	return value{
		schema: func() map[string]any {
			return map[string]any{"type": "integer", "minimum": least, "maximum": maxNumber}
		},
		read: func(r *strict.Reader, n *yaml.Node) {
			if v, ok := r.Integer(n, least); ok {
				if v > maxNumber {
					r.Wrong(n, "a number of at most "+strconv.Itoa(maxNumber))
					return
				}
				*to = v
			}
		},
	}
}

// below is a path below the folder of the scenario, with forward slashes, and
// one of the endings if there are any.
func below(to *string, endings ...string) value {
	return value{
		schema: func() map[string]any {
			s := map[string]any{"type": "string", "pattern": `\S`}
			if len(endings) > 0 {
				s["pattern"] = `\S(` + strings.ReplaceAll(strings.Join(endings, "|"), ".", `\.`) + `)$`
			}
			return s
		},
		read: func(r *strict.Reader, n *yaml.Node) {
			s, ok := r.Text(n)
			if !ok {
				return
			}
			clean := path.Clean(s)
			switch {
			case strings.Contains(s, `\`) || !fs.ValidPath(clean):
				r.Problem(n, "%q is no path below the folder of the scenario, with forward slashes", wording.Clip(s))
			case len(endings) > 0 && !ends(s, endings):
				r.Problem(n, "%q: a file whose name ends in %s is wanted", wording.Clip(s), strings.Join(endings, ", "))
			default:
				*to = clean
			}
		},
	}
}

func ends(name string, endings []string) bool {
	for _, e := range endings {
		if strings.HasSuffix(name, e) && len(name) > len(e) {
			return true
		}
	}
	return false
}
