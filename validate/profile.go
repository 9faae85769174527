package validate

import (
	"fmt"
	"slices"
	"strings"

	"github.com/runhist/runhist/schemas"
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/schemas/source"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/xsd"
)

// Profile names a set of expectations.
type Profile string

// The profiles.
const (
	UPSMODS  Profile = "upsmods"  // the published specification, its errata resolved
	Server   Profile = "server"   // the same, but what products are known to write is an info
	FIM      Profile = "fim"      // the schema of Forefront Identity Manager 2010
	MIIS2003 Profile = "miis2003" // the schema and the reference of Identity Integration Server 2003
	Auto     Profile = "auto"     // upsmods, fim or miis2003, for each document by what it contains
)

// Profiles lists the profiles that documents are judged by, in the order of
// reports: all but [Auto], which chooses among them.
func Profiles() []Profile { return []Profile{UPSMODS, Server, FIM, MIIS2003} }

// schema is the XSD of a profile.
func (p Profile) schema() []byte {
	switch p {
	case FIM:
		return schemas.FIM
	case MIIS2003:
		return schemas.MIIS2003
	}
	return schemas.UPSMODS
}

// standard is what a profile judges by. It is immutable.
type standard struct {
	profile    Profile
	schema     *xsd.Schema
	rules      []rule.Rule // parallel to those of the validator; one that is off has no checks
	deviations []schemas.Deviation
	opinion    SecondOpinion // nil for none
}

// autoProfiles are those that auto chooses among, upsmods first.
func autoProfiles() []Profile { return []Profile{UPSMODS, FIM, MIIS2003} }

// profileOf is the profile that a document is to be judged by.
func (v *Validator) profileOf(file string) Profile {
	if v.options.ProfileOf != nil {
		if p := v.options.ProfileOf(file); p != "" {
			return p
		}
	}
	return v.options.Profile
}

// standardsOf compiles what the documents of a call may be judged by: those
// that auto chooses among first, where a document may have that profile.
func standardsOf(o *Options) ([]*standard, error) {
	var profiles []Profile
	wanted := append([]Profile{o.Profile}, o.Profiles...)
	for _, p := range wanted {
		if p != Auto && !slices.Contains(Profiles(), p) {
			return nil, fmt.Errorf("unknown profile %q: known are %s, %s", p, strings.Join(profileNames(), ", "), Auto)
		}
	}
	if slices.Contains(wanted, Auto) {
		profiles = append(profiles, autoProfiles()...)
	}
	for _, p := range wanted {
		if p != Auto && !slices.Contains(profiles, p) {
			profiles = append(profiles, p)
		}
	}
	var all []*standard
	vocabulary := rundetails.Vocabulary()
	for _, p := range profiles {
		s, err := newStandard(p, o, vocabulary)
		if err != nil {
			return nil, err
		}
		all = append(all, s)
		vocabulary = s.schema.Vocabulary() // so that one reader serves all of them
	}
	return dropUnused(all), nil
}

func newStandard(p Profile, o *Options, vocabulary *source.Vocabulary) (*standard, error) {
	form := schemas.Form
	if p == FIM || p == MIIS2003 {
		form = schemas.FIMForm
	}
	schema, err := xsd.Compile(p.schema(), vocabulary, form)
	if err != nil {
		return nil, fmt.Errorf("profile %s: %w", p, err)
	}
	s := &standard{profile: p, schema: schema}
	if o.SecondOpinion != nil {
		if s.opinion, err = o.SecondOpinion(p.schema()); err != nil {
			return nil, err
		}
	}
	if p == Server {
		s.deviations = schemas.Deviations()
	}
	for _, r := range o.Rules {
		r = r.In(string(p))
		if graded, ok := o.Severity[r.ID]; ok {
			r.Severity, r.Lower = graded, graded
		}
		if r.Severity == finding.Off {
			r.Checks = nil
		}
		s.rules = append(s.rules, r)
	}
	return s, nil
}

// dropUnused leaves out the rules that are off in all standards.
func dropUnused(all []*standard) []*standard {
	for i := len(all[0].rules) - 1; i >= 0; i-- {
		off := func(s *standard) bool { return s.rules[i].Severity == finding.Off }
		if slices.ContainsFunc(all, func(s *standard) bool { return !off(s) }) {
			continue
		}
		for _, s := range all {
			s.rules = slices.Delete(s.rules, i, i+1)
		}
	}
	return all
}

func profileNames() []string {
	var names []string
	for _, p := range Profiles() {
		names = append(names, string(p))
	}
	return names
}
