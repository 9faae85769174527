package generate

import "github.com/runhist/runhist/schemas/rundetails"

// objectCase is a kind of object error; see R213 to R231 for which parts go
// with which type.
type objectCase struct {
	errorType string
	delta     bool // delta imports only
	fill      func(r *run, e *rundetails.ObjectError)
}

func objectCases() []objectCase {
	return []objectCase{
		{"read-error", false, func(r *run, e *rundetails.ObjectError) {
			e.Error = rundetails.CDError{Block: present(), Code: rundetails.NewText("32"), Literal: rundetails.NewText("No Such Object")}
		}},
		{"staging-error", false, nil},
		{"invalid-attribute-value", false, func(r *run, e *rundetails.ObjectError) {
			e.AttributeName = rundetails.NewText("whenChanged")
		}},
		{"reference-value-not-ldap-conformant", false, func(r *run, e *rundetails.ObjectError) {
			value := rundetails.NewText("Max Mustermann, Einkauf")
			e.AttributeName, e.Values = rundetails.NewText("manager"), []*rundetails.Text{&value}
		}},
		{"missing-anchor-component", false, func(r *run, e *rundetails.ObjectError) {
			e.AttributeName, e.Anchor = rundetails.NewText("employeeID"), rundetails.Encoded{}
		}},
		{"need-full-object", true, nil},
	}
}

// objectError makes an object error of an importing step.
func (r *run) objectError(s *step) *rundetails.ObjectError {
	e := &rundetails.ObjectError{}
	if r.agent.input != "" && r.rand.oneIn(2) {
		line := uint64(r.rand.between(2, 90_000))
		e.Type = rundetails.NewText("parse-error")
		e.EntryNumber, e.LineNumber = rundetails.NewNumber(line-1), rundetails.NewNumber(line)
		e.ColumnNumber = rundetails.NewNumber(uint64(r.rand.between(1, 120)))
		return e
	}
	r.serial += r.rand.between(1, 9)
	p := people(r.serial)
	e.DN = rundetails.NewText(r.agent.dn(&p, r.serial))
	e.Anchor = rundetails.NewEncoded(r.rand.anchor(16))
	cases := objectCases()
	c := &cases[r.rand.IntN(len(cases))]
	if c.delta && s.kind.stepType != "delta-import" {
		c = &cases[1]
	}
	e.Type = rundetails.NewText(c.errorType)
	if c.fill != nil {
		c.fill(r, e)
	}
	return e
}

// retryError makes an error of a metaverse object that is tried again after a
// synchronizing step.
func (r *run) retryError(s *step) *rundetails.RetryError {
	r.serial += r.rand.between(1, 9)
	p := people(r.serial)
	e := &rundetails.RetryError{
		MVGUID:       r.rand.guid(),
		DisplayName:  rundetails.NewText(p.displayName()),
		DateOccurred: rundetails.NewInstant(s.endAt - int64(r.rand.between(5, 900))),
		Type:         rundetails.NewText("flow-multi-values-to-single-value"),
	}
	e.AlgorithmStep.Text = rundetails.NewText("export-flow")
	target := r.towardOther(&e.AlgorithmStep, &p)
	if r.rand.oneIn(2) {
		e.Type = rundetails.NewText("extension-dll-exception")
		r.extensionFailed(&e.Extension, target.extension, "export-flow")
		return e
	}
	e.Rules = mappingFailed("jobTitle", direct("title"))
	c := &e.Rules.Context
	c.MAID, c.MAName, c.CSObjectID, c.DN = target.id, rundetails.NewText(target.name), r.rand.guid(), e.AlgorithmStep.DN
	return e
}
