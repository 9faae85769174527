package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/spf13/pflag"

	"github.com/runhist/runhist/report/formats"
	"github.com/runhist/runhist/report/terminal"
	"github.com/runhist/runhist/schemas/source"
	"github.com/runhist/runhist/validate"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/settings"
	"github.com/runhist/runhist/validate/suppress"
)

// configFlags say which configuration counts.
type configFlags struct {
	file string
	none bool
}

func (f *configFlags) add(flags *pflag.FlagSet) {
	flags.StringVar(&f.file, "config", "", "read the configuration from this `FILE` (default: "+settings.FileName+" here or in a folder above)")
	flags.BoolVar(&f.none, "no-config", false, "read no configuration")
}

// config is a configuration that was read.
type config struct {
	*settings.Settings
	path   string // as it is opened
	name   string // as it is shown, with forward slashes
	folder *locator
}

// read finds and reads the configuration: nil where there is none.
func (f *configFlags) read(s Streams, ids *knownIDs) (*config, error) {
	if f.none {
		if f.file != "" {
			return nil, usage("--config and --no-config exclude each other")
		}
		return nil, nil
	}
	path, err := f.find()
	if err != nil || path == "" {
		return nil, err
	}
	c := &config{path: path, name: filepath.ToSlash(filepath.Clean(path))}
	if c.folder, err = newLocator(filepath.Dir(path)); err != nil {
		return nil, usage("%w", err)
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, usage("the configuration: %w", err)
	}
	defer file.Close()
	known := settings.Known{Profiles: profileNames(), Formats: formatNames(), ID: ids.check, Size: parseSize}
	c.Settings, err = settings.Read(file, known)
	var invalid *settings.Invalid
	if errors.As(err, &invalid) {
		for _, p := range invalid.Problems {
			fmt.Fprintf(s.Err, "runhist: %s:%d:%d: %s\n", terminal.Clean(c.name), p.Line, p.Column, terminal.Clean(p.Message))
		}
		return nil, usage("the configuration is not valid: nothing was done")
	}
	if err != nil {
		return nil, usage("read the configuration %s: %w", c.name, err)
	}
	return c, nil
}

// find is the file that counts: --config, or the next one at or above the
// folder of the call, as a path relative to it.
func (f *configFlags) find() (string, error) {
	if f.file != "" {
		return f.file, nil
	}
	folder, err := os.Getwd()
	if err != nil {
		return "", usage("look for %s: %w", settings.FileName, err)
	}
	for prefix := "."; ; prefix = filepath.Join(prefix, "..") {
		if info, err := os.Stat(filepath.Join(folder, settings.FileName)); err == nil && !info.IsDir() {
			return filepath.Join(prefix, settings.FileName), nil
		} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return "", usage("look for %s: %w", settings.FileName, err)
		}
		above := filepath.Dir(folder)
		if above == folder {
			return "", nil
		}
		folder = above
	}
}

func profileNames() []string {
	var names []string
	for _, p := range validate.Profiles() {
		names = append(names, string(p))
	}
	return append(names, string(validate.Auto))
}

// profiles gives documents the profiles that the configuration has for their
// paths.
func (c *config) profiles(o *validate.Options) {
	if len(c.Profiles) == 0 {
		return
	}
	for _, p := range c.Profiles {
		o.Profiles = append(o.Profiles, validate.Profile(p.Profile))
	}
	o.ProfileOf = func(file string) validate.Profile {
		return validate.Profile(c.ProfileOf(c.folder.name(file)))
	}
}

func formatNames() []string {
	var names []string
	for _, f := range formats.All() {
		names = append(names, f.Name)
	}
	return names
}

// locator names documents as seen from a folder, with forward slashes,
// wherever the command is called. It is safe for concurrent use.
type locator struct {
	folder, here string // absolute
	mutex        sync.Mutex
	known        map[string]string
}

func newLocator(folder string) (*locator, error) {
	here, err := os.Getwd()
	if err != nil {
		return nil, err
	}
	if folder, err = filepath.Abs(folder); err != nil {
		return nil, err
	}
	return &locator{folder: folder, here: here, known: map[string]string{}}, nil
}

// name is what the document of a finding is called from the folder.
func (l *locator) name(file string) string {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if name, ok := l.known[file]; ok {
		return name
	}
	path := filepath.FromSlash(file)
	if !filepath.IsAbs(path) {
		path = filepath.Join(l.here, path)
	}
	name, err := filepath.Rel(l.folder, path)
	if err != nil {
		name = path // on another drive
	}
	name = filepath.ToSlash(name)
	if len(l.known) > 1000 {
		clear(l.known)
	}
	l.known[file] = name
	return name
}

// acceptance decides which findings do not count: those that the configuration
// suppresses, and then those of a baseline.
type acceptance struct {
	config   *config
	list     *suppress.List
	count    *suppress.Count // nil without a baseline
	baseline *locator
	accepted int // findings that the baseline accepts
}

func newAcceptance(c *config, now int64) (*acceptance, error) {
	a := &acceptance{config: c}
	var entries []suppress.Entry
	if c != nil {
		entries = c.Suppressions
	}
	var err error
	if a.list, err = suppress.NewList(entries, now); err != nil {
		return nil, usage("%s: %w", c.name, err)
	}
	return a, nil
}

// needed tells whether there is anything to decide.
func (a *acceptance) needed() bool {
	return a.count != nil || a.config != nil && len(a.config.Suppressions) > 0
}

// Document notes that a document was judged.
func (a *acceptance) Document(file string) {
	if a.config != nil {
		a.list.Document(a.config.folder.name(file))
	}
}

// Accept tells why a finding does not count.
func (a *acceptance) Accept(f *finding.Finding) (string, bool) {
	if a.config != nil {
		if reason, ok := a.list.Suppress(f, a.config.folder.name(f.File)); ok {
			return reason, true
		}
	}
	if a.count != nil && a.count.Accept(f, a.baseline.name(f.File)) {
		a.accepted++
		return "in the baseline", true
	}
	return "", false
}

// findings tells of suppressions that expired or were not used, graded as the
// options say.
func (a *acceptance) findings(o *validate.Options) []finding.Finding {
	if a.config == nil {
		return nil
	}
	judged := func(id string) bool {
		s, set := o.Severity[id]
		return (!set || s != finding.Off) && !strings.HasPrefix(id, "REC-") // which reconcile judges
	}
	var graded []finding.Finding
	for _, f := range a.list.Findings(a.config.name, judged) {
		if s, ok := o.Severity[f.Rule]; ok {
			f.Severity = s
		}
		if f.Severity != finding.Off {
			graded = append(graded, f)
		}
	}
	return graded
}

// unused adds to the last of several results what is to be said of
// suppressions.
func (j *judgement) unused(results int) func(*validate.Result) {
	given := 0
	return func(r *validate.Result) {
		if given++; given == results {
			r.Findings = append(r.Findings, j.accept.findings(&j.options)...)
		}
	}
}

// lines returns lines of documents, and of the configuration, for snippets.
func (j *judgement) lines(in *inputs) func(string, []uint32) map[uint32]string {
	return func(file string, wanted []uint32) map[uint32]string {
		if j.config == nil || file != j.config.name {
			return in.lines(file, wanted)
		}
		f, err := os.Open(j.config.path)
		if err != nil {
			return nil
		}
		defer f.Close()
		return source.Lines(f, wanted)
	}
}

// formatFlag declares --format.
func formatFlag(flags *pflag.FlagSet, specs *[]string) {
	flags.StringArrayVar(specs, "format", nil, "format, as `NAME[=FILE]`, repeatable: "+strings.Join(formatNames(), ", "))
}
