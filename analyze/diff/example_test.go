package diff_test

import (
	"fmt"
	"strings"

	"github.com/runhist/runhist/analyze/diff"
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/schemas/source"
)

// A test compares what it expects with what an engine wrote. The object has
// another GUID and the step ran a day later, which is no difference; that the
// error was not met for the fourth time is one.
func Example() {
	const document = `<run-history><run-details>
  <ma-name>HR</ma-name><run-profile-name>Full Import</run-profile-name>
  <step-details step-number="1">
    <start-date>DAY 02:00:00.000</start-date><end-date>DAY 02:00:07.500</end-date>
    <synchronization-errors>
      <import-error cs-guid="{OBJECT-0000-4000-8000-000000000001}" dn="CN=Ann,DC=adatum">
        <retry-count>RETRIES</retry-count><error-type>join-object-type-mismatch</error-type>
      </import-error>
    </synchronization-errors>
  </step-details>
</run-details></run-history>`
	run := func(day, object, retries string) *rundetails.Run {
		text := strings.NewReplacer("DAY", day, "OBJECT", object, "RETRIES", retries).Replace(document)
		h, _, err := rundetails.Read(strings.NewReader(text), source.DefaultLimits())
		if err != nil {
			panic(err)
		}
		return h.Runs[0]
	}
	expected, actual := run("2024-03-12", "AAAAAAAA", "4"), run("2024-03-13", "BBBBBBBB", "3")

	tree := diff.Run(expected, actual, diff.Options{DurationRatio: 1})
	for path, n := range tree.All() {
		fmt.Println(n.Action, diff.Path(path), n.Before, n.After)
	}
	fmt.Println("offset:", tree.Times.OffsetText(), "renamed:", tree.GUIDs.Renamed)
	// Output:
	// change /run-history/run-details[HR, Full Import]/step-details[1]/synchronization-errors/import-error[CN=Ann,DC=adatum]/retry-count 4 3
	// offset: +24h0m0s renamed: 1
}
