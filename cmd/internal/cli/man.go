package cli

import (
	"github.com/spf13/cobra"

	"github.com/runhist/runhist/cmd/internal/manual"
)

func newMan(s Streams) *cobra.Command {
	return &cobra.Command{
		Use:   "man",
		Short: "Print the manual page",
		Long: `man prints the manual page of runhist in the form that man(1) reads. To read it,
or to install it where man looks for it:`,
		Example: `  runhist man | man -l -
  runhist man > /usr/local/share/man/man1/runhist.1`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if err := manual.Write(s.Out, c.Root(), Version, manualSections()); err != nil {
				return unfinished("write: %w", err)
			}
			return nil
		},
	}
}

// manualSections are the parts of the manual page that no command has.
func manualSections() []manual.Section {
	return []manual.Section{
		{Title: "EXIT STATUS", Items: []manual.Item{
			{Word: "0", Text: "nothing at or above the threshold of --fail-on"},
			{Word: "1", Text: "findings at or above it; a document that is not well-formed is one"},
			{Word: "2", Text: "wrong flags, arguments or configuration"},
			{Word: "3", Text: "not finished: something could not be read, a limit was hit, a rule crashed, or nothing was examined; it wins over 1"},
		}},
		{Title: "ENVIRONMENT", Items: []manual.Item{
			{Word: "NO_COLOR", Text: "when it is set and not empty, --color auto means never"},
			{Word: "TERM", Text: "when it is dumb, no terminal is taken for one"},
			{Word: "GOMAXPROCS", Text: "the default of --jobs; it is the number of processors when not set"},
		}},
	}
}
