// Command runhist validates, shows and generates run histories of the
// Microsoft identity synchronization engine.
package main

import (
	"os"
	"runtime/debug"

	"github.com/runhist/runhist/cmd/internal/cli"
)

func main() {
	// Documents of any size are read in little memory. What is remembered of
	// 50,000 runs is not much either, but twice of it would be: collect more
	// often than is usual, which costs a twentieth of the time.
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(50)
	}
	os.Exit(cli.Main(os.Args[1:], cli.Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr}))
}
