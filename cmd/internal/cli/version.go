package cli

import (
	"fmt"
	"runtime"

	"github.com/spf13/cobra"

	"github.com/runhist/runhist/validate/xsd/libxml2"
)

// Version is the version of the program. Releases set it by the linker.
var Version = "0.1.0"

func newVersion(s Streams) *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version, and what this build can do",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			engines := "native"
			if libxml2.Available() {
				engines += ", libxml2"
			}
			_, err := fmt.Fprintf(s.Out, "runhist %s\n%s %s/%s\nschema engines: %s\nquery engines: native, xmlquery\n", Version, runtime.Version(), runtime.GOOS, runtime.GOARCH, engines)
			return err
		},
	}
}
