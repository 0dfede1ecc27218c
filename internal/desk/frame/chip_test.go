package frame

import (
	"strings"
	"testing"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/words"
)

// tuesday is the day it is in these tests.
var tuesday = calendar.MustParse("2026-11-24")

func TestChips(t *testing.T) {
	all, err := words.Load()
	if err != nil {
		t.Fatal(err)
	}
	v, today := all.Speak("nl"), tuesday
	on := calendar.MustParse
	running := complaint.Dossier{State: complaint.InHandling, FiledOn: on("2026-11-15"), OriginalDueOn: on("2026-11-29"), DueOn: on("2026-11-29"), TargetOn: on("2026-11-27")}
	late, soon, agreed, proposed, lateAgreed := running, running, running, running, running
	late.DueOn, late.OriginalDueOn = on("2026-11-22"), on("2026-11-22")
	soon.DueOn = on("2026-12-02")
	soon.OriginalDueOn, soon.TargetOn = soon.DueOn, soon.DueOn
	agreed.DueOn, agreed.TargetOn = on("2026-12-13"), on("2026-12-11")
	proposed.State, proposed.Extension.ProposedOn = complaint.ExtensionProposed, on("2026-12-11")
	lateAgreed.OriginalDueOn, lateAgreed.Extension.AgreedLate, lateAgreed.DueOn, lateAgreed.TargetOn = on("2026-11-20"), true, on("2026-12-04"), on("2026-12-04")
	drafted := complaint.Dossier{State: complaint.Drafted, Channel: complaint.Phone, ReceivedOn: on("2026-11-22"), TextVersion: 1}
	fresh, corrected := drafted, drafted
	fresh.ReceivedOn = today
	corrected.SentVersion = 1
	here := corrected
	here.State = complaint.Awaiting
	posted := here
	posted.SentOn = today
	for name, tt := range map[string]struct {
		d           complaint.Dossier
		text, under string
	}{
		"in term":    {soon, "Verstuur uiterlijk wo 2 dec", "nog 8 dagen"},
		"soon":       {running, "Verstuur uiterlijk vr 27 nov", "beloofd: uiterlijk zondag 29 november"},
		"late":       {late, "Te laat: 2 dagen", "had zondag 22 november gemoeten"},
		"agreed":     {agreed, "Verstuur uiterlijk vr 11 dec", "uitstel afgesproken tot zondag 13 december"},
		"proposed":   {proposed, "Verstuur uiterlijk vr 27 nov", "uitstel voorgesteld tot vr 11 dec, nog geen reactie"},
		"lateAgreed": {lateAgreed, "Verstuur uiterlijk vr 4 dec", "te laat, later een datum afgesproken"},
		"drafted":    {drafted, "Tekst nog niet verstuurd: 2 dagen", "gebeld op zondag 22 november"},
		"fresh":      {fresh, "Tekst nog niet verstuurd", "gebeld op dinsdag 24 november"},
		"lies here":  {here, "Tekst nog niet verstuurd: 2 dagen", "gebeld op zondag 22 november"},
		"posted":     {posted, "Wacht op bevestiging", "gebeld op zondag 22 november"},
		"corrected":  {corrected, "Klager wil een andere tekst", "gebeld op zondag 22 november"},
		"answered":   {complaint.Dossier{State: complaint.IsAnswered, AnsweredOn: on("2026-11-20")}, "Beantwoord op vr 20 nov", "nog afsluiten"},
	} {
		if got := ChipOf(v, tt.d, today); got.Text != tt.text || got.Under != tt.under {
			t.Errorf("%s: %q, %q", name, got.Text, got.Under)
		}
	}
	for _, s := range complaint.States {
		if chip := ChipOf(v, complaint.Dossier{State: s, DueOn: today, OriginalDueOn: today, TargetOn: today}, today); strings.Contains(chip.Text+chip.Under, "⟦") {
			t.Errorf("%s: %q %q", s, chip.Text, chip.Under)
		}
	}
}
