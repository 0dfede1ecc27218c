package office_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/house"
	"gehoor/internal/office"
	"gehoor/internal/record"
)

// bench is a house with its staff at hand, and a clock that a test moves.
type bench struct {
	*house.House
	t *testing.T
}

func (b bench) who(name string) complaint.Person {
	b.t.Helper()
	p, err := b.Person(b.t.Context(), name)
	if err != nil || p.ID == "" {
		b.t.Fatalf("who is %q? %v", name, err)
	}
	return p
}

// at sets the clock at a local moment: "2026-06-15 23:40", or a day.
func (b bench) at(moment string) calendar.Date {
	b.t.Helper()
	if len(moment) == len(time.DateOnly) {
		moment += " 11:00"
	}
	t, err := time.ParseInLocation("2006-01-02 15:04", moment, b.Zone)
	if err != nil {
		b.t.Fatal(err)
	}
	b.Clock.Set(t)
	return calendar.Of(t)
}

func (b bench) must(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

func (b bench) department(name string) record.Department {
	b.t.Helper()
	all, err := b.Store.Departments(b.t.Context())
	b.must(err)
	for _, d := range all {
		if d.Name == name {
			return d
		}
	}
	b.t.Fatalf("no department %q", name)
	return record.Department{}
}

func (b bench) view(who, id string) office.View {
	b.t.Helper()
	v, err := b.Office.Look(b.t.Context(), b.who(who), id)
	b.must(err)
	return v
}

// intake begins an intake with what most complaints have.
func (b bench) intake(channel complaint.Channel, on calendar.Date) office.Intake {
	b.t.Helper()
	draft, err := b.Office.Begin()
	b.must(err)
	return office.Intake{Draft: draft, Receipt: complaint.Receipt{Channel: channel, ReceivedOn: on, Title: "Cursus ging niet door",
		Description: "Op zaterdag ging de cursus niet door.", DesiredOutcome: "Voortaan bellen.", Level: complaint.Confidential,
		Member: complaint.MemberYes, Subjects: []complaint.SubjectKind{complaint.AboutService}, Department: b.department("Scholing").ID},
		Identity: record.Identity{Name: "Abel Rooskens", Street: "Veerdam", House: "101", Postcode: "3561KL", Town: "Noordzande",
			Phone: "06-00000074", Email: "abel.rooskens@example.org"}}
}

// receive takes an intake in and gives the form for the next task.
func (b bench) receive(who string, in office.Intake) office.Form {
	b.t.Helper()
	got, err := b.Office.Receive(b.t.Context(), b.who(who), office.Form{}, in)
	b.must(err)
	return office.Form{Dossier: got.Dossier}
}

// post records that every letter of a dossier that lies here went out today.
func (b bench) post(who string, f office.Form) {
	b.t.Helper()
	for _, l := range b.view(who, f.Dossier).Letters {
		if l.Channel == complaint.HowPost && l.SentOn.IsZero() && l.LapsedOn.IsZero() {
			b.must(b.Office.LetterWentOut(b.t.Context(), b.who(who), f, l.ID, b.Office.Today()))
		}
	}
}

func (b bench) forward(who string, f office.Form, department, handler string) {
	b.t.Helper()
	b.must(b.Office.Forward(b.t.Context(), b.who(who), f, complaint.Forwarding{Department: b.department(department).ID, Handler: b.who(handler).ID}, false))
}

// answer releases the answer and records that it went out today.
func (b bench) answer(who string, f office.Form, how string) {
	b.t.Helper()
	b.release(who, f, how)
	b.must(b.Office.SendAnswer(b.t.Context(), b.who(who), f, complaint.Dispatch{On: b.Office.Today()}))
}

func (b bench) release(who string, f office.Form, how string) {
	b.t.Helper()
	b.must(b.Office.Answer(b.t.Context(), b.who(who), f, complaint.Reply{AnswerText: complaint.AnswerText{
		Points: "U heeft gelijk.", Outcome: "Wij bellen voortaan.", Measures: "De planner belt."}, How: how, Action: "Planning aangepast."}))
}

func (b bench) close(who string, f office.Form) {
	b.t.Helper()
	b.must(b.Office.Close(b.t.Context(), b.who(who), f, complaint.Closing{On: b.Office.Today(), Explanation: "Niet gezegd."}))
}

// readJSON reads a case.
func readJSON(t *testing.T, v any, path ...string) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(append([]string{"testdata"}, path...)...))
	if err == nil {
		err = json.Unmarshal(text, v)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// register is what a case says must stand in the register.
type register struct {
	ReceivedOn  string            `json:"received_on"`
	Channel     string            `json:"channel"`
	Complainant map[string]string `json:"complainant"`
	Member      string            `json:"member"`
	Description string            `json:"description"`
	Outcome     string            `json:"desired_outcome"`
	ReceivedBy  string            `json:"received_by"`
	Action      *string           `json:"action"`
	ClosedOn    *string           `json:"closed_on"`
}

func (r register) identity() record.Identity {
	c := r.Complainant
	return record.Identity{Name: c["naam"], Street: c["straat"], House: c["huisnummer"], Postcode: c["postcode"], Town: c["plaats"],
		Phone: c["telefoon"], Email: c["e-mail"]}
}

func (r register) member() complaint.Member {
	return map[string]complaint.Member{"ja": complaint.MemberYes, "nee": complaint.MemberNo, "weet niet": complaint.MemberUnknown}[r.Member]
}

// check compares the register with what a case expects of it.
func (r register) check(b bench, id string) {
	b.t.Helper()
	v := b.view(r.ReceivedBy, id)
	voice := b.Words.Speak("nl")
	got, err := b.Office.OpenIdentity(b.t.Context(), b.who(r.ReceivedBy), id, office.Opening{Reason: "letter"})
	b.must(err)
	for name, pair := range map[string][2]string{
		"received_on": {v.ReceivedOn.String(), r.ReceivedOn},
		"channel":     {voice.Say("channel." + string(v.Channel)), r.Channel},
		"member":      {string(v.Member), string(r.member())},
		"description": {v.Text.Description, r.Description},
		"outcome":     {v.Text.DesiredOutcome, r.Outcome},
		"received_by": {string(v.ReceivedBy), string(b.who(r.ReceivedBy).ID)},
		"name":        {got.Name, r.Complainant["naam"]}, "street": {got.Street, r.Complainant["straat"]},
		"house": {got.House, r.Complainant["huisnummer"]}, "postcode": {got.Postcode, r.Complainant["postcode"]},
		"town": {got.Town, r.Complainant["plaats"]}, "phone": {got.Phone, r.Complainant["telefoon"]}, "email": {got.Email, r.Complainant["e-mail"]},
	} {
		if pair[0] != pair[1] {
			b.t.Errorf("%s: %q, want %q", name, pair[0], pair[1])
		}
	}
	if v.ActionTaken != (r.Action != nil) || r.ClosedOn != nil || v.State.IsOpen() != v.ClosedOn.IsZero() {
		b.t.Errorf("action taken %v, closed on %v", v.ActionTaken, v.ClosedOn)
	}
}

// knows refuses a case with a field that nothing compares; about lists what only tells
// the reader about the case.
func knows(t *testing.T, compared, about string, path ...string) {
	t.Helper()
	var all map[string]any
	readJSON(t, &all, path...)
	known := strings.Fields(compared + " " + about)
	for field := range all {
		if !slices.Contains(known, field) {
			t.Errorf("%s: nothing compares %s", path[len(path)-1], field)
		}
	}
}

// dates compares dates by name; an expected "" means: none.
func dates(t *testing.T, want map[string]string, got map[string]calendar.Date) {
	t.Helper()
	for name, date := range got {
		if date.String() != want[name] {
			t.Errorf("%s: %q, want %q", name, date, want[name])
		}
	}
}

func has(s string, any ...string) bool {
	for _, a := range any {
		if strings.Contains(s, a) {
			return true
		}
	}
	return false
}
