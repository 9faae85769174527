package cli

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/runhist/runhist/validate/settings"
)

// TestConfigSchemaKnowsTheProfiles: the schema is a file, and names what the
// validator has.
func TestConfigSchemaKnowsTheProfiles(t *testing.T) {
	var schema struct {
		Defs struct {
			Profile struct{ Enum []string }
		} `json:"$defs"`
	}
	if err := json.Unmarshal(settings.Schema, &schema); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(schema.Defs.Profile.Enum, profileNames()) {
		t.Errorf("the schema has %v, the validator %v", schema.Defs.Profile.Enum, profileNames())
	}
}
