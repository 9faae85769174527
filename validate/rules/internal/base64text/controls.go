package base64text

import "encoding/base64"

// chunk is how many characters are decoded at a time: a multiple of 4, so that
// the bytes of a chunk begin with a whole unit of UTF-16 too.
const chunk = 1024

// HidesControls tells whether a text in base64 stands for text with a control
// character other than null, tab, carriage return and line feed. Nothing says
// how the text is encoded beneath, so it may be UTF-8 or UTF-16 with the low
// byte first, and in doubt the answer is yes.
func HidesControls(text string) bool {
	var encoded [chunk]byte
	var raw [chunk / 4 * 3]byte
	last := byte(0)
	for len(text) > 0 {
		n := copy(encoded[:], text)
		text = text[n:]
		decoded, err := base64.StdEncoding.Decode(raw[:], encoded[:n])
		if err != nil {
			return false
		}
		for i, b := range raw[:decoded] {
			high := last == 0xc2 && b >= 0x80 && b < 0xa0 || // UTF-8
				b == 0 && i%2 == 1 && last >= 0x80 && last < 0xa0 // UTF-16
			if high || b == 0x7f || b < 0x20 && b != 0 && b != '\t' && b != '\n' && b != '\r' {
				return true
			}
			last = b
		}
	}
	return false
}
