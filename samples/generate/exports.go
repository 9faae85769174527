package generate

import "github.com/runhist/runhist/schemas/rundetails"

// exportCase is a kind of export error. Only cd-error has an element of that
// name (R449).
type exportCase struct {
	weight    int
	errorType string
}

func exportCases() []exportCase {
	return []exportCase{
		{60, "cd-error"}, {8, "permission-issue"}, {6, "constraint-violation"}, {5, "cd-existing-object"},
		{6, "non-existent-parent"}, {5, "schema-violation"}, {4, "password-policy-violation"}, {4, "dn-attributes-failure"},
		{3, "cd-missing-object"}, {2, "invalid-dn"}, {2, "rename-to-existing-dn"}, {2, "syntax-violation"}, {1, "kerberos-time-skew"}, {1, "unexpected-error"},
	}
}

// answers are what data sources said: code, literal, and perhaps more.
var answers = []struct{ code, literal, detail string }{
	{"8344", "Insufficient access rights.", "00002098: SecErr: DSID-03150E8A, problem 4003"},
	{"8242", "The specified method is not supported.", ""},
	{"19", "Constraint Violation", "value too long"},
	{"0x80072035", "Unwilling To Perform", "0000052D: SvcErr: DSID-031A120C"},
	{"0x80230703", "System.UriFormatException: Invalid URI.\n   at System.Uri.CreateThis(String uri)\n   at Contoso.Connector.PutEntry(CSEntryChange change)", ""},
	{"547", "The INSERT conflicted with the constraint \"FK_Person_Department\".", ""},
}

// exportErrorOf makes the next export error of a step. It is valid until the
// next one is made.
func (r *run) exportErrorOf(s *step) *rundetails.ExportError {
	r.serial += r.rand.between(1, 9)
	p := people(r.serial)
	c := weighted(r.rand, r.exportCases, r.exportWeight, func(c *exportCase) int { return c.weight })
	e := &r.exportError
	*e = rundetails.ExportError{
		CSGUID: r.rand.guid(),
		DN:     rundetails.NewText(r.agent.dn(&p, r.serial)),
		Type:   rundetails.NewText(c.errorType),
	}
	e.FirstOccurred, e.RetryCount, e.DateOccurred = r.occurrence(s)
	if c.errorType == "cd-error" {
		a := &answers[r.rand.IntN(len(answers))]
		e.Error = rundetails.CDError{Block: present(), Code: rundetails.NewText(a.code), Literal: rundetails.NewText(a.literal)}
		if a.detail != "" {
			e.Error.Detail = rundetails.NewText(a.detail)
		}
	}
	return e
}
