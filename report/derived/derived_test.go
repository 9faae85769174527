package derived_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/runhist/runhist/report/derived"
	"github.com/runhist/runhist/report/facts"
	"github.com/runhist/runhist/report/operations"
	"github.com/runhist/runhist/report/tables"
	"github.com/runhist/runhist/report/tables/csv"
	"github.com/runhist/runhist/schemas/source"
)

// run is a run of one step; errors are object, type and day of first-occurred.
type run struct {
	agent, profile, stepType string
	number                   int
	start, end               string
	result                   string
	errors                   [][3]string
	counters                 string
}

func (r *run) xml() string {
	var errors strings.Builder
	for i, e := range r.errors {
		kind := "import-error"
		if r.stepType == "export" {
			kind = "export-error"
		}
		fmt.Fprintf(&errors, `<%s cs-guid="{00000000-0000-0000-0000-%012d}" dn="CN=%s,OU=People"><first-occurred>%s 08:00:00.000</first-occurred><retry-count>%d</retry-count><date-occurred>%s</date-occurred><error-type>%s</error-type></%[1]s>`,
			kind, len(e[0])*1000+int(e[0][0]), e[0], e[2], i, r.start, e[1])
	}
	return fmt.Sprintf(`<run-history><run-details><ma-id>{%08x-1111-4222-8333-444444444444}</ma-id><ma-name>%s</ma-name><run-number>%d</run-number><run-profile-name>%s</run-profile-name><security-id>A\b</security-id>
<step-details step-number="1"><start-date>%s</start-date><end-date>%s</end-date><step-result>%s</step-result><step-description><step-type type="%s"/><partition>default</partition></step-description>
<synchronization-errors>%s</synchronization-errors>%s</step-details></run-details></run-history>`,
		int(r.agent[0]), r.agent, r.number, r.profile, r.start, r.end, r.result, r.stepType, errors.String(), r.counters)
}

// tallied counts documents and returns the derived tables as CSV without the
// line of names, by name.
func tallied(t *testing.T, zone *time.Location, runs []run, others ...derived.Other) (map[string]string, *derived.Tally) {
	t.Helper()
	tally := derived.New(zone)
	r := operations.Follow(source.DefaultLimits(), tally)
	for i := range runs {
		tally.File(fmt.Sprintf("%d.xml", i))
		if _, err := r.Document(strings.NewReader(runs[i].xml())); err != nil {
			t.Fatal(err)
		}
	}
	return written(t, tally, others...), tally
}

func written(t *testing.T, tally *derived.Tally, others ...derived.Other) map[string]string {
	t.Helper()
	return writtenBy(t, func(open facts.Open) error { return tally.Write(open, others...) })
}

func writtenBy(t *testing.T, write func(facts.Open) error) map[string]string {
	t.Helper()
	out := map[string]*bytes.Buffer{}
	var writers []tables.Writer
	err := write(func(table *tables.Table) (tables.Rows, error) {
		out[table.Name] = &bytes.Buffer{}
		w := csv.New(out[table.Name], tables.Options{})
		writers = append(writers, w)
		return w.Table(table)
	})
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, w := range writers {
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
	}
	for name, b := range out {
		_, all[name], _ = strings.Cut(strings.ReplaceAll(b.String(), "\r\n", "\n"), "\n")
	}
	return all
}

func sync(day int, result string, errors ...[3]string) run {
	return run{agent: "HR", profile: "Sync", stepType: "apply-rules", number: day, start: fmt.Sprintf("2026-03-%02d 08:00:00.000", day),
		end: fmt.Sprintf("2026-03-%02d 08:%02d:00.000", day, day), result: result, errors: errors}
}

// An error is new in the step in which it occurs first, persistent when it is
// older, cleared when a later step that came to its end does not list it.
func TestAgeing(t *testing.T) {
	old, fresh, gone := [3]string{"old", "a", "2026-03-01"}, [3]string{"fresh", "a", "2026-03-04"}, [3]string{"gone", "b", "2026-03-02"}
	runs := []run{
		sync(1, "completed-sync-errors", old),
		sync(2, "completed-sync-errors", old, gone),
		sync(3, "completed-sync-errors", old),
		sync(4, "completed-sync-errors", old, fresh),
		sync(5, "stopped-server"), // it has not looked at all objects
	}
	// An export looks at other errors.
	runs = append(runs, run{agent: "HR", profile: "Export", stepType: "export", number: 6, start: "2026-03-06 08:00:00.000", end: "2026-03-06 08:01:00.000", result: "success"})
	want := "HR,{00000048-1111-4222-8333-444444444444},import,a,OU=People,1,1,0,2026-03-01 08:00:00.000,0,3,,1\n" +
		"HR,{00000048-1111-4222-8333-444444444444},import,b,OU=People,0,0,1,,,,1,1\n"
	got, _ := tallied(t, nil, runs)
	if got[derived.Ageing] != want {
		t.Errorf("ageing is\n%s\nwant\n%s", got[derived.Ageing], want)
	}
	// Documents come in the order of their names, not of time.
	slices.Reverse(runs)
	if again, _ := tallied(t, nil, runs); again[derived.Ageing] != want {
		t.Errorf("the other way round it is\n%s", again[derived.Ageing])
	}
}

// Percentiles are durations that were measured; gaps run from start to start.
func TestDurations(t *testing.T) {
	var runs []run
	for _, day := range []int{9, 1, 2, 3, 4} { // they take as many minutes
		runs = append(runs, sync(day, "success"))
	}
	runs[0].result = "stopped-server"
	got, _ := tallied(t, nil, runs)
	want := "HR,{00000048-1111-4222-8333-444444444444},Sync,5,4,0,1,0,180000,540000,540000,2026-03-09 08:00:00.000,error,2026-03-04 08:00:00.000,1,86400000,432000000,2026-03-04 08:00:00.000\n"
	if got[derived.Durations] != want {
		t.Errorf("durations are\n%s\nwant\n%s", got[derived.Durations], want)
	}
}

// Days, weeks and months are those of the zone, and come to the same sums.
func TestTrend(t *testing.T) {
	east := time.FixedZone("east", 17*3600) // so that 08:00 is on the next day
	runs := []run{sync(1, "success"), sync(2, "completed-sync-errors", [3]string{"x", "a", "2026-03-02"}), sync(31, "success")}
	got, _ := tallied(t, east, runs)
	var lines []string
	for line := range strings.Lines(got[derived.Trend]) {
		fields := strings.Split(line, ",")
		lines = append(lines, strings.Join([]string{fields[0], fields[1], fields[4], fields[5], fields[9]}, " ")) // runs, failed, import errors
	}
	want := []string{"day 2026-03-02 1 0 0", "day 2026-03-03 1 1 1", "day 2026-04-01 1 0 0",
		"week 2026-03-02 2 1 1", "week 2026-03-30 1 0 0", "month 2026-03-01 2 1 1", "month 2026-04-01 1 0 0"}
	if !slices.Equal(lines, want) {
		t.Errorf("the trend is %q, want %q", lines, want)
	}
}

const outbound = `<outbound-flow-counters ma="AD" ma-id="{00000041-1111-4222-8333-444444444444}"><provisioned-add-flow detail="true">%d</provisioned-add-flow></outbound-flow-counters>`

func export(number, day, adds, failures int) run {
	return run{agent: "AD", profile: "Export", stepType: "export", number: number, start: fmt.Sprintf("2026-03-%02d 10:00:00.000", day),
		end: fmt.Sprintf("2026-03-%02d 10:01:00.000", day), result: "success",
		counters: fmt.Sprintf(`<export-counters><export-add detail="true">%d</export-add><export-failure detail="true">%d</export-failure></export-counters>`, adds, failures)}
}

// What one agent provisions toward another stands beside what that exports.
func TestFlow(t *testing.T) {
	runs := []run{export(1, 1, 0, 0), sync(1, "success"), sync(2, "success"), export(2, 2, 6, 1), export(3, 3, 1, 0)}
	runs[2].counters = fmt.Sprintf(outbound, 7)
	got, _ := tallied(t, nil, runs)
	if want := "HR,{00000048-1111-4222-8333-444444444444},AD,{00000041-1111-4222-8333-444444444444},1,7,0,0,0,0,0,3,7,0,0,1\n"; got[derived.Flow] != want {
		t.Errorf("flow is\n%s\nwant\n%s", got[derived.Flow], want)
	}
	want := "AD,1,2026-03-01 10:00:00.000,0.xml,0,0,0,0,false\nAD,2,2026-03-02 10:00:00.000,3.xml,6,1,7,0,true\nAD,3,2026-03-03 10:00:00.000,4.xml,1,0,0,1,true\n"
	if got[derived.Exports] != want {
		t.Errorf("the exports are\n%s\nwant\n%s", got[derived.Exports], want)
	}
}

func TestComparison(t *testing.T) {
	_, before := tallied(t, nil, []run{sync(1, "success"), sync(2, "success")})
	got, _ := tallied(t, nil, []run{sync(5, "success"), sync(6, "success"), sync(7, "completed-sync-errors", [3]string{"x", "a", "2026-03-07"})},
		derived.Other{Name: "last", Tally: before})
	const agent = "last,HR,{00000048-1111-4222-8333-444444444444},"
	for _, want := range []string{
		agent + "runs,,,,3,2,1,50\n",
		agent + "failed_runs,,,,1,0,1,\n",
		agent + "import_errors,,,,1,0,1,\n",
		agent + "errors,,import,a,1,0,1,\n",
		agent + "duration_median_ms,Sync,,,360000,60000,300000,500\n",
	} {
		if !strings.Contains(got[derived.Comparison], want) {
			t.Errorf("there is no %s in\n%s", want, got[derived.Comparison])
		}
	}
}

// What is not known of a verdict is missing; a limit of 0 is not.
func TestPolicies(t *testing.T) {
	seven, zero := 7.0, 0.0
	start := time.Date(2026, 3, 4, 8, 0, 0, 0, time.UTC).UnixMilli()
	verdicts := []derived.Verdict{
		{Policy: "p", Outcome: "violated", Severity: "warning", Agent: "HR", AgentID: "{00000048-1111-4222-8333-444444444444}", Profile: "Sync", Number: 5, Start: start,
			Checked: "errors", ErrorType: "cd-error", Value: &seven, Limit: &zero, Unit: "errors", Expected: "at most 0", Since: start - 1000, Message: "too many", File: "a.xml"},
		{Policy: "q", Outcome: "unknown", Severity: "error", Checked: "result", Expected: "one of success", Message: "no run"},
	}
	got := writtenBy(t, func(open facts.Open) error { return derived.WritePolicies(open, verdicts) })
	want := "p,violated,warning,HR,{00000048-1111-4222-8333-444444444444},Sync,5,2026-03-04 08:00:00.000,errors,cd-error,7,0,errors,at most 0,2026-03-04 07:59:59.000,too many,a.xml\n" +
		"q,unknown,error,,,,,,result,,,,,one of success,,no run,\n"
	if got[derived.PolicyVerdicts] != want {
		t.Errorf("got\n%s\nwant\n%s", got[derived.PolicyVerdicts], want)
	}
}

// What lacks everything, and what is hostile, is counted without a panic.
func TestOddDocuments(t *testing.T) {
	odd := []string{"<run-history/>", "<run-history><run-details/></run-history>", "<run-history><run-details><step-details/></run-details></run-history>",
		"<run-history><run-details><step-details><start-date>2026-03-01 08:00:00.000</start-date><synchronization-errors><import-error/><export-error/></synchronization-errors>" +
			"<mv-retry-errors><retry-error/></mv-retry-errors><ma-discovery-errors><ma-object-error/></ma-discovery-errors><export-counters/></step-details></run-details></run-history>"}
	files, err := filepath.Glob("../../samples/hostile/inputs/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		odd = append(odd, string(data))
	}
	tally := derived.New(nil)
	r := operations.Follow(source.DefaultLimits(), tally)
	for i, document := range odd {
		tally.File(fmt.Sprint(i))
		if _, err := r.Document(strings.NewReader(document)); err != nil {
			t.Fatal(err)
		}
	}
	if got := written(t, tally, derived.Other{Name: "nothing", Tally: derived.New(nil)}); strings.Count(got[derived.Ageing], "\n") != 4 {
		t.Errorf("ageing is %q", got[derived.Ageing])
	}
	if notes := tally.Notes(); len(notes) != 1 || !strings.Contains(notes[0], "no start date") {
		t.Errorf("the notes are %q", notes)
	}
}

// Every derived table is documented.
func TestDeclarations(t *testing.T) {
	for _, table := range derived.Tables() {
		if !table.Derived || table.Title == "" || len(table.Title) > 31 || !strings.HasSuffix(table.Doc, ".") {
			t.Errorf("table %q", table.Name)
		}
		for _, c := range table.Columns {
			if !strings.HasSuffix(c.Doc, ".") || c.Source == "" || table.Column(c.Name) < 0 {
				t.Errorf("%s.%s", table.Name, c.Name)
			}
		}
	}
}
