package counter_test

import (
	"net/netip"
	"net/url"
	"strings"
	"testing"

	"gehoor/internal/complaint"
	"gehoor/internal/housetest"
	"gehoor/internal/mailroom"
	"gehoor/internal/office"
	"gehoor/internal/record"
)

// waitingForm hands in a form that must be looked at first, and gives what its sender has.
func (s *street) waitingForm(level complaint.Level) (id, number, code string) {
	s.t.Helper()
	draft, err := s.Office.Begin()
	s.must(err)
	named, nameless, _, err := s.Office.Codes()
	s.must(err)
	in := office.Intake{Draft: draft, Promise: &office.Promise{Code: named},
		Receipt: complaint.Receipt{Title: "Een dienst", Description: "Het rapport kwam te laat.", DesiredOutcome: "Een vaste datum.",
			Subjects: []complaint.SubjectKind{complaint.AboutService}, Level: level},
		Identity: record.Identity{Name: "Truus Verbeek", Email: "truus@example.net", Way: "email"}}
	if level == complaint.Nameless {
		in.Identity, in.Promise.Code = record.Identity{}, nameless
	}
	h, err := s.Mailroom.HandIn(s.t.Context(), complaint.Visitor(), office.Form{Key: record.NewID()}, in, mailroom.TooFast)
	s.must(err)
	if !h.Waits {
		s.t.Fatal("the form does not wait")
	}
	return draft.ID, h.Number, in.Promise.Code
}

// TestFormThatWaitsIsFollowed: who sent a form that nobody took in yet is told that we have
// it and by when the answer goes; a wrong code gets the answer of ever, and counts.
func TestFormThatWaitsIsFollowed(t *testing.T) {
	for _, level := range []complaint.Level{complaint.Confidential, complaint.Nameless} {
		t.Run(string(level), func(t *testing.T) {
			s := open(t, housetest.Empty(t))
			s.at("2026-11-24")
			id, number, code := s.waitingForm(level)
			b := s.browser()
			give := url.Values{"number": {number}, "code": {code}}
			w := b.post("/volgen", give)
			s.says(w, 200, "Wij hebben uw klacht", "Iemand van ons kijkt er nog naar.", "Wij sturen ons antwoord uiterlijk dinsdag 8 december 2026.")
			s.silent(w, "rapport", "Truus")
			if len(b.cookies) > 0 {
				t.Errorf("cookies %v", b.cookies)
			}
			s.says(b.post("/volgen", url.Values{"number": {number}, "code": {otherCode(s, code)}}), 422, "Dit nummer en deze code horen niet bij elkaar.")
			s.at("2026-12-09")
			s.says(b.post("/volgen", give), 200, "Ons antwoord had er op dinsdag 8 december 2026 moeten zijn.")

			s.must(s.Mailroom.Dismiss(t.Context(), s.who(helpdesk), id, "question", true))
			w = b.post("/volgen", give)
			s.says(w, 200, "Wij lezen dat niet als een klacht.", "Bedoelt u wel een klacht? Bel dan 088-0000100 en noem nummer "+number, "Dan telt de dag waarop u ons schreef.")
			s.silent(w, "rapport", "Truus", "uiterlijk")
			s.must(s.Mailroom.PutBack(t.Context(), s.who(helpdesk), id))
			s.says(b.post("/volgen", give), 200, "Wij hebben uw klacht")
			_, err := s.Mailroom.Accept(t.Context(), s.who(helpdesk), office.Form{Key: "accept"}, id)
			s.must(err)
			if w := b.post("/volgen", give); w.Code != 303 || len(b.cookies) != 1 {
				t.Fatalf("%d %s", w.Code, w.Body)
			}
			s.says(b.get("/volgen"), 200, "Uw klacht "+number)
			verifies(s)
		})
	}
}

// TestWrongCodesOfAFormThatWaits: its code is no easier to guess than that of a dossier, and
// what was dismissed and swept is gone.
func TestWrongCodesOfAFormThatWaits(t *testing.T) {
	s := open(t, housetest.Empty(t))
	s.at("2026-11-24")
	id, number, code := s.waitingForm(complaint.Confidential)
	guesser := s.browser()
	guesser.address = netip.MustParseAddrPort("192.0.2.66:4000").String()
	last := 0
	for range 7 {
		last = guesser.post("/volgen", url.Values{"number": {number}, "code": {otherCode(s, code)}}).Code
	}
	if last != 429 {
		t.Errorf("the seventh wrong code gets %d", last)
	}
	give := url.Values{"number": {number}, "code": {code}}
	s.says(s.browser().post("/volgen", give), 200, "Wij hebben uw klacht")
	s.must(s.Mailroom.Dismiss(t.Context(), s.who(helpdesk), id, "advertising", false))
	s.at("2027-03-01")
	_, err := s.Mailroom.Sweep(t.Context())
	s.must(err)
	s.says(s.browser().post("/volgen", give), 422, "horen niet bij elkaar")
	if found := inRegister(t, s.House, strings.ReplaceAll(code, " ", "")); found != "" {
		t.Errorf("the code stands in %s", found)
	}
}
