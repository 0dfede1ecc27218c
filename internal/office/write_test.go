package office_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"gehoor/internal/complaint"
	"gehoor/internal/house"
	"gehoor/internal/housetest"
	"gehoor/internal/office"
	"gehoor/internal/record"
)

// TestDoubleClickMakesOneDossier sends the same form many times at once.
func TestDoubleClickMakesOneDossier(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		b := bench{h, t}
		in := b.intake(complaint.Post, b.at("2026-11-24"))
		form := office.Form{Key: "key-of-the-page"}
		jorien := b.who("Jorien Tasselaar")
		ids := make([]string, 8)
		var wg sync.WaitGroup
		for i := range ids {
			wg.Go(func() {
				got, err := h.Office.Receive(t.Context(), jorien, form, in)
				if err != nil {
					t.Error(err)
				}
				ids[i] = got.Dossier
			})
		}
		wg.Wait()
		for _, id := range ids {
			if id == "" || id != ids[0] {
				t.Errorf("dossiers %v", ids)
			}
		}
		if n := count(b); n != 1 {
			t.Errorf("%d dossiers", n)
		}
		in.Title = "Iets anders"
		if _, err := h.Office.Receive(t.Context(), jorien, form, in); !complaint.IsKind(err, complaint.UsedKey) {
			t.Errorf("the same key with other content: %v", err)
		}
		if _, err := h.Office.Receive(t.Context(), b.who("Pim Haverdonk"), form, in); !complaint.IsKind(err, complaint.UsedKey) {
			t.Errorf("the same key by someone else: %v", err)
		}
	})
}

func count(b bench) int {
	b.t.Helper()
	ids, err := b.Store.AuditIDs(b.t.Context())
	b.must(err)
	return len(ids)
}

// TestDoubleClickOnATask does the same task twice with one key.
func TestDoubleClickOnATask(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		b := bench{h, t}
		f := mail(b, "2026-11-24")
		f.Key = "note"
		jorien := b.who("Jorien Tasselaar")
		var wg sync.WaitGroup
		for range 6 {
			wg.Go(func() {
				if err := h.Office.Note(t.Context(), jorien, f, "Eén keer."); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		n := 0
		for _, e := range b.view("Jorien Tasselaar", f.Dossier).Events {
			if e.Kind == complaint.Noted {
				n++
			}
		}
		if n != 1 {
			t.Errorf("%d notes", n)
		}
	})
}

// TestOnlyStepsMakeAFormStale: a colleague's note does not, a colleague's step does.
func TestOnlyStepsMakeAFormStale(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		b := bench{h, t}
		f := mail(b, "2026-11-24")
		f.Seen = b.view("Jorien Tasselaar", f.Dossier).Version
		b.must(h.Office.Note(t.Context(), b.who("Pim Haverdonk"), office.Form{Dossier: f.Dossier}, "Ik belde ook."))
		x := complaint.Forwarding{Department: b.department("Scholing").ID, Handler: b.who("Hedwig Brandsema").ID}
		b.must(h.Office.Forward(t.Context(), b.who("Jorien Tasselaar"), f, x, false))
		if err := h.Office.Forward(t.Context(), b.who("Pim Haverdonk"), f, x, false); !complaint.IsKind(err, complaint.Stale) {
			t.Errorf("a form that a step has overtaken: %v", err)
		}
	})
}

// TestManyWritersLoseNothing lets colleagues write notes in one dossier at once.
func TestManyWritersLoseNothing(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		b := bench{h, t}
		f := mail(b, "2026-11-24")
		jorien := b.who("Jorien Tasselaar")
		var wg sync.WaitGroup
		var mu sync.Mutex
		written := 0
		for range 4 {
			wg.Go(func() {
				for range 5 {
					err := h.Office.Note(t.Context(), jorien, office.Form{Dossier: f.Dossier}, "Gebeld.")
					if err != nil && !complaint.IsKind(err, complaint.Unavailable) {
						t.Error(err)
					}
					mu.Lock()
					if err == nil {
						written++
					}
					mu.Unlock()
				}
			})
		}
		wg.Wait()
		n := 0
		for _, e := range b.view("Jorien Tasselaar", f.Dossier).Events {
			if e.Kind == complaint.Noted {
				n++
			}
		}
		if n != written || n == 0 {
			t.Errorf("%d notes stand there, %d were acknowledged", n, written)
		}
		verifies(b)
	})
}

func verifies(b bench) {
	b.t.Helper()
	r, err := b.Inspector.Verify(b.t.Context(), nil)
	b.must(err)
	for _, f := range r.Findings {
		b.t.Error(f)
	}
}

// TestClockOfManyProcesses runs the clock in two processes on one database at once.
func TestClockOfManyProcesses(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		b := bench{h, t}
		var forms []office.Form
		for range 5 {
			f := mail(b, "2026-11-02")
			b.forward("Jorien Tasselaar", f, "Scholing", "Hedwig Brandsema")
			forms = append(forms, f)
		}
		b.at("2026-12-24") // after a long downtime
		other := housetest.Open(t, h.Config)
		var wg sync.WaitGroup
		for _, o := range []*office.Office{h.Office, other.Office, h.Office, other.Office} {
			wg.Go(func() {
				if _, err := o.Wake(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		for _, f := range forms {
			wake(b, f, complaint.IsOverdue)
		}
		verifies(b)
	})
}

// TestOpeningIsLoggedFirst: no name without a line that says who and why.
func TestOpeningIsLoggedFirst(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		b := bench{h, t}
		f := mail(b, "2026-11-24")
		jorien := b.who("Jorien Tasselaar")
		if _, err := h.Office.OpenIdentity(t.Context(), jorien, f.Dossier, office.Opening{Reason: "nieuwsgierig"}); err == nil {
			t.Error("a name was opened for a reason that is not in the list")
		}
		if _, err := h.Office.OpenIdentity(t.Context(), b.who("Hedwig Brandsema"), f.Dossier, office.Opening{Reason: "letter"}); !complaint.IsKind(err, complaint.NotFound) {
			t.Errorf("a manager who does not handle it: %v", err)
		}
		got, err := h.Office.OpenIdentity(t.Context(), jorien, f.Dossier, office.Opening{Reason: "call_back", Remark: "Over de taxi."})
		if err != nil || got.Name != "Abel Rooskens" || got.Postcode != "3561 KL" {
			t.Errorf("%+v %v", got, err)
		}
		openings := b.view("Jorien Tasselaar", f.Dossier).Openings
		if len(openings) != 1 || openings[0].Actor != jorien.ID || openings[0].Reason != "call_back" || len(openings[0].Remark) == 0 {
			t.Errorf("openings %+v", openings)
		}
		h.Office.Cupboard = noLog{h.Office.Cupboard}
		if got, err := h.Office.OpenIdentity(t.Context(), jorien, f.Dossier, office.Opening{Reason: "call_back"}); err == nil || got.Name != "" {
			t.Errorf("opened without a line: %+v", got)
		}
	})
}

// noLog is a register whose logbook is full.
type noLog struct{ office.Cupboard }

func (noLog) Log(context.Context, ...record.LogLine) error { return errors.New("full") }

// TestLettersAreReprintedAsTheyAre prints a letter twice, with the settings changed in
// between.
func TestLettersAreReprintedAsTheyAre(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		b := bench{h, t}
		in := b.intake(complaint.Post, b.at("2026-11-24"))
		in.Identity.Email = ""
		f := b.receive("Jorien Tasselaar", in)
		letters := b.view("Jorien Tasselaar", f.Dossier).Letters
		first, err := h.Office.PrintLetter(t.Context(), b.who("Jorien Tasselaar"), letters[0].ID)
		b.must(err)
		if !bytes.HasPrefix(first.Bytes, []byte("%PDF-")) || first.Mail {
			t.Fatalf("no PDF: %.20q", first.Bytes)
		}
		b.must(h.Store.SaveSetting(t.Context(), record.Setting{ID: record.NewID(), Name: record.SettingOrganisation, Value: `{"name":"Anders","phone":"1","procedures":[{"procedure":"lsr-14-dagen"}]}`, At: h.Clock.Now()}))
		again, err := h.Office.PrintLetter(t.Context(), b.who("Pim Haverdonk"), letters[0].ID)
		b.must(err)
		if !bytes.Equal(first.Bytes, again.Bytes) {
			t.Error("the second printing has other bytes")
		}
		if n := len(b.view("Jorien Tasselaar", f.Dossier).Openings); n != 2 {
			t.Errorf("%d openings by printing, want 2", n)
		}
		verifies(b)
	})
}

// TestCancelledRequests: a request cancelled before writes nothing, one cancelled
// during a write is written whole.
func TestCancelledRequests(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		b := bench{h, t}
		jorien := b.who("Jorien Tasselaar")
		f := mail(b, "2026-11-24")
		for i := range 20 {
			ctx, cancel := context.WithCancel(t.Context())
			time.AfterFunc(time.Duration(i)*200*time.Microsecond, cancel)
			err := h.Office.Note(ctx, jorien, office.Form{Dossier: f.Dossier, Key: fmt.Sprint("k", i)}, "Gebeld.")
			cancel()
			if err != nil && !errors.Is(err, context.Canceled) {
				t.Logf("refused: %v", err)
			}
		}
		verifies(b)
		b.must(h.Office.Note(t.Context(), jorien, office.Form{Dossier: f.Dossier}, "Daarna gaat het gewoon verder."))
	})
}

// TestNumbersGrow: three digits, and four when 70 % of them is used.
func TestNumbersGrow(t *testing.T) {
	b := bench{housetest.Empty(t), t}
	lengths := map[int]int{}
	for range 760 {
		f := mail(b, "2026-11-24")
		d, err := b.Store.Dossier(t.Context(), f.Dossier, complaint.Sight{All: true})
		b.must(err)
		lengths[len(d.Number)]++
	}
	if n := lengths[len("2026-417")]; n < 700 || n > 730 || lengths[len("2026-4170")] != 760-n {
		t.Errorf("lengths of numbers: %v", lengths)
	}
}

// TestDoubleClickOnAStep: both clicks get the first result, also when the second comes
// to a dossier that has moved on.
func TestDoubleClickOnAStep(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		b := bench{h, t}
		for i := range 10 {
			f := mail(b, "2026-11-24")
			b.forward("Jorien Tasselaar", f, "Scholing", "Hedwig Brandsema")
			f.Key = fmt.Sprint("withdraw ", i)
			var wg sync.WaitGroup
			for range 4 {
				wg.Go(func() {
					err := h.Office.Withdraw(t.Context(), b.who("Jorien Tasselaar"), f, complaint.End{On: h.Office.Today(), How: complaint.HowPhone, Said: "Laat maar."})
					if err != nil {
						t.Error(err)
					}
				})
			}
			wg.Wait()
		}
	})
}
