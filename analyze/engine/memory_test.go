package engine_test

import (
	"encoding/binary"
	"fmt"
	"slices"
	"strings"

	"github.com/runhist/runhist/analyze/engine"
)

// memory is a connected data source in memory: it delivers what it holds,
// notes what changed for delta imports, and takes exports as they come.
type memory struct {
	assign  bool // gives anchors to exported objects
	nextID  int
	entries []engine.Entry
	log     []engine.ImportEntry // changes; a watermark is a place in it
	bad     map[string]string    // DN to the type of a discovery error
	raw     []engine.ImportEntry // delivered once, in place of the content
	drop    map[string]bool      // DNs whose writes get lost
	answers map[string][]engine.ExportAnswer
	seen    []string // exports received

	pages []engine.Page
}

func mark(n int) []byte { return binary.BigEndian.AppendUint32(nil, uint32(n)) }

func (m *memory) OpenImport(r engine.ImportRequest) engine.Opening {
	var list []engine.ImportEntry
	from := 0
	if r.Delta {
		if len(r.Watermark) == 4 {
			from = int(binary.BigEndian.Uint32(r.Watermark))
		}
		list = slices.Clone(m.log[min(from, len(m.log)):])
	} else {
		for _, e := range m.entries {
			list = append(list, engine.ImportEntry{Entry: e})
		}
	}
	if m.raw != nil {
		list, m.raw = m.raw, nil
	}
	for i := range list {
		if typ := m.bad[list[i].DN]; typ != "" {
			list[i].Error = &engine.DiscoveryError{Type: typ}
		}
	}
	m.pages = nil
	for at := 0; ; at += r.PageSize {
		end := min(at+r.PageSize, len(list))
		place := len(m.log)
		if r.Delta {
			place = from + end
		}
		m.pages = append(m.pages, engine.Page{Entries: list[at:end], Watermark: mark(place), More: end < len(list)})
		if end == len(list) {
			return engine.Opening{}
		}
	}
}

func (m *memory) NextPage() engine.Page {
	p := m.pages[0]
	m.pages = m.pages[1:]
	return p
}

func (m *memory) FullObject(dn string, anchor []byte) (engine.Entry, bool) {
	for _, e := range m.entries {
		if e.DN == dn {
			return e, true
		}
	}
	return engine.Entry{}, false
}

func (m *memory) Close() {}

func (m *memory) OpenExport(engine.ExportRequest) engine.Opening {
	m.seen = nil
	return engine.Opening{}
}

func (m *memory) Export(batch []engine.ExportRequestEntry) []engine.ExportAnswer {
	var out []engine.ExportAnswer
	for _, r := range batch {
		m.seen = append(m.seen, fmt.Sprintf("pass %d %s", r.Pass, r.DN))
		if list := m.answers[r.DN]; len(list) > 0 {
			m.answers[r.DN] = list[1:]
			if list[0].Status == engine.ReferenceFailure || list[0].Status == engine.RetryReferences {
				m.apply(plain(r)) // all but the references
			}
			if list[0].Status != engine.ExportOK {
				out = append(out, list[0])
				if list[0].Status == engine.ExportFailedStop {
					return out
				}
				continue
			}
		}
		out = append(out, m.apply(r))
	}
	return out
}

// plain is a request without its references.
func plain(r engine.ExportRequestEntry) engine.ExportRequestEntry {
	reference := func(name string) bool { return name == "manager" || name == "member" }
	r.Attributes = slices.DeleteFunc(slices.Clone(r.Attributes), func(a engine.Attr) bool { return reference(a.Name) })
	r.Changes = slices.DeleteFunc(slices.Clone(r.Changes), func(c engine.AttributeChange) bool { return reference(c.Name) })
	return r
}

func (m *memory) apply(r engine.ExportRequestEntry) engine.ExportAnswer {
	at := slices.IndexFunc(m.entries, func(e engine.Entry) bool { return strings.EqualFold(e.DN, r.DN) })
	if m.drop[r.DN] {
		return engine.ExportAnswer{}
	}
	answer := engine.ExportAnswer{}
	switch r.Kind {
	case engine.ExportDelete:
		if at >= 0 {
			m.log = append(m.log, engine.ImportEntry{Kind: engine.Delete, Entry: engine.Entry{DN: r.DN, Anchor: m.entries[at].Anchor}})
			m.entries = slices.Delete(m.entries, at, at+1)
		}
		return answer
	case engine.ExportAdd, engine.ExportReplace:
		e := engine.Entry{DN: r.DN, Anchor: r.Anchor, Type: r.Type}
		if m.assign {
			m.nextID++
			e.Anchor = fmt.Appendf(nil, "id%d", m.nextID)
		}
		answer.Anchor = e.Anchor
		if at >= 0 {
			m.entries = slices.Delete(m.entries, at, at+1)
		}
		m.entries = append(m.entries, e)
		at = len(m.entries) - 1
	}
	if at < 0 {
		return engine.ExportAnswer{Status: engine.ExportFailed, ErrorType: "cd-missing-object"}
	}
	e := &m.entries[at]
	if r.NewDN != "" {
		e.DN = r.NewDN
	}
	e.Attributes = slices.Clone(e.Attributes)
	for _, a := range r.Attributes {
		setAttr(e, a.Name, a.Values)
	}
	for _, c := range r.Changes {
		values := slices.DeleteFunc(slices.Clone(getAttr(e, c.Name)), func(v string) bool { return slices.Contains(c.Remove, v) })
		setAttr(e, c.Name, append(values, c.Add...))
	}
	m.log = append(m.log, engine.ImportEntry{Kind: engine.Add, Entry: *e})
	return answer
}

func getAttr(e *engine.Entry, name string) []string {
	for _, a := range e.Attributes {
		if strings.EqualFold(a.Name, name) {
			return a.Values
		}
	}
	return nil
}

func setAttr(e *engine.Entry, name string, values []string) {
	e.Attributes = slices.DeleteFunc(e.Attributes, func(a engine.Attr) bool { return strings.EqualFold(a.Name, name) })
	if len(values) > 0 {
		e.Attributes = append(e.Attributes, engine.Attr{Name: name, Values: values})
	}
}
