package requirements

import (
	"fmt"
	"strings"
)

// Table names one of the four tables that hold requirement rows.
type Table string

// The tables, in the order in which All returns their rows.
const (
	// TableDocument holds the normative statements about the document.
	TableDocument Table = "document"
	// TableConsistency holds what follows from the text or from arithmetic.
	TableConsistency Table = "consistency"
	// TableMIIS2003 holds the older import-error reference.
	TableMIIS2003 Table = "miis2003"
	// TableProtocol holds the statements about the methods.
	TableProtocol Table = "protocol"
)

// Class says what it takes to decide whether a row is kept.
type Class string

// The classes. The last three are those of whole tables.
const (
	// ClassSchema marks a row that the XML Schema enforces.
	ClassSchema Class = "schema"
	// ClassDocument marks a row that the document alone decides.
	ClassDocument Class = "document"
	// ClassContext marks a row that needs the run profile, the data source or
	// earlier runs.
	ClassContext Class = "context"
	// ClassContradiction marks a row that conflicts with the schema or with
	// another row; its Check says how to treat it.
	ClassContradiction Class = "contradiction"
	// ClassConsistency marks every row of consistency.tsv.
	ClassConsistency Class = "consistency"
	// ClassMIIS2003 marks every row of miis2003.tsv.
	ClassMIIS2003 Class = "miis2003"
	// ClassProtocol marks every row of protocol.tsv.
	ClassProtocol Class = "protocol"
)

// Severity is the grade of a violation of a row.
type Severity string

// The severities. A loaded row always has one of them.
const (
	// SeverityNone marks a row that calls for no check.
	SeverityNone Severity = "none"
	// SeverityInfo marks what is worth knowing and no fault.
	SeverityInfo Severity = "info"
	// SeverityWarning marks what is probably a fault.
	SeverityWarning Severity = "warning"
	// SeverityError marks a fault.
	SeverityError Severity = "error"
	// SeveritySchema marks a row that the schema stage enforces, so that no
	// rule has to.
	SeveritySchema Severity = "by the schema"
)

// Row is one row of a requirement table.
type Row struct {
	// ID is the permanent id, for example R172.
	ID string
	// Table is the table that the row comes from.
	Table Table
	// Section is the section of the specification. A row of consistency.tsv
	// has the section of the first of its source lines that a row of
	// document.tsv or protocol.tsv quotes, or none.
	Section string
	// Line is the 1-based line of the specification's text that the row rests
	// on, the one in Section where there are several, or 0 where the row rests
	// on no line of it. For a row of miis2003.tsv it is a line of the older
	// reference.
	Line int
	// Lines is the cell that Line was read from, with all lines and other
	// sources.
	Lines string
	// Path is the path as the table has it, or the method of a protocol row.
	Path string
	// Level is MUST, MUST NOT, SHOULD or statement, and empty for a row of
	// consistency.tsv.
	Level string
	// Statement is the requirement in words.
	Statement string
	// Class is schema, document, context or contradiction for a row of
	// document.tsv and the class of the whole table for any other.
	Class Class
	// TableClass is the class column of the row's own table: it differs from
	// Class for the rows of miis2003.tsv, and nowhere else.
	TableClass Class
	// Check says how to check the row. Correction wins over it.
	Check string
	// Severity is the grade under profile upsmods, with the correction
	// applied. Where the grade depends on the arm of the check, it is the
	// highest one.
	Severity Severity
	// Lower is the grade of the second arm where the table splits a row, and
	// SeverityNone elsewhere.
	Lower Severity
	// ProfileSeverity is the grade of a row of miis2003.tsv under profile
	// miis2003, with the correction applied, and SeverityNone elsewhere.
	ProfileSeverity Severity
	// SameRule names the rules that stand for this row as well.
	SameRule []string
	// Correction is the last column, which overrides Check.
	Correction string
	// Reason says why a row of consistency.tsv holds.
	Reason string
	// Risk tells what may make a row of consistency.tsv a false alarm.
	Risk string
	// Difference says how a row of miis2003.tsv differs from [MS-UPSMODS].
	Difference string
}

// Erratum is one decision about the printed listings.
type Erratum struct {
	// ID is the permanent id, E01 and so on.
	ID string
	// Where names the type or element concerned.
	Where string
	// WholeListing is what the listing of section 2.2.1 says.
	WholeListing string
	// SectionListing is what the listing of the section or its prose says.
	SectionListing string
	// Chosen is what the schema of this module has.
	Chosen string
	// Why gives the reason.
	Why string
}

// parseClass reads a cell of the class column.
func parseClass(cell string) (Class, error) {
	switch class := Class(cell); class {
	case ClassSchema, ClassDocument, ClassContext, ClassContradiction:
		return class, nil
	}
	return "", fmt.Errorf("unknown class %q", cell)
}

// parseIDs reads a cell that lists ids. An empty cell gives nil.
func parseIDs(cell string) []string {
	if cell == "" {
		return nil
	}
	return strings.Split(cell, ", ")
}

// firstNumber returns the first run of digits of a cell as a number, or 0.
func firstNumber(cell string) int {
	number, _ := cutNumber(cell)
	return number
}

// cutNumber returns the first number in text and what follows it; 0 and
// nothing where there is none.
func cutNumber(text string) (number int, rest string) {
	start := strings.IndexFunc(text, isDigit)
	if start < 0 {
		return 0, ""
	}
	end := start
	for end < len(text) && isDigit(rune(text[end])) {
		number = number*10 + int(text[end]-'0')
		end++
	}
	return number, text[end:]
}

func isDigit(r rune) bool {
	return r >= '0' && r <= '9'
}
