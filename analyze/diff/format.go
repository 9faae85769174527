package diff

import (
	"strconv"
	"time"
)

// formatOffset writes an offset as +1h2m3.004s.
func formatOffset(millis int64) string {
	const most = int64(1<<63-1) / int64(time.Millisecond)
	if millis > most || millis < -most { // 292 years
		return strconv.FormatInt(millis, 10) + "ms"
	}
	text := (time.Duration(millis) * time.Millisecond).String()
	if millis >= 0 {
		return "+" + text
	}
	return text
}

// OffsetText writes Offset, such as +26h0m0.5s.
func (t *Times) OffsetText() string { return formatOffset(t.Offset) }
