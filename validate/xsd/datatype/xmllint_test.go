package datatype

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"
)

// notCompared are the types on which xmllint judges more than the literal:
// whether entities and notations are declared. It knows no elements of the type
// anySimpleType with a literal out of its space.
var notCompared = []string{"anySimpleType", "ENTITY", "ENTITIES", "NOTATION"}

// difference describes values that libxml2 2.9.14 takes for something else than
// the specification does.
type difference struct {
	subjects string // types or expressions
	values   *regexp.Regexp
	ours     bool // what the specification says, as this package reads it
	reason   string
	seen     bool
}

const (
	boundedTypes  = "long int short byte unsignedLong unsignedInt unsignedShort unsignedByte "
	calendarTypes = "duration dateTime time date gYearMonth gYear gMonthDay gDay gMonth "
)

var typeDifferences = []difference{
	{subjects: boundedTypes + calendarTypes + "QName", values: regexp.MustCompile(`^\s|\s$`), ours: true,
		reason: "white space is not collapsed, unless in a type derived in the schema"},
	{subjects: "float double", values: regexp.MustCompile(`^\s*(-?INF|NaN)\s+$`), ours: true,
		reason: "white space is not collapsed after INF and NaN"},
	{subjects: calendarTypes + "decimal", values: regexp.MustCompile(`\d{19}`), ours: true,
		reason: "years and numbers are limited to some number of digits"},
	{subjects: "dateTime time", values: regexp.MustCompile(`:60`), ours: true,
		reason: "leap seconds are refused"},
	{subjects: "float double", values: regexp.MustCompile(`[eE][-+]?\s*$`),
		reason: "an exponent may be empty"},
	{subjects: "duration", values: regexp.MustCompile(`T(.*[A-Z])?(\.\d+|\d+\.)S`),
		reason: "seconds need no digit on one side of the period"},
	{subjects: "base64Binary", values: regexp.MustCompile(`[^A-Za-z0-9+/=\s]`),
		reason: "characters outside of the alphabet are skipped"},
	{subjects: "NMTOKENS IDREFS", values: regexp.MustCompile(`^\s*$`),
		reason: "a list may be empty"},
	{subjects: "anyURI", values: regexp.MustCompile(`\?.*[][]|:[^/].*[][]`), ours: true,
		reason: "RFC 3986 has no brackets in a query or in an opaque part"},
	{subjects: "anyURI", values: regexp.MustCompile(`//[^/]*:\D`), ours: true,
		reason: "RFC 3986 has no authority other than a host and a port"},
	{subjects: "anyURI", values: regexp.MustCompile(`^[^/]+:\s*(#|$)`),
		reason: "RFC 3986 allows nothing after a scheme"},
	{subjects: "anyURI", values: regexp.MustCompile(`//.*\[.*\]`),
		reason: "what is between the brackets of an IPv6 address is not checked"},
	{subjects: "QName", values: regexp.MustCompile(`:`), ours: true,
		reason: "prefixes must be bound, which this package leaves to its caller"},
}

var patternDifferences = []difference{
	{subjects: `\w* [\w-[\d_]]+`, values: regexp.MustCompile("\u0378"),
		reason: "unassigned characters are not in category C, so they are in \\w"},
	{subjects: `\W* \p{C} \p{Cn}`, values: regexp.MustCompile("\u0378"), ours: true,
		reason: "unassigned characters are not in category C, so they are not in \\W"},
	{subjects: `[\p{L}\p{N}]+`, values: regexp.MustCompile("日"), ours: true,
		reason: "of the ideographs only the first and the last are letters"},
	{subjects: `[a-z-[b-y-[m]]]+`, values: regexp.MustCompile("^amz$"), ours: true,
		reason: "what a nested subtraction saves from the outer one is lost all the same"},
}

// literal is a value to be checked as an element of a schema.
type literal struct {
	element, value string
}

func TestBuiltinAgainstXmllint(t *testing.T) {
	var names []string
	for name := range builtins {
		if !slices.Contains(notCompared, name) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	var schema bytes.Buffer
	var literals []literal
	for _, name := range names {
		fmt.Fprintf(&schema, `<xs:element name="%s" type="xs:%s"/>`, name, name)
		for _, value := range allValues() {
			literals = append(literals, literal{name, value})
		}
	}
	random := rand.New(rand.NewPCG(1, 2))
	for _, test := range builtinTests {
		if slices.Contains(names, test.name) {
			for range 150 {
				value := mutate(random, test.valid[random.IntN(len(test.valid))])
				literals = append(literals, literal{test.name, value})
			}
		}
	}
	accepted := runXmllint(t, schema.String(), literals)
	for i, l := range literals {
		ours := builtins[l.element].Check([]byte(l.value)) == Valid
		if ours != accepted[i] {
			explain(t, typeDifferences, l.element, l.value, ours)
		}
	}
	expectSeen(t, typeDifferences)
}

func TestPatternAgainstXmllint(t *testing.T) {
	const refused = `[a--[b]]+` // libxml2 takes the first dash for a range
	exprs := []string{`\i`, `\c`}
	var values []string
	for _, s := range schemaPatterns {
		exprs = append(exprs, s.expr)
		values = append(values, s.value)
	}
	for _, test := range matchTests {
		if test.expr != refused {
			exprs = append(exprs, test.expr)
			values = slices.Concat(values, test.match, test.noMatch)
		}
	}
	slices.Sort(values)
	values = slices.DeleteFunc(slices.Compact(values), func(value string) bool {
		return strings.ContainsAny(value, "\x01\v\uffff") // not in XML
	})
	comparePatterns(t, exprs, values, patternDifferences)
	expectSeen(t, patternDifferences)
}

// TestNameCharactersAgainstXmllint looks at every character of the basic plane,
// in runs that this package takes to be alike.
func TestNameCharactersAgainstXmllint(t *testing.T) {
	var values []string
	for _, set := range []runeSet{nameStartSet, nameCharSet} {
		for _, ranges := range []runeSet{set, set.negate()} {
			for _, r := range ranges {
				values = append(values, charactersOf(r))
			}
		}
	}
	comparePatterns(t, []string{`\i+`, `\I+`, `\c+`, `\C+`}, values, nil)
}

// charactersOf returns the printable part of a range in the basic plane.
func charactersOf(r runeRange) string {
	var text strings.Builder
	for c := max(r.lo, ' '); c <= min(r.hi, 0xfffd); c++ {
		if utf8.ValidRune(c) {
			text.WriteRune(c)
		}
	}
	return text.String()
}

// comparePatterns matches all values with all expressions.
func comparePatterns(t *testing.T, exprs, values []string, known []difference) {
	t.Helper()
	var schema bytes.Buffer
	var literals []literal
	var patterns []*Pattern
	for i, expr := range exprs {
		name := "p" + strconv.Itoa(i)
		fmt.Fprintf(&schema, `<xs:element name="%s"><xs:simpleType><xs:restriction base="xs:string"><xs:pattern value="`, name)
		if err := xml.EscapeText(&schema, []byte(expr)); err != nil {
			t.Fatal(err)
		}
		schema.WriteString(`"/></xs:restriction></xs:simpleType></xs:element>`)
		p, err := CompilePattern(expr)
		if err != nil {
			t.Fatal(err)
		}
		for _, value := range values {
			literals = append(literals, literal{name, value})
			patterns = append(patterns, p)
		}
	}
	accepted := runXmllint(t, schema.String(), literals)
	for i, l := range literals {
		if ours := patterns[i].Match([]byte(l.value)); ours != accepted[i] {
			explain(t, known, patterns[i].String(), l.value, ours)
		}
	}
}

// explain fails the test unless a known difference accounts for a value.
func explain(t *testing.T, known []difference, subject, value string, ours bool) {
	t.Helper()
	for i := range known {
		d := &known[i]
		if d.ours == ours && slices.Contains(strings.Fields(d.subjects), subject) && d.values.MatchString(value) {
			d.seen = true
			return
		}
	}
	t.Errorf("%s: %q is accepted: %v, by xmllint: %v", subject, value, ours, !ours)
}

// expectSeen fails the test if a difference is not one.
func expectSeen(t *testing.T, known []difference) {
	t.Helper()
	for i := range known {
		if !known[i].seen {
			t.Errorf("xmllint does not differ here: %s", known[i].reason)
		}
	}
}

// mutate changes a value in one or two places.
func mutate(random *rand.Rand, value string) string {
	const insertions = " \n+-.:/019aEZTPé="
	runes, extra := []rune(value), []rune(insertions)
	for range 1 + random.IntN(2) {
		i := random.IntN(len(runes) + 1)
		r := extra[random.IntN(len(extra))]
		switch {
		case random.IntN(3) == 0 || i == len(runes):
			runes = slices.Insert(runes, i, r)
		case random.IntN(2) == 0:
			runes = slices.Delete(runes, i, i+1)
		default:
			runes[i] = r
		}
	}
	return string(runes)
}

// allValues returns the values of all tables that XML can represent, so that
// every type also meets the literals of every other.
func allValues() []string {
	var values []string
	for _, test := range builtinTests {
		values = slices.Concat(values, test.valid, test.malformed, test.outOfRange)
	}
	slices.Sort(values)
	return slices.Compact(values)
}

// runXmllint validates all literals in one document, one on each line, and
// returns which of them it accepts.
func runXmllint(t *testing.T, elements string, literals []literal) []bool {
	t.Helper()
	xmllint, err := exec.LookPath("xmllint")
	if err != nil {
		t.Skip("xmllint is not installed")
	}
	version, err := exec.Command(xmllint, "--version").CombinedOutput()
	if err != nil || !bytes.Contains(version, []byte("version 20914")) {
		t.Skipf("the known differences are those of libxml2 2.9.14: %.60s", version)
	}
	if len(literals) > 60_000 {
		t.Fatalf("%d literals: libxml2 counts lines in 16 bits", len(literals))
	}
	schema := `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="values"><xs:complexType>` +
		`<xs:choice minOccurs="0" maxOccurs="unbounded">` + elements + `</xs:choice></xs:complexType></xs:element></xs:schema>`
	var document bytes.Buffer
	document.WriteString(`<values xmlns:xs="x" xmlns:a="a" xmlns:é="e">` + "\n")
	for _, l := range literals {
		document.WriteString("<" + l.element + ">")
		if err := xml.EscapeText(&document, []byte(l.value)); err != nil {
			t.Fatal(err)
		}
		document.WriteString("</" + l.element + ">\n")
	}
	document.WriteString("</values>\n")

	folder := t.TempDir()
	schemaFile, documentFile := filepath.Join(folder, "s.xsd"), filepath.Join(folder, "d.xml")
	for name, content := range map[string][]byte{schemaFile: []byte(schema), documentFile: document.Bytes()} {
		if err := os.WriteFile(name, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	output, err := exec.Command(xmllint, "--noout", "--schema", schemaFile, documentFile).CombinedOutput()
	if !strings.Contains(string(output), documentFile+" fails to validate") && err != nil {
		t.Fatalf("xmllint: %v\n%.2000s", err, output)
	}
	accepted := slices.Repeat([]bool{true}, len(literals))
	for _, match := range errorLine.FindAllSubmatch(output, -1) {
		line, err := strconv.Atoi(string(match[1]))
		if err != nil || line < 2 || line > len(literals)+1 {
			t.Fatalf("xmllint: unexpected %s", match[0])
		}
		accepted[line-2] = false
	}
	return accepted
}

var errorLine = regexp.MustCompile(`(?m)^.*?d\.xml:(\d+): element .*Schemas validity error`)
