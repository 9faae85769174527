package source

import (
	"io"
	"unicode/utf16"
	"unicode/utf8"
)

// utf16Reader turns UTF-16 into UTF-8. Unlike the decoders of libraries it
// does not replace what is no text: half a surrogate pair is a fault.
type utf16Reader struct {
	in   io.Reader
	big  bool
	raw  [16 << 10]byte
	p, n int
	out  [4]byte // a character that the caller had no room for
	rest []byte
	err  error
}

// Read fills p with decoded text.
func (u *utf16Reader) Read(p []byte) (int, error) {
	done := copy(p, u.rest)
	u.rest = u.rest[done:]
	for len(u.rest) == 0 {
		if len(p)-done < utf8.UTFMax && done > 0 {
			return done, nil
		}
		char, ok := u.next()
		if !ok {
			if done > 0 {
				return done, nil
			}
			return 0, u.err
		}
		if len(p)-done >= utf8.UTFMax {
			done += utf8.EncodeRune(p[done:], char)
			continue
		}
		n := utf8.EncodeRune(u.out[:], char)
		u.rest = u.out[copy(p[done:], u.out[:n]):n]
		done += n - len(u.rest)
	}
	return done, nil
}

// next reads one character.
func (u *utf16Reader) next() (rune, bool) {
	if !u.have(2) {
		return 0, false
	}
	char := rune(u.unit(u.p))
	u.p += 2
	if !utf16.IsSurrogate(char) {
		return char, true
	}
	if char < 0xDC00 && u.have(2) {
		if pair := utf16.DecodeRune(char, rune(u.unit(u.p))); pair != utf8.RuneError {
			u.p += 2
			return pair, true
		}
	}
	u.err = &brokenInput{SRCEncoding, "half a surrogate pair is not valid UTF-16"}
	return 0, false
}

func (u *utf16Reader) unit(p int) uint16 {
	if u.big {
		return uint16(u.raw[p])<<8 | uint16(u.raw[p+1])
	}
	return uint16(u.raw[p+1])<<8 | uint16(u.raw[p])
}

// have makes sure that n bytes are there.
func (u *utf16Reader) have(n int) bool {
	for u.n-u.p < n && u.err == nil {
		copy(u.raw[:], u.raw[u.p:u.n])
		u.n -= u.p
		u.p = 0
		k, err := u.in.Read(u.raw[u.n:])
		u.n += k
		if err != nil {
			if isEOF(err) && u.n == 1 {
				err = &brokenInput{SRCEncoding, "the document ends inside a UTF-16 character"}
			}
			if u.n < n {
				u.err = err
			}
			break
		}
	}
	return u.n-u.p >= n
}
