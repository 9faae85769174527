package diff

import (
	"strings"

	rd "github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/schemas/source"
)

// value is the text of an element or attribute, with what its kind makes of it.
type value struct {
	text   string
	kind   Kind
	id     rd.ID // of a GUID that is valid
	millis int64 // of an instant that is valid
	valid  bool
}

// sink takes the elements of a model in the order of the schema. An element is
// open, attribute..., its text or its children, close. The items of a set are
// elements whose order does not count.
type sink interface {
	open(name string, at *rd.Place)
	attribute(name string, v value, at *rd.Place)
	text(v value)
	close()
	beginSet()
	endSet()
}

// walker walks over the model. It is the counterpart of the writer of
// rundetails: what it does not show is not compared.
type walker struct {
	sink
	ignore *ignorer // nil when nothing is ignored
	// records says whether steps and runs are shown with the records and
	// steps in them, or as their heads alone.
	records bool
}

func nameOf(name source.Sym) string { return rd.Vocabulary().Name(name) }

// element shows an element with what content shows of it.
func (w *walker) element(name string, at *rd.Place, content func()) {
	if w.begin(name, at) {
		content()
		w.end()
	}
}

// begin opens an element, unless it is ignored.
func (w *walker) begin(name string, at *rd.Place) bool {
	if w.ignore != nil && !w.ignore.enter(name, at) {
		return false
	}
	w.open(name, at)
	return true
}

func (w *walker) end() {
	w.close()
	if w.ignore != nil {
		w.ignore.leave()
	}
}

// block shows an element that only holds others, where it is there or holds
// something all the same.
func (w *walker) block(name source.Sym, b *rd.Block, filled bool, content func()) {
	if b.Present || filled {
		w.element(nameOf(name), &b.Place, content)
	}
}

func (w *walker) leafValue(name source.Sym, at *rd.Place, v value) {
	if w.begin(nameOf(name), at) {
		w.text(v)
		w.end()
	}
}

func (w *walker) leaf(name source.Sym, k Kind, t *rd.Text) {
	if t.Present {
		w.leafValue(name, &t.Place, value{text: t.Value, kind: k})
	}
}

func (w *walker) number(name source.Sym, n *rd.Number) { w.leaf(name, Number, &n.Text) }

func (w *walker) instant(name source.Sym, i *rd.Instant) {
	if i.Present {
		w.leafValue(name, &i.Place, value{text: i.Value, kind: Instant, millis: i.Millis, valid: i.Valid})
	}
}

func (w *walker) guid(name source.Sym, g *rd.GUID) {
	if g.Present {
		w.leafValue(name, &g.Place, guidValue(g))
	}
}

func guidValue(g *rd.GUID) value { return value{text: g.Value, kind: GUID, id: g.ID, valid: g.Valid} }

func (w *walker) attr(name source.Sym, k Kind, t *rd.Text) {
	if t.Present {
		w.attrValue(nameOf(name), &t.Place, value{text: t.Value, kind: k})
	}
}

func (w *walker) attrGUID(name source.Sym, g *rd.GUID) {
	if g.Present {
		w.attrValue(nameOf(name), &g.Place, guidValue(g))
	}
}

func (w *walker) attrValue(name string, at *rd.Place, v value) {
	if w.ignore == nil || !w.ignore.attribute(name) {
		w.attribute(name, v, at)
	}
}

// history shows runs as the runs of one history.
func (w *walker) history(runs []*rd.Run) {
	w.element("run-history", &rd.Place{}, func() {
		for _, r := range runs {
			w.run(r)
		}
	})
}

func (w *walker) run(r *rd.Run) {
	w.element("run-details", &r.Place, func() {
		w.guid(rd.NameMAID, &r.MAID)
		w.leaf(rd.NameMAName, Agent, &r.MAName)
		w.number(rd.NameRunNumber, &r.Number)
		w.leaf(rd.NameRunProfileName, Text, &r.ProfileName)
		w.leaf(rd.NameSecurityID, Account, &r.SecurityID)
		if w.records {
			for _, s := range r.Steps {
				w.step(s)
			}
		}
	})
}

func (w *walker) step(s *rd.Step) {
	w.element("step-details", &s.Place, func() {
		w.attr(rd.NameStepNumber, Number, &s.Number.Text)
		w.attrGUID(rd.NameStepID, &s.ID)
		w.instant(rd.NameStartDate, &s.Start)
		w.instant(rd.NameEndDate, &s.End)
		if r := &s.Result; r.Present && w.begin(nameOf(rd.NameStepResult), &r.Place) {
			w.attr(rd.NameProgress, Text, &r.Progress)
			w.attr(rd.NameFile, Text, &r.File)
			w.text(value{text: r.Value, kind: Text})
			w.end()
		}
		if s.Description.Present || s.Description.Root != nil {
			w.free(s.Description.Root, &s.Description.Place, "step-description")
		}
		w.number(rd.NameCurrentExportStepCounter, &s.CurrentExport)
		w.number(rd.NameLastSuccessfulExportStepCounter, &s.LastExport)
		w.connection(s)
		w.container(rd.NameMADiscoveryErrors, &s.DiscoveryErrors, len(s.ObjectErrors), func() { each(s.ObjectErrors, w.objectError) })
		w.block(rd.NameMADiscoveryCounters, &s.DiscoveryCounters.Block, false, func() {
			w.number(rd.NameFilteredDeletions, &s.DiscoveryCounters.FilteredDeletions)
			w.number(rd.NameFilteredObjects, &s.DiscoveryCounters.FilteredObjects)
		})
		w.container(rd.NameSynchronizationErrors, &s.SyncErrors, len(s.ImportErrors)+len(s.ExportErrors), func() {
			each(s.ImportErrors, w.importError)
			each(s.ExportErrors, w.exportError)
		})
		w.container(rd.NameMVRetryErrors, &s.RetryErrorBlock, len(s.RetryErrors), func() { each(s.RetryErrors, w.retryError) })
		w.blocks(s)
	})
}

// container shows an element that holds records, alone or with them.
func (w *walker) container(name source.Sym, b *rd.Block, n int, content func()) {
	w.block(name, b, n > 0, func() {
		if w.records {
			content()
		}
	})
}

func each[R any](list []R, show func(R)) {
	for _, r := range list {
		show(r)
	}
}

func (w *walker) blocks(s *rd.Step) {
	w.beginSet()
	for _, b := range s.Outbound {
		w.counterBlock(b)
	}
	w.endSet()
	for _, first := range []*rd.CounterBlock{&s.Staging, &s.Inbound, &s.Export} {
		w.counterBlock(first)
		for _, b := range s.MoreBlocks {
			if b.Kind == first.Kind && first.Kind != rd.Outbound {
				w.counterBlock(b)
			}
		}
	}
}

func (w *walker) counterBlock(b *rd.CounterBlock) {
	w.block(b.Kind.Element(), &b.Block, false, func() {
		w.attr(rd.NameMA, Agent, &b.MA)
		w.attrGUID(rd.NameMAID, &b.MAID)
		counters := b.Counters()
		for i, name := range b.Kind.Names() {
			c := &counters[i]
			if c.Present && w.begin(nameOf(name), &c.Place) {
				w.attr(rd.NameDetail, Text, &c.Detail)
				w.text(value{text: c.Value, kind: Counter})
				w.end()
			}
		}
	})
}

func (w *walker) connection(s *rd.Step) {
	c := &s.Connection
	logged := c.Log.Present || len(s.Incidents) > 0
	w.block(rd.NameMAConnection, &c.Block, logged, func() {
		w.leaf(rd.NameConnectionResult, Text, &c.Result)
		w.leaf(rd.NameServer, Server, &c.Server)
		w.block(rd.NameConnectionLog, &c.Log, logged, func() { each(s.Incidents, w.incident) })
	})
}

func (w *walker) incident(i *rd.Incident) {
	w.element("incident", &i.Place, func() {
		w.leaf(rd.NameConnectionResult, Text, &i.Result)
		w.instant(rd.NameDate, &i.Date)
		w.leaf(rd.NameServer, Server, &i.Server)
		w.cdError(&i.Error)
	})
}

func (w *walker) cdError(e *rd.CDError) {
	w.block(rd.NameCDError, &e.Block, false, func() {
		w.leaf(rd.NameErrorCode, Text, &e.Code)
		w.leaf(rd.NameErrorLiteral, Text, &e.Literal)
		w.leaf(rd.NameServerErrorDetail, Text, &e.Detail)
	})
}

// free shows free content: text between elements is a child of its own, and
// white space around text does not count.
func (w *walker) free(a *rd.Any, at *rd.Place, tag string) {
	w.element(tag, at, func() {
		if a == nil {
			return
		}
		for i := range a.Attributes {
			w.attrValue(a.Attributes[i].Name, at, value{text: a.Attributes[i].Value, kind: Text})
		}
		mixed := a.Children != nil && a.Children[0].Element != nil
		for i := range a.Children {
			c := &a.Children[i]
			if text := strings.TrimSpace(c.Text); text != "" && (mixed || len(a.Children) > 1) {
				w.open(textName, at)
				w.text(value{text: text, kind: Name})
				w.close()
			} else if text != "" {
				w.text(value{text: text, kind: Name})
			}
			if c.Element != nil {
				w.free(c.Element, &c.Element.Place, c.Element.Tag)
			}
		}
	})
}
