package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/runhist/runhist/schemas/spelling"
)

// atLeast wants a number of arguments, and says which when there are fewer.
func atLeast(n int, what string) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if len(args) < n {
			return fmt.Errorf("%s needs %s", strings.TrimPrefix(c.CommandPath(), c.Root().Name()+" "), what)
		}
		return nil
	}
}

// suggest adds to an error about a flag that does not exist the one that was
// meant.
func suggest(c *cobra.Command, err error) error {
	_, name, unknown := strings.Cut(err.Error(), "unknown flag: --")
	if !unknown {
		return err
	}
	var names []string
	c.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	if near := spelling.Nearest(name, names, 1); len(near) > 0 {
		return fmt.Errorf("%w: did you mean --%s?", err, near[0])
	}
	return err
}

// The groups of commands, by what one wants to do.
const (
	groupJudge = "judge"
	groupLook  = "look"
	groupWrite = "write"
	groupSetUp = "set up"
)

// group puts the commands into groups, for the help of the program.
func group(root *cobra.Command) {
	root.AddGroup(&cobra.Group{ID: groupJudge, Title: "Judge histories:"}, &cobra.Group{ID: groupLook, Title: "See what is in them:"},
		&cobra.Group{ID: groupWrite, Title: "Write histories:"}, &cobra.Group{ID: groupSetUp, Title: "Set up:"})
	groups := map[string]string{
		"validate": groupJudge, "explain": groupJudge, "rules": groupJudge, "config": groupJudge, "baseline": groupJudge, "reconcile": groupJudge,
		"analyze": groupJudge,
		"show":    groupLook, "query": groupLook, "report": groupLook, "diff": groupLook,
		"convert": groupWrite, "generate": groupWrite, "simulate": groupWrite,
		"completion": groupSetUp, "man": groupSetUp, "version": groupSetUp,
	}
	for _, c := range root.Commands() {
		c.GroupID = groups[c.Name()]
	}
	root.SetHelpCommandGroupID(groupSetUp)
}
