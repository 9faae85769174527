package settings

import (
	"slices"

	"go.yaml.in/yaml/v4"

	"github.com/runhist/runhist/analyze/policy"
	"github.com/runhist/runhist/schemas/strict"
	"github.com/runhist/runhist/schemas/wording"
	"github.com/runhist/runhist/validate/finding"
)

// addPolicy reads an item of policies.
func (r *reader) addPolicy(s *Settings, n *yaml.Node) {
	p := policy.Policy{Line: strict.Line(n), Severity: finding.Error}
	before := r.Count()
	var limits []limitNode
	r.Mapping(n, []strict.Key{
		{Name: "name", Read: func(v *yaml.Node) {
			p.Name = r.text(v).V
			if i := slices.IndexFunc(s.Policies, func(q policy.Policy) bool { return q.Name == p.Name }); i >= 0 && p.Name != "" {
				r.Problem(v, "the policy in line %d has the name %q already", s.Policies[i].Line, wording.Clip(p.Name))
			}
		}},
		{Name: "agent", Read: func(v *yaml.Node) { p.Agents = r.patterns(v) }},
		{Name: "profile", Read: func(v *yaml.Node) { p.Profiles = r.patterns(v) }},
		{Name: "check", Read: func(v *yaml.Node) {
			if name := r.text(v); name.Set() {
				var err error
				p.Check, err = policy.ParseCheck(name.V)
				r.Check(v, err)
			}
		}},
		{Name: "type", Read: func(v *yaml.Node) { p.Type = r.text(v).V }},
		{Name: "max", Read: func(v *yaml.Node) { limits = append(limits, limitNode{r.Key(), v, &p.Max}) }},
		{Name: "min", Read: func(v *yaml.Node) { limits = append(limits, limitNode{r.Key(), v, &p.Min}) }},
		{Name: "expect", Read: func(v *yaml.Node) { p.Expect = r.patterns(v) }},
		{Name: "runs", Read: func(v *yaml.Node) {
			p.Every = r.choice(v, "choice of runs", []string{"last", "all"}).V == "all"
		}},
		{Name: "severity", Read: func(v *yaml.Node) {
			if severity, err := finding.ParseSeverity(r.choice(v, "severity", []string{"info", "warning", "error"}).V); err == nil {
				p.Severity = severity
			}
		}},
	}, "name", "check")
	if r.Count() == before {
		// What a limit can be depends on the check, which may stand behind it.
		for _, l := range limits {
			r.Under(l.key, func() { r.limit(p.Check, l) })
		}
	}
	if r.Count() == before {
		r.Check(n, p.Validate())
	}
	s.Policies = append(s.Policies, p)
}

// limitNode is a limit and where it goes.
type limitNode struct {
	key, node *yaml.Node
	into      **policy.Limit
}

func (r *reader) limit(c policy.Check, l limitNode) {
	n := l.node
	if n.Kind != yaml.ScalarNode || n.Tag != "!!str" && n.Tag != "!!int" && n.Tag != "!!float" || n.Value == "" {
		r.Wrong(n, `a limit such as 50, 5%, 2h or "3 x median"`)
		return
	}
	limit, err := policy.ParseLimit(c, n.Value)
	r.Check(n, err)
	*l.into = limit
}

// patterns reads a pattern or a list of them.
func (r *reader) patterns(n *yaml.Node) []policy.Pattern {
	var all []policy.Pattern
	one := func(item *yaml.Node) {
		if text := r.text(item); text.Set() {
			all = append(all, policy.Pattern(text.V))
		}
	}
	if n.Kind != yaml.SequenceNode {
		one(n)
		return all
	}
	r.List(n, one)
	if len(n.Content) == 0 {
		r.Problem(n, "a list of patterns has at least one")
	}
	return all
}
