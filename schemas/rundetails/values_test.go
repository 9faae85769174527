package rundetails_test

import (
	"testing"

	"github.com/runhist/runhist/schemas/rundetails"
)

func TestMasked(t *testing.T) {
	for text, want := range map[string]bool{
		"{12345678-66BC-4938-8122-C5F585F463D0}": true,
		"{12345678-1234-1234-1234-123456789012}": true,
		"{00000000-0000-0000-0000-000000000000}": true,
		"{ffffffff-FFFF-FFFF-FFFF-FFFFFFFFFFFF}": true,
		"{12121212-1212-1212-1212-121212121212}": false,
		"{FB0D00E1-4E0B-44DA-AF5F-62D4D99B2FBC}": false,
	} {
		id, ok := rundetails.ParseGUID(text)
		if got := id.Masked(); !ok || got != want {
			t.Errorf("%s: masked is %t", text, got)
		}
	}
}
