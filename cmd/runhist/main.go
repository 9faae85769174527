// Command runhist validates, analyzes and reports run histories of the Microsoft
// identity synchronization engine, and simulates what it would have written.
package main

import (
	"os"
	"runtime/debug"

	"github.com/runhist/runhist/cmd/internal/cli"
)

// Little lives long here, so the collector may wait until the heap is five
// times what lives, as long as that is little memory.
const (
	collectAt = 400 // per cent, as GOGC
	softLimit = 40 << 20
)

func main() {
	if os.Getenv("GOGC") == "" && os.Getenv("GOMEMLIMIT") == "" {
		debug.SetGCPercent(collectAt)
		debug.SetMemoryLimit(softLimit)
	}
	os.Exit(cli.Main(os.Args[1:], cli.Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr}))
}
