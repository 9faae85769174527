package zone

import (
	"testing"
	"time"
)

func TestFind(t *testing.T) {
	winter := time.Date(2026, 1, 15, 12, 0, 0, 0, time.UTC)
	summer := time.Date(2026, 7, 15, 12, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		name           string
		winter, summer string
	}{
		{"UTC", "12:00", "12:00"},
		{"utc", "12:00", "12:00"},
		{"Europe/Berlin", "13:00", "14:00"},
		{"europe/berlin", "13:00", "14:00"},
		{"W. Europe Standard Time", "13:00", "14:00"},
		{"w. europe standard time", "13:00", "14:00"},
		{"Pacific Standard Time", "04:00", "05:00"},
		{"India Standard Time", "17:30", "17:30"},
		{"Nepal Standard Time", "17:45", "17:45"},
		{"UTC-11", "01:00", "01:00"},
		{"UTC+13", "01:00", "01:00"},
		{"Dateline Standard Time", "00:00", "00:00"},
		{"Asia/Tokyo", "21:00", "21:00"},
	} {
		zone, err := Find(c.name)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if got := winter.In(zone).Format("15:04"); got != c.winter {
			t.Errorf("%s: noon in winter is %s, want %s", c.name, got, c.winter)
		}
		if got := summer.In(zone).Format("15:04"); got != c.summer {
			t.Errorf("%s: noon in summer is %s, want %s", c.name, got, c.summer)
		}
	}
}

// Names that would depend on the machine, or reach out of the database.
func TestNoZone(t *testing.T) {
	for _, name := range []string{"", "Local", "local", "Berlin", "../etc/passwd", "/etc/passwd", "Europe/Atlantis", "W. Europe Standard Tim"} {
		if zone, err := Find(name); err == nil {
			t.Errorf("%q is %v", name, zone)
		}
	}
}

func TestEveryWindowsZone(t *testing.T) {
	seen := map[string]bool{}
	for _, name := range Windows() {
		if _, err := Find(name); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if seen[name] {
			t.Errorf("%s stands twice", name)
		}
		seen[name] = true
	}
	if len(seen) < 139 {
		t.Errorf("%d zones; CLDR has 139 and more", len(seen))
	}
}
