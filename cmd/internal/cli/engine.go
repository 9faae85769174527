package cli

import (
	"fmt"
	"io"
	"slices"

	"github.com/runhist/runhist/analyze/query"
	"github.com/runhist/runhist/analyze/query/xmlquery"
	"github.com/runhist/runhist/validate"
	"github.com/runhist/runhist/validate/xsd/libxml2"
)

// schemaEngine turns --schema-engine into what makes the second engine of a
// schema, nil for none, and whether it replaces the first.
func schemaEngine(name string) (engine validate.SecondEngine, replace bool, err error) {
	switch name {
	case "native":
		return nil, false, nil
	case "libxml2", "both":
		return func(xsd []byte) (validate.SecondOpinion, error) {
			schema, err := libxml2.Compile(xsd)
			if err != nil {
				return nil, fmt.Errorf("--schema-engine %s: %w", name, err)
			}
			return &libxml2Engine{schema}, nil
		}, name == "libxml2", nil
	}
	return nil, false, usage("--schema-engine is %q, but must be native, libxml2 or both", name)
}

// libxml2Engine is libxml2 as a second opinion.
type libxml2Engine struct{ schema *libxml2.Schema }

func (e *libxml2Engine) Name() string { return "libxml2" }

func (e *libxml2Engine) Judge(in io.Reader) (validate.Opinion, error) {
	v, err := e.schema.Validate(in)
	if err != nil {
		return validate.Opinion{}, err
	}
	o := validate.Opinion{Valid: v.Valid}
	for _, fault := range v.Errors {
		o.Findings = append(o.Findings, validate.OpinionFinding{ID: fault.ID, Line: uint32(fault.Line), Message: fault.Message})
	}
	return o, nil
}

// queryEngines are the values of --engine of query.
var queryEngines = []string{"native", "xmlquery", "both"}

// consult makes a reader ask the engines that --engine names.
func consult(r *query.Reader, name string) error {
	if !slices.Contains(queryEngines, name) {
		return usage("--engine is %q, but must be native, xmlquery or both", name)
	}
	if name == "native" {
		return nil
	}
	if err := r.Consult(xmlquery.New(), name == "xmlquery"); err != nil {
		return usage("--engine %s: %w", name, err)
	}
	return nil
}
