package housetest

import "strings"

// Address fills the {…} of a route's path with what stands in places under the same
// name, braces included. missing is the first for which nothing stands there.
func Address(path string, places map[string]string) (address, missing string) {
	var filled []string
	for part := range strings.SplitSeq(strings.TrimSuffix(path, "{$}"), "/") {
		if strings.HasPrefix(part, "{") {
			value, ok := places[part]
			if !ok {
				return "", part
			}
			part = value
		}
		filled = append(filled, part)
	}
	return strings.Join(filled, "/"), ""
}
