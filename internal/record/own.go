package record

import (
	"slices"
	"strings"
)

// noName are words that stand before a name and say nothing of whose it is.
func noName(word string) bool {
	return slices.Contains([]string{"mevrouw", "meneer", "mevr", "dhr", "heer", "familie", "fam", "mrs", "drs", "van", "der", "den", "het", "the"},
		strings.Trim(strings.ToLower(word), "."))
}

// Own gives everything in an identity by which somebody could be known: all who complain
// and all who speak for them, how to reach them, where they live. A text that may not say
// who complained holds none of it.
func (i Identity) Own() []string {
	own := []string{i.Organisation, i.TheirRef, i.MemberNumber, i.Street, i.Postcode, i.Phone, i.Mobile, i.Email, i.Copy,
		i.Caller.Phone, i.Reader.Email,
		i.Deputy.Street, i.Deputy.Postcode, i.Deputy.Phone, i.Deputy.Email,
		i.Relative.Street, i.Relative.Postcode}
	for _, name := range append(i.Names(), i.Name, i.Caller.Name, i.Reader.Name, i.Deputy.Name, i.Relative.Name) {
		own = append(own, name)
		words := strings.Fields(name)
		if len(words) == 0 {
			continue
		}
		for _, word := range []string{words[0], words[len(words)-1]} {
			if !noName(word) {
				own = append(own, word)
			}
		}
	}
	return slices.DeleteFunc(own, func(s string) bool { return strings.TrimSpace(s) == "" })
}
