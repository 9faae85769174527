package validate

import (
	"github.com/runhist/runhist/schemas/source"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/suppress"
	"github.com/runhist/runhist/validate/xsd"
)

// Summary counts over the results of many documents.
type Summary struct {
	Files, Runs, Steps      int
	Errors, Warnings, Infos int // of the findings kept
	Suppressed              int // findings that do not count
	Cut                     int
	Worst                   finding.Severity // of all findings, the cut ones included
	Incomplete              int              // documents not read to their end
	Rules                   []rule.Stats     // parallel to Validator.Rules
	maxTotal                int
	kept                    int // of those that maxTotal is about
	notes                   int // findings of LimitFindings
}

// Summary begins a summary of results of v.
func (v *Validator) Summary() *Summary {
	return &Summary{Rules: make([]rule.Stats, len(v.rules)), maxTotal: v.options.MaxTotal}
}

// Add adds a result, and cuts its findings where there are more than allowed
// over all documents.
func (s *Summary) Add(r *Result) {
	s.Files++
	s.Runs += r.Runs
	s.Steps += r.Steps
	s.Cut += r.Cut
	s.Suppressed += r.Suppressed
	s.Worst = max(s.Worst, r.CutWorst)
	if r.Status != Examined {
		s.Incomplete++
	}
	for i := range r.Findings {
		if r.Findings[i].Suppressed == "" {
			s.Worst = max(s.Worst, r.Findings[i].Severity)
		}
	}
	s.cut(r)
	for i := range r.Findings {
		if r.Findings[i].Suppressed != "" {
			continue
		}
		switch r.Findings[i].Severity {
		case finding.Error:
			s.Errors++
		case finding.Warning:
			s.Warnings++
		case finding.Info:
			s.Infos++
		}
	}
	for i := range r.Rules {
		s.Rules[i].Add(&r.Rules[i])
	}
}

// maxNotes is how many findings of LimitFindings are kept in all.
const maxNotes = 1000

// cut takes out of a result what is more than allowed over all documents. What
// tells of findings that were not kept pushes out none of the others.
func (s *Summary) cut(r *Result) {
	kept := r.Findings[:0]
	for _, f := range r.Findings {
		counter, most := &s.kept, s.maxTotal
		if f.Rule == LimitFindings {
			counter, most = &s.notes, maxNotes
		}
		if *counter == most {
			s.Cut++
			r.Cut++
			continue
		}
		*counter++
		kept = append(kept, f)
	}
	r.Findings = kept
}

// notes counts the findings of LimitFindings.
func notes(list []finding.Finding) (n int) {
	for i := range list {
		if list[i].Rule == LimitFindings {
			n++
		}
	}
	return n
}

// NotEvaluated is the number of rules that could not judge some document.
func (s *Summary) NotEvaluated() int {
	n := 0
	for i := range s.Rules {
		if s.Rules[i].NotEvaluated > 0 {
			n++
		}
	}
	return n
}

// StageIDs lists the ids of findings that are not of a rule: the closed lists
// of the schema stage, of the source and of suppressions.
func StageIDs() []string {
	return append([]string{
		xsd.UnexpectedRoot, xsd.UnexpectedElement, xsd.MissingElement, xsd.UnexpectedText, xsd.Enumeration, xsd.Pattern,
		xsd.Datatype, xsd.Range, xsd.AttributeMissing, xsd.AttributeUnexpected, xsd.AttributeValue,
		LimitFindings, suppress.Unused, suppress.Expired,
	}, source.FaultIDs()...)
}
