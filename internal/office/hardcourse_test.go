package office_test

import (
	"strings"
	"testing"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/housetest"
	"gehoor/internal/procedure"
)

// TestConfirmedLate: closed as not confirmed, and a yes weeks later files it on that day.
func TestConfirmedLate(t *testing.T) {
	b := bench{housetest.Empty(t), t}
	in := b.intake(complaint.Phone, b.at("2026-02-02"))
	in.Send = &complaint.Sending{How: complaint.HowEmail}
	f := b.receive("Pim Haverdonk", in)
	pim := b.who("Pim Haverdonk")
	end := complaint.End{On: b.at("2026-02-20"), Said: "Geen reactie."}
	if err := b.Office.CloseUnconfirmed(t.Context(), pim, f, end); !complaint.IsKind(err, complaint.Invalid) {
		t.Errorf("closed without reminders after 18 days: %v", err)
	}
	b.must(b.Office.Remind(t.Context(), pim, f, complaint.HowEmail, false))
	b.must(b.Office.Contact(t.Context(), pim, f, complaint.Contact{On: b.Office.Today(), How: complaint.HowVoicemail, Reminder: true, Text: "ingesproken"}))
	end.On = b.at("2026-02-23")
	b.must(b.Office.Remind(t.Context(), pim, f, complaint.HowEmail, true))
	b.must(b.Office.CloseUnconfirmed(t.Context(), pim, f, end))
	on := b.at("2026-04-01")
	b.must(b.Office.Confirm(t.Context(), pim, f, complaint.Confirmation{How: complaint.HowReply, On: on, By: complaint.CallerConfirms, Said: "ja"}))
	v := b.view("Pim Haverdonk", f.Dossier)
	if v.State != complaint.IsFiled || v.FiledOn != on || v.DueOn.String() != "2026-04-15" || !v.ClosedOn.IsZero() || v.Outcome != "" {
		t.Errorf("%s, filed %v, due %v, closed %v", v.State, v.FiledOn, v.DueOn, v.ClosedOn)
	}
	b.forward("Pim Haverdonk", f, "Scholing", "Hedwig Brandsema")
	b.answer("Hedwig Brandsema", f, complaint.HowEmail)
	b.close("Pim Haverdonk", f)
	verifies(b)
}

// TestLateAgreementDisputed: a date that was agreed too late and is then disputed was
// never agreed; what was told late stays told late.
func TestLateAgreementDisputed(t *testing.T) {
	b := bench{housetest.Empty(t), t}
	f := mail(b, "2026-09-03")
	b.forward("Jorien Tasselaar", f, "Scholing", "Hedwig Brandsema")
	propose(b, f, "2026-09-21", "2026-10-02")
	settle(b, f, "2026-09-22", complaint.Agreed, "goed")
	if v := b.view("Jorien Tasselaar", f.Dossier); v.Timeliness(v.Today) != complaint.LateThenAgreed || v.IsOverdue(v.Today) {
		t.Errorf("counts as %q", v.Timeliness(v.Today))
	}
	b.must(b.Office.Dispute(t.Context(), b.who("Jorien Tasselaar"), f, complaint.End{On: b.at("2026-09-23"), How: complaint.HowPhone, Said: "Dat zei ik niet."}))
	v := b.view("Jorien Tasselaar", f.Dossier)
	if v.DueOn.String() != "2026-09-17" || !v.IsOverdue(v.Today) || v.Timeliness(v.Today) != complaint.Late || !v.Extension.ToldLate {
		t.Errorf("due %v, counts as %q, told late %v", v.DueOn, v.Timeliness(v.Today), v.Extension.ToldLate)
	}
	verifies(b)
}

// TestSpokenAndPosted: an answer that was told and posted too counts from the earlier.
func TestSpokenAndPosted(t *testing.T) {
	for posted, want := range map[string]string{"2026-06-16": "2026-06-12", "2026-06-11": "2026-06-11"} {
		b := bench{housetest.Empty(t), t}
		f := mail(b, "2026-06-01")
		b.forward("Jorien Tasselaar", f, "Scholing", "Hedwig Brandsema")
		b.at("2026-06-11")
		b.release("Hedwig Brandsema", f, complaint.HowSpoken)
		b.at("2026-06-16")
		b.must(b.Office.SendAnswer(t.Context(), b.who("Jorien Tasselaar"), f, complaint.Dispatch{On: calendar.MustParse(posted), SpokenOn: calendar.MustParse("2026-06-12")}))
		if v := b.view("Jorien Tasselaar", f.Dossier); v.AnsweredOn.String() != want || v.Timeliness(v.Today) != complaint.InTime {
			t.Errorf("posted %s: answered on %v, %s", posted, v.AnsweredOn, v.Timeliness(v.Today))
		}
	}
}

// TestCorrectionChangesThePin: a corrected receipt date before filing brings the version
// of that day, which in the furnished house has the form switched on; after filing and
// after closing it is refused, and the settled date stays.
func TestCorrectionChangesThePin(t *testing.T) {
	b := bench{housetest.Empty(t), t}
	for _, file := range procedure.Shipped() {
		if strings.HasPrefix(file.Name, "lsr-6-weken") {
			text := strings.Replace(string(file.Text), "id: lsr-6-weken", "id: lsr-14-dagen", 1)
			lines := strings.Split(text, "\n")
			for i, line := range lines {
				if strings.HasPrefix(line, "version:") {
					lines[i] = `version: "2"`
				}
				if strings.HasPrefix(line, "valid_from:") {
					lines[i] = "valid_from: 2026-07-01"
				}
			}
			b.must(b.AddProcedure(t.Context(), []byte(strings.Join(lines, "\n")), "test"))
		}
	}
	jorien := b.who("Jorien Tasselaar")
	in := b.intake(complaint.Phone, b.at("2026-07-02"))
	in.Send = &complaint.Sending{How: complaint.HowEmail}
	f := b.receive("Jorien Tasselaar", in)
	if v := b.view("Jorien Tasselaar", f.Dossier); v.Procedure.Version != "2" {
		t.Fatalf("pinned %s", v.Procedure.Version)
	}
	june := complaint.Amendment{ReceivedOn: calendar.MustParse("2026-06-30"), Reason: "De trainer hoorde het de dag ervoor."}
	b.must(b.Office.Amend(t.Context(), jorien, f, june))
	b.must(b.Office.Confirm(t.Context(), jorien, f, complaint.Confirmation{How: complaint.HowReply, On: b.Office.Today(), By: complaint.CallerConfirms, Said: "ja"}))
	v := b.view("Jorien Tasselaar", f.Dossier)
	if v.Procedure.Version != "1.1-formulier" || v.DueOn.String() != "2026-07-16" || v.ReceivedOn.String() != "2026-06-30" {
		t.Errorf("version %s, received %v, due %v", v.Procedure.Version, v.ReceivedOn, v.DueOn)
	}
	b.forward("Jorien Tasselaar", f, "Scholing", "Hedwig Brandsema")
	b.answer("Hedwig Brandsema", f, complaint.HowEmail)
	b.close("Jorien Tasselaar", f)
	closed := b.view("Jorien Tasselaar", f.Dossier)
	b.at("2026-08-20")
	if err := b.Office.Amend(t.Context(), jorien, f, june); !complaint.IsKind(err, complaint.Invalid) {
		t.Errorf("the receipt date moved after closing: %v", err)
	}
	b.must(b.Office.Amend(t.Context(), jorien, f, complaint.Amendment{Title: "De cursus van 30 juni", Member: complaint.MemberNo, Reason: "Verkeerd gehoord."}))
	v = b.view("Jorien Tasselaar", f.Dossier)
	if v.ClosedOn != closed.ClosedOn || v.AnsweredOn != closed.AnsweredOn || v.State != complaint.IsClosed || v.Member != complaint.MemberNo || v.Title != "De cursus van 30 juni" {
		t.Errorf("%s, closed %v, answered %v, member %s", v.State, v.ClosedOn, v.AnsweredOn, v.Member)
	}
	verifies(b)
}

// TestInErrorLeavesTheCourse: a double is linked, called an error by two people, and then
// no signal and no task comes of it.
func TestInErrorLeavesTheCourse(t *testing.T) {
	b := bench{housetest.Empty(t), t}
	first, double := mail(b, "2026-06-01"), mail(b, "2026-06-01")
	jorien := b.who("Jorien Tasselaar")
	b.must(b.Office.Link(t.Context(), jorien, double, b.view("Jorien Tasselaar", first.Dossier).Number, complaint.Duplicate))
	b.must(b.Office.CallError(t.Context(), jorien, double, "Dezelfde mail."))
	if v := b.view("Jorien Tasselaar", double.Dossier); v.State != complaint.IsFiled {
		t.Errorf("one person's word: %s", v.State)
	}
	b.must(b.Office.CallError(t.Context(), b.who("Pim Haverdonk"), double, "Klopt."))
	b.at("2026-06-16")
	n, err := b.Office.Wake(t.Context())
	b.must(err)
	if got := len(signals(b, "Jorien Tasselaar", double)); got != 0 || n != 1 {
		t.Errorf("%d signals, of the double %d", n, got)
	}
	if err := b.Office.Note(t.Context(), jorien, double, "Nog iets."); err != nil {
		t.Errorf("a note may still be written: %v", err)
	}
	if v := b.view("Jorien Tasselaar", double.Dossier); v.Next != "" || v.State.IsOpen() || v.Timeliness(v.Today) != complaint.NotYet {
		t.Errorf("next %q, %s", v.Next, v.Timeliness(v.Today))
	}
	verifies(b)
}
