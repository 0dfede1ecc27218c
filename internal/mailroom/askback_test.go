package mailroom_test

import (
	"fmt"
	netmail "net/mail"
	"strings"
	"testing"
	"time"

	"gehoor/internal/complaint"
	"gehoor/internal/house"
	"gehoor/internal/housetest"
	"gehoor/internal/mailroom"
	"gehoor/internal/office"
	"gehoor/internal/outbox"
	"gehoor/internal/record"
	"gehoor/internal/smtptest"
)

const jorien, pimName = "Jorien Tasselaar", "Pim Haverdonk"

// asking is an invented question by mail: a person must say what it is.
func asking(n int, text string) string {
	return fmt.Sprintf("From: Gerlof <gerlof@example.net>\nTo: klachten@lsr.example.org\nSubject: Lunch van Gerlof\nMessage-ID: <vraag%d@example.net>\nReferences: <eerder@example.net>\n\n%s\n", n, text)
}

func (d desk) mailServer() *smtptest.Sink {
	d.t.Helper()
	sink := smtptest.New(d.t, smtptest.How{})
	post, err := outbox.New(outbox.Setting{URL: sink.URL("smtp")})
	d.must(err)
	d.Office.Mail = post
	return sink
}

func (d desk) deliver() {
	d.t.Helper()
	_, err := d.Office.Deliver(d.t.Context())
	d.must(err)
}

func (d desk) look(name, id string) (v struct {
	Question *record.Message
	First    string
	Kind     string
}) {
	d.t.Helper()
	got, err := d.Mailroom.Look(d.t.Context(), d.who(name), id)
	d.must(err)
	v.Question, v.Kind = got.Question, got.Codes.Kind
	if got.First != nil {
		v.First = got.First.ID
	}
	return v
}

// TestSenderDecides: who wrote something that is no complaint is asked, in the thread of
// the mail; the answer "klacht" leads to the first mail, whose day counts.
func TestSenderDecides(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		d := desk{h, t}
		sink := d.mailServer()
		who := d.who(jorien)
		first := d.takeIn(asking(1, "Is er lunch bij de training?"), 0).ID
		d.must(h.Mailroom.Dismiss(t.Context(), who, first, "question", true))
		d.deliver()
		d.deliver()
		got := sink.Got()
		if len(got) != 1 || got[0].To != "gerlof@example.net" {
			t.Fatalf("%d went", len(got))
		}
		m, err := netmail.ReadMessage(strings.NewReader(got[0].Raw))
		d.must(err)
		if m.Header.Get("In-Reply-To") != "<vraag1@example.net>" || !strings.Contains(m.Header.Get("References"), "<eerder@example.net>") ||
			m.Header.Get("Auto-Submitted") != "auto-replied" || strings.Contains(m.Header.Get("Subject"), "Gerlof") {
			t.Errorf("%v", m.Header)
		}
		if q := d.look(jorien, first).Question; q == nil || q.State != record.MessageSent {
			t.Errorf("%+v", q)
		}
		answer := "From: gerlof@example.net\nSubject: Re: iets\nMessage-ID: <a%d@example.net>\nIn-Reply-To: " + m.Header.Get("Message-Id") + "\n\n%s\n"
		says := d.takeIn(fmt.Sprintf(answer, 1, "Ja, ik bedoel een klacht."), 0).ID
		not := d.takeIn(fmt.Sprintf(answer, 2, "Nee hoor, dank u."), 0).ID
		other := d.takeIn(strings.Replace(fmt.Sprintf(answer, 3, "klacht"), "gerlof@", "iemand@", 1), 0).ID
		for id, kind := range map[string]string{says: "complaint", not: "reply", other: "reply"} {
			if v := d.look(jorien, id); v.Kind != kind || v.First != first {
				t.Errorf("%+v, want %s", v, kind)
			}
		}
		k, err := h.Mailroom.Known(t.Context(), h.Mailroom.Open([]byte(fmt.Sprintf(answer, 4, "klacht"))))
		if err != nil || k.Question == nil || k.Question.To != "gerlof@example.net" { // what mail explain asks of a data folder
			t.Errorf("%+v %v", k, err)
		}
		for range 2 { // a double click
			got, err := h.Mailroom.TakeFirst(t.Context(), who, says)
			if err != nil || got.ID != first {
				t.Fatalf("%s %v", got.ID, err)
			}
		}
		v, err := h.Mailroom.Look(t.Context(), who, first)
		d.must(err)
		if v.State != complaint.MailWaits {
			t.Errorf("the first mail: %s", v.State)
		}
		d.verifies()
	})
}

// TestQuestionStays: a machine is asked nothing; nobody is asked more than three times a
// day, or once the mail was judged anew; and who is named sees nothing of it.
func TestQuestionStays(t *testing.T) {
	d := desk{housetest.Empty(t), t}
	sink := d.mailServer()
	who := d.who(jorien)
	machine := d.takeIn("From: kiosk@example.net\nAuto-Submitted: auto-generated\nSubject: klacht\nMessage-ID: <k@example.net>\n\nDe lunch was op.\n", 0).ID
	d.must(d.Mailroom.Dismiss(t.Context(), who, machine, "question", true))
	if v := d.look(jorien, machine); v.Question != nil {
		t.Error("a machine is asked")
	}
	var last string
	for n := range 4 {
		last = d.takeIn(asking(n, "Is er lunch?"+strings.Repeat("!", n)), 0).ID
		d.must(d.Mailroom.Dismiss(t.Context(), who, last, "question", true))
		d.deliver()
		d.Clock.Set(d.Clock.Now().Add(time.Hour)) // who writes back at once gets less: see the loop test
	}
	if got := len(sink.Got()); got != 3 {
		t.Errorf("%d went in one day", got)
	}
	if q := d.look(jorien, last).Question; q.State != record.MessageHeld || q.Reason != record.HeldLoop {
		t.Errorf("%+v", q)
	}
	d.must(d.Mailroom.Ask(t.Context(), who, last))
	d.deliver()
	if got := len(sink.Got()); got != 4 {
		t.Errorf("%d went after somebody asked", got)
	}
	d.Clock.Set(d.Clock.Now().Add(20 * time.Hour))
	again := d.takeIn(asking(9, "Meneer Haverdonk, is er lunch? Meneer Haverdonk weet het."), 0).ID
	d.must(d.Mailroom.Dismiss(t.Context(), who, again, "question", true))
	d.must(d.Mailroom.PutBack(t.Context(), who, again))
	d.deliver()
	if got := len(sink.Got()); got != 4 {
		t.Error("the question went, though the mail waits again")
	}
	d.must(d.Mailroom.Dismiss(t.Context(), who, again, "question", true))
	d.deliver()
	if got := len(sink.Got()); got != 5 {
		t.Errorf("judged once more: %d went", got)
	}
	pim := d.who(pimName)
	for _, err := range []error{d.Mailroom.Ask(t.Context(), pim, again), second(d.Mailroom.QuestionText(t.Context(), pim, again)), second(d.Mailroom.TakeFirst(t.Context(), pim, again))} {
		if !complaint.IsKind(err, complaint.NotFound) {
			t.Errorf("who is named: %v", err)
		}
	}
	list, err := d.Mailroom.Asked(t.Context(), pim)
	d.must(err)
	for _, a := range list {
		if a.Mail == again {
			t.Error("who is named sees it in the post room")
		}
	}
	reply := d.takeIn("From: gerlof@example.net\nSubject: Re: iets\nMessage-ID: <r@example.net>\nIn-Reply-To: "+messageID(t, sink)+"\n\nklacht\n", 0).ID
	if _, err := d.Mailroom.Look(t.Context(), pim, reply); !complaint.IsKind(err, complaint.NotFound) {
		t.Errorf("who is named sees the answer: %v", err)
	}
	d.verifies()
}

func second[T any](_ T, err error) error { return err }

// messageID is the Message-ID of what went last.
func messageID(t *testing.T, sink *smtptest.Sink) string {
	t.Helper()
	got := sink.Got()
	m, err := netmail.ReadMessage(strings.NewReader(got[len(got)-1].Raw))
	if err != nil {
		t.Fatal(err)
	}
	return m.Header.Get("Message-Id")
}

// TestQuestionWithoutServer: it waits, and can be read; without an address of our own
// there is none, and the mail is judged all the same.
func TestQuestionWithoutServer(t *testing.T) {
	d := desk{housetest.Empty(t), t}
	who := d.who(jorien)
	id := d.takeIn(asking(1, "Is er lunch?"), 0).ID
	d.must(d.Mailroom.Dismiss(t.Context(), who, id, "question", true))
	body, err := d.Mailroom.QuestionText(t.Context(), who, id)
	d.must(err)
	if q := d.look(jorien, id).Question; q.State != record.MessageWaiting || body.Parcel.To != "gerlof@example.net" || !strings.Contains(body.Text, "Bedoelt u een klacht?") {
		t.Errorf("%+v %+v", q, body)
	}
	if err := d.Mailroom.Ask(t.Context(), who, d.takeIn(asking(2, "Nog een vraag?"), 0).ID); !complaint.IsKind(err, complaint.Refused) {
		t.Errorf("a mail that waits: %v", err)
	}
}

// TestSenderOfAFormDecides: who used the form is asked at the address that they gave, with the
// number that they know; the answer "klacht" brings the form back, and its day counts.
func TestSenderOfAFormDecides(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		d := desk{h, t}
		sink := d.mailServer()
		in := formOf(t, h)
		in.Identity.Email, in.Identity.Way = "truus@example.net", "email"
		got, err := h.Mailroom.HandIn(t.Context(), complaint.Visitor(), office.Form{Key: "one"}, in, mailroom.TooFast)
		d.must(err)
		d.must(h.Mailroom.Dismiss(t.Context(), d.who(jorien), in.Draft.ID, "question", true))
		n := len(sink.Got())
		for range 4 {
			d.deliver()
		}
		var asked []string
		for _, m := range sink.Got()[n:] {
			if m.To == "truus@example.net" {
				asked = append(asked, m.Raw)
			}
		}
		if len(asked) != 1 || !strings.Contains(asked[0], "Subject: Uw formulier "+got.Number) || strings.Contains(asked[0], "rapport") {
			t.Fatalf("%d went: %q", len(asked), asked)
		}
		m, err := netmail.ReadMessage(strings.NewReader(asked[0]))
		d.must(err)
		h.Clock.Set(housetest.TestDay.AddDate(0, 0, 3))
		says := d.takeIn("From: truus@example.net\nSubject: Re: iets\nMessage-ID: <a1@example.net>\nIn-Reply-To: "+m.Header.Get("Message-Id")+"\n\nklacht\n", 0).ID
		if v := d.look(jorien, says); v.Kind != "complaint" || v.First != in.Draft.ID {
			t.Errorf("%+v", v)
		}
		first, err := h.Mailroom.TakeFirst(t.Context(), d.who(jorien), says)
		if err != nil || first.ID != in.Draft.ID || first.Codes.Kind != string(mailroom.Form) {
			t.Fatalf("%+v %v", first, err)
		}
		made, err := h.Mailroom.Accept(t.Context(), d.who(jorien), office.Form{Key: "two"}, in.Draft.ID)
		d.must(err)
		if v, err := h.Office.Look(t.Context(), d.who(jorien), made.Dossier); err != nil || v.FiledOn.String() != "2026-11-24" {
			t.Errorf("filed on %s (%v)", v.FiledOn, err)
		}
		d.verifies()
	})
}

// TestFormWithoutAddressIsNotAsked: nobody can mail who gave no address; that is no mistake.
func TestFormWithoutAddressIsNotAsked(t *testing.T) {
	h := housetest.Empty(t)
	d := desk{h, t}
	d.mailServer()
	in := formOf(t, h)
	_, err := h.Mailroom.HandIn(t.Context(), complaint.Visitor(), office.Form{Key: "one"}, in, mailroom.TooFast)
	d.must(err)
	d.must(h.Mailroom.Dismiss(t.Context(), d.who(jorien), in.Draft.ID, "question", true))
	if v := d.look(jorien, in.Draft.ID); v.Question != nil {
		t.Errorf("%+v", v.Question)
	}
}
