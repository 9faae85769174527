// Command runhist validates, shows and generates run histories of the
// Microsoft identity synchronization engine.
package main

import (
	"os"

	"github.com/runhist/runhist/cmd/internal/cli"
)

func main() {
	os.Exit(cli.Main(os.Args[1:], cli.Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr}))
}
