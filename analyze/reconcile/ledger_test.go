package reconcile_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/runhist/runhist/analyze/policy"
	"github.com/runhist/runhist/analyze/reconcile"
	"github.com/runhist/runhist/validate/finding"
)

// small writes a small run: reconcile reads what is there. Hours are those of
// a day in March 2024, steps are written one behind the other.
func small(id, name string, number, day, hour int, profile string, steps ...string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "<run-details><ma-id>%s</ma-id><ma-name>%s</ma-name><run-number>%d</run-number><run-profile-name>%s</run-profile-name>", id, name, number, profile)
	for i, s := range steps {
		fmt.Fprintf(&b, `<step-details step-number="%d" step-id="{%08X-0000-4000-8000-00000000000%d}"><start-date>2024-03-%02d %02d:%02d:00.000</start-date><end-date>2024-03-%02d %02d:%02d:30.000</end-date>%s</step-details>`,
			i+1, len(id+name+profile), i+1, day, hour, i, day, hour, i, s)
	}
	b.WriteString("</run-details>")
	return b.String()
}

func archive(runs ...string) documents {
	return documents{"a.xml": []byte("<run-history>" + strings.Join(runs, "\n") + "</run-history>")}
}

const (
	idAD     = "{A94E1B07-53C8-4D2A-8F60-7B1C3E95D482}"
	idHR     = "{3F1D7C52-6A0E-4B8F-9C11-2E54A7D90B36}"
	masked   = "{12345678-53C8-4D2A-8F60-7B1C3E95D482}"
	ok       = "<step-result>success</step-result>"
	export   = `<step-description><step-type type="export"/></step-description>`
	syncStep = `<step-description><step-type type="apply-rules"/></step-description>`
)

func adds(n int) string {
	return fmt.Sprintf("<export-counters><export-add>%d</export-add></export-counters>", n)
}

func provisioned(id string, n int) string {
	return fmt.Sprintf(`<outbound-flow-counters ma="AD" ma-id="%s"><provisioned-add-flow>%d</provisioned-add-flow></outbound-flow-counters>`, id, n)
}

// TestMaskedAgents matches an agent whose id was masked in some runs by its
// name: what was provisioned toward it is known all the same.
func TestMaskedAgents(t *testing.T) {
	for _, target := range []string{idAD, masked, "{00000000-0000-0000-0000-000000000000}", "?"} {
		for _, exporter := range []string{idAD, masked} {
			r := run(t, archive(
				small(exporter, "AD", 1, 3, 1, "Export", ok+export+adds(0)),
				small(idHR, "HR", 1, 4, 1, "Sync", ok+syncStep+provisioned(target, 5)),
				small(idAD, "AD", 2, 4, 2, "Export", ok+export+adds(3)),
			), reconcile.Options{})
			if len(r.Agents) != 2 || len(r.Findings) != 1 || r.Findings[0].Rule != "REC-provisioned-adds" || r.Findings[0].Count != 2 {
				t.Errorf("target %s, exporter %s: %+v\n%s", target, exporter, r.Agents, list(r))
			}
		}
	}
}

// TestTwoAgentsOfOneName does not match a masked id with either of two agents.
func TestTwoAgentsOfOneName(t *testing.T) {
	r := run(t, archive(
		small(idAD, "AD", 1, 3, 1, "Export", ok+export),
		small(idHR, "AD", 1, 3, 2, "Export", ok+export),
		small(masked, "AD", 1, 3, 3, "Export", ok+export),
	), reconcile.Options{})
	if len(r.Agents) != 3 {
		t.Errorf("%+v", r.Agents)
	}
}

// TestRenamedAgent has the last name of an agent, wherever its runs stand.
func TestRenamedAgent(t *testing.T) {
	r := run(t, archive(
		small(idAD, "New", 2, 4, 1, "Export", ok+export),
		small(idAD, "Old", 1, 3, 1, "Export", ok+export),
	), reconcile.Options{})
	if len(r.Agents) != 1 || r.Agents[0].Name != "New" || r.Agents[0].Runs != 2 {
		t.Errorf("%+v", r.Agents)
	}
}

// TestRenamedProfile finds nothing about a profile that got another name, or
// other steps.
func TestRenamedProfile(t *testing.T) {
	r := run(t, archive(
		small(idAD, "AD", 1, 3, 1, "Nightly", ok+syncStep, ok+export),
		small(idAD, "AD", 2, 4, 1, "Nightly 2", ok+syncStep),
		small(idAD, "AD", 3, 5, 1, "Nightly 2", "<step-result>stopped-connectivity</step-result>"+export),
	), reconcile.Options{})
	if len(r.Findings) > 0 {
		t.Error(list(r))
	}
}

// TestCopies leaves out a run that is there twice, and one that is there as it
// looked while it was at work.
func TestCopies(t *testing.T) {
	whole := small(idAD, "AD", 2, 4, 2, "Export", ok+export+adds(3))
	docs := documents{}
	for name, text := range map[string]string{
		"a": whole, "b": whole, "c": small(idHR, "HR", 1, 4, 1, "Sync", ok+syncStep+provisioned(idAD, 5)),
		"d": small(idAD, "AD", 2, 4, 2, "Export", "<step-result>in-progress</step-result>"+export+adds(1)),
		"e": small(idAD, "AD", 1, 3, 1, "Export", ok+export),
	} {
		docs[name+".xml"] = []byte("<run-history>" + text + "</run-history>")
	}
	r := run(t, docs, reconcile.Options{})
	if r.Copies != 2 || r.Runs != 3 {
		t.Errorf("%d runs, %d copies", r.Runs, r.Copies)
	}
	told := 0
	for i := range r.Findings {
		switch f := &r.Findings[i]; {
		case f.Rule == "C106" && f.Severity == finding.Info:
			told++
		case f.Rule != "REC-provisioned-adds" || f.Count != 2:
			t.Errorf("%s %s: %s", f.Severity, f.Rule, f.Message)
		}
	}
	if told != 2 {
		t.Errorf("%d copies are told of", told)
	}
	// What only has the number and the start of another run is no copy.
	docs["d.xml"] = []byte("<run-history>" + small(idAD, "AD", 2, 4, 2, "Export", ok+export+adds(1)) + "</run-history>")
	if r := run(t, docs, reconcile.Options{}); !slices.ContainsFunc(r.Findings, func(f reconcile.Finding) bool { return f.Rule == "C106" && f.Severity == finding.Warning }) {
		t.Error(list(r))
	}
}

// TestClearedHistory compares no run with those before its number began anew,
// also where the first ones after that are missing.
func TestClearedHistory(t *testing.T) {
	for _, numbers := range [][]int{{51, 52, 53, 1, 2, 3}, {51, 52, 53, 2, 3}, {51, 52, 3}, {51, 1}, {8, 9, 1, 2, 1, 2}} {
		var runs []string
		for i, n := range numbers {
			runs = append(runs, small(idAD, "AD", n, 3+i, 1, "Export", ok+export))
		}
		r := run(t, archive(runs...), reconcile.Options{})
		for i := range r.Findings {
			if f := &r.Findings[i]; f.Rule != "REC-numbers-restart" {
				t.Errorf("%v: %s %s", numbers, f.Rule, f.Message)
			}
		}
		if len(r.Findings) == 0 {
			t.Errorf("%v: nothing is said", numbers)
		}
	}
	// A wrong date is no new beginning.
	var runs []string
	for i, n := range []int{1, 2, 4, 5, 6, 3} {
		runs = append(runs, small(idAD, "AD", n, 3+i, 1, "Export", ok+export))
	}
	r := run(t, archive(runs...), reconcile.Options{})
	if !strings.Contains(list(r), "C140") || strings.Contains(list(r), "REC-") {
		t.Error(list(r))
	}
}

// TestOverlap passes on what the rules that compare runs say, with the run that
// it is about.
func TestOverlap(t *testing.T) {
	r := run(t, archive(
		small(idAD, "AD", 1, 3, 1, "Export", ok+export, ok+export, ok+export),
		strings.Replace(small(idAD, "AD", 2, 3, 1, "Export", ok+export), "01:00:00", "01:01:00", 1),
	), reconcile.Options{})
	if len(r.Findings) != 2 && len(r.Findings) != 1 {
		t.Fatal(list(r))
	}
	f := &r.Findings[0]
	if f.Rule != "C141" || f.Agent != "AD" || f.Number != 2 || f.Certainty != reconcile.Likely {
		t.Errorf("%+v", f)
	}
}

// TestUnreadable tells what could not be read, and reconciles the rest.
func TestUnreadable(t *testing.T) {
	docs := archive(small(idAD, "AD", 1, 3, 1, "Export", ok+export))
	docs["b.xml"] = []byte("<run-history><run-details>")
	docs["c.xml"] = []byte("Access is denied.")
	docs["d.xml"] = []byte("<run-history><run-details><run-number>3</run-number></run-details></run-history>")
	docs["e.xml"] = []byte("<run-history>" + strings.Replace(small(idAD, "AD", 2, 3, 1, "Export", ok+export), "2024-", "?", -1) + "</run-history>")
	r := run(t, docs, reconcile.Options{})
	if r.Runs != 1 || r.Undated != 2 || len(r.Findings) == 0 || r.Findings[0].Severity != finding.Error || r.Findings[0].Certainty != reconcile.Certain {
		t.Errorf("%d runs, %d undated\n%s", r.Runs, r.Undated, list(r))
	}
}

// TestPolicies counts over the steps of a run, and takes the objects of the
// last full import of every partition.
func TestPolicies(t *testing.T) {
	partition := func(name, subtype string) string {
		return `<step-description><step-type type="` + subtype + `"><import-subtype>to-cs</import-subtype></step-type><partition>` + name + `</partition></step-description>`
	}
	staged := func(counter string, n int) string {
		return fmt.Sprintf("<staging-counters><%s>%d</%s></staging-counters>", counter, n, counter)
	}
	docs := archive(
		small(idAD, "AD", 1, 3, 1, "Full", ok+partition("a", "full-import")+staged("stage-add", 100), ok+partition("b", "full-import")+staged("stage-no-change", 300)),
		small(idAD, "AD", 2, 4, 1, "Delta", ok+partition("a", "delta-import")+staged("stage-delete", 15), ok+partition("b", "delta-import")+staged("stage-delete", 6)),
	)
	check, err := policy.ParseCheck("stage-delete")
	if err != nil {
		t.Fatal(err)
	}
	for text, violated := range map[string]bool{"20": true, "21": false, "5%": true, "5.25%": false} {
		limit, err := policy.ParseLimit(check, text)
		if err != nil {
			t.Fatal(err)
		}
		r := run(t, docs, reconcile.Options{Now: now, Policies: []policy.Policy{{Name: "p", Check: check, Max: limit, Profiles: []policy.Pattern{"delta"}, Severity: finding.Warning}}})
		if got := len(r.Findings) == 1 && r.Findings[0].Severity == finding.Warning && r.Findings[0].Number == 2; got != violated {
			t.Errorf("%s: %s", text, list(r))
		}
	}
}

// FuzzRun reconciles anything: it ends, and comes to the same twice.
func FuzzRun(f *testing.F) {
	f.Add(small(idAD, "AD", 1, 3, 1, "Export", ok+export+adds(3)), small(masked, "AD", 2, 3, 2, "Export", ok+export+adds(3)))
	f.Add(small(idHR, "HR", 1, 3, 1, "Sync", ok+syncStep+provisioned(idAD, 5)), "")
	f.Add("<run-history><run-details><step-details/></run-details>", "\x00")
	f.Add(strings.Repeat(small(idAD, "AD", 1, 3, 1, "Export", ok+export), 3), small(idAD, "AD", 2147483647, 3, 1, "Export", "<step-result>stopped-x</step-result>"))
	f.Fuzz(func(t *testing.T, one, other string) {
		docs := documents{"a.xml": []byte("<run-history>" + one + "</run-history>"), "b.xml": []byte("<run-history>" + other + "</run-history>")}
		o := reconcile.Options{Now: now, Recent: true, Jobs: 1}
		first := run(t, docs, o, "a.xml", "b.xml")
		if second := run(t, docs, o, "b.xml", "a.xml"); list(first) != list(second) {
			t.Errorf("%s\n%s", list(first), list(second))
		}
		for _, p := range first.Problems {
			if strings.Contains(p.Error(), "broke down") || strings.Contains(p.Error(), "crashed") {
				t.Error(p)
			}
		}
	})
}
