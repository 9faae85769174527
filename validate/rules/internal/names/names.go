// Package names compares the names of servers and tells names that are none.
// It imports nothing of this module.
package names

import "strings"

// Blank tells whether a value holds nothing but the white space of XML.
func Blank(value string) bool { return strings.Trim(value, " \t\r\n") == "" }

// SameServer tells whether two names are those of one server: without regard
// to case, and one of them may lack the port.
func SameServer(a, b string) bool {
	return strings.EqualFold(a, b) || strings.EqualFold(host(a), b) || strings.EqualFold(a, host(b))
}

// host is a name without its port.
func host(name string) string {
	colon := strings.LastIndexByte(name, ':')
	if colon < 0 || colon == len(name)-1 || strings.Trim(name[colon+1:], "0123456789") != "" {
		return name
	}
	return name[:colon]
}
