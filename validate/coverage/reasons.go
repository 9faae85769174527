package coverage

import (
	"fmt"
	"strconv"
	"strings"
)

// reason is why rows are not the business of a rule of their own.
type reason struct {
	rows    string // ids and ranges of ids
	covered string
	by      []string // rules that judge what a document shows of it
	text    string
}

// expand lists the ids of "R059 R186-R188".
func expand(rows string) []string {
	var ids []string
	for _, field := range strings.Fields(rows) {
		first, last, ranged := strings.Cut(field, "-")
		if !ranged {
			ids = append(ids, field)
			continue
		}
		from, errFrom := strconv.Atoi(first[1:])
		to, errTo := strconv.Atoi(last[1:])
		if errFrom != nil || errTo != nil || first[0] != last[0] || from > to {
			panic("a range of ids is wrong: " + field) // a test expands them all
		}
		for n := from; n <= to; n++ {
			ids = append(ids, fmt.Sprintf("%c%03d", first[0], n))
		}
	}
	return ids
}

// reasons returns the table of reasons.
func reasons() []reason {
	return append(documentReasons(), syncReasons()...)
}

// documentReasons are those for runs, steps, connections, object errors and
// counters.
func documentReasons() []reason {
	return []reason{
		{rows: "R059", covered: Replay, text: "the configuration of the server says which agent it is; the schema checks the form of the GUID"},
		{rows: "R062", covered: Rule, by: []string{"C106", "C139", "C140"}, text: "the sequence shows when several runs of an agent are judged in one call"},
		{rows: "R071 R178 R247 R400 R459", covered: None, text: "the form of dates has no zone, so UTC cannot be told from local time; what follows from the order of dates is checked by the rules of consistency.tsv"},
		{rows: "R078", covered: Replay, text: "whether objects were in a transient state is in the connector space, not in the document"},
		{rows: "R082 R083", covered: None, text: "it says what the server is doing at this moment; no stored document and no replay can confirm that"},
		{rows: "R148 R163-R165 R167", covered: None, text: "what happened on the network and in the data source is known there only; a replay connects to nothing"},
		{rows: "R153 R154", covered: Replay, text: "which changes flowed is decided by rules and objects; an error in export flow shows an attempt and no flow"},

		{rows: "R184", covered: Replay, text: "which objects could not be read is decided by the data; a failure that is counted need not be listed"},
		{rows: "R186 R188-R194 R196 R197 R201-R203 R207 R209 R211 R212", covered: Replay,
			text: "the imported data decide whether this is the error that they have"},
		{rows: "R208", covered: None, text: "the type is for errors that no other type describes, so nothing contradicts it"},
		{rows: "R214 R217 R219", covered: Replay, text: "the input decides where the error is"},
		{rows: "R235", covered: Replay, text: "the imported data and the filter of the agent decide the number"},

		{rows: "R473 R476 R479 R482 R485 R488 R491", covered: Replay, text: "the number is that of a replay of the step"},
		{rows: "R481 R484", covered: Schema, text: "the text spells the element in a way that no listing has; read as provisioned-rename, the schema fixes the attribute"},
		{rows: "R495 R497 R499 R501 R503 R505 R507", covered: Replay, text: "the number is that of a replay of the import"},
		{rows: "R510 R518 R520", covered: Schema, text: "the schema decides the spelling of the element (erratum E12); the number itself is that of a replay"},
		{rows: "R511 R519 R521", covered: Schema, text: "the schema fixes the attribute under the spelling that was chosen (erratum E12)"},
		{rows: "R512 R514 R516 R522 R524 R526 R528 R530 R532 R534 R536 R538 R540 R542", covered: Replay,
			text: "the number is that of a replay of the synchronization"},
		{rows: "R545 R547 R549 R553 R555", covered: Replay, text: "the number is that of a replay of the export"},
		{rows: "R551", covered: Replay, text: "the words describe updates and belong to export-update; read as deletes, the number is that of a replay of the export"},

		{rows: "C107-C116", covered: Protocol, text: "it compares answers of a server at rest with each other, and a document holds none of them"},
	}
}

// syncReasons are those for the errors of a synchronization.
func syncReasons() []reason {
	return []reason{
		{rows: "R238 R239 R455 R456", covered: Replay, text: "which objects could not be synchronized is decided by rules and objects; a replay lists them"},
		{rows: "R250 R251 R255 R256 R278 R283 R300", covered: Replay,
			text: "the rules, the configuration and the state of the object decide whether this is the error"},
		{rows: "R252 R257 R259 R272-R277 R284 R298", covered: None,
			text: "the error happens in the application store or its web service, of which no replay knows the inside"},
		{rows: "R282 R301 R430", covered: None,
			text: "it depends on what another agent did at the same moment; two of these types have one definition, so nothing tells them apart"},
		{rows: "R285-R295", covered: Planned, text: "the definition of the synchronization rule decides, which a replay reads and does not execute yet"},
		{rows: "R249 M036", covered: None, text: "the name that older products have for ambiguous-reference-value-for-export-flow, which a replay writes"},
		{rows: "R297 M040", covered: None, text: "somebody has made a unique index in the database by hand, of which no configuration tells"},
		{rows: "R296 R447 M045", covered: None, text: "the type is for errors that no other type describes, so nothing contradicts it"},
		{rows: "R303-R314", covered: Replay, text: "a replay knows in which phase the object failed; what error-type and call site say about the phase is checked by rules"},
		{rows: "R320 R322 R326 R331 R336 R341 R349 R354", covered: Replay,
			text: "the connector space and the last export decide what was not confirmed"},
		{rows: "R327", covered: None, text: "contradicts the schema: the DN is always there, so every object would need a dn-attr, those without references included"},
		{rows: "R344", covered: None, text: "XML has no null character: a document with one is not well-formed (XML-char), so a value with one must be base64"},
		{rows: "R361-R370", covered: Replay, text: "a replay knows which method of the extension was called; what the phase says about it is checked by rules"},
		{rows: "R371 R372 R452", covered: None, text: "free text of an extension or of an agent: any text is right"},
		{rows: "R373 R375 R378 R382 R393", covered: Replay, text: "the configuration decides which rule, agent and mapping it is"},

		{rows: "R396", covered: Replay, text: "which exports fail is decided by the data source; that only exports have such errors is checked by a rule"},
		{rows: "R407 R411-R413 R417 R418 R423 R424 R431 R432 R434 R435 R442 R443 R446 R448", covered: Replay,
			text: "the objects and the schema of the data source decide; a replay knows them as far as it is given them"},
		{rows: "R408 R409 R414-R416 R419 R425-R429 R433 R437-R441 R444 R445", covered: None,
			text: "a limit, a policy or the state of the data source decides, which it does not tell anyone"},
		{rows: "R420", covered: None, text: "a listing lacks the type (erratum E02) and SharePoint Server 2013 does not have it; it is accepted, and the connection decides whether it is right"},
		{rows: "R421 R422", covered: None, text: "they send the reader to an error code that the text allows for another type only; a cd-error is accepted with them, and the data source alone knows the code"},
		{rows: "R436", covered: None, text: "which references are tried again later is decided by the data source; the document does not list them"},
		{rows: "R453", covered: None, text: "contradicts its place: an export-error is never a discovery error, so the element could never be there; it is optional"},
		{rows: "M002", covered: Schema, text: "the reference contradicts itself; the schema of profile miis2003 asks for the children"},
		{rows: "M016", covered: Schema, text: "the reference contradicts itself; in the schema of profile miis2003 extension-error-info stands beside error-type"},
		{rows: "M059", covered: Schema, text: "the two products have two names; the schema of profile miis2003 takes both, the others rules-error-info only"},
		{rows: "M085", covered: Schema, text: "the reference contradicts itself; in the schema of profile miis2003 change-not-reimported is optional"},
		{rows: "M008", covered: None, text: "the form of dates has no zone, so UTC cannot be told from local time"},
		{rows: "M042", covered: None, text: "it depends on what another agent did at the same moment"},
		{rows: "M057", covered: None, text: "two types stand in no list of the reference, so their details may be there or not"},
		{rows: "M073", covered: None, text: "the list of methods that it speaks of is lost"},
		{rows: "R458 R463", covered: Replay, text: "the metaverse and the connector space decide the name"},
		{rows: "R464", covered: None, text: "says nothing that could be kept or broken: half of the sentence is a copy of another section's"},
	}
}
