package cli

import (
	"github.com/spf13/cobra"
)

// newCompletion stands in for the command of the library, which has one for
// each shell.
func newCompletion(s Streams) *cobra.Command {
	shells := []string{"bash", "zsh", "fish", "powershell"}
	return &cobra.Command{
		Use:   "completion bash|zsh|fish|powershell",
		Short: "Print what makes a shell complete commands, flags and their values",
		Long: `completion prints a script for a shell. With it the Tab key completes commands,
flags, and what flags take: profiles, formats, severities, ids of rules, and
after explain the words of histories.

bash needs its package bash-completion, zsh that compinit was called. In
PowerShell put the line below into the file that $PROFILE names.`,
		Example: `  source <(runhist completion bash)
  runhist completion bash > /etc/bash_completion.d/runhist
  runhist completion zsh > "${fpath[1]}/_runhist"
  runhist completion fish > ~/.config/fish/completions/runhist.fish
  runhist completion powershell | Out-String | Invoke-Expression`,
		Args:      cobra.MatchAll(atLeast(1, "a shell: bash, zsh, fish or powershell"), cobra.ExactArgs(1), cobra.OnlyValidArgs),
		ValidArgs: shells,
		RunE: func(c *cobra.Command, args []string) error {
			root, err := c.Root(), error(nil)
			switch args[0] {
			case "bash":
				err = root.GenBashCompletionV2(s.Out, true)
			case "zsh":
				err = root.GenZshCompletion(s.Out)
			case "fish":
				err = root.GenFishCompletion(s.Out, true)
			case "powershell":
				err = root.GenPowerShellCompletionWithDesc(s.Out)
			}
			if err != nil {
				return unfinished("write: %w", err)
			}
			return nil
		},
	}
}
