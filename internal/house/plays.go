package house

import (
	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/office"
)

// play is one dossier of the furnished house: how long ago it began, and its course.
type play struct {
	name string
	ago  int // days before today
	play func(f *furnisher, day calendar.Date) error
}

// plays gives the course of every dossier: three years of settled ones, and a desk
// full of work in every state.
func plays() []play {
	var all []play
	add := func(name string, course func(*furnisher, calendar.Date) error, ago ...int) {
		for _, a := range ago {
			all = append(all, play{name, a, course})
		}
	}
	add("letter, answered in time", letterAnswered(10), 1080, 1001, 930, 866, 790, 733, 655, 590, 520, 466, 401, 350, 288, 230, 171, 120)
	add("call, confirmed, answered in time", callAnswered(9), 1050, 960, 888, 801, 700, 622, 555, 430, 377, 310, 255, 190, 133, 88)
	add("letter, answered late", letterAnswered(19), 1020, 640, 300, 96)
	add("extension agreed in time", extended(7, 8, 20), 850, 333, 150)
	add("extension agreed too late", extended(16, 18, 25), 480)
	add("withdrawn", withdrawn, 720, 210)
	add("passed on", passedOn, 570)
	add("not accepted", notAccepted, 410)
	add("resolved informally", resolved, 260)
	add("never confirmed", neverConfirmed, 360, 75)
	add("nameless", nameless, 200)
	add("read aloud by one employee", readAloud, 140, 48)
	// The desk of today.
	add("late", inHandling, 24, 17)
	add("due today", inHandling, 14)
	add("due soon", inHandling, 12, 11)
	add("under way", inHandling, 4)
	add("under way, answer begun", answerBegun, 6)
	add("extension asked", extensionAsked, 13)
	add("extension agreed, running", extensionRunning, 18)
	add("answer released, not posted", released, 9)
	add("answered, to close", answered, 10)
	add("filed today", justFiled, 0)
	add("filed yesterday", justFiled, 1)
	add("awaiting confirmation, reminder due", awaiting, 6)
	add("awaiting confirmation", awaiting, 2)
	add("text not sent", drafted, 2)
	add("about a helpdesk employee", aboutColleague, 5)
	add("about an employee, answered and told", employeeTold, 31)
	add("the complainant died", complainantDied, 8)
	return all
}

func letterAnswered(days int) func(*furnisher, calendar.Date) error {
	return func(f *furnisher, day calendar.Date) error {
		day = f.working(day)
		form, err := f.letter([]complaint.Channel{complaint.Post, complaint.Email}[f.turn%2], day)
		if err != nil {
			return err
		}
		return f.course(form, day, days)
	}
}

func callAnswered(days int) func(*furnisher, calendar.Date) error {
	return func(f *furnisher, day calendar.Date) error {
		day = f.working(day)
		form, err := f.call(day)
		if err != nil {
			return err
		}
		if err := f.said(form, day.AddDays(3)); err != nil {
			return err
		}
		return f.course(form, day.AddDays(6), days)
	}
}

// course forwards, answers some days later, and closes.
func (f *furnisher) course(form office.Form, day calendar.Date, days int) error {
	handler, err := f.forward(form, day.AddDays(1))
	if err != nil {
		return err
	}
	if err := f.answer(form, handler, f.working(day.AddDays(days))); err != nil {
		return err
	}
	return f.closing(form, day.AddDays(days+1))
}

// extended tells a later date after told days, agrees on it after agreed days, and
// answers after answered days.
func extended(told, agreed, answered int) func(*furnisher, calendar.Date) error {
	return func(f *furnisher, day calendar.Date) error {
		form, handler, err := f.handled(day)
		if err != nil {
			return err
		}
		if err := f.propose(form, handler, f.at(day.AddDays(told), 11), day.AddDays(28)); err != nil {
			return err
		}
		if err := f.agree(form, handler, f.at(day.AddDays(agreed), 12)); err != nil {
			return err
		}
		if err := f.answer(form, handler, day.AddDays(answered)); err != nil {
			return err
		}
		return f.closing(form, day.AddDays(answered+1))
	}
}

// handled takes a letter in and forwards it the same day.
func (f *furnisher) handled(day calendar.Date) (office.Form, complaint.Person, error) {
	form, err := f.letter([]complaint.Channel{complaint.Email, complaint.Post}[f.turn%2], day)
	if err != nil {
		return form, complaint.Person{}, err
	}
	f.at(day, 14)
	handler, err := f.forward(form, day)
	return form, handler, err
}

func (f *furnisher) propose(form office.Form, handler complaint.Person, on, date calendar.Date) error {
	return f.house.Office.Extend(f.ctx, handler, form, complaint.Proposal{Reason: "research_takes_longer",
		Explanation: "Wij willen eerst met de trainer praten. Die is nu met vakantie.", On: on, How: complaint.HowPost, Date: date})
}

func (f *furnisher) agree(form office.Form, handler complaint.Person, on calendar.Date) error {
	return f.house.Office.SettleExtension(f.ctx, handler, form, complaint.Settlement{Answer: complaint.Agreed, On: on,
		How: complaint.HowPhone, Said: "Dat is goed, als het dan maar wel komt."})
}

func withdrawn(f *furnisher, day calendar.Date) error {
	form, _, err := f.handled(day)
	if err != nil {
		return err
	}
	on := f.at(day.AddDays(4), 13)
	return f.house.Office.Withdraw(f.ctx, f.helpdesk(), form, complaint.End{On: on, How: complaint.HowPhone, Said: "Het is al opgelost, laat maar."})
}

func passedOn(f *furnisher, day calendar.Date) error {
	form, _, err := f.handled(day)
	if err != nil {
		return err
	}
	on := f.at(day.AddDays(3), 13)
	return f.house.Office.PassOn(f.ctx, f.helpdesk(), form, complaint.End{On: on, Agreed: true, Where: "de klachtencommissie van uw zorgorganisatie",
		Said: "Uw klacht gaat over de zorg in uw huis. Daar gaan wij niet over."})
}

func notAccepted(f *furnisher, day calendar.Date) error {
	form, handler, err := f.handled(day)
	if err != nil {
		return err
	}
	on := f.at(day.AddDays(5), 13)
	return f.house.Office.NotAccept(f.ctx, handler, form, complaint.End{On: on, Reason: "not_about_us",
		Said: "Uw klacht gaat over een ander bedrijf. Wij kunnen daar niets aan doen."})
}

func resolved(f *furnisher, day calendar.Date) error {
	form, err := f.call(f.working(day))
	if err != nil {
		return err
	}
	on := f.at(day.AddDays(5), 13)
	return f.house.Office.Resolve(f.ctx, f.helpdesk(), form, complaint.End{On: on, How: complaint.HowPhone, Agreed: true,
		Said: "Wij hebben het samen uitgepraat."})
}

func neverConfirmed(f *furnisher, day calendar.Date) error {
	day = f.working(day)
	form, err := f.call(day)
	if err != nil {
		return err
	}
	d, err := f.dossier(form)
	if err != nil {
		return err
	}
	o := f.house.Office
	f.at(day.AddDays(7), 10)
	if err := o.Remind(f.ctx, f.helpdesk(), form, d.SentHow, false); err != nil {
		return err
	}
	on := f.at(day.AddDays(14), 11)
	if err := o.Contact(f.ctx, f.helpdesk(), form, complaint.Contact{On: on, How: complaint.HowVoicemail, Reminder: true, Text: "Voicemail ingesproken."}); err != nil {
		return err
	}
	on = f.at(day.AddDays(28), 11)
	if err := o.Remind(f.ctx, f.helpdesk(), form, d.SentHow, true); err != nil {
		return err
	}
	return o.CloseUnconfirmed(f.ctx, f.helpdesk(), form, complaint.End{On: on, Said: "Geen reactie na herinnering en telefoon."})
}

// readAloud is confirmed on the telephone, to one employee alone: a control letter
// goes out the same day. The complainant is told who handles it.
func readAloud(f *furnisher, day calendar.Date) error {
	day = f.working(day)
	in, _, err := f.newcomer(complaint.Phone, day)
	if err != nil {
		return err
	}
	o, who := f.house.Office, f.helpdesk()
	got, err := o.Receive(f.ctx, who, office.Form{}, in)
	if err != nil {
		return err
	}
	f.current = got.Dossier
	form := office.Form{Dossier: got.Dossier}
	err = o.Confirm(f.ctx, who, form, complaint.Confirmation{How: complaint.HowReadAloud, On: day, By: complaint.CallerConfirms,
		Said: "Ja, zo is het.", Aloud: complaint.Aloud{Way: complaint.Alone, Moment: "10.40 uur", Number: in.Identity.Phone}})
	if err != nil {
		return err
	}
	dept := f.depts["Scholing"]
	f.at(day, 15)
	if err := o.Forward(f.ctx, who, form, complaint.Forwarding{Department: dept.ID, Handler: dept.Manager}, true); err != nil {
		return err
	}
	if err := f.answer(form, f.person(dept.Manager), f.working(day.AddDays(8))); err != nil {
		return err
	}
	return f.closing(form, day.AddDays(9))
}

func nameless(f *furnisher, day calendar.Date) error {
	day = f.working(day)
	in, _, err := f.newcomer(complaint.Post, day)
	if err != nil {
		return err
	}
	in.Level = complaint.Nameless
	got, err := f.house.Office.Receive(f.ctx, f.helpdesk(), office.Form{}, in)
	if err != nil {
		return err
	}
	f.current = got.Dossier
	return f.course(office.Form{Dossier: got.Dossier}, day, 10)
}

func inHandling(f *furnisher, day calendar.Date) error {
	_, _, err := f.handled(day)
	return err
}

func extensionAsked(f *furnisher, day calendar.Date) error {
	form, handler, err := f.handled(day)
	if err != nil {
		return err
	}
	return f.propose(form, handler, f.at(day.AddDays(10), 11), day.AddDays(28))
}

func extensionRunning(f *furnisher, day calendar.Date) error {
	form, handler, err := f.handled(day)
	if err != nil {
		return err
	}
	if err := f.propose(form, handler, f.at(day.AddDays(9), 11), day.AddDays(32)); err != nil {
		return err
	}
	return f.agree(form, handler, f.at(day.AddDays(11), 11))
}

func released(f *furnisher, day calendar.Date) error {
	form, handler, err := f.handled(day)
	if err != nil {
		return err
	}
	f.at(day.AddDays(8), 15)
	return f.release(form, handler)
}

func answered(f *furnisher, day calendar.Date) error {
	form, handler, err := f.handled(day)
	if err != nil {
		return err
	}
	return f.answer(form, handler, day.AddDays(9))
}

func justFiled(f *furnisher, day calendar.Date) error {
	_, err := f.letter(complaint.Email, day)
	return err
}

func awaiting(f *furnisher, day calendar.Date) error {
	_, err := f.call(day)
	return err
}

func drafted(f *furnisher, day calendar.Date) error {
	in, _, err := f.newcomer(complaint.Phone, day)
	if err != nil {
		return err
	}
	_, err = f.house.Office.Receive(f.ctx, f.helpdesk(), office.Form{}, in)
	return err
}

// aboutColleague is a complaint about Pim of the helpdesk, taken in by Jorien: Pim
// sees nothing of it.
func aboutColleague(f *furnisher, day calendar.Date) error {
	in, _, err := f.newcomer(complaint.Post, day)
	if err != nil {
		return err
	}
	in.Title, in.Description = "Onbeleefd aan de telefoon", "De medewerker aan de telefoon was kortaf en hing op."
	in.Subjects, in.Department = []complaint.SubjectKind{complaint.AboutEmployee}, f.depts["Ledenadvies"].ID
	in.ConcernedStaff = []complaint.Actor{f.staff["Pim Haverdonk"].ID}
	jorien := f.staff["Jorien Tasselaar"]
	got, err := f.house.Office.Receive(f.ctx, jorien, office.Form{}, in)
	if err != nil {
		return err
	}
	f.current = got.Dossier
	f.at(day, 14)
	return f.house.Office.Forward(f.ctx, jorien, office.Form{Dossier: got.Dossier},
		complaint.Forwarding{Department: f.depts["Ledenadvies"].ID, Handler: f.depts["Ledenadvies"].Manager}, false)
}

// employeeTold is a complaint about an employee from beginning to end: put before the
// employee, answered, and the outcome told to both.
func employeeTold(f *furnisher, day calendar.Date) error {
	day = f.working(day)
	in, _, err := f.newcomer(complaint.Email, day)
	if err != nil {
		return err
	}
	in.Title, in.Description = "Onderbroken in het overleg", "De adviseur liet mij in het overleg niet uitpraten."
	in.DesiredOutcome, in.Subjects, in.Department = "Dat hij luistert.", []complaint.SubjectKind{complaint.AboutEmployee}, f.depts["Ledenadvies"].ID
	in.Talk, in.ConcernedN = complaint.Talk{Choice: complaint.RatherNot}, "de adviseur"
	got, err := f.house.Office.Receive(f.ctx, f.helpdesk(), office.Form{}, in)
	if err != nil {
		return err
	}
	f.current = got.Dossier
	form := office.Form{Dossier: got.Dossier}
	handler, err := f.forward(form, day.AddDays(1))
	if err != nil {
		return err
	}
	on := f.at(f.working(day.AddDays(5)), 11)
	if err := f.house.Office.PutBefore(f.ctx, handler, form, complaint.Hearing{On: on, Told: true, Statement: "Een deelnemer kon niet uitpraten.",
		Reaction: "Dat klopt. Er was weinig tijd.", Read: complaint.Agrees}); err != nil {
		return err
	}
	if err := f.answer(form, handler, f.working(day.AddDays(9))); err != nil {
		return err
	}
	if err := f.house.Office.TellEmployee(f.ctx, handler, form, "de adviseur",
		"Wij vinden dat u de klager had moeten laten uitpraten.\n\nVolgende week praten wij over het overleg."); err != nil {
		return err
	}
	return f.closing(form, day.AddDays(12))
}

// complainantDied waits for a relative, who was written to.
func complainantDied(f *furnisher, day calendar.Date) error {
	form, _, err := f.handled(day)
	if err != nil {
		return err
	}
	f.post() // what was made before it was known
	on := f.at(f.working(day.AddDays(4)), 10)
	if err := f.house.Office.Died(f.ctx, f.helpdesk(), form, on, "De dochter belde."); err != nil {
		return err
	}
	return f.house.Office.Condole(f.ctx, f.helpdesk(), form, complaint.Condolence{Deceased: "uw moeder", Name: "Tine Slootweg",
		Greeting: "mevrouw Slootweg", Street: "Kerkpad", House: "3", Postcode: "9999AB", Town: "Voorbeelddorp"})
}
