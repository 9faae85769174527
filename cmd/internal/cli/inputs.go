package cli

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/runhist/runhist/schemas/forms"
	"github.com/runhist/runhist/schemas/source"
	"github.com/runhist/runhist/schemas/wording"
	"github.com/runhist/runhist/validate"
)

// inputs are what the arguments of a command name. Each of the list is a file
// or a member of an archive, and may hold several documents: whoever reads one
// does it by forms.Documents, which knows every form that there is.
type inputs struct {
	list  []validate.Input
	opens map[string]func() (io.ReadCloser, error) // again, for snippets; by File
	paths map[string]string                        // of those that are files, by File
	held  *forms.Held
	notes []string // what was left out

	judging bool // they are judged, so that there are findings to count
}

// expand turns arguments into inputs: files, folders (with everything below
// that looks like a history), globs, zip archives (with everything in them that
// looks like one), and - for standard input. The list is sorted by name and has
// no name twice. Problems name arguments that could not be expanded; the others
// stand.
func expand(args []string, stdin io.Reader, stdinName string) (*inputs, []error) {
	in := &inputs{opens: map[string]func() (io.ReadCloser, error){}, paths: map[string]string{}, held: forms.NewHeld()}
	var problems []error
	for _, arg := range args {
		if arg == "-" {
			in.addStdin(stdin, stdinName)
			continue
		}
		found, err := expandPath(arg)
		if err != nil {
			problems = append(problems, err)
		}
		for _, path := range found {
			in.addFile(path)
		}
	}
	slices.SortFunc(in.list, func(a, b validate.Input) int { return strings.Compare(a.File, b.File) })
	return in, problems
}

// add adds an input, which again opens for snippets.
func (in *inputs) add(name string, open, again func() (io.ReadCloser, error)) {
	if in.opens[name] == nil {
		in.opens[name] = again
		in.list = append(in.list, validate.Input{File: name, Open: open})
	}
}

// addFile adds a file, or what is in it when it is an archive.
func (in *inputs) addFile(path string) {
	name := filepath.ToSlash(filepath.Clean(path))
	if isArchive(path) {
		in.addArchive(name, listArchive(name, path, in.held))
		return
	}
	in.paths[name] = path
	open := func() (io.ReadCloser, error) { return os.Open(path) }
	in.add(name, open, open)
}

// addStdin adds standard input, or what is in it when it is an archive.
func (in *inputs) addStdin(stdin io.Reader, name string) {
	head := make([]byte, 4)
	n, _ := io.ReadFull(stdin, head) // an error comes again
	stdin = io.MultiReader(bytes.NewReader(head[:n]), stdin)
	if forms.IsArchive(head[:n]) {
		in.addArchive(name, forms.ReadArchive(name, stdin, in.held))
		return
	}
	recorded := &recorder{in: stdin}
	in.add(name, func() (io.ReadCloser, error) { return io.NopCloser(recorded), nil },
		func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(recorded.head)), nil })
}

func (in *inputs) addArchive(name string, a *forms.Archive) {
	for _, m := range a.Members {
		in.add(m.Name, m.Open, m.Open)
	}
	if a.Others > 0 {
		in.notes = append(in.notes, fmt.Sprintf("%s: left out by their names, which are not those of histories: %s", name, wording.Counted(a.Others, "member")))
	}
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
	matches, globErr := glob(arg, runtime.GOOS == "windows")
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

// glob finds what a pattern means, sorted: * and ? within a name, ** for folders
// at any depth, and classes as [0-9]. Braces are letters, as names of histories
// can hold a GUID. Windows, whose shells expand no pattern, does not tell small
// letters from capitals.
func glob(pattern string, anyCase bool) ([]string, error) {
	options := []doublestar.GlobOption{}
	if anyCase {
		options = append(options, doublestar.WithCaseInsensitive())
	}
	pattern = filepath.ToSlash(filepath.Clean(pattern))
	base, below := doublestar.SplitPattern(strings.NewReplacer("{", `\{`, "}", `\}`).Replace(pattern))
	found, err := doublestar.Glob(os.DirFS(filepath.FromSlash(base)), below, options...)
	for i := range found {
		found[i] = filepath.Join(base, filepath.FromSlash(found[i]))
	}
	slices.Sort(found)
	return found, err
}

// walk finds the histories below a folder, by their extension. It does not
// follow links to folders, so there is no loop.
func walk(folder string) ([]string, error) {
	var all []string
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() || !forms.IsHistory(d.Name()) {
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

// lines returns lines of one of the inputs, for snippets.
func (in *inputs) lines(file string, wanted []uint32) map[uint32]string {
	open := in.opens[file]
	if open == nil {
		return nil
	}
	f, err := open()
	if err != nil {
		return nil
	}
	defer f.Close()
	return source.Lines(f, wanted)
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
