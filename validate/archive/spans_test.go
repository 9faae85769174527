package archive_test

import (
	"slices"
	"testing"

	"github.com/runhist/runhist/validate/archive"
)

func TestSpans(t *testing.T) {
	spans := archive.Apart([]archive.Span{{From: 30, To: 40}, {From: 0, To: 10}, {From: 5, To: 7}, {From: 40, To: 50}, {From: 10, To: 12}})
	if want := (archive.Spans{{From: 0, To: 12}, {From: 30, To: 50}}); !slices.Equal(spans, want) {
		t.Fatalf("%v, want %v", spans, want)
	}
	for _, c := range []struct {
		from, to int64
		want     bool
	}{
		{-5, 0, false}, {-5, 1, true}, {12, 30, false}, {11, 12, true}, {12, 31, true}, {35, 36, true}, {50, 60, false}, {-9, 99, true},
	} {
		if got := spans.Touch(c.from, c.to); got != c.want {
			t.Errorf("from %d to %d: %t", c.from, c.to, got)
		}
	}
	if archive.Apart(nil).Touch(0, 1) {
		t.Error("nothing touches")
	}
}
