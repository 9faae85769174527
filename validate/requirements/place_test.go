package requirements_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/runhist/runhist/validate/requirements"
)

const (
	runPath    = "/run-history/run-details"
	stepPath   = runPath + "/step-details"
	importPath = stepPath + "/synchronization-errors/import-error"
	exportPath = stepPath + "/synchronization-errors/export-error"
	retryPath  = stepPath + "/mv-retry-errors/retry-error"
	objectPath = stepPath + "/ma-discovery-errors/ma-object-error"
	deltaPath  = importPath + "/change-not-reimported/delta"
	entryPath  = importPath + "/change-not-reimported/entry"
)

func splitLast(path string) (parent, name string) {
	at := strings.LastIndexByte(path, '/')
	return path[:at], path[at+1:]
}

func TestEverySchemaRowIsReached(t *testing.T) {
	tables := load(t)
	reached := map[string]bool{}
	for _, place := range xsdPlaces(readXSD(t)) {
		for _, id := range tables.SchemaRows(place) {
			reached[id] = true
		}
	}
	rows := 0
	for _, row := range tables.All() {
		if row.Class != requirements.ClassSchema {
			delete(reached, row.ID)
			continue
		}
		rows++
		if !reached[row.ID] {
			t.Errorf("no place of the schema reaches %s (%s: %s)", row.ID, row.Path, row.Statement)
		}
	}
	if rows != 139 || len(reached) != rows {
		t.Errorf("%d rows of class schema, %d rows reached, want 139 of both", rows, len(reached))
	}
}

// The type of a place follows from its path, so naming it must add nothing.
func TestTypeAddsNothingToThePath(t *testing.T) {
	tables := load(t)
	for _, place := range xsdPlaces(readXSD(t)) {
		if place.Type == requirements.TypeNamespace {
			continue
		}
		typed := tables.SchemaRows(place)
		bare := place
		bare.Type = ""
		if untyped := tables.SchemaRows(bare); !slices.Equal(typed, untyped) {
			t.Errorf("%+v: %v with the type, %v without", place, typed, untyped)
		}
	}
}

// The rows about a type go with the type, wherever it stands.
func TestTypeRowsGoWithTheType(t *testing.T) {
	tables := load(t)
	rows := map[string]string{
		"guidType": "R003", "progressType": "R006", "numberType": "R007", "connectionResultType": "R011",
		"algorithmStepRestrictedType": "R013", "dn-valueType": "R015", "dn-valueDeltaType": "R016",
		"dnAttributeType": "R017", "dnAttributeDeltaType": "R018", "attributeType": "R021",
		"attributeDeltaType": "R022", "importAndMVRetryErrorType": "R023", "extensionCallsiteType": "R024",
		"extensionErrorInfoType": "R025", "directMappingType": "R026", "scriptedMappingType": "R027",
		"constantMappingType": "R028", "dnPartMappingType": "R029", "rulesErrorInfoType": "R030",
		"counterDetailFalseType": "R033", "counterDetailTrueType": "R034", "ma-connectionType": "R035",
		"step-detailsType": "R053",
	}
	// These rows speak of elements below the type as well.
	below := []string{
		"R029 dn-part", "R030 context", "R030 attribute-mapping", "R035 connection-log",
	}
	readXSD(t).walk(func(e *xsdElement) {
		_, element := splitLast(e.path)
		for name, id := range rows {
			// A dn-value of a delta is a dn-value, and more.
			want := name == e.typeName || name == "dn-valueType" && e.typeName == "dn-valueDeltaType" ||
				slices.Contains(below, id+" "+element)
			if got := slices.Contains(tables.SchemaRows(requirements.Place{Path: e.path}), id); got != want {
				t.Errorf("%s of type %q: %s is %v, want %v", e.path, e.typeName, id, got, want)
			}
		}
		for _, a := range e.attributes {
			got := tables.SchemaRows(requirements.Place{Path: e.path, Attribute: a.name})
			for _, name := range []string{"guidType", "progressType", "numberType"} {
				if has, want := slices.Contains(got, rows[name]), name == a.typeName; has != want {
					t.Errorf("%s/@%s of type %q: %s is %v, want %v", e.path, a.name, a.typeName, rows[name], has, want)
				}
			}
		}
	})
}

// A document that lacks a child, or has one too many, always breaks some row,
// but for the elements that no row of class schema describes.
func TestChildrenAlwaysHaveARow(t *testing.T) {
	tables := load(t)
	silent := []string{objectPath + "/cd-error/server-error-detail"}
	// All that is wrong breaks these.
	whole := []string{"R001", "R159", "R183", "R237"}
	readXSD(t).walk(func(e *xsdElement) {
		for _, child := range e.children {
			_, name := splitLast(child.path)
			got := slices.DeleteFunc(tables.SchemaRows(requirements.Place{Path: e.path, Child: name}),
				func(id string) bool { return slices.Contains(whole, id) })
			if want := !slices.Contains(silent, child.path); len(got) > 0 != want {
				t.Errorf("%s: rows %v, want some: %v", child.path, got, want)
			}
		}
	})
}

// placeTest is a place and the rows that a violation there breaks.
type placeTest struct {
	place requirements.Place
	want  string
}

func checkPlaces(t *testing.T, tests []placeTest) {
	t.Helper()
	tables := load(t)
	for _, test := range tests {
		if got := strings.Join(tables.SchemaRows(test.place), " "); got != test.want {
			t.Errorf("%+v:\n got %s\nwant %s", test.place, got, test.want)
		}
	}
}

func TestSchemaRowsOfRuns(t *testing.T) {
	type place = requirements.Place
	const ns = requirements.TypeNamespace
	checkPlaces(t, []placeTest{
		// The root, and what stands around the runs.
		{place{Path: "/", Child: "report"}, "R001 R055"},
		{place{Path: "/report"}, "R001 R055"},
		{place{Path: "/run-history"}, "R001 R056"},
		{place{Path: "/run-history", Child: "report"}, "R001 R056"},
		{place{Path: "/run-history", Child: "run-details"}, "R001 R054 R056 R057 R058"},
		{place{Path: "/run-history", Attribute: "xmlns", Presence: true}, "R001 R056"},
		{place{Path: "/run-history", Type: ns}, "R001 R002 R055"},
		{place{Path: runPath, Child: "ma-id", Type: ns}, "R001 R002 R054 R056"},
		{place{Path: runPath + "/ma-id", Type: ns}, "R001 R002 R054 R056"},
		{place{Path: stepPath, Attribute: "step-id", Type: ns}, "R001 R002 R003 R053 R067"},
		{place{Path: "/execution-histories/run-history/run-details/ma-id"}, "R001 R003"},
		{place{Path: "/execution-histories/run-details", Child: "ma-id"}, "R001 R054 R056"},

		// Run and step.
		{place{Path: runPath + "/ma-id", Type: "guidType"}, "R001 R003"},
		{place{Path: runPath + "/run-number", Type: "numberType"}, "R001 R007"},
		{place{Path: runPath + "/security-id", Type: "security-idType"}, "R001"},
		{place{Path: runPath, Child: "step-details"}, "R001 R054 R056 R067 R068"},
		{place{Path: stepPath, Child: "end-date"}, "R001 R053 R067"},
		{place{Path: stepPath, Child: "ma-connection"}, "R001 R053 R067 R159"},
		{place{Path: stepPath, Child: "retry-error"}, "R001 R053 R067"},
		{place{Path: stepPath, Attribute: "step-id"}, "R001 R003 R067"},
		{place{Path: stepPath, Attribute: "step-number", Presence: true}, "R001 R007 R053 R067"},
		{place{Path: stepPath + "/step-result"}, "R001 R067 R073"},
		{place{Path: stepPath + "/step-result", Child: "b"}, "R001 R010 R067 R073"},
		{place{Path: stepPath + "/step-result", Attribute: "progress", Type: "progressType"}, "R001 R006 R010"},
		{place{Path: stepPath + "/step-result", Attribute: "steps", Presence: true}, "R001 R010"},
		{place{Path: stepPath + "/step-description/custom-data/anchor", Attribute: "encoding"}, ""},
		{place{Path: stepPath + "/step-description", Child: "delta"}, ""},

		// Contradictions that the schema decides.
		{place{Path: stepPath, Child: "inbound-flow-counters"}, "R001 R053 R067 R157 R509"},
		{place{Path: objectPath + "/cd-error", Child: "value"}, "R001 R183 R231"},
		{place{Path: stepPath + "/inbound-flow-counters/disconnector-filtered", Attribute: "detail"}, "R001 R034 R509 R511"},
		{place{Path: stepPath + "/outbound-flow-counters/provisioned-rename-flow", Attribute: "detail"}, "R001 R034 R470 R481"},

		// Connection and discovery.
		{place{Path: stepPath + "/ma-connection/connection-result", Type: "connectionResultType"}, "R001 R011 R159 R162"},
		{place{Path: stepPath + "/ma-connection/connection-log/incident/connection-result"}, "R001 R011 R159 R177"},
		{place{Path: stepPath + "/ma-connection/connection-log", Child: "report"}, "R001 R035 R159"},
		{place{Path: stepPath + "/ma-connection/connection-log/incident", Child: "date"}, "R001 R036 R159"},
		{place{Path: stepPath + "/ma-connection/connection-log/incident/cd-error", Child: "server-error-detail"}, "R001 R037 R159"},
		{place{Path: stepPath + "/ma-connection/connection-log/incident/cd-error", Child: "error-code"}, "R001 R037 R159 R181"},
		{place{Path: objectPath + "/error-type"}, "R001 R183 R185"},
		{place{Path: objectPath, Child: "error-type"}, "R001 R039 R183 R185"},
		{place{Path: objectPath + "/anchor", Attribute: "encoding"}, "R001 R014 R183 R223"},
	})
}

func TestSchemaRowsOfErrorsAndCounters(t *testing.T) {
	type place = requirements.Place
	checkPlaces(t, []placeTest{
		// Import errors.
		{place{Path: importPath + "/error-type", Type: "importAndMVRetryErrorType"}, "R001 R023 R237 R248"},
		{place{Path: importPath, Attribute: "cs-guid", Presence: true}, "R001 R042 R237"},
		{place{Path: importPath + "/algorithm-step"}, "R001 R013 R237 R302"},
		{place{Path: importPath + "/algorithm-step", Attribute: "ma-id"}, "R001 R003 R012 R237 R316"},
		{place{Path: importPath + "/extension-error-info/extension-callsite"}, "R001 R024 R237 R360"},
		{place{Path: importPath + "/extension-error-info", Child: "call-stack"}, "R001 R025 R237 R357"},
		{place{Path: importPath + "/rules-error-info/context/attribute-mapping", Attribute: "context-id", Presence: true}, "R001 R031 R237"},
		{place{Path: importPath + "/rules-error-info/context", Attribute: "cs-object-id"}, "R001 R003 R032 R237 R380"},
		{place{Path: importPath + "/rules-error-info/context", Child: "attribute-mapping"}, "R001 R030 R237 R384"},
		{place{Path: importPath + "/rules-error-info/context/attribute-mapping/dn-part-mapping/dn-part"}, "R001 R029 R237 R394"},
		{place{Path: deltaPath, Attribute: "operation"}, "R001 R237 R321"},
		{place{Path: deltaPath, Attribute: "operation", Presence: true}, "R001 R043 R237 R321"},
		{place{Path: deltaPath + "/dn-attr/dn-value", Child: "dn"}, "R001 R015 R016 R237 R333"},
		{place{Path: deltaPath + "/attr/value", Attribute: "encoding"}, "R001 R019 R020 R237 R348"},
		{place{Path: deltaPath + "/attr", Attribute: "type"}, "R001 R022 R237 R340"},
		{place{Path: entryPath + "/attr", Attribute: "operation", Presence: true}, "R001 R021 R237"},
		{place{Path: entryPath + "/dn-attr", Attribute: "multivalued"}, "R001 R017 R237"},
		{place{Path: entryPath, Child: "objectclass"}, "R001 R044 R237 R355"},
		{place{Path: importPath + "/change-not-reimported", Child: "entry"}, "R001 R044 R237"},

		// Export and retry errors.
		{place{Path: exportPath + "/error-type"}, "R001 R237 R406"},
		{place{Path: exportPath, Attribute: "cs-guid", Presence: true, Type: "guidType"}, "R001 R003 R045 R237 R398"},
		{place{Path: exportPath + "/cd-error", Child: "error-literal"}, "R001 R046 R237 R451"},
		{place{Path: retryPath + "/error-type"}, "R001 R023 R454 R460"},
		{place{Path: retryPath + "/algorithm-step"}, "R001 R013 R454 R461"},
		{place{Path: retryPath + "/algorithm-step", Attribute: "ma-id"}, "R001 R003 R012 R454 R462"},
		{place{Path: retryPath + "/extension-error-info/extension-callsite"}, "R001 R024 R454 R465"},
		{place{Path: retryPath, Child: "rules-error-info"}, "R001 R048 R454 R467"},
		{place{Path: retryPath + "/rules-error-info/context", Attribute: "ma-id"}, "R001 R003 R032 R454 R467"},

		// Counters.
		{place{Path: stepPath + "/export-counters/export-add", Attribute: "detail"}, "R001 R034 R544 R546"},
		{place{Path: stepPath + "/export-counters/export-add", Attribute: "detail", Presence: true, Type: "counterDetailTrueType"}, "R001 R034 R544 R546"},
		{place{Path: stepPath + "/export-counters/export-add", Type: "counterDetailTrueType"}, "R001 R034 R544"},
		{place{Path: stepPath + "/export-counters", Child: "export-add"}, "R001 R052 R544"},
		{place{Path: stepPath + "/staging-counters/stage-no-change", Attribute: "detail"}, "R001 R033 R494 R496"},
		{place{Path: stepPath + "/inbound-flow-counters/disconnector-remains"}, "R001 R033 R509"},
		{place{Path: stepPath + "/inbound-flow-counters", Child: "disconnecter-filtered"}, "R001 R051 R509"},
		{place{Path: stepPath + "/outbound-flow-counters", Attribute: "ma", Presence: true}, "R001 R049 R470"},
		{place{Path: stepPath + "/ma-discovery-counters", Child: "report"}, "R001 R040 R232"},
	})
}

func TestSchemaRowsAtOnce(t *testing.T) {
	tables := load(t)
	places := xsdPlaces(readXSD(t))
	want := make([]string, len(places))
	for i, place := range places {
		want[i] = fmt.Sprint(tables.SchemaRows(place))
	}
	var workers sync.WaitGroup
	for range 4 {
		workers.Go(func() {
			for i, place := range places {
				if got := fmt.Sprint(tables.SchemaRows(place)); got != want[i] {
					t.Errorf("%+v: %s, and %s before", place, got, want[i])
				}
			}
		})
	}
	workers.Wait()
}

func BenchmarkSchemaRows(b *testing.B) {
	tables, err := requirements.Load()
	if err != nil {
		b.Fatal(err)
	}
	place := requirements.Place{Path: importPath + "/rules-error-info/context", Attribute: "ma-id", Type: "guidType"}
	b.ReportAllocs()
	for b.Loop() {
		tables.SchemaRows(place)
	}
}
