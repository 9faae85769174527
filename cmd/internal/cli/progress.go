package cli

import (
	"io"
	"os"
	"time"

	"github.com/spf13/pflag"

	"github.com/runhist/runhist/cmd/internal/progress"
)

const (
	progressAfter = 2 * time.Second // shorter calls show nothing
	progressEvery = 200 * time.Millisecond
)

func progressFlag(flags *pflag.FlagSet, choice *string) {
	flags.StringVar(choice, "progress", "auto", "`WHEN` to show on standard error how far the work is: auto (on a terminal, after two seconds), always, never")
}

// follow shows the progress of reading documents while a command works. It
// returns the streams to write to, which the line does not mix with, and what
// is to be called when a document is done and at the end. Its choice is that
// of --progress.
func (in *inputs) follow(choice string, quiet bool, s Streams) (streams Streams, done func(findings int), stop func(), err error) {
	after := progressAfter
	switch choice {
	case "always":
		after = 0
	case "auto":
		if quiet || !isTerminal(s.Err) {
			return s, func(int) {}, func() {}, nil
		}
	case "never":
		return s, func(int) {}, func() {}, nil
	default:
		return s, nil, nil, usage("--progress is %q, but must be auto, always or never", choice)
	}
	line := progress.NewLine(s.Err)
	meter := in.meter()
	if isTerminal(s.Out) {
		s.Out = line.Writer(s.Out)
	}
	s.Err = line.Writer(s.Err)
	if after == 0 {
		line.Show(meter.Text(0))
	}
	end, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		redraw(line, meter, after, end)
	}()
	return s, meter.Done, func() {
		close(end)
		<-ended
	}, nil
}

// redraw shows the line from a time on until end is closed.
func redraw(line *progress.Line, meter *progress.Meter, after time.Duration, end <-chan struct{}) {
	start := time.Now()
	defer line.Erase()
	tick := time.NewTicker(progressEvery)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			if elapsed := time.Since(start); elapsed >= after {
				line.Show(meter.Text(elapsed))
			}
		case <-end:
			return
		}
	}
}

// meter counts what is read of the documents from now on.
func (in *inputs) meter() *progress.Meter {
	m := &progress.Meter{Files: int64(len(in.list)), Judging: in.judging}
	if len(in.list) == 1 {
		if info, err := os.Stat(in.paths[in.list[0].File]); err == nil && info.Mode().IsRegular() {
			m.Size = info.Size()
		}
	}
	for i := range in.list {
		open := in.list[i].Open
		in.list[i].Open = func() (io.ReadCloser, error) {
			f, err := open()
			if err != nil {
				return nil, err
			}
			return m.Reader(f), nil
		}
	}
	return m
}
