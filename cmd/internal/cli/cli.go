// Package cli is the command line of runhist: the only place that knows files,
// flags, the environment and the terminal. Each command is a file of its own
// that turns flags into values, calls the package that does the work, and
// turns what comes back into output and an exit status.
//
// To add a command: a file with a constructor, and its line in newRoot.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/spf13/cobra"
)

// Streams are where a command reads and writes.
type Streams struct {
	In       io.Reader
	Out, Err io.Writer
}

// The exit statuses. Unfinished wins over Found.
const (
	OK         = 0 // nothing at or above the threshold
	Found      = 1 // findings at or above it
	Usage      = 2 // wrong flags, arguments or configuration
	Unfinished = 3 // something could not be read, a limit was hit, a rule crashed, nothing was examined
)

// exit is an error that carries an exit status. Its message, if any, has not
// been printed.
type exit struct {
	status int
	err    error
}

func (e *exit) Error() string {
	if e.err == nil {
		return ""
	}
	return e.err.Error()
}

func (e *exit) Unwrap() error { return e.err }

func unfinished(format string, args ...any) error {
	return &exit{Unfinished, fmt.Errorf(format, args...)}
}

func usage(format string, args ...any) error {
	return &exit{Usage, fmt.Errorf(format, args...)}
}

// Main runs the command line and returns the exit status.
func Main(args []string, s Streams) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	root := newRoot(s)
	root.SetArgs(args)
	if len(args) > 0 && strings.HasPrefix(args[0], cobra.ShellCompRequestCmd) {
		complete(root)
	}
	err := root.ExecuteContext(ctx)
	if err == nil {
		return OK
	}
	status := statusOf(err)
	if errors.Is(err, context.Canceled) {
		status, err = Unfinished, errors.New("interrupted")
	}
	if errors.Is(err, context.DeadlineExceeded) {
		status, err = Unfinished, errors.New("the time is over (--timeout)")
	}
	if err.Error() != "" {
		fmt.Fprintln(s.Err, "runhist: "+err.Error())
	}
	if status == Usage {
		fmt.Fprintln(s.Err, `Run "runhist help" for the commands, "runhist COMMAND --help" for their flags.`)
	}
	return status
}

// statusOf is the exit status of an error. One that is not ours is of the
// library that reads flags.
func statusOf(err error) int {
	var e *exit
	switch {
	case err == nil:
		return OK
	case errors.As(err, &e):
		return e.status
	}
	return Usage
}

func newRoot(s Streams) *cobra.Command {
	root := &cobra.Command{
		Use:   "runhist",
		Short: "Run histories of the Microsoft identity synchronization engine",
		Long: `runhist reads the run histories ("run details") that MIIS 2003, ILM, FIM 2010,
MIM 2016, SharePoint User Profile Synchronization and Entra Connect write. It
validates them against [MS-UPSMODS], shows and reports what happened in a run,
and regenerates what a correct server would have written.

Exit status: 0 nothing at or above the threshold; 1 findings at or above it;
2 wrong usage; 3 not finished: something could not be read, a limit was hit, or
nothing was examined.`,
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.NoArgs,
		RunE:          func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	root.SetIn(s.In)
	root.SetOut(s.Out)
	root.SetErr(s.Err)
	// Lines of help fit into a terminal.
	root.SetUsageTemplate(strings.ReplaceAll(root.UsageTemplate(), ".FlagUsages", ".FlagUsagesWrapped 100"))
	root.AddCommand(newValidate(s), newShow(s), newReport(s), newDiff(s), newReconcile(s), newConvert(s), newQuery(s), newRules(s), newExplain(s), newBaseline(s), newConfig(s),
		newGenerate(s), newSimulate(s), newAnalyze(s), newVersion(s), newCompletion(s), newMan(s))
	root.SetFlagErrorFunc(suggest)
	group(root)
	return root
}
