package counter_test

import (
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"gehoor/internal/complaint"
	"gehoor/internal/house"
	"gehoor/internal/housetest"
	"gehoor/internal/mailroom"
	"gehoor/internal/office"
	"gehoor/internal/record"
)

// filler fills the form of the counter in, step by step, as a browser does.
type filler struct {
	*browser
	page   *httptest.ResponseRecorder // the last one
	hidden url.Values
}

// counterOf is a street where nobody has to wait for being many.
func counterOf(t *testing.T, h *house.House) *street {
	t.Helper()
	doors := h.Doors(nil, true)
	doors.Porch.Pace.After = func(time.Duration) <-chan time.Time {
		now := make(chan time.Time, 1)
		now <- time.Time{}
		return now
	}
	door, err := doors.Handler()
	s := &street{House: h, t: t, door: door}
	s.must(err)
	return s
}

// fillsIn opens the form; later answers come a minute later.
func (s *street) fillsIn() *filler {
	s.t.Helper()
	f := &filler{browser: s.browser()}
	f.took(f.get("/klacht"), http.StatusOK)
	return f
}

func (f *filler) took(w *httptest.ResponseRecorder, status int) *filler {
	f.s.t.Helper()
	doc := f.s.says(w, status)
	f.page, f.hidden = w, url.Values{}
	for _, e := range doc.Find("main form input[type=hidden]").EachIter() {
		f.hidden.Add(e.AttrOr("name", ""), e.AttrOr("value", ""))
	}
	return f
}

// press sends the step with these answers.
func (f *filler) press(do string, answers url.Values) *httptest.ResponseRecorder {
	form := url.Values{"doe": {do}}
	for _, values := range []url.Values{f.hidden, answers} {
		for name, list := range values {
			form[name] = append(form[name], list...)
		}
	}
	return f.post("/klacht", form)
}

func (f *filler) next(status int, answers url.Values) *filler {
	f.s.t.Helper()
	return f.took(f.press("verder", answers), status)
}

var (
	aStory = url.Values{"description": {"Het rapport kwam zes weken te laat."}, "when": {"12 november"}}
	aWish  = url.Values{"wish": {"explain"}, "desired_outcome": {"Wij willen een vaste datum."}}
	about  = url.Values{"subject": {"service"}, "category": {"quality_review"}}
	truus  = url.Values{"give_name": {"yes"}, "for_whom": {"self"}, "name": {"Truus Verbeek"}, "way": {"letter"}, "street": {"Lindelaan"}, "house": {"12"},
		"postcode": {"1234ab"}, "town": {"Voorbeelddorp"}, "member": {"yes"}}
)

// toCheck fills everything in, up to the last step.
func (f *filler) toCheck(about, who url.Values) *filler {
	f.s.t.Helper()
	f.next(http.StatusOK, aStory).next(http.StatusOK, aWish).next(http.StatusOK, about)
	f.s.Clock.Set(f.s.Clock.Now().Add(time.Minute))
	return f.next(http.StatusOK, who)
}

// sends sends the form and follows to the page with number and code.
func (f *filler) sends() (number, code string, w *httptest.ResponseRecorder) {
	f.s.t.Helper()
	w = f.press("verstuur", nil)
	if w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/klacht/verstuurd" {
		f.s.t.Fatalf("status %d to %q\n%s", w.Code, w.Header().Get("Location"), w.Body)
	}
	w = f.get("/klacht/verstuurd")
	doc := f.s.says(w, http.StatusOK, "Wij sturen ons antwoord uiterlijk")
	facts := doc.Find(".gh-facts dd")
	number, code = strings.TrimSpace(facts.Eq(0).Text()), strings.TrimSpace(facts.Eq(1).Contents().First().Text())
	return number, strings.ReplaceAll(code, " ", ""), w
}

// found is the dossier with a number, or nothing.
func (s *street) found(number string) (d record.Dossier, ok bool) {
	s.t.Helper()
	list, _, err := s.Store.List(s.t.Context(), complaint.Sight{All: true}, record.Filter{Number: number, Exact: true, Limit: 1})
	s.must(err)
	if len(list) == 0 {
		return d, false
	}
	d, err = s.Store.Dossier(s.t.Context(), list[0].ID, complaint.Sight{All: true})
	s.must(err)
	return d, true
}

func (s *street) waiting() []mailroom.Line {
	s.t.Helper()
	list, _, err := s.Mailroom.List(s.t.Context(), s.who(helpdesk), "")
	s.must(err)
	return list
}

func TestFormFromBeginningToEnd(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		s := counterOf(t, h)
		f := s.fillsIn().toCheck(about, truus)
		s.says(f.page, http.StatusOK, "1234 AB", "Het rapport kwam zes weken te laat.", "12 november", "Uitleggen hoe dit kon gebeuren", "Kwaliteitstoetsing", "Truus Verbeek", "Lindelaan")
		f.took(f.press("stap-2", nil), http.StatusOK)
		s.says(f.page, http.StatusOK, "Wij willen een vaste datum.")
		f.next(http.StatusOK, url.Values{"wish": {"money"}}) // back at the last step
		number, code, sent := f.sends()
		d, ok := s.found(number)
		if !ok || d.State != complaint.IsFiled || d.DueOn.String() != "2026-12-08" || d.Channel != complaint.Form || !h.Vault.IsCode(number, code, d.Code) || len(code) != 8 {
			t.Fatalf("%s with %s: %+v", number, code, d.Dossier)
		}
		s.says(sent, http.StatusOK, "dinsdag 8 december", "ontvangstbericht met de post", "Hij staat ook in ons ontvangstbericht.")
		v := s.view(office.Form{Dossier: d.ID})
		if v.Title != "Een dienst: Kwaliteitstoetsing" || v.Text.DesiredOutcome != "Geld teruggeven." || !strings.Contains(v.Text.Description, "12 november") {
			t.Errorf("%q %+v", v.Title, v.Text)
		}
		if got := s.last(office.Form{Dossier: d.ID}, record.Acknowledgement); got.DueOn != d.DueOn {
			t.Errorf("the acknowledgement says %s", got.DueOn)
		}
		// A second press of the button is the same complaint, with the same number and code.
		if again, sameCode, _ := f.sends(); again != number || sameCode != code {
			t.Errorf("pressed twice: %s and %s", number, again)
		}
		f.took(f.press("stap-1", nil), http.StatusOK).next(http.StatusOK, url.Values{"description": {"Iets heel anders."}})
		s.says(f.press("verstuur", nil), http.StatusConflict, "al verstuurd")
		// Number and code are shown once.
		f.post("/klacht/klaar", nil)
		s.says(f.get("/klacht/verstuurd"), http.StatusOK, "staan hier niet meer")
		s.silent(f.get("/klacht/verstuurd"), number, code[:4])
		r, err := h.Inspector.Verify(t.Context(), nil)
		if s.must(err); len(r.Findings) > 0 {
			t.Errorf("verify: %v", r.Findings)
		}
	})
}

// Without cookies the number stands on the answer to the form itself.
func TestFormWithoutCookies(t *testing.T) {
	s := counterOf(t, housetest.Empty(t))
	f := s.fillsIn().toCheck(about, truus)
	if f.cookies["__Host-klacht"] == "" {
		t.Errorf("cookies: %v", f.cookies)
	}
	f.cookies = map[string]string{}
	w := f.press("verstuur", nil)
	s.says(w, http.StatusOK, "Uw nummer", "Uw code", "uiterlijk")
	if got := w.Header().Get("Clear-Site-Data"); got != `"cache"` {
		t.Errorf("the browser keeps the steps: %q", got)
	}
}

// The browser keeps the steps for its Back, until the form was sent or somebody stops.
func TestNothingOfTheFormStaysBehind(t *testing.T) {
	s := counterOf(t, housetest.Empty(t))
	f := s.fillsIn().toCheck(about, truus)
	_, _, sent := f.sends()
	for name, w := range map[string]*httptest.ResponseRecorder{"sent": sent, "done": f.post("/klacht/klaar", nil)} {
		if w.Header().Get("Clear-Site-Data") != `"cache"` || w.Header().Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %v", name, w.Header())
		}
	}
}

// Every mistake of a step comes at once, with a link to its field, and nothing typed is
// lost.
func TestFormNamesEveryMistakeOfAStep(t *testing.T) {
	s := counterOf(t, housetest.Empty(t))
	f := s.fillsIn()
	doc := s.says(f.press("verder", url.Values{"when": {"gisteren"}}), http.StatusUnprocessableEntity, "Vul dit in")
	if doc.Find(".gh-note--bad a[href='#description']").Length() != 1 || doc.Find("#when").Text() != "gisteren" {
		t.Error("the mistake has no link, or what was typed is gone")
	}
	f.next(http.StatusOK, aStory)
	doc = s.says(f.press("verder", nil), http.StatusUnprocessableEntity, "Kies een antwoord, of vertel het in uw eigen woorden")
	if doc.Find(".gh-note--bad a[href='#wish']").Length() != 1 {
		t.Error("a tick would do, but the mistake does not lead there")
	}
	f.next(http.StatusOK, url.Values{"wish": {"explain", "unknown"}}) // who answers knows
	f.took(f.press("terug", nil), http.StatusOK)
	if s.page(f.page).Find("input[value=unknown][checked]").Length() > 0 || s.page(f.page).Find("input[value=explain][checked]").Length() != 1 {
		t.Error("what should happen is known and unknown")
	}
	f.next(http.StatusOK, url.Values{"wish": {"unknown"}})
	s.says(f.press("verder", nil), http.StatusUnprocessableEntity, "Kies één of meer antwoorden")
	f.next(http.StatusOK, about)
	w := f.press("verder", url.Values{"name": {""}, "way": {"letter"}, "email": {"truus"}, "postcode": {"12AB"}, "for_whom": {"other"}, "phone": {"1"}, "caller_relation": {"dochter"}, "town": {"Oudermeer"}})
	doc = s.says(w, http.StatusUnprocessableEntity)
	if doc.Find(".gh-note--bad a[href='#email']").Length() > 0 {
		t.Error("something is said of a field that is not asked")
	}
	for _, field := range []string{"name", "street", "postcode", "caller_name", "phone"} {
		if doc.Find(".gh-note--bad a[href='#"+field+"']").Length() != 1 {
			t.Errorf("nothing is said of %s:\n%s", field, doc.Find(".gh-note--bad").Text())
		}
	}
	if doc.Find("#town").AttrOr("value", "") != "Oudermeer" {
		t.Error("what was typed is gone")
	}
}

func TestAddressesOnTheForm(t *testing.T) {
	for name, c := range map[string]struct {
		typed url.Values
		want  []string
	}{
		"small letters": {url.Values{"street": {"Lindelaan"}, "house": {"12"}, "postcode": {"1234ab"}, "town": {"Dorp"}}, []string{"Lindelaan 12", "1234 AB  DORP"}},
		"with a space":  {url.Values{"street": {"Lindelaan 12a"}, "postcode": {"1234 AB"}, "town": {"Dorp"}}, []string{"Lindelaan 12a", "1234 AB  DORP"}},
		"post box":      {url.Values{"street": {"Postbus 41"}, "postcode": {"1234  AB"}, "town": {"Dorp"}}, []string{"Postbus 41", "1234 AB  DORP"}},
		"abroad":        {url.Values{"street": {"Kerkstraat"}, "house": {"7"}, "postcode": {"B-9000"}, "town": {"Gent"}, "country": {"België"}}, []string{"Kerkstraat 7", "B-9000  GENT", "België"}},
	} {
		t.Run(name, func(t *testing.T) {
			s := counterOf(t, housetest.Empty(t))
			c.typed.Set("name", "Truus Verbeek")
			c.typed.Set("way", "letter")
			number, _, _ := s.fillsIn().toCheck(about, c.typed).sends()
			d, _ := s.found(number)
			i, err := s.Office.OpenIdentity(t.Context(), s.who(helpdesk), d.ID, office.Opening{Reason: "other"})
			if s.must(err); !slices.Equal(i.Window()[1:], c.want) {
				t.Errorf("%q", i.Window())
			}
			if slices.Contains(d.Lacks, complaint.ItemIdentity) != true { // no telephone
				t.Error("the register does not say that the telephone number is missing")
			}
		})
	}
}

// An employee named on the form sees nothing of it from the first moment; somebody who is
// not named says whether it is about them.
func TestFormAboutAnEmployee(t *testing.T) {
	s := counterOf(t, housetest.Empty(t))
	f := s.fillsIn()
	f.next(http.StatusOK, aStory).next(http.StatusOK, aWish)
	s.says(f.page, http.StatusOK, "Praat eerst met elkaar, als dat kan")
	f.next(http.StatusOK, url.Values{"subject": {"employee"}, "talk": {"rather_not"}, "concerned": {"Pim Haverdonk"}})
	s.Clock.Set(s.Clock.Now().Add(time.Minute))
	number, _, _ := f.next(http.StatusOK, truus).sends()
	pim := s.who("Pim Haverdonk")
	if n, err := s.Mailroom.Count(t.Context(), pim); err != nil || n.Waiting > 0 || len(s.waiting()) != 1 {
		t.Fatalf("%d wait for who is named, %d for the others (%v)", n.Waiting, len(s.waiting()), err)
	}
	_, err := s.Mailroom.Accept(t.Context(), s.who(helpdesk), office.Form{Key: "accept"}, s.waiting()[0].ID, pim.ID)
	s.must(err)
	d, ok := s.found(number)
	if !ok {
		t.Fatal("it is not registered")
	}
	if _, err := s.Office.Look(t.Context(), s.who("Pim Haverdonk"), d.ID); !complaint.IsKind(err, complaint.NotFound) {
		t.Errorf("who is named looks: %v", err)
	}
	if v := s.view(office.Form{Dossier: d.ID}); !slices.ContainsFunc(v.Events, func(e complaint.Event) bool { return e.Kind == complaint.TalkAdvised }) {
		t.Error("the advice to talk first is not on record")
	}
}

// Of who gives no name nothing is kept: not what was typed before, not where they came
// from, not their browser.
func TestNamelessFormLeavesNoTrace(t *testing.T) {
	s := counterOf(t, housetest.Empty(t))
	s.ReachedAt(base)
	f := s.fillsIn()
	f.address = "203.0.113.77:4001"
	f.header.Set("User-Agent", "KanarieBrowser/7")
	f.header.Set("Referer", "https://kanarie.example.org/zoek")
	f.next(http.StatusOK, aStory).next(http.StatusOK, aWish).next(http.StatusOK, about)
	f.took(f.press("terug", truus), http.StatusOK) // typed a name, and thought better of it
	f.next(http.StatusOK, about)
	s.Clock.Set(s.Clock.Now().Add(time.Minute))
	f.next(http.StatusOK, url.Values{"give_name": {"no"}, "name": {"Truus Verbeek"}})
	s.says(f.page, http.StatusOK, "U geeft geen naam")
	s.silent(f.page, "Verbeek")
	number, code, sent := f.sends()
	doc := s.says(sent, http.StatusOK, "Raakt u de code kwijt?", "Hij staat nergens anders.", "Dan kunt u ons antwoord niet meer lezen.")
	if on := doc.Find("main a[href='/volgen']:not(.gh-noprint)").Text(); on != base+"/volgen" {
		t.Errorf("on paper the page to follow it on is %q", on)
	}
	d, _ := s.found(number)
	if len(code) != 16 || !s.Vault.IsCode(number, code, d.Code) || d.Level != complaint.Nameless || d.Identities != 0 || d.Letters != 0 {
		t.Errorf("%s %+v", code, d.Dossier)
	}
	for _, secret := range []string{"203.0.113", "KanarieBrowser", "kanarie.example", "Verbeek", code, "zes weken te laat"} {
		if found := inRegister(t, s.House, secret); found != "" {
			t.Errorf("%s holds %q", found, secret)
		}
	}
}

// A form that is sent faster than anybody types, and one with something in the field that
// people do not see, wait for a person. Who sent them gets number and code all the same.
func TestDoubtfulFormWaits(t *testing.T) {
	s := counterOf(t, housetest.Empty(t))
	f := s.fillsIn()
	f.next(http.StatusOK, aStory).next(http.StatusOK, aWish).next(http.StatusOK, about).next(http.StatusOK, truus)
	number, _, sent := f.sends()
	s.says(sent, http.StatusOK, "Iemand van ons kijkt eerst")
	if _, ok := s.found(number); ok || len(s.waiting()) != 1 || !slices.Equal(s.waiting()[0].Codes.Why, []string{mailroom.TooFast}) {
		t.Errorf("%+v", s.waiting())
	}
	trapped := url.Values{"website": {"https://example.com"}}
	for name, values := range truus {
		trapped[name] = values
	}
	number, _, _ = s.fillsIn().toCheck(about, trapped).sends()
	if list := s.waiting(); len(list) != 2 || !slices.Equal(list[1].Codes.Why, []string{mailroom.Trapped}) || list[1].Number != number {
		t.Errorf("%+v", list)
	}
}

// Sixty forms from one address within a minute: none is lost and none refused. The first
// are registered, the rest wait for a person.
func TestManyFormsFromOneAddress(t *testing.T) {
	s := counterOf(t, housetest.Empty(t))
	var all []*filler
	for range 60 {
		f := s.fillsIn()
		f.next(http.StatusOK, aStory).next(http.StatusOK, aWish).next(http.StatusOK, about).next(http.StatusOK, truus)
		all = append(all, f)
	}
	s.Clock.Set(s.Clock.Now().Add(30 * time.Second))
	var numbers sync.Map
	var crowd sync.WaitGroup
	for _, f := range all {
		crowd.Go(func() {
			if w := f.press("verstuur", nil); w.Code != http.StatusSeeOther {
				t.Errorf("refused: status %d", w.Code)
				return
			}
			doc := s.says(f.get("/klacht/verstuurd"), http.StatusOK)
			numbers.Store(strings.TrimSpace(doc.Find(".gh-facts dd").First().Text()), true)
		})
	}
	crowd.Wait()
	held, registered := map[string]bool{}, 0
	for after := ""; ; {
		list, more, err := s.Mailroom.List(t.Context(), s.who(helpdesk), after)
		s.must(err)
		for _, l := range list {
			held[l.Number] = true
			after = l.ID
		}
		if !more {
			break
		}
	}
	numbers.Range(func(number, _ any) bool {
		if _, ok := s.found(number.(string)); ok {
			registered++
		} else if !held[number.(string)] {
			t.Errorf("%s is nowhere", number)
		}
		return true
	})
	if registered != 12 || len(held) != 48 {
		t.Errorf("%d registered, %d wait", registered, len(held))
	}
}

// What was typed is kept to go on with by a code, for a fortnight; a form that was sent is
// gone from there.
func TestGoOnLater(t *testing.T) {
	s := counterOf(t, housetest.Empty(t))
	f := s.fillsIn()
	up := f.upload("/klacht", url.Values{"formulier": f.hidden["formulier"], "stap": {"1"}, "doe": {"verder"}, "description": {"Het rapport kwam te laat."}},
		map[string]string{"brief.txt": "Geachte heer"})
	f.took(up, http.StatusOK)
	doc := s.says(f.press("bewaar", url.Values{"desired_outcome": {"Een vaste datum."}}), http.StatusOK, "nog niet verstuurd", "8 december")
	code := strings.TrimSpace(doc.Find(".gh-facts dd").Contents().First().Text())
	if len(strings.ReplaceAll(code, " ", "")) != 16 {
		t.Fatalf("code %q", code)
	}
	s.Clock.Set(s.Clock.Now().AddDate(0, 0, 9))
	_, err := s.Office.Sweep(t.Context())
	s.must(err)
	s.says(f.post("/klacht/verder", url.Values{"code": {"1234 5678 1234 5678"}}), http.StatusUnprocessableEntity, "vinden wij geen formulier")
	b := &filler{browser: s.browser()}
	b.took(b.post("/klacht/verder", url.Values{"code": {" " + code}}), http.StatusOK)
	s.says(b.page, http.StatusOK, "Een vaste datum.")
	b.next(http.StatusOK, aWish).next(http.StatusOK, about).next(http.StatusOK, truus)
	s.says(b.page, http.StatusOK, "brief.txt", "Het rapport kwam te laat.")
	b.took(b.press("verstuur", nil), http.StatusOK) // it lay long: look it over
	s.says(b.page, http.StatusOK, "bleef lang liggen")
	number, _, _ := b.sends()
	if d, ok := s.found(number); !ok || d.Attachments != 1 {
		t.Errorf("%+v", d.Dossier)
	}
	s.says(f.post("/klacht/verder", url.Values{"code": {code}}), http.StatusUnprocessableEntity, "vinden wij geen formulier")
}

// A form of another house, or one that was tampered with, begins anew with what stands in
// its step.
func TestForeignFormKeepsWhatWasTyped(t *testing.T) {
	s := counterOf(t, housetest.Empty(t))
	f := s.fillsIn()
	f.hidden.Set("formulier", "AQEAAAAA"+f.hidden.Get("formulier")[8:]+"x")
	doc := s.says(f.press("verder", aStory), http.StatusUnprocessableEntity, "Loop de stappen nog één keer langs")
	if got := doc.Find("#description").Text(); got != aStory.Get("description") {
		t.Errorf("%q", got)
	}
}

func TestFormRefusesWhatIsTooMuch(t *testing.T) {
	s := counterOf(t, housetest.Empty(t))
	f := s.fillsIn()
	typed := url.Values{"formulier": f.hidden["formulier"], "stap": {"1"}, "doe": {"verder"}, "description": {"Het rapport kwam te laat."}}
	w := f.upload("/klacht", typed, map[string]string{"programma.exe": "MZ\x90\x00\x03\x00\x00\x00\x04\x00"})
	s.says(w, http.StatusUnprocessableEntity, "programma.exe", "Het rapport kwam te laat.")
	many := map[string]string{}
	for _, n := range []string{"1", "2", "3", "4", "5", "6"} {
		many[n+".txt"] = "tekst " + n
	}
	s.says(f.upload("/klacht", typed, many), http.StatusUnprocessableEntity, "Er mogen 5 bestanden mee")
	f.header.Set("Sec-Fetch-Site", "cross-site")
	if w := f.press("verder", aStory); w.Code != http.StatusForbidden {
		t.Errorf("status %d from another site", w.Code)
	}
}

// A form that the procedure has switched off does not exist, and no page leads to it.
func TestFormIsOffByDefault(t *testing.T) {
	s := counterOf(t, housetest.Empty(t))
	s.switchOff()
	for _, path := range []string{"/klacht", "/klacht/verder"} {
		if w := s.browser().get(path); w.Code != http.StatusNotFound {
			t.Errorf("%s: status %d", path, w.Code)
		}
	}
	if w := s.browser().post("/klacht", aStory); w.Code != http.StatusNotFound {
		t.Errorf("a post: status %d", w.Code)
	}
	if s.page(s.browser().get("/")).Find("a[href='/klacht']").Length() > 0 {
		t.Error("the first page leads to a form that is not there")
	}
}

func TestFormInEnglish(t *testing.T) {
	s := counterOf(t, housetest.Empty(t))
	f := &filler{browser: s.browser()}
	f.header.Set("Accept-Language", "en")
	f.took(f.get("/klacht"), http.StatusOK)
	s.says(f.page, http.StatusOK, "What happened?", "Step 1 of 5")
	f.toCheck(about, truus)
	if main := s.page(f.page).Find("main").Text(); strings.Contains(main, "het LSR") {
		t.Error("the short name is Dutch, with its article, on an English page")
	}
	w := f.press("verstuur", nil)
	s.says(f.get(w.Header().Get("Location")), http.StatusOK, "We send our answer on")
}

// Files that lay too long are chosen again at the step where that shows; nothing typed is
// lost.
func TestFormWhoseFilesWereSwept(t *testing.T) {
	s := counterOf(t, housetest.Empty(t))
	f := s.fillsIn()
	f.took(f.upload("/klacht", url.Values{"formulier": f.hidden["formulier"], "stap": {"1"}, "doe": {"verder"}, "description": aStory["description"]},
		map[string]string{"brief.txt": "Geachte heer"}), http.StatusOK)
	f.next(http.StatusOK, aWish).next(http.StatusOK, about)
	s.Clock.Set(s.Clock.Now().AddDate(0, 0, 2))
	_, err := s.Office.Sweep(t.Context())
	s.must(err)
	f.next(http.StatusUnprocessableEntity, truus)
	s.says(f.page, http.StatusUnprocessableEntity, "Kies ze opnieuw", aStory.Get("description"))
	f.next(http.StatusOK, aStory).next(http.StatusOK, aWish).next(http.StatusOK, about)
	s.says(f.page, http.StatusOK)
	if got := f.next(http.StatusOK, truus); !strings.Contains(got.page.Body.String(), "Truus Verbeek") {
		t.Error("the form does not go on")
	}
}

// A page that is not there has the menu and the telephone number all the same.
func TestPageThatIsNotThere(t *testing.T) {
	s := counterOf(t, housetest.Empty(t))
	s.ReachedAt(base)
	doc := s.says(s.browser().get("/bestaat-niet"), http.StatusNotFound, "Deze pagina is er niet")
	for _, link := range []string{"/", "/volgen", "tel:+31880000100"} {
		if doc.Find("header a[href='"+link+"']").Length() == 0 {
			t.Errorf("nothing leads to %s", link)
		}
	}
}

func TestNothingToKeep(t *testing.T) {
	s := counterOf(t, housetest.Empty(t))
	s.says(s.fillsIn().press("bewaar", url.Values{"description": {"  "}}), http.StatusUnprocessableEntity, "Er is nog niets om te bewaren.")
}

// Who complains for somebody else gives their own name; whether that person knows may stay
// open.
func TestFormForSomebodyElse(t *testing.T) {
	s := counterOf(t, housetest.Empty(t))
	who := maps.Clone(truus)
	who["for_whom"] = []string{"other"}
	f := s.fillsIn()
	f.next(http.StatusOK, aStory).next(http.StatusOK, aWish).next(http.StatusOK, about)
	s.says(f.press("verder", who), http.StatusUnprocessableEntity, "Uw eigen naam: Vul dit in.", "Dan vragen wij het eerst aan die persoon.")
	who["caller_name"] = []string{"Bea Zomer"}
	s.says(f.press("verder", who), http.StatusOK, "Klopt alles?", "Uw eigen naam", "Bea Zomer")
}

// Keeping forms takes room: many from one place are asked to come back, with all that they
// typed.
func TestKeepingManyForms(t *testing.T) {
	s := counterOf(t, housetest.Empty(t))
	f := s.fillsIn()
	for range 12 {
		if w := f.press("bewaar", aStory); w.Code != http.StatusOK {
			t.Fatalf("status %d", w.Code)
		}
	}
	s.says(f.press("bewaar", aStory), http.StatusTooManyRequests, "Probeer het over tien minuten", aStory.Get("description"))
}

// A subject counts once, however often it is sent.
func TestFormSubjectSentTwice(t *testing.T) {
	s := counterOf(t, housetest.Empty(t))
	number, _, _ := s.fillsIn().toCheck(url.Values{"subject": {"service", "service", "service"}}, truus).sends()
	d, ok := s.found(number)
	if v := s.view(office.Form{Dossier: d.ID}); !ok || v.Title != "Een dienst" || len(d.Subjects) != 1 {
		t.Errorf("%q about %v", v.Title, d.Subjects)
	}
}

// Each way of answering asks for what it needs. What stands in the fields of the other way,
// or of a subject that was not chosen, does not count.
func TestFormAsksOnlyWhatTheAnswerNeeds(t *testing.T) {
	s := counterOf(t, housetest.Empty(t))
	byMail := url.Values{"way": {"email"}, "name": {"Truus Verbeek"}, "email": {"truus@example.org"}, "street": {"Lindelaan"}, "postcode": {"12"}}
	f := s.fillsIn().toCheck(url.Values{"subject": {"service"}, "category": {"website", "", "course", "treatment"}}, byMail)
	s.says(f.page, http.StatusOK, "truus@example.org", "Cursus of training")
	s.silent(f.page, "Lindelaan", "Bejegening")
	f.took(f.press("stap-3", nil), http.StatusOK)
	doc := s.page(f.page)
	if got := doc.Find("#category-service option[selected]").AttrOr("value", ""); got != "course" || doc.Find("#category-employee option[value=course]").Length() > 0 {
		t.Errorf("%q is chosen of a service", got)
	}
	f.next(http.StatusOK, about)
	f.took(f.press("stap-3", nil), http.StatusOK).next(http.StatusOK, url.Values{"subject": {"service", "employee"}, "category": {"course", "treatment"}})
	number, _, _ := f.sends()
	d, _ := s.found(number)
	if v := s.view(office.Form{Dossier: d.ID}); d.Category != "course" || v.Title != "Een dienst: Cursus of training, Een medewerker: Bejegening" {
		t.Errorf("%s: %q", d.Category, v.Title)
	}
	i, err := s.Office.OpenIdentity(t.Context(), s.who(helpdesk), d.ID, office.Opening{Reason: "other"})
	if s.must(err); i.Email != "truus@example.org" || i.Street != "" || i.Postcode != "" {
		t.Errorf("%+v", i)
	}
}

// At every step the language can be changed, and nothing typed or sent along is lost; nor is
// anything checked or sent.
func TestFormInAnotherLanguageAtEveryStep(t *testing.T) {
	s := counterOf(t, housetest.Empty(t))
	f := s.fillsIn()
	switches := func(typed url.Values, files map[string]string, texts ...string) {
		t.Helper()
		doc := s.page(f.page)
		button := doc.Find("footer button[formaction]")
		to := button.AttrOr("formaction", "")
		if doc.Find("main form#"+button.AttrOr("form", "-")).Length() != 1 || !strings.HasPrefix(to, "/klacht?") {
			t.Fatalf("the page has no switch of language: %q", to)
		}
		form := url.Values{}
		for _, values := range []url.Values{f.hidden, typed} {
			for name, list := range values {
				form[name] = append(form[name], list...)
			}
		}
		if files != nil {
			f.took(f.upload(to, form, files), http.StatusOK)
		} else {
			f.took(f.post(to, form), http.StatusOK)
		}
		s.says(f.page, http.StatusOK, texts...)
	}
	switches(aStory, map[string]string{"brief.txt": "Geachte heer"}, "Step 1 of 5", "Het rapport kwam zes weken te laat.", "12 november", "brief.txt")
	kept := s.page(f.page).Find("[name=bestand]").AttrOr("value", "")
	f.next(http.StatusOK, url.Values{"description": aStory["description"], "bestand": {kept}})
	s.says(f.page, http.StatusOK, "Step 2 of 5")
	switches(url.Values{"desired_outcome": {"Een vaste datum."}}, nil, "Stap 2 van 5", "Een vaste datum.")
	f.next(http.StatusOK, aWish)
	switches(nil, nil, "Step 3 of 5")
	f.next(http.StatusOK, about)
	switches(truus, nil, "Stap 4 van 5")
	if got := s.page(f.page).Find("#street").AttrOr("value", ""); got != "Lindelaan" {
		t.Errorf("street %q", got)
	}
	s.Clock.Set(s.Clock.Now().Add(time.Minute))
	f.next(http.StatusOK, truus)
	switches(url.Values{"doe": {"verstuur"}}, nil, "Step 5 of 5", "brief.txt")
	if len(s.waiting()) > 0 {
		t.Error("it was sent")
	}
	f.took(f.press("stap-2", nil), http.StatusOK).next(http.StatusUnprocessableEntity, nil)
	switches(nil, nil, "Stap 2 van 5")
}
