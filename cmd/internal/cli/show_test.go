package cli

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const (
	shownRun = `<run-details><ma-id>{00000001-1A2B-4C3D-8E4F-000000001EF0}</ma-id><ma-name>HR directory</ma-name><run-number>7</run-number><run-profile-name>Export</run-profile-name><security-id>A\b</security-id>
<step-details step-number="1"><start-date>2016-07-15 10:05:00.000</start-date><end-date>2016-07-15 10:06:23.000</end-date><step-result>completed-export-errors</step-result>
<synchronization-errors><export-error dn="CN=a"><error-type>cd-error</error-type></export-error><export-error dn="CN=b"><error-type>cd-error</error-type></export-error></synchronization-errors>
<export-counters><export-add>0</export-add><export-update>23</export-update></export-counters></step-details></run-details>`
	shownAgain = `<run-details><ma-name>AD</ma-name><run-number>8</run-number><step-details step-number="1"><step-result>success</step-result></step-details></run-details>`
)

// show runs the command in a folder of its own with these documents.
func show(t *testing.T, stdin string, files map[string]string, args ...string) (status int, stdout, stderr string) {
	t.Helper()
	t.Chdir(t.TempDir())
	for name, content := range files {
		if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var out, errs bytes.Buffer
	status = Main(append([]string{"show"}, args...), Streams{In: strings.NewReader(stdin), Out: &out, Err: &errs})
	return status, out.String(), errs.String()
}

func TestShow(t *testing.T) {
	one := map[string]string{"one.xml": "<run-history>" + shownRun + "</run-history>"}
	two := map[string]string{"one.xml": one["one.xml"], "two.xml": "<run-history>" + shownAgain + "</run-history>"}
	broken := map[string]string{"broken.xml": "<run-history>" + shownRun + "\n<run-details>&"}
	for _, test := range []struct {
		name   string
		files  map[string]string
		stdin  string
		args   []string
		status int
		out    []string // what is in the output; the first with "!" is not
		err    string   // what is in standard error; "" for nothing there
	}{
		{name: "one", files: one, args: []string{"one.xml"}, out: []string{"Duration          1 m 23 s\n", "    Updates  23\n", "    cd-error: 2\n      CN=a\n      CN=b\n", "!export-add", "!\x1b", "!File"}},
		{name: "all", files: one, args: []string{"--all", "one.xml"}, out: []string{"    export-add                         0\n", "!Updates"}},
		{name: "no errors", files: one, args: []string{"--errors", "0", "one.xml"}, out: []string{"cd-error: 2\n", "!CN=a"}},
		{name: "one error", files: one, args: []string{"--errors=1", "one.xml"}, out: []string{"CN=a\n      … and 1 more\n", "!CN=b"}},
		{name: "all errors", files: one, args: []string{"--errors=-1", "one.xml"}, out: []string{"CN=a\n      CN=b\n", "!more"}},
		{name: "colour", files: one, args: []string{"--color", "always", "one.xml"}, out: []string{"\x1b[1;31m✗ completed-export-errors\x1b[0m"}},
		{name: "several", files: two, args: []string{"."}, out: []string{"2016-07-15 10:05  HR directory  Export    7", "2 runs: 1 successful, 1 failed or with errors\n", "!Step 1"}},
		{name: "details", files: two, args: []string{"--details", "."}, out: []string{"File              one.xml\n", "File              two.xml\n", "!2 runs"}},
		{name: "agent", files: two, args: []string{"--ma", "hr Directory", "."}, out: []string{"HR directory", "Step 1", "!AD"}},
		{name: "agent id", files: two, args: []string{"--ma", "{00000001-1a2b-4c3d-8e4f-000000001ef0}", "."}, out: []string{"HR directory", "Step 1"}},
		{name: "no such agent", files: two, args: []string{"--ma", "HR", "."}, status: Unfinished, err: `no run is one of "HR"`},
		{name: "no such agent allowed", files: two, args: []string{"--ma", "HR", "--allow-empty", "."}},
		{name: "stdin", stdin: one["one.xml"], args: []string{"-"}, out: []string{"HR directory"}},
		{name: "stdin name", stdin: "<a>", args: []string{"-", "--stdin-name", "piped"}, status: Unfinished, err: "runhist: piped:1:4: not well-formed: "},
		{name: "broken", files: broken, args: []string{"broken.xml"}, status: Found,
			out: []string{"2 runs"}, err: "runhist: broken.xml:5:15: not well-formed: "},
		{name: "missing file", files: one, args: []string{"one.xml", "two.xml"}, status: Unfinished, out: []string{"HR directory"}, err: "two.xml"},
		{name: "too deep", files: map[string]string{"deep.xml": "<run-history>" + shownRun + strings.Repeat("<x>", 300)}, args: []string{"deep.xml"}, status: Unfinished, out: []string{"HR directory"}, err: "SRC-limit-depth"},
		{name: "empty", files: map[string]string{"empty.xml": ""}, args: []string{"empty.xml"}, status: Unfinished, err: "there is nothing to show"},
		{name: "empty allowed", files: map[string]string{"empty.xml": ""}, args: []string{"--allow-empty", "empty.xml"}, status: Found, err: "there is nothing to read"},
		{name: "no run", files: map[string]string{"new.xml": "<run-history/>"}, args: []string{"new.xml"}, status: Unfinished, err: "new.xml: there is no run in it"},
		{name: "no run allowed", files: map[string]string{"new.xml": "<run-history/>"}, args: []string{"--allow-empty", "new.xml"}, err: "new.xml: there is no run in it"},
		{name: "no path", status: Usage, err: "show needs a PATH"},
		{name: "bad count", files: one, args: []string{"--errors=-2", "one.xml"}, status: Usage, err: "--errors is -2"},
		{name: "bad colour", files: one, args: []string{"--color=red", "one.xml"}, status: Usage, err: `--color is "red"`},
	} {
		t.Run(test.name, func(t *testing.T) {
			status, out, errs := show(t, test.stdin, test.files, test.args...)
			if status != test.status {
				t.Errorf("status %d, want %d", status, test.status)
			}
			for _, want := range test.out {
				if no, negative := strings.CutPrefix(want, "!"); negative && strings.Contains(out, no) {
					t.Errorf("%q is in\n%s", no, out)
				} else if !negative && !strings.Contains(out, want) {
					t.Errorf("%q is not in\n%s", want, out)
				}
			}
			if !strings.Contains(errs, test.err) || test.err == "" && errs != "" {
				t.Errorf("standard error has\n%s\nwant %q", errs, test.err)
			}
		})
	}
}

func TestShowOutput(t *testing.T) {
	status, out, errs := show(t, "<run-history>"+shownRun+"</run-history>", nil, "-o", "shown.txt", "-")
	if status != OK || out != "" || errs != "" {
		t.Errorf("status %d, output %q, errors %q", status, out, errs)
	}
	data, err := os.ReadFile("shown.txt")
	if err != nil || !strings.Contains(string(data), "HR directory") {
		t.Errorf("%v, %q", err, data)
	}
	if left, _ := filepath.Glob(".shown*"); len(left) > 0 {
		t.Error("left behind:", left)
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no space left") }

func TestShowCannotWrite(t *testing.T) {
	for _, args := range [][]string{{"show", "-"}, {"show", "--details", "-"}} {
		var errs bytes.Buffer
		in := strings.NewReader("<run-history>" + shownRun + strings.Repeat(shownAgain, 3) + "</run-history>")
		status := Main(args, Streams{In: in, Out: full{}, Err: &errs})
		if status != Unfinished || !strings.Contains(errs.String(), "write: no space left") {
			t.Errorf("%v: status %d, errors %q", args, status, errs.String())
		}
	}
}
