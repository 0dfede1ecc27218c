package house_test

import (
	"context"
	"fmt"
	"strings"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/house"
	"gehoor/internal/housetest"
	"gehoor/internal/office"
	"gehoor/internal/record"
)

// story is one complaint of the kill tests. All that is typed follows from N and the
// draft, so that a request that was never answered can be sent again as it was.
type story struct {
	N     int
	Draft office.Draft
	Acked int // how many of its steps were answered with yes
}

// step is one task of a story, and what it writes: the oracle of the kill tests, by hand.
type step struct {
	name    string
	do      func(ctx context.Context, c *crew, s *story, f office.Form) error
	kinds   []complaint.Kind
	letters []record.LetterKind
}

// key is the request key of a step.
func (s *story) key(step int) string { return fmt.Sprintf("chaos-%d-%d", s.N, step) }

// steps gives the course of a story.
func (s *story) steps() []step { return courses[s.N%len(courses)] }

func (s *story) isNameless() bool { return s.N%len(courses) == 3 }
func (s *story) hasFile() bool    { return s.N%len(courses) == 0 }

var courses = [][]step{
	{ // a letter with a file; a later date is agreed
		{"receive", receiveLetter,
			[]complaint.Kind{complaint.Received, complaint.IdentityChanged, complaint.Worded, complaint.Filed, complaint.AttachmentAdded, complaint.LetterMade},
			[]record.LetterKind{record.Acknowledgement}},
		{"forward", forwardQuietly, []complaint.Kind{complaint.Forwarded}, nil},
		{"extend", extend, []complaint.Kind{complaint.ExtensionAsked, complaint.LetterMade}, []record.LetterKind{record.ExtensionProposed}},
		{"agree", agree, []complaint.Kind{complaint.ExtensionSettled, complaint.LetterMade}, []record.LetterKind{record.ExtensionAgreed}},
		{"answer", answer(complaint.HowPost), []complaint.Kind{complaint.ActionTaken, complaint.AnswerReleased, complaint.LetterMade}, []record.LetterKind{record.Answer}},
		{"send", send, []complaint.Kind{complaint.Answered, complaint.LetterSent}, nil},
		{"close", closing, []complaint.Kind{complaint.Closed}, nil},
	},
	{ // a call, confirmed with the slip
		{"receive", receiveCall,
			[]complaint.Kind{complaint.Received, complaint.IdentityChanged, complaint.Worded, complaint.TextSent, complaint.LetterMade},
			[]record.LetterKind{record.ConfirmationText}},
		{"confirm", confirmSlip, []complaint.Kind{complaint.Confirmed, complaint.Filed, complaint.LetterMade}, []record.LetterKind{record.Acknowledgement}},
		{"forward", forwardAndTell, []complaint.Kind{complaint.Forwarded, complaint.LetterMade}, []record.LetterKind{record.PassedToManager}},
		{"answer", answer(complaint.HowPost), []complaint.Kind{complaint.ActionTaken, complaint.AnswerReleased, complaint.LetterMade}, []record.LetterKind{record.Answer}},
		{"send", send, []complaint.Kind{complaint.Answered, complaint.LetterSent}, nil},
		{"close", closing, []complaint.Kind{complaint.Closed}, nil},
	},
	{ // a call, read aloud to one employee; withdrawn
		{"receive", receiveDraft, []complaint.Kind{complaint.Received, complaint.IdentityChanged, complaint.Worded}, nil},
		{"confirm", confirmAloud,
			[]complaint.Kind{complaint.Confirmed, complaint.Filed, complaint.LetterMade, complaint.LetterMade},
			[]record.LetterKind{record.ReadingControl, record.Acknowledgement}},
		{"forward", forwardQuietly, []complaint.Kind{complaint.Forwarded}, nil},
		{"withdraw", withdraw, []complaint.Kind{complaint.Withdrawn, complaint.LetterMade}, []record.LetterKind{record.Withdrawn}},
	},
	{ // a letter without a name
		{"receive", receiveNameless, []complaint.Kind{complaint.Received, complaint.Worded, complaint.Filed}, nil},
		{"forward", forwardQuietly, []complaint.Kind{complaint.Forwarded}, nil},
		{"answer", answer(complaint.HowGeneral), []complaint.Kind{complaint.ActionTaken, complaint.AnswerReleased}, nil},
		{"send", send, []complaint.Kind{complaint.Answered}, nil},
		{"close", closing, []complaint.Kind{complaint.Closed}, nil},
	},
	{ // the form of the counter; whoever forwards it took it in
		{"receive", receiveForm,
			[]complaint.Kind{complaint.Received, complaint.IdentityChanged, complaint.Worded, complaint.Filed, complaint.LetterMade},
			[]record.LetterKind{record.Acknowledgement}},
		{"forward", forwardQuietly, []complaint.Kind{complaint.Supplemented, complaint.Forwarded}, nil},
		{"answer", answer(complaint.HowPost), []complaint.Kind{complaint.ActionTaken, complaint.AnswerReleased, complaint.LetterMade}, []record.LetterKind{record.Answer}},
		{"send", send, []complaint.Kind{complaint.Answered, complaint.LetterSent}, nil},
		{"close", closing, []complaint.Kind{complaint.Closed}, nil},
	},
}

// crew is the staff of the invented organisation, at work in a house.
type crew struct {
	*house.House
	staff map[complaint.Actor]complaint.Person
	desk  []complaint.Person // who work at the helpdesk
	depts []record.Department
	today calendar.Date
}

func newCrew(ctx context.Context, h *house.House) (*crew, error) {
	c := &crew{House: h, staff: map[complaint.Actor]complaint.Person{}, today: calendar.Of(housetest.TestDay.In(h.Zone))}
	staff, err := h.Store.Staff(ctx)
	if err != nil {
		return nil, err
	}
	for _, s := range staff {
		c.staff[s.ID] = s.Person()
		if s.Person().Is(complaint.Helpdesk) {
			c.desk = append(c.desk, s.Person())
		}
	}
	c.depts, err = h.Store.Departments(ctx)
	return c, err
}

func (c *crew) helpdesk(s *story) complaint.Person { return c.desk[s.N%len(c.desk)] }
func (c *crew) dept(s *story) record.Department    { return c.depts[s.N%len(c.depts)] }
func (c *crew) handler(s *story) complaint.Person  { return c.staff[c.dept(s).Manager] }

// begin gives n stories with their drafts, numbered on from first.
func (c *crew) begin(first, n int) ([]*story, error) {
	var list []*story
	for i := range n {
		draft, err := c.Office.Begin()
		if err != nil {
			return nil, err
		}
		list = append(list, &story{N: first + i, Draft: draft})
	}
	return list, nil
}

func (c *crew) intake(s *story, channel complaint.Channel) office.Intake {
	return office.Intake{Draft: s.Draft, Receipt: complaint.Receipt{
		Channel: channel, ReceivedOn: c.today, Title: fmt.Sprintf("Proef nummer %d", s.N),
		Description:    strings.Repeat(fmt.Sprintf("De cursus van groep %d ging niet door. Niemand had ons gebeld. ", s.N), 1+s.N%40),
		DesiredOutcome: "Wij willen het geld voor de taxi terug.", Subjects: []complaint.SubjectKind{complaint.AboutService},
		Department: c.dept(s).ID, Member: complaint.MemberYes, Level: complaint.Confidential,
	}, Identity: record.Identity{
		Name: fmt.Sprintf("Alida Proefpersoon%d", s.N), Salutation: "mevrouw Proefpersoon", Street: "Lindeschans", House: fmt.Sprint(1 + s.N%90),
		Postcode: "4820 GD", Town: "Heulendam", Phone: fmt.Sprintf("06-%08d", s.N%50),
	}}
}

func (c *crew) receive(ctx context.Context, s *story, f office.Form, in office.Intake) error {
	got, err := c.Office.Receive(ctx, c.helpdesk(s), office.Form{Key: f.Key}, in)
	if err == nil && got.Dossier != s.Draft.ID {
		return fmt.Errorf("received dossier %s, not %s", got.Dossier, s.Draft.ID)
	}
	return err
}

// receiveLetter keeps its file anew with every attempt, as a form sent again does.
func receiveLetter(ctx context.Context, c *crew, s *story, f office.Form) error {
	kept, err := c.Office.Keep(ctx, c.helpdesk(s), s.Draft, "brief.txt", strings.NewReader(strings.Repeat("Geachte heer, mevrouw. ", 500)))
	if err != nil {
		return err
	}
	in := c.intake(s, complaint.Post)
	in.Files = []string{kept.ID}
	return c.receive(ctx, s, f, in)
}

func receiveCall(ctx context.Context, c *crew, s *story, f office.Form) error {
	in := c.intake(s, complaint.Phone)
	in.Send = &complaint.Sending{How: complaint.HowPaper}
	return c.receive(ctx, s, f, in)
}

func receiveDraft(ctx context.Context, c *crew, s *story, f office.Form) error {
	return c.receive(ctx, s, f, c.intake(s, complaint.Phone))
}

func receiveNameless(ctx context.Context, c *crew, s *story, f office.Form) error {
	in := c.intake(s, complaint.Post)
	in.Level, in.Identity = complaint.Nameless, record.Identity{}
	return c.receive(ctx, s, f, in)
}

func receiveForm(ctx context.Context, c *crew, s *story, f office.Form) error {
	in := c.intake(s, complaint.Form)
	in.Identity.Way, in.Promise = "letter", &office.Promise{Code: "12345674"}
	_, err := c.Mailroom.HandIn(ctx, complaint.Visitor(), office.Form{Key: f.Key}, in)
	return err
}

func confirmSlip(ctx context.Context, c *crew, s *story, f office.Form) error {
	return c.Office.Confirm(ctx, c.helpdesk(s), f, complaint.Confirmation{How: complaint.HowSlip, On: c.today, By: complaint.CallerConfirms})
}

func confirmAloud(ctx context.Context, c *crew, s *story, f office.Form) error {
	return c.Office.Confirm(ctx, c.helpdesk(s), f, complaint.Confirmation{How: complaint.HowReadAloud, On: c.today, By: complaint.CallerConfirms,
		Said: "Ja, zo is het.", Aloud: complaint.Aloud{Way: complaint.Alone, Moment: "10.40 uur", Number: "06-00000061"}})
}

func (c *crew) forward(ctx context.Context, s *story, f office.Form, tell bool) error {
	return c.Office.Forward(ctx, c.helpdesk(s), f, complaint.Forwarding{Department: c.dept(s).ID, Handler: c.handler(s).ID}, tell)
}

func forwardQuietly(ctx context.Context, c *crew, s *story, f office.Form) error {
	return c.forward(ctx, s, f, false)
}

func forwardAndTell(ctx context.Context, c *crew, s *story, f office.Form) error {
	return c.forward(ctx, s, f, true)
}

func extend(ctx context.Context, c *crew, s *story, f office.Form) error {
	return c.Office.Extend(ctx, c.handler(s), f, complaint.Proposal{Reason: "research_takes_longer",
		Explanation: "Wij willen eerst met de trainer praten.", On: c.today, How: complaint.HowPost, Date: c.today.AddDays(28)})
}

func agree(ctx context.Context, c *crew, s *story, f office.Form) error {
	return c.Office.SettleExtension(ctx, c.handler(s), f, complaint.Settlement{Answer: complaint.Agreed, On: c.today,
		How: complaint.HowPhone, Said: "Dat is goed."})
}

func answer(how string) func(context.Context, *crew, *story, office.Form) error {
	return func(ctx context.Context, c *crew, s *story, f office.Form) error {
		return c.Office.Answer(ctx, c.handler(s), f, complaint.Reply{AnswerText: complaint.AnswerText{
			Points: "U heeft gelijk.", Outcome: "Wij doen wat u vraagt.", Measures: "De planner belt voortaan iedereen.",
		}, How: how, Action: "Gebeld met de klager."})
	}
}

func send(ctx context.Context, c *crew, s *story, f office.Form) error {
	return c.Office.SendAnswer(ctx, c.handler(s), f, complaint.Dispatch{On: c.today})
}

func closing(ctx context.Context, c *crew, s *story, f office.Form) error {
	return c.Office.Close(ctx, c.helpdesk(s), f, complaint.Closing{On: c.today, Explanation: "De klager wilde dit niet zeggen."})
}

func withdraw(ctx context.Context, c *crew, s *story, f office.Form) error {
	return c.Office.Withdraw(ctx, c.helpdesk(s), f, complaint.End{On: c.today, How: complaint.HowPhone, Said: "Het is al opgelost, laat maar."})
}
