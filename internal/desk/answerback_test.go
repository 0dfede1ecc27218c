package desk_test

import (
	"net/url"
	"strings"
	"testing"

	"gehoor/internal/complaint"
	"gehoor/internal/office"
	"gehoor/internal/record"
)

// An answer that did not arrive counts as given: the handler is told, once and without
// "the complainant wrote", the dossier and the closing form say it, and forms that send
// warn of the address until it is another one.
func TestAnswerCameBack(t *testing.T) {
	c := open(t)
	sink, id := c.mails(t)
	c.deliver(t)
	check(t, c.Office.Forward(t.Context(), c.person(helpdesk), office.Form{Dossier: id}, c.forwarding(t), false))
	c.deliver(t)
	main := func(name, path string) string {
		t.Helper()
		return checkPage(t, c.get(t, name, "/klachten/"+id+path), "nl").Find("main").Text()
	}
	if text := main(manager, "/antwoord"); strings.Contains(text, "Een e-mail kwam niet aan") {
		t.Error("it warns of an address that works")
	}
	c.do(t, manager, id, "antwoord", url.Values{"points": {"U heeft gelijk."}, "outcome": {"Wij nemen op."}, "measures": {"De telefoon staat goed."},
		"how": {"email"}, "action": {"De telefoon staat goed."}})
	if text := main(manager, "?gedaan=antwoord"); !strings.Contains(text, "Gehoor verstuurt de e-mail zelf") || strings.Contains(text, "Verstuur het nu.") {
		t.Error("gehoor sends the answer itself, and the page asks to do it")
	}
	c.deliver(t)
	if v := c.look(t, helpdesk, id); v.State != complaint.IsAnswered {
		t.Fatalf("it is %s", v.State)
	}
	mails := mailsTo(sink, "j.brugsma@example.net")
	taken, err := c.Mailroom.TakeIn(t.Context(), []byte(bounceOf(mails[len(mails)-1])), record.MailPlace{})
	check(t, err)
	n := len(sink.Got())
	check(t, c.Mailroom.AddTo(t.Context(), c.person(helpdesk), office.Form{Dossier: id}, taken.ID, "-"))
	c.deliver(t)
	if got := sink.Got()[n:]; len(got) != 1 || !strings.HasPrefix(got[0].To, "hedwig@") || !strings.Contains(got[0].Raw, "Het antwoord kwam niet aan") {
		t.Errorf("the handler gets no word of it: %+v", got)
	}
	text := main(manager, "")
	for _, want := range []string{"Het antwoord kwam niet aan", "Zoek eerst een andere weg", "Seintje: het antwoord kwam terug"} {
		if !strings.Contains(text, want) {
			t.Errorf("the dossier does not say %q", want)
		}
	}
	if strings.Contains(text, "de klager schreef") {
		t.Error("the dossier says that the complainant wrote")
	}
	if text := checkPage(t, c.get(t, helpdesk, "/klachten/"+id), "nl").Find(".gh-next").Text(); !strings.Contains(text, "Er ligt nog post") {
		t.Errorf("the next step: %q", text)
	}
	if text := main(manager, "/sluiten"); !strings.Contains(text, "Het antwoord kwam niet aan") {
		t.Error("the closing form does not warn")
	}
	c.do(t, manager, id, "sluiten", nil) // a warning is no bar
}

// A form that sends warns of an address of which an e-mail came back, and proposes paper,
// until e-mail goes somewhere else.
func TestDeadAddress(t *testing.T) {
	c := open(t)
	sink, id := c.mails(t)
	c.bounced(t, sink, id)
	check(t, c.Office.Forward(t.Context(), c.person(helpdesk), office.Form{Dossier: id}, c.forwarding(t), false))
	for _, path := range []string{"/antwoord", "/uitstel"} {
		main := checkPage(t, c.get(t, manager, "/klachten/"+id+path), "nl").Find("main")
		if chosen := main.Find("input[name=how][checked]").AttrOr("value", ""); !strings.Contains(main.Text(), "Een e-mail kwam niet aan") || chosen != "post" {
			t.Errorf("%s proposes %q", path, chosen)
		}
	}
	check(t, c.Office.ChangeIdentity(t.Context(), c.person(helpdesk), office.Form{Dossier: id}, record.Identity{Name: "J. Brugsma-Tiggelaar", Email: "j.brugsma@example.com"}, complaint.HowPost))
	if text := checkPage(t, c.get(t, manager, "/klachten/"+id+"/antwoord"), "nl").Find("main").Text(); strings.Contains(text, "Een e-mail kwam niet aan") {
		t.Error("it warns of an address that was changed")
	}
}

// Somebody who got a text says that it is not theirs: the dossier and the form that sends it
// say to look at the address, until it was sent.
func TestTextOfSomebodyElse(t *testing.T) {
	c := open(t)
	sink, _ := c.mails(t)
	c.ReachedAt("https://gehoor.example.org/")
	id := c.caller(t, "2026-11-24")
	check(t, c.Office.ChangeIdentity(t.Context(), c.person(helpdesk), office.Form{Dossier: id}, record.Identity{Name: "J. Brugsma-Tiggelaar", Street: "Kapelstiege", House: "8",
		Postcode: "9153 HW", Town: "Lutterveen", Email: "iemand@example.net"}, complaint.HowPhone))
	check(t, c.Office.Send(t.Context(), c.person(helpdesk), office.Form{Dossier: id}, complaint.HowEmail))
	c.deliver(t)
	got := mailsTo(sink, "iemand@example.net")
	if len(got) != 1 {
		t.Fatalf("%d mails went with the text, of %+v", len(got), c.look(t, helpdesk, id).Mails)
	}
	mail := got[0].Raw
	_, token, _ := strings.Cut(strings.ReplaceAll(mail, "=\r\n", ""), "https://gehoor.example.org/ja/")
	check(t, c.Office.SayNotMine(t.Context(), strings.Fields(token)[0], "k"))
	says := func(path string) string {
		t.Helper()
		return checkPage(t, c.get(t, helpdesk, "/klachten/"+id+path), "nl").Find("main").Text()
	}
	for _, path := range []string{"", "/versturen"} {
		if text := says(path); !strings.Contains(text, "Iemand zei: dit is niet van mij") || !strings.Contains(text, "Controleer het adres") || strings.Contains(text, "de klager schreef") {
			t.Errorf("%q says: %s", path, text)
		}
	}
	check(t, c.Office.Send(t.Context(), c.person(helpdesk), office.Form{Dossier: id}, complaint.HowEmail))
	if text := says(""); strings.Contains(text, "Controleer het adres") {
		t.Error("it was sent, and the dossier still says to look at the address")
	}
}

// What tells the old address that messages go elsewhere mostly comes back. The new address
// works: no form warns of it, and nothing has to be done.
func TestOldAddressIsDead(t *testing.T) {
	c := open(t)
	c.Office.FollowURL = "https://gehoor.example.org/volgen"
	sink, id := c.mails(t)
	c.deliver(t)
	check(t, c.Office.Forward(t.Context(), c.person(helpdesk), office.Form{Dossier: id}, c.forwarding(t), false))
	c.deliver(t)
	own := complaint.Complainant(id)
	now, _, err := c.Office.LookAtDetails(t.Context(), own)
	check(t, err)
	now.Email = "j.brugsma@example.com"
	check(t, c.Office.ChangeDetails(t.Context(), own, office.Form{}, now))
	c.deliver(t)
	mails := mailsTo(sink, "j.brugsma@example.net")
	taken, err := c.Mailroom.TakeIn(t.Context(), []byte(bounceOf(mails[len(mails)-1])), record.MailPlace{})
	check(t, err)
	check(t, c.Mailroom.AddTo(t.Context(), c.person(helpdesk), office.Form{Dossier: id}, taken.ID, "-"))
	letters := c.look(t, helpdesk, id).Letters
	if last := letters[len(letters)-1]; last.Kind != record.WhatYouSaid || last.SentOn.IsZero() {
		t.Fatalf("the old address is not told: %+v", last)
	}
	if room := c.room(t, helpdesk).Returned; len(room) != 0 {
		t.Errorf("something has to be done: %+v", room)
	}
	if text := checkPage(t, c.get(t, manager, "/klachten/"+id+"/antwoord"), "nl").Find("main").Text(); strings.Contains(text, "Een e-mail kwam niet aan") {
		t.Error("it warns of an address that works")
	}
}
