package redact

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/schemas/source"
)

// Treatment is what becomes of a value.
type Treatment uint8

// The treatments. In all of them GUIDs, IP addresses and security identifiers
// become others of their form, and what stands between words stays.
const (
	// Free is text that people or programs wrote: words of the products'
	// own messages, numbers of up to three digits, hexadecimal error codes and
	// names of the platform's code stay.
	Free Treatment = iota
	// Number stays when it is made of digits, blanks and the signs of numbers
	// and dates; else it is a Name.
	Number
	// Term is a value of an enumeration: words of known values stay.
	Term
	// Schema is the name of an attribute or object class: widely known ones
	// stay.
	Schema
	// Name is the name of a person, an object, an agent, an account.
	Name
	// DN is a distinguished name, or a name that may be one: known attribute
	// types before = stay, and escapes are understood.
	DN
	// Server is a Name; the port stays.
	Server
	// File is a Name; a known ending stays.
	File
	// Code is an error code: a number, decimal or hexadecimal, stays; else it
	// is Free.
	Code
	// Value is the value of an attribute, Integer one of that type: it stays
	// a number.
	Value
	Integer
	// Encoded is a value that may be base64: it stays so if it is.
	Encoded
)

// ofElement says what becomes of the text of an element. What is not listed,
// elements that nobody knows and those that should have no text among them, is
// Free.
func ofElement(name source.Sym) Treatment {
	switch name {
	case rundetails.NameRunNumber, rundetails.NameStartDate, rundetails.NameEndDate, rundetails.NameDate,
		rundetails.NameCurrentExportStepCounter, rundetails.NameLastSuccessfulExportStepCounter,
		rundetails.NameEntryNumber, rundetails.NameLineNumber, rundetails.NameColumnNumber,
		rundetails.NameFilteredDeletions, rundetails.NameFilteredObjects,
		rundetails.NameFirstOccurred, rundetails.NameDateOccurred, rundetails.NameRetryCount, rundetails.NameDNPart,
		rundetails.NameBatchSize, rundetails.NamePageSize, rundetails.NameTimeLimit, rundetails.NameTimeout,
		rundetails.NameObject, rundetails.NameDelete:
		return Number
	case rundetails.NameStepResult, rundetails.NameConnectionResult, rundetails.NameErrorType,
		rundetails.NameAlgorithmStep, rundetails.NameExtensionCallsite,
		rundetails.NameStepType, rundetails.NameImportSubtype, rundetails.NameExportSubtype, rundetails.NameApplyRulesSubtype:
		return Term
	case rundetails.NameAttributeName, rundetails.NamePrimaryObjectclass, rundetails.NameOCValue,
		rundetails.NameSrcAttribute, rundetails.NameScriptContext:
		return Schema
	case rundetails.NameMAID, rundetails.NameMAName, rundetails.NameSecurityID, rundetails.NameConstantValue:
		return Name
	case rundetails.NameDN, rundetails.NamePartition, rundetails.NameValue:
		return DN // the value of an ma-object-error; that of an attribute is Value
	case rundetails.NameServer:
		return Server
	case rundetails.NameExtensionName, rundetails.NameInputFile, rundetails.NameOutputFile:
		return File
	case rundetails.NameErrorCode:
		return Code
	case rundetails.NameAnchor, rundetails.NameParentAnchor:
		return Encoded
	}
	switch name {
	case rundetails.NameDisconnecterFiltered, rundetails.NameDisconnecterJoinedNoFlow, rundetails.NameDisconnecterJoinedFlow,
		rundetails.NameDisconnecterJoinedRemoveMV:
		return Number // counters in the spelling of the printed listing
	}
	if _, counts := counters[name]; counts {
		return Number
	}
	return Free
}

// counters are the elements of all counter blocks.
var counters = func() map[source.Sym]struct{} {
	all := make(map[source.Sym]struct{})
	for _, kind := range []rundetails.BlockKind{rundetails.Outbound, rundetails.Staging, rundetails.Inbound, rundetails.Export} {
		for _, name := range kind.Names() {
			all[name] = struct{}{}
		}
	}
	return all
}()

// ofAttribute says what becomes of the value of an attribute.
func ofAttribute(name source.Sym) Treatment {
	switch name {
	case rundetails.NameStepNumber, rundetails.NameProgress, rundetails.NameObject, rundetails.NameDelete:
		return Number
	case rundetails.NameDetail, rundetails.NameOperation, rundetails.NameType, rundetails.NameMultivalued,
		rundetails.NameEncoding, rundetails.NameIntrinsic:
		return Term
	case rundetails.NameName, rundetails.NameDestAttr:
		return Schema
	case rundetails.NameStepID, rundetails.NameMAID, rundetails.NameCSGUID, rundetails.NameMVGUID, rundetails.NameCSObjectID,
		rundetails.NameContextID, rundetails.NameMA, rundetails.NameMAName, rundetails.NameDisplayname,
		rundetails.NameDisplayNameFIM:
		return Name
	case rundetails.NameDN:
		return DN
	case rundetails.NameFile:
		return File
	}
	return Free
}

// String is the name of the treatment.
func (t Treatment) String() string {
	return [...]string{"Free", "Number", "Term", "Schema", "Name", "DN", "Server", "File", "Code", "Value", "Integer", "Encoded"}[t]
}
