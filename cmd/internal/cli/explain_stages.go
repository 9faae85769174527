package cli

import (
	"strings"

	"github.com/runhist/runhist/schemas/source"
	"github.com/runhist/runhist/validate"
	"github.com/runhist/runhist/validate/suppress"
	"github.com/runhist/runhist/validate/xsd"
)

// stageID explains an id that is no requirement row: of the schema stage, of
// the reader of XML, of the source, or of the configuration.
type stageID struct {
	id, meaning, remedy string
	bad, good           string // lines of a document that fails, and of one that passes
}

// of is the stage that reports the id.
func (s *stageID) of() string {
	switch {
	case strings.HasPrefix(s.id, "XSD-"):
		return "schema"
	case strings.HasPrefix(s.id, "XML-"):
		return "reader of XML"
	case strings.HasPrefix(s.id, "CFG-"):
		return "configuration"
	}
	return "source"
}

// example compares the two documents of the id.
func (s *stageID) example() example {
	lines := func(text string) []string {
		if text == "" {
			return nil
		}
		return strings.Split(text, "\n")
	}
	compared := compareLines(lines(s.bad), lines(s.good))
	for i := range compared {
		compared[i].Line = 0 // they are no whole documents
	}
	return example{Lines: compared}
}

// stageIDs lists all of them, in the order of the stages.
func stageIDs() []stageID {
	var all []stageID
	for _, table := range [][]stageID{schemaIDs, xmlIDs, sourceIDs, configIDs} {
		all = append(all, table...)
	}
	return all
}

// schemaIDs are the findings of the schema stage.
var schemaIDs = []stageID{
	{xsd.UnexpectedRoot, "The document does not begin with run-history.",
		"Write run-history around the run-details. Several histories under execution-histories are known from FIM: profile server takes them.",
		"<history>", "<run-history>"},
	{xsd.UnexpectedElement, "An element stands where the schema does not allow it: it is unknown, misspelt, in the wrong order or there once too often.",
		"Compare the message, which says what is expected there, with the order of the schema; remove, rename or move the element.",
		"<server>dc01.woodgrove.example:389</server>\n<port>389</port>", "<server>dc01.woodgrove.example:389</server>"},
	{xsd.MissingElement, "An element that the schema demands is not there.",
		"Write the element, empty or with zeros where there is nothing to say, in its place of the order.",
		"<first-occurred>2024-03-08 02:12:03.187</first-occurred>", "<first-occurred>2024-03-08 02:12:03.187</first-occurred>\n<retry-count>4</retry-count>"},
	{xsd.UnexpectedText, "There is text between elements that may only hold other elements.",
		"Remove the text, or put it into the element that it belongs to. White space is allowed.",
		"<ma-discovery-errors>none", "<ma-discovery-errors>"},
	{xsd.Enumeration, "A value is none of those that the schema lists: a misspelling, or a value of another product.",
		"Write one of the listed values; runhist explain VALUE says whether another product has it. Profile server takes the known ones.",
		"<error-type>cd-eror</error-type>", "<error-type>cd-error</error-type>"},
	{xsd.Pattern, "A value does not have the form that the schema demands of its type, such as a GUID in braces or a date with a blank.",
		"Write the value in the form that the message names.",
		"<start-date>2024-03-12T02:10:00.063Z</start-date>", "<start-date>2024-03-12 02:10:00.063</start-date>"},
	{xsd.Datatype, "A value is not of the type that the schema demands, such as a word where a number belongs.",
		"Write a value of the type that the message names.",
		"<retry-count>four</retry-count>", "<retry-count>4</retry-count>"},
	{xsd.Range, "A number is outside the range that the schema allows.",
		"Write a number within the range; run numbers, step numbers and retry counts end at 2147483647.",
		"<run-number>3000000000</run-number>", "<run-number>413</run-number>"},
	{xsd.AttributeMissing, "An attribute that the schema demands is not there.",
		"Write the attribute that the message names.",
		"<stage-add>0</stage-add>", `<stage-add detail="true">0</stage-add>`},
	{xsd.AttributeUnexpected, "An attribute stands on an element that the schema does not allow it on.",
		"Remove the attribute, or correct its name.",
		`<retry-count unit="runs">4</retry-count>`, "<retry-count>4</retry-count>"},
	{xsd.AttributeValue, "An attribute has another value than the only one that the schema allows.",
		"Write the value that the message names: detail, for one, is fixed for each counter.",
		`<stage-add detail="false">0</stage-add>`, `<stage-add detail="true">0</stage-add>`},
}

// xmlIDs are the findings of the reader of XML.
var xmlIDs = []stageID{
	{source.XMLSyntax, "The document breaks the grammar of XML, and reading ends there.",
		"Correct the place. Use a program that writes XML, and do not join text by hand.",
		`<step-details step-number=1 step-id="{F6027D8B-A9E1-45C8-93B4-2C70E5D1864F}">`,
		`<step-details step-number="1" step-id="{F6027D8B-A9E1-45C8-93B4-2C70E5D1864F}">`},
	{source.XMLChar, "The document has a character that XML forbids. Older servers copy such characters into error messages; reading goes on.",
		"Remove the character, or replace it by a blank, where the document is written.",
		`<error-literal>Constraint Violation\x1F</error-literal>`, "<error-literal>Constraint Violation</error-literal>"},
	{source.XMLTagMismatch, "An end tag does not close the element that is open.",
		"Close the elements in the reverse order of their opening. Often a part of the document was lost in the middle.",
		"<ma-name>HR &amp; payroll</ma-nam>", "<ma-name>HR &amp; payroll</ma-name>"},
	{source.XMLAttributeDuplicate, "An attribute stands twice in one tag.",
		"Remove one of them.",
		`<stage-add detail="true" detail="true">0</stage-add>`, `<stage-add detail="true">0</stage-add>`},
	{source.XMLEntity, "A reference names something that XML does not define, or an & stands alone.",
		"Write &amp; for &, and &lt; for <. Names such as &nbsp; belong to HTML.",
		"<ma-name>HR & payroll</ma-name>", "<ma-name>HR &amp; payroll</ma-name>"},
	{source.XMLNamespaceFault, "A prefix is not declared, or a name has its colon in the wrong place.",
		"Remove the prefix: the elements of a run history are in no namespace.",
		"<rh:ma-name>HR &amp; payroll</rh:ma-name>", "<ma-name>HR &amp; payroll</ma-name>"},
	{source.XMLDoctype, "The document has a document type declaration. It is refused, because it can make a reader load files or expand text without end.",
		"Remove the declaration: run histories need none.",
		"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<!DOCTYPE run-history SYSTEM \"run.dtd\">", `<?xml version="1.0" encoding="utf-8"?>`},
	{source.XMLRoot, "There is no root element, a second one, or text outside it.",
		"Write one root element. Put several runs into one file as several run-details, or into files of their own.",
		"</run-details>\n</run-history>\n<run-history>", "</run-details>\n</run-history>"},
	{source.XMLTruncated, "The document ends before its elements do.",
		"Fetch the document again: it was cut while it was written, copied or sent.",
		"</run-details>", "</run-details>\n</run-history>"},
}

// sourceIDs are the findings about bytes, limits and what was left out.
var sourceIDs = []stageID{
	{source.SRCLabel, "The declaration names another encoding than the bytes have. The document is read by its bytes.",
		"Write the encoding that the file is saved in. Servers hand the history out as a string labelled utf-16, and tools save it as UTF-8.",
		`<?xml version="1.0" encoding="utf-16"?>`, `<?xml version="1.0" encoding="utf-8"?>`},
	{source.SRCEncoding, "There are bytes that are no text in the encoding of the document, so it cannot be read to its end.",
		"Save the document as UTF-8 or UTF-16. A file in a code page of one language must be converted.",
		`<ma-name>Orl\xE9ans</ma-name>`, "<ma-name>HR &amp; payroll</ma-name>"},
	{source.SRCNotXML, "The input, or a string of an export of PowerShell that stands where a history would, does not begin with markup. Servers answer with a short line of text when a call fails; the message quotes it.",
		"Read the line: it says why there is no history, for example a missing right. Fetch the history again when that is corrected.",
		"access-denied", `<?xml version="1.0" encoding="utf-8"?>`},
	{source.SRCEmpty, "The input is empty, or holds nothing but white space, or is an export of PowerShell without a string.",
		"Fetch the history again. While a run is in progress servers answer with an empty string.",
		"(a file of 0 bytes)", ""},
	{source.SRCCompression, "The compressed input is damaged, or compressed in a way that is not read.",
		"Copy the file again, or decompress it first. gzip, Zstandard and zip archives are read; encrypted members of an archive are not.",
		"(a .gz file that was cut while it was copied)", ""},
	{source.SRCLimitBytes, "The decoded input is larger than allowed, and was read no further.",
		"Raise --max-bytes if the size is right. A small file that grows without end when it is decompressed is an attack.",
		"(a document of 600 MB with --max-bytes 500MB)", ""},
	{source.SRCLimitDepth, "Elements are nested deeper than allowed, and the document was read no further; or an export of PowerShell ends at the name of an object, because it was told to go no deeper.",
		"No run history is that deep. If the document is right all the same, raise --max-depth. An export needs Export-Clixml -Depth 8.",
		"(elements nested 257 deep, with the usual limit of 256)", ""},
	{source.SRCLimitAttributes, "An element has more attributes than the limit of 256, and the document was read no further.",
		"No element of a run history has more than a few: find out what wrote the document.",
		"(an element with 257 attributes)", ""},
	{source.SRCLimitValue, "A single value, or what must be held of one record, is larger than the limit of 64 MiB.",
		"Look at the record at that place: error literals and stack traces are the only long values, and are far shorter.",
		"(an error-literal of 65 MiB)", ""},
	{validate.LimitFindings, "There were more findings than are kept, by default 1,000 of an id in a document and 100,000 in all. The others were counted.",
		"Correct what is reported and validate again, leave an id out with --disable, or raise --max-findings.",
		"(1,001 findings of R449 in one document)", ""},
}

// configIDs are the findings about suppressions of the configuration.
var configIDs = []stageID{
	{suppress.Unused, "A suppression of the configuration suppresses nothing. It is an info where no document of the call is one that its path matches.",
		"Remove the entry: what it was for has gone, and it would hide the next fault of that kind. If its path or message was meant otherwise, correct that.",
		"- id: R449\n  path: sharepiont/**\n  reason: SharePoint writes cd-error for extension errors", "- id: R449\n  path: sharepoint/**\n  reason: SharePoint writes cd-error for extension errors"},
	{suppress.Expired, "A suppression of the configuration has expired, so the findings that it was about count again.",
		"Look at them again. If the reason still holds, set a later day; if not, remove the entry.",
		"- id: R449\n  reason: the vendor corrects this in March\n  expires: 2026-03-31", "- id: R449\n  reason: the vendor corrects this in June\n  expires: 2026-06-30"},
}
