package engine_test

import (
	"strings"

	"github.com/runhist/runhist/analyze/engine"
)

// script is a rules extension for tests. Provisioning rules are lines of a
// small language; the other call sites answer by the names of contexts.
type script struct {
	provision []provisionRule
	shrink    bool
}

// provisionRule keeps one connector for each metaverse object that has the
// attributes named in its DN.
type provisionRule struct {
	agent, objectType, dn string
	when                  string // attribute that must be there
	initial               []engine.Attr
}

func dll(text string) error {
	return &engine.ExtensionError{Type: "extension-dll-exception", Name: "Mv.dll", CallStack: text}
}

func expand(pattern string, mv engine.MVEntry) (string, bool) {
	for {
		_, rest, found := strings.Cut(pattern, "<")
		if !found {
			return pattern, true
		}
		name, _, _ := strings.Cut(rest, ">")
		values := mv.Values(name)
		if len(values) == 0 {
			return "", false
		}
		pattern = strings.Replace(pattern, "<"+name+">", values[0], 1)
	}
}

func (s *script) Provision(_ string, mv engine.MVEntry) error {
	if s.shrink { // one connector less with every call
		if conns := mv.Connectors("AD"); len(conns) > 0 && len(mv.Values("shrink")) > 0 {
			return conns[0].Deprovision()
		}
		return nil
	}
	for _, r := range s.provision {
		dn, ok := expand(r.dn, mv)
		if r.when != "" {
			ok = ok && len(mv.Values(r.when)) > 0
		}
		conns := mv.Connectors(r.agent)
		switch {
		case ok && len(conns) == 0:
			if _, err := mv.NewConnector(r.agent, r.objectType, dn, r.initial); err != nil {
				return dll(err.Error())
			}
		case ok:
			for _, c := range conns {
				if err := c.Rename(dn); err != nil {
					return dll(err.Error())
				}
			}
		case !ok:
			for _, c := range conns {
				if err := c.Deprovision(); err != nil {
					return dll(err.Error())
				}
			}
		}
	}
	return nil
}

func (s *script) Filter(_ string, cs engine.CSEntry) (bool, error) {
	return len(cs.Values("hidden")) > 0, nil
}

func (s *script) MapJoin(_, context string, cs engine.CSEntry) ([]string, bool, error) {
	switch context {
	case "decline":
		return nil, true, nil
	case "nothing":
		return nil, false, nil
	case "fail":
		return nil, false, dll("join")
	}
	return cs.Values(context), false, nil
}

func (s *script) ResolveJoin(_, context string, _ engine.CSEntry, candidates []engine.MVEntry) (int, string, error) {
	switch context {
	case "first":
		return 0, "", nil
	case "beyond":
		return len(candidates), "", nil
	case "fail":
		return 0, "", dll("resolve")
	}
	if typ, ok := strings.CutPrefix(context, "type:"); ok {
		return 0, typ, nil
	}
	return -1, "", nil
}

func (s *script) ShouldProject(_ string, cs engine.CSEntry) (string, bool, error) {
	if v := cs.Values("project"); len(v) > 0 {
		return strings.TrimPrefix(v[0], "-"), true, nil
	}
	return "", false, nil
}

func (s *script) ImportFlow(_, context string, cs engine.CSEntry, mv engine.MVEntry) (bool, error) {
	verb, attr, _ := strings.Cut(context, ":")
	switch verb {
	case "decline":
		return true, nil
	case "null":
		return false, mv.Set(attr, nil)
	case "fail":
		return false, dll("flow")
	case "idle":
		return false, nil
	}
	var joined []string
	for _, source := range strings.Split(verb, "+") {
		joined = append(joined, cs.Values(source)...)
	}
	return false, mv.Set(attr, []string{strings.Join(joined, " ")})
}

func (s *script) ExportFlow(_, context string, mv engine.MVEntry, cs engine.CSEntry) (bool, error) {
	verb, attr, _ := strings.Cut(context, ":")
	switch verb {
	case "decline":
		return true, nil
	case "fail":
		return false, dll("flow")
	}
	return false, cs.Set(attr, []string{strings.ToUpper(strings.Join(mv.Values(verb), " "))})
}

func (s *script) Deprovision(_ string, cs engine.CSEntry) (engine.DeprovisionAction, error) {
	switch {
	case len(cs.Values("keep")) > 0:
		return engine.MakeExplicitDisconnector, nil
	case len(cs.Values("wrong")) > 0:
		return 9, nil
	}
	return engine.DeleteObject, nil
}

func (s *script) ShouldDelete(_ string, _ engine.CSEntry, mv engine.MVEntry) (bool, error) {
	return len(mv.Values("keep")) == 0, nil
}
