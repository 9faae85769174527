// Package datatype implements the simple types of W3C XML Schema Part 2
// (XSD 1.0, second edition): the built-in types, the regular expression
// dialect of the pattern facet, and the little arithmetic that range facets
// need.
//
// It is made for the hot path of a streaming validator: values are byte slices
// as an XML parser delivers them (valid UTF-8, only characters that XML allows,
// references already resolved) and checking one does not allocate.
//
// Where libxml2 and the specification disagree the specification wins; the
// disagreements are listed in the differential test of this package.
package datatype

// Verdict is the outcome of checking a value against a simple type.
type Verdict uint8

const (
	// Valid means that the value belongs to the type.
	Valid Verdict = iota
	// Malformed means that the value is not in the lexical space of the type.
	Malformed
	// OutOfRange means that the value is well-formed for the primitive type,
	// but lies outside the range of this type.
	OutOfRange
)

// String returns the verdict in words, for messages and tests.
func (v Verdict) String() string {
	switch v {
	case Valid:
		return "valid"
	case Malformed:
		return "malformed"
	case OutOfRange:
		return "out of range"
	default:
		return "unknown verdict"
	}
}

// Type is one of the built-in simple types. Types are compared by identity:
// Builtin returns the same pointer for the same name every time.
type Type struct {
	name       string
	base       *Type
	item       *Type
	whiteSpace WhiteSpace
	kind       kind
	limits     limits
}

// Name returns the local name of the type, without a prefix.
func (t *Type) Name() string { return t.name }

// String returns the local name of the type.
func (t *Type) String() string { return t.name }

// Base returns the type this one is derived from, or nil for anySimpleType.
func (t *Type) Base() *Type { return t.base }

// Item returns the item type of a list type (NMTOKENS, IDREFS, ENTITIES), or
// nil for an atomic type.
func (t *Type) Item() *Type { return t.item }

// WhiteSpace returns the value of the whiteSpace facet of the type.
func (t *Type) WhiteSpace() WhiteSpace { return t.whiteSpace }

// DerivesFrom reports whether base is this type or one of its ancestors. A list
// type derives from anySimpleType, not from its item type.
func (t *Type) DerivesFrom(base *Type) bool {
	for u := t; u != nil; u = u.base {
		if u == base {
			return true
		}
	}
	return false
}

// Check says whether value belongs to the type. It applies the whiteSpace facet
// itself and neither changes nor retains value. Types that depend on the rest
// of the document are checked for their lexical form only: a QName or NOTATION
// may have an unbound prefix, an IDREF may point nowhere.
func (t *Type) Check(value []byte) Verdict {
	switch t.kind {
	case kindAny:
		return Valid
	case kindUnsigned:
		return checkUnsigned(value, t.limits.max)
	case kindInteger:
		return checkInteger(value, &t.limits)
	case kindList:
		return t.item.checkList(value)
	default:
		return t.checkAtom(TrimSpace(value))
	}
}

// checkAtom judges one white-space-free literal. It is a switch rather than a
// function pointer so that the compiler sees that value does not escape, and
// callers may pass buffers that live on their stack.
func (t *Type) checkAtom(value []byte) Verdict {
	switch t.kind {
	case kindBoolean:
		return verdict(isBoolean(value))
	case kindDecimal:
		return verdict(isDecimal(value))
	case kindFloat:
		return verdict(isFloat(value))
	case kindDuration:
		return verdict(isDuration(value))
	case kindDateTime, kindTime, kindDate, kindGYearMonth, kindGYear,
		kindGMonthDay, kindGDay, kindGMonth:
		return verdict(isCalendar(t.kind, value))
	case kindHexBinary:
		return verdict(isHexBinary(value))
	case kindBase64Binary:
		return verdict(isBase64Binary(value))
	case kindAnyURI:
		return verdict(isURIReference(value))
	case kindLanguage:
		return verdict(isLanguage(value))
	case kindName:
		return verdict(isName(value))
	case kindNCName:
		return verdict(isNCName(value))
	case kindNMTOKEN:
		return verdict(isNMTOKEN(value))
	case kindQName:
		return verdict(isQName(value))
	default:
		return Valid
	}
}

// checkList judges a white space separated, non-empty list of items of type t.
func (t *Type) checkList(value []byte) Verdict {
	value = TrimSpace(value)
	if len(value) == 0 {
		return Malformed
	}
	for len(value) > 0 {
		end := 0
		for end < len(value) && !isSpace(value[end]) {
			end++
		}
		if v := t.checkAtom(value[:end]); v != Valid {
			return v
		}
		value = trimLeft(value[end:])
	}
	return Valid
}

func verdict(ok bool) Verdict {
	if ok {
		return Valid
	}
	return Malformed
}
