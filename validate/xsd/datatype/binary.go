package datatype

func isHexBinary(value []byte) bool {
	return len(value)%2 == 0 && isHex(value)
}

func isHex(value []byte) bool {
	for _, c := range value {
		if c-'0' > 9 && (c|0x20)-'a' > 5 {
			return false
		}
	}
	return true
}

// isBase64Binary checks the grammar of the second edition, which allows white
// space after every character and demands that the bits which the padding
// leaves over are zero.
func isBase64Binary(value []byte) bool {
	digits, padding := 0, 0
	var last byte
	for _, c := range value {
		switch {
		case isSpace(c):
		case c == '=':
			padding++
		case padding > 0:
			return false
		default:
			last = base64Digit(c)
			if last == notBase64 {
				return false
			}
			digits++
		}
	}
	switch padding {
	case 0:
		return digits%4 == 0
	case 1:
		return digits%4 == 3 && last&0x03 == 0
	case 2:
		return digits%4 == 2 && last&0x0f == 0
	default:
		return false
	}
}

const notBase64 = 0xff

// base64Digit returns the six bits that c stands for, or notBase64.
func base64Digit(c byte) byte {
	switch {
	case 'A' <= c && c <= 'Z':
		return c - 'A'
	case 'a' <= c && c <= 'z':
		return c - 'a' + 26
	case '0' <= c && c <= '9':
		return c - '0' + 52
	case c == '+':
		return 62
	case c == '/':
		return 63
	default:
		return notBase64
	}
}
