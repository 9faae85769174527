package analyze_test

import (
	"bytes"
	_ "embed"
	"fmt"
	"maps"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/fstest"
	"text/template"

	"github.com/runhist/runhist/analyze/engine"
	"github.com/runhist/runhist/schemas/terms"
)

//go:embed testdata/random.yaml.tmpl
var randomTemplate string

// random draws a scenario. In a calm one scripts do not fail, and few faults
// strike: more of it is reached.
type random struct {
	*rand.Rand
	calm bool
}

// fails draws one of the words, of which only the first does no harm.
func (r random) fails(words ...string) string {
	if r.calm || r.often(50) {
		return words[0]
	}
	return r.oneOf(words...)
}

func (r random) oneOf(words ...string) string { return words[r.IntN(len(words))] }

func (r random) often(percent int) bool { return r.IntN(100) < percent }

// start begins the draw of a seed.
func start(seed uint64) random {
	r := random{Rand: rand.New(rand.NewPCG(seed, 7))}
	r.calm = r.often(60)
	return r
}

// calm tells whether the scenario of a seed is a calm one.
func calm(seed uint64) bool { return start(seed).calm }

// drawn are the files of the scenario of a seed.
func drawn(t *testing.T, seed uint64) fstest.MapFS {
	t.Helper()
	return start(seed).scenario(t, seed)
}

// scenario draws the files of a scenario.
func (r random) scenario(t *testing.T, seed uint64) fstest.MapFS {
	files := fstest.MapFS{
		"mv.star": {Data: []byte(r.provisioning())},
		"ad.star": {Data: []byte(r.flows())},
		"hr.star": {Data: []byte(r.rules())},
	}
	put := func(name, text string) { files[name] = &fstest.MapFile{Data: []byte(text)} }
	for i := range 4 {
		put(fmt.Sprintf("hr-%d.ldif", i), r.people())
		put(fmt.Sprintf("phone-%d.csv", i), r.phones())
	}
	for i := range 3 {
		put(fmt.Sprintf("ad-%d.ldif", i), "dn: OU=Staff,DC=fab\nobjectClass: organizationalUnit\nou: Staff\n\ndn: OU=Out,DC=fab\nobjectClass: organizationalUnit\nou: Out\n\n"+
			"dn: OU=Staff,DC=res\nobjectClass: organizationalUnit\nou: Staff\n\n"+r.accounts())
	}
	limit := 0
	if r.calm {
		limit = 100
	}
	var switches []string
	for _, s := range engine.Switches() {
		if r.often(8) {
			switches = append(switches, s.Name+": "+s.Values[r.IntN(len(s.Values))])
		}
	}
	values := map[string]any{
		"Seed": seed, "Profile": r.oneOf("upsmods", "server"), "HRServer": r.often(30), "Page": 1 + r.IntN(6), "Batch": 1 + r.IntN(5),
		"ExportType":   r.oneOf("AttributeUpdate", "AttributeReplace", "ObjectReplace", "MultivaluedReferenceAttributeUpdate"),
		"Confirmation": r.oneOf("Normal", "Normal", "NoDeleteConfirmation", "NoAddAndDeleteConfirmation"),
		"RefsFirst":    r.often(50), "FullObject": r.often(50), "Switches": strings.Join(switches, ", "),
		"Errors": 1 + r.IntN(40) + limit, "Warnings": 1 + r.IntN(20) + limit, "Suppress": r.often(50), "Precedence": r.oneOf("ranked", "ranked", "equal"),
		"Cleanup":  r.oneOf("action: delete-object", "action: make-normal-disconnector", "action: make-explicit-disconnector", "type: scripted"),
		"Deletion": r.oneOf("mv-object-type: person, type: scripted", "mv-object-type: person, type: declared-any, src-ma: HR", "mv-object-type: person, type: declared-last", "mv-object-type: person, type: declared-last, src-ma: [AD, Phone]"),
		"Project":  r.oneOf("mv-object-type: person", "mv-object-type: person", "type: scripted"), "Filter": r.fails("", "type: scripted, "), "ScriptedJoin": r.often(30),
		"Resolve": r.often(30), "Recall": r.often(70), "DNStyle": r.oneOf("generic", "none", "ldap"),
		"Threshold": r.fails("", "object: 3", "delete: 1", "batch-size: 1"), "Part": 1 + r.IntN(5), "Actions": r.actions(), "In": "", "Other": "",
	}
	var out bytes.Buffer
	if err := template.Must(template.New("").Funcs(template.FuncMap{"partitioned": partitioned}).Parse(randomTemplate)).Execute(&out, values); err != nil {
		t.Fatal(err)
	}
	put("scenario.yaml", out.String())
	return files
}

// partitioned are the values for the run profiles of the agent with two
// partitions.
func partitioned(values map[string]any) map[string]any {
	inside := maps.Clone(values)
	inside["In"], inside["Other"] = "partition: DC=fab, ", "partition: DC=res, "
	return inside
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
		dn := id
		if r.often(10) {
			dn = "moved " + id
		}
		fmt.Fprintf(&b, "dn: cn=%s\nobjectClass: %s\nemployeeID: %s\nname: %s\n", dn, class, id, r.oneOf("Ann", "Bob", "Eva", "Name "+id, "Zoë"))
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
			b += fmt.Sprintf("%d,%s,%s\n", i+1, r.oneOf("", "555-1", "555-2"), r.oneOf("", "", "Boss", "Ext"))
		}
	}
	return b
}

func (r random) accounts() string {
	var b strings.Builder
	for i := range r.IntN(5) {
		name := r.oneOf(fmt.Sprintf("old %d", i), fmt.Sprintf("Name %d", i+1)) // the second is what somebody may be called
		fmt.Fprintf(&b, "dn: CN=%s,%s\nobjectClass: user\ndisplayName: old %d\n", name, r.oneOf("OU=Staff,DC=fab", "OU=Staff,DC=fab", "OU=Out,DC=fab", "OU=Staff,DC=res"), i)
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

// provisioning draws the script of the metaverse, which may fail, take accounts
// back, put others in their place, and let go of the source.
func (r random) provisioning() string {
	return fmt.Sprintf(`
def provision(mv):
    accounts = mv.connectors("AD")
    if mv.type == "device":
        dn = "OU=" + mv.connectors("HR")[0].dn.replace("cn=", "robot ") + ",OU=%[3]s" if mv.connectors("HR").count else ""
        if dn and accounts.count == 0:
            accounts.new_connector("organizationalUnit", dn = dn, catch = True)
        elif dn and accounts.count == 1:
            accounts[0].rename(dn, catch = True)
        return
    name = mv["displayName"]
    if name == %[1]q:
        fail("nobody is called " + name)
    dn = "CN=" + (name or "nobody") + ",OU=%[3]s"
    if mv["title"] == %[2]q:
        for a in accounts:
            a.deprovision()
        %[6]s
        return
    if accounts.count == 0 and name != None:
        accounts.new_connector("user", dn = dn%[4]s)
    elif accounts.count == 1 and name != None:
        accounts[0].rename(dn%[4]s)

def should_delete(cs, mv):
    return %[5]s
`, r.fails("nobody at all", "Ann"), r.oneOf("Boss", "none"), r.oneOf("Staff,DC=fab", "Staff,DC=fab", r.fails("Staff,DC=fab", "Nowhere,DC=fab", "Out,DC=fab"), "Staff,DC=res"),
		r.oneOf("", ", catch = True"), r.fails("True", "mv[\"title\"] == None", "fail(\"no\")"),
		r.oneOf("pass", "pass", `accounts.new_connector("user", dn = dn, catch = True)`, `[c.deprovision() for c in mv.connectors("HR")]`))
}

// rules draws the script of the people and their telephones.
func (r random) rules() string {
	return fmt.Sprintf(`
def filter(cs):
    return cs["title"] == %[1]q

def should_project(cs):
    return %[2]s

def import_flow(context, cs, mv):
    if cs["title"] == %[3]q:
        %[4]s
    mv["nick"] = cs["name"] + %[5]q

def map_join(context, cs):
    return %[6]s

def resolve_join(context, cs, candidates):
    return %[7]s
`, r.oneOf("Boss", "Clerk"), r.fails(`"person"`, `"person" if cs["title"] else None`, `"nothing"`, `fail("no")`), r.oneOf("Boss", "Clerk", "Test"),
		r.fails("return declined", `fail("no")`, `mv.delete("nick")`, "terminate_run()", "pass"), r.oneOf("", "!"),
		r.fails(`[cs["id"]]`, `[cs["id"], cs["id"]]`, "declined", "[]", `fail("no")`), r.fails("0", "None", "len(candidates)", "len(candidates) - 1", `(0, "device")`, `fail("no")`))
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
`, r.oneOf("Boss", "Clerk"), r.fails("return declined", `fail("no")`, `unexpected_data("what?")`, "not_implemented()", "terminate_run()", "pass"),
		r.fails(r.oneOf("disconnector", "explicit-disconnector", "delete"), "what"))
}

// actions draws runs, changes and faults; often runs that belong together.
func (r random) actions() []string {
	list := []string{"run: {ma: AD, profile: FIDS}", "run: {ma: AD, profile: Both}"}
	open, faults := 0, 20
	if r.calm {
		faults = 6
	}
	run := func(agent, profile, more string) {
		list = append(list, fmt.Sprintf("run: {ma: %s, profile: %s%s}", agent, profile, more))
	}
	for range 6 + r.IntN(12) {
		switch n := r.IntN(100); {
		case n < 12:
			agent := r.oneOf("HR", "Phone", "AD")
			file := map[string]string{"HR": fmt.Sprintf("hr-%d.ldif", r.IntN(4)), "Phone": fmt.Sprintf("phone-%d.csv", r.IntN(4)), "AD": fmt.Sprintf("ad-%d.ldif", r.IntN(3))}[agent]
			list = append(list, fmt.Sprintf("apply: {ma: %s, file: %s}", agent, file))
		case n < 12+faults:
			open++
			list = append(list, fmt.Sprintf("fault: {id: f%d, %s}", open, r.fault()))
		case n < 36 && open > 0:
			list = append(list, fmt.Sprintf("end: f%d", open))
			open--
		case n < 70:
			agent := r.oneOf("HR", "HR", "Phone")
			list = append(list, fmt.Sprintf("apply: {ma: %s, file: %s}", agent, fmt.Sprintf(map[string]string{"HR": "hr-%d.ldif", "Phone": "phone-%d.csv"}[agent], r.IntN(4))))
			run(agent, r.oneOf("FI", "FI", "DI"), "")
			run(agent, r.oneOf("DS", "FS"), "")
			run("AD", "EX", "")
			run("AD", r.oneOf("FI", "DI", "FIDS", "Both"), "")
			run("AD", r.oneOf("DS", "FS"), "")
		default:
			profile, steps, more := r.oneOf("FI", "DI", "FIDS", "FIFS", "DIDS", "DS", "FS", "FSJ", "EX", "All", "DS", "EX", "Both"), 1, ""
			if profile == "All" || profile == "Both" {
				steps = 4
			}
			if r.often(8) {
				more = fmt.Sprintf(", stopAfter: {step: %d, objects: %d%s}", 1+r.IntN(steps), r.IntN(4), r.oneOf("", ", result: stopped-user-termination-from-extension"))
			}
			if r.often(8) {
				more += ", resume: true"
			}
			run(r.oneOf("HR", "AD", "Phone"), profile, more)
		}
	}
	return list
}

func (r random) fault() string {
	ou := r.oneOf("OU=Staff,DC=fab", "OU=Staff,DC=fab", "OU=Staff,DC=res")
	dn := r.oneOf("CN=Ann,"+ou, "CN=Bob,"+ou, "CN=Eva,"+ou)
	times := r.oneOf("", ", times: 1", ", times: 2")
	agent := r.oneOf("HR", "AD", "Phone")
	cd := r.oneOf("", "", ", errorCode: 81", ", errorCode: 5, errorLiteral: Access is denied.")
	switch r.IntN(15) {
	case 0:
		return fmt.Sprintf("ma: %s, kind: connect, result: %s, afterObjects: %d%s%s", agent, r.oneOf("failed-connection", "failed-authentication", "dropped-connection", "failed-search"), r.IntN(4), cd, times)
	case 1:
		return fmt.Sprintf("ma: %s, kind: discovery-error, type: %s, object: %q%s%s", r.oneOf("HR", "Phone"), r.term(terms.DiscoveryError), r.id(), cd, times)
	case 2:
		return fmt.Sprintf("ma: %s, kind: discovery-error, type: %s, page: %d, entry: %d, attribute: title%s", agent, r.term(terms.DiscoveryError), 1+r.IntN(3), 1+r.IntN(3), times)
	case 3:
		return fmt.Sprintf("ma: AD, kind: export-error, type: %s, dn: %q%s%s", r.term(terms.ExportError), dn, cd, times)
	case 4:
		return fmt.Sprintf("ma: AD, kind: store-other-value, dn: %q, attribute: %s, value: other%s", dn, r.oneOf("title", "description"), times)
	case 5:
		return "ma: AD, kind: drop-write" + r.oneOf("", ", attribute: title", ", attribute: manager") + times
	case 6:
		return "ma: AD, kind: ignore-delete" + times
	case 7:
		return fmt.Sprintf("ma: %s, kind: withhold-record, %s%s", r.oneOf("AD", "HR"), r.oneOf(fmt.Sprintf("dn: %q", dn), fmt.Sprintf("object: %q", r.id())), times)
	case 8:
		return "ma: AD, kind: reference-failure, attribute: manager" + r.oneOf("", fmt.Sprintf(", value: %q", dn)) + times
	case 9:
		return fmt.Sprintf("ma: AD, kind: answer, answer: %s%s", r.oneOf("convert-update-to-add", "provisioning-parent", "retry-references", "custom-continue", "custom-stop"), r.oneOf(", times: 1", ", times: 2"))
	case 10:
		return fmt.Sprintf("ma: %s, kind: lock, %s, type: %s%s", r.oneOf("HR", "AD"), r.oneOf(fmt.Sprintf("dn: cn=%s", r.id()), fmt.Sprintf("dn: %q", dn)),
			r.oneOf("locking-error-needs-retry", "write-locking-error-needs-retry"), times)
	case 11, 12:
		return fmt.Sprintf("kind: extension, outcome: %s, site: %s%s", r.oneOf("exception", "crash", "timeout"), r.term(terms.CallSite), times)
	case 13:
		return fmt.Sprintf("ma: %s, kind: step-result, result: %s, when: %s, times: 1%s", agent, r.term(terms.StepResult), r.oneOf("before", "during"), r.oneOf("", ", step: 2"))
	}
	return fmt.Sprintf("kind: stop-service, afterObjects: %d, times: 1%s", r.IntN(5), r.oneOf("", ", step: 2"))
}

// term draws a word of the schema, but for results that say how far a run is.
func (r random) term(kind terms.Kind) string {
	var words []string
	for _, t := range terms.All() {
		if t.Kind == kind && t.Products&terms.UPSMODS != 0 && t.Name != "in-progress" && t.Name != "success" && t.Name != "completed-skipped-already-completed" && !strings.HasPrefix(t.Name, "completing-") {
			words = append(words, t.Name)
		}
	}
	return r.oneOf(words...)
}
