package cli

import (
	"encoding/json"
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/runhist/runhist/samples"
	"github.com/runhist/runhist/validate"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules"
)

func newRules(s Streams) *cobra.Command {
	var format string
	c := &cobra.Command{
		Use:   "rules",
		Short: "List the rules",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			switch format {
			case "text":
				return listRules(s)
			case "json":
				return encodeRules(s)
			}
			return usage("--format: unknown format %q: known are text, json", format)
		},
	}
	c.Flags().StringVar(&format, "format", "text", "text or json")
	return c
}

func listRules(s Streams) error {
	w := tabwriter.NewWriter(s.Out, 0, 4, 2, ' ', 0)
	fmt.Fprintln(w, "RULE\tSEVERITY\tTITLE\tREQUIREMENTS")
	for _, r := range rules.All() {
		severity := r.Severity.String()
		if r.Lower != finding.Off {
			severity += "/" + r.Lower.String()
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", r.ID, severity, r.Title, strings.Join(r.Requirements, " "))
	}
	return w.Flush()
}

// ruleEntry is a rule as rules --format json writes it.
type ruleEntry struct {
	ID           string            `json:"id"`
	Title        string            `json:"title"`
	Requirements []string          `json:"requirements"`
	Profiles     map[string]string `json:"profiles"`
	Lower        string            `json:"lower,omitempty"`
	Why          string            `json:"why"`
	Fix          string            `json:"fix"`
	Since        string            `json:"since"`
	Fixtures     []string          `json:"fixtures"`
}

func encodeRules(s Streams) error {
	entries := []ruleEntry{}
	for _, r := range rules.All() {
		e := ruleEntry{ID: r.ID, Title: r.Title, Requirements: r.Requirements, Profiles: severities(&r),
			Why: r.Why, Fix: r.Fix, Since: r.Since, Fixtures: samples.RuleFixtures(r.ID)}
		if r.Lower != finding.Off {
			e.Lower = r.Lower.String()
		}
		entries = append(entries, e)
	}
	out := json.NewEncoder(s.Out)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	return out.Encode(entries)
}

// severities are the severities of a rule by profile.
func severities(r *rule.Rule) map[string]string {
	all := map[string]string{}
	for _, p := range validate.Profiles() {
		s := r.Severity
		if own, ok := r.Except[string(p)]; ok {
			s = own
		}
		all[string(p)] = s.String()
	}
	return all
}
