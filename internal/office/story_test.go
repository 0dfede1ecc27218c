package office_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/house"
	"gehoor/internal/housetest"
	"gehoor/internal/office"
	"gehoor/internal/procedure"
	"gehoor/internal/record"
)

// storyCase is a story of testdata/stories: its steps, and what it expects of each
// complaint, field by field.
type storyCase struct {
	Steps []struct {
		At    string
		State string `json:"state_after"`
	}
	Complaints map[string]map[string]any
}

// stories say in code what the steps of each story say in words.
var stories = map[string]func(b bench) map[string]string{
	"001-antwoord-op-dag-14":                 answerOnDayFourteen,
	"004-uitstel-geweigerd":                  extensionRefused,
	"005-uitstelbericht-te-laat":             toldTooLate,
	"009-beschuldigde-is-helpdeskmedewerker": aboutAColleague,
	"010-naamloos":                           nameless,
	"012-heropend-als-gekoppelde-klacht":     followUp,
	"015-zomertijd-middernacht":              afterMidnight,
	"016-procedureversie-vastgezet":          pinnedVersion,
}

// TestStories plays the stories as far as today's tasks go, and checks every date
// they expect.
func TestStories(t *testing.T) {
	for name, play := range stories {
		t.Run(name, func(t *testing.T) {
			housetest.Each(t, func(t *testing.T, h *house.House) {
				b := bench{h, t}
				var want storyCase
				readJSON(t, &want, "stories", name+".json")
				ids := play(b)
				if len(ids) != len(want.Complaints) {
					t.Fatalf("%d complaints, want %d", len(ids), len(want.Complaints))
				}
				for which, id := range ids {
					checkStory(b, which, id, ids, want)
				}
			})
		})
	}
}

// fields says how each field of a story is read from the dossier. A field that is not
// here fails the test: nothing is skipped in silence.
var fields = map[string]func(x storyCheck) any{
	"received_on":  func(x storyCheck) any { return x.v.ReceivedOn.String() },
	"filed_on":     func(x storyCheck) any { return x.v.FiledOn.String() },
	"confirmed_on": func(x storyCheck) any { return x.v.ConfirmedOn.String() },
	"answer_by":    func(x storyCheck) any { return x.v.OriginalDueOn.String() },
	"overdue_from": func(x storyCheck) any { return x.v.OriginalDueOn.AddDays(1).String() },
	"answered_on":  func(x storyCheck) any { return x.v.AnsweredOn.String() },
	"closed_on":    func(x storyCheck) any { return x.v.ClosedOn.String() },
	"reminder_on":  func(x storyCheck) any { return x.v.SignalOn.String() },
	"target_on": func(x storyCheck) any {
		_, target := x.v.Rules.Due(x.v.ReceivedOn, x.v.FiledOn, complaint.Calendars{House: calendar.New(calendar.House)})
		return target.String()
	},
	"answer_by_if_counted_from_call": func(x storyCheck) any {
		due, _ := x.v.Rules.Due(x.v.ReceivedOn, x.v.ReceivedOn, complaint.Calendars{House: calendar.New(calendar.House)})
		return due.String()
	},
	"answer_by_after_extension": func(x storyCheck) any {
		if x.v.DueOn == x.v.OriginalDueOn {
			return nil
		}
		return x.v.DueOn.String()
	},
	"extension_notice_on":  func(x storyCheck) any { return x.v.Extension.ToldOn.String() },
	"extension_consent_on": func(x storyCheck) any { return x.v.Extension.SettledOn.String() },
	"extension_consent": func(x storyCheck) any {
		return map[string]string{complaint.Agreed: "ja", complaint.RefusedIt: "nee"}[x.v.Extension.Settled]
	},
	"notice_in_time":       func(x storyCheck) any { return !x.v.Extension.ToldLate },
	"notice_days_late":     func(x storyCheck) any { return float64(x.v.OriginalDueOn.DaysUntil(x.v.Extension.ToldOn)) },
	"days_late":            func(x storyCheck) any { return float64(x.v.DueOn.DaysUntil(x.v.AnsweredOn)) },
	"days_to_answer":       func(x storyCheck) any { return float64(x.v.FiledOn.DaysUntil(x.v.AnsweredOn)) },
	"within_term":          func(x storyCheck) any { return x.v.Timeliness(x.v.Today) == complaint.InTime },
	"within_original_term": func(x storyCheck) any { return x.v.Timeliness(x.v.Today) == complaint.InTime },
	"within_agreed_term":   func(x storyCheck) any { return x.v.Timeliness(x.v.Today) == complaint.InAgreedTerm },
	"counts_as": func(x storyCheck) any {
		return map[complaint.Timeliness]string{complaint.LateThenAgreed: "te laat, later een datum afgesproken"}[x.v.Timeliness(x.v.Today)]
	},
	"accused": func(x storyCheck) any {
		var names []any
		for _, id := range x.v.Concerned {
			names = append(names, x.name(complaint.Actor(id)))
		}
		return names
	},
	"received_by":   func(x storyCheck) any { return x.name(x.v.ReceivedBy) },
	"first_contact": func(x storyCheck) any { return complaint.Reveal(x.v.Events[0].Sealed[complaint.FirstHeardBy]) },
	"complainant": func(x storyCheck) any {
		if x.v.Identities == 0 {
			return nil
		}
		return "somebody"
	},
	"answer_channel": func(x storyCheck) any {
		return map[string]string{complaint.HowGeneral: "algemeen bericht"}[x.v.AnswerHow]
	},
	"linked_to": func(x storyCheck) any {
		for which, id := range x.ids {
			if len(x.v.Links) == 1 && x.v.Links[0].Dossier == id {
				return which
			}
		}
		return nil
	},
	"link":         func(x storyCheck) any { return map[string]string{complaint.FollowUpOf: "vervolg"}[x.v.Links[0].How] },
	"state_at_end": func(x storyCheck) any { return string(x.v.State) },
	"procedure": func(x storyCheck) any {
		// The furnished house follows version 1, with a label put right and the form of the
		// counter switched on.
		return "versie " + strings.TrimSuffix(x.v.Procedure.Version, ".1-formulier") + map[calendar.Unit]string{calendar.Day: " (14 dagen)", calendar.Week: " (6 weken)"}[x.v.Rules.Term.Unit]
	},
}

// storyCheck is a dossier at the end of its story.
type storyCheck struct {
	b   bench
	v   office.View
	ids map[string]string
}

func (x storyCheck) name(id complaint.Actor) string {
	s, err := x.b.Store.StaffByID(x.b.t.Context(), id)
	x.b.must(err)
	return s.Name
}

func checkStory(b bench, which, id string, ids map[string]string, all storyCase) {
	b.t.Helper()
	x := storyCheck{b, b.view("Jorien Tasselaar", id), ids}
	for field, want := range all.Complaints[which] {
		read, known := fields[field]
		if !known {
			b.t.Errorf("%s: nothing compares %s", which, field)
			continue
		}
		if got := read(x); !cmp.Equal(got, want) {
			b.t.Errorf("%s: %s is %v, want %v", which, field, got, want)
		}
	}
	if len(ids) == 1 {
		checkStates(b, x.v, all)
	}
}

// checkStates replays the course to the end of each day of the story. Of a story with
// two complaints the states at the end are compared by its dates.
func checkStates(b bench, v office.View, all storyCase) {
	b.t.Helper()
	states := map[string]complaint.State{"received": complaint.Drafted, "in_progress": complaint.InHandling, "closed": complaint.IsClosed,
		"filed": complaint.IsFiled, "answered": complaint.IsAnswered, "extension_proposed": complaint.ExtensionProposed, "awaiting_confirmation": complaint.Awaiting}
	last := map[string]string{}
	for _, s := range all.Steps {
		last[s.At[:10]] = s.State
	}
	for day, want := range last {
		n := 0
		for n < len(v.Events) && calendar.Of(v.Events[n].At).String() <= day {
			n++
		}
		if got := complaint.Replay(v.ID, v.Events[:n]).State; got != states[want] {
			b.t.Errorf("at the end of %s: %s, want %s", day, got, want)
		}
	}
}

// mail takes in an e-mail that Abel copied to the helpdesk.
func mail(b bench, at string) office.Form {
	return b.receive("Jorien Tasselaar", b.intake(complaint.Email, b.at(at)))
}

func answerOnDayFourteen(b bench) map[string]string {
	f := mail(b, "2026-06-01 10:12")
	v := b.view("Jorien Tasselaar", f.Dossier)
	if len(v.Letters) != 1 || v.Letters[0].Kind != record.Acknowledgement || v.DueOn.String() != "2026-06-15" {
		b.t.Error("the acknowledgement goes out on the day of registration and stops no clock")
	}
	b.at("2026-06-02")
	b.forward("Jorien Tasselaar", f, "Scholing", "Hedwig Brandsema")
	b.at("2026-06-10")
	wake(b, f, complaint.TargetNear)
	b.at("2026-06-15 23:40")
	if v := b.view("Hedwig Brandsema", f.Dossier); v.IsOverdue(v.Today) {
		b.t.Error("shown as late on day 14")
	}
	b.answer("Hedwig Brandsema", f, complaint.HowEmail)
	b.at("2026-06-16")
	b.close("Jorien Tasselaar", f)
	return map[string]string{"klacht": f.Dossier}
}

// wake runs the clock twice and sees one signal.
func wake(b bench, f office.Form, want complaint.Occasion) {
	b.t.Helper()
	for range 2 {
		_, err := b.Office.Wake(b.t.Context())
		b.must(err)
	}
	var got []complaint.Occasion
	rows, err := b.Store.Course(b.t.Context(), f.Dossier)
	b.must(err)
	for _, row := range rows {
		if open, err := complaint.DecodeOpen(row.Open); err == nil && row.Kind == complaint.Reminded {
			got = append(got, open.Occasion)
		}
	}
	if n := len(got); n == 0 || got[n-1] != want || slices.Contains(got[:n-1], want) {
		b.t.Errorf("signals %v, want %s once", got, want)
	}
}

func propose(b bench, f office.Form, at, date string) {
	b.t.Helper()
	on := b.at(at)
	b.must(b.Office.Extend(b.t.Context(), b.who("Hedwig Brandsema"), f, complaint.Proposal{Reason: "research_takes_longer",
		Explanation: "Wij wachten op de trainer.", On: on, How: complaint.HowEmail, Date: calendar.MustParse(date)}))
}

func settle(b bench, f office.Form, at, answer, said string) {
	b.t.Helper()
	on := b.at(at)
	b.must(b.Office.SettleExtension(b.t.Context(), b.who("Hedwig Brandsema"), f, complaint.Settlement{Answer: answer, On: on, How: complaint.HowEmail, Said: said}))
}

func extensionRefused(b bench) map[string]string {
	f := mail(b, "2026-09-03")
	b.at("2026-09-04")
	b.forward("Jorien Tasselaar", f, "Scholing", "Hedwig Brandsema")
	propose(b, f, "2026-09-14", "2026-10-02")
	settle(b, f, "2026-09-15", complaint.RefusedIt, "Nee, ik wil gewoon op tijd antwoord.")
	b.at("2026-09-18")
	wake(b, f, complaint.IsOverdue)
	if v := b.view("Hedwig Brandsema", f.Dossier); v.State != complaint.InHandling || !v.IsOverdue(v.Today) {
		b.t.Errorf("after the refusal: %s", v.State)
	}
	b.at("2026-09-24")
	b.answer("Hedwig Brandsema", f, complaint.HowEmail)
	b.close("Jorien Tasselaar", f)
	return map[string]string{"klacht": f.Dossier}
}

func toldTooLate(b bench) map[string]string {
	f := mail(b, "2026-02-05")
	b.at("2026-02-06")
	b.forward("Jorien Tasselaar", f, "Scholing", "Hedwig Brandsema")
	b.at("2026-02-20")
	wake(b, f, complaint.IsOverdue)
	propose(b, f, "2026-02-22", "2026-03-06")
	settle(b, f, "2026-02-24", complaint.Agreed, "akkoord")
	b.at("2026-03-06")
	b.answer("Hedwig Brandsema", f, complaint.HowEmail)
	b.at("2026-03-09")
	b.close("Jorien Tasselaar", f)
	if v := b.view("Jorien Tasselaar", f.Dossier); v.Timeliness(v.Today) != complaint.LateThenAgreed {
		b.t.Errorf("counts as %q", v.Timeliness(v.Today))
	}
	return map[string]string{"klacht": f.Dossier}
}

// aboutAColleague: Pim answered the telephone, and the complaint is about him. Jorien
// takes it in; Pim sees nothing of it.
func aboutAColleague(b bench) map[string]string {
	in := b.intake(complaint.Phone, b.at("2026-03-12 11:30"))
	in.Subjects = []complaint.SubjectKind{complaint.AboutEmployee}
	in.ConcernedStaff, in.FirstHeard = []complaint.Actor{b.who("Pim Haverdonk").ID}, "Pim Haverdonk"
	in.Send = &complaint.Sending{How: complaint.HowEmail}
	pim := b.who("Pim Haverdonk")
	if _, err := b.Office.Receive(b.t.Context(), pim, office.Form{}, in); err == nil {
		b.t.Error("Pim took in a complaint about himself")
	}
	f := b.receive("Jorien Tasselaar", in)
	for name, try := range map[string]func() error{
		"look": func() error { _, err := b.Office.Look(b.t.Context(), pim, f.Dossier); return err },
		"name": func() error {
			_, err := b.Office.OpenIdentity(b.t.Context(), pim, f.Dossier, office.Opening{Reason: "letter"})
			return err
		},
		"confirm": func() error { return b.Office.Confirm(b.t.Context(), pim, f, complaint.Confirmation{}) },
		"forward": func() error { return b.Office.Forward(b.t.Context(), pim, f, complaint.Forwarding{}, false) },
	} {
		if err := try(); !complaint.IsKind(err, complaint.NotFound) {
			b.t.Errorf("Pim may %s: %v", name, err)
		}
	}
	on := b.at("2026-03-16")
	b.must(b.Office.Confirm(b.t.Context(), b.who("Jorien Tasselaar"), f, complaint.Confirmation{How: complaint.HowReply, On: on, By: complaint.CallerConfirms, Said: "ja, dit klopt"}))
	b.at("2026-03-17")
	b.forward("Jorien Tasselaar", f, "Ledenadvies", "Liesbeth van der Oort")
	liesbeth, words := b.who("Liesbeth van der Oort"), complaint.AnswerText{Points: "U heeft gelijk.", Outcome: "Dat zei hij toe.", Measures: "Wij praten erover."}
	b.at("2026-03-20")
	if err := b.Office.Answer(b.t.Context(), liesbeth, f, complaint.Reply{AnswerText: words, How: complaint.HowEmail}); !complaint.IsKind(err, complaint.Invalid) {
		b.t.Errorf("answered without Pim, and without a reason: %v", err)
	}
	b.must(b.Office.PutBefore(b.t.Context(), liesbeth, f, complaint.Hearing{On: b.Office.Today(), Told: true, Statement: "Een beller kreeg geen antwoord.",
		Reaction: "Dat klopt.", Read: complaint.Agrees}))
	b.at("2026-03-27")
	b.answer("Liesbeth van der Oort", f, complaint.HowEmail)
	b.at("2026-03-30")
	b.close("Jorien Tasselaar", f)
	v := b.view("Jorien Tasselaar", f.Dossier)
	if v.ReceivedBy != b.who("Jorien Tasselaar").ID || !strings.Contains(complaint.Reveal(v.Events[0].Sealed[complaint.FirstHeardBy]), "Pim") {
		b.t.Error("Jorien received it; that Pim answered the telephone is kept")
	}
	return map[string]string{"klacht": f.Dossier}
}

func nameless(b bench) map[string]string {
	in := b.intake(complaint.Post, b.at("2026-09-02"))
	in.Level, in.Member = complaint.Nameless, ""
	f := b.receive("Jorien Tasselaar", in)
	v := b.view("Jorien Tasselaar", f.Dossier)
	if len(v.Letters) != 0 || v.Identities != 0 {
		b.t.Error("a nameless letter gets no acknowledgement and keeps no identity")
	}
	if _, err := b.Office.OpenIdentity(b.t.Context(), b.who("Jorien Tasselaar"), f.Dossier, office.Opening{Reason: "letter"}); err == nil {
		b.t.Error("there is no name to open")
	}
	b.at("2026-09-03")
	b.forward("Jorien Tasselaar", f, "Kwaliteitstoetsing", "Rutger Eikelhof")
	b.at("2026-09-15")
	b.release("Rutger Eikelhof", f, complaint.HowGeneral)
	on := b.at("2026-09-16")
	b.must(b.Office.SendAnswer(b.t.Context(), b.who("Jorien Tasselaar"), f, complaint.Dispatch{On: on}))
	b.at("2026-09-17")
	b.close("Jorien Tasselaar", f)
	return map[string]string{"klacht": f.Dossier}
}

// followUp: not satisfied is a new complaint with a term of its own; the first keeps
// its dates.
func followUp(b bench) map[string]string {
	first := mail(b, "2026-04-30")
	b.at("2026-05-01")
	b.forward("Jorien Tasselaar", first, "Scholing", "Hedwig Brandsema")
	b.at("2026-05-11")
	b.answer("Hedwig Brandsema", first, complaint.HowEmail)
	b.at("2026-05-12")
	b.close("Jorien Tasselaar", first)
	second := mail(b, "2026-06-22 09:00")
	b.must(b.Office.Link(b.t.Context(), b.who("Jorien Tasselaar"), second, b.view("Jorien Tasselaar", first.Dossier).Number, complaint.FollowUpOf))
	b.forward("Jorien Tasselaar", second, "Scholing", "Hedwig Brandsema")
	b.must(b.Office.StepAside(b.t.Context(), b.who("Hedwig Brandsema"), second, "Ik beantwoordde de eerste."))
	b.forward("Jorien Tasselaar", second, "Scholing", "Ankie Verloop")
	b.at("2026-07-03")
	b.answer("Ankie Verloop", second, complaint.HowEmail)
	b.at("2026-07-06")
	b.close("Jorien Tasselaar", second)
	return map[string]string{"klacht 1": first.Dossier, "klacht 2": second.Dossier}
}

func afterMidnight(b bench) map[string]string {
	two := mail(b, "2026-03-29 00:30")
	b.at("2026-03-30")
	b.forward("Jorien Tasselaar", two, "Scholing", "Hedwig Brandsema")
	b.at("2026-04-10")
	b.answer("Hedwig Brandsema", two, complaint.HowEmail)
	b.at("2026-04-13")
	b.close("Jorien Tasselaar", two)
	one := mail(b, "2026-10-24 00:30")
	b.at("2026-10-26")
	b.forward("Jorien Tasselaar", one, "Scholing", "Hedwig Brandsema")
	b.at("2026-11-07 11:00")
	b.answer("Hedwig Brandsema", one, complaint.HowEmail)
	b.at("2026-11-09")
	b.close("Jorien Tasselaar", one)
	return map[string]string{"klacht 1": one.Dossier, "klacht 2": two.Dossier}
}

// pinnedVersion: a new version of the same procedure comes into force while a
// complaint runs; each keeps the one of its day.
func pinnedVersion(b bench) map[string]string {
	var six string
	for _, f := range procedure.Shipped() {
		if strings.HasPrefix(f.Name, "lsr-6-weken") {
			six = string(f.Text)
		}
	}
	six = strings.Replace(six, "id: lsr-6-weken", "id: lsr-14-dagen", 1)
	lines := strings.Split(six, "\n")
	for i, line := range lines {
		if strings.HasPrefix(line, "version:") {
			lines[i] = `version: "2"`
		}
		if strings.HasPrefix(line, "valid_from:") {
			lines[i] = "valid_from: 2026-07-01"
		}
	}
	b.must(b.AddProcedure(b.t.Context(), []byte(strings.Join(lines, "\n")), "test"))
	one := mail(b, "2026-06-30 22:50")
	two := mail(b, "2026-07-01 00:10")
	b.at("2026-07-02")
	b.forward("Jorien Tasselaar", one, "Scholing", "Hedwig Brandsema")
	b.forward("Jorien Tasselaar", two, "Scholing", "Hedwig Brandsema")
	b.at("2026-07-14")
	b.answer("Hedwig Brandsema", one, complaint.HowEmail)
	b.close("Jorien Tasselaar", one)
	b.at("2026-08-07")
	b.answer("Hedwig Brandsema", two, complaint.HowEmail)
	b.at("2026-08-10")
	b.close("Jorien Tasselaar", two)
	return map[string]string{"klacht 1": one.Dossier, "klacht 2": two.Dossier}
}
