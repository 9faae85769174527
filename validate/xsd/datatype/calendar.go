package datatype

// scanner reads a date or time literal from the front. Each method consumes
// what it accepts and returns false on anything else.
type scanner struct {
	rest []byte
}

// isCalendar checks the eight date and time types. Appendix E of the
// specification fixes the calendar: proleptic Gregorian, with no year 0000.
func isCalendar(k kind, value []byte) bool {
	s := scanner{rest: value}
	var ok bool
	switch k {
	case kindDateTime:
		ok = s.date() && s.byte('T') && s.time()
	case kindTime:
		ok = s.time()
	case kindDate:
		ok = s.date()
	case kindGYearMonth:
		_, ok = s.yearMonth()
	case kindGYear:
		_, ok = s.year()
	case kindGMonthDay:
		ok = s.monthDay()
	case kindGDay:
		ok = s.prefix("---") && s.between(1, 31)
	case kindGMonth:
		ok = s.prefix("--") && s.between(1, 12)
	}
	return ok && s.zone() && len(s.rest) == 0
}

func (s *scanner) byte(c byte) bool {
	if len(s.rest) == 0 || s.rest[0] != c {
		return false
	}
	s.rest = s.rest[1:]
	return true
}

func (s *scanner) prefix(text string) bool {
	if len(s.rest) < len(text) || string(s.rest[:len(text)]) != text {
		return false
	}
	s.rest = s.rest[len(text):]
	return true
}

// two reads exactly two digits.
func (s *scanner) two() (int, bool) {
	if len(s.rest) < 2 {
		return 0, false
	}
	high, low := s.rest[0]-'0', s.rest[1]-'0'
	if high > 9 || low > 9 {
		return 0, false
	}
	s.rest = s.rest[2:]
	return int(high)*10 + int(low), true
}

func (s *scanner) between(low, high int) bool {
	n, ok := s.two()
	return ok && low <= n && n <= high
}

// year reads a year and returns it modulo 400, the period of the calendar,
// since a year may have any number of digits.
func (s *scanner) year() (int, bool) {
	negative := s.byte('-')
	n := countDigits(s.rest)
	if n < 4 || n > 4 && s.rest[0] == '0' {
		return 0, false
	}
	year, zero := 0, true
	for _, c := range s.rest[:n] {
		year = (year*10 + int(c-'0')) % 400
		zero = zero && c == '0'
	}
	if zero {
		return 0, false
	}
	s.rest = s.rest[n:]
	if negative {
		// The leap year rule of appendix E takes the year as written, so that
		// -0004 is a leap year though it is the fifth before the year 1.
		year = -year
	}
	return year, true
}

func (s *scanner) yearMonth() (days int, ok bool) {
	year, ok := s.year()
	if !ok || !s.byte('-') {
		return 0, false
	}
	month, ok := s.two()
	if !ok || month < 1 || month > 12 {
		return 0, false
	}
	if month == 2 && (year%4 != 0 || year%100 == 0 && year%400 != 0) {
		return 28, true
	}
	return daysIn[month-1], true
}

// daysIn gives the length of each month in a leap year.
var daysIn = [12]int{31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}

func (s *scanner) date() bool {
	days, ok := s.yearMonth()
	return ok && s.byte('-') && s.between(1, days)
}

// monthDay reads a gMonthDay, where 29 February recurs though not every year.
func (s *scanner) monthDay() bool {
	if !s.prefix("--") {
		return false
	}
	month, ok := s.two()
	return ok && 1 <= month && month <= 12 && s.byte('-') && s.between(1, daysIn[month-1])
}

// time reads hh:mm:ss with an optional fraction. The hour 24 stands for
// midnight at the end of a day, and appendix D.1 allows the second 60 for leap
// seconds without asking whether there was one.
func (s *scanner) time() bool {
	hour, ok := s.two()
	if !ok || hour > 24 || !s.byte(':') {
		return false
	}
	minute, ok := s.two()
	if !ok || minute > 59 || !s.byte(':') {
		return false
	}
	second, ok := s.two()
	if !ok || second > 60 {
		return false
	}
	zeroFraction := true
	if s.byte('.') {
		n := countDigits(s.rest)
		if n == 0 {
			return false
		}
		for _, c := range s.rest[:n] {
			zeroFraction = zeroFraction && c == '0'
		}
		s.rest = s.rest[n:]
	}
	return hour < 24 || minute == 0 && second == 0 && zeroFraction
}

// zone reads an optional timezone, at most fourteen hours from UTC.
func (s *scanner) zone() bool {
	if len(s.rest) == 0 || s.byte('Z') {
		return true
	}
	if !s.byte('+') && !s.byte('-') {
		return false
	}
	hour, ok := s.two()
	if !ok || hour > 14 || !s.byte(':') {
		return false
	}
	if hour == 14 {
		return s.between(0, 0)
	}
	return s.between(0, 59)
}

// isDuration checks PnYnMnDTnHnMnS, of which any part may be missing as long as
// one remains and "T" is followed by one.
func isDuration(value []byte) bool {
	s := scanner{rest: value}
	s.byte('-')
	if !s.byte('P') {
		return false
	}
	found := s.components("YMD", false)
	if s.byte('T') {
		found = s.components("HMS", true)
	}
	return found && len(s.rest) == 0
}

// components reads numbers followed by designators, each at most once and in
// the given order, and reports whether there was at least one. Only seconds may
// have a fraction. What it cannot read it leaves, for the caller to reject.
func (s *scanner) components(designators string, fraction bool) bool {
	found := false
	for len(designators) > 0 {
		n := countDigits(s.rest)
		if n == 0 || n == len(s.rest) {
			return found
		}
		if fraction && s.rest[n] == '.' {
			digits := countDigits(s.rest[n+1:])
			n += 1 + digits
			if digits == 0 || n == len(s.rest) || s.rest[n] != 'S' {
				return found
			}
		}
		i := 0
		for i < len(designators) && designators[i] != s.rest[n] {
			i++
		}
		if i == len(designators) {
			return found
		}
		designators = designators[i+1:]
		s.rest = s.rest[n+1:]
		found = true
	}
	return found
}
