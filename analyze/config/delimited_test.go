package config_test

import (
	"reflect"
	"testing"

	"github.com/runhist/runhist/analyze/config"
)

// TestDelimited looks at the settings of text agents.
func TestDelimited(t *testing.T) {
	c := load(t, "adatum")
	if got, want := c.Agent("badges").Delimited, (&config.Delimited{CodePage: 65001, Delimiter: ';', Qualifier: '"', Columns: []string{"badge", "holder", "building", "valid"},
		DN: []string{"badge"}, Anchor: []string{"badge"}, Classes: []config.ClassMapping{{Type: "badge", Values: []string{"badge"}}}, FoldAnchor: true}); !reflect.DeepEqual(got, want) {
		t.Errorf("%+v", got)
	}
	if got := c.Agent("HR").Delimited; got.TypeColumn != "type" || !got.Header || got.Classes[0].Values[0] != "employee" {
		t.Errorf("%+v", got)
	}
}
