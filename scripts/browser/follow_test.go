package browser

import (
	"net/http"
	"net/netip"
	"testing"

	"gehoor/internal/complaint"
	"gehoor/internal/office"
	"gehoor/internal/record"
)

// complainant is who shows number and code, as somebody who looks at a page.
const complainant = "the complainant"

// letter takes a letter in, of which the acknowledgement tells number and code, and brings
// it to a manager.
func (w *world) letter(t *testing.T) (form office.Form, number, code string) {
	t.Helper()
	draft, err := w.Office.Begin()
	check(t, err)
	handler := w.person(t, manager)
	departments, err := w.Store.Departments(t.Context())
	check(t, err)
	department := ""
	for _, d := range departments {
		if d.Manager == handler.ID {
			department = d.ID
		}
	}
	got, err := w.Office.Receive(t.Context(), w.person(t, helpdesk), office.Form{}, office.Intake{Draft: draft,
		Receipt: complaint.Receipt{Channel: complaint.Post, ReceivedOn: w.Office.Today(), Title: "Cursus ging niet door", Description: "Wij stonden voor een dichte deur.",
			DesiredOutcome: "Het geld voor de taxi terug.", Subjects: []complaint.SubjectKind{complaint.AboutService}, Level: complaint.Confidential, Department: department},
		Identity: record.Identity{Name: "Wendela Pruim", Street: "Hooge Akker", House: "27", Postcode: "6905 LR", Town: "Zandhuizen", Phone: "088-0000181"}})
	check(t, err)
	form = office.Form{Dossier: got.Dossier}
	code = w.lastLetter(t, got.Dossier).Code
	check(t, w.Office.Forward(t.Context(), w.person(t, helpdesk), form, complaint.Forwarding{Department: department, Handler: handler.ID}, false))
	return form, got.Number, code
}

// follows shows number and code, and gives the token of the visit.
func (w *world) follows(t *testing.T, number, code string) (token string) {
	t.Helper()
	token, _, err := w.Office.Follow(t.Context(), office.Proof{Number: number, Code: code, From: netip.MustParseAddr("192.0.2.1")})
	check(t, err)
	return token
}

// asksForLater lets the complainant's page ask for a later date.
func (w *world) asksForLater(t *testing.T) {
	t.Helper()
	form, number, code := w.letter(t)
	today := w.Office.Today()
	check(t, w.Office.Extend(t.Context(), w.person(t, manager), form, complaint.Proposal{Reason: "research_takes_longer",
		Explanation: "Wij willen eerst met de trainer praten.", On: today, How: complaint.HowPost, Date: today.AddDays(28)}))
	w.tokens[complainant] = w.follows(t, number, code)
}

// ownPages are the complainant's own page with a question about a later date, and after
// the answer.
func (w *world) ownPages(t *testing.T) []stop {
	t.Helper()
	form, number, code := w.letter(t)
	today, handler := w.Office.Today(), w.person(t, manager)
	check(t, w.Office.Answer(t.Context(), handler, form, complaint.Reply{AnswerText: complaint.AnswerText{Points: "U heeft gelijk. Dat spijt ons.",
		Outcome: "Wij doen wat u vraagt.", Measures: "De planner belt voortaan."}, How: complaint.HowPost, Action: "Gebeld met de klager."}))
	check(t, w.Office.SendAnswer(t.Context(), handler, form, complaint.Dispatch{On: today}))
	check(t, w.Office.Close(t.Context(), w.person(t, helpdesk), form, complaint.Closing{On: today, Explanation: "De klager wilde dit niet zeggen."}))
	asked := w.stop("GET /volgen, a later date is asked", complainant, "/volgen", http.StatusOK)
	closed := w.stop("GET /volgen, after the answer", nobody, "/volgen", http.StatusOK)
	closed.Cookies["gehoor-volgen"] = w.follows(t, number, code)
	for _, s := range []stop{asked, closed} {
		w.visit(t, s)
	}
	return []stop{asked, closed}
}
