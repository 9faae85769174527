package requirements

import (
	"fmt"
	"strings"
)

// grades is what the columns of a row say about its severity.
type grades struct {
	grade Severity
	// lower is the grade of the second arm of a split row.
	lower Severity
}

// readGrades combines the severity column with the correction, which wins.
// A correction gives a grade in one of two forms: "severity: info" (also
// without the colon, and with a remark after the grade), or "; info" at the
// end of the check, before the sources in brackets. Grade words elsewhere in
// the cell explain and decide nothing; the few cells that grade arm by arm are
// in splitGrades.
func readGrades(id, column, correction string) (grades, error) {
	g := grades{grade: SeverityNone, lower: SeverityNone}
	switch severity := Severity(column); severity {
	case "":
	case SeverityInfo, SeverityWarning, SeverityError, SeveritySchema:
		g.grade = severity
	default:
		return g, fmt.Errorf("unknown severity %q", column)
	}
	if split, ok := splitGrades(id); ok {
		return split, nil
	}
	if _, after, ok := strings.Cut(correction, "severity"); ok {
		word := firstWord(after)
		switch severity := Severity(word); {
		case severity == SeverityInfo, severity == SeverityWarning, severity == SeverityError:
			g.grade = severity
		case word == "off":
			g.grade = SeverityNone
		case word == "retire":
			// The row lives on in the rule that its column "same rule as"
			// names, with the grade that both have.
		default:
			return g, fmt.Errorf("unknown severity in correction %q", correction)
		}
		return g, nil
	}
	if severity, ok := trailingGrade(correction); ok {
		g.grade = severity
	}
	return g, nil
}

// splitGrades returns the grades of the rows whose correction grades arm by
// arm in words of its own. Each was read by hand.
func splitGrades(id string) (grades, bool) {
	switch id {
	case "C017", // a failure without an export-error, and the reverse
		"R221",         // not base64, and base64 but for white space
		"R342", "R347", // the same, as the correction of R221 says
		"R346", // binary without @encoding, and needless @encoding
		"R449": // cd-error missing, and with another type
		return grades{grade: SeverityError, lower: SeverityWarning}, true
	case "R141": // numbers that are missing or cannot be, and a total of 0 (C047)
		return grades{grade: SeverityWarning, lower: SeverityInfo}, true
	case "C021": // of the two treatments it is the number of staging-errors
		return grades{grade: SeverityInfo, lower: SeverityNone}, true
	case "R358", "C088": // nine error types, and two for which it is uncertain
		return grades{grade: SeverityError, lower: SeverityInfo}, true
	case "R226": // "weak, info": the column had no check for it
		return grades{grade: SeverityInfo, lower: SeverityNone}, true
	}
	return grades{}, false
}

// trailingGrade finds "; info" and the like where nothing but sources in
// brackets follows.
func trailingGrade(correction string) (Severity, bool) {
	for _, severity := range [...]Severity{SeverityInfo, SeverityWarning, SeverityError} {
		_, after, ok := strings.Cut(correction, "; "+string(severity))
		if ok && (after == "" || strings.HasPrefix(after, " [")) {
			return severity, true
		}
	}
	return "", false
}

// firstWord returns the first run of lower-case letters.
func firstWord(text string) string {
	text = strings.TrimLeft(text, ": ")
	end := strings.IndexFunc(text, func(r rune) bool { return r < 'a' || r > 'z' })
	if end < 0 {
		return text
	}
	return text[:end]
}
