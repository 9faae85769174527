//go:build libxml2 && cgo

package libxml2

import "strings"

// complaint is what the choice of an identifier depends on.
type complaint struct {
	code      int
	message   string
	attribute bool // about an attribute of the element
	root      bool // about the root element
	place     int  // inRoot, or outside
	last      bool // raised after the last piece of the document
	next      int  // the byte the parser stands at, noByte at the end
}

// inRoot is complaint.place between the tags of the root, RH_IN_ROOT of stream.h.
const inRoot = 1

// noByte is complaint.next at the end of the input.
const noByte = -1

// The codes of libxml2 that decide an identifier (libxml/xmlerror.h).
const (
	errDocumentEmpty     = 4
	errDocumentEnd       = 5
	errInvalidCharRef    = 8
	errInvalidChar       = 9
	errEntityFirst       = 14 // ENTITYREF_AT_EOF
	errEntityLast        = 30 // ENTITY_IS_PARAMETER
	errNSDecl            = 35
	errAttributeRepeated = 42
	errDoctypeUnfinished = 61
	errTagMismatch       = 76
	errTagUnfinished     = 77
	errInvalidEncoding   = 81
	errExtraContent      = 86
	errEntityLoop        = 89
	errUserStop          = 111
	errNSFirst           = 200
	errNSRepeated        = 203
	errNSLast            = 205 // COLON

	errFacetFirst    = 1829
	errFacetLast     = 1838
	errTypeAttribute = 1827 // CVC_TYPE_3_1_1
	errTypeElement   = 1828 // CVC_TYPE_3_1_2
	errPattern       = 1839
	errEnumeration   = 1840
	errEmptyContent  = 1841 // CVC_COMPLEX_TYPE_2_1
	errSimpleContent = 1842 // CVC_COMPLEX_TYPE_2_2
	errElementOnly   = 1843 // CVC_COMPLEX_TYPE_2_3
	errComplexType24 = 1844 // CVC_COMPLEX_TYPE_2_4
	errUndeclared    = 1845 // CVC_ELT_1
	errNotNillable   = 1847 // CVC_ELT_3_1
	errNilContent    = 1848 // CVC_ELT_3_2_1
	errXSIFirst      = 1850 // CVC_ELT_4_1
	errXSILast       = 1852 // CVC_ELT_4_3
	errAttrFirst     = 1861 // CVC_ATTRIBUTE_1
	errAttrLast      = 1865 // CVC_COMPLEX_TYPE_3_1
	errAttrUnknown   = 1866 // CVC_COMPLEX_TYPE_3_2_1
	errAttrWildcard  = 1867 // CVC_COMPLEX_TYPE_3_2_2
	errAttrMissing   = 1868 // CVC_COMPLEX_TYPE_4
	errContent       = 1871 // ELEMENT_CONTENT
	errAttrFixed     = 1874 // CVC_AU
	errWildcard      = 1878 // CVC_WILDCARD
)

// schemaID chooses the identifier of a complaint about validity.
func (c complaint) schemaID() string {
	switch {
	case c.code == errAttrUnknown, c.code == errAttrWildcard, c.code == errTypeAttribute, c.code == errNotNillable:
		return "XSD-attribute-unexpected"
	case c.code == errAttrMissing:
		return "XSD-attribute-missing"
	case c.attribute && c.code == errWildcard:
		return "XSD-attribute-unexpected"
	case c.attribute, c.code == errAttrFixed, between(c.code, errAttrFirst, errAttrLast), between(c.code, errXSIFirst, errXSILast):
		return "XSD-attribute-value"
	case c.code == errUndeclared && c.root:
		return "XSD-unexpected-root"
	case c.code == errEnumeration:
		return "XSD-enumeration"
	case c.code == errPattern:
		return "XSD-pattern"
	case between(c.code, errFacetFirst, errFacetLast):
		return "XSD-range"
	}
	return c.contentID()
}

// contentID chooses between the identifiers of an element's content; what
// remains is a value outside its datatype.
func (c complaint) contentID() string {
	switch c.code {
	case errContent, errComplexType24:
		if strings.Contains(c.message, "Missing child element(s)") {
			return "XSD-missing-element"
		}
		return "XSD-unexpected-element"
	case errTypeElement, errSimpleContent, errWildcard, errUndeclared:
		return "XSD-unexpected-element"
	case errElementOnly:
		return "XSD-unexpected-text"
	case errEmptyContent, errNilContent:
		if strings.Contains(c.message, "Element content") {
			return "XSD-unexpected-element"
		}
		return "XSD-unexpected-text"
	default:
		return "XSD-datatype"
	}
}

// syntaxID chooses the identifier of a complaint about well-formedness. The
// parser's codes do not tell every case apart: it is the best guess.
func (c complaint) syntaxID() string {
	switch {
	case c.code == errUserStop, c.code == errDoctypeUnfinished, strings.HasPrefix(c.message, "xmlParseDocTypeDecl"):
		return "XML-doctype"
	case c.code == errNSRepeated, c.code == errAttributeRepeated:
		return "XML-attribute-duplicate"
	case c.code == errNSDecl, between(c.code, errNSFirst, errNSLast):
		return "XML-namespace"
	case c.code == errInvalidChar, c.code == errInvalidCharRef, c.code == errInvalidEncoding, c.atControl():
		return "XML-char"
	case c.code == errTagMismatch:
		return "XML-tag-mismatch"
	case c.code == errDocumentEmpty, c.code == errDocumentEnd, c.code == errExtraContent:
		return c.outsideID()
	case c.code == errTagUnfinished, c.last && c.next == noByte:
		return "XML-truncated"
	case between(c.code, errEntityFirst, errEntityLast), c.code == errEntityLoop, strings.HasPrefix(c.message, "xmlParseEntityRef"):
		return "XML-entity"
	default:
		return "XML-syntax"
	}
}

// atControl reports whether the parser stands at a control character: often it
// complains about what it expected there, not about the character.
func (c complaint) atControl() bool {
	return c.next >= 0 && c.next < ' ' && c.next != '\t' && c.next != '\n' && c.next != '\r'
}

// outsideID tells a missing or second root from a document that breaks off.
func (c complaint) outsideID() string {
	if c.place == inRoot || c.last && c.next == '<' {
		return "XML-truncated"
	}
	return "XML-root"
}

func between(code, first, last int) bool { return first <= code && code <= last }
