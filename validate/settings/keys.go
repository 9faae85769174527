package settings

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/runhist/runhist/schemas/strict"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/suppress"
)

// fileKeys are the keys of the file.
func (r *reader) fileKeys(s *Settings) []strict.Key {
	return []strict.Key{
		{Name: "profile", Read: func(n *yaml.Node) { s.Profile = r.choice(n, "profile", r.known.Profiles) }},
		{Name: "profiles", Read: func(n *yaml.Node) {
			r.List(n, func(item *yaml.Node) { s.Profiles = append(s.Profiles, r.pathProfile(item)) })
		}},
		{Name: "fail-on", Read: func(n *yaml.Node) {
			s.FailOn = r.choice(n, "threshold", []string{"error", "warning", "info", "never"})
		}},
		{Name: "severities", Read: func(n *yaml.Node) { r.severities(n, s) }},
		{Name: "disable", Read: func(n *yaml.Node) {
			r.List(n, func(item *yaml.Node) {
				if id, ok := r.id(item); ok {
					r.grade(s, Grade{id, finding.Off, strict.Line(item)}, item)
				}
			})
		}},
		{Name: "limits", Read: func(n *yaml.Node) { r.Mapping(n, r.limitKeys(s)) }},
		{Name: "formats", Read: func(n *yaml.Node) {
			r.List(n, func(item *yaml.Node) { s.Formats = append(s.Formats, r.format(item)) })
		}},
		{Name: "suppressions", Read: func(n *yaml.Node) {
			r.List(n, func(item *yaml.Node) { s.Suppressions = append(s.Suppressions, r.suppression(item)) })
		}},
		{Name: "policies", Read: func(n *yaml.Node) {
			r.List(n, func(item *yaml.Node) { r.addPolicy(s, item) })
		}},
	}
}

// limitKeys are the keys of limits.
func (r *reader) limitKeys(s *Settings) []strict.Key {
	return []strict.Key{
		{Name: "max-findings", Read: func(n *yaml.Node) { s.MaxFindings = r.integer(n, 0) }},
		{Name: "max-bytes", Read: func(n *yaml.Node) {
			if n.Kind != yaml.ScalarNode || n.Tag != "!!str" && n.Tag != "!!int" {
				r.Wrong(n, "a size such as 500MB")
				return
			}
			if _, err := r.known.Size(n.Value); err != nil {
				r.Problem(n, "%v", err)
			}
			s.MaxBytes = Value[string]{n.Value, strict.Line(n)}
		}},
		{Name: "max-depth", Read: func(n *yaml.Node) { s.MaxDepth = r.integer(n, 1) }},
	}
}

// severities reads a mapping of ids.
func (r *reader) severities(n *yaml.Node, s *Settings) {
	r.Pairs(n, func(k, v *yaml.Node) {
		id, known := r.id(k)
		level := r.choice(v, "severity", []string{"off", "info", "warning", "error"})
		if severity, err := finding.ParseSeverity(level.V); err == nil && known {
			r.grade(s, Grade{id, severity, strict.Line(k)}, k)
		}
	})
}

// grade adds a severity, unless the id has one.
func (r *reader) grade(s *Settings, g Grade, at *yaml.Node) {
	if i := slices.IndexFunc(s.Severities, func(h Grade) bool { return h.ID == g.ID }); i >= 0 {
		r.Problem(at, "line %d has set the severity of %s already", s.Severities[i].Line, g.ID)
		return
	}
	s.Severities = append(s.Severities, g)
}

// pathProfile reads an item of profiles.
func (r *reader) pathProfile(n *yaml.Node) PathProfile {
	p := PathProfile{Line: strict.Line(n)}
	r.Mapping(n, []strict.Key{
		{Name: "path", Read: func(v *yaml.Node) { p.Path = r.path(v) }},
		{Name: "profile", Read: func(v *yaml.Node) { p.Profile = r.choice(v, "profile", r.known.Profiles).V }},
	}, "path", "profile")
	return p
}

// format reads an item of formats.
func (r *reader) format(n *yaml.Node) Value[string] {
	v := r.text(n)
	name, file, named := strings.Cut(v.V, "=")
	switch {
	case !v.Set():
	case !slices.Contains(r.known.Formats, name):
		r.Problem(n, "%s", strict.Unknown("format", name, r.known.Formats))
	case named && file == "":
		r.Problem(n, "the file of the format %s has no name", name)
	}
	return v
}

// suppression reads an item of suppressions.
func (r *reader) suppression(n *yaml.Node) suppress.Entry {
	e := suppress.Entry{Line: strict.Line(n), Column: strict.Column(n)}
	before := r.Count()
	r.Mapping(n, []strict.Key{
		{Name: "id", Read: func(v *yaml.Node) {
			if v.Kind != yaml.SequenceNode {
				if id, ok := r.id(v); ok {
					e.IDs = append(e.IDs, id)
				}
				return
			}
			r.List(v, func(item *yaml.Node) {
				if id, ok := r.id(item); ok {
					e.IDs = append(e.IDs, id)
				}
			})
			if len(v.Content) == 0 {
				r.Problem(v, "a list of ids has at least one")
			}
		}},
		{Name: "path", Read: func(v *yaml.Node) { e.Path = r.path(v) }},
		{Name: "message", Read: func(v *yaml.Node) {
			if text := r.text(v); text.Set() {
				pattern, err := suppress.ParseMessage(text.V)
				r.Check(v, err)
				e.Message = pattern
			}
		}},
		{Name: "reason", Read: func(v *yaml.Node) { e.Reason = r.text(v).V }},
		{Name: "expires", Read: func(v *yaml.Node) {
			if v.Kind != yaml.ScalarNode || v.Tag != "!!str" && v.Tag != "!!timestamp" || v.Value == "" {
				r.Wrong(v, "a day such as 2027-03-31")
				return
			}
			e.Expires = v.Value
			_, err := suppress.ParseDay(e.Expires)
			r.Check(v, err)
		}},
	}, "reason")
	if r.Count() == before {
		r.Check(n, e.Validate())
	}
	return e
}

// path reads a path pattern.
func (r *reader) path(n *yaml.Node) suppress.PathPattern {
	text := r.text(n)
	if !text.Set() {
		return suppress.PathPattern{}
	}
	p, err := suppress.ParsePath(text.V)
	r.Check(n, err)
	return p
}

// id reads the id of a rule or of another finding.
func (r *reader) id(n *yaml.Node) (string, bool) {
	v := r.text(n)
	if !v.Set() {
		return "", false
	}
	if err := r.known.ID(v.V); err != nil {
		r.Problem(n, "%v", err)
		return "", false
	}
	return v.V, true
}

// text reads a text that is not empty; the zero Value where there is none.
func (r *reader) text(n *yaml.Node) Value[string] {
	text, ok := r.Text(n)
	if !ok {
		return Value[string]{}
	}
	return Value[string]{text, strict.Line(n)}
}

// choice reads one of a few words.
func (r *reader) choice(n *yaml.Node, what string, words []string) Value[string] {
	word, _ := r.Choice(n, what, words)
	if word == "" {
		return Value[string]{}
	}
	return Value[string]{word, strict.Line(n)}
}

// integer reads a number that is not below least.
func (r *reader) integer(n *yaml.Node, least int) Value[int] {
	v, _ := r.Integer(n, least)
	return Value[int]{v, strict.Line(n)}
}
