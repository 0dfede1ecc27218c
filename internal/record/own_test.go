package record

import (
	"slices"
	"testing"
)

func TestOwnIsEverybodyAndEverything(t *testing.T) {
	i := Identity{Name: "mevrouw Abel van Rooskens", Others: "Wim Koolwitje", Organisation: "De Goudvink", Street: "Veerdam", House: "101", Mobile: "06-00000099",
		Caller: Caller{Name: "Els Veenhof", Phone: "06-00000098"}, Reader: Reader{Name: "Annet", Email: "annet@example.org"},
		Deputy: Deputy{Name: "Wiek Kade", Phone: "06-00000097"}, Relative: Relative{Name: "Berber Sloot", Street: "Dijk"}}
	own := i.Own()
	for _, want := range []string{"mevrouw Abel van Rooskens", "Rooskens", "Wim", "Koolwitje", "De Goudvink", "Veerdam", "06-00000099", "Els", "Veenhof", "06-00000098",
		"Annet", "annet@example.org", "Wiek", "06-00000097", "Berber", "Sloot", "Dijk"} {
		if !slices.Contains(own, want) {
			t.Errorf("%q is not in %q", want, own)
		}
	}
	for _, not := range []string{"mevrouw", "", "101"} {
		if slices.Contains(own, not) {
			t.Errorf("%q is in it", not)
		}
	}
}
