package store_test

import (
	"testing"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/house"
	"gehoor/internal/housetest"
	"gehoor/internal/office"
	"gehoor/internal/record"
)

// On both databases: what waits comes by page by page, within sight, and what came
// back is found.
func TestPostRoom(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		ctx := t.Context()
		helpdesk, err := h.Person(ctx, "Jorien Tasselaar")
		if err != nil {
			t.Fatal(err)
		}
		var dossiers []string
		for range 3 {
			draft, err := h.Office.Begin()
			if err != nil {
				t.Fatal(err)
			}
			got, err := h.Office.Receive(ctx, helpdesk, office.Form{}, office.Intake{Draft: draft, Receipt: complaint.Receipt{
				Channel: complaint.Phone, ReceivedOn: h.Office.Today(), Title: "Niemand nam op", Description: "Ik belde drie keer.", DesiredOutcome: "Neem op.",
				Subjects: []complaint.SubjectKind{complaint.AboutService}, Member: complaint.MemberYes, Level: complaint.Confidential,
			}, Identity: record.Identity{Name: "J. Brugsma-Tiggelaar", Street: "Kapelstiege", House: "8", Postcode: "9153 HW", Town: "Lutterveen"},
				Send: &complaint.Sending{How: complaint.HowPaper}})
			if err != nil {
				t.Fatal(err)
			}
			dossiers = append(dossiers, got.Dossier)
		}
		sight := complaint.Sight{All: true, Hidden: []byte("nobody")}
		seen, after := map[string]bool{}, ""
		for range 3 {
			list, next, err := h.Store.Waiting(ctx, sight, record.Waiting{Channel: complaint.HowPost, Limit: 2, After: after})
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range list {
				if seen[p.Letter.ID] || p.Printed || p.Dossier.Number == "" || p.Letter.Dossier != p.Dossier.ID {
					t.Errorf("%+v", p.Letter)
				}
				seen[p.Letter.ID] = true
			}
			if after = next; after == "" {
				break
			}
		}
		n, err := h.Store.CountWaiting(ctx, sight)
		if err != nil || n != 3 || len(seen) != 3 {
			t.Errorf("%d wait, %d were seen (%v)", n, len(seen), err)
		}
		if n, err := h.Store.CountWaiting(ctx, complaint.Sight{}); err != nil || n != 0 {
			t.Errorf("who sees nothing counts %d (%v)", n, err)
		}
		for letter := range seen {
			l, err := h.Store.Letter(ctx, letter, sight)
			if err != nil || l.Dossier != dossiers[0] {
				continue
			}
			form := office.Form{Dossier: l.Dossier}
			if err := h.Office.LetterWentOut(ctx, helpdesk, form, letter, h.Office.Today()); err != nil {
				t.Fatal(err)
			}
			if err := h.Office.LetterCameBack(ctx, helpdesk, form, letter, h.Office.Today(), "Verhuisd."); err != nil {
				t.Fatal(err)
			}
		}
		recent := record.Recent{ReceivedFrom: calendar.MustParse("2025-01-01"), ClosedFrom: calendar.MustParse("2026-01-01")}
		if ids, err := h.Store.WithReturned(ctx, sight, recent); err != nil || len(ids) != 1 || ids[0] != dossiers[0] {
			t.Errorf("what came back: %v (%v)", ids, err)
		}
		old := record.Recent{ReceivedFrom: h.Office.Today().AddDays(1), ClosedFrom: h.Office.Today().AddDays(1)}
		if ids, err := h.Store.WithReturned(ctx, sight, old); err != nil || len(ids) != 1 {
			t.Errorf("an open complaint that came in long ago: %v (%v)", ids, err)
		}
		if ids, err := h.Store.WithReturned(ctx, complaint.Sight{}, recent); err != nil || len(ids) != 0 {
			t.Errorf("who sees nothing finds %v (%v)", ids, err)
		}
		report, err := h.Inspector.Verify(ctx, nil)
		if err != nil || len(report.Findings) > 0 {
			t.Errorf("verify: %v %v", report.Findings, err)
		}
	})
}
