package desk_test

import (
	"bytes"
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/office"
	"gehoor/internal/record"
)

// room gives the post room as somebody sees it.
func (c *counter) room(t *testing.T, name string) office.PostRoom {
	t.Helper()
	room, err := c.Office.PostRoom(context.Background(), c.person(name), "", "")
	check(t, err)
	return room
}

// waits finds what waits of a dossier.
func waits(list []office.Post, id string) (office.Post, bool) {
	for _, p := range list {
		if p.Dossier == id {
			return p, true
		}
	}
	return office.Post{}, false
}

func TestPostRoomIsForTheHelpdesk(t *testing.T) {
	c := open(t)
	for _, tt := range []struct {
		name, path string
		status     int
		text       string
	}{
		{helpdesk, "/postkamer", 200, "Brieven om te versturen"},
		{helpdesk, "/postkamer", 200, "E-mail wacht op een mailserver"},
		{helpdesk, "/postkamer", 200, "wacht op een mailserver"},
		{helpdesk, "/postkamer?na=x&mail=%FF", 200, "Brieven"},
		{helpdesk, "/postkamer/strookje?nummer=1999-001", 422, "Er is geen klacht met dit nummer"},
		{helpdesk, "/postkamer/terug?nummer=", 422, "Er is geen klacht met dit nummer"},
		{manager, "/postkamer", 403, ""},
		{quality, "/postkamer", 403, ""},
		{admin, "/postkamer", 403, ""},
		{director, "/postkamer", 403, ""},
		{manager, "/postkamer/strookje?nummer=1", 403, ""},
		{manager, "/postkamer/terug?nummer=1", 403, ""},
	} {
		w := c.get(t, tt.name, tt.path)
		if w.Code != tt.status {
			t.Errorf("%s %s: %d", tt.name, tt.path, w.Code)
			continue
		}
		if main := checkPage(t, w, "nl").Find("main").Text(); !strings.Contains(main, tt.text) {
			t.Errorf("%s %s does not say %q", tt.name, tt.path, tt.text)
		}
	}
	for _, path := range []string{"/postkamer/print", "/postkamer/verstuurd"} {
		form := url.Values{"brief": {c.room(t, helpdesk).Letters[0].ID}, "on": {"2026-11-24"}, "sleutel": {"k"}}
		if w := c.post(t, manager, path, form); w.Code != http.StatusForbidden {
			t.Errorf("a manager at %s: %d", path, w.Code)
		}
	}
	menu := document(t, c.get(t, helpdesk, "/werk")).Find(".gh-bar nav a[href='/postkamer'] .gh-num")
	incoming, err := c.Mailroom.Count(t.Context(), c.person(helpdesk))
	check(t, err)
	if room := c.room(t, helpdesk); !strings.HasPrefix(menu.Text(), strconv.Itoa(len(room.Letters)+len(room.Mails)+incoming.Waiting)) {
		t.Errorf("the menu counts %q; %d, %d and %d wait", menu.Text(), len(room.Letters), len(room.Mails), incoming.Waiting)
	}
	if document(t, c.get(t, manager, "/werk")).Find("a[href='/postkamer']").Length() != 0 {
		t.Error("a manager is offered the post room")
	}
	c.speaks(t, helpdesk, "en")
	checkPage(t, c.get(t, helpdesk, "/postkamer"), "en")
}

// What bars somebody is not in the post room, not in its count, and cannot be printed
// or posted from it.
func TestPostRoomBars(t *testing.T) {
	c := open(t)
	id := c.caller(t, "2026-11-23")
	c.on("2026-11-24")
	before := len(c.room(t, colleague).Letters)
	letter, found := waits(c.room(t, colleague).Letters, id)
	if !found {
		t.Fatal("the text to confirm does not wait")
	}
	v := c.look(t, helpdesk, id)
	check(t, c.Office.NameEmployee(context.Background(), c.person(helpdesk), office.Form{Dossier: id, Seen: v.Version, Key: "name"}, c.person(colleague).ID, "Het gaat over deze medewerker."))
	if _, found := waits(c.room(t, colleague).Letters, id); found || len(c.room(t, colleague).Letters) != before-1 {
		t.Error("who is concerned sees the letter")
	}
	n, err := c.Office.CountPost(context.Background(), c.person(colleague))
	check(t, err)
	if room := c.room(t, colleague); n != len(room.Letters)+len(room.Mails) {
		t.Errorf("the count is %d", n)
	}
	form := url.Values{"brief": {letter.ID}, "on": {"2026-11-24"}, "sleutel": {"k1"}}
	for path, want := range map[string]int{"/postkamer/print": 404, "/postkamer/verstuurd": 404} {
		if w := c.post(t, colleague, path, form); w.Code != want {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
	for _, path := range []string{"/postkamer/strookje?nummer=", "/postkamer/terug?nummer="} {
		if w := c.get(t, colleague, path+v.Number); w.Code != 422 || !strings.Contains(w.Body.String(), "Er is geen klacht met dit nummer") {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
}

// A batch is one PDF with every letter in it; each is an opening, and what is kept of
// each stays as it was.
func TestPrintABatch(t *testing.T) {
	c := open(t)
	room := c.room(t, helpdesk)
	if len(room.Letters) < 2 {
		t.Fatal("nothing to print")
	}
	w := c.post(t, helpdesk, "/postkamer/print", url.Values{"doe": {"nieuw"}})
	if w.Code != 422 || !strings.Contains(checkPage(t, w, "nl").Find("[role=alert]").Text(), "Vink minstens een brief aan") {
		t.Errorf("nothing ticked: %d", w.Code)
	}
	ids := []string{room.Letters[0].ID, room.Letters[1].ID}
	kept := func(id string) []byte {
		sheet, err := c.Office.PrintLetter(context.Background(), c.person(helpdesk), id)
		check(t, err)
		return sheet.Bytes
	}
	before := [][]byte{kept(ids[0]), kept(ids[1])}
	openings := len(c.look(t, helpdesk, room.Letters[1].Dossier).Openings)
	w = c.post(t, helpdesk, "/postkamer/print", url.Values{"brief": ids})
	if w.Code != 200 || w.Header().Get("Content-Type") != "application/pdf" || !bytes.HasPrefix(w.Body.Bytes(), []byte("%PDF-1.7")) {
		t.Fatalf("%d %s", w.Code, w.Header().Get("Content-Type"))
	}
	if names := bytes.Count(w.Body.Bytes(), []byte("/Dest [")); names != 2 {
		t.Errorf("%d letters have a name in the file", names)
	}
	for i, id := range ids {
		if !bytes.Equal(kept(id), before[i]) {
			t.Errorf("letter %d is kept otherwise than before", i+1)
		}
	}
	if n := len(c.look(t, helpdesk, room.Letters[1].Dossier).Openings); n <= openings {
		t.Errorf("%d openings, there were %d", n, openings)
	}
	if p, _ := waits(c.room(t, helpdesk).Letters, room.Letters[0].Dossier); !p.Printed {
		t.Error("the letter does not count as printed")
	}
	w = c.post(t, helpdesk, "/postkamer/print", url.Values{"brief": ids[:1]})
	if !bytes.Equal(w.Body.Bytes(), before[0]) {
		t.Error("one letter alone is not as it is kept")
	}
}

// E-mails that wait for a mail server come as one text, and never with letters.
func TestFetchMails(t *testing.T) {
	c := open(t)
	room := c.room(t, helpdesk)
	w := c.post(t, helpdesk, "/postkamer/print", url.Values{"mail": {"ja"}, "brief": {room.Mails[0].ID}})
	if w.Code != 200 || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/plain") {
		t.Fatalf("%d %s", w.Code, w.Header().Get("Content-Type"))
	}
	text := w.Body.String()
	for _, id := range []string{room.Mails[0].ID} {
		sheet, err := c.Office.PrintLetter(context.Background(), c.person(helpdesk), id)
		check(t, err)
		if !strings.Contains(text, "Aan: "+sheet.To+"\nOnderwerp: "+sheet.Subject) || !strings.Contains(text, string(sheet.Bytes)) {
			t.Errorf("the e-mail of %s is not in the text:\n%s", sheet.Number, text)
		}
	}
	openings := len(c.look(t, helpdesk, room.Letters[0].Dossier).Openings)
	w = c.post(t, helpdesk, "/postkamer/print", url.Values{"brief": {room.Letters[0].ID, room.Mails[0].ID}})
	if w.Code != http.StatusConflict && w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), "niet in één bestand") {
		t.Errorf("a letter with an e-mail: %d", w.Code)
	}
	if n := len(c.look(t, helpdesk, room.Letters[0].Dossier).Openings); n != openings {
		t.Error("a refused batch opened a name")
	}
}

// From the slip to the end: posting several at once, an answer that is answered by it,
// and an acknowledgement that turns red on the next working day.
func TestPostingALetterAndAnAnswer(t *testing.T) {
	c := open(t)
	first, second := c.caller(t, "2026-11-05"), c.caller(t, "2026-11-06")
	var ids []string
	for _, id := range []string{first, second} {
		p, found := waits(c.room(t, helpdesk).Letters, id)
		if !found {
			t.Fatal("the text does not wait")
		}
		ids = append(ids, p.ID)
	}
	form := url.Values{"brief": ids, "on": {"2026-11-06"}, "sleutel": {"batch"}}
	future := url.Values{"brief": ids, "on": {"2026-11-07"}, "sleutel": {"batch"}}
	if w := c.post(t, helpdesk, "/postkamer/verstuurd", future); w.Code != 422 || checkPage(t, w, "nl").Find("#op-fout").Length() != 1 {
		t.Errorf("a day that has not come: %d", w.Code)
	}
	for range 2 { // a double click changes nothing
		w := c.post(t, helpdesk, "/postkamer/verstuurd", form)
		if w.Code != 303 {
			t.Fatalf("%d %s\n%s", w.Code, w.Header().Get("Location"), w.Body)
		}
		if w := c.get(t, helpdesk, w.Header().Get("Location")); !strings.Contains(checkPage(t, w, "nl").Find("[role=status]").Text(), "2 berichten") {
			t.Error("nothing says that they were posted")
		}
	}
	form.Set("on", "2026-11-05")
	form.Set("sleutel", "other")
	if w := c.post(t, helpdesk, "/postkamer/verstuurd", form); w.Code != 409 || !strings.Contains(checkPage(t, w, "nl").Find("main").Text(), "al verstuurd, op een andere dag") {
		t.Errorf("posted twice: %d", w.Code)
	}

	c.on("2026-11-13") // a Friday
	number := c.look(t, helpdesk, first).Number
	if w := c.get(t, helpdesk, "/postkamer/strookje?nummer="+number); w.Header().Get("Location") != "/klachten/"+first+"/bevestigen" {
		t.Errorf("the slip leads to %q", w.Header().Get("Location"))
	}
	c.do(t, helpdesk, first, "bevestigen", url.Values{"how": {"slip"}, "on": {"2026-11-13"}})
	for day, late := range map[string]bool{"2026-11-13": false, "2026-11-15": false, "2026-11-16": true} {
		c.on(day)
		p, found := waits(c.room(t, helpdesk).Letters, first)
		if !found || p.Kind != record.Acknowledgement || p.Late != late {
			t.Errorf("%s: %s, late %v", day, p.Kind, p.Late)
		}
	}
	c.on("2026-11-16")
	if red := document(t, c.get(t, helpdesk, "/postkamer")).Find("tr:contains('" + number + "') .gh-chip--late"); red.Length() != 1 {
		t.Error("the acknowledgement is not red")
	}

	c.do(t, helpdesk, first, "doorsturen", nil)
	handler := handlerName(c, c.look(t, helpdesk, first))
	c.do(t, handler, first, "antwoord", url.Values{"points": {"U heeft gelijk."}, "outcome": {"Wij schrijven Nederlands."}, "measures": {"Wij lezen elk stuk na."}, "how": {"post"}, "action": {"Nieuwe regels."}})
	c.on("2026-11-17")
	var answers []string
	for _, p := range c.room(t, helpdesk).Letters {
		if p.Dossier == first && p.Kind == record.Answer {
			answers = append(answers, p.ID)
		}
	}
	if len(answers) != 1 {
		t.Fatalf("%d answers wait", len(answers))
	}
	if w := c.post(t, helpdesk, "/postkamer/verstuurd", url.Values{"brief": answers, "on": {"2026-11-17"}, "sleutel": {"answer"}}); w.Code != 303 {
		t.Fatalf("posting the answer: %d\n%s", w.Code, w.Body)
	}
	if v := c.look(t, helpdesk, first); v.State != complaint.IsAnswered || v.AnsweredOn != calendar.MustParse("2026-11-17") {
		t.Errorf("after posting the answer: %s on %s", v.State, v.AnsweredOn)
	}
}

// A letter that came back stands in the post room until another way is found.
func TestALetterCameBack(t *testing.T) {
	c := open(t)
	id := c.caller(t, "2026-11-05")
	number := c.look(t, helpdesk, id).Number
	if w := c.get(t, helpdesk, "/postkamer/terug?nummer="+number); w.Code != 200 || !strings.Contains(checkPage(t, w, "nl").Text(), "nog geen brief op de post") {
		t.Errorf("nothing was posted: %d", w.Code)
	}
	p, _ := waits(c.room(t, helpdesk).Letters, id)
	if w := c.post(t, helpdesk, "/postkamer/verstuurd", url.Values{"brief": {p.ID}, "on": {"2026-11-05"}, "sleutel": {"k"}}); w.Code != 303 {
		t.Fatal(w.Code)
	}
	c.on("2026-11-10")
	path := "/postkamer/terug?nummer=" + number
	early := c.fillIn(t, helpdesk, path, url.Values{"on": {"2026-11-04"}})
	if w := c.post(t, helpdesk, "/postkamer/terug", early); w.Code != 422 || checkPage(t, w, "nl").Find("#on-fout").Length() != 1 {
		t.Errorf("back before it went: %d", w.Code)
	}
	w := c.post(t, helpdesk, "/postkamer/terug", c.fillIn(t, helpdesk, path, url.Values{"on": {"2026-11-10"}, "text": {"Verhuisd"}}))
	if w.Code != 303 || w.Header().Get("Location") != "/postkamer?gedaan=terug" {
		t.Fatalf("%d %s", w.Code, mistakesIn(t, w))
	}
	doc := checkPage(t, c.get(t, helpdesk, "/postkamer?gedaan=terug"), "nl")
	card := doc.Find("#teruggekomen").Parent().Find("article").FilterFunction(func(_ int, s *goquery.Selection) bool { return strings.Contains(s.Text(), number) })
	if card.Length() != 1 || !strings.Contains(card.Find(".gh-chip--late").Text(), "kwam terug op") {
		t.Error("the letter is not among what came back")
	}
	if text := document(t, c.get(t, helpdesk, "/klachten/"+id)).Find(".gh-timeline").Text(); !strings.Contains(text, "Brief kwam terug") || !strings.Contains(text, "Verhuisd") {
		t.Error("the course does not tell it")
	}
	c.do(t, helpdesk, id, "contact", url.Values{"how": {"phone"}, "on": {"2026-11-10"}, "text": {"Gebeld: zij haalt de brief zelf op."}})
	if len(c.room(t, helpdesk).Returned) != 0 {
		t.Error("another way was found, and the letter still stands there")
	}
}
