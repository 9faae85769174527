package terms

import (
	"fmt"
	"strconv"
	"strings"
)

// Error is an error code as cd-error/error-code has it, explained.
type Error struct {
	Text     string // as it was asked
	Value    uint32
	Space    string // what an HRESULT is made of, its facility and code; "" for a small number
	Readings []Reading
}

// Reading is one meaning of a code. A small number can be both a result code
// of LDAP and a Windows error: which one it is depends on the agent.
type Reading struct {
	Space   string // "LDAP result", "Windows error", "HRESULT"
	Name    string // the symbolic name, "" where none is public
	Meaning string
	Look    string // what to look at, "" where the meaning says it
}

// Names of the spaces of readings.
const (
	spaceLDAP    = "LDAP result"
	spaceWin32   = "Windows error"
	spaceHRESULT = "HRESULT"
)

// code is a row of a table of codes.
type code struct {
	value               uint32
	name, meaning, look string
}

// Code reads a decimal or hexadecimal error code and explains it; false for
// text that is no number of 32 bits. A code without a known meaning has no
// readings.
func Code(text string) (Error, bool) {
	value, hex, ok := parseCode(text)
	if !ok {
		return Error{}, false
	}
	e := Error{Text: text, Value: value}
	if value >= 1<<31 {
		e.Space = describeHRESULT(value)
		e.Readings = hresultReadings(value)
		return e, true
	}
	ldap, win32 := find(ldapCodes, value, spaceLDAP), find(win32Codes, value, spaceWin32)
	// Agents write LDAP results in hexadecimal and Windows errors in decimal.
	if hex {
		e.Readings = append(ldap, win32...)
	} else {
		e.Readings = append(win32, ldap...)
	}
	return e, true
}

// Hex is the code in the usual hexadecimal form.
func (e *Error) Hex() string {
	if e.Value >= 1<<31 {
		return fmt.Sprintf("0x%08X", e.Value)
	}
	return fmt.Sprintf("0x%X", e.Value)
}

// Decimal is the code in decimal; negative for an HRESULT, as programs that
// know only signed numbers write it.
func (e *Error) Decimal() string {
	return strconv.Itoa(int(int32(e.Value)))
}

// Windows is the number of the Windows error that the code is or wraps; false
// for an HRESULT of another facility.
func (e *Error) Windows() (uint32, bool) {
	switch {
	case e.Value < 1<<31:
		return e.Value, true
	case e.Value>>16 == 0x8000|facilityWin32:
		return e.Value & 0xFFFF, true
	}
	return 0, false
}

// parseCode reads a number: 8453, 0x51, -2147024891, 0xFFFFFFFF80070005.
func parseCode(text string) (value uint32, hex, ok bool) {
	digits := strings.ToLower(text)
	if rest, isHex := strings.CutPrefix(digits, "0x"); isHex {
		n, err := strconv.ParseUint(rest, 16, 64)
		if err != nil || n>>32 != 0 && n>>31 != 1<<33-1 {
			return 0, true, false
		}
		return uint32(n), true, true
	}
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil || n < -1<<31 || n >= 1<<32 || strings.HasPrefix(digits, "+") {
		return 0, false, false
	}
	return uint32(n), false, true
}

// find looks a value up in a table.
func find(table []code, value uint32, space string) []Reading {
	for _, c := range table {
		if c.value == value {
			return []Reading{{Space: space, Name: c.name, Meaning: c.meaning, Look: c.look}}
		}
	}
	return nil
}

// The facilities of HRESULT that matter here.
const (
	facilityWin32         = 7
	facilityMetadirectory = 0x23
)

// facility is the name of a facility, "" for one without a public name.
func facility(number uint32) string {
	switch number {
	case 0:
		return "general"
	case 1:
		return "remote procedure calls"
	case 2:
		return "automation (dispatch)"
	case 3:
		return "structured storage"
	case 4:
		return "interface: the meaning depends on the component that returned it, such as OLE DB"
	case facilityWin32:
		return "Windows"
	case 9:
		return "security (SSPI)"
	case 11:
		return "certificates"
	case 12:
		return "internet"
	case 17:
		return "COM+"
	case 19:
		return ".NET"
	case facilityMetadirectory:
		return "metadirectory: the synchronization engine itself"
	}
	return ""
}

// describeHRESULT takes an HRESULT apart.
func describeHRESULT(value uint32) string {
	number, low := value>>16&0x7FF, value&0xFFFF
	name := facility(number)
	if name == "" {
		name = "no public name"
	}
	if value>>30 == 3 {
		return fmt.Sprintf("NTSTATUS of Windows, or an HRESULT of a customer's own: facility %d, code %d (0x%X)", number, low, low)
	}
	return fmt.Sprintf("HRESULT: facility %d (%s), code %d (0x%X)", number, name, low, low)
}

// hresultReadings are the meanings of an HRESULT: its own, and that of the
// Windows error that it wraps.
func hresultReadings(value uint32) []Reading {
	readings := find(hresultCodes, value, spaceHRESULT)
	if value>>16 == 0x8000|facilityWin32 {
		readings = append(readings, find(win32Codes, value&0xFFFF, spaceWin32)...)
	}
	return readings
}

// Codes is the number of codes with a known meaning.
func Codes() int {
	return len(ldapCodes) + len(win32Codes) + len(hresultCodes)
}
