package cli

import (
	"strings"

	"github.com/runhist/runhist/report"
	"github.com/runhist/runhist/report/formats"
)

// sinks are the reports that one call writes.
type sinks struct {
	writers        []report.Writer
	outputs        []*output
	textOnTerminal bool // the summary is on standard output already
}

// sinks opens the reports that --format and --output ask for.
func (f *validateFlags) sinks(s Streams, lines func(string, []uint32) map[uint32]string) (*sinks, error) {
	specs := f.formats
	if len(specs) == 0 {
		specs = []string{formats.All()[0].Name}
	}
	all := &sinks{}
	stdout := 0
	for _, spec := range specs {
		name, path, named := strings.Cut(spec, "=")
		format, err := formats.Find(name)
		if err != nil {
			all.discard()
			return nil, usage("--format: %w", err)
		}
		if named && path == "" {
			all.discard()
			return nil, usage("--format %s: the file has no name", spec)
		}
		if !named {
			path = f.output
			if stdout++; stdout > 1 {
				all.discard()
				return nil, usage("two formats cannot go to one place: give all but one a file, as in --format %s=FILE", name)
			}
		}
		out, err := create(path, s.Out)
		if err != nil {
			all.discard()
			return nil, unfinished("%w", err)
		}
		all.outputs = append(all.outputs, out)
		color, err := colored(f.color, s.Out)
		if err != nil {
			all.discard()
			return nil, err
		}
		onStream := out.file == nil
		all.textOnTerminal = all.textOnTerminal || onStream && format.Name == formats.All()[0].Name
		all.writers = append(all.writers, format.New(out, report.Head{Version: Version, Profile: f.profile},
			report.Options{Color: color && (onStream || f.color == "always"), Statistics: f.statistics, Lines: lines}))
	}
	return all, nil
}

func (s *sinks) file(f *report.File) error {
	for _, w := range s.writers {
		if err := w.File(f); err != nil {
			return unfinished("write: %w", err)
		}
	}
	return nil
}

// close completes all reports.
func (s *sinks) close(t *report.Tail) error {
	for i, w := range s.writers {
		if err := w.Close(t); err != nil {
			return unfinished("write: %w", err)
		}
		if err := s.outputs[i].commit(); err != nil {
			return unfinished("%w", err)
		}
	}
	return nil
}

func (s *sinks) discard() {
	for _, o := range s.outputs {
		o.discard()
	}
}
