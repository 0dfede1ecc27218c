package complaint

// MayFollow reports whether number and code open the page of this complaint. They were the
// complainant's: whoever goes on after a death calls.
func (d Dossier) MayFollow() bool { return d.State != InError && d.DiedOn.IsZero() }

// toldKinds are the events that the complainant reads on their own page. What is not
// here is ours: notes, signals, who was asked, and whom the complaint is about.
var toldKinds = map[Kind]bool{
	Received: true, CorrectionAsked: true, Confirmed: true, Forwarded: true, ExtensionAsked: true, ExtensionSettled: true,
	ExtensionDisputed: true, Answered: true, Closed: true, Withdrawn: true, WithdrawalDisputed: true, PassedOn: true, NotAccepted: true,
	Resolved: true, Unconfirmed: true, LetterSent: true, CodeReplaced: true, LevelChanged: true, IdentityChanged: true,
	AttachmentAdded: true, ContactMade: true,
}

// ForComplainant gives what the complainant reads of an event; false when it is not theirs
// to read. Names of staff, texts of staff, and who did it are left out.
func (e Event) ForComplainant() (Event, bool) {
	o := e.Open
	switch {
	case !toldKinds[e.Kind],
		e.Kind == LetterSent && (Paper{Kind: o.Letter}).ToSomebodyElse(),
		e.Kind == AttachmentAdded && !e.Actor.IsOutside(),
		e.Kind == ContactMade && !e.isTheirMessage() && !e.isOnPage():
		return Event{}, false
	}
	told := Event{Kind: e.Kind, Version: e.Version, At: e.At, Sealed: Sealed{}}
	if e.Actor.IsOutside() {
		told.Actor = e.Actor
	}
	told.Open = Open{Channel: o.Channel, How: o.How, Outcome: o.Outcome, Letter: o.Letter, Level: o.Level, On: o.On, ReceivedOn: o.ReceivedOn,
		DueOn: o.DueOn, ProposedOn: o.ProposedOn, Record: o.Record}
	if e.Kind == ExtensionAsked { // it stands in the letter to them
		told.Sealed[Explanation] = e.Sealed[Explanation]
	}
	if e.IsTheirs() || e.isOnPage() {
		told.Sealed[Text], told.Sealed[Name] = e.Sealed[Text], e.Sealed[Name]
	}
	return told, true
}

// isTheirMessage reports whether the complainant wrote it on their own page. A mail that the
// helpdesk put with the dossier may be a colleague's, or of the employee concerned, with
// names in it: nothing says that it is theirs, so the page does not tell of it.
func (e Event) isTheirMessage() bool {
	o := e.Open.Outcome
	return e.Kind == ContactMade && e.Actor == ByComplainant && (o == ContactWritten || o == ContactSolved || o == ContactUnsolved)
}

// isOnPage reports whether somebody of ours wrote it to be read on the complainant's page.
func (e Event) isOnPage() bool {
	return e.Kind == ContactMade && e.Open.How == HowPage && e.Open.Outcome == "" && !e.Actor.IsOutside()
}

// IsTheirs reports whether the complainant did or said it, however it reached us.
func (e Event) IsTheirs() bool {
	switch e.Kind {
	case Confirmed, CorrectionAsked, Withdrawn, Resolved, ExtensionDisputed, WithdrawalDisputed:
		return true
	case ExtensionSettled:
		return e.Open.Outcome != NoneYet && e.Open.Outcome != Notified
	}
	return e.Actor.IsOutside() || e.Kind == ContactMade && e.Open.Outcome == ContactWritten
}

// What the complainant says after the end, when the procedure asks whether it was solved.
const (
	ContactSolved   = "solved"
	ContactUnsolved = "not_solved"
)

// SaySolved records whether the complainant finds it solved.
func (d Dossier) SaySolved(solved bool, said string, s Scene) ([]Event, error) {
	if d.State != IsClosed || !s.Rules.FollowUp {
		return nil, refused("refused.not_now")
	}
	outcome := ContactUnsolved
	if solved {
		outcome = ContactSolved
	}
	var m Mistakes
	sealed := Sealed{Text: m.required("said", said, MaxText)}
	return number(d, s.event(ContactMade, Open{On: s.Today(), How: HowPage, Outcome: outcome}, sealed)), m.Err()
}
