package complaint

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestNameOpeners(t *testing.T) {
	want := Openers{Roles: []Role{Helpdesk}, Handler: true, Deputy: true}
	if diff := cmp.Diff(want, NameOpeners()); diff != "" {
		t.Errorf("the public page says otherwise than procedure.md (-want +got):\n%s", diff)
	}
}

// TestNameOpenersAgainstTheTable walks every role with every relation: who may open a name
// is named in Openers, and who is named may.
func TestNameOpenersAgainstTheTable(t *testing.T) {
	o := NameOpeners()
	for _, role := range append([]Role{""}, Roles...) {
		for bits := range 1 << 5 {
			has := func(bit int) bool { return bits&(1<<bit) != 0 }
			r := Relation{Barred: has(0), Handler: has(1), Overdue: has(2), Reader: has(3), NextInLine: has(4)}
			p := Person{ID: "x", Roles: []Role{role}}
			said := slices.Contains(o.Roles, role) || o.Handler && r.Handler || o.SecondReader && r.Reader || o.LateDirector && role == Director && r.Overdue
			if r.Barred {
				said = o.Concerned
			}
			if may := May(p, TaskOpenIdentity, r); may != said {
				t.Errorf("%q with %+v: the table says %v, the words %v", role, r, may, said)
			}
		}
	}
}
