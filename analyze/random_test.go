package analyze_test

import (
	"bytes"
	"context"
	_ "embed"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"text/template"

	"github.com/runhist/runhist/analyze"
	"github.com/runhist/runhist/analyze/engine"
	"github.com/runhist/runhist/analyze/record"
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rules"
)

var (
	update    = flag.Bool("update", false, "rewrite the expected histories")
	scenarios = flag.Int("scenarios", 100, "how many random scenarios to run")
	firstSeed = flag.Uint64("first-seed", 1, "the seed of the first random scenario")
)

//go:embed testdata/random.yaml.tmpl
var randomTemplate string

// random draws a scenario.
type random struct{ *rand.Rand }

func (r random) oneOf(words ...string) string { return words[r.IntN(len(words))] }

func (r random) often(percent int) bool { return r.IntN(100) < percent }

// drawn are the files of the scenario of a seed.
func drawn(t *testing.T, seed uint64) fstest.MapFS {
	t.Helper()
	return random{rand.New(rand.NewPCG(seed, 7))}.scenario(t, seed)
}

// scenario draws the files of a scenario.
func (r random) scenario(t *testing.T, seed uint64) fstest.MapFS {
	files := fstest.MapFS{
		"mv.star": {Data: []byte(r.provisioning())},
		"ad.star": {Data: []byte(r.flows())},
	}
	put := func(name, text string) { files[name] = &fstest.MapFile{Data: []byte(text)} }
	for i := range 4 {
		put(fmt.Sprintf("hr-%d.ldif", i), r.people())
		put(fmt.Sprintf("phone-%d.csv", i), r.phones())
	}
	put("ad-0.ldif", "dn: OU=Staff,DC=fab\nobjectClass: organizationalUnit\nou: Staff\n\ndn: OU=Out,DC=fab\nobjectClass: organizationalUnit\nou: Out\n\n"+r.accounts())
	var switches []string
	for _, s := range engine.Switches() {
		if s.Name == "delta-discovery-result" {
			continue // its other value is what R140 forbids: success beside errors
		}
		if r.often(8) {
			switches = append(switches, s.Name+": "+s.Values[r.IntN(len(s.Values))])
		}
	}
	values := map[string]any{
		"Seed": seed, "Profile": r.oneOf("upsmods", "server"), "HRServer": r.often(30), "Page": 1 + r.IntN(6), "Batch": 1 + r.IntN(5),
		"ExportType":   r.oneOf("AttributeUpdate", "AttributeReplace", "ObjectReplace", "MultivaluedReferenceAttributeUpdate"),
		"Confirmation": r.oneOf("Normal", "Normal", "NoDeleteConfirmation", "NoAddAndDeleteConfirmation"),
		"RefsFirst":    r.often(50), "FullObject": r.often(50), "Switches": strings.Join(switches, ", "),
		"Errors": 1 + r.IntN(40), "Warnings": 1 + r.IntN(20), "Suppress": r.often(50), "Precedence": r.oneOf("ranked", "ranked", "equal"),
		"Cleanup":   r.oneOf("action: delete-object", "action: make-normal-disconnector", "action: make-explicit-disconnector", "type: scripted"),
		"Deletion":  r.oneOf("mv-object-type: person, type: declared-any, src-ma: HR", "mv-object-type: person, type: declared-last", "mv-object-type: person, type: declared-last, src-ma: [AD, Phone]"),
		"Threshold": r.oneOf("", "", "", "object: 3", "delete: 1", "batch-size: 1"), "Part": 1 + r.IntN(5), "Actions": r.actions(),
	}
	var out bytes.Buffer
	if err := template.Must(template.New("").Parse(randomTemplate)).Execute(&out, values); err != nil {
		t.Fatal(err)
	}
	put("scenario.yaml", out.String())
	return files
}

func (r random) id() string { return fmt.Sprint(1 + r.IntN(12)) }

func (r random) people() string {
	var b strings.Builder
	for i := range 12 {
		if r.often(25) {
			continue
		}
		id := fmt.Sprint(i + 1)
		class := "person"
		if r.often(8) {
			class = "robot"
		}
		fmt.Fprintf(&b, "dn: cn=%s\nobjectClass: %s\nemployeeID: %s\nname: %s\n", id, class, id, r.oneOf("Ann", "Bob", "Eva", "Name "+id, "Zoë"))
		if class == "person" {
			if r.often(70) {
				fmt.Fprintf(&b, "title: %s\n", r.oneOf("Test", "Boss", "Clerk", "Ext worker", "A title of more than twenty characters"))
			}
			if r.often(50) {
				fmt.Fprintf(&b, "boss: %s\n", r.id())
			}
			if r.often(50) {
				fmt.Fprintf(&b, "code: %s\n", r.oneOf("3", "17", "x"))
			}
		}
		b.WriteByte('\n')
	}
	if b.Len() == 0 {
		return "version: 1\n"
	}
	return b.String()
}

func (r random) phones() string {
	b := "id,phone,title\n"
	for i := range 12 {
		switch {
		case r.often(40):
		case r.often(5):
			b += fmt.Sprintf("%d,too,many,fields\n", i+1)
		case r.often(5):
			b += ",555,no anchor\n"
		case r.often(5):
			b += fmt.Sprintf("%s,555,again\n", r.id())
		default:
			b += fmt.Sprintf("%d,555-%d,%s\n", i+1, r.IntN(3), r.oneOf("", "Boss", "Ext"))
		}
	}
	return b
}

func (r random) accounts() string {
	var b strings.Builder
	for i := range r.IntN(5) {
		fmt.Fprintf(&b, "dn: CN=old %d,%s,DC=fab\nobjectClass: user\ndisplayName: old %d\n", i, r.oneOf("OU=Staff", "OU=Out"), i)
		if r.often(50) {
			fmt.Fprintf(&b, "employeeID: %s\n", r.id())
		}
		if r.often(50) {
			fmt.Fprintf(&b, "title: %s\n", r.oneOf("Ext", "Boss"))
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// provisioning draws the script of the metaverse, which may fail.
func (r random) provisioning() string {
	return fmt.Sprintf(`
def provision(mv):
    name, accounts = mv["displayName"], mv.connectors("AD")
    if name == %[1]q:
        fail("nobody is called " + name)
    if mv["title"] == %[2]q:
        for a in accounts:
            a.deprovision()
        return
    dn = "CN=" + (name or "nobody") + ",OU=%[3]s,DC=fab"
    if accounts.count == 0 and name != None:
        accounts.new_connector("user", dn = dn%[4]s)
    elif accounts.count == 1 and name != None:
        accounts[0].rename(dn%[4]s)
`, r.oneOf("Ann", "nobody at all"), r.oneOf("Boss", "none"), r.oneOf("Staff", "Staff", "Staff", "Nowhere", "Out"), r.oneOf("", ", catch = True"))
}

// flows draws the script of the directory.
func (r random) flows() string {
	return fmt.Sprintf(`
def export_flow(context, mv, cs):
    if mv["title"] == %q:
        %s
    cs["description"] = ["a " + mv["title"]]

def deprovision(cs):
    return %q
`, r.oneOf("Boss", "Clerk"), r.oneOf("return declined", `fail("no")`, `unexpected_data("what?")`, "not_implemented()", "terminate_run()", "pass"),
		r.oneOf("disconnector", "explicit-disconnector", "delete", "what"))
}

// actions draws runs, changes and faults.
func (r random) actions() []string {
	list := []string{"run: {ma: AD, profile: FIDS}"}
	open := 0
	for range 6 + r.IntN(18) {
		switch n := r.IntN(100); {
		case n < 12:
			agent := r.oneOf("HR", "Phone")
			file := map[string]string{"HR": "hr-%d.ldif", "Phone": "phone-%d.csv"}[agent]
			list = append(list, fmt.Sprintf("apply: {ma: %s, file: %s}", agent, fmt.Sprintf(file, r.IntN(4))))
		case n < 32:
			open++
			list = append(list, fmt.Sprintf("fault: {id: f%d, %s}", open, r.fault()))
		case n < 36 && open > 0:
			list = append(list, fmt.Sprintf("end: f%d", open))
			open--
		default:
			agent := r.oneOf("HR", "AD", "Phone")
			profile := r.oneOf("FI", "DI", "FIDS", "FIFS", "DIDS", "DS", "FS", "EX", "All", "DS", "EX")
			stop := ""
			if r.often(5) {
				stop = fmt.Sprintf(", stopAfter: {step: 1, objects: %d}", r.IntN(4))
			}
			list = append(list, fmt.Sprintf("run: {ma: %s, profile: %s%s}", agent, profile, stop))
		}
	}
	return list
}

func (r random) fault() string {
	dn := r.oneOf("CN=Ann,OU=Staff,DC=fab", "CN=Bob,OU=Staff,DC=fab", "CN=Eva,OU=Staff,DC=fab")
	times := r.oneOf("", ", times: 1", ", times: 2")
	switch r.IntN(12) {
	case 0:
		return fmt.Sprintf("ma: AD, kind: connect, result: %s, afterObjects: %d, errorCode: 81%s", r.oneOf("failed-connection", "failed-authentication", "dropped-connection", "failed-search"), r.IntN(4), times)
	case 1:
		return fmt.Sprintf("ma: HR, kind: discovery-error, type: %s, object: %q%s", r.oneOf("missing-anchor-component", "read-error", "invalid-attribute-value", "parse-error", "missing-dn", "unmappable-object-type"), r.id(), times)
	case 2:
		return fmt.Sprintf("ma: AD, kind: export-error, type: %s, dn: %q, errorCode: 5%s", r.oneOf("permission-issue", "cd-error", "constraint-violation", "cd-missing-object", "unexpected-error"), dn, times)
	case 3:
		return fmt.Sprintf("ma: AD, kind: store-other-value, dn: %q, attribute: title, value: other%s", dn, times)
	case 4:
		return "ma: AD, kind: drop-write" + r.oneOf("", ", attribute: title", ", attribute: manager") + times
	case 5:
		return "ma: AD, kind: ignore-delete" + times
	case 6:
		return fmt.Sprintf("ma: AD, kind: withhold-record, dn: %q%s", dn, times)
	case 7:
		return "ma: AD, kind: reference-failure, attribute: manager" + times
	case 8:
		return fmt.Sprintf("ma: AD, kind: answer, answer: %s%s", r.oneOf("convert-update-to-add", "provisioning-parent", "retry-references", "custom-continue", "custom-stop"), r.oneOf(", times: 1", ", times: 2"))
	case 9:
		return fmt.Sprintf("ma: HR, kind: lock, dn: %q%s", r.id(), times)
	case 10:
		return fmt.Sprintf("kind: extension, outcome: %s, site: %s%s", r.oneOf("exception", "crash", "timeout"), r.oneOf("provisioning", "export-flow", "cs-deprovisioning"), times)
	}
	return fmt.Sprintf("kind: stop-service, afterObjects: %d, times: 1", r.IntN(5))
}

// TestRandomScenarios: whatever a simulation writes passes validation under the
// profile that it was asked for, alone and beside the other histories of its
// server, with nothing above info.
func TestRandomScenarios(t *testing.T) {
	validators := map[string]*validate.Validator{}
	for _, profile := range []string{"upsmods", "server"} {
		validators[profile] = validator(t, profile)
	}
	runs, results := 0, map[engine.StepResult]int{}
	for seed := *firstSeed; seed < *firstSeed+uint64(*scenarios); seed++ {
		files := drawn(t, seed)
		m, err := analyze.Load(files, "scenario.yaml")
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		var inputs []validate.Input
		_, err = m.Run(context.Background(), analyze.Edges{Run: func(r *analyze.Run) error {
			var out bytes.Buffer
			if err := rundetails.Write(&out, record.History(r.Details)); err != nil {
				return err
			}
			for _, s := range r.Record.Steps {
				results[s.Result]++
			}
			runs++
			text := out.Bytes()
			inputs = append(inputs, validate.Input{File: fmt.Sprintf("%d/%d.xml", seed, r.Action), Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(text)), nil }})
			return nil
		}})
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		judge(t, validators[m.Scenario.Profile], inputs, string(files["scenario.yaml"].Data))
		if t.Failed() {
			return
		}
	}
	t.Logf("%d runs; results of steps: %v", runs, results)
}

// validator judges by a profile; none is upsmods.
func validator(t *testing.T, profile string) *validate.Validator {
	t.Helper()
	o := validate.DefaultOptions(rules.All())
	if profile != "" {
		o.Profile = validate.Profile(profile)
	}
	o.Now = 2_000_000_000_000
	v, err := validate.New(o)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// judge expects nothing above info, and no rule without an id (R386).
func judge(t *testing.T, v *validate.Validator, inputs []validate.Input, scenario string) {
	t.Helper()
	unrun := strings.Contains(scenario, "emit-unrun-steps: true")
	err := v.Each(context.Background(), inputs, 1, func(r validate.Result) error {
		for _, p := range r.Problems {
			t.Errorf("%s: %v", r.File, p)
		}
		r.Findings = slices.DeleteFunc(r.Findings, func(f finding.Finding) bool {
			return f.Severity <= finding.Info && f.Rule != "R386" || f.Rule == "R084" && unrun // it doubts that there are such steps
		})
		for _, f := range r.Findings {
			t.Errorf("%s:%d: %s %s %s: %s", r.File, f.Line, f.Severity, f.Rule, f.Path, f.Message)
		}
		if len(r.Findings) > 0 && testing.Verbose() {
			in, _ := inputs[slices.IndexFunc(inputs, func(i validate.Input) bool { return i.File == r.File })].Open()
			text, _ := io.ReadAll(in)
			t.Logf("%s\n%s", text, scenario)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}
