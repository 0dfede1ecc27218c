package record

import (
	"encoding/json"
	"slices"
	"testing"
)

// TestOldIdentityDecodes: a record that version 1 sealed reads as one person.
func TestOldIdentityDecodes(t *testing.T) {
	var i Identity
	old := `{"v":1,"name":"J. Brugsma-Tiggelaar","organisation":"Cliëntenraad De Goudvink","street":"Kapelstiege","house":"8","postcode":"9153 HW","town":"Lutterveen","phone":"088-0000164","caller":{"name":"Corrie"}}`
	if err := json.Unmarshal([]byte(old), &i); err != nil || i.V != 1 || i.Kind != "" || i.Others != "" || i.Caller.Name != "Corrie" {
		t.Errorf("%+v %v", i, err)
	}
	if m := i.Missing(); len(m) != 0 {
		t.Errorf("an old record lacks %v", m)
	}
}

// TestGroupNeedsItsNames: of a group everybody is named, of an organisation the contact.
func TestGroupNeedsItsNames(t *testing.T) {
	i := Identity{Kind: Group, Organisation: "Cliëntenraad", Street: "a", House: "1", Postcode: "1000 AA", Town: "b", Phone: "06-00000001"}
	if got := i.Missing(); !slices.Equal(got, []string{"contact", "others"}) {
		t.Errorf("%v", got)
	}
	i.Name, i.Others = "Corrie Vonk", "Ben Damsté\nTed Prins"
	if got := i.Missing(); len(got) != 0 {
		t.Errorf("%v", got)
	}
	if got := i.Surnames(); !slices.Equal(got, []string{"Vonk", "Damsté", "Prins"}) {
		t.Errorf("%v", got)
	}
	left, ok := i.Without("Ted Prins")
	if _, nobody := i.Without("Ted"); !ok || nobody || left.Others != "Ben Damsté" || i.Others == left.Others {
		t.Errorf("%v %q %v", ok, left.Others, nobody)
	}
	i.Kind, i.Name = Firm, ""
	if got := i.Missing(); !slices.Equal(got, []string{"contact"}) {
		t.Errorf("%v", got)
	}
}
