package cli

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/runhist/runhist/analyze/reconcile"
	"github.com/runhist/runhist/report/differences"
	"github.com/runhist/runhist/report/formats"
	"github.com/runhist/runhist/report/matrix"
	"github.com/runhist/runhist/report/reconciliation"
	tableformats "github.com/runhist/runhist/report/tables/formats"
	"github.com/runhist/runhist/report/zone"
	"github.com/runhist/runhist/samples/generate"
	"github.com/runhist/runhist/validate"
	"github.com/runhist/runhist/validate/rules"
)

// values lists what a flag of a command can be, for shells: each value
// perhaps with a description behind a tab. It is false for a flag that takes
// anything; begun is what is typed of the value.
//
// To add a flag with a closed list of values: its line here.
func values(command, flag, begun string) ([]string, bool) {
	switch flag {
	case "color", "progress":
		return []string{"auto", "always", "never"}, true
	case "fail-on":
		return []string{"error", "warning", "info", "never"}, true
	case "profile":
		if command == "convert" {
			return convertProfiles, true
		}
		return []string{
			string(validate.UPSMODS) + "\tthe published specification",
			string(validate.Server) + "\twhat products are known to write is an info",
			string(validate.FIM) + "\tFIM 2010",
			string(validate.MIIS2003) + "\tMIIS 2003",
			string(validate.Auto) + "\tfor each document the one that it is nearest to",
		}, true
	case "exit":
		return []string{"runhist\t0 fine, 1 findings, 2 usage, 3 not finished", "nagios\t0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN"}, true
	case "schema-engine":
		return []string{"native", "libxml2", "both"}, true
	case "engine":
		return queryEngines, true
	case "severity":
		if id, _, level := strings.Cut(begun, "="); level {
			return prefixed(id+"=", []string{"error", "warning", "info", "off"}), true
		}
		var list []string
		for _, id := range findingIDs() {
			name, about, _ := strings.Cut(id, "\t")
			list = append(list, name+"=\t"+about)
		}
		return list, true
	case "disable", "only":
		done := strings.LastIndexByte(begun, ',') + 1
		return prefixed(begun[:done], findingIDs()), true
	case "violate":
		return generate.Violations(), true
	case "format":
		return formatValues(command), true
	case "table":
		done := strings.LastIndexByte(begun, ',') + 1
		var names []string
		for _, t := range allTables() {
			names = append(names, t.Name+"\t"+t.Title)
		}
		return prefixed(begun[:done], append(names, "facts", "derived")), true
	case "local-time":
		return zone.Windows(), true
	}
	return nil, false
}

// formatValues are the formats of a command.
func formatValues(command string) []string {
	var list []string
	switch command {
	case "validate", "show": // config show
		for _, f := range formats.All() {
			list = append(list, f.Name+"\t"+f.About)
		}
	case "reconcile":
		for _, f := range reconciliation.Formats() {
			list = append(list, f.Name+"\t"+f.About)
		}
	case "diff":
		for _, f := range differences.All() {
			list = append(list, f.Name+"\t"+f.About)
		}
	case "rules":
		for _, f := range matrix.Formats() {
			list = append(list, f.Name)
		}
	case "query":
		list = []string{"text", "json", "csv"}
	case "report":
		for _, f := range tableformats.All() {
			list = append(list, f.Name+"\t"+f.About)
		}
	default:
		list = []string{"text", "json"}
	}
	return list
}

// findingIDs are the ids that findings can have, with their titles.
func findingIDs() []string {
	var list []string
	for _, r := range rules.All() {
		list = append(list, r.ID+"\t"+r.Title)
	}
	for _, c := range reconcile.Own() {
		list = append(list, c.ID+"\t"+c.Title)
	}
	for _, s := range stageIDs() {
		list = append(list, s.id+"\t"+s.meaning)
	}
	return list
}

func prefixed(prefix string, list []string) []string {
	list = slices.Clone(list)
	for i := range list {
		list[i] = prefix + list[i]
	}
	return list
}

// anything are the flags whose values are text that no shell can know, and no
// file.
var anything = []string{"max-bytes", "now", "stdin-name", "ma", "profile-name", "result", "since", "until", "size", "timeout", "redact-key-env", "ignore", "columns", "max-run-bytes"}

// complete tells a shell what it can offer for the flags and arguments of a
// command, and of those below it. Where nothing is said it offers files.
func complete(c *cobra.Command) {
	switch c.Name() {
	case "rules", "generate", "version", "man":
		c.ValidArgsFunction = cobra.NoFileCompletions
	case "explain":
		c.ValidArgsFunction = completeExplain
	}
	c.LocalFlags().VisitAll(func(f *pflag.Flag) {
		f.Usage = strings.ReplaceAll(f.Usage, "`", "") // which only help texts understand
		_ = c.RegisterFlagCompletionFunc(f.Name, func(_ *cobra.Command, _ []string, begun string) ([]cobra.Completion, cobra.ShellCompDirective) {
			return completeFlag(c.Name(), f, begun)
		})
	})
	for _, below := range c.Commands() {
		complete(below)
	}
}

// completeFlag offers the values of a flag.
func completeFlag(command string, f *pflag.Flag, begun string) ([]cobra.Completion, cobra.ShellCompDirective) {
	file := f.Name == "format" && strings.Contains(begun, "=")
	list, closed := values(command, f.Name, begun)
	switch {
	case closed && !file:
		d := cobra.ShellCompDirectiveNoFileComp
		if f.Name == "severity" && !strings.Contains(begun, "=") {
			d |= cobra.ShellCompDirectiveNoSpace // the level follows
		}
		return beginning(list, begun), d
	case !file && (slices.Contains(anything, f.Name) || !strings.HasPrefix(f.Value.Type(), "string")):
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return nil, cobra.ShellCompDirectiveDefault
}

// completeExplain offers the words that explain knows. The command reads its
// flags itself, so they are among the arguments.
func completeExplain(c *cobra.Command, args []string, begun string) ([]cobra.Completion, cobra.ShellCompDirective) {
	if len(args) > 0 && strings.HasPrefix(args[len(args)-1], "--") {
		if list, ok := values(c.Name(), args[len(args)-1][2:], begun); ok {
			return beginning(list, begun), cobra.ShellCompDirectiveNoFileComp
		}
	}
	x, err := newExplainer()
	if err != nil {
		return nil, cobra.ShellCompDirectiveError
	}
	return beginning(x.names(), begun), cobra.ShellCompDirectiveNoFileComp
}

// beginning are the values that begin with what is typed, in whatever case.
func beginning(list []string, begun string) []string {
	var fit []string
	for _, value := range list {
		if len(value) >= len(begun) && strings.EqualFold(value[:len(begun)], begun) {
			fit = append(fit, value)
		}
	}
	return fit
}
