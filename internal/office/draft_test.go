package office_test

import (
	"database/sql"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gehoor/internal/complaint"
	"gehoor/internal/house"
	"gehoor/internal/housetest"
	"gehoor/internal/office"
)

// draftsOf counts the rows of somebody's drafts, also those that they may not see.
func (b bench) draftsOf(name string) int {
	b.t.Helper()
	list, err := b.Store.Drafts(b.t.Context(), complaint.Sight{Person: b.who(name).ID, All: true, Hidden: []byte("nobody")})
	b.must(err)
	return len(list)
}

func (b bench) keep(who string, f office.Form, task complaint.Task, text string) {
	b.t.Helper()
	b.must(b.Office.KeepDraft(b.t.Context(), b.who(who), f, task, office.Typed{"text": {text}}))
}

// draft gives the text of somebody's draft, or "".
func (b bench) draft(who string, f office.Form, task complaint.Task) string {
	b.t.Helper()
	u, err := b.Office.DraftOf(b.t.Context(), b.who(who), f.Dossier, task)
	b.must(err)
	if u == nil {
		return ""
	}
	return strings.Join(u.Fields["text"], "|")
}

// TestDraftIsItsOwners: kept and kept again, seen by nobody else, gone when it is
// carried out.
func TestDraftIsItsOwners(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		b := bench{h, t}
		f := mail(b, "2026-11-10")
		jorien, pim := "Jorien Tasselaar", "Pim Haverdonk"
		f.Seen = 2
		b.keep(jorien, f, complaint.TaskNote, "Eerst dit.")
		b.keep(jorien, f, complaint.TaskNote, "Dan dat.")
		b.keep(jorien, f, complaint.TaskContact, "Zij belde.")
		b.keep(pim, f, complaint.TaskNote, "Van Pim.")
		if got := b.draft(jorien, f, complaint.TaskNote); got != "Dan dat." {
			t.Errorf("Jorien finds %q", got)
		}
		if got := b.draft(pim, f, complaint.TaskNote); got != "Van Pim." {
			t.Errorf("Pim finds %q", got)
		}
		u, err := h.Office.DraftOf(t.Context(), b.who(jorien), f.Dossier, complaint.TaskNote)
		b.must(err)
		if u.Seen != 2 || u.Until.String() != "2026-12-10" || u.Broken {
			t.Errorf("%+v", u)
		}
		own, err := h.Office.Drafts(t.Context(), b.who(jorien))
		if err != nil || len(own[f.Dossier]) != 2 {
			t.Errorf("%v %v", own, err)
		}
		b.must(h.Office.Note(t.Context(), b.who(jorien), office.Form{Dossier: f.Dossier}, "Dan dat."))
		if got := b.draft(jorien, f, complaint.TaskNote); got != "" {
			t.Errorf("carried out, and still there: %q", got)
		}
		if b.draft(jorien, f, complaint.TaskContact) == "" || b.draft(pim, f, complaint.TaskNote) == "" {
			t.Error("what was not carried out is gone")
		}
		b.must(h.Office.DropDraft(t.Context(), b.who(jorien), f.Dossier, complaint.TaskContact))
		if got := b.draft(jorien, f, complaint.TaskContact); got != "" {
			t.Errorf("thrown away, and still there: %q", got)
		}
		verifies(b)
	})
}

// TestDraftNeedsThePermissionOfItsTask: who may not carry it out keeps no draft of it.
func TestDraftNeedsThePermissionOfItsTask(t *testing.T) {
	b := bench{housetest.Empty(t), t}
	f := mail(b, "2026-11-10")
	for _, x := range []struct {
		who  string
		task complaint.Task
		kind complaint.ErrorKind
	}{
		{"Jorien Tasselaar", complaint.TaskAnswer, complaint.Refused},   // is for the handler
		{"Jorien Tasselaar", complaint.TaskIdentity, complaint.Refused}, // has a name in it
		{"Hedwig Brandsema", complaint.TaskNote, complaint.NotFound},    // does not see it
	} {
		err := b.Office.KeepDraft(t.Context(), b.who(x.who), f, x.task, office.Typed{"text": {"x"}})
		if !complaint.IsKind(err, x.kind) {
			t.Errorf("%s keeps a draft of %s: %v", x.who, x.task, err)
		}
	}
	if _, err := b.Office.DraftOf(t.Context(), b.who("Hedwig Brandsema"), f.Dossier, complaint.TaskNote); !complaint.IsKind(err, complaint.NotFound) {
		t.Errorf("who does not see the dossier: %v", err)
	}
}

// TestDraftGoesWithTheRightToRead: naming somebody removes what they kept, whoever was
// first; and a closed dossier has no drafts.
func TestDraftGoesWithTheRightToRead(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		b := bench{h, t}
		jorien, pim := b.who("Jorien Tasselaar"), b.who("Pim Haverdonk")
		for range 4 {
			f := mail(b, "2026-11-10")
			b.keep("Pim Haverdonk", f, complaint.TaskNote, "Van Pim.")
			b.keep("Jorien Tasselaar", f, complaint.TaskNote, "Van Jorien.")
			var wg sync.WaitGroup
			wg.Go(func() {
				err := h.Office.KeepDraft(t.Context(), pim, f, complaint.TaskContact, office.Typed{"text": {"Nog snel."}})
				if err != nil && !complaint.IsKind(err, complaint.NotFound) {
					t.Error(err)
				}
			})
			wg.Go(func() {
				if err := h.Office.NameEmployee(t.Context(), jorien, office.Form{Dossier: f.Dossier}, pim.ID, "De klager noemt hem."); err != nil {
					t.Error(err)
				}
			})
			wg.Wait()
			if n := b.draftsOf("Pim Haverdonk"); n != 0 {
				t.Errorf("%d drafts of who is barred", n)
			}
			if err := h.Office.KeepDraft(t.Context(), pim, f, complaint.TaskNote, office.Typed{}); !complaint.IsKind(err, complaint.NotFound) {
				t.Errorf("barred, and keeps a draft: %v", err)
			}
			if n := b.draftsOf("Jorien Tasselaar"); n != 1 {
				t.Errorf("%d drafts of who is not barred", n)
			}
			b.must(h.Office.Withdraw(t.Context(), jorien, office.Form{Dossier: f.Dossier}, complaint.End{On: h.Office.Today(), How: complaint.HowPhone, Said: "Laat maar."}))
			if n := b.draftsOf("Jorien Tasselaar"); n != 0 {
				t.Errorf("%d drafts of a closed dossier", n)
			}
		}
		verifies(b)
	})
}

// TestDraftsAreTidiedAway after their last day, and not before.
func TestDraftsAreTidiedAway(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		b := bench{h, t}
		f := mail(b, "2026-11-10")
		jorien := b.who("Jorien Tasselaar")
		b.keep("Jorien Tasselaar", f, complaint.TaskNote, "Later.")
		in := b.intake(complaint.Phone, h.Office.Today())
		b.must(h.Office.KeepIntake(t.Context(), jorien, in.Draft, complaint.Phone, h.Office.Today(), office.Typed{"title": {"Later"}}))
		kept, err := h.Office.Keep(t.Context(), jorien, in.Draft, "brief.pdf", strings.NewReader("%PDF-1.4\n"))
		b.must(err)
		for _, x := range []struct {
			day             string
			drafts, intakes int
		}{{"2026-11-17 23:59", 1, 1}, {"2026-11-18 00:01", 1, 0}, {"2026-12-10 23:59", 1, 0}, {"2026-12-11 00:01", 0, 0}} {
			b.at(x.day)
			_, err := h.Office.Sweep(t.Context())
			b.must(err)
			list, err := h.Office.Intakes(t.Context(), jorien)
			b.must(err)
			if n := b.draftsOf("Jorien Tasselaar"); n != x.drafts || len(list) != x.intakes {
				t.Errorf("%s: %d drafts and %d intakes, want %d and %d", x.day, n, len(list), x.drafts, x.intakes)
			}
			_, err = h.Store.Unlinked(t.Context(), kept.ID, in.Draft.ID)
			if gone := complaint.IsKind(err, complaint.NotFound); gone != (x.intakes == 0) {
				t.Errorf("%s: its file is gone: %v", x.day, gone)
			}
		}
	})
}

// TestIntakeDraftIsNoComplaint until it is taken in: it is its owner's, carries its day,
// and is gone when it became a dossier.
func TestIntakeDraftIsNoComplaint(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		b := bench{h, t}
		day := b.at("2026-11-10")
		in := b.intake(complaint.Phone, day)
		jorien, pim, hedwig := b.who("Jorien Tasselaar"), b.who("Pim Haverdonk"), b.who("Hedwig Brandsema")
		typed := office.Typed{"title": {"Cursus"}, "subject": {"service", "employee"}}
		b.must(h.Office.KeepIntake(t.Context(), jorien, in.Draft, complaint.Phone, day, typed))
		if n := count(b); n != 0 {
			t.Errorf("%d dossiers", n)
		}
		other := in.Draft
		other.Keys.Identity = []byte("other keys")
		if err := h.Office.KeepIntake(t.Context(), pim, other, complaint.Phone, day, typed); err == nil {
			t.Error("Pim takes its id")
		}
		if err := h.Office.KeepIntake(t.Context(), hedwig, in.Draft, complaint.Phone, day, typed); !complaint.IsKind(err, complaint.Refused) {
			t.Errorf("a manager keeps an intake: %v", err)
		}
		if _, err := h.Office.IntakeOf(t.Context(), pim, in.Draft.ID); !complaint.IsKind(err, complaint.NotFound) {
			t.Errorf("Pim sees it: %v", err)
		}
		b.must(h.Office.DropIntake(t.Context(), pim, in.Draft.ID))
		b.at("2026-11-12")
		u, err := h.Office.IntakeOf(t.Context(), jorien, in.Draft.ID)
		b.must(err)
		if diff := cmp.Diff(typed, u.Fields); diff != "" || !u.Late || u.Ending || u.CalledOn != day || u.Until.String() != "2026-11-17" {
			t.Errorf("%+v %s", u, diff)
		}
		in.Draft = u.Draft
		b.receive("Jorien Tasselaar", in)
		if list, err := h.Office.Intakes(t.Context(), jorien); err != nil || len(list) != 0 {
			t.Errorf("taken in, and still waiting: %v %v", list, err)
		}
		if err := h.Office.KeepIntake(t.Context(), jorien, in.Draft, complaint.Phone, day, typed); !complaint.IsKind(err, complaint.NotFound) {
			t.Errorf("kept after it was taken in: %v", err)
		}
		verifies(b)
	})
}

// TestDraftInAnotherPlaceDoesNotOpen: with an SQL tool Jorien's draft becomes Pim's.
func TestDraftInAnotherPlaceDoesNotOpen(t *testing.T) {
	h := housetest.Empty(t)
	b := bench{h, t}
	f := mail(b, "2026-11-10")
	b.keep("Jorien Tasselaar", f, complaint.TaskNote, "Van Jorien.")
	db, err := sql.Open("sqlite", filepath.Join(h.Home, "register", "gehoor.db"))
	b.must(err)
	defer db.Close()
	_, err = db.ExecContext(t.Context(), `UPDATE draft SET owner = $1`, string(b.who("Pim Haverdonk").ID))
	b.must(err)
	u, err := h.Office.DraftOf(t.Context(), b.who("Pim Haverdonk"), f.Dossier, complaint.TaskNote)
	b.must(err)
	if u == nil || !u.Broken || len(u.Fields) > 0 {
		t.Errorf("%+v", u)
	}
}
