// Package libxml2 is the second opinion on a run history: libxml2's verdict on
// well-formedness and on an XML schema, to be held against the project's own.
//
// It is there only in builds with the tag libxml2 and with cgo, which need
// pkg-config and libxml2-dev. Other builds have the same names, and [Compile] returns
// [ErrNotBuilt].
//
// # How it works
//
// github.com/lestrrat-go/libxml2/xsd compiles the schema. Its own Validate is
// never called: it builds a tree of ten times the document's size, keeps 32
// errors without line or code, and writes beyond a buffer when a value is
// long. Instead stream.c pushes the document in pieces through libxml2's
// parser into libxml2's validator, and collect.c keeps the errors. Nothing of
// Go is kept in C and C calls nothing in Go. 500 MB take about 5 seconds, and
// the process stays below 20 MB whatever the length and the number of errors.
//
// One [Schema] serves any number of goroutines. Handlers that libxml2 has for
// each thread are set only for the length of a call into it.
//
// # What is asked
//
// The caller has decoded the document: it is read as UTF-8 whatever its
// declaration says, and a byte order mark is skipped. Nothing is loaded, from
// the network or from disk; schema locations in the document are not followed;
// a document type declaration is refused; no limit of libxml2's own applies.
// Namespaces count: a prefix that is not declared makes a document not
// well-formed, as in the recommendation and unlike in xmllint.
//
// After the first error that is not about namespaces, a document that is not
// well-formed is read no further.
//
// # Reading the errors
//
// Verdicts are comparable; lists of errors less so. Where the other engine is
// more thorough, that is no disagreement:
//
//   - After an unexpected child nothing more is said about its parent: not
//     about later children and all they contain, nor about later text, nor
//     about missing ones.
//   - A required child that is missing shows as XSD-unexpected-element at the
//     sibling in its place, and as XSD-missing-element only at the parent's end.
//   - For a child of a simple type, XSD-unexpected-element names the parent.
//   - Text where only elements may stand is one error for each run of text,
//     under the name and line of the parent.
//   - A number beyond xs:unsignedInt is XSD-datatype, one beyond a facet
//     XSD-range.
//   - An unknown root ends validation, so it is the only error of validity.
//   - The error of a tag that breaks off may follow an error of validity about
//     the same tag.
//   - Lines end at line feeds only: in a document with bare carriage returns
//     every line is the first.
//   - libxml2 cuts a message of more than 64,000 bytes to 149.
//
// # Where libxml2 departs from the specifications
//
// The table in divergence_test.go has a document for each departure of libxml2
// 2.9.14, with the clause, and the test proves libxml2's side. Those that the
// types of the schema can meet without xsi:type:
//
//   - White space around a number (xs:unsignedInt and all bounded integer
//     types, in elements, in simple content and in attributes) is an error;
//     the specification collapses it first.
//   - A sign before an unsigned number, +1 or -0, is an error; two clauses of
//     the specification disagree, and Xerces accepts it.
//   - A CDATA section where only elements may stand is an error even if it is
//     white space or empty; the specification cannot see it.
//   - A value with a line break behind twenty or more commas, tested against
//     the pattern of a DN, is [ErrInternal] after 0.3 seconds.
//
// It is right, where one might doubt it, about xsi:nil="false" on an element
// that is not nillable (an error, cvc-elt 3.1), about the dot in patterns (all
// but line feed and carriage return: U+0085 and U+2028 match), about blanks
// around xs:boolean (allowed), about line breaks in attributes (blanks after
// normalization), about zeros before a number (any count), about fixed and
// enumerated strings (compared with their blanks) and about the fifth edition's
// names.
package libxml2
