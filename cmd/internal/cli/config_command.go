package cli

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/runhist/runhist/analyze/policy"
	"github.com/runhist/runhist/report/terminal"
	"github.com/runhist/runhist/validate"
	"github.com/runhist/runhist/validate/rules"
	"github.com/runhist/runhist/validate/settings"
)

func newConfig(s Streams) *cobra.Command {
	c := &cobra.Command{
		Use:   "config",
		Short: "Show what validate goes by, or write a configuration to begin with",
		Long: `validate, baseline and reconcile read ` + settings.FileName + ` from the folder of the call or the
nearest one above it (--config names another file, --no-config reads none). It
sets the profile, also by path, the threshold, severities, limits and formats,
the findings that do not count, each with a reason, and the policies that
reconcile checks. Flags win over it. No
environment variable has a say.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(newConfigShow(s), newConfigInit(s), newConfigSchema(s))
	return c
}

func newConfigInit(s Streams) *cobra.Command {
	var path string
	c := &cobra.Command{
		Use:   "init",
		Short: "Write a commented configuration that changes nothing yet",
		Long:  "init writes a configuration with every key explained and the defaults set. It never\nwrites over a file.",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			if path == "-" {
				_, err := s.Out.Write(settings.Example)
				return err
			}
			file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
			if os.IsExist(err) {
				return usage("%s exists already: init does not write over it (-o - writes to standard output)", filepath.ToSlash(path))
			}
			if err != nil {
				return unfinished("write the configuration: %w", err)
			}
			_, err = file.Write(settings.Example)
			if closeErr := file.Close(); err == nil {
				err = closeErr
			}
			if err != nil {
				_ = os.Remove(path)
				return unfinished("write the configuration: %w", err)
			}
			fmt.Fprintf(s.Err, "runhist: wrote %s\n", terminal.Clean(filepath.ToSlash(path)))
			return nil
		},
	}
	c.Flags().StringVarP(&path, "output", "o", settings.FileName, "write to this `FILE`; - for standard output")
	return c
}

func newConfigSchema(s Streams) *cobra.Command {
	return &cobra.Command{
		Use:   "schema",
		Short: "Write the JSON Schema of the configuration, for editors",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			_, err := s.Out.Write(settings.Schema)
			return err
		},
	}
}

func newConfigShow(s Streams) *cobra.Command {
	var f judgeFlags
	var specs []string
	var asJSON bool
	c := &cobra.Command{
		Use:   "show",
		Short: "Show what is in force here, and where each value comes from",
		Long: `show writes what validate would go by if it were called here with the same flags:
each value with its origin, which is default, the line of the configuration, or
the flag.`,
		Example: `  runhist config show
  runhist config show --fail-on warning --disable R146
  runhist config show --json`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			j, err := f.judgement(c.Flags(), s)
			if err != nil {
				return err
			}
			if _, err := validate.New(j.options); err != nil {
				return usage("%w", err)
			}
			shown := f.inForce(c.Flags(), j.config, specs)
			if asJSON {
				return writeJSON(s.Out, shown)
			}
			return shown.text(s.Out)
		},
	}
	f.addConfigured(c.Flags())
	formatFlag(c.Flags(), &specs)
	c.Flags().BoolVar(&asJSON, "json", false, "write JSON")
	f.engine, f.jobs = "native", 1
	return c
}

// inForce is what config show writes.
type inForce struct {
	Version int       `json:"version"`
	File    string    `json:"file"` // "" where there is no configuration
	Values  []setting `json:"values"`
}

// setting is one value in force.
type setting struct {
	Key   string `json:"key"`
	Value any    `json:"value"`
	From  string `json:"from"`         // default, file or flag
	At    string `json:"at,omitempty"` // FILE:LINE or the flag
}

// inForce lists all values with their origin.
func (f *judgeFlags) inForce(flags *pflag.FlagSet, c *config, specs []string) *inForce {
	shown := &inForce{Version: 1}
	if c == nil {
		c = &config{Settings: &settings.Settings{}}
	}
	shown.File = c.name
	add := func(key string, value any, flag string, line uint32) {
		v := setting{Key: key, Value: value, From: "default"}
		switch {
		case flag != "" && flags.Changed(flag):
			v.From, v.At = "flag", "--"+flag
		case line > 0:
			v.From, v.At = "file", c.name+":"+strconv.Itoa(int(line))
		}
		shown.Values = append(shown.Values, v)
	}
	if !flags.Changed("profile") {
		for _, p := range c.Profiles {
			add("profiles."+p.Path.String(), p.Profile, "", p.Line)
		}
	}
	add("profile", f.profile, "profile", c.Profile.Line)
	add("fail-on", f.failOn, "fail-on", c.FailOn.Line)
	f.grades(c, add)
	add("limits.max-findings", f.maxFindings, "max-findings", c.MaxFindings.Line)
	add("limits.max-bytes", f.maxBytes, "max-bytes", c.MaxBytes.Line)
	add("limits.max-depth", f.maxDepth, "max-depth", c.MaxDepth.Line)
	switch {
	case len(specs) > 0:
		for _, spec := range specs {
			add("formats", spec, "format", 0)
		}
	case len(c.Formats) > 0:
		for _, format := range c.Formats {
			add("formats", format.V, "", format.Line)
		}
	default:
		add("formats", "text", "", 0)
	}
	for i := range c.Suppressions {
		e := &c.Suppressions[i]
		value := map[string]any{"reason": e.Reason}
		if len(e.IDs) > 0 {
			value["id"] = e.IDs
		}
		for key, text := range map[string]string{"path": e.Path.String(), "message": e.Message.String(), "expires": e.Expires} {
			if text != "" {
				value[key] = text
			}
		}
		add("suppressions", value, "", e.Line)
	}
	for i := range c.Policies {
		add("policies", policyValue(&c.Policies[i]), "", c.Policies[i].Line)
	}
	return shown
}

// policyValue is a policy as config show writes it.
func policyValue(p *policy.Policy) map[string]any {
	value := map[string]any{"name": p.Name, "check": p.Check.String(), "severity": p.Severity.String()}
	for key, patterns := range map[string][]policy.Pattern{"agent": p.Agents, "profile": p.Profiles, "expect": p.Expect} {
		var texts []string
		for _, pattern := range patterns {
			texts = append(texts, string(pattern))
		}
		if len(texts) > 0 {
			value[key] = texts
		}
	}
	if p.Max != nil {
		value["max"] = p.Max.String()
	}
	if p.Min != nil {
		value["min"] = p.Min.String()
	}
	if p.Type != "" {
		value["type"] = p.Type
	}
	if p.Every {
		value["runs"] = "all"
	}
	return value
}

// grades lists the severities that are set, by id.
func (f *judgeFlags) grades(c *config, add func(key string, value any, flag string, line uint32)) {
	all, err := f.severities(&knownIDs{rules: rules.All()}, c)
	if err != nil {
		return // judgement has told it
	}
	if len(f.only) > 0 {
		add("only", f.only, "only", 0)
	}
	var ids []string
	for id := range all {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	for _, id := range ids {
		flag, line := "", uint32(0)
		for _, g := range c.Severities {
			if g.ID == id {
				line = g.Line
			}
		}
		switch {
		case slices.ContainsFunc(f.severity, func(s string) bool { return strings.HasPrefix(s, id+"=") }):
			flag = "severity"
		case slices.Contains(f.disable, id):
			flag = "disable"
		case len(f.only) > 0 && !slices.Contains(f.only, id):
			continue // one line says it of all
		}
		add("severities."+id, all[id].String(), flag, line)
	}
}

// text writes the list for people.
func (i *inForce) text(out io.Writer) error {
	w := tabwriter.NewWriter(out, 0, 4, 2, ' ', 0)
	if i.File == "" {
		fmt.Fprintf(w, "# no configuration: there is no %s here or above\n", settings.FileName)
	} else {
		fmt.Fprintf(w, "# configuration: %s\n", terminal.Clean(i.File))
	}
	for _, v := range i.Values {
		at := v.At
		if at == "" {
			at = v.From
		}
		fmt.Fprintf(w, "%s\t%s\t%s\n", terminal.Clean(v.Key), terminal.Clean(at), terminal.Clean(describeSetting(v.Value)))
	}
	return w.Flush()
}

// describeSetting writes a value in a line.
func describeSetting(value any) string {
	switch v := value.(type) {
	case []string:
		return strings.Join(v, " ")
	case map[string]any:
		var parts []string
		for _, key := range []string{"id", "path", "message", "reason", "expires", "name", "agent", "profile", "check", "type", "max", "min", "expect", "runs", "severity"} {
			if text, ok := v[key]; ok {
				parts = append(parts, fmt.Sprintf("%s: %s", key, describeSetting(text)))
			}
		}
		return strings.Join(parts, "; ")
	}
	return fmt.Sprint(value)
}
