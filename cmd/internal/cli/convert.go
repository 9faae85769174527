package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/runhist/runhist/schemas/convert"
	"github.com/runhist/runhist/schemas/redact"
	"github.com/runhist/runhist/schemas/source"
	"github.com/runhist/runhist/schemas/wording"
	"github.com/runhist/runhist/validate"
)

// convertFlags are the flags of the command convert.
type convertFlags struct {
	output, profile, stdinName, progress string
	merge, force, redact, quiet          bool
	redactKey, redactKeyEnv              string
	allowEmpty, keySet, envSet           bool
}

func newConvert(s Streams) *cobra.Command {
	var f convertFlags
	c := &cobra.Command{
		Use:   "convert PATH...",
		Short: "Normalise histories: one run a file or one merged file, UTF-8; redact them",
		Long: `convert reads histories of any form and writes each run into a file of its own,
or all into one file (--merge): UTF-8, labelled so, indented, with the root of a
profile. It works on the markup: elements, attributes and values that nobody
knows come through, children keep their order; comments do not.

The output is a folder, where each run gets a file named for its management
agent, run number, run profile and start; or one file, when its name ends in
.xml or there is --merge; or standard output. A file is there only when it is
complete, and none is replaced without --force.

--redact replaces names of people, objects, servers, accounts and agents, and
free text, by pseudonyms: the same name by the same one, in all files of the
call. Results, types, counters, dates, numbers, names of well-known attributes
and the words of the products' own messages stay. DNs, addresses and GUIDs keep
their form, and the findings stay the same. Pseudonyms are numbered; with a key
(--redact-key or --redact-key-env, at least 16 bytes) they are the same in every
call with that key, which must stay with you. Look at the output before you send
it.

PATH is a file, a folder, a glob, or - for standard input, as for validate.

Exit status: 0 converted; 1 a document has characters that XML forbids, which
were replaced; 2 wrong usage; 3 a document could not be read to its end (what
was complete was converted), a file was not written, or there was no run.`,
		Example: `  runhist convert history.xml -o run.xml
  runhist convert exports/ -o runs
  runhist convert --merge --profile fim runs/ -o history.xml
  runhist convert --redact --redact-key our.key failed.xml -o evidence`,
		Args: atLeast(1, "a PATH: a file, a folder, a pattern, an archive, or - for standard input"),
		RunE: func(c *cobra.Command, args []string) error {
			f.keySet, f.envSet = c.Flags().Changed("redact-key"), c.Flags().Changed("redact-key-env")
			return runConvert(c.Context(), s, &f, args)
		},
	}
	flags := c.Flags()
	flags.StringVarP(&f.output, "output", "o", "", "`FOLDER`, or file with --merge or for one run (default: standard output)")
	flags.BoolVar(&f.merge, "merge", false, "write all runs into one document")
	flags.StringVar(&f.profile, "profile", "", "`PROFILE` whose documents to write: upsmods (one run a file), fim or miis2003 (run-history with many runs), server (execution-histories)")
	flags.BoolVar(&f.force, "force", false, "replace files that exist")
	flags.BoolVar(&f.redact, "redact", false, "replace names and free text by pseudonyms")
	flags.StringVar(&f.redactKey, "redact-key", "", "`FILE` with a key: the same pseudonyms in every call with it")
	flags.StringVar(&f.redactKeyEnv, "redact-key-env", "", "`VARIABLE` of the environment with the key")
	flags.BoolVarP(&f.quiet, "quiet", "q", false, "no progress, and not how much was written")
	flags.StringVar(&f.stdinName, "stdin-name", "<stdin>", "`NAME` of standard input")
	progressFlag(flags, &f.progress)
	flags.BoolVar(&f.allowEmpty, "allow-empty", false, "it is no failure when there is nothing to convert")
	return c
}

// convertProfiles are the values of --profile, for shells.
var convertProfiles = []string{
	"upsmods\tone run a document",
	"server\tmerged: execution-histories with a run-history for each run",
	"fim\tmerged: one run-history with all runs",
	"miis2003\tas fim",
}

// form is what the flags ask for.
func (f *convertFlags) form() (convert.Form, error) {
	switch f.profile {
	case "upsmods":
		if f.merge {
			return 0, usage("--merge with --profile upsmods: a document of that profile holds one run; use fim or server")
		}
	case "", "server":
		if f.merge {
			return convert.Wrapped, nil
		}
	case "fim", "miis2003":
		if f.merge {
			return convert.Shared, nil
		}
	default:
		return 0, usage("--profile is %q, but must be upsmods, server, fim or miis2003", f.profile)
	}
	return convert.Single, nil
}

// minKey is how long a key must be at least, in bytes: a shorter one can be
// guessed.
const minKey = 16

// rewriter is what the flags ask for.
func (f *convertFlags) rewriter() (convert.Rewriter, error) {
	if (f.keySet || f.envSet) && !f.redact {
		return nil, usage("a key is of no use without --redact")
	}
	if f.keySet && f.envSet {
		return nil, usage("--redact-key and --redact-key-env exclude each other")
	}
	var key []byte
	from := ""
	switch {
	case !f.redact:
		return convert.Same{}, nil
	case f.keySet:
		data, err := os.ReadFile(f.redactKey)
		if err != nil {
			return nil, usage("--redact-key: %w", err)
		}
		// The mark and the line end that editors put around it are no part of it.
		key, from = []byte(strings.TrimRight(strings.TrimPrefix(string(data), "\ufeff"), "\r\n")), "--redact-key "+f.redactKey
	case f.envSet:
		key, from = []byte(os.Getenv(f.redactKeyEnv)), "--redact-key-env "+f.redactKeyEnv
	}
	if from != "" && len(key) < minKey {
		return nil, usage("%s: the key has %d bytes, but needs at least %d", from, len(key), minKey)
	}
	return redact.New(key), nil
}

func runConvert(ctx context.Context, s Streams, f *convertFlags, args []string) error {
	form, err := f.form()
	if err != nil {
		return err
	}
	rewrite, err := f.rewriter()
	if err != nil {
		return err
	}
	in, problems := s.inputs(args, f.stdinName, f.quiet)
	s, done, stop, err := in.follow(f.progress, f.quiet, s)
	if err != nil {
		return err
	}
	defer stop()
	job := &conversion{notices: notices{s.Err}, unread: len(problems) > 0}
	target, err := newRunTarget(ctx, s, f, form, in)
	if err != nil {
		return err
	}
	defer target.discard()
	job.converter = convert.New(source.DefaultLimits(), form, rewrite, target)
	for _, input := range in.list {
		target.begin(input.File)
		if err := job.document(ctx, input); err != nil {
			return err
		}
		done(0)
	}
	if job.runs == 0 {
		if !f.allowEmpty || job.unread {
			return unfinished("there is no run to convert%s", hint(job.unread))
		}
		return nil
	}
	if err := target.finish(); err != nil {
		return err
	}
	for _, p := range target.refused() {
		job.unread = true
		job.tell("%s", p)
	}
	if !f.quiet && target.folder() {
		fmt.Fprintf(s.Out, "%s in %s\n", wording.Counted(target.written(), "run"), f.output)
	}
	switch {
	case job.unread:
		return &exit{status: Unfinished}
	case job.malformed:
		return &exit{status: Found}
	}
	return nil
}

func hint(unread bool) string {
	if unread {
		return ""
	}
	return " (--allow-empty makes that no failure)"
}

// conversion passes documents to a converter.
type conversion struct {
	notices
	converter         *convert.Converter
	runs              int
	malformed, unread bool
}

// document converts a document. The error ends the command; what is wrong with
// the document alone is told and noted.
func (j *conversion) document(ctx context.Context, input validate.Input) error {
	f, err := input.Open()
	if err != nil {
		j.unread = true
		j.tell("%v", err)
		return nil
	}
	defer f.Close()
	out, err := j.converter.Document(until(ctx, f))
	j.runs += out.Runs
	if err := ctx.Err(); err != nil {
		return err
	}
	if read := (*convert.ReadError)(nil); errors.As(err, &read) {
		j.tell("read %s: %v", input.File, read.Err)
	} else if err != nil {
		if e := (*exit)(nil); errors.As(err, &e) {
			return e
		}
		return unfinished("write: %w", err)
	}
	j.faults(input.File, &out)
	return nil
}

// faults tells what is wrong with a document.
func (j *conversion) faults(file string, out *convert.Outcome) {
	j.unread = j.unread || out.Broken
	j.malformed = j.malformed || len(out.Faults) > 0
	for _, f := range out.Faults {
		what := "could not be read on"
		switch {
		case f.Fatal:
		case f.ID == source.XMLChar:
			what = "a character was replaced"
		default: // a string of several
			what = "was passed over"
			j.unread = true
		}
		j.tell("%s:%d:%d: %s: %s [%s]", file, f.Pos.Line, f.Pos.Column, what, f.Message, f.ID)
	}
	if out.More > 0 {
		j.tell("%s: %s more", file, wording.Counted(out.More, "such character"))
	}
	for _, at := range out.Lost {
		j.tell("%s:%d:%d: what stands here around or beside the runs has no place in the output", file, at.Line, at.Column)
	}
	switch {
	case out.Cut:
		j.tell("%s: the run under way was dropped, after %s that could be converted", file, wording.Counted(out.Runs, "run"))
	case out.Broken && out.Runs > 0:
		j.tell("%s: %s could be converted", file, wording.Counted(out.Runs, "run"))
	case !out.Broken && out.Runs == 0:
		j.tell("%s: there is no run in it", file)
	}
}

// isFolder tells whether an output is meant to be a folder: it is one, or it
// does not look like a document.
func isFolder(path string) bool {
	if info, err := os.Stat(path); err == nil {
		return info.IsDir()
	}
	return strings.HasSuffix(path, "/") || strings.HasSuffix(path, string(filepath.Separator)) || !strings.EqualFold(filepath.Ext(path), ".xml")
}
