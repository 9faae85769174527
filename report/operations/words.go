package operations

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/runhist/runhist/report/terminal"
	"github.com/runhist/runhist/schemas/rundetails"
)

// brief makes text of a document fit to be shown and kept: clean, without
// white space around it, at most limit bytes, in memory of its own.
func brief(value string, limit int) string {
	value = strings.TrimSpace(value)
	if len(value) > limit {
		cut := limit
		for cut > 0 && !utf8.RuneStart(value[cut]) {
			cut--
		}
		value = value[:cut] + "…"
	}
	return strings.Clone(terminal.Clean(value))
}

// firstLine is the first line of a text that has something on it.
func firstLine(value string) string {
	value = strings.TrimSpace(value)
	if end := strings.IndexAny(value, "\r\n\u2028\u2029"); end >= 0 {
		value = value[:end]
	}
	return value
}

// StepType says in the words of the product what a step does. A type or
// subtype that the product does not have is shown as it is.
func StepType(d *rundetails.Description) string {
	name, subtypes := d.StepType()
	name = strings.TrimSpace(name)
	set := map[string]bool{}
	var others []string
	for _, list := range subtypes {
		// One element may list several.
		for subtype := range strings.SplitSeq(list, ",") {
			if subtype = strings.TrimSpace(subtype); subtype != "" && !set[subtype] {
				set[subtype] = true
				others = append(others, subtype)
			}
		}
	}
	words, used := typeWords(name, set)
	var notes []string
	for _, subtype := range others {
		switch subtype {
		case used:
		case "to-cs":
			notes = slices.Insert(notes, 0, "Stage Only")
		case "to-file":
			notes = append(notes, "to File")
		case "resume-from-file":
			notes = append(notes, "from File")
		default:
			notes = append(notes, subtype)
		}
	}
	if len(notes) > 0 {
		words += " (" + strings.Join(notes, ", ") + ")"
	}
	return brief(words, 200)
}

// typeWords returns the name of a step type, and the subtype that the name
// says already.
func typeWords(name string, subtypes map[string]bool) (words, used string) {
	imports := func(kind, combined string) (string, string) {
		if len(subtypes) > 0 { // it ends at the connector space, or at a file
			return kind + " Import", ""
		}
		return kind + " Import and " + combined, ""
	}
	switch name {
	case "full-import":
		return imports("Full", "Delta Synchronization")
	case "full-import-reevaluate-rules":
		return imports("Full", "Full Synchronization")
	case "delta-import":
		return imports("Delta", "Delta Synchronization")
	case "export":
		return "Export", ""
	case "apply-rules":
		switch {
		case subtypes["apply-pending"]:
			return "Delta Synchronization", "apply-pending"
		case subtypes["reevaluate-flow-connectors"]:
			return "Full Synchronization", "reevaluate-flow-connectors"
		case subtypes["reevaluate-join-flow-all"]:
			return "Full Synchronization", ""
		}
		return "Synchronization", ""
	}
	return name, ""
}

// Grade tells how bad a step result is: its level, and a rank that orders
// results within levels too. A step that stopped is worse than one that
// completed with errors, as the product ranks them.
func Grade(result string) (Level, int) {
	switch result {
	case "completed-skipped-already-completed":
		// Below success: a resumed run skips the steps that an earlier run
		// completed, and its result is that of the others.
		return Success, 0
	case "success":
		return Success, 1
	case "in-progress", "completing-obsoletion", "completing-obsolation", "completing-obsolescence",
		"completing-referential-updates", "completing-recomputation":
		return Running, 2
	case "completed-no-objects":
		return Warning, 3
	case "completed-warnings":
		return Warning, 4
	case "completed-transient-objects":
		return Warning, 5
	case "completed-sync-errors":
		return Error, 7
	case "completed-export-errors":
		return Error, 8
	case "completed-discovery-errors":
		return Error, 9
	}
	switch {
	case strings.HasPrefix(result, "no-start-"):
		return Error, 10
	case strings.HasPrefix(result, "stopped-"):
		return Error, 11
	}
	return Warning, 6 // missing or unknown
}

// connectionLevel grades a connection result.
func connectionLevel(result string) Level {
	switch {
	case result == "success", result == "successful-connection":
		return Success
	case result == "", strings.HasPrefix(result, "warning-"):
		return Warning
	}
	return Error
}

// String is the level in a word.
func (l Level) String() string {
	return [...]string{Success: "success", Running: "running", Warning: "warning", Error: "error"}[l]
}

// mark is the sign of a level.
func (l Level) mark() string {
	return [...]string{Success: "✓", Running: "…", Warning: "!", Error: "✗"}[l]
}
