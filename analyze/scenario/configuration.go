package scenario

import (
	"go.yaml.in/yaml/v4"

	"github.com/runhist/runhist/analyze/config"
	"github.com/runhist/runhist/schemas/strict"
)

// maxDepth is how deep a configuration may be nested.
const maxDepth = 64

// textKey holds the text of an element that has attributes too.
const textKey = "#text"

// configuration is a small configuration: the elements of a server export as
// keys. A list stands for several elements of one name, and attributes are keys
// like children; what is what is known to analyze/config.
func configuration(s *Scenario, name string) value {
	return value{
		schema: func() map[string]any {
			agent := map[string]any{"type": "object", "required": []string{"name", "category"}, "description": "A management agent, with the elements of its export."}
			return map[string]any{"type": "object", "additionalProperties": false, "minProperties": 1, "properties": map[string]any{
				"ma-data": map[string]any{"anyOf": []any{agent, map[string]any{"type": "array", "items": agent, "minItems": 1}}},
				"mv-data": map[string]any{"type": "object", "description": "The metaverse, with the elements of its export."},
			}}
		},
		read: func(r *strict.Reader, n *yaml.Node) {
			ma := func(v *yaml.Node) {
				items := []*yaml.Node{v}
				if v.Kind == yaml.SequenceNode {
					if items = v.Content; len(items) == 0 {
						r.Wrong(v, "a management agent")
					}
				}
				for _, i := range items {
					r.Pairs(i, func(k, v *yaml.Node) {})
					for _, key := range []string{"name", "category"} {
						if i.Kind == yaml.MappingNode && find(i, key) == nil {
							r.Problem(i, "the key %s is missing", key)
						}
					}
				}
			}
			before := r.Count()
			r.Mapping(n, []strict.Key{
				{Name: "ma-data", Read: ma},
				{Name: "mv-data", Read: func(v *yaml.Node) { r.Pairs(v, func(k, v *yaml.Node) {}) }},
			})
			if n.Kind == yaml.MappingNode && len(n.Content) == 0 {
				r.Wrong(n, "ma-data or mv-data")
			}
			if r.Count() > before {
				return
			}
			root := &config.Element{Name: "configuration", Place: place(n)}
			fill(r, root, n, 1)
			s.Configuration = &config.Document{Name: name, Root: root, Short: true}
		},
	}
}

func place(n *yaml.Node) Place { return Place{Line: strict.Line(n), Column: strict.Column(n)} }

// fill gives an element what a node holds.
func fill(r *strict.Reader, e *config.Element, n *yaml.Node, depth int) {
	switch {
	case depth > maxDepth:
		r.Problem(n, "the configuration is nested deeper than %d", maxDepth)
	case n.Kind == yaml.ScalarNode && n.Tag == "!!null":
	case n.Kind == yaml.ScalarNode:
		e.Text = n.Value
	case n.Kind == yaml.MappingNode:
		r.Pairs(n, func(k, v *yaml.Node) {
			if k.Value == textKey {
				if v.Kind != yaml.ScalarNode {
					r.Wrong(v, "a text")
				}
				e.Text = v.Value
				return
			}
			items := []*yaml.Node{v}
			if v.Kind == yaml.SequenceNode {
				items = v.Content
			}
			for _, i := range items {
				c := &config.Element{Name: k.Value, Place: place(k)}
				if v.Kind == yaml.SequenceNode {
					c.Place = place(i)
				}
				e.Children = append(e.Children, c)
				fill(r, c, i, depth+1)
			}
		})
	case n.Kind == yaml.SequenceNode:
		r.Problem(n, "a list in a list has no meaning here")
	default:
		r.Wrong(n, "an element")
	}
}
