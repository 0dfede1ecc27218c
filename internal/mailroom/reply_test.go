package mailroom_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"gehoor/internal/complaint"
	"gehoor/internal/envelope"
	"gehoor/internal/house"
	"gehoor/internal/housetest"
	"gehoor/internal/office"
	"gehoor/internal/record"
)

// called takes a call in and sends its text by e-mail; it gives the dossier and the
// Message-ID of what was sent.
func (d desk) called() (dossier, messageID string) { return d.calledBy("tjitske@example.org") }

func (d desk) calledBy(email string) (dossier, messageID string) {
	d.t.Helper()
	ctx, jorien := d.t.Context(), d.who("Jorien Tasselaar")
	draft, err := d.Office.Begin()
	d.must(err)
	got, err := d.Office.Receive(ctx, jorien, office.Form{}, office.Intake{Draft: draft, Send: &complaint.Sending{How: complaint.HowEmail},
		Receipt: complaint.Receipt{Channel: complaint.Phone, ReceivedOn: d.Office.Today(), Title: "Geen lunch", Description: "Er was geen lunch.",
			DesiredOutcome: "Een excuus.", Subjects: []complaint.SubjectKind{complaint.AboutService}, Level: complaint.Confidential},
		Identity: record.Identity{Name: "Tjitske Waterman", Email: email, Phone: "06-00000099"}})
	d.must(err)
	row, err := d.Store.Dossier(ctx, got.Dossier, complaint.Sight{All: true})
	d.must(err)
	sent, err := d.Store.Messages(ctx, got.Dossier)
	d.must(err)
	if len(sent) != 1 {
		d.t.Fatalf("%d messages wait", len(sent))
	}
	plain, err := d.Vault.Open(row.Keys.Identity, record.MailParcel, row.ID, sent[0].Letter, sent[0].Sealed)
	d.must(err)
	var p record.Parcel
	d.must(json.Unmarshal(plain, &p))
	return got.Dossier, envelope.Open(p.Raw).MessageID
}

func reply(from, to, text string) string {
	return fmt.Sprintf("Received: from mx by mail; Tue, 24 Nov 2026 09:00:00 +0000\nFrom: %s\nSubject: Re: klacht\nMessage-ID: <%x@example.org>\nIn-Reply-To: <%s>\n\n%s\n\nOp 24 nov 2026 schreef Het LSR:\n> Klopt dit?\n", from, text+from, to, text)
}

// TestYesByMail: only who was asked, with a short exact yes to the latest text, files a
// complaint without anybody; it is acknowledged, and the mail is part of it.
func TestYesByMail(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		d := desk{h, t}
		dossier, id := d.called()
		state := func() complaint.Dossier {
			row, err := h.Store.Dossier(t.Context(), dossier, complaint.Sight{All: true})
			d.must(err)
			return row.Dossier
		}
		for text, from := range map[string]string{"Ja, maar het was op vrijdag.": "tjitske@example.org", "Ja": "ander@example.org", "Nee": "tjitske@example.org", "Ik ben met vakantie.": "tjitske@example.org"} {
			d.takeIn(reply(from, id, text), 0)
			if state().State != complaint.Awaiting {
				t.Fatalf("%q of %s files the complaint", text, from)
			}
		}
		d.takeIn(reply("tjitske@example.org", "geraden@lsr.example.org", "Ja, dit klopt."), 0)
		if state().State != complaint.Awaiting {
			t.Fatal("a yes to nothing of ours files the complaint")
		}
		waited := len(d.waiting("Jorien Tasselaar"))
		d.takeIn(strings.Replace(reply("Tjitske Waterman <tjitske@example.org>", id, "Ja, dit klopt.\n\nGroeten,\nTjitske"), "mx by", "mx9 by", 1), 3)
		got := state()
		if got.State != complaint.IsFiled || got.FiledOn.String() != "2026-11-24" {
			t.Fatalf("after the yes it is %s, filed on %s", got.State, got.FiledOn)
		}
		if n := len(d.waiting("Jorien Tasselaar")); n != waited {
			t.Errorf("%d mails wait, want %d: the yes is settled", n, waited)
		}
		view, err := h.Office.Look(t.Context(), d.who("Jorien Tasselaar"), dossier)
		d.must(err)
		acknowledged := false
		for _, e := range view.Events {
			acknowledged = acknowledged || e.Kind == complaint.LetterMade && e.Open.Letter == string(record.Acknowledgement)
			if e.Kind == complaint.Confirmed && (e.Actor != complaint.ByComplainant || e.Open.How != complaint.HowReply) {
				t.Errorf("the yes stands there as %s by %s", e.Open.How, e.Actor)
			}
		}
		if !acknowledged || len(view.Attachments) != 1 {
			t.Errorf("acknowledged %v, %d files", acknowledged, len(view.Attachments))
		}
		d.takeIn(reply("tjitske@example.org", id, "Klopt."), 4) // a second yes changes nothing, and a person sees it
		if n := len(d.waiting("Jorien Tasselaar")); n != waited+1 {
			t.Errorf("%d mails wait, want %d", n, waited+1)
		}
		d.verifies()
	})
}

// onPaper makes a letter of an e-mail that came back: once, with the same words, and then
// another way was found.
func (d desk) onPaper(letter, dossier string) {
	d.t.Helper()
	who := d.who("Jorien Tasselaar")
	if _, err := d.Office.OnPaper(d.t.Context(), d.who("Hedwig Brandsema"), "", letter); err == nil {
		d.t.Error("who may not post it made a letter of it")
	}
	var refusal *complaint.Error
	if _, err := d.Office.OnPaper(d.t.Context(), who, "", letter); !errors.As(err, &refusal) || refusal.Key != "refused.no_postal_address" {
		d.t.Fatalf("without a postal address: %v", err)
	}
	d.must(d.Office.ChangeIdentity(d.t.Context(), who, office.Form{Dossier: dossier}, record.Identity{Name: "Tjitske Waterman", Email: "tjitske@example.org", Phone: "06-00000099",
		Street: "Kapelstiege", House: "8", Postcode: "9153 HW", Town: "Lutterveen"}, complaint.HowPhone))
	if _, err := d.Office.OnPaper(d.t.Context(), who, "", letter); err != nil {
		d.t.Fatal(err)
	}
	room, err := d.Office.PostRoom(d.t.Context(), who, "", "")
	d.must(err)
	if len(room.Returned) != 0 || !slices.ContainsFunc(room.Letters, func(p office.Post) bool { return p.Dossier == dossier && p.Kind == record.ConfirmationText }) {
		d.t.Errorf("%d came back, letters %+v", len(room.Returned), room.Letters)
	}
	if _, err := d.Office.OnPaper(d.t.Context(), who, "", letter); !complaint.IsKind(err, complaint.Refused) {
		d.t.Errorf("a second letter: %v", err)
	}
}

// TestBouncedMail: what came back shows in the post room, with another way to be found.
func TestBouncedMail(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		d := desk{h, t}
		dossier, id := d.called()
		letters, err := h.Store.Letters(t.Context(), dossier)
		d.must(err)
		d.must(h.Office.LetterWentOut(t.Context(), d.who("Jorien Tasselaar"), office.Form{Dossier: dossier}, letters[0].ID, h.Office.Today()))
		bounce := "From: MAILER-DAEMON@example.org\nReturn-Path: <>\nSubject: Undelivered Mail\nMessage-ID: <b@example.org>\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n\nCould not be delivered.\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx\n\nFinal-Recipient: rfc822; tjitske@example.org\nAction: failed\nStatus: 5.1.1\n\n--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: <" + id + ">\n\n--b--\n"
		taken := d.takeIn(bounce, 1)
		v, err := h.Mailroom.Look(t.Context(), d.who("Jorien Tasselaar"), taken.ID)
		d.must(err)
		if v.Codes.Kind != "bounce" || v.About != dossier {
			t.Fatalf("it is %s about %q", v.Codes.Kind, v.About)
		}
		d.must(h.Mailroom.AddTo(t.Context(), d.who("Jorien Tasselaar"), office.Form{Dossier: dossier}, taken.ID, "-"))
		if view, err := h.Office.Look(t.Context(), d.who("Jorien Tasselaar"), dossier); err != nil || !slices.ContainsFunc(view.Events, func(e complaint.Event) bool {
			return e.IsReturn() && complaint.Reveal(e.Sealed["text"]) == "5.1.1"
		}) {
			t.Errorf("the course says more than the code of the failure: %v", err)
		}
		room, err := h.Office.PostRoom(t.Context(), d.who("Jorien Tasselaar"), "", "")
		d.must(err)
		if len(room.Returned) != 1 || room.Returned[0].Dossier != dossier {
			t.Fatalf("the post room shows %d that came back", len(room.Returned))
		}
		d.onPaper(room.Returned[0].ID, dossier)
		d.verifies()
	})
}

// A mail that may be about a complaint is kept from whom that complaint is kept from: it
// names the number, or comes from the same person, also when it answers no mail of ours.
func TestMailAboutAHiddenDossier(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		d := desk{h, t}
		dossier, _ := d.called()
		jorien, pim := d.who("Jorien Tasselaar"), d.who("Pim Haverdonk")
		d.must(h.Office.NameEmployee(t.Context(), jorien, office.Form{Dossier: dossier}, pim.ID, "De klacht gaat over deze medewerker."))
		row, err := h.Store.Dossier(t.Context(), dossier, complaint.Sight{All: true})
		d.must(err)
		for name, mail := range map[string]string{
			"same person": "From: tjitske@example.org\nSubject: nog iets\nMessage-ID: <h1@example.org>\n\nHet was op dinsdag.\n",
			"number":      "From: ander@example.net\nSubject: over " + row.Number + "\nMessage-ID: <h2@example.net>\n\nIk was erbij.\n",
		} {
			id := d.takeIn(mail, 0).ID
			if _, err := h.Mailroom.Look(t.Context(), pim, id); !complaint.IsKind(err, complaint.NotFound) {
				t.Errorf("%s: whom it is kept from reads it: %v", name, err)
			}
			if _, err := h.Mailroom.Look(t.Context(), jorien, id); err != nil {
				t.Errorf("%s: a colleague: %v", name, err)
			}
		}
		id := d.takeIn("From: vreemd@example.com\nSubject: klacht 1999-001\nMessage-ID: <h3@example.com>\n\nIets anders.\n", 0).ID
		if _, err := h.Mailroom.Look(t.Context(), pim, id); err != nil {
			t.Errorf("about nothing that is kept from him: %v", err)
		}
	})
}
