package cli

import (
	"fmt"
	"strings"

	"github.com/runhist/runhist/schemas/terms"
)

// topics is what explain --format json writes without words.
type topics struct {
	Version int     `json:"version"`
	Kinds   []topic `json:"kinds"`
}

// topic is a kind of thing that can be asked for.
type topic struct {
	Kind     string   `json:"kind"`
	Count    int      `json:"count"`
	Examples []string `json:"examples"`
}

// topics lists what can be asked for.
func (x *explainer) topics() []topic {
	all := []topic{
		{"rule", len(x.rules), []string{"R449", "R172", "C017"}},
		{"requirement", len(x.tables.All()), []string{"R001", "C030", "M020", "P200"}},
		{"erratum", len(x.tables.Errata()), []string{"E12"}},
		{"check of reconcile", len(x.checks), []string{"REC-provisioned-adds", "REC-error-persists"}},
		{"finding of the schema, of XML or of the source", len(x.stages), []string{"XSD-enumeration", "XML-char", "SRC-label"}},
	}
	for _, kind := range terms.Kinds() {
		n := 0
		for i := range x.terms {
			if x.terms[i].Kind == kind {
				n++
			}
		}
		all = append(all, topic{string(kind), n, termExamples(kind)})
	}
	return append(all, topic{"error code", terms.Codes(), []string{"8453", "0x51", "0x80070005"}})
}

// termExamples are words of a kind that people ask about most.
func termExamples(kind terms.Kind) []string {
	switch kind {
	case terms.StepResult:
		return []string{"completed-no-objects", "stopped-error-limit"}
	case terms.ConnectionResult:
		return []string{"failed-search"}
	case terms.DiscoveryError:
		return []string{"need-full-object"}
	case terms.DiscoveryCounter:
		return []string{"filtered-objects"}
	case terms.ImportError:
		return []string{"exported-change-not-reimported"}
	case terms.AlgorithmStep:
		return []string{"validate-connector-filter"}
	case terms.CallSite:
		return []string{"join-resolution"}
	case terms.ExportError:
		return []string{"permission-issue", "cd-error"}
	case terms.OutboundCounter:
		return []string{"provisioned-disconnect"}
	case terms.StagingCounter:
		return []string{"stage-delete"}
	case terms.InboundCounter:
		return []string{"disconnector-remains"}
	case terms.ExportCounter:
		return []string{"export-failure"}
	}
	return nil
}

// topicsText is the list for people.
func topicsText(all []topic, colors bool) string {
	p := paint{colors}
	var b strings.Builder
	b.WriteString("runhist explain WORD... says what an id or a word of a history means.\n\n")
	width := 0
	for _, t := range all {
		width = max(width, len(t.Kind))
	}
	for _, t := range all {
		fmt.Fprintf(&b, "  %s  %s  %s\n", p.bold(fmt.Sprintf("%-*s", width, t.Kind)), p.faint(fmt.Sprintf("%5d", t.Count)), strings.Join(t.Examples, " "))
	}
	b.WriteString("\nrunhist rules lists the rules with their titles.\n")
	return b.String()
}
