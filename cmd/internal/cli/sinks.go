package cli

import (
	"path/filepath"
	"strings"

	"github.com/runhist/runhist/report"
	"github.com/runhist/runhist/report/formats"
)

// sinks are the reports that one call writes.
type sinks struct {
	writers []report.Writer
	outputs []*output
	spools  spools
	people  bool // one of them is for people: it shows the statistics
}

// target is a report that --format asks for.
type target[F any] struct {
	format F
	path   string // "" is standard output
}

// targets reads --format and --output: a format without a file of its own
// goes to the file of --output, or to standard output. The usual format is
// written when specs is empty; find knows the formats.
func targets[F any](specs []string, output, usual string, find func(name string) (F, error)) ([]target[F], error) {
	if len(specs) == 0 {
		specs = []string{usual}
	}
	var list []target[F]
	taken := map[string]string{} // by place, the format that goes there
	for _, spec := range specs {
		name, path, named := strings.Cut(spec, "=")
		format, err := find(name)
		if err != nil {
			return nil, usage("--format: %w", err)
		}
		switch {
		case named && path == "":
			return nil, usage("--format %s: the file has no name", spec)
		case !named:
			path = output
		}
		if path == "-" {
			path = ""
		}
		place := path
		if path != "" {
			place = filepath.Clean(path)
		}
		if first, twice := taken[place]; twice {
			return nil, usage("two formats cannot go to one place: give %s or %s a file of its own, as in --format %s=FILE", first, name, name)
		}
		taken[place] = name
		list = append(list, target[F]{format, path})
	}
	if _, used := taken[filepath.Clean(output)]; output != "" && output != "-" && !used {
		return nil, usage("--output %s: every format has a file of its own", output)
	}
	return list, nil
}

// sinks opens the reports that --format and --output ask for.
func (f *validateFlags) sinks(s Streams, head report.Head, lines func(string, []uint32) map[uint32]string) (*sinks, error) {
	list, err := targets(f.formats, f.output, formats.All()[0].Name, formats.Find)
	if err != nil {
		return nil, err
	}
	color, err := colored(f.color, s.Out)
	if err != nil {
		return nil, err
	}
	all := &sinks{}
	for _, t := range list {
		if t.format.Binary && t.path == "" && isTerminal(s.Out) {
			all.discard()
			return nil, usage("%s is no text for a terminal: write it to a file, as in --format %s=FILE", t.format.Name, t.format.Name)
		}
		out, err := create(t.path, s.Out)
		if err != nil {
			all.discard()
			return nil, unfinished("%w", err)
		}
		all.outputs = append(all.outputs, out)
		all.people = all.people || t.format.People
		all.writers = append(all.writers, t.format.New(out, head,
			report.Options{Color: color && (out.file == nil || f.color == "always"), Statistics: f.statistics, CSVSafe: f.csvSafe, Lines: lines, Folder: all.spools.folder}))
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
	s.spools.discard()
}
