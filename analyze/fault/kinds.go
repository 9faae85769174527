package fault

import (
	"fmt"
	"slices"
	"strings"

	"github.com/runhist/runhist/schemas/terms"
)

// Kind is a kind of fault, by its name in the scenario.
type Kind string

// The kinds of faults.
const (
	Connect          Kind = "connect"
	DiscoveryError   Kind = "discovery-error"
	ExportError      Kind = "export-error"
	StoreOtherValue  Kind = "store-other-value"
	DropWrite        Kind = "drop-write"
	IgnoreDelete     Kind = "ignore-delete"
	WithholdRecord   Kind = "withhold-record"
	ReferenceFailure Kind = "reference-failure"
	Answer           Kind = "answer"
	StepResult       Kind = "step-result"
	Lock             Kind = "lock"
	Extension        Kind = "extension"
	StopService      Kind = "stop-service"
)

// The results of a connect fault. The first two keep a step from starting; the
// others end it after the connection had succeeded (SE-K42).
const (
	FailedConnection     = "failed-connection"
	FailedAuthentication = "failed-authentication"
	DroppedConnection    = "dropped-connection"
	FailedSearch         = "failed-search"
)

// The answers of an answer fault.
const (
	ConvertUpdateToAdd = "convert-update-to-add"
	ProvisioningParent = "provisioning-parent"
	RetryReferences    = "retry-references"
	CustomContinue     = "custom-continue"
	CustomStop         = "custom-stop"
)

// The outcomes of an extension fault.
const (
	Exception = "exception"
	Crash     = "crash"
	Timeout   = "timeout"
)

// ConnectResults are the results that a connect fault may have.
func ConnectResults() []string {
	return []string{FailedConnection, FailedAuthentication, DroppedConnection, FailedSearch}
}

// Answers are the answers that an answer fault may have.
func Answers() []string {
	return []string{ConvertUpdateToAdd, ProvisioningParent, RetryReferences, CustomContinue, CustomStop}
}

// Outcomes are the outcomes that an extension fault may have.
func Outcomes() []string { return []string{Exception, Crash, Timeout} }

// Spec says of a kind of fault what it does and which fields it takes, by
// their names in the scenario. Every kind takes id, times and step as well.
type Spec struct {
	Kind     Kind
	Meaning  string
	Required []string
	Optional []string
}

// Kinds are the faults that there are.
func Kinds() []Spec {
	said := []string{"errorCode", "errorLiteral"}
	with := func(more ...string) []string { return append(more, said...) }
	return []Spec{
		{Connect, "the connection fails at once, or is lost after afterObjects objects", []string{"ma", "result"}, with("afterObjects")},
		{DiscoveryError, "an import delivers an error in place of the object, or of entry `entry` of page `page`; with a result, the step stops there",
			[]string{"ma", "type"}, with("object", "page", "entry", "attribute", "result")},
		{ExportError, "the connected data source refuses to export the object, if attribute is given only when the request carries it",
			[]string{"ma", "type"}, with("object", "attribute")},
		{StoreOtherValue, "whatever is exported to the attribute, the value is stored", []string{"ma", "attribute", "value"}, []string{"object"}},
		{DropWrite, "an export is accepted and not carried out; with an attribute, only that is lost", []string{"ma"}, []string{"object", "attribute"}},
		{IgnoreDelete, "an exported delete is accepted and not carried out", []string{"ma"}, []string{"object"}},
		{WithholdRecord, "a delta import does not deliver the object", []string{"ma", "object"}, nil},
		{ReferenceFailure, "a request that carries the attribute, if value is given with that value, fails for its references", []string{"ma", "attribute"}, []string{"object", "value"}},
		{Answer, "an export is answered otherwise", []string{"ma", "answer"}, with("object", "type")},
		{StepResult, "a step does not start, or with during ends after afterObjects objects, with the result", []string{"ma", "result"}, []string{"during", "afterObjects"}},
		{Lock, "another run holds the object when it is synchronized", []string{"ma", "object"}, nil},
		{Extension, "a call of a scripted rule fails", []string{"outcome"}, []string{"assembly", "callSite", "context"}},
		{StopService, "the service stops in the next run, after afterObjects objects of the step", nil, []string{"ma", "afterObjects"}},
	}
}

// fields returns the names of the fields that are set, besides id, times and
// step.
func (f *Fault) fields() []string {
	var set []string
	add := func(name string, is bool) {
		if is {
			set = append(set, name)
		}
	}
	add("ma", f.MA != "")
	add("object", f.Object != "")
	add("attribute", f.Attribute != "")
	add("value", f.Value != "")
	add("type", f.Type != "")
	add("result", f.Result != "")
	add("errorCode", f.ErrorCode != "")
	add("errorLiteral", f.ErrorLiteral != "")
	add("afterObjects", f.AfterObjects != 0)
	add("page", f.Page != 0)
	add("entry", f.Entry != 0)
	add("answer", f.Answer != "")
	add("during", f.During)
	add("assembly", f.Assembly != "")
	add("callSite", f.CallSite != "")
	add("context", f.Context != "")
	add("outcome", f.Outcome != "")
	return set
}

// check compares a fault with the list.
func (f *Fault) check() error {
	specs := Kinds()
	at := slices.IndexFunc(specs, func(s Spec) bool { return s.Kind == f.Kind })
	if at < 0 {
		var names []string
		for _, s := range specs {
			names = append(names, string(s.Kind))
		}
		return fmt.Errorf("fault: %w", oneOf("kind", string(f.Kind), names))
	}
	spec, set := specs[at], f.fields()
	for _, name := range spec.Required {
		if !slices.Contains(set, name) {
			return fmt.Errorf("fault %s: %s is missing", f.Kind, name)
		}
	}
	for _, name := range set {
		if !slices.Contains(spec.Required, name) && !slices.Contains(spec.Optional, name) {
			return fmt.Errorf("fault %s takes no %s", f.Kind, name)
		}
	}
	if f.Kind == Extension && f.Step > 0 {
		return fmt.Errorf("fault %s takes no step", f.Kind)
	}
	if f.Times < 0 || f.Step < 0 || f.AfterObjects < 0 || f.Page < 0 || f.Entry < 0 {
		return fmt.Errorf("fault %s: a number is below zero", f.Kind)
	}
	if err := f.checkValues(); err != nil {
		return fmt.Errorf("fault %s: %w", f.Kind, err)
	}
	return nil
}

func (f *Fault) checkValues() error {
	switch f.Kind {
	case Connect:
		if f.AfterObjects > 0 && (f.Result == FailedConnection || f.Result == FailedAuthentication) {
			return fmt.Errorf("afterObjects goes with %s and %s only", DroppedConnection, FailedSearch)
		}
		return oneOf("result", f.Result, ConnectResults())
	case DiscoveryError:
		if (f.Object == "") == (f.Page == 0 && f.Entry == 0) || (f.Page == 0) != (f.Entry == 0) {
			return fmt.Errorf("it needs an object, or a page and an entry")
		}
		if f.Result != "" {
			if err := oneOf("result", f.Result, words(terms.StepResult)); err != nil {
				return err
			}
		}
		return oneOf("type", f.Type, words(terms.DiscoveryError))
	case ExportError:
		return oneOf("type", f.Type, words(terms.ExportError))
	case Answer:
		if f.Type != "" && f.Answer != CustomContinue && f.Answer != CustomStop {
			return fmt.Errorf("type goes with %s and %s only", CustomContinue, CustomStop)
		}
		return oneOf("answer", f.Answer, Answers())
	case StepResult:
		if f.AfterObjects > 0 && !f.During {
			return fmt.Errorf("afterObjects goes with during only")
		}
		return oneOf("result", f.Result, words(terms.StepResult))
	case Extension:
		if f.CallSite != "" {
			if err := oneOf("callSite", f.CallSite, words(terms.CallSite)); err != nil {
				return err
			}
		}
		return oneOf("outcome", f.Outcome, Outcomes())
	}
	return nil
}

func words(kind terms.Kind) []string {
	var names []string
	for _, t := range terms.All() {
		if t.Kind == kind {
			names = append(names, t.Name)
		}
	}
	return names
}

func oneOf(field, value string, names []string) error {
	if slices.Contains(names, value) {
		return nil
	}
	if near := terms.Nearest(value, names, 1); len(near) > 0 {
		return fmt.Errorf("%s %q is unknown: is %s meant?", field, value, near[0])
	}
	if len(names) > 20 {
		return fmt.Errorf("%s %q is unknown", field, value)
	}
	return fmt.Errorf("%s %q is unknown: it is one of %s", field, value, strings.Join(names, ", "))
}

// Names reports whether the fault is about an object that has one of the
// names: a DN, or an anchor as text. Names are compared without case.
func (f *Fault) Names(names ...string) bool {
	if f.Object == "" {
		return true
	}
	return slices.ContainsFunc(names, func(name string) bool { return strings.EqualFold(f.Object, name) })
}
