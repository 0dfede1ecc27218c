package counter_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"gehoor/internal/complaint"
	"gehoor/internal/housetest"
)

// typedFields are the fields of a page in which somebody types, by the address of their
// form.
func typedFields(doc *goquery.Document) map[string][]string {
	fields := map[string][]string{}
	doc.Find("main form").Each(func(_ int, form *goquery.Selection) {
		form.Find("input, textarea").Each(func(_ int, e *goquery.Selection) {
			switch e.AttrOr("type", "") {
			case "hidden", "radio", "checkbox", "file":
				return
			}
			if e.AttrOr("name", "") != "website" { // no person sees that one
				fields[form.AttrOr("action", "")] = append(fields[form.AttrOr("action", "")], e.AttrOr("name", ""))
			}
		})
	})
	return fields
}

// asking is a page of the counter with a form to type in, and what is chosen in it.
type asking struct {
	b     *browser
	page  *httptest.ResponseRecorder
	chose url.Values
}

// everyForm is every such page, by name.
func (s *street) everyForm() map[string]asking {
	s.t.Helper()
	all := map[string]asking{}
	asks := s.letter()
	s.must(s.Office.Extend(s.t.Context(), s.who(manager), asks, complaint.Proposal{Reason: "research_takes_longer", Explanation: "Wij wachten op stukken.",
		On: s.Office.Today(), How: complaint.HowPost, Date: s.dossier(asks).DueOn.AddDays(7)}))
	b := s.enters(asks, s.code(asks))
	all["own page"] = asking{b, b.get("/volgen"), url.Values{"answer": {"agreed"}}}
	all["stop"] = asking{b, b.get("/volgen/stoppen"), nil}
	all["details"] = asking{b, b.get("/volgen/gegevens"), url.Values{"way": {"letter"}}}
	outside := s.browser()
	all["follow"] = asking{outside, outside.get("/volgen"), nil}
	all["slip"] = asking{outside, outside.get("/bevestigen"), nil}
	all["link"] = asking{outside, outside.get(s.link(s.call(complaint.HowEmail, nil))), url.Values{"antwoord": {"anders"}}}
	f := s.fillsIn()
	for i, answers := range []url.Values{aStory, aWish, about, truus} {
		all["step "+strconv.Itoa(i+1)] = asking{f.browser, f.page, url.Values{"doe": {"verder"}, "subject": {"employee"}}}
		s.Clock.Set(s.Clock.Now().Add(time.Minute))
		f.next(http.StatusOK, answers)
	}
	all["go on"] = asking{f.browser, f.get("/klacht/verder"), nil}
	return all
}

// Whatever somebody types too much in a form of the counter comes back with all of it, and
// each field says how much it takes. Of what is too large to send at all comes the beginning.
func TestEveryFieldOfTheCounterHasItsLength(t *testing.T) {
	s := open(t, housetest.Empty(t))
	s.at("2026-11-11")
	tried := 0
	for name, form := range s.everyForm() {
		for action, fields := range typedFields(s.page(form.page)) {
			typed := url.Values{}
			for field, values := range form.chose {
				typed[field] = values
			}
			s.page(form.page).Find("main form[action='" + action + "'] input[type=hidden]").Each(func(_ int, e *goquery.Selection) {
				typed.Add(e.AttrOr("name", ""), e.AttrOr("value", ""))
			})
			long := strings.Repeat("a", complaint.MaxText)
			for _, field := range fields {
				typed.Set(field, long)
			}
			doc := s.says(form.b.post(action, typed), http.StatusUnprocessableEntity)
			for _, field := range fields {
				at, said := doc.Find("main [name='"+field+"']"), doc.Find("#"+field+"-fout").Text()
				if got := at.AttrOr("value", at.Text()); !strings.Contains(said, "Gebruik niet meer dan") || got != long && field != "code" {
					t.Errorf("%s, %s: %d signs come back, and it says %q", name, field, len(got), said)
				}
				typed.Set(field, "")
				tried++
			}
			typed.Set(fields[0], strings.Repeat("é", 3<<20))
			doc = s.says(form.b.post(action, typed), http.StatusUnprocessableEntity)
			if said := doc.Find("#" + fields[0] + "-fout").Text(); !strings.Contains(said, "Hier staat nog het begin") {
				t.Errorf("%s, %s: too large to send, and it says %q", name, fields[0], said)
			}
		}
	}
	if tried < 20 {
		t.Errorf("only %d fields were tried", tried)
	}
}

// A form that came back can be read in another language. It is shown, with all that was
// typed, and not carried out.
func TestFormThatCameBackInAnotherLanguage(t *testing.T) {
	s := open(t, housetest.Empty(t))
	s.at("2026-11-11")
	for name, form := range s.everyForm() {
		for action, fields := range typedFields(s.page(form.page)) {
			typed := url.Values{}
			for field, values := range form.chose {
				typed[field] = values
			}
			s.page(form.page).Find("main form[action='" + action + "'] input[type=hidden]").Each(func(_ int, e *goquery.Selection) {
				typed.Add(e.AttrOr("name", ""), e.AttrOr("value", ""))
			})
			for _, field := range fields { // too long: it comes back
				typed.Set(field, strings.Repeat("a", complaint.MaxText))
			}
			back := s.page(form.b.post(action, typed))
			button := back.Find("footer button[formaction]")
			if back.Find("main form#"+button.AttrOr("form", "-")).AttrOr("action", "") != action {
				t.Errorf("%s, %s: no switch of language, or of another form: %q", name, action, button.AttrOr("form", ""))
				continue
			}
			typed.Del("antwoord") // no button of the form was pressed
			for _, field := range fields {
				typed.Set(field, "Zo is het goed")
			}
			to, before := button.AttrOr("formaction", ""), len(s.waiting())
			shown := form.b.post(to, typed)
			if shown.Code != http.StatusOK || s.page(shown).Find("html").AttrOr("lang", "") == back.Find("html").AttrOr("lang", "") || len(s.waiting()) != before {
				t.Errorf("%s, %s: status %d, in %s", name, action, shown.Code, s.page(shown).Find("html").AttrOr("lang", ""))
			}
			for _, field := range fields {
				at := s.page(shown).Find("main [name='" + field + "']")
				if got := at.AttrOr("value", at.Text()); got != "Zo is het goed" && field != "code" {
					t.Errorf("%s, %s: %q comes back", name, field, got)
				}
			}
			form.b.post(s.page(shown).Find("footer button[formaction]").AttrOr("formaction", "/taal?lang=nl"), typed) // Dutch again for the next
		}
	}
}

// What is too long is not kept under a code either: it stands on the page, to make shorter.
func TestTooLongIsNotKept(t *testing.T) {
	s := counterOf(t, housetest.Empty(t))
	for _, do := range []string{"bewaar", "terug", "verder"} {
		f := s.fillsIn()
		f.next(http.StatusOK, aStory)
		long := strings.Repeat("a", complaint.MaxOutside+1)
		doc := s.says(f.press(do, url.Values{"wish": {"explain"}, "desired_outcome": {long}}), http.StatusUnprocessableEntity, "Gebruik niet meer dan 50000 tekens")
		if doc.Find("#desired_outcome").Text() != long || doc.Find("[value=explain][checked]").Length() != 1 {
			t.Errorf("%s: what was typed does not come back", do)
		}
		f.took(f.press("verder", url.Values{"wish": {"explain"}, "desired_outcome": {"Korter."}}), http.StatusOK)
	}
}
