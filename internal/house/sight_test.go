package house_test

import (
	"testing"

	"gehoor/internal/complaint"
	"gehoor/internal/housetest"
	"gehoor/internal/record"
)

// TestSQLSeesWhatTheLawSays compares, for every person and dossier of the furnished
// house, what the register shows with what MayRead says.
func TestSQLSeesWhatTheLawSays(t *testing.T) {
	h := housetest.New(t)
	ctx, today := t.Context(), h.Office.Today()
	ids, err := h.Store.AuditIDs(ctx)
	if err != nil {
		t.Fatal(err)
	}
	staff, err := h.Store.Staff(ctx)
	if err != nil {
		t.Fatal(err)
	}
	barredSomewhere, shown := false, map[complaint.Reading]int{}
	for _, s := range staff {
		p := s.Person()
		token := h.Vault.Index("barred", string(p.ID))
		sight := complaint.See(p, token, today)
		listed := map[string]bool{}
		for after := ""; ; {
			lines, next, err := h.Store.List(ctx, sight, record.Filter{Today: today, Limit: 7, After: after})
			if err != nil {
				t.Fatal(err)
			}
			for _, d := range lines {
				listed[d.ID] = true
			}
			if after = next; after == "" {
				break
			}
		}
		for _, id := range ids {
			d, err := h.Store.Dossier(ctx, id, complaint.Sight{All: true})
			if err != nil {
				t.Fatal(err)
			}
			tokens, err := h.Store.Barred(ctx, id)
			if err != nil {
				t.Fatal(err)
			}
			barred := false
			for _, x := range tokens {
				barred = barred || string(x) == string(token)
			}
			barredSomewhere = barredSomewhere || barred
			reading := complaint.MayRead(p, d.Dossier, barred, today)
			shown[reading]++
			_, err = h.Store.Dossier(ctx, id, sight)
			if sees := err == nil; sees != (reading > complaint.ReadsNothing) || sees != listed[id] {
				t.Errorf("%s and %s (%s): by id %v, listed %v, the law says %v", s.Name, d.Number, d.State, sees, listed[id], reading)
			}
		}
	}
	if !barredSomewhere || shown[complaint.ReadsNothing] == 0 || shown[complaint.ReadsOpen] == 0 || shown[complaint.ReadsText] == 0 {
		t.Errorf("the furnished house does not show every case: %v", shown)
	}
}
