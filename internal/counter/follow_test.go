package counter_test

import (
	"cmp"
	"fmt"
	"maps"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/counter/follow"
	"gehoor/internal/counter/frame"
	"gehoor/internal/house"
	"gehoor/internal/housetest"
	"gehoor/internal/office"
	"gehoor/internal/record"
)

// enters shows number and code, in a browser of its own.
func (s *street) enters(f office.Form, code string) *browser {
	s.t.Helper()
	b := s.browser()
	w := b.post("/volgen", url.Values{"number": {s.dossier(f).Number}, "code": {code}})
	if w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/volgen" {
		s.t.Fatalf("%d\n%s", w.Code, w.Body)
	}
	return b
}

func (s *street) code(f office.Form) string {
	s.t.Helper()
	code := s.last(f, record.Acknowledgement).Code
	if code == "" {
		s.t.Fatal("the acknowledgement has no code")
	}
	return code
}

// letter is a complaint by post in the hands of its manager.
func (s *street) letter() office.Form {
	s.t.Helper()
	f := s.receive(complaint.Post, func(in *office.Intake) { in.Identity.Email = "wendela@example.org" })
	s.forward(f)
	return f
}

// TestFollow is the page as a complainant sees it: where it is, by when, who handles it,
// and nothing that is ours.
func TestFollow(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		s := open(t, h)
		s.at("2026-11-11")
		f := s.letter()
		must, hedwig := s.must, s.who(manager)
		must(h.Office.Note(t.Context(), hedwig, f, "Deze klager belt vaak."))
		must(h.Office.Contact(t.Context(), hedwig, f, complaint.Contact{On: h.Office.Today(), How: complaint.HowPhone, Text: "Met de planner gebeld."}))
		must(h.Office.NameEmployee(t.Context(), hedwig, f, s.who("Pim Haverdonk").ID, "Pim nam op."))
		_, err := h.Office.OpenIdentity(t.Context(), hedwig, f.Dossier, office.Opening{Reason: "call_back", Remark: "over de taxi"})
		must(err)
		b := s.browser()
		doc := s.says(b.get("/volgen"), 200, "Uw klacht volgen", "Code kwijt? Bel ons. U krijgt een nieuwe.")
		if len(b.cookies) > 0 || doc.Find("input[name=code]").AttrOr("value", "") != "" {
			t.Errorf("a cookie before it is needed: %v", b.cookies)
		}
		b = s.enters(f, strings.ReplaceAll(s.code(f), " ", "-"))
		if len(b.cookies) != 1 || b.cookies["__Host-gehoor-volgen"] == "" {
			t.Errorf("cookies: %v", b.cookies)
		}
		w := b.get("/volgen")
		s.says(w, 200, "Wij zoeken het nu uit", "Wij sturen ons antwoord uiterlijk woensdag 25 november 2026.", "Manager Scholing",
			"dichte deur", "Het geld voor de taxi terug.", "Uw brief kwam binnen", "Wie opende uw naam?", "over de taxi", "Manager Scholing, woensdag 11 november 2026")
		s.silent(w, "belt vaak", "planner", "Pim", "Haverdonk", "Hedwig", "Brandsema", "Jorien", "Wendela")
		// Who shows nothing is asked for number and code; another complainant sees nothing of it.
		s.at("2026-11-11 10:00")
		other := s.enters(s.letter(), s.code(s.letterOf(t, 1)))
		s.silent(other.get("/volgen"), s.dossier(f).Number)

		if w := b.post("/volgen/uit", nil); w.Code != 303 || len(b.cookies) != 0 {
			t.Errorf("logging out: %d, cookies %v", w.Code, b.cookies)
		}
		s.says(b.get("/volgen"), 200, "Bekijk uw klacht")
		verifies(s)
	})
}

// letterOf gives a dossier by its place in the register.
func (s *street) letterOf(t *testing.T, i int) office.Form {
	t.Helper()
	ids, err := s.Store.AuditIDs(t.Context())
	s.must(err)
	return office.Form{Dossier: ids[i]}
}

// TestVisitEnds: after half an hour, with a new code, and when somebody puts its row at
// another dossier.
func TestVisitEnds(t *testing.T) {
	s := open(t, housetest.Empty(t))
	s.at("2026-11-11 09:00")
	f := s.letter()
	b := s.enters(f, s.code(f))
	s.at("2026-11-11 09:25")
	s.says(b.get("/volgen"), 200, "Wij zoeken het nu uit")
	s.at("2026-11-11 09:50") // the last click made it longer
	s.says(b.get("/volgen"), 200, "Wij zoeken het nu uit")
	s.at("2026-11-11 10:20")
	s.says(b.get("/volgen"), 200, "Bekijk uw klacht")
	old := s.code(f)
	s.must(s.Office.ReplaceCode(t.Context(), s.who(helpdesk), f, true, complaint.Statement{On: s.Office.Today(), How: complaint.HowPhone, Said: "Kwijt."}))
	s.says(b.get("/volgen"), 200, "Bekijk uw klacht")
	s.says(s.browser().post("/volgen", url.Values{"number": {s.dossier(f).Number}, "code": {old}}), 422, "horen niet bij elkaar")
	s.says(s.enters(f, s.last(f, record.NewCode).Code).get("/volgen"), 200, "U kreeg een nieuwe code")
	for _, path := range []string{"/volgen/stoppen", "/volgen/gegevens"} {
		if w := s.browser().get(path); w.Code != 303 || w.Header().Get("Location") != "/volgen" {
			t.Errorf("%s without a code: %d", path, w.Code)
		}
	}
}

// TestNothingTypedIsLostWhenAVisitEnds: whatever form of the page is sent too late, it comes
// back filled in after number and code; files are named, to be chosen anew. A new route says
// here what is typed in its form.
func TestNothingTypedIsLostWhenAVisitEnds(t *testing.T) {
	typed := map[string]url.Values{
		"/volgen/bericht":          {"said": {"De bon zit erbij."}},
		"/volgen/uitstel":          {"answer": {"other"}, "date": {"2026-12-02"}, "why": {"Als het dan maar komt."}},
		"/volgen/stoppen":          {"why": {"Het is al opgelost."}},
		"/volgen/gegevens":         {"street": {"Lage Akker"}, "house": {"3"}, "postcode": {"6905 LR"}, "town": {"Zandhuizen"}, "country": {"België"}, "phone": {"088-0000182"}, "mobile": {"06-00000182"}, "email": {"wendela@example.net"}, "way": {"email"}},
		"/volgen/opgelost":         {"answer": {"ja"}},
		"/volgen/brieven/{letter}": {},
	}
	for _, route := range (&follow.Door{}).Routes() {
		path, posts := strings.CutPrefix(route.Pattern, "POST ")
		if !posts || path == "/volgen" || path == "/volgen/uit" { // nobody's visit ends there too late
			continue
		}
		t.Run(path, func(t *testing.T) {
			values, known := typed[path]
			if !known {
				t.Fatal("say what is typed in this form")
			}
			s := open(t, housetest.Empty(t))
			s.at("2026-11-11")
			f := s.letter()
			day := s.at("2026-11-23")
			s.must(s.Office.Extend(t.Context(), s.who(manager), f, complaint.Proposal{Reason: "research_takes_longer", Explanation: "Wij wachten op de trainer.",
				On: day, How: complaint.HowPost, Date: day.AddDays(16)}))
			b := s.enters(f, s.code(f))
			s.at("2026-11-23 10:20")
			files := map[string]string{}
			if path == "/volgen/bericht" {
				files["bon.txt"] = "84 euro"
			}
			sent := url.Values{"sleutel": {"ABCDEFGH"}}
			maps.Copy(sent, values)
			doc := s.says(b.upload(path, sent, files), 401, "U was een tijd weg")
			again := url.Values{"number": {s.dossier(f).Number}, "code": {otherCode(s, s.code(f))}}
			carry := func() {
				doc.Find("main input[type=hidden]").Each(func(_ int, e *goquery.Selection) { again.Set(e.AttrOr("name", ""), e.AttrOr("value", "")) })
			}
			carry()
			doc = s.says(b.post("/volgen", again), 422, "horen niet bij elkaar")
			carry()
			again.Set("code", s.code(f))
			w := b.post("/volgen", again)
			if len(values) == 0 {
				if w.Code != 303 {
					t.Errorf("%d", w.Code)
				}
				return
			}
			doc = s.says(w, 200, "Dit is nog niet verstuurd", "Wat u typte, staat er nog.")
			form := doc.Find("form[action='" + path + "']")
			for name, want := range values {
				field := form.Find("[name=" + name + "]")
				got := field.AttrOr("value", "")
				switch {
				case path == "/volgen/opgelost": // it is a button, and asked after the end
					continue
				case field.Is("textarea"):
					got = field.Text()
				case field.Is("[type=radio]"):
					got = field.Filter("[checked]").AttrOr("value", "")
				}
				if got != want[0] {
					t.Errorf("%s comes back as %q, not %q", name, got, want[0])
				}
			}
			for name := range files {
				s.says(w, 200, "Kies deze bestanden straks opnieuw: "+name)
			}
		})
	}
}

// TestTypedForAFormThatIsGone: an answer to a proposal that was settled meanwhile comes back
// in the message, and can be sent with that.
func TestTypedForAFormThatIsGone(t *testing.T) {
	s := open(t, housetest.Empty(t))
	s.at("2026-11-11")
	f := s.letter()
	b := s.enters(f, s.code(f))
	doc := s.says(b.post("/volgen/uitstel", url.Values{"answer": {"refused"}, "why": {"Ik wacht al zo lang."}, "sleutel": {"ABC"}}), 409, "Dit kan nu niet meer")
	if got := doc.Find("textarea[name=said]").Text(); got != "Ik wacht al zo lang." {
		t.Errorf("what was typed comes back as %q", got)
	}
	s.must(s.Office.Withdraw(t.Context(), s.who(helpdesk), f, complaint.End{On: s.Office.Today(), How: complaint.HowPhone, Said: "Ik stop."}))
	doc = s.says(b.post("/volgen/stoppen", url.Values{"why": {"Het hoeft niet meer."}, "sleutel": {"DEF"}}), 409, "Deze klacht is al gestopt")
	if text := doc.Find("main").Text() + doc.Find("textarea[name=said]").Text(); !strings.Contains(text, "Het hoeft niet meer.") {
		t.Error("what was typed is lost")
	}
}

// TestFilesThatLayTooLong: files of a refused message are swept after a day; the message is
// not lost with them.
func TestFilesThatLayTooLong(t *testing.T) {
	s := open(t, housetest.Empty(t))
	s.at("2026-11-11")
	f := s.letter()
	b := s.enters(f, s.code(f))
	form := url.Values{"said": {"Hierbij de bon."}, "sleutel": {"ABC"}, "bestanden": {record.NewID() + " 7 bon.txt"}}
	doc := s.says(b.post("/volgen/bericht", form), 422, "Kies ze opnieuw")
	if got := doc.Find("textarea[name=said]").Text(); got != "Hierbij de bon." {
		t.Errorf("the message comes back as %q", got)
	}
}

// TestMessageWithFile: a message and a file come to the dossier, sealed, and the handler is
// told; a double click brings them once.
func TestMessageWithFile(t *testing.T) {
	s := open(t, housetest.Empty(t))
	s.at("2026-11-11")
	f := s.letter()
	b := s.enters(f, s.code(f))
	key := s.key(b.get("/volgen"))
	for _, done := range []string{"bericht", "uitstel", "gegevens"} { // anybody can send an address
		if doc := s.says(b.get("/volgen?gedaan="+done), 200); doc.Find("[role=status]").Length() > 0 {
			t.Errorf("the page says that %s was done", done)
		}
	}
	s.says(b.upload("/volgen/bericht", url.Values{"sleutel": {key}}, nil), 422, "Vul dit in")
	s.says(b.upload("/volgen/bericht", url.Values{"said": {"Hierbij."}, "sleutel": {key}}, map[string]string{"virus.exe": "MZ\x90\x00\x03\x00\x00\x00\x04\x00"}), 422, "Wilt u nog iets", "Een foto of brief erbij: virus.exe: ")
	form := url.Values{"said": {"Hierbij de bon."}, "sleutel": {key}}
	for range 2 {
		w := b.upload("/volgen/bericht", form, map[string]string{"bon.txt": "84 euro"})
		if w.Code != 303 {
			t.Fatalf("%d\n%s", w.Code, w.Body)
		}
	}
	s.says(b.get("/volgen?gedaan=bericht"), 200, "Uw bericht is bij ons binnen.", "Hierbij de bon.", "U stuurde een bestand: bon.txt")
	s.silent(b.get("/volgen?gedaan=gegevens"), "Uw gegevens zijn bewaard.")
	s.at("2026-11-11 09:20") // the browser kept the address
	s.silent(b.get("/volgen?gedaan=bericht"), "Uw bericht is bij ons binnen.")
	v := s.view(f)
	written, told := 0, false
	for _, e := range v.Events {
		if e.Open.Outcome == complaint.ContactWritten {
			written++
		}
		told = told || e.Kind == complaint.Reminded && e.Open.Occasion == complaint.ReplyReceived && office.Told(e)[0] == s.who(manager).ID
	}
	if written != 1 || len(v.Attachments) != 1 || !told {
		t.Errorf("%d messages, %d files, told: %v", written, len(v.Attachments), told)
	}
	verifies(s)
}

// TestLaterDateOnThePage: a later date is agreed, refused or another one, in the person's own
// words, and once.
func TestLaterDateOnThePage(t *testing.T) {
	for _, tt := range []struct {
		answer, date, due, says string
	}{
		{"agreed", "", "2026-12-09", "Ja, dat is goed"},
		{"refused", "", "2026-11-25", "Nee, liever niet"},
		{"other", "2026-12-02", "2026-12-02", "Ja, maar tot uiterlijk woensdag 2 december 2026."},
	} {
		t.Run(tt.answer, func(t *testing.T) {
			s := open(t, housetest.Empty(t))
			s.at("2026-11-11")
			f := s.letter()
			day := s.at("2026-11-23")
			s.must(s.Office.Extend(t.Context(), s.who(manager), f, complaint.Proposal{Reason: "research_takes_longer", Explanation: "Wij wachten op de trainer.",
				On: day, How: complaint.HowPost, Date: day.AddDays(16)}))
			s.at("2026-11-24")
			b := s.enters(f, s.code(f))
			w := b.get("/volgen")
			s.says(w, 200, "Wij vragen u om een latere datum", "Wij stellen voor: woensdag 9 december 2026.", "Wij wachten op de trainer.", "Dan blijft het uiterlijk woensdag 25 november 2026.")
			key := s.key(w)
			s.says(w, 200, "Kies een datum van 26 november 2026 tot en met 9 december 2026.")
			doc := s.says(b.post("/volgen/uitstel", url.Values{"sleutel": {key}}), 422, "Kies een van de antwoorden")
			if n := doc.Find(".gh-error").Length(); n != 1 || doc.Find(".gh-note--bad li").Length() != 1 || doc.Find(".gh-note--bad a[href='#answer']").Length() != 1 {
				t.Errorf("nothing chosen counts as %d mistakes:\n%s", n, doc.Find(".gh-note--bad").Text())
			}
			s.says(b.post("/volgen/uitstel", url.Values{"answer": {"other"}, "date": {"2026-13-40"}, "sleutel": {key}}), 422, "datum")
			if w := b.post("/volgen/uitstel", url.Values{"answer": {"none"}, "sleutel": {key}}); w.Code != 400 {
				t.Errorf("no answer as an answer: %d", w.Code)
			}
			form := url.Values{"answer": {tt.answer}, "date": {tt.date}, "why": {"Als het dan maar komt."}, "sleutel": {key}}
			for range 2 {
				if w := b.post("/volgen/uitstel", form); w.Code != 303 {
					t.Fatalf("%d\n%s", w.Code, w.Body)
				}
			}
			d := s.dossier(f)
			if d.State != complaint.InHandling || d.DueOn.String() != tt.due {
				t.Errorf("%s, due %s, want %s", d.State, d.DueOn, tt.due)
			}
			s.says(b.get("/volgen?gedaan=uitstel"), 200, "Uw antwoord is bij ons binnen.", tt.says, "Als het dan maar komt.")
			form.Set("sleutel", "EENNIEUWESLEUTEL")
			s.says(b.post("/volgen/uitstel", form), 409, "Dit kan nu niet meer")
			verifies(s)
		})
	}
}

// TestMessageWithTooMuch: files that are too large together, or too many, cost nobody what
// they typed.
func TestMessageWithTooMuch(t *testing.T) {
	s := open(t, housetest.Empty(t))
	s.at("2026-11-11")
	f := s.letter()
	b := s.enters(f, s.code(f))
	form := url.Values{"said": {"Hierbij alles."}, "sleutel": {s.key(b.get("/volgen"))}}
	many := map[string]string{}
	for _, name := range []string{"a", "b", "c", "d", "e", "f"} {
		many[name+".txt"] = name
	}
	half := strings.Repeat("x", 15<<20)
	for _, files := range []map[string]string{many, {"een.txt": half, "twee.txt": half}} {
		doc := s.says(b.upload("/volgen/bericht", form, files), 422)
		if got := doc.Find("textarea[name=said]").Text(); got != "Hierbij alles." || doc.Find("#file-error, .gh-error").Length() == 0 {
			t.Errorf("%d files: the message comes back as %q", len(files), got)
		}
	}
}

// TestFileTakenAway: of the files that came along with a refused message each can be taken
// away, and another comes in its place.
func TestFileTakenAway(t *testing.T) {
	s := open(t, housetest.Empty(t))
	s.at("2026-11-11")
	f := s.letter()
	b := s.enters(f, s.code(f))
	form := url.Values{"said": {"Hierbij alles."}, "sleutel": {s.key(b.get("/volgen"))}}
	many := map[string]string{}
	for _, name := range []string{"a", "b", "c", "d", "e", "f"} {
		many[name+".txt"] = name
	}
	doc := s.says(b.upload("/volgen/bericht", form, many), 422, "Er mogen 5 bestanden mee.", "Haal het vinkje weg")
	ticks := doc.Find("input[type=checkbox][name=bestanden][checked]")
	if ticks.Length() != frame.MostFiles {
		t.Fatalf("%d files can be taken away", ticks.Length())
	}
	ticks.Slice(1, frame.MostFiles).Each(func(_ int, e *goquery.Selection) { form.Add("bestanden", e.AttrOr("value", "")) })
	if w := b.upload("/volgen/bericht", form, map[string]string{"g.txt": "g"}); w.Code != 303 {
		t.Fatalf("%d\n%s", w.Code, w.Body)
	}
	gone := ticks.First().Parent().Text()
	var names []string
	for _, a := range s.view(f).Attachments {
		names = append(names, a.Name)
	}
	if len(names) != frame.MostFiles || !slices.Contains(names, "g.txt") || slices.Contains(names, strings.TrimSpace(gone)) {
		t.Errorf("%v, without %s", names, gone)
	}
}

// TestMailOfAColleagueIsNotTold: what the helpdesk put with the dossier is read by us only.
func TestMailOfAColleagueIsNotTold(t *testing.T) {
	s := open(t, housetest.Empty(t))
	s.at("2026-11-11")
	f := s.letter()
	s.must(s.Office.AddMessage(t.Context(), s.who(helpdesk), f, office.Message{On: s.Office.Today(), Said: "Pim Haverdonk zei het echt zo.",
		Mail:    office.Original{Name: "mail.eml", Type: "message/rfc822", Content: []byte("From: pim@example.org\r\n\r\nPim Haverdonk zei het echt zo.")},
		Settles: func(string) (*record.IncomingChange, error) { return nil, nil }}))
	w := s.enters(f, s.code(f)).get("/volgen")
	s.says(w, 200, "Wij zoeken het nu uit")
	s.silent(w, "Pim", "Haverdonk", "mail.eml")
}

// TestOtherDateIsNoLaterThanAsked: who complains chooses a date up to the one we asked for.
func TestOtherDateIsNoLaterThanAsked(t *testing.T) {
	s := open(t, housetest.Empty(t))
	rules := s.Office.Rules
	s.Office.Rules = func(text []byte) (complaint.Rules, error) {
		r, err := rules(text)
		r.Extension.Max = calendar.Term{}
		return r, err
	}
	s.at("2026-11-11")
	f := s.letter()
	day := s.at("2026-11-23")
	s.must(s.Office.Extend(t.Context(), s.who(manager), f, complaint.Proposal{Reason: "research_takes_longer", Explanation: "Wij wachten op de trainer.",
		On: day, How: complaint.HowPost, Date: day.AddDays(16)}))
	b := s.enters(f, s.code(f))
	form := url.Values{"answer": {"other"}, "date": {"2099-01-01"}, "why": {"Neem de tijd."}, "sleutel": {s.key(b.get("/volgen"))}}
	doc := s.says(b.post("/volgen/uitstel", form), 422, "Uiterlijk op welke dag: Kies een datum van 26 november 2026 tot en met 9 december 2026.")
	if got := doc.Find("textarea[name=why]").Text(); got != "Neem de tijd." {
		t.Errorf("what was said comes back as %q", got)
	}
	if due := s.dossier(f).DueOn.String(); due != "2026-11-25" {
		t.Errorf("due on %s", due)
	}
}

// TestWithdrawnOnThePage: the page asks again before a complaint stops, and it stops once.
func TestWithdrawnOnThePage(t *testing.T) {
	s := open(t, housetest.Empty(t))
	s.at("2026-11-11")
	f := s.letter()
	b := s.enters(f, s.code(f))
	s.silent(b.get("/volgen?gedaan=gestopt"), "Uw klacht is gestopt.")
	w := b.get("/volgen/stoppen")
	s.says(w, 200, "Wilt u echt stoppen?", "U krijgt van ons een bericht", "Nee, ga door met mijn klacht")
	if d := s.dossier(f); d.State != complaint.InHandling {
		t.Fatalf("looking stopped it: %s", d.State)
	}
	key := s.key(w)
	s.says(b.post("/volgen/stoppen", url.Values{"why": {strings.Repeat("x", complaint.MaxText)}, "sleutel": {key}}), 422, "Wilt u zeggen waarom?")
	if w := b.post("/volgen/stoppen", url.Values{"why": {"Het is al opgelost."}, "sleutel": {key}}); w.Code != 303 {
		t.Fatalf("%d\n%s", w.Code, w.Body)
	}
	if d := s.dossier(f); d.State != complaint.IsWithdrawn {
		t.Errorf("%s", d.State)
	}
	if facts := s.last(f, record.Withdrawn); facts.SaidOn != s.Office.Today() {
		t.Errorf("the letter says that it was said on %s", facts.SaidOn)
	}
	w = b.get("/volgen")
	s.says(w, 200, "Uw klacht is gestopt", "Het is al opgelost.")
	s.silent(w, "Ik wil mijn klacht stoppen")
	s.says(b.get("/volgen?gedaan=gestopt"), 200, "Uw klacht is gestopt. U krijgt van ons een bericht")
	if doc := s.says(b.get("/volgen/stoppen"), 200, "Deze klacht is al gestopt, op woensdag 11 november 2026."); doc.Find(".gh-note--bad").Length() > 0 {
		t.Error("to stop again is called a mistake")
	}
	verifies(s)
}

// TestOwnDetails: address and way are changed by their owner, with every mistake at once.
func TestOwnDetails(t *testing.T) {
	s := open(t, housetest.Empty(t))
	s.at("2026-11-11")
	f := s.letter()
	b := s.enters(f, s.code(f))
	w := b.get("/volgen/gegevens")
	doc := s.says(w, 200, "Uw naam is Wendela Pruim.")
	if got := doc.Find("input[name=street]").AttrOr("value", ""); got != "Hooge Akker" {
		t.Errorf("street %q", got)
	}
	form := url.Values{"street": {"Lage Akker"}, "house": {"3"}, "postcode": {"12"}, "town": {"Zandhuizen"}, "phone": {"x"}, "email": {""}, "way": {"email"}, "sleutel": {s.key(w)}}
	doc = s.says(b.post("/volgen/gegevens", form), 422)
	if n := doc.Find(".gh-error").Length(); n < 3 {
		t.Errorf("%d mistakes at once", n)
	}
	lines, err := s.Store.Logbook(t.Context(), f.Dossier, complaint.Sight{All: true})
	s.must(err)
	own := 0
	for _, l := range lines {
		if l.Action == office.ActionReadOwn {
			own++
		}
	}
	if own != 1 { // the page was shown twice
		t.Errorf("%d lines in the log of one day", own)
	}
	form.Set("postcode", "6905 lr")
	form.Set("phone", "088-0000182")
	form.Set("email", "wendela@example.net")
	if w := b.post("/volgen/gegevens", form); w.Code != 303 {
		t.Fatalf("%d\n%s", w.Code, w.Body)
	}
	s.says(b.get("/volgen?gedaan=gegevens"), 200, "Uw gegevens zijn bewaard.")
	// What is sent without a change changes nothing.
	events := len(s.view(f).Events)
	form.Set("sleutel", "ZONDER WIJZIGING")
	if w := b.post("/volgen/gegevens", form); w.Code != 303 || len(s.view(f).Events) != events {
		t.Errorf("%d, %d events more", w.Code, len(s.view(f).Events)-events)
	}
	for name, tt := range map[string]struct {
		change url.Values
		wrong  string // the field that is wrong; "": none is
	}{
		"no postcode":          {url.Values{"way": {"letter"}, "postcode": {""}}, "postcode"},
		"a home by its name":   {url.Values{"way": {"letter"}, "country": {"Nederland"}, "postcode": {"B-9000"}}, "postcode"},
		"a foreign one":        {url.Values{"way": {"letter"}, "country": {"België"}, "postcode": {"9000"}}, ""},
		"abroad, without":      {url.Values{"way": {"letter"}, "country": {"Ierland"}, "postcode": {""}, "house": {""}}, ""},
		"a number in its line": {url.Values{"way": {"letter"}, "street": {"Postbus 12"}, "house": {""}}, ""},
		"no town":              {url.Values{"way": {"letter"}, "town": {""}}, "town"},
	} {
		change := maps.Clone(form)
		maps.Copy(change, tt.change)
		change.Set("sleutel", "DETAILS"+name)
		w := b.post("/volgen/gegevens", change)
		if tt.wrong == "" && w.Code != 303 || tt.wrong != "" && (w.Code != 422 || s.page(w).Find("#"+tt.wrong+"[aria-invalid]").Length() == 0) {
			t.Errorf("%s: %d", name, w.Code)
		}
	}
	form.Set("sleutel", "EN NU TERUG")
	if w := b.post("/volgen/gegevens", form); w.Code != 303 {
		t.Fatalf("%d\n%s", w.Code, w.Body)
	}
	i, err := s.Office.OpenIdentity(t.Context(), s.who(manager), f.Dossier, office.Opening{Reason: "call_back"})
	s.must(err)
	if i.Street != "Lage Akker" || i.Postcode != "6905 LR" || i.Email != "wendela@example.net" || i.Way != "email" || i.Name != "Wendela Pruim" {
		t.Errorf("%+v", i)
	}
	verifies(s)
}

// bounces lets the first letter of a complaint come back, as an e-mail.
func (s *street) bounces(f office.Form) {
	s.t.Helper()
	letter := s.view(f).Letters[0].ID
	s.must(s.Office.AddMessage(s.t.Context(), s.who(helpdesk), f, office.Message{On: s.Office.Today(), Said: "Onbestelbaar.", Bounced: letter,
		Mail: office.Original{Name: "mail.eml", Type: "message/rfc822", Content: []byte("Onbestelbaar")}, Settles: func(string) (*record.IncomingChange, error) { return nil, nil }}))
}

// TestOldAddressIsTold: who changes on the page where our answers go may be somebody who
// found out number and code. Where we wrote until now hears of it, in the way we wrote.
func TestOldAddressIsTold(t *testing.T) {
	for name, tt := range map[string]struct {
		was    record.Identity
		before func(*street, office.Form)
		change url.Values
		to     string // where the word goes: "" nowhere
	}{
		"e-mail":            {was: record.Identity{Way: "email"}, change: url.Values{"email": {"dief@example.net"}}, to: "wendela@example.org"},
		"letter":            {was: record.Identity{Way: "letter"}, change: url.Values{"street": {"Lage Akker"}}, to: "Hooge Akker 27"},
		"another way":       {was: record.Identity{Way: "letter"}, change: url.Values{"way": {"email"}}, to: "Hooge Akker 27"},
		"english":           {was: record.Identity{Way: "email", Language: "en"}, change: url.Values{"email": {"dief@example.net"}}, to: "wendela@example.org"},
		"phone only":        {was: record.Identity{Way: "email"}, change: url.Values{"phone": {"088-0000182"}}},
		"street, by e-mail": {was: record.Identity{Way: "email"}, change: url.Values{"street": {"Lage Akker"}}},
		"it bounced":        {was: record.Identity{Way: "email"}, change: url.Values{"email": {"nieuw@example.net"}}, to: "Hooge Akker 27", before: (*street).bounces},
		"an older bounced": {was: record.Identity{Way: "email"}, change: url.Values{"email": {"dief@example.net"}}, to: "wendela@example.com", before: func(s *street, f office.Form) {
			s.bounces(f)
			i, err := s.Office.OpenIdentity(s.t.Context(), s.who(manager), f.Dossier, office.Opening{Reason: "call_back"})
			s.must(err)
			i.Email = "wendela@example.com"
			s.must(s.Office.ChangeIdentity(s.t.Context(), s.who(helpdesk), f, i, complaint.HowPost))
		}},
	} {
		t.Run(name, func(t *testing.T) {
			s := open(t, housetest.Empty(t))
			s.at("2026-11-11")
			f := s.receive(complaint.Post, func(in *office.Intake) {
				in.Identity.Email, in.Identity.Way, in.Identity.Language = "wendela@example.org", tt.was.Way, tt.was.Language
			})
			s.forward(f)
			if tt.before != nil {
				tt.before(s, f)
			}
			b := s.enters(f, s.code(f))
			doc := s.page(b.get("/volgen/gegevens"))
			form := url.Values{"way": {tt.was.Way}}
			doc.Find("main form input").Each(func(_ int, e *goquery.Selection) {
				if e.AttrOr("type", "") != "radio" {
					form.Set(e.AttrOr("name", ""), e.AttrOr("value", ""))
				}
			})
			maps.Copy(form, tt.change)
			if w := b.post("/volgen/gegevens", form); w.Code != 303 {
				t.Fatalf("%d\n%s", w.Code, w.Body)
			}
			to := ""
			for _, o := range s.orders(f, record.WhatYouSaid) {
				if to += o.To; !o.Mail {
					to += o.Addressee[1]
				}
				if o.Language != cmp.Or(tt.was.Language, "nl") || strings.Contains(fmt.Sprint(o), "dief") {
					t.Errorf("%+v", o)
				}
			}
			if to != tt.to {
				t.Errorf("told at %q, not %q", to, tt.to)
			}
			verifies(s)
		})
	}
}

// TestOwnLetters: a letter that went out can be kept by whom it is to; that is no opening of
// the name by us. Letters of others do not exist.
func TestOwnLetters(t *testing.T) {
	s := open(t, housetest.Empty(t))
	s.at("2026-11-11")
	f, stranger := s.letter(), s.letter()
	for _, x := range []office.Form{f, stranger} {
		l := s.view(x).Letters[0]
		s.must(s.Office.LetterWentOut(t.Context(), s.who(helpdesk), x, l.ID, s.Office.Today()))
	}
	b := s.enters(f, s.code(f))
	path, known := s.page(b.get("/volgen")).Find("form[action^='/volgen/brieven/']").Attr("action")
	if !known {
		t.Fatal("the page has no letter")
	}
	w := b.post(path, nil)
	if w.Code != 200 || w.Header().Get("Content-Type") != "application/pdf" || !strings.HasPrefix(w.Body.String(), "%PDF-") {
		t.Errorf("%d %s", w.Code, w.Header().Get("Content-Type"))
	}
	if w := b.post("/volgen/brieven/"+s.view(stranger).Letters[0].ID, nil); w.Code != 404 {
		t.Errorf("somebody else's letter: %d", w.Code)
	}
	lines, err := s.Store.Logbook(t.Context(), f.Dossier, complaint.Sight{All: true})
	s.must(err)
	own := 0
	for _, l := range lines {
		if l.Action == office.ActionReadOwn && l.Actor == complaint.ByComplainant {
			own++
		}
		if l.Action == office.ActionOpen {
			t.Error("it counts as an opening of the name")
		}
	}
	if own != 1 {
		t.Errorf("%d lines", own)
	}
}

// TestWasItSolved: asked after closing, when the procedure wants it; a no leads to a new
// message.
func TestWasItSolved(t *testing.T) {
	for _, asks := range []bool{true, false} {
		s := open(t, housetest.Empty(t))
		if rules := s.Office.Rules; asks {
			s.Office.Rules = func(text []byte) (complaint.Rules, error) {
				r, err := rules(text)
				r.FollowUp = true
				return r, err
			}
		}
		s.at("2026-11-11")
		f := s.letter()
		day, hedwig := s.at("2026-11-16"), s.who(manager)
		s.must(s.Office.Answer(t.Context(), hedwig, f, complaint.Reply{AnswerText: complaint.AnswerText{Points: "U heeft gelijk.", Outcome: "Wij betalen.", Measures: "Wij bellen voortaan."},
			How: complaint.HowPost, Action: "Betaald."}))
		s.must(s.Office.SendAnswer(t.Context(), hedwig, f, complaint.Dispatch{On: day}))
		s.must(s.Office.Close(t.Context(), hedwig, f, complaint.Closing{On: day, Explanation: "Zo was het."}))
		b := s.enters(f, s.code(f))
		w := b.get("/volgen")
		form := url.Values{"answer": {"nee"}, "sleutel": {s.key(w)}}
		if !asks {
			s.silent(w, "Is het zo opgelost?")
			s.says(b.post("/volgen/opgelost", form), 409, "Dit kan nu niet meer")
			continue
		}
		s.says(w, 200, "Is het zo opgelost?", "Uw klacht is klaar", "Wij stuurden ons antwoord")
		if w := b.post("/volgen/opgelost", form); w.Code != 303 {
			t.Fatalf("%d\n%s", w.Code, w.Body)
		}
		doc := s.says(b.get("/volgen"), 200, "U zei: het is niet opgelost", "Wilt u een nieuwe klacht indienen?")
		if got := doc.Find("textarea[name=said]").Text(); !strings.HasPrefix(got, "Ik wil hierover een nieuwe klacht indienen.") {
			t.Errorf("the message begins %q", got)
		}
		if w := b.post("/volgen/opgelost", url.Values{"answer": {"ja"}, "sleutel": {"EENNIEUWESLEUTEL"}}); w.Code != 409 {
			t.Errorf("asked twice: %d", w.Code)
		}
	}
}

// TestNamelessHasNoDetails: a code of sixteen digits is read however it is typed, and
// leads to no details of anybody.
func TestNamelessHasNoDetails(t *testing.T) {
	s := open(t, housetest.Empty(t))
	s.at("2026-11-11")
	code, err := s.Vault.NewCode(16)
	s.must(err)
	f := s.receive(complaint.Post, func(in *office.Intake) {
		in.Level, in.Identity, in.Promise = complaint.Nameless, record.Identity{}, &office.Promise{Code: code} // as its form does
	})
	b := s.enters(f, code[:4]+"–"+code[4:8]+" "+code[8:])
	if w := b.get("/volgen/gegevens"); w.Code != 409 {
		t.Errorf("details of nobody: %d", w.Code)
	}
	s.silent(b.get("/volgen"), "Verander uw adres")
	// Nobody can write to them: nobody promises that.
	w := b.get("/volgen/stoppen")
	s.says(w, 200, "Wilt u echt stoppen?", "Wij zoeken het dan niet verder uit. Van wat misging")
	if w := b.post("/volgen/stoppen", url.Values{"sleutel": {s.key(w)}}); w.Code != 303 {
		t.Fatalf("%d\n%s", w.Code, w.Body)
	}
	w = b.get("/volgen?gedaan=gestopt")
	s.says(w, 200, "Uw klacht is gestopt.")
	s.silent(w, "U krijgt van ons een bericht")
}

// TestSlipOfThePen: what no number and no code looks like is named, and is no guess.
func TestSlipOfThePen(t *testing.T) {
	s := open(t, housetest.Empty(t))
	b := s.browser()
	doc := s.says(b.get("/volgen"), 200, "Die staan in ons ontvangstbericht.", "Kreeg u een brief met een strook?")
	if doc.Find("main a[href='/bevestigen']").Length() != 1 {
		t.Error("nothing leads to the page of the other code")
	}
	for range 12 {
		s.says(b.post("/volgen", url.Values{"number": {""}, "code": {""}}), 422, "Nummer van uw klacht: Vul dit in.", "Code: Vul dit in.")
		s.says(b.post("/volgen", url.Values{"number": {"417"}, "code": {"1234 567"}}), 422, "Een nummer begint met het jaar.", "Een code heeft 8 of 16 cijfers.")
		s.says(b.post("/volgen", url.Values{"number": {"26-0417"}, "code": {"abcd efgh"}}), 422, "Een nummer begint met het jaar.", "Een code heeft 8 of 16 cijfers.")
	}
}

// TestCodesCannotBeGuessed: a number waits after five wrong codes, known or not, and an
// address after ten; who waits is told so and shut out by nobody else's mistakes.
func TestCodesCannotBeGuessed(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		s := open(t, h)
		s.at("2026-11-11")
		f, other := s.letter(), s.letter()
		known, unknown := s.dossier(f).Number, "2026-99999"
		answers := map[string][]int{}
		for i, number := range []string{known, unknown} {
			b := s.browser()
			b.address = netip.AddrPortFrom(netip.AddrFrom4([4]byte{192, 0, 2, byte(20 + i)}), 4000).String()
			for range 7 {
				answers[number] = append(answers[number], b.post("/volgen", url.Values{"number": {number}, "code": {otherCode(s, s.code(f))}}).Code)
			}
		}
		for number, got := range answers {
			if got[3] != 422 || got[6] != 429 {
				t.Errorf("%s: %v", number, got)
			}
		}
		if a, b := answers[known], answers[unknown]; len(a) != len(b) || a[4] != b[4] || a[5] != b[5] {
			t.Errorf("an unknown number answers %v, a known one %v", b, a)
		}
		// From where the wrong codes came the right one waits too; elsewhere it comes in.
		wrong := s.browser()
		wrong.address = "192.0.2.20:4000"
		if w := wrong.post("/volgen", url.Values{"number": {known}, "code": {s.code(f)}}); w.Code != 429 {
			t.Errorf("the right code right away: %d", w.Code)
		}
		s.enters(f, s.code(f))
		s.at("2026-11-11 09:20")
		s.enters(f, s.code(f))
		// Somebody at another address was never bothered.
		s.enters(other, s.code(other))
		// One address, many numbers.
		b := s.browser()
		b.address = "[2001:db8:1:2::7]:4000"
		last := 0
		for i := range 12 {
			last = b.post("/volgen", url.Values{"number": {"2025-8" + string(rune('0'+i%10)) + string(rune('0'+i/10))}, "code": {otherCode(s, "")}}).Code
		}
		if last != 429 {
			t.Errorf("an address that guesses many numbers gets %d", last)
		}
		neighbour := s.browser()
		neighbour.address = "[2001:db8:1:2:ffff::1]:4000"
		if w := neighbour.post("/volgen", url.Values{"number": {"2025-123"}, "code": {otherCode(s, "")}}); w.Code != 429 {
			t.Errorf("the same house: %d", w.Code)
		}
		neighbour.address = "[2001:db8:1:3::1]:4000"
		if w := neighbour.post("/volgen", url.Values{"number": {"2025-123"}, "code": {otherCode(s, "")}}); w.Code != 422 {
			t.Errorf("another house: %d", w.Code)
		}
	})
}

// TestNobodyIsShutOutByAGuesser: who guesses from one address, a night long, and spends the
// budget of all, keeps nobody out who is right.
func TestNobodyIsShutOutByAGuesser(t *testing.T) {
	s := open(t, housetest.Empty(t))
	s.at("2026-11-11")
	f := s.letter()
	number, code := s.dossier(f).Number, s.code(f)
	guesser := s.browser()
	guesser.address = "192.0.2.66:4000"
	tried := 0
	guess := func(address string) {
		guesser.address = address
		if w := guesser.post("/volgen", url.Values{"number": {number}, "code": {otherCode(s, code)}}); w.Code == 422 {
			tried++
		}
	}
	for range 60 {
		s.Clock.Set(s.Clock.Now().Add(2 * time.Minute))
		guess("192.0.2.66:4000")
		s.enters(f, code)
	}
	if tried > 30 {
		t.Errorf("%d tries in two hours from one address", tried)
	}
	for i := range 103 {
		guess(netip.AddrPortFrom(netip.AddrFrom4([4]byte{198, 51, 100, byte(i / 3)}), 4000).String())
	}
	s.enters(f, code) // was right before
	was := tried
	guess("198.51.100.0:4000")
	if tried != was {
		t.Error("who was wrong is tried again, though the budget of all is used up")
	}
	fresh := s.browser() // comes for the first time: slowly, but in
	fresh.address = "203.0.113.9:4000"
	if w := fresh.post("/volgen", url.Values{"number": {number}, "code": {code}}); w.Code != 303 {
		t.Errorf("a first try: %d", w.Code)
	}
}

// TestDeathClosesThePage: a code of somebody who died opens nothing; who goes on calls.
func TestDeathClosesThePage(t *testing.T) {
	s := open(t, housetest.Empty(t))
	s.at("2026-11-11")
	f := s.letter()
	b, code := s.enters(f, s.code(f)), s.code(f)
	s.must(s.Office.Died(t.Context(), s.who(helpdesk), f, s.Office.Today(), "De dochter belde."))
	s.says(b.get("/volgen"), 200, "Bekijk uw klacht")
	s.says(s.browser().post("/volgen", url.Values{"number": {s.dossier(f).Number}, "code": {code}}), 422, "horen niet bij elkaar")
}
