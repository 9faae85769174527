package scenario

import (
	_ "embed"
	"encoding/json"
)

// Schema is the JSON Schema of the file, for editors. It is generated from the
// keys that the reader knows; a test holds it to them.
//
//go:embed schema.json
var Schema []byte

// generate makes the JSON Schema out of the keys.
func generate() ([]byte, error) {
	s := file(&Scenario{}, FileName).schema()
	s["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	s["$id"] = "https://github.com/runhist/runhist/analyze/scenario/schema.json"
	s["title"] = FileName
	s["description"] = "What a simulation starts from and what is done in it. Paths are below the folder of the file. What the names of management agents, profiles and assemblies stand for is known to runhist only."
	text, err := json.MarshalIndent(s, "", "  ")
	return append(text, '\n'), err
}
