// Package scripts tells the types of errors in which scripts have no part. It
// imports nothing of this module.
package scripts

import "strings"

// None tells whether no script has a part in errors of a type: those of
// synchronization rules without code, of web services and of the application
// store.
func None(errorType string) bool {
	return strings.HasPrefix(errorType, "sync-rule-") || strings.HasPrefix(errorType, "failed-") ||
		errorType == "app-store-import-exception"
}
