package requirements

import (
	_ "embed"
	"fmt"
	"strings"
)

//go:embed document.tsv
var documentTSV string

//go:embed consistency.tsv
var consistencyTSV string

//go:embed miis2003.tsv
var miis2003TSV string

//go:embed protocol.tsv
var protocolTSV string

//go:embed errata.tsv
var errataTSV string

// rowCount is the number of requirement rows, so that nothing grows while
// loading. It is a hint: the tests know the true numbers.
const rowCount = 1301

// Load parses the embedded tables. An error means that a table of this folder
// was edited into something that cannot be read.
func Load() (*Tables, error) {
	rows := make([]Row, 0, rowCount)
	for _, source := range [...]struct {
		name, text string
		read       func(record) (Row, error)
	}{
		{"document.tsv", documentTSV, documentRow},
		{"consistency.tsv", consistencyTSV, consistencyRow},
		{"miis2003.tsv", miis2003TSV, miis2003Row},
		{"protocol.tsv", protocolTSV, protocolRow},
	} {
		err := eachRecord(source.text, func(r record) error {
			row, err := source.read(r)
			rows = append(rows, row)
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("reading %s: %w", source.name, err)
		}
	}
	t := &Tables{rows: rows, byID: make(map[string]int, len(rows))}
	for i := range rows {
		if _, ok := t.byID[rows[i].ID]; ok {
			return nil, fmt.Errorf("requirement %s stands twice in the tables", rows[i].ID)
		}
		t.byID[rows[i].ID] = i
	}
	for i := range rows {
		for _, rule := range rows[i].SameRule {
			if _, ok := t.byID[rule]; !ok {
				return nil, fmt.Errorf("requirement %s names the rule %q, which no table has", rows[i].ID, rule)
			}
		}
	}
	if err := eachRecord(errataTSV, t.addErratum); err != nil {
		return nil, fmt.Errorf("reading errata.tsv: %w", err)
	}
	deriveSections(rows)
	t.covered = coverage(rows, t.byID)
	var err error
	if t.places, err = newPlaceIndex(rows, t.byID); err != nil {
		return nil, fmt.Errorf("indexing the places of the schema rows: %w", err)
	}
	return t, nil
}

// record is one line of a table with the columns that its header names.
type record struct {
	columns []string
	cells   []string
	// missing collects the columns that a reader asked for and the header does
	// not have.
	missing *[]string
}

// cell returns the cell of the named column. A row may be short: what it lacks
// is empty.
func (r record) cell(column string) string {
	for i, name := range r.columns {
		if name != column {
			continue
		}
		if i < len(r.cells) {
			return r.cells[i]
		}
		return ""
	}
	*r.missing = append(*r.missing, column)
	return ""
}

// eachRecord calls visit for every line after the header. The cells of a
// record are only valid during the call; the strings in them are for ever.
func eachRecord(text string, visit func(record) error) error {
	header, rest, _ := strings.Cut(text, "\n")
	var missing []string
	r := record{columns: strings.Split(header, "\t"), missing: &missing}
	for number := 2; rest != ""; number++ {
		var line string
		line, rest, _ = strings.Cut(rest, "\n")
		r.cells = r.cells[:0]
		for more := true; more; {
			var cell string
			cell, line, more = strings.Cut(line, "\t")
			r.cells = append(r.cells, cell)
		}
		if len(r.cells) > len(r.columns) {
			return fmt.Errorf("line %d: %d cells under %d columns", number, len(r.cells), len(r.columns))
		}
		if err := visit(r); err != nil {
			return fmt.Errorf("line %d: %w", number, err)
		}
		if len(missing) > 0 {
			return fmt.Errorf("no column %q", missing[0])
		}
	}
	return nil
}

// commonRow reads the columns that every table of requirements has.
func commonRow(r record, table Table, class Class) Row {
	return Row{
		ID:              r.cell("id"),
		Table:           table,
		Check:           r.cell("check"),
		Class:           class,
		TableClass:      class,
		Severity:        SeverityNone,
		Lower:           SeverityNone,
		ProfileSeverity: SeverityNone,
	}
}

// sourced reads the columns that every table but consistency.tsv has.
func sourced(row Row, r record) Row {
	row.Section = r.cell("section")
	row.Lines = r.cell("line")
	row.Line = firstNumber(row.Lines)
	row.Level = r.cell("level")
	row.Statement = r.cell("statement")
	return row
}

func documentRow(r record) (Row, error) {
	class, err := parseClass(r.cell("class"))
	if err != nil {
		return Row{}, err
	}
	row := sourced(commonRow(r, TableDocument, class), r)
	row.Path = r.cell("path")
	row.SameRule = parseIDs(r.cell("same rule as"))
	row.Correction = r.cell("correction (wins over check)")
	g, err := readGrades(row.ID, r.cell("severity"), row.Correction)
	row.Severity, row.Lower = g.grade, g.lower
	return row, err
}

func consistencyRow(r record) (Row, error) {
	row := commonRow(r, TableConsistency, ClassConsistency)
	row.Path = r.cell("path")
	row.Statement = r.cell("rule")
	row.Lines = r.cell("source lines")
	row.Reason = r.cell("reason")
	row.Risk = r.cell("risk of false alarms")
	row.SameRule = parseIDs(r.cell("same rule as"))
	row.Correction = r.cell("correction (wins over check and severity)")
	g, err := readGrades(row.ID, r.cell("severity"), row.Correction)
	row.Severity, row.Lower = g.grade, g.lower
	return row, err
}

func miis2003Row(r record) (Row, error) {
	class, err := parseClass(r.cell("class"))
	if err != nil {
		return Row{}, err
	}
	row := sourced(commonRow(r, TableMIIS2003, ClassMIIS2003), r)
	row.TableClass = class
	row.Path = r.cell("path")
	row.Difference = r.cell("difference from MS-UPSMODS")
	row.SameRule = parseIDs(r.cell("same rule as"))
	row.Correction = r.cell("correction (wins over check)")
	g, err := readGrades(row.ID, r.cell("severity (profile miis2003)"), row.Correction)
	row.ProfileSeverity = g.grade
	return row, err
}

func protocolRow(r record) (Row, error) {
	row := sourced(commonRow(r, TableProtocol, ClassProtocol), r)
	row.Path = r.cell("method")
	return row, nil
}

func (t *Tables) addErratum(r record) error {
	t.errata = append(t.errata, Erratum{
		ID:             r.cell("id"),
		Where:          r.cell("where"),
		WholeListing:   r.cell("whole listing 2.2.1 says"),
		SectionListing: r.cell("section listing or prose says"),
		Chosen:         r.cell("chosen in run-details.xsd"),
		Why:            r.cell("why"),
	})
	return nil
}

// deriveSections gives the rows of consistency.tsv, which have source lines
// only, the section of the first line that a row of document.tsv or
// protocol.tsv quotes. Line numbers after a semicolon or the name of another
// text do not count: they are lines of that text.
func deriveSections(rows []Row) {
	sections := make(map[int]string, len(rows))
	for i := range rows {
		if rows[i].Table == TableDocument || rows[i].Table == TableProtocol {
			sections[rows[i].Line] = rows[i].Section
		}
	}
	for i := range rows {
		if rows[i].Table != TableConsistency {
			continue
		}
		lines, _, _ := strings.Cut(rows[i].Lines, ";")
		if lines == "" || !isDigit(rune(lines[0])) {
			continue
		}
		// Line and Section go together; a row without section keeps the line.
		rows[i].Line = firstNumber(lines)
		for lines != "" {
			var line int
			line, lines = cutNumber(lines)
			if section, ok := sections[line]; ok {
				rows[i].Line, rows[i].Section = line, section
				break
			}
		}
	}
}
