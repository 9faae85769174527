// Package zone finds time zones by the names that people know: those of the
// IANA database (Europe/Berlin) and those of Windows (W. Europe Standard Time).
// The rules of the zones are built into the program, for machines without a
// database of zones; where there is one, it is asked first.
//
// It keeps nothing: to add a zone of Windows, a line in windows.go.
package zone

import (
	"fmt"
	"strings"
	"time"
	_ "time/tzdata" // the rules of all zones
)

// Find returns the zone of that name, in any case.
func Find(name string) (*time.Location, error) {
	name = strings.TrimSpace(name)
	if strings.EqualFold(name, "UTC") || strings.EqualFold(name, "Z") {
		return time.UTC, nil
	}
	for i := range windows {
		if strings.EqualFold(windows[i].name, name) {
			return load(name, windows[i].iana)
		}
	}
	if name == "" || strings.EqualFold(name, "local") { // it would be that of the machine
		return nil, unknown(name)
	}
	return load(name, name)
}

func load(name, iana string) (*time.Location, error) {
	zone, err := time.LoadLocation(iana)
	if err != nil {
		zone, err = time.LoadLocation(spelled(iana))
	}
	if err != nil {
		return nil, unknown(name)
	}
	return zone, nil
}

// spelled writes a name as the database does: words begin with capitals.
func spelled(name string) string {
	b := []byte(strings.ToLower(name))
	for i := range b {
		if (i == 0 || b[i-1] == '/' || b[i-1] == '_' || b[i-1] == '-') && b[i] >= 'a' && b[i] <= 'z' {
			b[i] -= 'a' - 'A'
		}
	}
	return string(b)
}

func unknown(name string) error {
	return fmt.Errorf("there is no time zone %q: it is a name such as Europe/Berlin, W. Europe Standard Time or UTC", name)
}

// Windows lists the names of Windows.
func Windows() []string {
	names := make([]string, 0, len(windows))
	for i := range windows {
		names = append(names, windows[i].name)
	}
	return names
}
