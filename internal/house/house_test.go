package house_test

import (
	"testing"

	"gehoor/internal/housetest"
)

func TestFurnishedHouseVerifies(t *testing.T) {
	h := housetest.New(t)
	r, err := h.Inspector.Verify(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range r.Findings {
		t.Error(f)
	}
	if r.Dossiers < 55 {
		t.Errorf("%d dossiers", r.Dossiers)
	}
	t.Logf("%d dossiers, %d events", r.Dossiers, r.Events)
}
