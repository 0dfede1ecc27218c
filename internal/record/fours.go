package record

import "strings"

// InFours writes a code as people copy it: in groups of four.
func InFours(code string) string {
	var groups []string
	for ; len(code) > 4; code = code[4:] {
		groups = append(groups, code[:4])
	}
	return strings.Join(append(groups, code), " ")
}
