package engine_test

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/runhist/runhist/analyze/engine"
)

// ruleLine reads a line of the setup language that adds a rule.
func (w *world) ruleLine(verb string, f []string) error {
	switch verb {
	case "filter": // filter HR person name equality x [, title present]
		a := w.agent(f[0])
		set := engine.FilterSet{ID: "filter", Type: f[1], Scripted: f[2] == "script"}
		if !set.Scripted {
			alt := engine.FilterAlternative{ID: fmt.Sprintf("f%d", len(a.Filters)+1)}
			for _, c := range strings.Split(strings.Join(f[2:], " "), " , ") {
				p := append(strings.Fields(c), "", "")
				cond := engine.FilterCondition{Source: engine.SourceAttribute{Name: p[0]}, Value: p[2]}
				for cond.Operator.String() != p[1] {
					cond.Operator++
				}
				alt.Conditions = append(alt.Conditions, cond)
			}
			set.Alternatives = []engine.FilterAlternative{alt}
		}
		a.Filters = append(a.Filters, set)
	case "join": // join HR person person|* id=employeeID [more] [resolve=ctx]
		a := w.agent(f[0])
		c := engine.JoinCriterion{ID: fmt.Sprintf("j%d", len(a.Joins)+1), CSType: f[1], MVType: strings.Trim(f[2], "*")}
		for _, m := range f[3:] {
			from, to, _ := strings.Cut(m, "=")
			if from == "resolve" {
				c.Resolve, c.ResolveContext = true, to
				continue
			}
			c.Mappings = append(c.Mappings, engine.JoinMapping{Attribute: engine.SourceAttribute{Name: to}, Mapping: parseMapping(from)})
		}
		a.Joins = append(a.Joins, c)
	case "project": // project HR person person|script
		a := w.agent(f[0])
		p := engine.Projection{ID: "p" + f[1], CSType: f[1], MVType: f[2], Scripted: f[2] == "script"}
		a.Projections = append(a.Projections, p)
	case "flow":
		w.flowLine(f)
	case "export":
		w.exportLine(f)
	case "provision": // provision AD user CN=<name>,OU=x when=active title=new
		w.setup.Metaverse.Provisioning = engine.ProvisionScripted
		if f[0] == "shrink" {
			w.script.shrink = true
			return nil
		}
		r := provisionRule{agent: f[0], objectType: f[1], dn: f[2]}
		for _, option := range f[3:] {
			key, value, _ := strings.Cut(option, "=")
			if key == "when" {
				r.when = value
				continue
			}
			r.initial = append(r.initial, engine.Attr{Name: key, Values: []string{value}})
		}
		w.script.provision = append(w.script.provision, r)
	case "delete": // delete person last|any|script HR
		kind := map[string]engine.DeletionKind{"last": engine.DeleteWithLast, "any": engine.DeleteWithAny, "script": engine.DeleteScripted}[f[1]]
		r := engine.DeletionRule{ID: "d" + f[0], MVType: f[0], Kind: kind}
		for _, name := range f[2:] {
			r.Agents = append(r.Agents, testGUID("ma", name))
		}
		w.setup.Metaverse.Deletion = append(w.setup.Metaverse.Deletion, r)
	default:
		return fmt.Errorf("no such line")
	}
	return nil
}

// flowLine reads: flow person.name ranked HR person name
func (w *world) flowLine(f []string) {
	mvType, attr, _ := strings.Cut(f[0], ".")
	precedence := map[string]engine.Precedence{"ranked": engine.Ranked, "equal": engine.Equal, "manual": engine.Manual}[f[1]]
	flows := &w.setup.Metaverse.ImportFlows
	n := 0
	for i := range *flows {
		n += len((*flows)[i].Flows)
	}
	flow := engine.ImportFlow{ID: "i" + strconv.Itoa(n+1), Agent: testGUID("ma", f[2]), CSType: f[3], Mapping: parseMapping(f[4])}
	for i := range *flows {
		if (*flows)[i].MVType == mvType && (*flows)[i].Attribute == attr {
			(*flows)[i].Flows = append((*flows)[i].Flows, flow)
			return
		}
	}
	*flows = append(*flows, engine.ImportFlows{MVType: mvType, Attribute: attr, Precedence: precedence, Flows: []engine.ImportFlow{flow}})
}

// exportLine reads: export AD user person cn name [null] [initial]
func (w *world) exportLine(f []string) {
	a := w.agent(f[0])
	flow := engine.ExportFlow{ID: "e" + f[3], Attribute: f[3], Mapping: parseMapping(f[4])}
	for _, option := range f[5:] {
		flow.AllowNull = flow.AllowNull || option == "null"
		flow.InitialOnly = flow.InitialOnly || option == "initial"
	}
	for i := range a.ExportFlows {
		if a.ExportFlows[i].CSType == f[1] && a.ExportFlows[i].MVType == f[2] {
			a.ExportFlows[i].Flows = append(a.ExportFlows[i].Flows, flow)
			return
		}
	}
	a.ExportFlows = append(a.ExportFlows, engine.ExportFlowSet{CSType: f[1], MVType: f[2], Flows: []engine.ExportFlow{flow}})
}

// parseMapping reads name, 'constant', dn#2, or script(a,b;context).
func parseMapping(text string) engine.Mapping {
	switch {
	case strings.HasPrefix(text, "'"):
		return engine.Mapping{Kind: engine.Constant, Value: strings.Trim(text, "'")}
	case strings.HasPrefix(text, "dn#"):
		part, _ := strconv.Atoi(text[3:])
		return engine.Mapping{Kind: engine.DNPart, Part: part}
	case strings.HasPrefix(text, "script("):
		sources, context, _ := strings.Cut(strings.TrimSuffix(text[7:], ")"), ";")
		m := engine.Mapping{Kind: engine.Scripted, Script: context}
		for _, s := range strings.Split(sources, ",") {
			if s != "" {
				m.Sources = append(m.Sources, engine.SourceAttribute{Name: s})
			}
		}
		return m
	}
	return engine.Mapping{Kind: engine.Direct, Sources: []engine.SourceAttribute{{Name: text, Intrinsic: text == "dn" || text == "object-id"}}}
}
