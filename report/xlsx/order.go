package xlsx

import (
	"slices"

	"github.com/runhist/runhist/report/tables"
)

// first names the columns that people look at first, by table. The others
// follow in their order.
var first = map[string][]string{
	"runs": {"ma_name", "run_profile", "run_number", "start", "duration_ms", "outcome", "result", "result_meaning", "steps",
		"discovery_errors", "import_errors", "export_errors", "retry_errors", "end"},
	"steps": {"ma_name", "run_profile", "run_number", "step_number", "step_type_name", "partition", "step_start", "duration_ms", "outcome", "result",
		"result_meaning", "connection_result", "server", "discovery_errors", "import_errors", "export_errors", "retry_errors"},
	"counters": {"ma_name", "run_profile", "run_number", "step_number", "step_type", "step_start", "block", "target_ma_name", "counter", "count", "meaning"},
	"errors": {"ma_name", "run_profile", "run_number", "step_start", "kind", "error_type", "object", "days_in_error", "retries", "first_occurred",
		"last_occurred", "message", "code", "code_meaning", "exception", "type_meaning", "algorithm_step", "extension", "call_site",
		"mapping_source", "mapping_destination"},
	"unconfirmed_changes": {"ma_name", "run_profile", "run_number", "step_start", "dn", "side", "operation", "attribute", "attribute_operation", "value_operation", "value"},
	"connection_incidents": {"ma_name", "run_profile", "run_number", "step_start", "date", "result", "result_meaning", "server", "code", "code_hex",
		"code_meaning", "message"},
	"object_errors": {"ma_name", "run_profile", "run_number", "step_start", "error_type", "type_meaning", "dn", "attribute", "value", "entry_number",
		"line_number", "column_number"},
	"ageing": {"ma_name", "kind", "error_type", "container", "new", "persistent", "cleared", "open_days_max", "open_days_median", "oldest_open"},
	"durations": {"ma_name", "run_profile", "last_outcome", "last_start", "last_success", "runs_since_success", "runs", "succeeded", "with_warnings",
		"failed", "running"},
	"findings": {"severity", "rule", "message", "file", "line", "column"},
}

// order is the columns of a table in the order of its sheet, by their numbers.
func order(t *tables.Table) []int {
	var all []int
	for _, name := range first[t.Name] {
		if i := t.Column(name); i >= 0 {
			all = append(all, i)
		}
	}
	for i := range t.Columns {
		if !slices.Contains(all, i) {
			all = append(all, i)
		}
	}
	return all
}

// sheetOrder is the order of sheets by their tables; others follow.
var sheetOrder = []string{"runs", "steps", "errors", "object_errors", "unconfirmed_changes", "connection_incidents", "counters", "ageing", "durations",
	"days", "weeks", "months", "trend", "comparison", "flow", "flow_exports", "findings", "rules", "documents"}

// byOrder compares sheets by that order.
func byOrder(a, b *sheet) int {
	place := func(s *sheet) int {
		if i := slices.Index(sheetOrder, s.table.Name); i >= 0 {
			return i
		}
		return len(sheetOrder)
	}
	return place(a) - place(b)
}

// titles are the names of sheets that differ from the titles of their tables.
var titles = map[string]string{
	"unconfirmed_changes":  "Changes",
	"connection_incidents": "Connections",
	"object_errors":        "Discovery",
	"flow_exports":         "Exports",
}

// tabs are the colours of the tabs of sheets.
var tabs = map[string]string{
	"errors": chart2, "unconfirmed_changes": chart2, "connection_incidents": chart2, "object_errors": chart2, "findings": chart2,
	"runs": chart1, "steps": chart1, "counters": chart1,
	"ageing": chart3, "durations": chart3, "flow": chart3, "flow_exports": chart3, "trend": chart3, "comparison": chart3, "days": chart3, "weeks": chart3, "months": chart3,
}
