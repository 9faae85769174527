package datatype

import "math"

// kind selects the lexical check of a type.
type kind uint8

const (
	kindAny kind = iota // every literal is good once white space is handled
	kindBoolean
	kindDecimal
	kindInteger
	kindUnsigned
	kindFloat
	kindDuration
	kindDateTime
	kindTime
	kindDate
	kindGYearMonth
	kindGYear
	kindGMonthDay
	kindGDay
	kindGMonth
	kindHexBinary
	kindBase64Binary
	kindAnyURI
	kindLanguage
	kindName
	kindNCName
	kindNMTOKEN
	kindQName
	kindList
)

// limits bounds an integer type. Both bounds are magnitudes: min is how far the
// type reaches below zero, max how far above. A type without a bound on one
// side says so, for its literals may have any number of digits.
type limits struct {
	min, max     uint64
	noMin, noMax bool
	notZero      bool // negativeInteger and positiveInteger
}

// definition is one row of the table of built-in types. A base precedes the
// types derived from it.
type definition struct {
	name, base, item string
	kind             kind
	limits           limits
}

// derivations is the hierarchy of XML Schema Part 2, section 3. The integer
// types below nonNegativeInteger with an upper bound have a kind of their own
// because they are by far the most frequent in run histories.
var derivations = []definition{
	{name: "anySimpleType", kind: kindAny},

	{name: "string", base: "anySimpleType", kind: kindAny},
	{name: "normalizedString", base: "string", kind: kindAny},
	{name: "token", base: "normalizedString", kind: kindAny},
	{name: "language", base: "token", kind: kindLanguage},
	{name: "NMTOKEN", base: "token", kind: kindNMTOKEN},
	{name: "Name", base: "token", kind: kindName},
	{name: "NCName", base: "Name", kind: kindNCName},
	{name: "ID", base: "NCName", kind: kindNCName},
	{name: "IDREF", base: "NCName", kind: kindNCName},
	{name: "ENTITY", base: "NCName", kind: kindNCName},
	{name: "NMTOKENS", base: "anySimpleType", item: "NMTOKEN", kind: kindList},
	{name: "IDREFS", base: "anySimpleType", item: "IDREF", kind: kindList},
	{name: "ENTITIES", base: "anySimpleType", item: "ENTITY", kind: kindList},

	{name: "boolean", base: "anySimpleType", kind: kindBoolean},
	{name: "float", base: "anySimpleType", kind: kindFloat},
	{name: "double", base: "anySimpleType", kind: kindFloat},
	{name: "decimal", base: "anySimpleType", kind: kindDecimal},
	{name: "integer", base: "decimal", kind: kindInteger,
		limits: limits{noMin: true, noMax: true}},
	{name: "nonPositiveInteger", base: "integer", kind: kindInteger,
		limits: limits{noMin: true}},
	{name: "negativeInteger", base: "nonPositiveInteger", kind: kindInteger,
		limits: limits{noMin: true, notZero: true}},
	{name: "long", base: "integer", kind: kindInteger,
		limits: limits{min: 1 << 63, max: math.MaxInt64}},
	{name: "int", base: "long", kind: kindInteger,
		limits: limits{min: 1 << 31, max: math.MaxInt32}},
	{name: "short", base: "int", kind: kindInteger,
		limits: limits{min: 1 << 15, max: math.MaxInt16}},
	{name: "byte", base: "short", kind: kindInteger,
		limits: limits{min: 1 << 7, max: math.MaxInt8}},
	{name: "nonNegativeInteger", base: "integer", kind: kindInteger,
		limits: limits{noMax: true}},
	{name: "positiveInteger", base: "nonNegativeInteger", kind: kindInteger,
		limits: limits{noMax: true, notZero: true}},
	{name: "unsignedLong", base: "nonNegativeInteger", kind: kindUnsigned,
		limits: limits{max: math.MaxUint64}},
	{name: "unsignedInt", base: "unsignedLong", kind: kindUnsigned,
		limits: limits{max: math.MaxUint32}},
	{name: "unsignedShort", base: "unsignedInt", kind: kindUnsigned,
		limits: limits{max: math.MaxUint16}},
	{name: "unsignedByte", base: "unsignedShort", kind: kindUnsigned,
		limits: limits{max: math.MaxUint8}},

	{name: "duration", base: "anySimpleType", kind: kindDuration},
	{name: "dateTime", base: "anySimpleType", kind: kindDateTime},
	{name: "time", base: "anySimpleType", kind: kindTime},
	{name: "date", base: "anySimpleType", kind: kindDate},
	{name: "gYearMonth", base: "anySimpleType", kind: kindGYearMonth},
	{name: "gYear", base: "anySimpleType", kind: kindGYear},
	{name: "gMonthDay", base: "anySimpleType", kind: kindGMonthDay},
	{name: "gDay", base: "anySimpleType", kind: kindGDay},
	{name: "gMonth", base: "anySimpleType", kind: kindGMonth},

	{name: "hexBinary", base: "anySimpleType", kind: kindHexBinary},
	{name: "base64Binary", base: "anySimpleType", kind: kindBase64Binary},
	{name: "anyURI", base: "anySimpleType", kind: kindAnyURI},
	{name: "QName", base: "anySimpleType", kind: kindQName},
	{name: "NOTATION", base: "anySimpleType", kind: kindQName},
}

// builtins maps local names to the built-in types.
var builtins = derive(derivations)

func derive(table []definition) map[string]*Type {
	types := make(map[string]*Type, len(table))
	for _, d := range table {
		types[d.name] = &Type{
			name:       d.name,
			base:       types[d.base],
			item:       types[d.item],
			whiteSpace: whiteSpaceOf(d.name),
			kind:       d.kind,
			limits:     d.limits,
		}
	}
	return types
}

// whiteSpaceOf holds the exceptions: every other built-in type collapses.
func whiteSpaceOf(name string) WhiteSpace {
	switch name {
	case "anySimpleType", "string":
		return Preserve
	case "normalizedString":
		return Replace
	default:
		return Collapse
	}
}

// Builtin returns the built-in simple type with the given local name: one of
// the 44 types of XML Schema Part 2, or anySimpleType.
func Builtin(local string) (*Type, bool) {
	t, ok := builtins[local]
	return t, ok
}

// Names lists the local names of all built-in simple types, bases before what
// is derived from them.
func Names() []string {
	names := make([]string, 0, len(derivations))
	for _, d := range derivations {
		names = append(names, d.name)
	}
	return names
}
