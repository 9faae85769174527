package cli

import (
	"encoding/json"
	"fmt"
	"io"
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
	var format, path string
	var coverage, csvSafe bool
	c := &cobra.Command{
		Use:   "rules",
		Short: "List the rules, or what checks each requirement",
		Long: `rules lists the rules. With --coverage it lists the rows of the requirement
tables instead, each with what checks it or why nothing does: the traceability
matrix.`,
		Example: `  runhist rules
  runhist rules --coverage --format html -o coverage.html`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			write, err := rulesWriter(format, coverage, csvSafe)
			if err != nil {
				return usage("--format: %w", err)
			}
			out, err := create(path, s.Out)
			if err != nil {
				return unfinished("%w", err)
			}
			defer out.discard()
			if err := write(out); err != nil {
				return unfinished("write: %w", err)
			}
			if err := out.commit(); err != nil {
				return unfinished("%w", err)
			}
			return nil
		},
	}
	c.Flags().StringVar(&format, "format", "text", "`FORMAT` of the output: text, json or jsonl; with --coverage also csv or html")
	c.Flags().BoolVar(&coverage, "coverage", false, "list what checks each row of the requirement tables")
	csvSafeFlag(c.Flags(), &csvSafe)
	c.Flags().StringVarP(&path, "output", "o", "", "write to this `FILE`, not to standard output")
	return c
}

// rulesWriter finds what writes the list that is asked for.
func rulesWriter(format string, coverage, csvSafe bool) (func(io.Writer) error, error) {
	switch {
	case coverage:
		return coverageWriter(format, csvSafe)
	case format == "text":
		return listRules, nil
	case format == "json":
		return encodeRules, nil
	case format == "jsonl":
		return encodeRuleLines, nil
	}
	return nil, fmt.Errorf("unknown format %q: known are text, json, jsonl", format)
}

func listRules(out io.Writer) error {
	w := tabwriter.NewWriter(out, 0, 4, 2, ' ', 0)
	fmt.Fprintln(w, "RULE\tSEVERITY\tTITLE\tREQUIREMENTS")
	for _, r := range rules.All() {
		severity := r.Severity.String()
		if r.Lower != finding.Off {
			severity += "/" + r.Lower.String()
		}
		if r.Severity == finding.Off {
			severity = onlyIn(&r)
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", r.ID, severity, r.Title, strings.Join(allRows(&r), " "))
	}
	return w.Flush()
}

// onlyIn says how the profiles grade a rule that the default one does not have.
func onlyIn(r *rule.Rule) string {
	var graded []string
	for _, p := range validate.Profiles() {
		if s := r.In(string(p)).Severity; s != finding.Off {
			graded = append(graded, s.String()+" ("+string(p)+")")
		}
	}
	return strings.Join(graded, ", ")
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

// encodeRules writes the rules as one list.
func encodeRules(w io.Writer) error { return writeJSON(w, ruleEntries()) }

// encodeRuleLines writes a rule a line.
func encodeRuleLines(w io.Writer) error {
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	for _, e := range ruleEntries() {
		if err := out.Encode(e); err != nil {
			return err
		}
	}
	return nil
}

func ruleEntries() []ruleEntry {
	entries := []ruleEntry{}
	for _, r := range rules.All() {
		e := ruleEntry{ID: r.ID, Title: r.Title, Requirements: allRows(&r), Profiles: severities(&r),
			Why: r.Why, Fix: r.Fix, Since: r.Since, Fixtures: samples.RuleFixtures(r.ID)}
		if r.Lower != finding.Off {
			e.Lower = r.Lower.String()
		}
		entries = append(entries, e)
	}
	return entries
}

// severities are the severities of a rule by profile.
func severities(r *rule.Rule) map[string]string {
	all := map[string]string{}
	for _, p := range validate.Profiles() {
		all[string(p)] = r.In(string(p)).Severity.String()
	}
	return all
}
