// Package schemas holds what is written about run histories and does not
// change while a program runs: the XML schemas, embedded.
//
// Below it live source (bytes to positioned markup) and rundetails (the typed
// document model, its reader and its writer). It imports nothing of this
// module. To add a schema: put the file in a folder named for its product and
// embed it here.
package schemas

import _ "embed"

// UPSMODS is the schema of [MS-UPSMODS] section 2.2.1 with the errata of
// validate/requirements/errata.tsv resolved: the strict reading.
//
//go:embed upsmods/run-details.xsd
var UPSMODS []byte
