package validate

import "github.com/runhist/runhist/validate/finding"

// Acceptance decides which findings do not count. It is asked in the order in
// which results are handed out, so it may count: any number of workers gives
// the same answers.
type Acceptance interface {
	// Document notes that a document was judged.
	Document(file string)
	// Accept tells why a finding does not count, or false.
	Accept(f *finding.Finding) (why string, accepted bool)
}

// accept takes the findings that do not count out of a result, or, where they
// are to be shown, makes them infos that say why. Only then is it known how
// many findings of an id there are, so that those that do not count push out
// none of the others.
func (v *Validator) accept(r *Result) {
	if v.options.Acceptance == nil {
		return
	}
	v.options.Acceptance.Document(r.File)
	c := collector{Validator: v, standard: v.standard(r.Profile)}
	c.begin(r.File)
	c.perRule = v.options.MaxPerRule
	for _, f := range r.Findings {
		why, accepted := v.options.Acceptance.Accept(&f)
		if !accepted {
			c.keep(f)
			continue
		}
		r.Suppressed++
		if v.options.ShowSuppressed {
			f.Severity, f.Suppressed = finding.Info, why
			c.keep(f)
		}
	}
	sum := c.sum(nil)
	r.Findings = sum.Findings
	r.Cut += sum.Cut
	r.CutWorst = max(r.CutWorst, sum.CutWorst)
}
