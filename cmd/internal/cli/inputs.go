package cli

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/runhist/runhist/schemas/source"
	"github.com/runhist/runhist/validate"
)

// inputs are the documents that the arguments of a command name.
type inputs struct {
	list  []validate.Input
	stdin *recorder // what was read of standard input, for snippets
	name  string    // of standard input
	paths map[string]string
}

// expand turns arguments into documents: files, folders (with everything below
// that looks like a history), globs, and - for standard input. The list is
// sorted by name and has no name twice. Problems name arguments that could not
// be expanded; the others stand.
func expand(args []string, stdin io.Reader, stdinName string) (*inputs, []error) {
	in := &inputs{name: stdinName, paths: map[string]string{}}
	var problems []error
	for _, arg := range args {
		if arg == "-" {
			in.stdin = &recorder{in: stdin}
			in.list = append(in.list, validate.Input{File: stdinName, Open: func() (io.ReadCloser, error) { return io.NopCloser(in.stdin), nil }})
			in.paths[stdinName] = "-"
			continue
		}
		found, err := expandPath(arg)
		if err != nil {
			problems = append(problems, err)
		}
		for _, path := range found {
			in.add(path)
		}
	}
	slices.SortFunc(in.list, func(a, b validate.Input) int { return strings.Compare(a.File, b.File) })
	return in, problems
}

func (in *inputs) add(path string) {
	name := filepath.ToSlash(filepath.Clean(path))
	if _, twice := in.paths[name]; twice {
		return
	}
	in.paths[name] = path
	in.list = append(in.list, validate.Input{File: name, Open: func() (io.ReadCloser, error) { return os.Open(path) }})
}

// expandPath finds the files that an argument means.
func expandPath(arg string) ([]string, error) {
	info, err := os.Stat(arg)
	switch {
	case err == nil && info.IsDir():
		return walk(arg)
	case err == nil:
		return []string{arg}, nil
	case !strings.ContainsAny(arg, "*?["):
		return []string{arg}, nil // opening it will say what is wrong
	}
	matches, globErr := filepath.Glob(arg)
	if globErr != nil {
		return nil, fmt.Errorf("the pattern %s: %w", arg, globErr)
	}
	if len(matches) == 0 {
		return nil, fmt.Errorf("no file matches %s", arg)
	}
	var all []string
	for _, match := range matches {
		info, err := os.Stat(match)
		if err != nil {
			return all, err
		}
		if !info.IsDir() {
			all = append(all, match)
			continue
		}
		below, err := walk(match)
		all = append(all, below...)
		if err != nil {
			return all, err
		}
	}
	return all, nil
}

// walk finds the histories below a folder, by their extension. It does not
// follow links to folders, so there is no loop.
func walk(folder string) ([]string, error) {
	var all []string
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() || !looksLikeHistory(d.Name()) {
			return nil
		}
		if d.Type()&fs.ModeSymlink != 0 {
			if info, err := os.Stat(path); err != nil || !info.Mode().IsRegular() {
				return nil
			}
		} else if !d.Type().IsRegular() {
			return nil
		}
		all = append(all, path)
		return nil
	})
	return all, err
}

// looksLikeHistory tells by its name whether a file of a folder is examined.
func looksLikeHistory(name string) bool {
	name = strings.ToLower(name)
	name = strings.TrimSuffix(strings.TrimSuffix(name, ".gz"), ".zst")
	return strings.HasSuffix(name, ".xml")
}

// lines returns lines of one of the documents, for snippets.
func (in *inputs) lines(file string, wanted []uint32) map[uint32]string {
	switch path := in.paths[file]; path {
	case "":
		return nil
	case "-":
		return source.Lines(bytes.NewReader(in.stdin.head), wanted)
	default:
		f, err := os.Open(path)
		if err != nil {
			return nil
		}
		defer f.Close()
		return source.Lines(f, wanted)
	}
}

// recorded is how much of standard input is kept for snippets.
const recorded = 4 << 20

// recorder keeps the beginning of what is read through it.
type recorder struct {
	in   io.Reader
	head []byte
}

func (r *recorder) Read(p []byte) (int, error) {
	n, err := r.in.Read(p)
	if room := recorded - len(r.head); room > 0 {
		r.head = append(r.head, p[:min(n, room)]...)
	}
	return n, err
}
