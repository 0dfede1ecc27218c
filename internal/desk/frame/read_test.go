package frame

import "testing"

func TestDossierNumber(t *testing.T) {
	today := tuesday
	for typed, want := range map[string]string{
		"2026-417": "2026-417", " 2026 417 ": "2026-417", "2026417": "2026-417", "417": "2026-417", "nr. 2025-0417": "2025-0417",
		"": "", "jansen": "", "1": "", "2026-417-3": "", "99999999999999": "",
	} {
		if got := DossierNumber(typed, today); got != want {
			t.Errorf("dossierNumber(%q) is %q, want %q", typed, got, want)
		}
	}
}
