package office_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/house"
	"gehoor/internal/housetest"
	"gehoor/internal/office"
	"gehoor/internal/record"
)

// fallback makes somebody the intake fallback of the settings.
func (b bench) fallback(name string) {
	b.t.Helper()
	org, err := b.Office.Organisation(b.t.Context())
	b.must(err)
	org.Fallback = string(b.who(name).ID)
	value, err := json.Marshal(org)
	b.must(err)
	b.must(b.Store.SaveSetting(b.t.Context(), record.Setting{ID: record.NewID(), Name: record.SettingOrganisation, Value: string(value), At: housetest.TestDay.AddDate(1, 0, 0)}))
}

// roles gives somebody other roles.
func (b bench) roles(name string, roles ...complaint.Role) {
	b.t.Helper()
	all, err := b.Store.People(b.t.Context())
	b.must(err)
	s, _ := all.Member(b.who(name).ID)
	s.Roles = roles
	b.must(b.Store.WritePeople(b.t.Context(), record.PeopleChange{Seen: all.Revision, Staff: []record.Staff{s}}))
}

// TestNextInLineClears: the director is the one who is named. Whom the procedure names
// is next, and without one the fallback of the settings; the director never.
func TestNextInLineClears(t *testing.T) {
	b := bench{housetest.Empty(t), t}
	b.fallback("Noor Stalpers")
	f := mail(b, "2026-03-12")
	ankie := b.who("Ankie Verloop")
	b.must(b.Office.NameEmployee(t.Context(), b.who("Jorien Tasselaar"), f, ankie.ID, "De klager noemt haar."))
	number := b.view("Jorien Tasselaar", f.Dossier).Number
	clear := func(who string) error {
		return b.Office.ClearEmployee(t.Context(), b.person(who), "", office.Clearing{Number: number, Staff: ankie.ID, Reason: "Een ander."})
	}
	if err := clear("Ankie Verloop"); !complaint.IsKind(err, complaint.Invalid) {
		t.Errorf("the director undoes her own naming: %v", err)
	}
	if err := clear("Rutger Eikelhof"); !complaint.IsKind(err, complaint.NotFound) {
		t.Errorf("a manager clears: %v", err)
	}
	b.must(clear("Noor Stalpers"))
	verifies(b)
	other := mail(b, "2026-03-12")
	pim := b.who("Pim Haverdonk").ID
	b.must(b.Office.NameEmployee(t.Context(), b.who("Jorien Tasselaar"), other, pim, "De klager noemt hem."))
	err := b.Office.ClearEmployee(t.Context(), b.person("Noor Stalpers"), "", office.Clearing{Number: b.view("Jorien Tasselaar", other.Dossier).Number, Staff: pim, Reason: "Een ander."})
	if !complaint.IsKind(err, complaint.Invalid) {
		t.Errorf("next in line, though the director may: %v", err)
	}
}

// TestHandedOverAtIntake: Pim took the call, and it is about him. What he typed goes to
// Jorien, and nothing open says that he was there.
func TestHandedOverAtIntake(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		b := bench{h, t}
		pim, jorien := b.who("Pim Haverdonk"), b.who("Jorien Tasselaar")
		for _, channel := range []complaint.Channel{complaint.Phone, complaint.Post} {
			in := b.intake(channel, b.at("2026-03-12 11:00"))
			in.HandTo, in.Send = jorien.ID, &complaint.Sending{How: complaint.HowEmail}
			form := office.Form{Key: "key-" + string(channel)}
			if _, err := h.Office.Receive(t.Context(), pim, form, in); !complaint.IsKind(err, complaint.Invalid) {
				t.Errorf("handed over without a reason: %v", err)
			}
			in.HandReason = "De klacht gaat over mij."
			scan, err := h.Office.Keep(t.Context(), pim, in.Draft, "brief.txt", strings.NewReader("Over Pim."))
			b.must(err)
			in.Files = []string{scan.ID}
			got, err := h.Office.Receive(t.Context(), pim, form, in)
			b.must(err)
			again, err := h.Office.Receive(t.Context(), pim, form, in)
			if err != nil || !got.Handed || !again.Handed || got.Dossier != "" || got.Number != "" {
				t.Errorf("%+v, and the second click %+v %v", got, again, err)
			}
			f := office.Form{Dossier: in.Draft.ID}
			if b.sees("Pim Haverdonk", f) {
				t.Error("Pim sees it")
			}
			v := b.view("Jorien Tasselaar", f.Dossier)
			if v.ReceivedBy != jorien.ID || v.Text.Description != in.Description || v.SentVersion != 0 {
				t.Errorf("received by %s, text %q, sent %d", v.ReceivedBy, v.Text.Description, v.SentVersion)
			}
			if channel == complaint.Post && (len(v.Letters) != 1 || v.State != complaint.IsFiled) {
				t.Errorf("a letter is acknowledged all the same: %v", v.Letters)
			}
			a, err := h.Store.AuditDossier(t.Context(), f.Dossier)
			b.must(err)
			for _, row := range a.Events {
				if row.Actor == pim.ID || strings.Contains(string(row.Open), string(pim.ID)) {
					t.Errorf("%s says openly that Pim took it in", row.Kind)
				}
			}
			for _, x := range a.Letters {
				if x.MadeBy == pim.ID {
					t.Error("a letter says who")
				}
			}
			for _, x := range a.Attachments {
				if x.Actor == pim.ID {
					t.Error("a file says who")
				}
			}
			for _, x := range a.Identities {
				if x.Actor == pim.ID {
					t.Error("the identity says who")
				}
			}
		}
		verifies(b)
	})
}

// TestWhoTakesOver: colleagues on duty first; the fallback only when nobody of the
// helpdesk is there, and it works on what it took in.
func TestWhoTakesOver(t *testing.T) {
	b := bench{housetest.Empty(t), t}
	f := b.receive("Pim Haverdonk", b.intake(complaint.Phone, b.at("2026-03-12")))
	pim, jorien, noor := b.who("Pim Haverdonk"), b.who("Jorien Tasselaar"), b.who("Noor Stalpers")
	receivers := func() []office.Receiver {
		list, err := b.Office.Receivers(t.Context(), pim, f.Dossier)
		b.must(err)
		return list
	}
	if got := receivers(); !slices.Equal(got, []office.Receiver{{ID: jorien.ID}}) {
		t.Errorf("%+v", got)
	}
	b.fallback("Noor Stalpers")
	if err := b.Office.HandOver(t.Context(), pim, f, noor.ID, "Over mij."); !complaint.IsKind(err, complaint.Invalid) {
		t.Errorf("handed to the fallback while Jorien is there: %v", err)
	}
	b.away("Jorien Tasselaar", "2026-03-12", "2026-03-13")
	if got := receivers(); !slices.Equal(got, []office.Receiver{{ID: noor.ID, Fallback: true}, {ID: jorien.ID, Away: true}}) {
		t.Errorf("%+v", got)
	}
	form := f
	form.Key = "click"
	b.must(b.Office.HandOver(t.Context(), pim, form, noor.ID, "Over mij."))
	b.must(b.Office.HandOver(t.Context(), pim, form, noor.ID, "Over mij.")) // a double click
	fallback := b.person("Noor Stalpers")
	b.must(b.Office.Send(t.Context(), fallback, f, complaint.HowEmail))
	b.must(b.Office.Confirm(t.Context(), fallback, f, complaint.Confirmation{How: complaint.HowReply, On: b.Office.Today(), By: complaint.CallerConfirms, Said: "ja"}))
	verifies(b)
}

// TestDirectorTakesInstead: nobody of the helpdesk is left, and nobody was chosen to take in
// or who was chosen is concerned too. Then the director does the helpdesk's part.
func TestDirectorTakesInstead(t *testing.T) {
	for name, chosen := range map[string]string{"nobody was chosen": "", "who was chosen is named": "Noor Stalpers"} {
		t.Run(name, func(t *testing.T) {
			b := bench{housetest.Empty(t), t}
			named := []string{"Jorien Tasselaar"}
			if chosen != "" {
				b.fallback(chosen)
				named = append(named, chosen)
			}
			pim, ankie := b.who("Pim Haverdonk"), b.who("Ankie Verloop")
			f := b.receive("Pim Haverdonk", b.intake(complaint.Phone, b.at("2026-03-12")))
			for _, name := range named {
				b.must(b.Office.NameEmployee(t.Context(), pim, f, b.who(name).ID, "De beller noemt haar."))
			}
			list, err := b.Office.Receivers(t.Context(), pim, f.Dossier)
			b.must(err)
			if !slices.Equal(list, []office.Receiver{{ID: ankie.ID, Fallback: true}}) {
				t.Fatalf("offered: %+v", list)
			}
			b.must(b.Office.HandOver(t.Context(), pim, f, ankie.ID, "Over mij."))
			director := b.person("Ankie Verloop")
			b.must(b.Office.Send(t.Context(), director, f, complaint.HowEmail))
			b.must(b.Office.Confirm(t.Context(), director, f, complaint.Confirmation{How: complaint.HowReply, On: b.Office.Today(), By: complaint.CallerConfirms, Said: "ja"}))
			other := b.receive("Pim Haverdonk", b.intake(complaint.Phone, b.at("2026-03-12")))
			if err := b.Office.Send(t.Context(), director, other, complaint.HowEmail); err == nil {
				t.Error("the director works on what did not come to her")
			}
			verifies(b)
		})
	}
}

// TestNamingTheLastGoesToTheDirector, when nobody was chosen to take in.
func TestNamingTheLastGoesToTheDirector(t *testing.T) {
	b := bench{housetest.Empty(t), t}
	f := mail(b, "2026-03-12")
	b.forward("Jorien Tasselaar", f, "Scholing", "Hedwig Brandsema")
	for _, name := range []string{"Pim Haverdonk", "Jorien Tasselaar"} {
		b.must(b.Office.NameEmployee(t.Context(), b.who("Hedwig Brandsema"), f, b.who(name).ID, "De hele helpdesk."))
	}
	v, err := b.Office.Look(t.Context(), b.person("Ankie Verloop"), f.Dossier)
	b.must(err)
	if v.ReceivedBy != b.who("Ankie Verloop").ID || !v.Allows(complaint.TaskContact) {
		t.Errorf("received by %s, who may record what was said: %v", v.ReceivedBy, v.Allows(complaint.TaskContact))
	}
	verifies(b)
}

// TestWholeHelpdeskIsNamed: with the last of them the intake goes to the fallback, who
// does the helpdesk's part of it from then on.
func TestWholeHelpdeskIsNamed(t *testing.T) {
	b := bench{housetest.Empty(t), t}
	b.fallback("Noor Stalpers")
	f := mail(b, "2026-03-12")
	b.forward("Jorien Tasselaar", f, "Scholing", "Hedwig Brandsema")
	for _, name := range []string{"Pim Haverdonk", "Jorien Tasselaar"} {
		b.must(b.Office.NameEmployee(t.Context(), b.who("Hedwig Brandsema"), f, b.who(name).ID, "De hele helpdesk."))
	}
	v, err := b.Office.Look(t.Context(), b.person("Noor Stalpers"), f.Dossier)
	b.must(err)
	if v.Reading != complaint.ReadsText || v.ReceivedBy != b.who("Noor Stalpers").ID || b.sees("Jorien Tasselaar", f) || b.sees("Pim Haverdonk", f) {
		t.Errorf("received by %s, reads %v", v.ReceivedBy, v.Reading)
	}
	b.answer("Hedwig Brandsema", f, complaint.HowEmail)
	b.must(b.Office.Close(t.Context(), b.person("Noor Stalpers"), f, complaint.Closing{On: b.Office.Today(), Explanation: "Niet gezegd."}))
	verifies(b)
}

// TestProposalsNeverNameTheAccused: not the employee concerned, not who stepped aside,
// and a deputy or subordinate only after a warning.
func TestProposalsNeverNameTheAccused(t *testing.T) {
	b := bench{housetest.Empty(t), t}
	jorien := b.who("Jorien Tasselaar")
	id := func(name string) complaint.Actor { return b.who(name).ID }
	proposed := func(f office.Form, department string) office.Proposal {
		t.Helper()
		list, candidates, err := b.Office.Proposals(t.Context(), jorien, f.Dossier)
		b.must(err)
		v := b.view("Jorien Tasselaar", f.Dossier)
		for _, c := range candidates {
			if slices.Contains(v.Barred, c.ID) {
				t.Error("somebody barred can be chosen")
			}
		}
		i := slices.IndexFunc(list, func(p office.Proposal) bool { return p.Name == department })
		return list[i]
	}
	check := func(name string, got office.Proposal, handler, as string, warned bool) {
		t.Helper()
		if got.Handler != id(handler) || got.As != as || got.Warned != warned {
			t.Errorf("%s: %s as %s, warned %v", name, got.Handler, got.As, got.Warned)
		}
	}
	f := mail(b, "2026-03-12")
	check("as usual", proposed(f, "Scholing"), "Hedwig Brandsema", office.AsManager, false)
	b.away("Hedwig Brandsema", "2026-03-12", "2026-03-20")
	check("away", proposed(f, "Scholing"), "Liesbeth van der Oort", office.AsDeputy, false)
	b.must(b.Office.NameEmployee(t.Context(), jorien, f, id("Hedwig Brandsema"), "Over haar."))
	check("named", proposed(f, "Scholing"), "Ankie Verloop", office.AsFallback, false)
	deputy := complaint.Forwarding{Department: b.department("Scholing").ID, Handler: id("Liesbeth van der Oort")}
	if err := b.Office.Forward(t.Context(), jorien, f, deputy, false); !complaint.IsKind(err, complaint.Invalid) {
		t.Errorf("to the deputy of the accused without a warning: %v", err)
	}
	deputy.Anyway = true
	b.must(b.Office.Forward(t.Context(), jorien, f, deputy, false))

	director := mail(b, "2026-03-12")
	b.must(b.Office.NameEmployee(t.Context(), jorien, director, id("Ankie Verloop"), "Over haar."))
	check("the director is concerned", proposed(director, "Kwaliteitstoetsing"), "Rutger Eikelhof", office.AsManager, true)
	subordinate := complaint.Forwarding{Department: b.department("Kwaliteitstoetsing").ID, Handler: id("Rutger Eikelhof")}
	if err := b.Office.Forward(t.Context(), jorien, director, subordinate, false); !complaint.IsKind(err, complaint.Invalid) {
		t.Errorf("to a subordinate without a warning: %v", err)
	}
	subordinate.Anyway = true
	b.must(b.Office.Forward(t.Context(), jorien, director, subordinate, false))
	verifies(b)
}

// TestNobodyOfTheHelpdeskHandlesTheHelpdesk: a complaint about the helpdesk as a service
// is taken in as usual, and handled by nobody who works there.
func TestNobodyOfTheHelpdeskHandlesTheHelpdesk(t *testing.T) {
	b := bench{housetest.Empty(t), t}
	b.roles("Rutger Eikelhof", complaint.Manager, complaint.Helpdesk)
	in := b.intake(complaint.Post, b.at("2026-03-12"))
	in.Category = complaint.AboutHelpdesk
	f := b.receive("Jorien Tasselaar", in)
	x := complaint.Forwarding{Department: b.department("Kwaliteitstoetsing").ID, Handler: b.who("Rutger Eikelhof").ID}
	if err := b.Office.Forward(t.Context(), b.who("Jorien Tasselaar"), f, x, false); !complaint.IsKind(err, complaint.Invalid) {
		t.Errorf("somebody of the helpdesk handles it: %v", err)
	}
	list, _, err := b.Office.Proposals(t.Context(), b.who("Jorien Tasselaar"), f.Dossier)
	b.must(err)
	for _, p := range list {
		if p.Handler == x.Handler || p.Handler == "" {
			t.Errorf("%s: proposed %q", p.Name, p.Handler)
		}
	}
}

// TestOneLetterTwoDossiers: the second has name, dates, channel and scan of the first;
// each has its own course, and they show each other.
func TestOneLetterTwoDossiers(t *testing.T) {
	housetest.Each(t, func(t *testing.T, h *house.House) {
		b := bench{h, t}
		b.at("2026-06-11")
		in := b.intake(complaint.Post, calendar.MustParse("2026-06-09"))
		in.ReachedOn, in.FirstHeard, in.Identity.TheirRef = calendar.MustParse("2026-06-11"), "afdeling Scholing", "DS/26"
		scan, err := h.Office.Keep(t.Context(), b.who("Jorien Tasselaar"), in.Draft, "brief.txt", strings.NewReader("Twee klachten."))
		b.must(err)
		in.Files = []string{scan.ID}
		first := b.receive("Jorien Tasselaar", in)
		draft, err := h.Office.Begin()
		b.must(err)
		again := office.Intake{Draft: draft, SameSource: first.Dossier, Receipt: complaint.Receipt{Title: "De factuur klopt niet", Description: "Er staat te veel op.",
			DesiredOutcome: "Een nieuwe.", Subjects: []complaint.SubjectKind{complaint.AboutProduct}, Department: b.department("Ledenadvies").ID}}
		b.must(h.Office.CheckIntake(t.Context(), b.who("Jorien Tasselaar"), again))
		second := b.receive("Jorien Tasselaar", again)
		one, two := b.view("Jorien Tasselaar", first.Dossier), b.view("Jorien Tasselaar", second.Dossier)
		if two.ReceivedOn != one.ReceivedOn || two.ReachedOn != one.ReachedOn || two.DueOn != one.DueOn || two.Channel != one.Channel || two.Member != one.Member {
			t.Errorf("received %v and %v, due %v and %v", one.ReceivedOn, two.ReceivedOn, one.DueOn, two.DueOn)
		}
		if len(one.Linked) != 1 || len(two.Linked) != 1 || two.Linked[0].How != complaint.SameSource || two.Linked[0].Number != one.Number || one.Linked[0].Number != two.Number {
			t.Errorf("%+v and %+v", one.Linked, two.Linked)
		}
		if len(one.Openings)+len(two.Openings) != 0 {
			t.Error("the name was shown to nobody, and stands there as opened")
		}
		who, err := h.Office.OpenIdentity(t.Context(), b.who("Jorien Tasselaar"), second.Dossier, office.Opening{Reason: "letter"})
		b.must(err)
		if who.Name != "Abel Rooskens" || who.TheirRef != "DS/26" || len(two.Attachments) != 1 {
			t.Errorf("%+v, %d files", who, len(two.Attachments))
		}
		file, err := h.Office.File(t.Context(), b.who("Jorien Tasselaar"), two.Attachments[0].ID, office.Opening{Reason: "letter"})
		b.must(err)
		text := make([]byte, 40)
		if n, _ := file.Content.Read(text); string(text[:n]) != "Twee klachten." || file.Name != "brief.txt" {
			t.Errorf("%s: %q", file.Name, text[:n])
		}
		b.forward("Jorien Tasselaar", first, "Scholing", "Hedwig Brandsema")
		b.forward("Jorien Tasselaar", second, "Ledenadvies", "Liesbeth van der Oort")
		b.answer("Hedwig Brandsema", first, complaint.HowEmail)
		if v := b.view("Jorien Tasselaar", second.Dossier); v.State != complaint.InHandling {
			t.Errorf("the other one is %s", v.State)
		}
		barred := b.who("Pim Haverdonk")
		b.must(h.Office.NameEmployee(t.Context(), b.who("Jorien Tasselaar"), first, barred.ID, "Over hem."))
		third := again
		third.Draft, err = h.Office.Begin()
		b.must(err)
		if _, err := h.Office.Receive(t.Context(), barred, office.Form{}, third); !complaint.IsKind(err, complaint.NotFound) {
			t.Errorf("the accused goes on from it: %v", err)
		}
		verifies(b)
	})
}

// TestGroupCountsAsOne: everybody named, one contact; one steps out; all letters keep
// going to the contact.
func TestGroupCountsAsOne(t *testing.T) {
	b := bench{housetest.Empty(t), t}
	in := b.intake(complaint.Post, b.at("2026-03-12"))
	in.Identity.Kind, in.Identity.Organisation = record.Group, "Cliëntenraad De Goudvink"
	f := b.receive("Jorien Tasselaar", in)
	if v := b.view("Jorien Tasselaar", f.Dossier); !slices.Contains(v.Missing(), complaint.ItemIdentity) {
		t.Error("nobody else is named, and the meter is full")
	}
	jorien := b.who("Jorien Tasselaar")
	named := in.Identity
	named.Others = " Corrie Vonk \n\nBen  Damsté\nCorrie Vonk"
	b.must(b.Office.ChangeIdentity(t.Context(), jorien, f, named, ""))
	if v := b.view("Jorien Tasselaar", f.Dossier); slices.Contains(v.Missing(), complaint.ItemIdentity) {
		t.Error("everybody is named, and the meter is not full")
	}
	if err := b.Office.Word(t.Context(), jorien, f, complaint.Wording{Title: "Vonk wil een andere map", Description: "x"}); err == nil {
		t.Error("a title may hold the name of one of them")
	}
	x := complaint.SteppingOut{Name: "Ben Damsté", On: b.Office.Today(), How: complaint.HowPhone, Said: "Ik doe niet meer mee."}
	if err := b.Office.StepOut(t.Context(), jorien, f, x); !complaint.IsKind(err, complaint.Invalid) {
		t.Errorf("the contact was not told: %v", err)
	}
	x.Told = true
	for _, name := range []string{"Abel Rooskens", "Piet Niemand"} {
		wrong := x
		wrong.Name = name
		if err := b.Office.StepOut(t.Context(), jorien, f, wrong); !complaint.IsKind(err, complaint.Invalid) {
			t.Errorf("%s stepped out: %v", name, err)
		}
	}
	b.must(b.Office.StepOut(t.Context(), jorien, f, x))
	who, err := b.Office.OpenIdentity(t.Context(), jorien, f.Dossier, office.Opening{Reason: "letter"})
	b.must(err)
	if who.Others != "Corrie Vonk" || who.Name != "Abel Rooskens" {
		t.Errorf("left: %q", who.Others)
	}
	b.forward("Jorien Tasselaar", f, "Scholing", "Hedwig Brandsema")
	b.release("Hedwig Brandsema", f, complaint.HowEmail)
	letters := b.view("Jorien Tasselaar", f.Dossier).Letters
	sheet, err := b.Office.PrintLetter(t.Context(), jorien, letters[len(letters)-1].ID)
	b.must(err)
	if text := string(sheet.Bytes); !strings.Contains(text, "Beste leden van Cliëntenraad De Goudvink") || sheet.To != in.Identity.Email || strings.Contains(text, "Damsté") {
		t.Errorf("to %s: %s", sheet.To, text)
	}
	verifies(b)
}
