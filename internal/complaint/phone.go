package complaint

import "strings"

// minPhone is the least number of characters of a telephone number that can be called.
const minPhone = 5

// CanonicalPhone gives one spelling of a telephone number: 06-1234 5678, +31 6 12345678
// and 0031(0)612345678 are all +31612345678. It knows the Dutch ways of writing; a
// number of another country keeps its code, and a number without any keeps its digits.
func CanonicalPhone(typed string) string {
	s := strings.TrimSpace(typed)
	if i := strings.IndexFunc(s, func(r rune) bool { return r >= 'A' && r <= 'z' && r != '[' && r != ']' }); i > 0 {
		s = s[:i] // "toestel 12" is not part of the number
	}
	digits := strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
	international := strings.HasPrefix(strings.TrimLeft(s, " ("), "+")
	if rest, ok := strings.CutPrefix(digits, "00"); ok && !international {
		digits, international = rest, true
	}
	switch {
	case digits == "":
		return ""
	case international && strings.HasPrefix(digits, "31"):
		return "+31" + strings.TrimPrefix(digits[2:], "0") // +31 (0)6 …
	case international:
		return "+" + digits
	case digits[0] == '0':
		return "+31" + digits[1:]
	case strings.HasPrefix(digits, "31") && len(digits) == 11: // the plus was forgotten
		return "+" + digits
	case len(digits) == 9 && digits[0] == '6': // so was the nought
		return "+31" + digits
	}
	return digits
}
