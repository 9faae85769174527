package settings

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/suppress"
)

// key is a key of a mapping, and what reads its value.
type key struct {
	name string
	read func(r *reader, value *yaml.Node)
}

// reserved is a key that a later version will have: what reconcile checks.
const reserved = "policies"

// fileKeys are the keys of the file.
func fileKeys(s *Settings) []key {
	return []key{
		{"profile", func(r *reader, n *yaml.Node) { s.Profile = r.choice(n, "profile", r.known.Profiles) }},
		{"profiles", func(r *reader, n *yaml.Node) {
			r.list(n, func(item *yaml.Node) { s.Profiles = append(s.Profiles, r.pathProfile(item)) })
		}},
		{"fail-on", func(r *reader, n *yaml.Node) {
			s.FailOn = r.choice(n, "threshold", []string{"error", "warning", "info", "never"})
		}},
		{"severities", func(r *reader, n *yaml.Node) { r.severities(n, s) }},
		{"disable", func(r *reader, n *yaml.Node) {
			r.list(n, func(item *yaml.Node) {
				if id, ok := r.id(item); ok {
					r.grade(s, Grade{id, finding.Off, line(item)}, item)
				}
			})
		}},
		{"limits", func(r *reader, n *yaml.Node) { r.mapping(n, limitKeys(s)) }},
		{"formats", func(r *reader, n *yaml.Node) {
			r.list(n, func(item *yaml.Node) { s.Formats = append(s.Formats, r.format(item)) })
		}},
		{"suppressions", func(r *reader, n *yaml.Node) {
			r.list(n, func(item *yaml.Node) { s.Suppressions = append(s.Suppressions, r.suppression(item)) })
		}},
		{reserved, func(r *reader, n *yaml.Node) {
			r.problem(r.key, "%s is reserved: this version checks no policies, so it does not take them", reserved)
		}},
	}
}

// limitKeys are the keys of limits.
func limitKeys(s *Settings) []key {
	return []key{
		{"max-findings", func(r *reader, n *yaml.Node) { s.MaxFindings = r.integer(n, 0) }},
		{"max-bytes", func(r *reader, n *yaml.Node) {
			if n.Kind != yaml.ScalarNode || n.Tag != "!!str" && n.Tag != "!!int" {
				r.wrong(n, "a size such as 500MB")
				return
			}
			if _, err := r.known.Size(n.Value); err != nil {
				r.problem(n, "%v", err)
			}
			s.MaxBytes = Value[string]{n.Value, line(n)}
		}},
		{"max-depth", func(r *reader, n *yaml.Node) { s.MaxDepth = r.integer(n, 1) }},
	}
}

// severities reads a mapping of ids.
func (r *reader) severities(n *yaml.Node, s *Settings) {
	r.pairs(n, func(k, v *yaml.Node) {
		id, known := r.id(k)
		level := r.choice(v, "severity", []string{"off", "info", "warning", "error"})
		if severity, err := finding.ParseSeverity(level.V); err == nil && known {
			r.grade(s, Grade{id, severity, line(k)}, k)
		}
	})
}

// grade adds a severity, unless the id has one.
func (r *reader) grade(s *Settings, g Grade, at *yaml.Node) {
	if i := slices.IndexFunc(s.Severities, func(h Grade) bool { return h.ID == g.ID }); i >= 0 {
		r.problem(at, "line %d has set the severity of %s already", s.Severities[i].Line, g.ID)
		return
	}
	s.Severities = append(s.Severities, g)
}

// pathProfile reads an item of profiles.
func (r *reader) pathProfile(n *yaml.Node) PathProfile {
	p := PathProfile{Line: line(n)}
	r.mapping(n, []key{
		{"path", func(r *reader, v *yaml.Node) { p.Path = r.path(v) }},
		{"profile", func(r *reader, v *yaml.Node) { p.Profile = r.choice(v, "profile", r.known.Profiles).V }},
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
		r.problem(n, "%s", unknown("format", name, r.known.Formats))
	case named && file == "":
		r.problem(n, "the file of the format %s has no name", name)
	}
	return v
}

// suppression reads an item of suppressions.
func (r *reader) suppression(n *yaml.Node) suppress.Entry {
	e := suppress.Entry{Line: line(n), Column: uint32(n.Column)}
	before := len(r.problems)
	r.mapping(n, []key{
		{"id", func(r *reader, v *yaml.Node) {
			if v.Kind != yaml.SequenceNode {
				if id, ok := r.id(v); ok {
					e.IDs = append(e.IDs, id)
				}
				return
			}
			r.list(v, func(item *yaml.Node) {
				if id, ok := r.id(item); ok {
					e.IDs = append(e.IDs, id)
				}
			})
			if len(v.Content) == 0 {
				r.problem(v, "a list of ids has at least one")
			}
		}},
		{"path", func(r *reader, v *yaml.Node) { e.Path = r.path(v) }},
		{"message", func(r *reader, v *yaml.Node) {
			if text := r.text(v); text.Set() {
				pattern, err := suppress.ParseMessage(text.V)
				r.check(v, err)
				e.Message = pattern
			}
		}},
		{"reason", func(r *reader, v *yaml.Node) { e.Reason = r.text(v).V }},
		{"expires", func(r *reader, v *yaml.Node) {
			if v.Kind != yaml.ScalarNode || v.Tag != "!!str" && v.Tag != "!!timestamp" || v.Value == "" {
				r.wrong(v, "a day such as 2027-03-31")
				return
			}
			e.Expires = v.Value
			_, err := suppress.ParseDay(e.Expires)
			r.check(v, err)
		}},
	}, "reason")
	if len(r.problems) == before {
		r.check(n, e.Validate())
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
	r.check(n, err)
	return p
}

// id reads the id of a rule or of another finding.
func (r *reader) id(n *yaml.Node) (string, bool) {
	v := r.text(n)
	if !v.Set() {
		return "", false
	}
	if err := r.known.ID(v.V); err != nil {
		r.problem(n, "%v", err)
		return "", false
	}
	return v.V, true
}

// choice reads one of a few words.
func (r *reader) choice(n *yaml.Node, what string, words []string) Value[string] {
	v := r.text(n)
	if v.Set() && !slices.Contains(words, v.V) {
		r.problem(n, "%s", unknown(what, v.V, words))
	}
	return v
}

// integer reads a number that is not below least.
func (r *reader) integer(n *yaml.Node, least int) Value[int] {
	v := Value[int]{Line: line(n)}
	if n.Kind != yaml.ScalarNode || n.Tag != "!!int" || n.Decode(&v.V) != nil || v.V < least {
		r.wrong(n, fmt.Sprintf("a whole number of at least %d", least))
	}
	return v
}
