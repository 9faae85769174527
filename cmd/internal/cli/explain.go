package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/runhist/runhist/analyze/reconcile"
	"github.com/runhist/runhist/report/terminal"
	"github.com/runhist/runhist/schemas/spelling"
	"github.com/runhist/runhist/schemas/terms"
	"github.com/runhist/runhist/validate"
	"github.com/runhist/runhist/validate/coverage"
	"github.com/runhist/runhist/validate/requirements"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules"
)

func newExplain(s Streams) *cobra.Command {
	var format, color string
	c := &cobra.Command{
		Use:   "explain ID|TERM...",
		Short: "Explain a rule, a requirement, a value of a history, or an error code",
		Long: `explain says what an id of a finding or a word of a history means: a rule with an
example that fails and one that passes; a row of the requirement tables and what
covers it; an XSD-, XML- or SRC- id; a step result, error type, algorithm step,
connection result, call site or counter with its cause and what to do about it;
an error code, decimal or hexadecimal. Case does not matter. Without words it
lists what there is to ask for.`,
		Example: `  runhist explain R449
  runhist explain completed-discovery-errors permission-issue
  runhist explain 8453 0x51 0x80070005 -2147024891`,
		DisableFlagParsing: true, // it would take a negative number for a flag
		RunE: func(c *cobra.Command, args []string) error {
			words, err := parseWords(c, args)
			if err != nil {
				return usage("%w", err)
			}
			if help, err := c.Flags().GetBool("help"); err != nil || help {
				return c.Help()
			}
			return runExplain(s, words, format, color)
		},
	}
	c.Flags().StringVar(&format, "format", "text", "`FORMAT` of the output: text or json")
	c.Flags().StringVar(&color, "color", "auto", "`WHEN` to use colours: auto, always or never")
	return c
}

// negative marks a word that looks like a flag. No argument can have the byte.
const negative = "\x00"

// parseWords reads the flags among the arguments, and returns the others;
// negative numbers, which are error codes, belong to them.
func parseWords(c *cobra.Command, args []string) ([]string, error) {
	args = slices.Clone(args)
	for i, arg := range args {
		if _, ok := terms.Code(arg); ok && strings.HasPrefix(arg, "-") {
			args[i] = negative + arg
		}
	}
	if err := c.Flags().Parse(args); err != nil {
		return nil, err
	}
	words := slices.Clone(c.Flags().Args())
	for i := range words {
		words[i] = strings.TrimPrefix(words[i], negative)
	}
	return words, nil
}

// runExplain is the command.
func runExplain(s Streams, words []string, format, color string) error {
	if format != "text" && format != "json" {
		return usage("--format: unknown format %q: known are text, json", format)
	}
	colors, err := colored(color, s.Out)
	if err != nil {
		return err
	}
	x, err := newExplainer()
	if err != nil {
		return unfinished("%w", err)
	}
	if len(words) == 0 {
		if format == "json" {
			return writeJSON(s.Out, topics{Version: 1, Kinds: x.topics()})
		}
		_, err := io.WriteString(s.Out, topicsText(x.topics(), colors))
		return err
	}
	var entries []entry
	var unknown []string
	for _, word := range words {
		found := x.explain(word)
		if len(found) == 0 {
			unknown = append(unknown, x.unknown(word))
		}
		entries = append(entries, found...)
	}
	if len(unknown) > 0 {
		return usage("%s (runhist explain lists what there is)", strings.Join(unknown, "; "))
	}
	if format == "json" {
		return writeJSON(s.Out, explanations{Version: 1, Entries: entries})
	}
	_, err = io.WriteString(s.Out, entriesText(entries, colors))
	return err
}

func writeJSON(w io.Writer, value any) error {
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	return out.Encode(value)
}

// explanations is what explain --format json writes.
type explanations struct {
	Version int     `json:"version"`
	Entries []entry `json:"entries"`
}

// entry explains one word, in one of its meanings.
type entry struct {
	Word         string            `json:"word"` // as it was asked
	Kind         string            `json:"kind"`
	Name         string            `json:"name"`
	Meaning      string            `json:"meaning"`
	Why          string            `json:"why,omitempty"`
	Cause        string            `json:"cause,omitempty"`
	Remedy       string            `json:"remedy,omitempty"`
	Follow       string            `json:"follow,omitempty"`    // what comes after a step result
	Severity     map[string]string `json:"severity,omitempty"`  // by profile
	Lower        string            `json:"lower,omitempty"`     // severity of the lighter case
	Certainty    string            `json:"certainty,omitempty"` // of what reconcile says
	Known        []string          `json:"known,omitempty"`     // products that leave the rule, and the evidence
	Fields       []string          `json:"fields,omitempty"`    // where the value stands
	Products     []string          `json:"products,omitempty"`  // that have the value
	Class        string            `json:"class,omitempty"`
	Level        string            `json:"level,omitempty"`
	Path         string            `json:"path,omitempty"`
	Section      string            `json:"section,omitempty"`
	Line         int               `json:"line,omitempty"`
	Notes        []note            `json:"notes,omitempty"`
	Coverage     *coveredBy        `json:"coverage,omitempty"`
	Requirements []statement       `json:"requirements,omitempty"`
	Rules        []checkedBy       `json:"rules,omitempty"` // that speak of a term
	Since        string            `json:"since,omitempty"`
	Code         *codeEntry        `json:"code,omitempty"`
	Examples     []example         `json:"examples,omitempty"`
}

// note is a labelled remark.
type note struct {
	Label string `json:"label"`
	Text  string `json:"text"`
}

// statement is a row of the requirement tables, in short.
type statement struct {
	ID        string `json:"id"`
	Section   string `json:"section,omitempty"`
	Line      int    `json:"line,omitempty"`
	Statement string `json:"statement"`
}

// checkedBy is a rule, in short.
type checkedBy struct {
	ID    string `json:"id"`
	Title string `json:"title"`
}

// codeEntry is an error code.
type codeEntry struct {
	Hex      string        `json:"hex"`
	Decimal  string        `json:"decimal"`
	Space    string        `json:"space,omitempty"`
	Readings []codeReading `json:"readings"`
}

type codeReading struct {
	Space   string `json:"space"`
	Name    string `json:"name,omitempty"`
	Meaning string `json:"meaning"`
	Look    string `json:"look,omitempty"`
}

// explainer knows what can be explained.
type explainer struct {
	tables *requirements.Tables
	rules  []rule.Rule
	matrix []coverage.Row
	stages []stageID
	checks []reconcile.Check
	terms  []terms.Term
}

func newExplainer() (*explainer, error) {
	tables, err := requirements.Load()
	if err != nil {
		return nil, err
	}
	list := rules.All()
	return &explainer{tables: tables, rules: list, matrix: coverage.Rows(tables, list), stages: stageIDs(), checks: reconcile.Own(), terms: terms.All()}, nil
}

// explain returns the entries of a word: none for one that nothing has.
func (x *explainer) explain(word string) []entry {
	id := strings.ToUpper(word)
	var found []entry
	if i := slices.IndexFunc(x.rules, func(r rule.Rule) bool { return r.ID == id }); i >= 0 {
		found = append(found, x.rule(&x.rules[i]))
	} else if row, ok := x.tables.Row(id); ok {
		found = append(found, x.row(&row))
	}
	for _, e := range x.tables.Errata() {
		if e.ID == id {
			found = append(found, erratum(&e))
		}
	}
	for i := range x.stages {
		if strings.EqualFold(x.stages[i].id, word) {
			found = append(found, stage(&x.stages[i]))
		}
	}
	for i := range x.checks {
		if strings.EqualFold(x.checks[i].ID, word) {
			found = append(found, archiveCheck(&x.checks[i]))
		}
	}
	for _, t := range terms.Lookup(word) {
		found = append(found, x.term(&t))
	}
	if code, ok := terms.Code(word); ok {
		found = append(found, errorCode(&code))
	}
	for i := range found {
		found[i].Word = word
	}
	return found
}

// unknown says that nothing has a word, and what is most like it.
func (x *explainer) unknown(word string) string {
	message := fmt.Sprintf("nothing is known by %q", terminal.Clean(word))
	if near := spelling.Nearest(word, x.names(), 3); len(near) > 0 {
		last := len(near) - 1
		list := near[last]
		if last > 0 {
			list = strings.Join(near[:last], ", ") + " or " + list
		}
		message += ": did you mean " + list + "?"
	}
	return message
}

// names are all words that can be asked for, error codes aside.
func (x *explainer) names() []string {
	var names []string
	for _, row := range x.tables.All() {
		names = append(names, row.ID)
	}
	for _, e := range x.tables.Errata() {
		names = append(names, e.ID)
	}
	for i := range x.checks {
		names = append(names, x.checks[i].ID)
	}
	names = append(names, validate.StageIDs()...)
	for i := range x.terms {
		names = append(names, x.terms[i].Name)
	}
	slices.Sort(names)
	return slices.Compact(names)
}
