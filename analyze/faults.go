package analyze

import (
	"github.com/runhist/runhist/analyze/fault"
	"github.com/runhist/runhist/analyze/scenario"
)

// planned is a fault of a scenario as those who carry it out see it. The kinds
// have the same names in both.
func (m *Simulation) planned(f *scenario.Fault) fault.Fault {
	p := fault.Fault{
		ID: f.ID, Kind: fault.Kind(f.Kind), Times: f.Times, Step: f.Step,
		Object: f.Object, DN: f.DN, Attribute: f.Attribute, Value: f.Value, Type: f.Type,
		ErrorCode: f.ErrorCode, ErrorLiteral: f.ErrorLiteral,
		ConnectionResult: f.ConnectionResult, AfterObjects: f.AfterObjects, Page: f.Page, Entry: f.Entry,
		Answer: f.Answer, Result: f.Result, During: f.During,
		Outcome: fault.Outcome(f.Outcome), CallSite: string(f.CallSite), Assembly: f.Assembly, Context: f.Context,
	}
	if a := m.Configuration.Agent(f.Agent); a != nil {
		p.Agent = a.Name // as it is spelled there
	}
	return p
}
