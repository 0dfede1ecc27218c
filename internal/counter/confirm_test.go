package counter_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"gehoor/internal/complaint"
	"gehoor/internal/house"
	"gehoor/internal/housetest"
	"gehoor/internal/office"
	"gehoor/internal/record"
)

// forDaughter lets a daughter read the text along.
func forDaughter(in *office.Intake) {
	in.Identity.Reader = record.Reader{Name: "Tilly Pruim", Relation: "dochter", Email: "tilly@example.net", Consent: true}
}

// TestDaughterConfirmsByLink: a mail scanner that opens the link confirms nothing; the
// daughter does, with a double click.
func TestDaughterConfirmsByLink(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		s := open(t, h)
		s.at("2026-11-11")
		f := s.call(complaint.HowReader, forDaughter)
		path := s.link(f)
		version := s.dossier(f).Version

		scanner := s.browser()
		scanner.get(path)
		scanner.send(httptest.NewRequest(http.MethodHead, path, nil))
		scanner.header.Set("Purpose", "prefetch")
		scanner.header.Set("Sec-Purpose", "prefetch;prerender")
		scanner.get(path)
		scanner.get(path)
		if d := s.dossier(f); d.Version != version || d.State != complaint.Awaiting {
			t.Fatalf("looking changed the dossier: %s, version %d", d.State, d.Version)
		}

		s.at("2026-11-13 14:30")
		daughter := s.browser()
		w := daughter.get(path)
		doc := s.says(w, 200, "Klopt deze tekst?", "U leest dit voor uw moeder", "Wij stonden voor een dichte deur.", "Het geld voor de taxi terug.",
			"Wat moet het LSR doen?", "binnen 14 dagen", "Wil uw moeder geen klacht meer? Bel ons: 088-0000100. Wij vragen het haar zelf.",
			"Deze pagina werkt tot en met vrijdag 11 december 2026.", "Bel 088-0000100")
		if got := strings.TrimSpace(doc.Find(".gh-button--primary").Text()); got != "Ja, mijn moeder zegt dat dit klopt" {
			t.Errorf("the button says %q", got)
		}
		s.silent(w, "Pruim", "Zandhuizen", "0000181", "Jorien", "De cursus ging niet door")
		if len(daughter.cookies) > 0 {
			t.Errorf("a cookie before it is needed: %v", daughter.cookies)
		}
		form := url.Values{"antwoord": {"ja"}, "sleutel": {s.key(w)}}
		for range 2 { // a double click
			if w := daughter.post(path, form); w.Code != http.StatusSeeOther || w.Header().Get("Location") != path {
				t.Fatalf("%d %s\n%s", w.Code, w.Header().Get("Location"), w.Body)
			}
		}
		d := s.dossier(f)
		if d.State != complaint.IsFiled || d.FiledOn.String() != "2026-11-13" || d.DueOn.String() != "2026-11-27" {
			t.Errorf("%s, filed %s, due %s", d.State, d.FiledOn, d.DueOn)
		}
		for _, e := range s.view(f).Events {
			if e.Kind == complaint.Confirmed && (e.Actor != complaint.ByReader || e.Open.How != complaint.HowLink || e.Open.Outcome != complaint.ReaderConfirms) {
				t.Errorf("confirmed by %s, %s, as %s", e.Actor, e.Open.How, e.Open.Outcome)
			}
		}
		if facts := s.last(f, record.Acknowledgement); facts.Code == "" || facts.FollowURL != base+"/volgen" {
			t.Errorf("the acknowledgement has code %q and page %q", facts.Code, facts.FollowURL)
		}
		w = daughter.get(path)
		doc = s.says(w, 200, "U zei ja op vrijdag 13 november 2026", "Dank u wel voor het lezen")
		if title := doc.Find("title").Text(); !strings.HasPrefix(title, "U zei ja") {
			t.Errorf("the tab says %q", title)
		}
		s.silent(w, "dichte deur", d.Number)
		verifies(s)
	})
}

func verifies(s *street) {
	s.t.Helper()
	r, err := s.Inspector.Verify(s.t.Context(), nil)
	s.must(err)
	for _, f := range r.Findings {
		s.t.Error(f)
	}
}

// TestTextMustChange: a no by link goes back to the helpdesk, with a signal; the link
// says what was done, the new text has a link of its own and the old one is gone.
func TestTextMustChange(t *testing.T) {
	s := open(t, housetest.Empty(t))
	s.at("2026-11-11")
	f := s.call(complaint.HowEmail, nil)
	path, b := s.link(f), s.browser()
	key := s.key(b.get(path))
	doc := s.says(b.post(path, url.Values{"antwoord": {"anders"}, "said": {"  "}, "sleutel": {key}}), 422, "Wat moet er anders: Vul dit in")
	if doc.Find(".gh-note--bad a[href='#said']").Length() != 1 {
		t.Error("the mistake does not lead to its field")
	}
	s.says(b.post(path, url.Values{"antwoord": {"anders"}, "said": {strings.Repeat("x", complaint.MaxText+1)}, "sleutel": {key}}), 422, "Wat moet er anders?")
	if w := b.post(path, url.Values{"antwoord": {"anders"}, "said": {"Het was op zondag."}, "sleutel": {key}}); w.Code != 303 {
		t.Fatalf("%d\n%s", w.Code, w.Body)
	}
	v := s.view(f)
	if v.State != complaint.Drafted || v.Next != complaint.TaskWord {
		t.Errorf("%s, next %s", v.State, v.Next)
	}
	told := false
	for _, e := range v.Events {
		told = told || e.Kind == complaint.Reminded && e.Open.Occasion == complaint.ReplyReceived
	}
	if !told {
		t.Error("nobody is told of the no")
	}
	s.says(b.get(path), 200, "De tekst moet anders", "woensdag 11 november", "Dit schreef u", "Het was op zondag.", "noem dit nummer: "+s.dossier(f).Number)
	// A yes after the no does not file.
	b.post(path, url.Values{"antwoord": {"ja"}, "sleutel": {"EENANDERESLEUTEL"}})
	if d := s.dossier(f); d.State != complaint.Drafted {
		t.Errorf("a used link filed the complaint: %s", d.State)
	}
	s.must(s.Office.Word(t.Context(), s.who(helpdesk), f, complaint.Wording{Title: "De cursus", Description: "Het was op zondag.", DesiredOutcome: "Geld terug."}))
	s.must(s.Office.Send(t.Context(), s.who(helpdesk), f, complaint.HowEmail))
	if next := s.link(f); next == path {
		t.Error("the new text has the old link")
	}
	next := s.browser()
	w := next.get(s.link(f))
	s.says(w, 200, "Het was op zondag.", "Dit is tekst 2.")
	s.says(b.get(path), 200, "De tekst is veranderd", "Kreeg u een nieuw bericht? Gebruik de link daarin.")
	if w := next.post(s.link(f), url.Values{"antwoord": {"ja"}, "sleutel": {s.key(w)}}); w.Code != 303 {
		t.Fatalf("%d\n%s", w.Code, w.Body)
	}
	s.says(next.get(s.link(f)), 200, "U zei ja op woensdag 11 november 2026", "Het nummer is "+s.dossier(f).Number, "uiterlijk woensdag 25 november 2026", "Bel 088-0000100")
	w = b.get(path)
	s.says(w, 200, "De tekst is veranderd", "Op de nieuwe tekst is ja gezegd, op woensdag 11 november 2026.")
	s.silent(w, "Daarna krijgt u een nieuw bericht")
	verifies(s)
}

// TestLongCorrectionIsNotLost: who typed what must change while a newer text went out, or
// the link ended, gets those words back, and hears what happened.
func TestLongCorrectionIsNotLost(t *testing.T) {
	said := strings.Repeat("Het was op zondag, en niet op zaterdag. ", 200)
	for _, tt := range []struct {
		name   string
		before func(s *street, f office.Form)
		status int
		says   string
	}{
		{"newer text", func(s *street, f office.Form) {
			s.must(s.Office.Word(s.t.Context(), s.who(helpdesk), f, complaint.Wording{Title: "De cursus", Description: "Het was op vrijdag.", DesiredOutcome: "Geld terug."}))
			s.must(s.Office.Send(s.t.Context(), s.who(helpdesk), f, complaint.HowReader))
		}, 404, "Deze link werkt niet"},
		{"expired", func(s *street, _ office.Form) { s.at("2026-12-12 00:00") }, 410, "Deze link is verlopen"},
		{"revoked", func(s *street, f office.Form) {
			s.must(s.Office.RevokeReader(s.t.Context(), s.who(helpdesk), f, complaint.Statement{On: s.Office.Today(), How: complaint.HowPhone, Said: "Liever niet."}))
		}, 404, "Deze link werkt niet"},
		{"said before", func(s *street, f office.Form) {
			path := s.link(f)
			s.browser().post(path, url.Values{"antwoord": {"anders"}, "said": {"Iets anders."}, "sleutel": {"DEEERSTE"}})
		}, 409, "De tekst moet anders"},
		{"the same key", func(s *street, f office.Form) {
			path := s.link(f)
			s.browser().post(path, url.Values{"antwoord": {"anders"}, "said": {"Iets anders."}, "sleutel": {"DEZELFDE"}})
		}, 409, "De tekst moet anders"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := open(t, housetest.Empty(t))
			s.at("2026-11-11")
			f := s.call(complaint.HowReader, forDaughter)
			path, b := s.link(f), s.browser()
			tt.before(s, f)
			doc := s.says(b.post(path, url.Values{"antwoord": {"anders"}, "said": {said}, "sleutel": {"DEZELFDE"}}), tt.status, tt.says, "Dit typte u, en het is niet verstuurd")
			if got := doc.Find(".gh-voice, blockquote").Text(); !strings.Contains(got, strings.TrimSpace(said)) {
				t.Errorf("what was typed is not on the page: %.80q", got)
			}
		})
	}
}

// TestLinkOfSomebodyElse: who got a text by mistake says so; nothing opens it any more,
// and the text waits to be sent again.
func TestLinkOfSomebodyElse(t *testing.T) {
	s := open(t, housetest.Empty(t))
	s.at("2026-11-11")
	f := s.call(complaint.HowReader, forDaughter)
	path, b := s.link(f), s.browser()
	if w := b.post(path, url.Values{"antwoord": {"niet-van-mij"}, "sleutel": {s.key(b.get(path))}}); w.Code != 303 {
		t.Fatalf("%d\n%s", w.Code, w.Body)
	}
	w := b.get(path)
	s.says(w, 200, "Dank u wel dat u het zei", "woensdag 11 november")
	s.silent(w, "dichte deur")
	if v := s.view(f); v.State != complaint.Drafted || v.Next != complaint.TaskSend {
		t.Errorf("%s, next %s", v.State, v.Next)
	}
	b.post(path, url.Values{"antwoord": {"ja"}, "sleutel": {"NOGEENSLEUTEL"}})
	if d := s.dossier(f); d.State != complaint.Drafted {
		t.Errorf("the link still files: %s", d.State)
	}
	verifies(s)
}

// TestClosedLinks: unknown and revoked links get the same answer; an expired one says so.
func TestClosedLinks(t *testing.T) {
	s := open(t, housetest.Empty(t))
	s.at("2026-11-11")
	f := s.call(complaint.HowReader, forDaughter)
	path, b := s.link(f), s.browser()
	key := s.key(b.get(path))
	unknown := b.get("/ja/abcdefghijklmnopqrstuvwxyz")
	s.says(unknown, 404, "Deze link werkt niet")

	s.says(b.get(path), 200, "tot en met vrijdag 11 december 2026")
	s.at("2026-12-12 00:00")
	s.says(b.get(path), 410, "Deze link is verlopen", "vrijdag 11 december 2026")
	b.post(path, url.Values{"antwoord": {"ja"}, "sleutel": {key}})
	if d := s.dossier(f); d.State != complaint.Awaiting {
		t.Errorf("an expired link files: %s", d.State)
	}

	s.at("2026-11-12")
	s.must(s.Office.RevokeReader(t.Context(), s.who(helpdesk), f, complaint.Statement{On: s.Office.Today(), How: complaint.HowPhone, Said: "Liever niet mijn dochter."}))
	revoked := b.get(path)
	if revoked.Code != unknown.Code || revoked.Body.String() != strings.ReplaceAll(unknown.Body.String(), "/ja/abcdefghijklmnopqrstuvwxyz", path) &&
		s.page(revoked).Find("main").Text() != s.page(unknown).Find("main").Text() {
		t.Error("a revoked link gets another answer than one that never was")
	}
	b.post(path, url.Values{"antwoord": {"ja"}, "sleutel": {key}})
	if d := s.dossier(f); d.State != complaint.Drafted {
		t.Errorf("a revoked link files: %s", d.State)
	}
	verifies(s)
}

// TestConfirmedBySlipCode: the code of a slip opens the text together with its number,
// however both are written, and with nothing else.
func TestConfirmedBySlipCode(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		s := open(t, h)
		s.at("2026-11-11")
		f := s.call(complaint.HowPaper, func(in *office.Intake) { in.Identity.Email = "" })
		facts, d, b := s.last(f, record.ConfirmationText), s.dossier(f), s.browser()
		if facts.SlipURL != base+"/bevestigen" || facts.ConfirmURL != "" {
			t.Errorf("the letter leads to %q and %q", facts.SlipURL, facts.ConfirmURL)
		}
		s.says(b.get("/bevestigen"), 200, "Code kwijt? Bel ons.")
		wrong := b.post("/bevestigen", url.Values{"number": {d.Number}, "code": {otherCode(s, facts.SlipCode)}})
		s.says(wrong, 422, "horen niet bij elkaar")
		nobody := b.post("/bevestigen", url.Values{"number": {"2026-9999"}, "code": {facts.SlipCode}})
		s.says(nobody, 422, "horen niet bij elkaar")
		doc := s.says(b.get("/bevestigen"), 200, "die in de brief staan", "Staat uw code in ons ontvangstbericht?")
		if doc.Find("main a[href='/volgen']").Length() != 1 {
			t.Error("nothing leads to the page of the other code")
		}
		for range 12 { // no guess: nobody waits for it
			s.says(b.post("/bevestigen", url.Values{"number": {""}, "code": {" "}}), 422, "Nummer van uw klacht: Vul dit in.", "Code: Vul dit in.")
			s.says(b.post("/bevestigen", url.Values{"number": {"417"}, "code": {"1234 5678 1234 5678"}}), 422, "Een nummer begint met het jaar.", "De code van een strook heeft 8 cijfers.")
		}
		// The code of the slip does not open the page to follow with.
		w := b.post("/bevestigen", url.Values{"number": {strings.ReplaceAll(d.Number, "-", " ")}, "code": {" " + strings.ReplaceAll(facts.SlipCode, " ", "-")}})
		path := w.Header().Get("Location")
		if w.Code != 303 || !strings.HasPrefix(path, "/ja/") {
			t.Fatalf("%d %s\n%s", w.Code, path, w.Body)
		}
		w = b.get(path)
		s.says(w, 200, "U sprak ons op woensdag 11 november 2026", "dichte deur")
		if w := b.post(path, url.Values{"antwoord": {"ja"}, "sleutel": {s.key(w)}}); w.Code != 303 {
			t.Fatalf("%d\n%s", w.Code, w.Body)
		}
		if d := s.dossier(f); d.State != complaint.IsFiled || d.FiledOn.String() != "2026-11-11" {
			t.Errorf("%s %s", d.State, d.FiledOn)
		}
		// The slip says it too, and to nobody else.
		w = b.post("/bevestigen", url.Values{"number": {d.Number}, "code": {facts.SlipCode}})
		s.says(b.get(w.Header().Get("Location")), 200, "U zei ja op")
		verifies(s)
		s.at("2026-11-14")
		if n, err := s.Store.SweepPasses(t.Context(), s.Clock.Now()); err != nil || n == 0 {
			t.Errorf("%d passes swept: %v", n, err)
		}
		verifies(s)
	})
}

// TestSlipPassEnds: the text stays open as long as reading needs; after that number and
// code open it again, and what must change is still there.
func TestSlipPassEnds(t *testing.T) {
	s := open(t, housetest.Empty(t))
	s.at("2026-11-11 09:00")
	f := s.call(complaint.HowPaper, func(in *office.Intake) { in.Identity.Email = "" })
	b := s.browser()
	give := url.Values{"number": {s.dossier(f).Number}, "code": {s.last(f, record.ConfirmationText).SlipCode}}
	path := b.post("/bevestigen", give).Header().Get("Location")
	s.at("2026-11-11 09:25")
	s.says(b.get(path), 200, "dichte deur")
	s.at("2026-11-11 09:31")
	w := b.get(path)
	s.says(w, 401, "U was een tijd weg", "Vul het nummer en de code opnieuw in.")
	s.silent(w, "dichte deur", "hebben wij bewaard")
	doc := s.says(b.post(path, url.Values{"antwoord": {"anders"}, "said": {"Het was op zondag."}, "sleutel": {"ABC"}}), 401, "Wat u typte, hebben wij bewaard.")
	give.Set("bewaard", doc.Find("input[name=bewaard]").AttrOr("value", ""))
	doc = s.says(b.post("/bevestigen", give), 200, "Dit is nog niet verstuurd", "dichte deur")
	form := doc.Find("details[open] form")
	if got := form.Find("textarea[name=said]").Text(); got != "Het was op zondag." {
		t.Fatalf("what must change comes back as %q", got)
	}
	if w := b.post(form.AttrOr("action", ""), url.Values{"antwoord": {"anders"}, "said": {"Het was op zondag."}, "sleutel": {"ABC"}}); w.Code != 303 {
		t.Errorf("%d", w.Code)
	}
	if d := s.dossier(f); d.State != complaint.Drafted {
		t.Errorf("%s", d.State)
	}
}

// TestDeskSeesTheWays: the desk sees each link and slip: for whom, when it was opened, and
// what came of it. A pass of a slip is the slip.
func TestDeskSeesTheWays(t *testing.T) {
	s := open(t, housetest.Empty(t))
	s.at("2026-11-11")
	f := s.call(complaint.HowReader, forDaughter)
	way := func(n int) office.TextWay {
		t.Helper()
		ways := s.view(f).TextWays
		if len(ways) != n {
			t.Fatalf("%d ways, want %d: %+v", len(ways), n, ways)
		}
		return ways[0]
	}
	if w := way(1); w.For != complaint.ReaderConfirms || w.Slip || w.Standing != complaint.LinkOpen || !w.ReadOn.IsZero() || w.Made.String() != "2026-11-11" || w.Until.String() != "2026-12-11" {
		t.Errorf("%+v", w)
	}
	path, b := s.link(f), s.browser()
	s.at("2026-11-12")
	b.get(path)
	if w := way(1); w.ReadOn.String() != "2026-11-12" {
		t.Errorf("%+v", w)
	}
	s.must(s.Office.RevokeReader(t.Context(), s.who(helpdesk), f, complaint.Statement{On: s.Office.Today(), How: complaint.HowPhone, Said: "Liever niet."}))
	if w := way(1); w.Ended != complaint.LinkRevoked || w.EndedOn.String() != "2026-11-12" || w.Standing != complaint.LinkGone {
		t.Errorf("%+v", w)
	}
	s.must(s.Office.Send(t.Context(), s.who(helpdesk), f, complaint.HowPaper))
	if w := way(2); w.For != complaint.CallerConfirms || !w.Slip || !w.ReadOn.IsZero() {
		t.Errorf("%+v", w)
	}
	s.at("2026-11-14")
	give := url.Values{"number": {s.dossier(f).Number}, "code": {s.last(f, record.ConfirmationText).SlipCode}}
	path = b.post("/bevestigen", give).Header().Get("Location")
	key := s.key(b.get(path))
	if w := way(2); w.ReadOn.String() != "2026-11-14" || w.Standing != complaint.LinkOpen {
		t.Errorf("%+v", w)
	}
	b.post(path, url.Values{"antwoord": {"ja"}, "sleutel": {key}})
	if w := way(2); w.Ended != complaint.LinkConfirmed || w.Standing != complaint.LinkUsed || w.EndedOn.String() != "2026-11-14" {
		t.Errorf("%+v", w)
	}
}

// otherCode is a code that looks right and is another one.
func otherCode(s *street, not string) string {
	s.t.Helper()
	for {
		code, err := s.Vault.NewCode(8)
		s.must(err)
		if code != strings.ReplaceAll(not, " ", "") {
			return code
		}
	}
}
