package simulation

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/runhist/runhist/analyze/engine"
)

// Decision writes an event of the engine as one line for people: what was tried,
// with what outcome, and the rule where one is named. To add a kind: its case in
// subject.
func Decision(ev *engine.Event) string {
	text := subject(ev)
	if ev.Status != "" {
		text += ": " + ev.Status
	}
	if detail := outcome(ev); detail != "" {
		text += ", " + detail
	}
	if ev.Rule != "" {
		text += " [" + ev.Rule + "]"
	}
	return text
}

// subject says what an event is about.
func subject(ev *engine.Event) string {
	switch ev.Kind {
	case engine.EventCount:
		return "counted " + ev.Counter
	case engine.EventError:
		if ev.Detail != "" {
			return "error in " + ev.Detail
		}
		return "error"
	case engine.EventTransient:
		return "becomes a transient object"
	case engine.EventFilter:
		return numbered("connector filter", ev.Number)
	case engine.EventFilterCondition:
		text := fmt.Sprintf("filter condition %s %s", ev.Attribute, ev.Operator)
		if ev.Compared != "" {
			text += " " + quoted(ev.Compared)
		}
		return text
	case engine.EventDeletionRule:
		return "object deletion rule" + mapping(ev)
	case engine.EventRecall:
		return "attribute recall from " + named(&ev.Target)
	case engine.EventRecallValue:
		return "  recalled " + ev.Attribute + " " + list(ev.Value)
	case engine.EventRepopulate:
		return "  repopulation of " + ev.Attribute + from(ev) + of(ev.Target.Agent) + mapping(ev)
	case engine.EventJoinCriterion:
		return numbered("join rule", ev.Number)
	case engine.EventJoinCondition:
		return "join condition " + ev.Attribute + from(ev)
	case engine.EventProjection:
		return "projection" + mapping(ev)
	case engine.EventTypeChange:
		return "change of the metaverse object type"
	case engine.EventImportFlow:
		return "import flow to " + ev.Attribute + from(ev) + mapping(ev)
	case engine.EventProvision:
		return numbered("provisioning, call", ev.Number)
	case engine.EventProvisionAction:
		return "  " + ev.Detail + " " + named(&ev.Target)
	case engine.EventAdd:
		return "  connector add " + named(&ev.Target)
	case engine.EventRename:
		return "  connector rename " + named(&ev.Target) + " to " + ev.Detail
	case engine.EventDeprovision:
		return "  connector deprovisioning " + named(&ev.Target)
	case engine.EventSummary:
		return "connector " + named(&ev.Target) + ", " + ev.Detail
	case engine.EventExportFlow:
		return "export flow to " + ev.Attribute + from(ev) + mapping(ev) + " on " + named(&ev.Target)
	case engine.EventExport:
		return numbered("export request of pass", ev.Number)
	}
	return string(ev.Kind)
}

// outcome is what else came of it.
func outcome(ev *engine.Event) string {
	switch ev.Kind {
	case engine.EventFilterCondition:
		return "value " + list(ev.Value)
	case engine.EventDeletionRule, engine.EventExport:
		return ev.Detail
	case engine.EventRepopulate, engine.EventJoinCondition:
		if len(ev.Value) > 0 {
			return list(ev.Value)
		}
	case engine.EventJoinCriterion:
		var matches []string
		for i := range ev.Matches {
			matches = append(matches, ev.Matches[i].Display)
		}
		return strings.TrimSuffix(ev.Resolution+": "+strings.Join(matches, "; "), ": ")
	case engine.EventProjection, engine.EventTypeChange:
		if ev.Detail != "" {
			return "as " + ev.Detail
		}
	case engine.EventAdd:
		if len(ev.Value) > 0 {
			return "initial values for " + strings.Join(ev.Value, ", ")
		}
	case engine.EventError:
		if ev.Attribute != "" {
			return "attribute " + ev.Attribute
		}
	case engine.EventImportFlow, engine.EventExportFlow:
		parts := []string{}
		if ev.Detail != "" {
			parts = append(parts, ev.Detail)
		}
		if before, after := list(ev.Initial), list(ev.Final); before != after {
			parts = append(parts, before+" → "+after)
		} else if len(ev.Final) > 0 {
			parts = append(parts, "stays "+after)
		}
		return strings.Join(parts, ", ")
	}
	return ""
}

func numbered(what string, n int) string {
	if n == 0 {
		return what
	}
	return what + " " + strconv.Itoa(n)
}

func mapping(ev *engine.Event) string {
	if ev.Mapping == "" {
		return ""
	}
	return " (" + ev.Mapping + ")"
}

func from(ev *engine.Event) string {
	if len(ev.Sources) == 0 {
		return ""
	}
	return " from " + strings.Join(ev.Sources, ", ")
}

func of(agent string) string {
	if agent == "" {
		return ""
	}
	return " of " + agent
}

// named names an object by its agent and DN.
func named(o *engine.ObjectRef) string {
	switch {
	case o.DN != "":
		return o.Agent + " " + o.DN
	case o.ID != (engine.GUID{}):
		return o.Agent + " " + o.ID.String()
	}
	return o.Agent
}

// list writes values; nothing is the word none.
func list(values []string) string {
	if len(values) == 0 {
		return "none"
	}
	var parts []string
	for _, v := range values {
		parts = append(parts, quoted(v))
	}
	return strings.Join(parts, "; ")
}

// quoted puts a value between quotation marks; long ones are cut.
func quoted(v string) string {
	const most = 80
	n := 0
	for i := range v {
		if n++; n > most {
			return strconv.Quote(v[:i]) + "…"
		}
	}
	return strconv.Quote(v)
}
