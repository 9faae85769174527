package engine

import (
	"fmt"
	"slices"
)

// Switch is an assumption that changes a number: no public text settles it,
// and one real run can.
type Switch struct {
	Name   string
	Values []string // the first is the default
	// Moves are the counters, results and errors that it moves; inbound and
	// outbound stand for all counters of their block.
	Moves   string
	Rule    string
	Meaning string
}

// Default is the value of a switch that a Setup does not name.
func (s Switch) Default() string { return s.Values[0] }

// Switches returns the assumptions of the engine, by name.
func Switches() []Switch {
	onOff, offOn := []string{"true", "false"}, []string{"false", "true"}
	return []Switch{
		{"combined-sync-scope", []string{"imported", "pending"}, "connector-no-flow, disconnector-filtered", "SE-K22", "a combined step also synchronizes entries that came in unchanged"},
		{"confirmed-add-counts-as", []string{"add", "update"}, "stage-add, stage-update", "SE-K02", "the class of an exported add that comes back for the first time"},
		{"delete-first", onOff, "order of exports", "SE-K28", "deletes and delete-adds are exported before adds and updates"},
		{"delta-discovery-result", []string{"completed-discovery-errors", "completed-warnings"}, "step-result", "SE-K33", "the result of a delta import with discovery errors"},
		{"disc-delete-uncounted", onOff, "disconnector-remains", "SE section 6.2", "a pending delete on a disconnector removes it without a count; false: it counts as disconnector-remains"},
		{"discovery-in-stage-failure", []string{"engine", "none", "all"}, "stage-failure", "SE-K06", "which discovery errors stage-failure counts"},
		{"duplicate-scope", []string{"step", "run"}, "stage-failure, stage-no-change, ma-object-error, step-result", "SE-K07", "within what the second report of an anchor is a duplicate"},
		{"ecnr-counts-toward-error-limit", offOn, "step-result", "SE section 8", "exported-change-not-reimported counts as an error for the limit"},
		{"emit-unrun-steps", offOn, "step-details", "SE-K35", "steps that were not reached have a record, with the result no-start-server"},
		{"export-parent-hoist", offOn, "order of exports", "SE-K28", "a parent that is to be added is exported before its children, whatever it refers to"},
		{"export-tie", []string{"dn", "guid"}, "order of exports", "SE-D4", "what decides between exports of equal references and depth"},
		{"fixup-on", []string{"continue-set", "success-only"}, "connector-flow, outbound connector-no-flow", "SE-K14", "after which results references to promoted placeholders are fixed"},
		{"fullsync-disconnectors", onOff, "disconnector-*", "SE-K57", "a full synchronization also evaluates disconnectors"},
		{"fullsync-outbound-always", onOff, "outbound connector-no-flow", "SE section 4", "a full synchronization applies outbound rules to objects that did not change"},
		{"inequality-on-absent", offOn, "disconnector-filtered, disconnector-projected-flow, connector-filtered-*, connector-flow", "SE-K48", "inequality is met by an absent attribute"},
		{"mvdel-counts", onOff, "outbound provisioned-disconnect", "SE section 6.3", "connectors that go with their metaverse object count as disconnected"},
		{"noobjects-full-only", onOff, "step-result", "SE section 7", "only a full import ends with completed-no-objects"},
		{"numimportadd", []string{"candidates", "pending-add"}, "NumImportAdd", "SE-N7", "which disconnectors NumImportAdd counts"},
		{"omitted-reference-retry", []string{"on-connect", "always"}, "outbound connector-no-flow", "SE-D2", "when a reference without connector in the target agent is tried again"},
		{"out-of-scope-move", []string{"delete", "ignore"}, "stage-delete, filtered-objects", "SE-K39", "what a delta import does with a known object that left the containers"},
		{"partial-success-counts", offOn, "export-failure", "SE-K29", "partial-success counts as a failure"},
		{"placeholder-parent", []string{"exists", "missing"}, "flow-failure, disconnector-projected-flow, outbound provisioned-add-flow, import-error, step-result", "SE-Y12", "whether a placeholder is parent enough for provisioning, and may be made where no container was ever imported"},
		{"refilter-filtered", []string{"pending", "always"}, "disconnector-filtered", "SE-K48", "which filtered disconnectors a delta synchronization evaluates"},
		{"resolve-single", onOff, "disconnector-joined-*, disconnector-remains", "SE-K24", "a join resolution is called for a single match too"},
		{"retry-counts", onOff, "outbound", "SE-Y20", "outbound effects of the retry phase count"},
		{"sync-after-discovery-errors", onOff, "inbound, outbound", "SE-K22", "a combined step with discovery errors still synchronizes"},
	}
}

// switches are the assumptions as the engine reads them; one field for each
// name of the table.
type switches struct {
	syncImported          bool
	confirmedAddIsUpdate  bool
	deleteLast            bool
	deltaDiscoveryWarns   bool
	countDeletedRemains   bool
	discoveryFails        string
	duplicateRun          bool
	reimportCounts        bool
	emitUnrun             bool
	hoistParents          bool
	tieByGUID             bool
	fixOnSuccessOnly      bool
	fullDisconnectors     bool
	fullOutbound          bool
	inequalityOnAbsent    bool
	countMVDeletion       bool
	noObjectsAlways       bool
	importAddPending      bool
	retryOmitted          bool
	ignoreMoveOut         bool
	partialFails          bool
	placeholderNoParent   bool
	refilter              bool
	resolveManyOnly       bool
	retryUncounted        bool
	stopOnDiscoveryErrors bool
}

// newSwitches checks the chosen values against the table.
func newSwitches(chosen map[string]string) (switches, error) {
	table := Switches()
	value := make(map[string]string, len(table))
	for _, s := range table {
		value[s.Name] = s.Default()
		v, ok := chosen[s.Name]
		if !ok {
			continue
		}
		if !slices.Contains(s.Values, v) {
			return switches{}, fmt.Errorf("switch %s: %q is none of %q", s.Name, v, s.Values)
		}
		value[s.Name] = v
	}
	unknown := make([]string, 0)
	for name := range chosen {
		if _, ok := value[name]; !ok {
			unknown = append(unknown, name)
		}
	}
	if len(unknown) > 0 {
		slices.Sort(unknown)
		return switches{}, fmt.Errorf("switch %s: no such switch", unknown[0])
	}
	is := func(name, v string) bool { return value[name] == v }
	return switches{
		syncImported:          is("combined-sync-scope", "imported"),
		confirmedAddIsUpdate:  is("confirmed-add-counts-as", "update"),
		deleteLast:            is("delete-first", "false"),
		deltaDiscoveryWarns:   is("delta-discovery-result", "completed-warnings"),
		countDeletedRemains:   is("disc-delete-uncounted", "false"),
		discoveryFails:        value["discovery-in-stage-failure"],
		duplicateRun:          is("duplicate-scope", "run"),
		reimportCounts:        is("ecnr-counts-toward-error-limit", "true"),
		emitUnrun:             is("emit-unrun-steps", "true"),
		hoistParents:          is("export-parent-hoist", "true"),
		tieByGUID:             is("export-tie", "guid"),
		fixOnSuccessOnly:      is("fixup-on", "success-only"),
		fullDisconnectors:     is("fullsync-disconnectors", "true"),
		fullOutbound:          is("fullsync-outbound-always", "true"),
		inequalityOnAbsent:    is("inequality-on-absent", "true"),
		countMVDeletion:       is("mvdel-counts", "true"),
		noObjectsAlways:       is("noobjects-full-only", "false"),
		importAddPending:      is("numimportadd", "pending-add"),
		retryOmitted:          is("omitted-reference-retry", "always"),
		ignoreMoveOut:         is("out-of-scope-move", "ignore"),
		partialFails:          is("partial-success-counts", "true"),
		placeholderNoParent:   is("placeholder-parent", "missing"),
		refilter:              is("refilter-filtered", "always"),
		resolveManyOnly:       is("resolve-single", "false"),
		retryUncounted:        is("retry-counts", "false"),
		stopOnDiscoveryErrors: is("sync-after-discovery-errors", "false"),
	}, nil
}
