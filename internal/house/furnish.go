package house

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/office"
	"gehoor/internal/record"
)

// furnisher plays the staff of the invented organisation. Everything it does goes
// through the tasks, at the moment the clock shows.
type furnisher struct {
	house *House
	ctx   context.Context
	dice  *rand.Rand // seeded: every furnished house tells the same stories
	today calendar.Date
	turn  int // how many complaints came in so far
	// current is the dossier of this play: its letters are posted on the day they are made.
	current string
	fault   error // of posting
	staff   map[string]complaint.Person
	depts   map[string]record.Department
}

// Furnish fills an empty house with an invented organisation: staff in every role and
// some sixty dossiers over three years in every state. progress, when not nil, is told
// how many of how many are done. Afterwards the clock shows what it showed before.
func (h *House) Furnish(ctx context.Context, progress func(done, all int)) (err error) {
	now := h.Clock.Now().In(h.Zone)
	if err := h.FurnishPeople(ctx); err != nil {
		return fmt.Errorf("house: furnish people: %w", err)
	}
	f := &furnisher{house: h, ctx: ctx, dice: rand.New(rand.NewPCG(14, 14)), today: calendar.Of(now)}
	if err := f.meetStaff(); err != nil {
		return err
	}
	set := h.Clock.freeze()
	defer h.Clock.Set(set)
	plays := plays()
	for i, p := range plays {
		if err := p.play(f, f.today.AddDays(-p.ago)); err != nil {
			return fmt.Errorf("house: furnish dossier %d (%s): %w", i+1, p.name, err)
		}
		if p.ago > 1 { // yesterday's and today's post still lies there
			f.post()
		}
		if f.current = ""; f.fault != nil {
			return fmt.Errorf("house: post letters of dossier %d (%s): %w", i+1, p.name, f.fault)
		}
		if progress != nil {
			progress(i+1, len(plays))
		}
	}
	if err := f.callKept(); err != nil {
		return fmt.Errorf("house: furnish a kept call: %w", err)
	}
	if err := f.cards(); err != nil {
		return fmt.Errorf("house: furnish call-back cards: %w", err)
	}
	if err := f.mails(); err != nil {
		return fmt.Errorf("house: furnish mail: %w", err)
	}
	if err := f.forms(); err != nil {
		return fmt.Errorf("house: furnish forms: %w", err)
	}
	h.Clock.Set(now)
	if err := h.FurnishDays(ctx); err != nil {
		return fmt.Errorf("house: furnish days off: %w", err)
	}
	_, err = h.Office.Wake(ctx)
	return err
}

// freeze gives what the clock was set at: zero when it runs.
func (c *Clock) freeze() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.set
}

func (f *furnisher) meetStaff() error {
	staff, err := f.house.Store.Staff(f.ctx)
	if err != nil {
		return err
	}
	f.staff = map[string]complaint.Person{}
	for _, s := range staff {
		f.staff[s.Name] = s.Person()
	}
	departments, err := f.house.Store.Departments(f.ctx)
	f.depts = map[string]record.Department{}
	for _, d := range departments {
		f.depts[d.Name] = d
	}
	return err
}

// post records that the letters of this play went out today; an answer has a task of
// its own for that.
func (f *furnisher) post() {
	if f.current == "" || f.fault != nil {
		return
	}
	letters, err := f.house.Store.Letters(f.ctx, f.current)
	for _, l := range letters {
		if err != nil {
			break
		}
		if l.Channel == complaint.HowPost && l.Final == nil && (l.Kind == record.Answer) == !l.SentOn.IsZero() { // what is posted was printed, which opens the name
			if _, err = f.house.Office.PrintLetter(f.ctx, f.staff["Jorien Tasselaar"], l.ID); err != nil {
				break
			}
		}
		if l.SentOn.IsZero() && l.Kind != record.Answer {
			err = f.house.Office.LetterWentOut(f.ctx, f.staff["Jorien Tasselaar"], office.Form{Dossier: f.current}, l.ID, f.house.Office.Today())
		}
	}
	f.fault = err
}

// at sets the clock to a day and hour; never later than the furnished today. What was
// made until then is posted first.
func (f *furnisher) at(day calendar.Date, hour int) calendar.Date {
	f.post()
	if day.After(f.today) {
		day = f.today
	}
	y, m, d := day.Date()
	f.house.Clock.Set(time.Date(y, m, d, hour, f.dice.IntN(60), 0, 0, f.house.Zone))
	return day
}

// working gives the first working day on or after day.
func (f *furnisher) working(day calendar.Date) calendar.Date {
	return calendar.New(calendar.House).OnOrAfter(day)
}

func (f *furnisher) helpdesk() complaint.Person {
	if f.turn%2 == 0 {
		return f.staff["Jorien Tasselaar"]
	}
	return f.staff["Pim Haverdonk"]
}

// next gives the next story and who tells it.
func (f *furnisher) next() (story, somebody) {
	f.turn++
	return stories[f.turn%len(stories)], somebodies[(f.turn*7)%len(somebodies)]
}

// newcomer makes an intake of the next story.
func (f *furnisher) newcomer(channel complaint.Channel, day calendar.Date) (office.Intake, story, error) {
	s, who := f.next()
	f.at(day, 10)
	draft, err := f.house.Office.Begin()
	in := office.Intake{Draft: draft, Receipt: complaint.Receipt{
		Channel: channel, ReceivedOn: day, Title: s.title, Description: s.text, DesiredOutcome: s.wish,
		Subjects: []complaint.SubjectKind{s.subject}, Department: f.depts[s.department].ID, Member: who.member, Level: complaint.Confidential,
	}, Identity: record.Identity{
		Name: who.name, Salutation: who.salutation, Street: who.street, House: who.house, Postcode: who.postcode, Town: who.town,
		Phone: who.phone, Email: who.email,
	}}
	if s.subject == complaint.AboutEmployee {
		in.Talk = complaint.Talk{Choice: complaint.RatherNot}
		in.ConcernedN = "een trainer"
	}
	return in, s, err
}

// letter takes a letter or copied e-mail in and gives the form for the next task.
func (f *furnisher) letter(channel complaint.Channel, day calendar.Date) (office.Form, error) {
	in, _, err := f.newcomer(channel, day)
	if err != nil {
		return office.Form{}, err
	}
	got, err := f.house.Office.Receive(f.ctx, f.helpdesk(), office.Form{}, in)
	f.current = got.Dossier
	return office.Form{Dossier: got.Dossier}, err
}

// call takes a telephone complaint in and sends its text: by e-mail when the caller
// has it, else on paper.
func (f *furnisher) call(day calendar.Date) (office.Form, error) {
	in, _, err := f.newcomer(complaint.Phone, day)
	if err != nil {
		return office.Form{}, err
	}
	in.Send = &complaint.Sending{How: complaint.HowEmail}
	if in.Identity.Email == "" {
		in.Send.How = complaint.HowPaper
	}
	got, err := f.house.Office.Receive(f.ctx, f.helpdesk(), office.Form{}, in)
	f.current = got.Dossier
	return office.Form{Dossier: got.Dossier}, err
}

// said records the caller's yes on a day.
func (f *furnisher) said(form office.Form, day calendar.Date) error {
	day = f.at(f.working(day), 9)
	d, err := f.dossier(form)
	if err != nil {
		return err
	}
	c := complaint.Confirmation{How: complaint.HowReply, On: day, By: complaint.CallerConfirms, Said: "Ja, dit klopt."}
	if d.SentHow == complaint.HowPaper {
		c.How, c.Said = complaint.HowSlip, ""
	}
	return f.house.Office.Confirm(f.ctx, f.helpdesk(), form, c)
}

func (f *furnisher) dossier(form office.Form) (record.Dossier, error) {
	return f.house.Store.Dossier(f.ctx, form.Dossier, complaint.Sight{All: true})
}

// forward sends a filed complaint to its department's manager, who is given back.
func (f *furnisher) forward(form office.Form, day calendar.Date) (complaint.Person, error) {
	f.at(f.working(day), 11)
	d, err := f.dossier(form)
	if err != nil {
		return complaint.Person{}, err
	}
	for _, dept := range f.depts {
		if dept.ID == d.Department {
			err := f.house.Office.Forward(f.ctx, f.helpdesk(), form, complaint.Forwarding{Department: dept.ID, Handler: dept.Manager}, false)
			return f.person(dept.Manager), err
		}
	}
	return complaint.Person{}, fmt.Errorf("no department %q", d.Department)
}

func (f *furnisher) person(id complaint.Actor) complaint.Person {
	for _, p := range f.staff {
		if p.ID == id {
			return p
		}
	}
	return complaint.Person{}
}

// answer releases and sends the answer on a day.
func (f *furnisher) answer(form office.Form, handler complaint.Person, day calendar.Date) error {
	day = f.at(day, 15)
	if err := f.release(form, handler); err != nil {
		return err
	}
	return f.house.Office.SendAnswer(f.ctx, handler, form, complaint.Dispatch{On: day})
}

func (f *furnisher) release(form office.Form, handler complaint.Person) error {
	d, err := f.dossier(form)
	if err != nil {
		return err
	}
	reply := complaint.Reply{AnswerText: complaint.AnswerText{
		Points:   "U heeft gelijk. Dit is niet goed gegaan. Wij hadden het u eerder moeten zeggen. Dat spijt ons.",
		Outcome:  "Wij doen wat u vraagt. Wij bellen u deze maand voor een afspraak.",
		Measures: "De planner belt voortaan iedereen als iets niet doorgaat.",
	}, How: complaint.HowPost, Action: "Gebeld met de klager, excuses gemaakt en de planning aangepast."}
	if d.Level == complaint.Nameless {
		reply.How = complaint.HowGeneral
	}
	if d.NeedsHearing() {
		reply.Unheard = "De trainer werkt hier niet meer."
	}
	return f.house.Office.Answer(f.ctx, handler, form, reply)
}

// closing settles an answered complaint.
func (f *furnisher) closing(form office.Form, day calendar.Date) error {
	day = f.at(f.working(day), 16)
	return f.house.Office.Close(f.ctx, f.helpdesk(), form, complaint.Closing{On: day, Explanation: "De klager wilde dit niet zeggen."})
}
