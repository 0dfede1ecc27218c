package desk_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"gehoor/internal/complaint"
	"gehoor/internal/office"
	"gehoor/internal/record"
)

// complaintMail is an invented complaint with a quote, a file and a mail inside it.
const complaintMail = `Received: from mx.example.org by mail.lsr.example.org; Mon, 23 Nov 2026 23:30:00 +0000
From: Tjitske Waterman <tjitske.waterman@example.org>
To: klachten@lsr.example.org
Subject: Klacht: geen lunch <script>
Date: Mon, 23 Nov 2026 23:29:00 +0000
Message-ID: <een@example.org>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=g

--g
Content-Type: text/plain; charset=utf-8

Bij de training was geen lunch. Ik wil een excuus.

Op 1 nov. 2026 schreef het secretariaat:
> Tot ziens op de training.
--g
Content-Type: image/jpeg
Content-Disposition: attachment; filename=foto.jpg

<html><script>alert(1)</script></html>
--g
Content-Type: message/rfc822

From: Iemand Anders <ander@example.org>
Subject: Van binnen
Message-ID: <binnen@example.org>

Dit stond in de mail.
--g--
`

func (c *counter) takeMail(t *testing.T, raw string) string {
	t.Helper()
	taken, err := c.Mailroom.TakeIn(t.Context(), []byte(strings.ReplaceAll(raw, "\n", "\r\n")), record.MailPlace{})
	check(t, err)
	return taken.ID
}

// values are the fields of a form as the page filled them in.
func values(doc *goquery.Document, form string) url.Values {
	typed := url.Values{}
	doc.Find(form).Find("input, textarea, select").Each(func(_ int, s *goquery.Selection) {
		name, _ := s.Attr("name")
		kind, _ := s.Attr("type")
		_, checked := s.Attr("checked")
		value, _ := s.Attr("value")
		switch {
		case name == "" || (kind == "radio" || kind == "checkbox") && !checked:
		case s.Is("textarea"):
			typed.Add(name, strings.TrimPrefix(s.Text(), "\n"))
		case s.Is("select"):
			value, _ = s.Find("option[selected]").Attr("value")
			typed.Add(name, value)
		default:
			typed.Add(name, value)
		}
	})
	return typed
}

// TestMailBecomesAComplaint: from the pile, by one press, to a form that is filled in,
// to a dossier that holds the mail.
func TestMailBecomesAComplaint(t *testing.T) {
	c := open(t)
	id := c.takeMail(t, complaintMail)
	list := document(t, c.get(t, helpdesk, "/postkamer/binnen"))
	if text := list.Find("main").Text(); !strings.Contains(text, "Tjitske Waterman") || !strings.Contains(text, "geen lunch <script>") || !strings.Contains(text, "vandaag") {
		t.Errorf("the list does not show the mail:\n%s", text)
	}
	room := document(t, c.get(t, helpdesk, "/postkamer")).Find("main").Text()
	if !strings.Contains(room, "mails, de oudste sinds") {
		t.Error("the post room does not say that a mail waits")
	}
	w := c.get(t, helpdesk, "/postkamer/binnen/"+id)
	one := document(t, w)
	if own := one.Find("blockquote").First().Text(); !strings.Contains(own, "Ik wil een excuus.") || strings.Contains(own, "Tot ziens") {
		t.Errorf("the sender's own text: %q", own)
	}
	if whole := one.Find("details blockquote").Text(); !strings.Contains(whole, "Tot ziens op de training.") {
		t.Errorf("the quote is not one click away: %q", whole)
	}
	if strings.Contains(w.Body.String(), "<script") {
		t.Error("what somebody sent runs on our page")
	}
	if text := one.Find("main").Text(); !strings.Contains(text, "De afzender noemt het image/jpeg") {
		t.Error("a page that calls itself a photograph is not named")
	}
	inner := document(t, c.get(t, helpdesk, "/postkamer/binnen/"+id+"?deel=2")).Find("main").Text()
	if !strings.Contains(inner, "Dit stond in de mail.") || !strings.Contains(inner, "Iemand Anders") {
		t.Errorf("the mail inside does not open:\n%s", inner)
	}
	for deel, status := range map[string]int{"1": 200, "2": 200, "3": 404, "1.1": 404, "x": 404, "0": 404} {
		w := c.get(t, helpdesk, "/postkamer/binnen/"+id+"/bestand?deel="+deel)
		if w.Code != status {
			t.Errorf("file %s: status %d", deel, w.Code)
		}
		if status == 200 && (w.Header().Get("X-Content-Type-Options") != "nosniff" || !strings.HasPrefix(w.Header().Get("Content-Disposition"), "attachment")) {
			t.Errorf("file %s is shown: %v", deel, w.Header())
		}
	}
	form := document(t, c.get(t, helpdesk, "/klachten/nieuw/e-mail?mail="+id))
	typed := values(form, "form.gh-intake")
	for field, want := range map[string]string{"received_on": "2026-11-24", "name": "Tjitske Waterman", "email": "tjitske.waterman@example.org", "mail": id} {
		if typed.Get(field) != want {
			t.Errorf("%s is filled with %q, want %q", field, typed.Get(field), want)
		}
	}
	if !strings.Contains(typed.Get("description"), "Ik wil een excuus.") {
		t.Errorf("the text is filled with %q", typed.Get("description"))
	}
	refused := c.upload(t, helpdesk, "/klachten/nieuw/e-mail", typed, nil)
	if back := values(document(t, refused), "form.gh-intake"); refused.Code != http.StatusUnprocessableEntity || back.Get("mail") != id || back.Get("email") == "" {
		t.Fatalf("without a title: status %d, %v", refused.Code, back)
	}
	typed.Set("title", "Geen lunch bij training")
	typed.Set("subject", string(complaint.AboutService))
	done := c.upload(t, helpdesk, "/klachten/nieuw/e-mail", typed, nil)
	if done.Code != http.StatusSeeOther {
		t.Fatalf("status %d\n%s", done.Code, document(t, done).Find("[role=alert]").Text())
	}
	dossier := document(t, c.get(t, helpdesk, done.Header().Get("Location"))).Find("main").Text()
	for _, want := range []string{"e-mail 2026-11-", ".eml", "foto.jpg"} {
		if !strings.Contains(dossier, want) {
			t.Errorf("the dossier does not hold %s", want)
		}
	}
	after := document(t, c.get(t, helpdesk, "/postkamer/binnen")).Find("main").Text()
	if !strings.Contains(after, "klacht opgenomen") || strings.Contains(after, "Tjitske") {
		t.Errorf("the pile after it:\n%s", after)
	}
}

// A second person on CC is shown, and gets our e-mail only when somebody chooses so.
func TestWhoIsOnCC(t *testing.T) {
	c := open(t)
	for _, tt := range []struct{ choose, want string }{{"", ""}, {"zus@example.org", "zus@example.org"}, {"niemand@elders.example", ""}} {
		id := c.takeMail(t, strings.Replace(complaintMail, "Subject:", "Cc: Zus <zus@example.org>, helpdesk@lsr.example.org\nSubject:", 1)+tt.choose)
		form := document(t, c.get(t, helpdesk, "/klachten/nieuw/e-mail?mail="+id))
		if n := form.Find("input[name=copy]").Length(); n != 2 {
			t.Fatalf("%d answers about who is on CC", n)
		}
		typed := values(form, "form.gh-intake")
		if typed.Get("copy") != "niemand" {
			t.Errorf("without a choice it is %q", typed.Get("copy"))
		}
		if tt.choose != "" {
			typed.Set("copy", tt.choose)
		}
		typed.Set("subject", string(complaint.AboutService))
		refused := values(document(t, c.upload(t, helpdesk, "/klachten/nieuw/e-mail", typed, nil)), "form.gh-intake")
		typed.Set("title", "Geen lunch")
		if len(refused["cc"]) != 1 {
			t.Errorf("a refused form comes back with %v on CC", refused["cc"])
		}
		done := c.upload(t, helpdesk, "/klachten/nieuw/e-mail", typed, nil)
		if done.Code != http.StatusSeeOther {
			t.Fatalf("status %d\n%s", done.Code, document(t, done).Find("[role=alert]").Text())
		}
		who, err := c.Office.OpenIdentity(t.Context(), c.person(helpdesk), id, office.Opening{Reason: "correct_details"})
		check(t, err)
		if who.Copy != tt.want {
			t.Errorf("chose %q: %q gets our e-mail too", tt.choose, who.Copy)
		}
	}
}

// TestMailIsHidden: for the employee that a mail names there is no such mail, and none is
// counted.
func TestMailIsHidden(t *testing.T) {
	c := open(t)
	before := c.get(t, colleague, "/postkamer/binnen").Body.String()
	id := c.takeMail(t, strings.Replace(complaintMail, "geen lunch.", "meneer Haverdonk kortaf.", 1))
	for _, path := range []string{"/postkamer/binnen/" + id, "/postkamer/binnen/" + id + "/bestand", "/klachten/nieuw/e-mail?mail=" + id} {
		if w := c.get(t, colleague, path); w.Code != http.StatusNotFound {
			t.Errorf("%s: status %d", path, w.Code)
		}
	}
	if after := c.get(t, colleague, "/postkamer/binnen").Body.String(); after != before {
		t.Error("the pile looks different to whom the mail names")
	}
	form := values(document(t, c.get(t, helpdesk, "/klachten/nieuw/e-mail?mail="+id)), "form.gh-intake")
	if form.Get("concerned_staff") != string(c.staff[colleague].ID) || form.Get("subject") != "employee" {
		t.Errorf("the form does not propose who is concerned: %v", form)
	}
}

// TestMailIsNoComplaint: the sender decides, and the page says how to ask; a machine is
// told nothing.
func TestMailIsNoComplaint(t *testing.T) {
	c := open(t)
	id := c.takeMail(t, complaintMail)
	path := "/postkamer/binnen/" + id
	if w := c.post(t, helpdesk, path+"/geen-klacht", url.Values{}); w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), `href="#reason"`) {
		t.Errorf("without a reason: status %d", w.Code)
	}
	w := c.post(t, helpdesk, path+"/geen-klacht", url.Values{"reason": {"question"}})
	if w.Code != http.StatusSeeOther {
		t.Fatalf("status %d", w.Code)
	}
	asks := document(t, c.get(t, helpdesk, w.Header().Get("Location"))).Find("main").Text()
	if !strings.Contains(asks, "Bedoelt u een klacht? Antwoord dan met het woord klacht, of bel") || !strings.Contains(asks, "24 november 2026") {
		t.Errorf("the page does not say how to ask the sender:\n%s", asks)
	}
	if again := c.post(t, helpdesk, path+"/geen-klacht", url.Values{"reason": {"question"}}); again.Code != http.StatusConflict || !strings.Contains(again.Body.String(), "al beoordeeld") {
		t.Errorf("a second time: status %d", again.Code)
	}
	if back := c.post(t, helpdesk, path+"/terug", url.Values{}); back.Code != http.StatusSeeOther {
		t.Errorf("put back: status %d", back.Code)
	}
	robot := c.takeMail(t, strings.NewReplacer("<een@", "<robot@", "MIME-Version", "Auto-Submitted: auto-generated\nMIME-Version").Replace(complaintMail))
	c.post(t, helpdesk, "/postkamer/binnen/"+robot+"/geen-klacht", url.Values{"reason": {"question"}})
	if text := document(t, c.get(t, helpdesk, "/postkamer/binnen/"+robot)).Find("main").Text(); strings.Contains(text, "Bedoelt u een klacht?") {
		t.Error("a machine would be asked whether it complains")
	}
}

// A mail of HTML is shown as text, and with its layout to who asks: in a frame that may do
// nothing, with nothing in it that acts or fetches.
func TestMailWithItsLayout(t *testing.T) {
	c := open(t)
	page := "<h2>Factuur</h2><table><tr><td onclick=x>€ 42</td></tr></table><img src=https://volg.example/1.gif><script>x()</script>"
	path := "/postkamer/binnen/" + c.takeMail(t, "From: een@example.org\nSubject: klacht: factuur\nContent-Type: text/html; charset=utf-8\n\n"+page+"\n")
	main := checkPage(t, c.get(t, helpdesk, path), "nl").Find("main")
	if main.Find("a[href='"+path+"/opmaak']").Length() != 1 || main.Find("iframe").Length() != 0 {
		t.Error("the layout is not offered, or shown unasked")
	}
	shown := checkPage(t, c.get(t, helpdesk, path+"/opmaak"), "nl").Find("main iframe")
	sandbox, sandboxed := shown.Attr("sandbox")
	inner, _ := shown.Attr("srcdoc")
	if !sandboxed || sandbox != "" || !strings.Contains(inner, "<table><tr><td>€ 42</td>") || strings.Contains(inner, "volg.example") || strings.Contains(inner, "script") {
		t.Errorf("sandbox %q holds %s", sandbox, inner)
	}
	plain := c.takeMail(t, complaintMail)
	if w := c.get(t, helpdesk, "/postkamer/binnen/"+plain+"/opmaak"); w.Code != http.StatusNotFound {
		t.Errorf("a mail without HTML: %d", w.Code)
	}
}

// TestMailBelongsToAComplaint: it stands on the course, and the form that follows is
// filled in.
func TestMailBelongsToAComplaint(t *testing.T) {
	c := open(t)
	d := c.awaiting(t)
	id := c.takeMail(t, strings.Replace(complaintMail, "Bij de training was geen lunch. Ik wil een excuus.", "Ja, maar het was op vrijdag.", 1))
	path := "/postkamer/binnen/" + id + "/hoort-bij"
	if w := c.post(t, helpdesk, path, url.Values{"nummer": {"1999-000"}}); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("a number that is none: status %d", w.Code)
	}
	w := c.post(t, helpdesk, path, url.Values{"nummer": {d.Number}, "verder": {"verbeteren"}})
	if w.Code != http.StatusSeeOther {
		t.Fatalf("status %d\n%s", w.Code, document(t, w).Find("[role=alert]").Text())
	}
	form := values(document(t, c.get(t, helpdesk, w.Header().Get("Location"))), "main form")
	if !strings.Contains(form.Get("said"), "het was op vrijdag") || form.Get("on") != "2026-11-24" || form.Get("how") != complaint.HowReply {
		t.Errorf("the form holds %v", form)
	}
	text := document(t, c.get(t, helpdesk, "/klachten/"+d.ID)).Find("main").Text()
	if !strings.Contains(text, "De klager schreef een e-mail") || !strings.Contains(text, "het was op vrijdag") {
		t.Error("the course does not show the mail")
	}
}

// awaiting finds a dossier that waits for its caller's yes.
func (c *counter) awaiting(t *testing.T) record.Dossier {
	t.Helper()
	list, _, err := c.Store.List(t.Context(), complaint.Sight{All: true}, record.Filter{Group: record.GroupUnconfirmed, Limit: 50})
	check(t, err)
	for _, d := range list {
		if d.State == complaint.Awaiting {
			return d
		}
	}
	t.Fatal("no dossier waits for a yes")
	return record.Dossier{}
}
