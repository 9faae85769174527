package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/runhist/runhist/analyze/diff"
	"github.com/runhist/runhist/report/differences"
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/schemas/source"
	"github.com/runhist/runhist/schemas/spelling"
	"github.com/runhist/runhist/validate/requirements"
)

// diffFlags are the flags of the command diff.
type diffFlags struct {
	formats, maps, ignore                       []string
	output, color, progress, stdinName, maxSize string
	ratio                                       float64
	timeout                                     time.Duration
	context                                     int
	exact, quiet, allowEmpty                    bool
}

func newDiff(s Streams) *cobra.Command {
	var f diffFlags
	c := &cobra.Command{
		Use:   "diff A B",
		Short: "Compare two histories or archives",
		Long: `diff says how the histories of B differ from those of A: expected and actual
ones, yesterday's and today's, two servers. A and B are files, folders, zip
archives, globs (in quotes), or - for standard input. Runs are paired by
management agent (its GUID, else its name), run profile and order; steps by
number; errors by DN, or object, and type; counters by target agent. Order
counts where the specification orders: connection incidents.

What may differ is understood. GUIDs may be others, as long as the renaming is
one-to-one. Instants may be later or earlier by one offset; where durations
differ, the order and the coincidences of instants must be the same. Masked
GUIDs (12345678-...) say nothing. Servers, agents, accounts and DNs become
others by --map: A=>B or A=B, or a file with such a pair on each line and # before
comments; the end of a DN (DC=corp,DC=com=>DC=lab,DC=com) and the domain of a
server, an account or an address in a value count too. --exact lets none of these differ.

--ignore leaves out what a path selects: the path of a finding, with or without
positions, or the end of one (//server, step-details/@step-id).

Exit status: 0 no differences; 1 differences, or a document is not well-formed;
2 wrong usage; 3 something could not be read, or there was nothing to compare.`,
		Example: `  runhist diff expected.xml actual.xml
  runhist diff --map "dc1.corp.example=>dc9.lab.example" --map domains.txt monday/ tuesday.zip
  runhist diff --ignore //connection-log --duration-ratio 2 a.xml b.xml
  runhist diff --format text --format html=diff.html --format junit=diff.xml expected/ actual/`,
		Args: cobra.ExactArgs(2),
		RunE: func(c *cobra.Command, args []string) error {
			return runDiff(c.Context(), s, &f, args)
		},
	}
	flags := c.Flags()
	flags.BoolVar(&f.exact, "exact", false, "every value counts as it is written; the order of what is in no order still does not")
	flags.StringArrayVar(&f.maps, "map", nil, "`A=>B`, or a file of such lines: a server, agent, account or DN of A and its name in B; repeatable")
	flags.StringArrayVar(&f.ignore, "ignore", nil, "`PATH` of elements or attributes to leave out; repeatable")
	flags.Float64Var(&f.ratio, "duration-ratio", 0, "`FACTOR` by which durations may differ; 1: all instants have one offset; 0: any")
	flags.IntVar(&f.context, "context", 0, "`NUMBER` of equal values to show before and after each difference in an element")
	flags.StringArrayVar(&f.formats, "format", nil, "format, as `NAME[=FILE]`, repeatable: "+differenceFormats())
	flags.StringVarP(&f.output, "output", "o", "", "write the report to this `FILE`, not to standard output")
	flags.StringVar(&f.maxSize, "max-bytes", "0", "decoded `SIZE` of a document that is still read, such as 500MB; 0 for any")
	flags.StringVar(&f.stdinName, "stdin-name", "<stdin>", "`NAME` of standard input")
	flags.StringVar(&f.color, "color", "auto", "`WHEN` to use colours: auto, always or never")
	flags.DurationVar(&f.timeout, "timeout", 0, "end the call when reading takes longer than this `TIME`, such as 90s")
	progressFlag(flags, &f.progress)
	flags.BoolVarP(&f.quiet, "quiet", "q", false, "no summary and no progress on standard error")
	flags.BoolVar(&f.allowEmpty, "allow-empty", false, "it is no failure when there is nothing to compare")
	return c
}

func differenceFormats() string {
	var names []string
	for _, f := range differences.All() {
		names = append(names, f.Name)
	}
	return strings.Join(names, ", ")
}

// leanGC makes the collector run more often: both sides are held in memory, and
// what the usual setting leaves uncollected would be as much again.
const leanGC = 15

// runDiff is the command.
func runDiff(ctx context.Context, s Streams, f *diffFlags, args []string) error {
	options, err := f.options()
	if err != nil {
		return err
	}
	size, err := parseSize(f.maxSize)
	if err != nil {
		return usage("--max-bytes: %w", err)
	}
	targets, err := targets(f.formats, f.output, differences.All()[0].Name, differences.Find)
	if err != nil {
		return err
	}
	color, err := colored(f.color, s.Out)
	if err != nil {
		return err
	}
	if args[0] == "-" && args[1] == "-" {
		return usage("standard input can be read only once")
	}
	if f.timeout > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, f.timeout)
		defer cancel()
	}
	defer debug.SetGCPercent(debug.SetGCPercent(leanGC))
	load := &loading{notices: notices{s.Err}, progress: f.progress, quiet: f.quiet, bytes: size}
	a, err := load.side(ctx, s, args[0], f.stdinName)
	if err != nil {
		return err
	}
	b, err := load.side(ctx, s, args[1], f.stdinName)
	if err != nil {
		return err
	}
	tree := diff.Runs(a.runs, b.runs, options)
	if !tree.Same() {
		tables, err := requirements.Load()
		if err != nil {
			return unfinished("%w", err)
		}
		diff.Annotate(tree, tables)
	}
	r := &differences.Report{Version: Version, Tree: tree, A: differences.Side{Name: args[0], Files: a.files}, B: differences.Side{Name: args[1], Files: b.files}}
	if err := f.write(s, targets, r, color); err != nil {
		return err
	}
	switch {
	case load.unread:
		return &exit{status: Unfinished}
	case len(a.runs)+len(b.runs) == 0 && !f.allowEmpty:
		return unfinished("there is no run to compare (--allow-empty makes that no failure)")
	case load.malformed || !tree.Same():
		return &exit{status: Found}
	}
	return nil
}

// write writes the reports, and the summary on standard error when none of them
// shows it on standard output.
func (f *diffFlags) write(s Streams, targets []target[differences.Format], r *differences.Report, color bool) error {
	told := false
	for _, t := range targets {
		if err := writeDifferences(s, t, r, color, f.color == "always"); err != nil {
			return err
		}
		told = told || t.path == "" && (t.format.Name == "text" || t.format.Name == "markdown")
	}
	if !told && !f.quiet {
		fmt.Fprintln(s.Err, "runhist: "+differences.Summary(r.Tree))
	}
	return nil
}

func writeDifferences(s Streams, t target[differences.Format], r *differences.Report, color, always bool) error {
	out, err := create(t.path, s.Out)
	if err != nil {
		return unfinished("%w", err)
	}
	defer out.discard()
	if err := t.format.Write(out, r, differences.Options{Color: color && (out.file == nil || always)}); err != nil {
		return unfinished("write: %w", err)
	}
	if err := out.commit(); err != nil {
		return unfinished("%w", err)
	}
	return nil
}

// options turns the flags into the options of the comparison.
func (f *diffFlags) options() (diff.Options, error) {
	o := diff.Options{Exact: f.exact, DurationRatio: f.ratio, Context: f.context}
	if f.ratio != 0 && f.ratio < 1 || f.ratio != f.ratio {
		return o, usage("--duration-ratio is %v, but must be 0 or at least 1", f.ratio)
	}
	if f.context < 0 {
		return o, usage("--context is %d, but must be at least 0", f.context)
	}
	if f.exact && (f.ratio != 0 || len(f.maps) > 0) {
		return o, usage("--exact lets nothing differ: it excludes --map and --duration-ratio")
	}
	var pairs [][2]string
	for _, m := range f.maps {
		list, err := mapped(m)
		if err != nil {
			return o, usage("--map: %w", err)
		}
		pairs = append(pairs, list...)
	}
	if len(pairs) > 0 {
		names, err := diff.NewNames(pairs)
		if err != nil {
			return o, usage("--map: %w", err)
		}
		o.Names = names
	}
	for _, text := range f.ignore {
		p, err := diff.ParsePattern(text)
		if unknown := (*diff.UnknownName)(nil); errors.As(err, &unknown) {
			if near := spelling.Nearest(unknown.Name, modelNames(), 1); len(near) > 0 {
				err = fmt.Errorf("%w: did you mean %s?", err, near[0])
			}
		}
		if err != nil {
			return o, usage("--ignore: %w", err)
		}
		o.Ignore = append(o.Ignore, p)
	}
	return o, nil
}

// modelNames are the names of elements and attributes.
func modelNames() []string {
	v := rundetails.Vocabulary()
	var names []string
	for sym := 1; sym <= v.Len(); sym++ {
		names = append(names, v.Name(source.Sym(sym)))
	}
	return names
}

// mapped reads a --map: a pair, or a file of pairs.
func mapped(text string) ([][2]string, error) {
	if strings.Contains(text, "=") {
		pair, err := diff.ParseName(text)
		return [][2]string{pair}, err
	}
	file, err := os.Open(text)
	if err != nil {
		return nil, fmt.Errorf("%q is no pair such as A=>B, and as a file: %w", text, err)
	}
	defer file.Close()
	var pairs [][2]string
	lines := bufio.NewScanner(file)
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(strings.TrimPrefix(lines.Text(), "\ufeff"))
		if line == "" || line[0] == '#' {
			continue
		}
		pair, err := diff.ParseName(line)
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", text, n, err)
		}
		pairs = append(pairs, pair)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", text, err)
	}
	return pairs, nil
}
