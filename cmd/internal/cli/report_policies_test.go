package cli

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/runhist/runhist/analyze/policy"
	"github.com/runhist/runhist/analyze/reconcile"
	"github.com/runhist/runhist/report/facts"
	"github.com/runhist/runhist/report/operations"
	"github.com/runhist/runhist/schemas/source"
	"github.com/runhist/runhist/validate/finding"
)

// policyRun is a history of a run on a day of March 2026 at 08:00 that takes as
// many minutes; it has an error when it is wrong.
func policyRun(agent, profile string, day int, wrong bool) string {
	result, errors := "success", ""
	if wrong {
		result = "completed-sync-errors"
		errors = `<import-error cs-guid="{00000000-0000-0000-0000-000000000001}" dn="CN=x"><error-type>cd-error</error-type></import-error>`
	}
	return fmt.Sprintf(`<run-history><run-details><ma-id>{%08X-1111-4222-8333-444444444444}</ma-id><ma-name>%s</ma-name><run-number>%d</run-number><run-profile-name>%s</run-profile-name>
<step-details step-number="1"><start-date>2026-03-%02[3]d 08:00:00.000</start-date><end-date>2026-03-%02[3]d 08:%02[3]d:00.000</end-date><step-result>%[5]s</step-result>
<step-description><step-type type="apply-rules"/><partition>default</partition></step-description><synchronization-errors>%[6]s</synchronization-errors></step-details></run-details></run-history>`,
		int(agent[0]), agent, day, profile, result, errors)
}

// atMost is a policy with an upper limit.
func atMost(t *testing.T, check, most string) policy.Policy {
	t.Helper()
	c, err := policy.ParseCheck(check)
	if err != nil {
		t.Fatal(err)
	}
	l, err := policy.ParseLimit(c, most)
	if err != nil {
		t.Fatal(err)
	}
	return policy.Policy{Name: "p", Check: c, Max: l, Severity: finding.Warning}
}

// TestShownVerdicts: verdicts are about runs that are selected, and take all of
// them into account.
func TestShownVerdicts(t *testing.T) {
	histories := []string{policyRun("AD", "Export", 2, false)}
	for day := 1; day <= 5; day++ {
		histories = append(histories, policyRun("HR", "Sync", day, day > 3))
	}
	day := func(n int) *int64 {
		at := time.Date(2026, 3, n, 0, 0, 0, 0, time.UTC).UnixMilli()
		return &at
	}
	typed, every, nobody, fresh := atMost(t, "import-errors", "0"), atMost(t, "errors", "0"), atMost(t, "export-add", "5"), atMost(t, "age", "2d")
	typed.Type, every.Every, nobody.Agents = "cd-error", true, []policy.Pattern{"x"}
	results := policy.Policy{Name: "p", Check: policy.Check{Subject: policy.Result}, Expect: []policy.Pattern{"success", "completed-warnings"}}
	both := atMost(t, "duration", "2 x median")
	both.Min = both.Max
	for name, c := range map[string]struct {
		policy policy.Policy
		chosen facts.Selection
		want   string // outcome agent profile number value limit unit expected since, each
	}{
		"newest of each profile":             {typed, facts.Selection{}, "kept AD/Export/2 0 0 errors (at most 0) -; violated HR/Sync/5 1 0 errors (at most 0) 4 08:00"},
		"agent":                              {typed, facts.Selection{Agents: []string{"ad"}}, "kept AD/Export/2 0 0 errors (at most 0) -"},
		"agent by GUID":                      {typed, facts.Selection{Agents: []string{"{00000041-1111-4222-8333-444444444444}"}}, "kept AD/Export/2 0 0 errors (at most 0) -"},
		"profile; results have no say":       {typed, facts.Selection{Profiles: []string{"export"}, Results: []string{"stopped-server"}}, "kept AD/Export/2 0 0 errors (at most 0) -"},
		"as of until":                        {typed, facts.Selection{Until: day(4), Since: day(3)}, "kept HR/Sync/3 0 0 errors (at most 0) -"},
		"every run since":                    {every, facts.Selection{Since: day(5)}, "violated HR/Sync/5 1 0 errors (at most 0) 4 08:00"},
		"median 2.5 of what is not shown":    {both, facts.Selection{Since: day(4)}, "kept HR/Sync/5 300 300 seconds (at least 2 x median, at most 2 x median) -"},
		"results":                            {results, facts.Selection{Agents: []string{"HR"}}, "violated HR/Sync/5 - -  (one of success, completed-warnings) 4 08:00"},
		"age of a success that is not shown": {fresh, facts.Selection{Since: day(7), Agents: []string{"HR"}}, "violated HR//5 1266900 172800 seconds (at most 2d) 7 08:05"},
		"age as of until":                    {fresh, facts.Selection{Until: day(4), Agents: []string{"AD"}}, "kept AD//2 143880 172800 seconds (at most 2d) -"},
		"age of an agent is of no profile":   {fresh, facts.Selection{Profiles: []string{"Sync"}}, ""},
		"nobody":                             {nobody, facts.Selection{Since: day(5)}, "unknown //0 - - objects (at most 5) -"},
		"nobody, where an agent is asked":    {nobody, facts.Selection{Agents: []string{"HR"}}, ""},
		"before everything":                  {typed, facts.Selection{Until: day(1)}, "unknown //0 - - errors (at most 0) -"},
	} {
		p := &policyVerdicts{record: reconcile.NewRecord(), policies: []policy.Policy{c.policy}, selection: c.chosen, now: *day(20)}
		r := operations.Follow(source.DefaultLimits(), p.record)
		for _, history := range histories {
			if _, err := r.Document(strings.NewReader(history)); err != nil {
				t.Fatal(err)
			}
		}
		verdicts, err := p.shown()
		if err != nil {
			t.Fatal(err)
		}
		number := func(f *float64) string {
			if f == nil {
				return "-"
			}
			return fmt.Sprintf("%.0f", *f)
		}
		var got []string
		for _, v := range verdicts {
			since := "-"
			if v.Since != 0 {
				since = time.UnixMilli(v.Since).UTC().Format("2 15:04")
			}
			got = append(got, fmt.Sprintf("%s %s/%s/%d %s %s %s (%s) %s", v.Outcome, v.Agent, v.Profile, v.Number, number(v.Value), number(v.Limit), v.Unit, v.Expected, since))
		}
		if got := strings.Join(got, "; "); got != c.want {
			t.Errorf("%s: got\n%s, want\n%s", name, got, c.want)
		}
	}
}
