package house_test

import (
	"database/sql"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/house"
	"gehoor/internal/housetest"
	"gehoor/internal/procedure"
)

// TestCorrectedProcedureReachesARegister that has the first version: that stays for the
// complaints that follow it, and new ones follow the corrected one. An own version of the
// organisation goes before both.
func TestCorrectedProcedureReachesARegister(t *testing.T) {
	for name, c := range map[string]struct{ version, label, want string }{
		"the first version": {"1", "iets dat u zelf raakt", "1.1: De klacht gaat niet over iets wat u zelf raakt"},
		"an own version":    {"2", "iets anders", "2: De klacht gaat niet over iets anders"},
	} {
		t.Run(name, func(t *testing.T) {
			h := housetest.Empty(t)
			has := strings.Replace(string(procedure.Shipped()[0].Text), `version: "1.1"`, `version: "`+c.version+`"`, 1)
			if err := h.AddProcedure(t.Context(), []byte(strings.Replace(has, "iets wat u zelf raakt", c.label, 1)), "iemand"); err != nil {
				t.Fatal(err)
			}
			rules, err := h.Office.InForce(t.Context(), calendar.MustParse("2025-01-01")) // before the form of the test house
			if err != nil {
				t.Fatal(err)
			}
			if !slices.ContainsFunc(rules.NotAccepted, func(r complaint.Choice) bool { return rules.Version+": "+r.Label == c.want }) {
				t.Errorf("in force is %s: %v", rules.Version, rules.NotAccepted)
			}
		})
	}
}

// TestOwnProcedureWithAShippedNumber: an organisation may have used the number that comes
// with this program; its own text stays, and the house opens.
func TestOwnProcedureWithAShippedNumber(t *testing.T) {
	home := t.TempDir()
	h := open(t, home)
	if err := h.Close(); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", filepath.Join(home, "register", "gehoor.db"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.ExecContext(t.Context(), `UPDATE procedure_file SET sha256 = 'own'`); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	h = open(t, home)
	defer h.Close()
	files, err := h.Store.Procedures(t.Context())
	if err != nil || len(files) != len(procedure.Shipped()) || files[0].SHA256 != "own" {
		t.Errorf("%d procedures, %v", len(files), err)
	}
}

func open(t *testing.T, home string) *house.House {
	t.Helper()
	h, err := house.Open(t.Context(), house.Config{Home: home})
	if err != nil {
		t.Fatal(err)
	}
	return h
}
