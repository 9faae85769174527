package coverage

// shown says which scenario of the repository shows rows that a replay decides:
// what the path of the row selects is in its histories, a counter above 0. A
// test of the package analyze replays each and sees to that. To add a row: the
// scenario that shows it, and its id here.
type shown struct {
	rows string // ids and ranges of ids
	by   string // a path in the repository
}

func shownRows() []shown {
	return []shown{
		{"R059 R153 R154 R524 R545", "samples/scenarios/01-hr-to-directory"},
		{"R495 R497 R499 R526 R528", "samples/scenarios/02-two-sources-and-precedence"},
		{"R503 R514 R534 R536 R538", "samples/scenarios/04-filter-and-deletion-rules"},
		{"R485 R551", "samples/scenarios/05-deprovisioning"},
		{"R396 R488 R547 R555", "samples/scenarios/06-groups-over-export-passes"},
		{"R238 R239 R313 R320 R322 R336 R341 R349 R354 M001 M005 M007 M014 M074", "samples/scenarios/07-unconfirmed-changes"},
		{"R184 R219", "samples/scenarios/08-discovery-errors-and-watermark"},

		{"R361-R370 R303-R308 R310 R311 M018-M020 M047", "analyze/testdata/replay/calls.txtar"},
		{"R186 R188-R194 R196 R197 R201-R203 R207 R209 R211 R212 R214 R217 R235", "analyze/testdata/replay/discovery.txtar"},
		{"R407 R411-R413 R417 R418 R423 R424 R431 R432 R434 R435 R442 R443 R446 R448", "analyze/testdata/replay/exports.txtar"},
		{"R473 R476 R479 R482 R491 R501 R505 R507 R512 R516 R522 R530 R532 R540 R549 R553", "analyze/testdata/replay/numbers.txtar"},
		{"R300 R309 R312 M021-M028 M034 M039", "analyze/testdata/replay/results.txtar"},
		{"R250 R251 R255 R256 R278 R283 R314 R373 R375 R378 R382 R393 R542 M030-M033 M035 M037 M038 M041 M060", "analyze/testdata/replay/rules.txtar"},
		{"R078 R326 R331 R455 R456 R458 R463", "analyze/testdata/replay/unconfirmed.txtar"},
	}
}

// shownBy are the scenarios by the rows that they show.
func shownBy() map[string][]string {
	by := make(map[string][]string)
	for _, s := range shownRows() {
		for _, id := range expand(s.rows) {
			by[id] = append(by[id], s.by)
		}
	}
	return by
}
