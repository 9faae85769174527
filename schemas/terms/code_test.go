package terms

import (
	"strings"
	"testing"
)

func TestCode(t *testing.T) {
	for _, test := range []struct {
		text, hex, decimal string
		names              string // of the readings
		space              string // a part of it
	}{
		{"8453", "0x2105", "8453", "ERROR_DS_DRA_ACCESS_DENIED", ""},
		{"0x51", "0x51", "81", "LDAP_SERVER_DOWN", ""},
		{"0X51", "0x51", "81", "LDAP_SERVER_DOWN", ""},
		{"81", "0x51", "81", "LDAP_SERVER_DOWN", ""},
		{"5", "0x5", "5", "ERROR_ACCESS_DENIED LDAP_COMPARE_FALSE", ""},
		{"0x5", "0x5", "5", "LDAP_COMPARE_FALSE ERROR_ACCESS_DENIED", ""},
		{"-2147024891", "0x80070005", "-2147024891", "ERROR_ACCESS_DENIED", "facility 7 (Windows), code 5 (0x5)"},
		{"2147942405", "0x80070005", "-2147024891", "ERROR_ACCESS_DENIED", "facility 7"},
		{"0x80070005", "0x80070005", "-2147024891", "ERROR_ACCESS_DENIED", "facility 7"},
		{"0xFFFFFFFF80070005", "0x80070005", "-2147024891", "ERROR_ACCESS_DENIED", "facility 7"},
		{"0x800706BA", "0x800706BA", "-2147023174", "RPC_S_SERVER_UNAVAILABLE", "code 1722"},
		{"0x80004005", "0x80004005", "-2147467259", "E_FAIL", "facility 0"},
		{"0x80131904", "0x80131904", "-2146232060", "SqlException", ".NET"},
		{"0x80230703", "0x80230703", "-2145188093", "", "metadirectory"},
		{"0x80239999", "0x80239999", "-2145150567", "", "metadirectory"},
		{"0x87D10001", "0x87D10001", "-2016346111", "", "no public name"},
		{"0xC000006D", "0xC000006D", "-1073741715", "", "NTSTATUS"},
		{"123456", "0x1E240", "123456", "", ""},
	} {
		e, ok := Code(test.text)
		if !ok {
			t.Errorf("%s is no code", test.text)
			continue
		}
		var names []string
		for _, r := range e.Readings {
			if r.Name != "" {
				names = append(names, r.Name)
			}
		}
		if got := strings.Join(names, " "); got != test.names || e.Hex() != test.hex || e.Decimal() != test.decimal || !strings.Contains(e.Space, test.space) {
			t.Errorf("%s is %s, %s, %q, %q", test.text, e.Hex(), e.Decimal(), got, e.Space)
		}
	}
}

func TestNoCode(t *testing.T) {
	for _, text := range []string{"", "0x", "-", "+5", "5.0", "0x1FFFFFFFF", "0xFFFFFFFE80070005", "0xFFFFFFFF00000005", "4294967296", "-2147483649", "R449", "zero", "--5", "0x-5"} {
		if e, ok := Code(text); ok {
			t.Errorf("%q is read as %s", text, e.Hex())
		}
	}
}

func TestCodeTables(t *testing.T) {
	for _, table := range [][]code{ldapCodes, win32Codes, hresultCodes} {
		seen := map[uint32]bool{}
		for _, c := range table {
			if seen[c.value] {
				t.Errorf("%#x stands twice", c.value)
			}
			seen[c.value] = true
			if c.name == "" && c.value>>16 != 0x8000|facilityMetadirectory {
				t.Errorf("%#x has no name", c.value)
			}
			if !strings.HasSuffix(c.meaning, ".") || len(c.meaning) > 140 || len(c.look) > 140 || strings.HasSuffix(c.look, ".") {
				t.Errorf("%#x: the meaning is a sentence, the rest is not: %q %q", c.value, c.meaning, c.look)
			}
			if c.value>>31 == 1 && c.value>>16 == 0x8000|facilityWin32 {
				t.Errorf("%#x wraps a Windows error, and belongs to that table", c.value)
			}
		}
	}
	for value := uint32(0); value <= 0x5F; value++ {
		gap := value == 0x0F || value >= 0x16 && value <= 0x1F || value >= 0x25 && value <= 0x2F || value >= 0x37 && value <= 0x3B ||
			value == 0x3E || value == 0x3F || value >= 0x48 && value <= 0x4B || value >= 0x4D && value <= 0x4F
		if found := len(find(ldapCodes, value, spaceLDAP)) == 1; found == gap {
			t.Errorf("LDAP result %#x: known is %v", value, found)
		}
	}
}
