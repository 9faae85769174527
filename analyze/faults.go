package analyze

import "github.com/runhist/runhist/analyze/fault"

// planned is a fault of a scenario with its agent spelled as the configuration
// spells it.
func (m *Simulation) planned(f fault.Fault) fault.Fault {
	if a := m.Configuration.Agent(f.Agent); a != nil {
		f.Agent = a.Name
	}
	return f
}
