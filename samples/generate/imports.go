package generate

import (
	"strconv"

	"github.com/runhist/runhist/schemas/rundetails"
)

// importCase is a kind of import error that servers write.
type importCase struct {
	weight    int
	errorType string
	algorithm string
	// fill adds what only this kind has.
	fill func(r *run, e *rundetails.ImportError, p *person)
}

// importCases are the kinds of import errors of a synchronizing step. Error
// type, algorithm step, call site and mapping must fit each other: see C088 to
// C095 and R315 to R318.
func importCases() []importCase {
	return []importCase{
		{24, "extension-dll-exception", "import-flow", func(r *run, e *rundetails.ImportError, p *person) {
			r.extensionFailed(&e.Extension, r.agent.extension, "import-flow")
			r.flowFailed(e, scripted(r))
		}},
		{10, "extension-dll-exception", "provisioning", func(r *run, e *rundetails.ImportError, p *person) {
			r.extensionFailed(&e.Extension, "MVExtension.dll", "provisioning")
		}},
		{4, "extension-unexpected-attribute-value", "join", func(r *run, e *rundetails.ImportError, p *person) {
			r.extensionFailed(&e.Extension, r.agent.extension, "join-mapping")
		}},
		{4, "extension-dll-timeout", "export-flow", func(r *run, e *rundetails.ImportError, p *person) {
			target := r.towardOther(&e.AlgorithmStep, p)
			r.extensionFailed(&e.Extension, target.extension, "export-flow")
		}},
		{7, "flow-multi-values-to-single-value", "export-flow", func(r *run, e *rundetails.ImportError, p *person) {
			r.towardOther(&e.AlgorithmStep, p)
			e.Rules = mappingFailed("jobTitle", direct("title"))
		}},
		{5, "mv-constraint-violation", "import-flow", func(r *run, e *rundetails.ImportError, p *person) {
			r.flowFailed(e, constant("employee"))
		}},
		{6, "dn-index-out-of-bounds", "import-flow", func(r *run, e *rundetails.ImportError, p *person) {
			r.flowFailed(e, dnPart(r.rand.between(1, 6)))
		}},
		{4, "ambiguous-import-flow-from-multiple-connectors", "import-flow", func(r *run, e *rundetails.ImportError, p *person) {
			r.flowFailed(e, direct("dn"))
		}},
		{4, "connector-filter-rule-violation", "validate-connector-filter", func(r *run, e *rundetails.ImportError, p *person) {
			r.towardOther(&e.AlgorithmStep, p)
		}},
		{8, "sync-rule-flow-provisioning-failed", "provisioning", nil},
		{3, "sync-rule-required-attr-not-found", "export-flow", func(r *run, e *rundetails.ImportError, p *person) {
			r.towardOther(&e.AlgorithmStep, p)
		}},
		{3, "unsupported-container-delete", "deprovisioning", func(r *run, e *rundetails.ImportError, p *person) {
			r.towardOther(&e.AlgorithmStep, p)
		}},
		{8, "cannot-parse-object-id", "join", nil},
		{8, "locking-error-needs-retry", "projection", nil},
		{8, "unexpected-error", "import-flow", nil},
	}
}

// importErrorOf makes the next import error of a step. It is valid until the
// next one is made.
func (r *run) importErrorOf(s *step) *rundetails.ImportError {
	if s.kind.imports && r.rand.oneIn(8) {
		return r.unconfirmedChange(s)
	}
	c := weighted(r.rand, r.importCases, r.importWeight, func(c *importCase) int { return c.weight })
	e, p := r.newImportError(s)
	e.Type = rundetails.NewText(c.errorType)
	e.AlgorithmStep.Text = rundetails.NewText(c.algorithm)
	if c.fill != nil {
		c.fill(r, e, &p)
	}
	return e
}

// newImportError makes what all import errors have.
func (r *run) newImportError(s *step) (*rundetails.ImportError, person) {
	r.serial += r.rand.between(1, 9)
	p := people(r.serial)
	e := &r.importError
	*e = rundetails.ImportError{
		CSGUID: r.rand.guid(),
		DN:     rundetails.NewText(r.agent.dn(&p, r.serial)),
	}
	e.FirstOccurred, e.RetryCount, e.DateOccurred = r.occurrence(s)
	return e, p
}

// occurrence dates an error: one in three was met in earlier runs.
func (r *run) occurrence(s *step) (first rundetails.Instant, retries rundetails.Number, date rundetails.Instant) {
	at := s.occur()
	date = rundetails.NewInstant(at)
	if !r.rand.oneIn(3) {
		return date, rundetails.NewNumber(0), date
	}
	n := r.rand.between(1, 80)
	earlier := r.start - int64(n)*hour - r.rand.Int64N(20*day)
	return rundetails.NewInstant(earlier), rundetails.NewNumber(uint64(n)), date
}

// callStacks are what the rules extensions of an installation throw.
var callStacks = []struct{ exception, frame string }{
	{"System.FormatException: Input string was not in a correct format.", "System.Number.ParseInt32(String s)"},
	{"System.NullReferenceException: Object reference not set.", "Contoso.Lookup.Manager(MVEntry e)"},
	{"UnexpectedDataException: 'extern' is no employee type.", "Contoso.EmployeeType.Parse(String value)"},
	{"System.Data.SqlClient.SqlException: Timeout expired.", "System.Data.SqlClient.SqlConnection.Open()"},
}

// method is where an extension is called, by call site.
func method(callSite string) string {
	switch callSite {
	case "import-flow":
		return "MapAttributesForImport(String flow, CSEntry cs, MVEntry mv)"
	case "export-flow":
		return "MapAttributesForExport(String flow, MVEntry mv, CSEntry cs)"
	case "provisioning":
		return "Provision(MVEntry mv)"
	}
	return "MapAttributesForJoin(String flow, CSEntry cs, ValueCollection& values)"
}

// extensionFailed fills in extension-error-info, with a call stack of three
// lines.
func (r *run) extensionFailed(x *rundetails.ExtensionError, extension, callSite string) {
	stack := &callStacks[r.rand.IntN(len(callStacks))]
	*x = rundetails.ExtensionError{
		Block:    present(),
		Name:     rundetails.NewText(extension),
		CallSite: rundetails.NewText(callSite),
		Context:  rundetails.NewText("cd.user:title->mv.person:jobTitle"),
		CallStack: rundetails.NewText(stack.exception + "\n   at " + stack.frame +
			"\n   at Contoso.Rules." + method(callSite)),
	}
}

// flowFailed says which flow of the agent's own failed.
func (r *run) flowFailed(e *rundetails.ImportError, m rundetails.Mapping) {
	e.Rules = mappingFailed("jobTitle", m)
	c := &e.Rules.Context
	c.MAID, c.MAName, c.CSObjectID, c.DN = r.agent.id, rundetails.NewText(r.agent.name), e.CSGUID, e.DN
}

func mappingFailed(dest string, m rundetails.Mapping) rundetails.RulesError {
	m.Block = present()
	m.DestAttr, m.ContextID = rundetails.NewText(dest), rundetails.NewText("{7C0DE5A1-3B1D-4A8E-9C52-6F0B1D2E3A4"+strconv.Itoa(len(dest)%10)+"}")
	return rundetails.RulesError{Block: present(), Context: rundetails.MappingContext{Block: present(), Mapping: m}}
}

func scripted(r *run) rundetails.Mapping {
	sources := [2]rundetails.Text{rundetails.NewText("title"), rundetails.NewText("employeeID")}
	return rundetails.Mapping{Scripted: rundetails.ScriptedMapping{
		Block:   present(),
		Sources: []*rundetails.Text{&sources[0], &sources[1]},
		Script:  rundetails.NewText("cd.user:title->mv.person:jobTitle"),
	}}
}

// direct is a direct mapping; that of the DN is intrinsic.
func direct(source string) rundetails.Mapping {
	d := rundetails.DirectMapping{Block: present(), Source: rundetails.NewText(source)}
	if source == "dn" {
		d.Intrinsic = rundetails.NewText("true")
	}
	return rundetails.Mapping{Direct: d}
}

func constant(value string) rundetails.Mapping {
	return rundetails.Mapping{Constant: rundetails.ConstantMapping{Block: present(), Value: rundetails.NewText(value)}}
}

func dnPart(part int) rundetails.Mapping {
	return rundetails.Mapping{DNPart: rundetails.DNPartMapping{Block: present(), Part: rundetails.NewNumber(uint64(part))}}
}

// towardOther makes an algorithm step name the object of another agent that
// it was working on.
func (r *run) towardOther(a *rundetails.AlgorithmStep, p *person) *agent {
	target := &r.agents[(r.agent.index+1+r.rand.IntN(len(r.agents)-1))%len(r.agents)]
	a.MAID, a.DN = target.id, rundetails.NewText(target.dn(p, r.serial))
	return target
}
