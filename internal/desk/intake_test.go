package desk_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"gehoor/internal/complaint"
	"gehoor/internal/office"
	"gehoor/internal/record"
)

const (
	phoneForm  = "/klachten/nieuw/telefoon"
	letterForm = "/klachten/nieuw/brief"
	emailForm  = "/klachten/nieuw/e-mail"
)

const pdf = "%PDF-1.4\n% een brief\n"

// filled is a form as a browser sends it, with answers filled in over the proposals.
func filled(t *testing.T, c *counter, path string, answers url.Values) url.Values {
	t.Helper()
	form := blankForm(t, c.get(t, helpdesk, path))
	for name, values := range answers {
		form[name] = values
	}
	return form
}

// call is a complete telephone complaint.
func call(more url.Values) url.Values {
	answers := url.Values{
		"description": {"Op zaterdag 7 november ging de cursus niet door."}, "desired_outcome": {"Het geld voor de taxi terug."},
		"title": {"Cursus ging niet door"}, "subject": {"service"}, "category": {"course"},
		"name": {"J. Terpstra"}, "postcode": {"1234ab"}, "house": {"8"}, "street": {"Beukenhof"}, "town": {"Voorbeelddorp"},
		"phone": {"06-00000099"}, "email": {"j.terpstra@example.org"}, "member": {"yes"}, "how": {"email"}, "doe": {"stuur"},
	}
	for name, values := range more {
		answers[name] = values
	}
	return answers
}

// made gives the dossier that a form became.
func made(t *testing.T, c *counter, w *httptest.ResponseRecorder) office.View {
	t.Helper()
	if w.Code != http.StatusSeeOther {
		t.Fatalf("status %d: %s", w.Code, strings.Join(mistakesOn(t, w), " | "))
	}
	path, _, _ := strings.Cut(w.Header().Get("Location"), "?")
	id := strings.TrimSuffix(strings.TrimPrefix(path, "/klachten/"), "/bevestigen")
	v, err := c.Office.Look(context.Background(), c.person(helpdesk), id)
	check(t, err)
	return v
}

// mistakesOn are the lines of the summary, each with where it leads.
func mistakesOn(t *testing.T, w *httptest.ResponseRecorder) []string {
	t.Helper()
	return document(t, w).Find(".gh-note--bad li").Map(func(_ int, s *goquery.Selection) string {
		return s.Find("a").AttrOr("href", "") + " " + strings.TrimSpace(s.Text())
	})
}

func TestIntakeForms(t *testing.T) {
	c := open(t)
	for path, text := range map[string]string{
		"/klachten/nieuw": "Hoe kwam de klacht binnen?",
		phoneForm:         "Schrijf geen ziekte op, behalve als de beller dat wil.",
		letterForm:        "Niet de datum op de brief of het poststempel.",
		emailForm:         "De e-mail zelf (.eml of tekst)",
	} {
		w := c.get(t, helpdesk, path)
		if doc := checkPage(t, w, "nl"); w.Code != http.StatusOK || !strings.Contains(doc.Find("main").Text(), text) {
			t.Errorf("%s (%d) does not say %q", path, w.Code, text)
		}
		for _, name := range []string{manager, quality, admin} {
			if w := c.get(t, name, path); w.Code != http.StatusForbidden {
				t.Errorf("%s gets %d from %s", name, w.Code, path)
			}
			if w := c.post(t, name, path, url.Values{}); path != "/klachten/nieuw" && w.Code != http.StatusForbidden {
				t.Errorf("%s posts to %s and gets %d", name, path, w.Code)
			}
		}
	}
	doc := document(t, c.get(t, helpdesk, phoneForm))
	if doc.Find("input[value=nameless]").Length() != 0 {
		t.Error("a caller can be nameless")
	}
	if got := doc.Find("#received_on").AttrOr("value", ""); got != "2026-11-24" {
		t.Errorf("the day of the call is proposed as %q", got)
	}
}

func TestTakeACallIn(t *testing.T) {
	c := open(t)
	for name, tt := range map[string]struct {
		more  url.Values
		state complaint.State
		ends  string
	}{
		"by e-mail":      {nil, complaint.Awaiting, "gedaan=opgenomen"},
		"on paper":       {url.Values{"how": {"paper"}, "email": {""}}, complaint.Awaiting, "gedaan=opgenomen"},
		"to a reader":    {url.Values{"how": {"reader"}, "email": {""}, "reader_name": {"M. Terpstra"}, "reader_relation": {"dochter"}, "reader_email": {"m@example.org"}, "consent": {"ja"}}, complaint.Awaiting, ""},
		"read aloud":     {url.Values{"how": {"read_aloud"}}, complaint.Drafted, "/bevestigen?"},
		"later":          {url.Values{"doe": {"bewaar"}, "how": {""}, "description": {""}, "name": {""}}, complaint.Drafted, ""},
		"from abroad":    {url.Values{"country": {"België"}, "postcode": {"B-1000"}}, complaint.Awaiting, ""},
		"for another":    {url.Values{"for_whom": {"other"}, "caller_name": {"A. Haspels"}, "caller_relation": {"zus"}, "caller_knows": {"ja"}}, complaint.Awaiting, ""},
		"about somebody": {url.Values{"subject": {"service", "employee"}, "talk": {"will_talk"}, "talk_back_on": {"2026-12-01"}, "concerned": {"de trainer"}}, complaint.Awaiting, ""},
	} {
		t.Run(name, func(t *testing.T) {
			w := c.post(t, helpdesk, phoneForm, filled(t, c, phoneForm, call(tt.more)))
			v := made(t, c, w)
			if v.State != tt.state || !strings.Contains(w.Header().Get("Location"), tt.ends) {
				t.Errorf("%s, then %s", v.State, w.Header().Get("Location"))
			}
			if strings.Contains(w.Header().Get("Location"), "erpstra") {
				t.Error("a name stands in the address")
			}
		})
	}
}

// The employee concerned sees nothing of it; nobody can take a complaint in about oneself.
func TestEmployeeConcerned(t *testing.T) {
	c := open(t)
	about := func(name string) url.Values {
		return filled(t, c, phoneForm, call(url.Values{"subject": {"employee"}, "category": {""}, "talk": {"rather_not"}, "concerned_staff": {string(c.staff[name].ID)}}))
	}
	v := made(t, c, c.post(t, helpdesk, phoneForm, about(colleague)))
	if _, err := c.Office.Look(context.Background(), c.person(colleague), v.ID); !complaint.IsKind(err, complaint.NotFound) {
		t.Errorf("the employee concerned gets %v", err)
	}
	w := c.post(t, helpdesk, phoneForm, about(helpdesk))
	if got := mistakesOn(t, w); len(got) != 1 || !strings.HasPrefix(got[0], "#concerned_staff") || !strings.Contains(got[0], "Geef de klacht over aan een collega") {
		t.Errorf("about oneself: %v", got)
	}
}

// All mistakes at once, each at its field, and nothing typed is lost.
func TestRefusedCall(t *testing.T) {
	c := open(t)
	form := filled(t, c, phoneForm, call(url.Values{
		"title": {"Klacht van Terpstra"}, "postcode": {"1234"}, "email": {"geen adres"}, "received_on": {"2027-01-01"},
		"subject": {"product", "employee"}, "category": {"course"}, "talk": {"will_talk"}, "how": {"reader"}, "reader_email": {"x"},
		"reached_on": {"vandaag"}, "caller_name": {"Annet"}, "for_whom": {"other"}, "tell_later": {"ja"}, "point_size": {"20"}, "way": {"phone"},
	}))
	w := c.post(t, helpdesk, phoneForm, form)
	if w.Code != http.StatusUnprocessableEntity {
		t.Fatalf("status %d", w.Code)
	}
	doc := checkPage(t, w, "nl")
	for _, field := range []string{"title", "postcode", "email", "received_on", "reached_on", "category", "talk_back_on", "reader_email", "consent"} {
		if doc.Find(".gh-note--bad a[href='#"+field+"']").Length() != 1 {
			t.Errorf("the summary does not lead to %s: %q", field, mistakesOn(t, w))
		}
		if doc.Find("#"+field+"-fout").Length() != 1 {
			t.Errorf("nothing stands at %s", field)
		}
	}
	if !strings.HasPrefix(doc.Find("title").Text(), "Fout") {
		t.Error("the title does not say that something is wrong")
	}
	again := blankForm(t, w)
	for name, want := range form {
		if name == "doe" {
			continue
		}
		if got := again[name]; strings.Join(got, "|") != strings.Join(want, "|") {
			t.Errorf("%s was %q and comes back as %q", name, want, got)
		}
	}
	for name, values := range call(url.Values{"subject": {"service"}, "how": {"email"}}) { // now right, with the same draft and key
		again[name] = values
	}
	again.Set("received_on", "2026-11-24")
	again.Set("reached_on", "")
	if v := made(t, c, c.post(t, helpdesk, phoneForm, again)); v.State != complaint.Awaiting {
		t.Errorf("the second try is %s", v.State)
	}
}

func TestRefusedAnswers(t *testing.T) {
	c := open(t)
	for name, tt := range map[string]struct {
		more url.Values
		want string
	}{
		"no title":            {url.Values{"title": {""}}, "#title"},
		"no subject":          {url.Values{"subject": {}, "category": {""}}, "#subject"},
		"no text to send":     {url.Values{"description": {" "}}, "#description"},
		"nobody reads":        {url.Values{"how": {""}}, "#how"},
		"no consent":          {url.Values{"how": {"reader"}, "reader_email": {"m@example.org"}}, "#consent"},
		"no e-mail of reader": {url.Values{"how": {"reader"}, "email": {""}, "consent": {"ja"}}, "#reader_email"},
		"no e-mail":           {url.Values{"email": {""}}, "#how"},
		"no address":          {url.Values{"how": {"paper"}, "street": {""}}, "#how"},
		"not a date":          {url.Values{"received_on": {"31-31-2026"}}, "#received_on"},
		"not a later date":    {url.Values{"reached_on": {"x"}}, "#reached_on"},
		"reached before":      {url.Values{"reached_on": {"2026-11-01"}}, "#reached_on"},
		"unknown department":  {url.Values{"department": {"x"}}, "#department"},
		"unknown employee":    {url.Values{"subject": {"employee"}, "category": {""}, "concerned_staff": {"x"}}, "#concerned_staff"},
		"nameless caller":     {url.Values{"level": {"nameless"}}, "#level"},
		"broken text":         {url.Values{"description": {"\xff\xfe"}}, "#description"},
		"strange signs":       {url.Values{"name": {"Jan\x00Jansen"}}, "#name"},
		"endless text":        {url.Values{"description": {strings.Repeat("klacht ", 1_500_000)}}, "#description"},
		"too long a line":     {url.Values{"town": {strings.Repeat("a", 300)}}, "#town"},
		"no size of letters":  {url.Values{"point_size": {"99"}}, "#point_size"},
		"talk without a date": {url.Values{"subject": {"employee"}, "category": {""}, "talk": {"will_talk"}}, "#talk_back_on"},
	} {
		t.Run(name, func(t *testing.T) {
			w := c.post(t, helpdesk, phoneForm, filled(t, c, phoneForm, call(tt.more)))
			got := mistakesOn(t, w)
			if w.Code != http.StatusUnprocessableEntity || len(got) != 1 || !strings.HasPrefix(got[0], tt.want+" ") {
				t.Errorf("%d %v, want %s", w.Code, got, tt.want)
			}
			if town := document(t, w).Find("#street").AttrOr("value", ""); tt.more["street"] == nil && town != "Beukenhof" {
				t.Errorf("the rest of the form is lost: %q", town)
			}
		})
	}
}

// A folded or hidden question that is not asked does not count.
func TestHiddenQuestionsDoNotCount(t *testing.T) {
	c := open(t)
	v := made(t, c, c.post(t, helpdesk, phoneForm, filled(t, c, phoneForm, call(url.Values{
		"talk": {"will_talk"}, "concerned_staff": {string(c.staff[helpdesk].ID)}, "concerned": {"iemand"}, "reader_email": {"x"}, "caller_name": {"x"},
	}))))
	if len(v.Barred)+len(v.Concerned) > 0 {
		t.Error("somebody is concerned by a complaint about a service")
	}
}

func TestTakeALetterIn(t *testing.T) {
	c := open(t)
	letter := url.Values{"received_on": {"2026-11-20"}, "reached_on": {"2026-11-23"}, "first_heard": {"Scholing"}, "their_ref": {"DS/26-1217"},
		"description": {"De folder heeft te kleine letters."}, "desired_outcome": {"Grote letters."}, "title": {"Folder niet te lezen"}, "subject": {"product"},
		"name": {"Corrie"}, "organisation": {"Cliëntenraad De Goudvink"}, "postcode": {"1573 EK"}, "house": {"1"}, "street": {"Merelhof"}, "town": {"Lutterveen"}}
	form := filled(t, c, letterForm, letter)
	w := c.upload(t, helpdesk, letterForm, form, map[string]string{"scan.pdf": pdf, "bijlage.txt": "een bijlage"})
	v := made(t, c, w)
	if v.State != complaint.IsFiled || v.ReceivedOn.String() != "2026-11-20" || v.ReachedOn.String() != "2026-11-23" || len(v.Attachments) != 2 {
		t.Errorf("%s, received %s, reached %s, %d files", v.State, v.ReceivedOn, v.ReachedOn, len(v.Attachments))
	}
	again := c.upload(t, helpdesk, letterForm, form, map[string]string{"scan.pdf": pdf, "bijlage.txt": "een bijlage"})
	if made(t, c, again).ID != v.ID {
		t.Error("a double click makes a second dossier")
	}
	form.Set("description", "Er stond iets anders.")
	if got := mistakesOn(t, c.upload(t, helpdesk, letterForm, form, nil)); len(got) != 1 || !strings.Contains(got[0], "al opgenomen als "+v.Number) {
		t.Errorf("a change after receiving: %v", got)
	}
	other := filled(t, c, letterForm, letter)
	if w := c.upload(t, helpdesk, letterForm, other, nil); !strings.Contains(w.Header().Get("Location"), "lijkt="+v.Number) {
		t.Errorf("a likely duplicate is not named: %s", w.Header().Get("Location"))
	}
	if text := document(t, c.get(t, helpdesk, w.Header().Get("Location"))).Find("main").Text(); !strings.Contains(text, "De klacht is opgenomen.") {
		t.Error("the dossier does not say that it was taken in")
	}
	nameless := filled(t, c, letterForm, letter)
	nameless.Set("level", "nameless")
	if v := made(t, c, c.upload(t, helpdesk, letterForm, nameless, nil)); v.Identities != 0 || len(v.Letters) != 0 {
		t.Error("a nameless letter leaves a name, or gets a letter")
	}
}

// Files survive a form that comes back; a refused file does not cost the others.
func TestFilesSurviveARefusedForm(t *testing.T) {
	c := open(t)
	form := filled(t, c, emailForm, url.Values{"description": {"Zie de bijlage."}, "subject": {"other"}, "name": {"P. Bijl"}})
	w := c.upload(t, helpdesk, emailForm, form, map[string]string{"klacht.eml": "From: p@example.org\r\nSubject: klacht\r\n\r\nZie de bijlage.", "virus.exe": "MZ\x90\x00\x03\x00"})
	got := strings.Join(mistakesOn(t, w), " | ")
	if w.Code != http.StatusUnprocessableEntity || !strings.Contains(got, "#title") || !strings.Contains(got, "#file") || !strings.Contains(got, "virus.exe") {
		t.Fatalf("%d %s", w.Code, got)
	}
	doc := checkPage(t, w, "nl")
	if kept := doc.Find("label[for=bestand]").Text(); !strings.Contains(kept, "klacht.eml") {
		t.Errorf("the kept file is shown as %q", kept)
	}
	again := blankForm(t, w)
	again.Set("title", "Bijlage klopt niet")
	v := made(t, c, c.upload(t, helpdesk, emailForm, again, map[string]string{"foto.png": "\x89PNG\r\n\x1a\n0000"}))
	if len(v.Attachments) != 2 {
		t.Errorf("%d files arrived", len(v.Attachments))
	}
	unticked := filled(t, c, emailForm, url.Values{"title": {"x"}, "subject": {"other"}, "bestand": {}})
	if v := made(t, c, c.upload(t, helpdesk, emailForm, unticked, nil)); len(v.Attachments) != 0 {
		t.Error("a file came from nowhere")
	}
	stolen := filled(t, c, emailForm, url.Values{"title": {"x"}, "subject": {"other"}, "bestand": {v.Attachments[0].ID + " 1 x"}})
	if w := c.upload(t, helpdesk, emailForm, stolen, nil); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("a file of another dossier: %d", w.Code)
	}
}

func TestTooMuchComesBack(t *testing.T) {
	c := open(t)
	form := filled(t, c, letterForm, url.Values{"title": {"Folder"}, "subject": {"product"}, "name": {"P. Bijl"}})
	form.Set("description", strings.Repeat("é", 5_000_000))
	w := c.upload(t, helpdesk, letterForm, form, nil)
	if got := mistakesOn(t, w); w.Code != http.StatusUnprocessableEntity || len(got) != 1 || !strings.HasPrefix(got[0], "#description") {
		t.Errorf("%d %v", w.Code, got)
	}
	form.Set("description", "kort")
	w = c.upload(t, helpdesk, letterForm, form, map[string]string{"groot.pdf": pdf + strings.Repeat("x", 40<<20)})
	if got := mistakesOn(t, w); w.Code != http.StatusUnprocessableEntity || len(got) != 1 || !strings.HasPrefix(got[0], "#file") {
		t.Errorf("%d %v", w.Code, got)
	}
	if name := document(t, w).Find("#name").AttrOr("value", ""); name != "P. Bijl" {
		t.Errorf("the rest of the form is lost: %q", name)
	}
}

// A form of which the draft was lost or made up starts with a new one.
func TestBrokenDraft(t *testing.T) {
	c := open(t)
	before, err := c.Office.Count(context.Background(), c.person(helpdesk), record.Filter{})
	check(t, err)
	for _, draft := range []string{"", "x", "e30", "bnVsbA"} {
		form := filled(t, c, phoneForm, call(url.Values{"concept": {draft}}))
		made(t, c, c.post(t, helpdesk, phoneForm, form))
	}
	after, err := c.Office.Count(context.Background(), c.person(helpdesk), record.Filter{})
	check(t, err)
	if after.Open != before.Open+4 {
		t.Errorf("%d open became %d", before.Open, after.Open)
	}
}
