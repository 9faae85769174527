package engine

// watermark is where the next delta import of a partition starts (SE-I12).
type watermark struct {
	valid bool // a full import stored one
	value []byte
}

// importer is the import of one step: phases R and G, then O, F and X.
type importer struct {
	*step
	source    Source
	delta     bool
	read      int // entries delivered, before any filter
	queue     []fullRequest
	mark      watermark // to be committed
	badPage   bool
	noMark    bool // the source could not read its watermark
	fixups    []csID
	culprit   string // attribute that the discovery error is about
	delivered []csID // K22: entries accepted in this step
}

// fullRequest asks for a whole object (SE-K01).
type fullRequest struct {
	dn     string
	anchor []byte
}

// imports reads and stages the pages of an import, and ends it: SE-R2 phases R
// to X.
func (m *importer) imports() {
	for _, id := range m.e.spaces[m.a.index].objects { // flags of the step, not of a transaction
		o := m.e.object(id)
		o.flags &^= flagAccepted | flagFixup
		if !m.e.sw.duplicateRun || !m.run.imported { // SE-K07
			o.flags &^= flagAdded
		}
		if !m.delta && o.partition == m.part {
			o.flags &^= flagSeen // SE-N3: not before the next full import
		}
	}
	if !m.e.sw.duplicateRun || !m.run.imported {
		m.run.addedAndGone = nil
	}
	m.run.imported = true
	m.mark = m.e.spaces[m.a.index].watermarks[m.part-1]
	m.pages()
	m.source.Close()
	m.answerQueue()
	if m.cfg.ToFile && !m.cfg.ResumeFromFile { // SE-K54
		m.rec.Staging = StagingCounters{}
		return
	}
	m.confirmDelivered()
	clean := m.stop == "" && len(m.rec.Discovery) == 0
	if clean && !m.delta {
		m.obsolete()
	}
	if clean && m.stop == "" {
		m.confirmAbsent()
	}
	if m.fixesReferences() {
		m.fixReferences()
	}
}

func (m *importer) pages() {
	for m.stop == "" {
		page := m.source.NextPage()
		errors := len(m.rec.Discovery)
		for i := range page.Entries {
			if !m.next() {
				return
			}
			m.read++
			m.e.spend(m.e.costs.Import)
			m.entry(&page.Entries[i])
			if m.stop != "" {
				return
			}
		}
		m.turn(&page, len(m.rec.Discovery) > errors)
		if !page.More {
			return
		}
	}
}

// turn notes the watermark of a page: none after the first bad page of a delta
// import, so that it and its successors are read again (SE-I12).
func (m *importer) turn(page *Page, bad bool) {
	m.badPage = m.badPage || bad
	if !m.badPage || !m.delta {
		m.mark.value = page.Watermark
	}
	if page.Incident != nil {
		m.incident(*page.Incident)
	}
	if page.Result != "" {
		m.halt(page.Result, page.File)
	}
}

func (m *importer) answerQueue() {
	for _, q := range m.queue {
		if m.stop != "" {
			return
		}
		entry, ok := m.source.FullObject(q.dn, q.anchor)
		if !ok {
			m.needFullObject(q.dn, q.anchor)
			continue
		}
		m.entry(&ImportEntry{Kind: Add, Entry: entry})
	}
}

// commitWatermark stores the watermark at the end of the step: SE-I12, SE-K37,
// SE-D3.
func (m *importer) commitWatermark() {
	mark := &m.e.spaces[m.a.index].watermarks[m.part-1]
	switch {
	case m.cfg.ToFile || m.cfg.ResumeFromFile || m.stop != "":
	case m.delta:
		mark.value = m.mark.value
	case len(m.rec.Discovery) == 0:
		*mark = watermark{!m.noMark, m.mark.value}
	}
}

// byEngine tells the errors that are found once the agent has handed an entry
// over; it finds the others itself (SE-K06).
func byEngine(errorType string) bool {
	return errorType == "duplicate-object" || errorType == "need-full-object" || errorType == "staging-error"
}

// discovered records a discovery error (SE-I2).
func (m *importer) discovered(err DiscoveryError) {
	m.rec.Discovery = append(m.rec.Discovery, err)
	ref := ObjectRef{Agent: m.a.cfg.Name, DN: err.DN}
	if m.e.sw.discoveryFails == "all" || byEngine(err.Type) && m.e.sw.discoveryFails == "engine" {
		m.count(StageFailure, ref, "SE-K06", err.Type)
	}
	if m.e.trace.on() {
		m.e.trace.add(Event{Kind: EventError, Object: ref, Status: err.Type, Rule: "SE-I2", Attribute: err.AttributeName})
		m.e.trace.flush()
	}
	m.failed()
	if err.Stop != "" {
		m.halt(err.Stop, "")
	}
}

func (m *importer) needFullObject(dn string, anchor []byte) {
	m.discovered(DiscoveryError{Type: "need-full-object", DN: dn, Anchor: anchor})
}

// count counts a staged entry.
func (m *importer) count(c StagingCounter, ref ObjectRef, rule, detail string) {
	m.rec.Staging[c]++
	if m.e.trace.on() {
		m.e.trace.add(Event{Kind: EventCount, Block: "staging", Counter: c.String(), Object: ref, Rule: rule, Detail: detail})
		m.e.trace.flush()
	}
}

// countObject is count for an object of the space.
func (m *importer) countObject(c StagingCounter, id csID, rule string) {
	m.rec.Staging[c]++
	if m.e.trace.on() {
		m.e.trace.add(Event{Kind: EventCount, Block: "staging", Counter: c.String(), Object: m.e.ref(id), Rule: rule})
		m.e.trace.flush()
	}
}

// filtered counts an entry outside of the partition (SE-K08).
func (m *importer) filtered(counter *uint64, name string, en *ImportEntry) {
	*counter++
	if m.e.trace.on() {
		m.e.trace.add(Event{Kind: EventCount, Block: "discovery", Counter: name,
			Object: ObjectRef{Agent: m.a.cfg.Name, DN: en.DN, Type: en.Type}, Rule: "SE-K08"})
		m.e.trace.flush()
	}
}
