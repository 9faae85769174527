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

// FIM is the schema of Forefront Identity Manager 2010, written from its
// published differences to [MS-UPSMODS]; the README beside it lists them.
//
//go:embed fim/run-details.xsd
var FIM []byte

// MIIS2003 is the schema of Microsoft Identity Integration Server 2003: that of
// FIM with the import-error of the older reference. The README beside it lists
// the differences.
//
//go:embed miis2003/run-details.xsd
var MIIS2003 []byte
