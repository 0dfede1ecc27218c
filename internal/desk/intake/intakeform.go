package intake

import (
	"errors"
	"slices"
	"strings"

	"gehoor/internal/complaint"
	"gehoor/internal/desk/frame"
	"gehoor/internal/office"
	"gehoor/internal/page"
	"gehoor/internal/record"
)

// For whom somebody telephones.
const (
	forSelf  = "self"
	forOther = "other"
)

// The fields of the forms carry the names that the law gives them in its mistakes, so
// that each mistake finds its field. They stand here in the order of the forms, for
// the summary on top.
var intakeFields = []string{
	"received_on", "reached_on", "first_heard", "their_ref",
	"description", "desired_outcome", "title",
	"subject", "talk", "talk_back_on", "concerned_staff", "concerned", "category", "department",
	"for_whom", "caller_name", "caller_relation", "caller_phone", "caller_knows", "caller_may_call",
	"level", "kind", "name", "organisation", "others", "salutation", "postcode", "house", "street", "town", "country", "phone", "email", "unknown", "member", "member_number",
	"way", "point_size", "not_before", "language", "tell_later", "copy",
	"how", "reader_name", "reader_relation", "reader_email", "consent",
	"file", "hand_to", "hand_reason",
}

// mistakes lists what is wrong, for the summary.
func (s *intakeSheet) mistakes() []page.FieldError { return s.wrong.List(intakeFields, s.label) }

// take adds what the law says is wrong, each at the field where this form asks for it.
func (s *intakeSheet) take(err error) error {
	var many complaint.Mistakes
	if !errors.As(err, &many) {
		return err
	}
	for _, m := range many {
		field := m.Field
		switch {
		case m.Key == "error.hand_over_instead":
			field = "concerned_staff"
		case m.Field == "hand_to" || m.Field == "to":
			field = "hand_to"
		case m.Key == "error.no_email" && s.typed.Text("how") == complaint.HowReader:
			field = "reader_email"
		}
		s.wrong.Add(field, s.voice.Say(m.Key, m.Args...))
	}
	return nil
}

// label is the question of a field; a form may ask it in its own words.
func (s *intakeSheet) label(name string) string { return s.voice.Say(s.keyOf(name)) }

func (s *intakeSheet) keyOf(name string) string {
	if own := "intake." + string(s.channel) + "." + name; s.voice.Has(own) {
		return own
	}
	return "intake." + name
}

// field is a question with what was typed and what is wrong with it.
func (s *intakeSheet) field(name string) page.Field {
	f := page.Field{Name: name, Label: s.label(name), Value: s.typed.Raw(name), Error: s.wrong[name]}
	for _, key := range []string{s.keyOf(name) + ".hint", "intake." + name + ".hint"} {
		if s.voice.Has(key) {
			f.Hint = s.voice.Say(key)
			break
		}
	}
	return f
}

// sized is a field with a width.
func (s *intakeSheet) sized(name string, w page.Width) page.Field {
	f := s.field(name)
	f.Width = w
	return f
}

// kind is a field for one kind of text, such as tel or email.
func (s *intakeSheet) kind(name, kind string) page.Field {
	f := s.sized(name, page.Width20)
	f.Type = kind
	return f
}

// said is a longer text in somebody else's words.
func (s *intakeSheet) said(name string, rows int) page.Field {
	f := s.field(name)
	f.Voice, f.Rows = true, rows
	return f
}

// lines is a field of some lines, one answer on each.
func (s *intakeSheet) lines(name string, rows int) page.Field {
	f := s.field(name)
	f.Rows = rows
	return f
}

// day is a date up to today.
func (s *intakeSheet) day(name string) page.Field {
	f := s.field(name)
	f.Max = s.today.String()
	return f
}

// tick is a statement that may be true.
func (s *intakeSheet) tick(name string) page.Field {
	f := s.field(name)
	f.Value, f.Checked = "ja", s.typed.Ticked(name, "")
	return f
}

// choice is a question with the answers given by their codes.
func (s *intakeSheet) choice(name string, codes ...string) page.Field {
	f := s.field(name)
	for _, code := range codes {
		o := page.Option{Value: code, Label: s.voice.Say("intake." + name + "." + code)}
		if key := "intake." + name + "." + code + ".hint"; s.voice.Has(key) {
			o.Hint = s.voice.Say(key)
		}
		f.Options = append(f.Options, o)
	}
	return f
}

// inline is a choice with its answers side by side.
func (s *intakeSheet) inline(name string, codes ...string) page.Field {
	f := s.choice(name, codes...)
	f.Inline = true
	return f
}

// list is a choice from a list.
func (s *intakeSheet) list(name string, options []page.Option) page.Field {
	f := s.sized(name, page.Width20)
	f.Options = options
	return f
}

// categories are those of every kind of subject, with the kind before each.
func (s *intakeSheet) categories() []page.Option {
	list := []page.Option{{Label: s.voice.Say("intake.later")}}
	for _, subject := range s.rules.Subjects {
		for _, c := range subject.Categories {
			list = append(list, page.Option{Value: c.Code, Label: s.voice.Say("intake.subject."+string(subject.Kind)) + ": " + s.voice.Label(c.Label)})
		}
	}
	return list
}

// levels are the levels of anonymity that this channel can have. On the telephone
// there is always somebody to confirm the text.
func (s *intakeSheet) levels() []string {
	levels := []string{string(complaint.Confidential), string(complaint.OpenName)}
	if s.rules.Anonymity.Nameless && s.channel != complaint.Phone {
		levels = append(levels, string(complaint.Nameless))
	}
	return levels
}

// intake reads the form into what the office takes in. Questions that were not shown,
// because of another answer, do not count.
func (s *intakeSheet) intake() office.Intake {
	in := office.Intake{Draft: s.draft, Card: s.typed.Text(cardField), Receipt: s.receipt(), Identity: s.identity()}
	for _, f := range s.files {
		in.Files = append(in.Files, f.ID)
	}
	if s.source != nil {
		in.SameSource = s.source.ID
	}
	if s.typed.Text("doe") == handOver {
		in.HandTo, in.HandReason = complaint.Actor(s.typed.Text("hand_to")), s.typed.Text("hand_reason")
		if in.HandTo == "" {
			s.wrong.Add("hand_to", s.voice.Say("error.choose_colleague"))
		}
		s.unsaid(&in)
	}
	if slices.Contains(in.Subjects, complaint.AboutEmployee) {
		s.employee(&in)
	}
	if s.channel == complaint.Phone && s.typed.Text("doe") == sendNow {
		if !s.typed.Has("description") {
			s.wrong.Add("description", s.voice.Say("error.required"))
		}
		if !s.readsAloud() {
			in.Send = &complaint.Sending{How: s.typed.Text("how")}
		}
	}
	return in
}

func (s *intakeSheet) receipt() complaint.Receipt {
	t := s.typed
	r := complaint.Receipt{
		Channel:    s.channel,
		ReceivedOn: frame.Date(s.voice, t.Text("received_on"), "received_on", s.wrong),
		ReachedOn:  frame.Date(s.voice, t.Text("reached_on"), "reached_on", s.wrong),
		FirstHeard: t.Text("first_heard"),
		Title:      t.Text("title"), Description: t.Text("description"), DesiredOutcome: t.Text("desired_outcome"),
		Category: t.Text("category"), Department: t.Text("department"),
		Member: complaint.Member(t.Text("member")), Level: complaint.Level(t.Text("level")),
	}
	if r.Department != "" && !s.hasDepartment(r.Department) {
		s.wrong.Add("department", s.voice.Say("error.unknown_choice"))
	}
	for _, kind := range t.All("subject") {
		r.Subjects = append(r.Subjects, complaint.SubjectKind(kind))
	}
	return r
}

// employee adds who is concerned, and the advice to talk first.
func (s *intakeSheet) employee(in *office.Intake) {
	in.ConcernedN = s.typed.Text("concerned")
	if id := complaint.Actor(s.typed.Text("concerned_staff")); id != "" {
		if !s.names.Staff[id].Active {
			s.wrong.Add("concerned_staff", s.voice.Say("error.unknown_choice"))
		}
		in.ConcernedStaff = []complaint.Actor{id}
	}
	if s.rules.TalkFirst {
		in.Talk.Choice = s.typed.Text("talk")
	}
	if in.Talk.Choice == complaint.WillTalk {
		in.Talk.BackOn = frame.Date(s.voice, s.typed.Text("talk_back_on"), "talk_back_on", s.wrong)
	}
}

func (s *intakeSheet) identity() record.Identity {
	t := s.typed
	i := record.Identity{
		Kind: oneOrNone(t.Text("kind"), []string{record.Group, record.Firm}), Others: t.Text("others"),
		Name: t.Text("name"), Salutation: t.Text("salutation"), Organisation: t.Text("organisation"), TheirRef: t.Text("their_ref"),
		MemberNumber: t.Text("member_number"), Street: t.Text("street"), House: t.Text("house"), Postcode: t.Text("postcode"),
		Town: t.Text("town"), Country: foreign(t.Text("country")), Phone: t.Text("phone"), Email: t.Text("email"), Unknown: t.Text("unknown"),
		Way: oneOrNone(t.Text("way"), waysOfContact), PointSize: frame.Number(t.Text("point_size")), NotBefore: t.Text("not_before"),
		TellLater: t.Ticked("tell_later", ""), Language: oneOrNone(t.Text("language"), letterLanguages), Copy: oneOrNone(t.Text("copy"), t.All(ccField)),
	}
	if s.channel != complaint.Phone {
		return i
	}
	if t.Text("for_whom") == forOther {
		i.Caller = record.Caller{Name: t.Text("caller_name"), Relation: t.Text("caller_relation"), Phone: t.Text("caller_phone"),
			Knows: t.Ticked("caller_knows", ""), MayCall: t.Ticked("caller_may_call", "")}
	}
	if t.Text("how") == complaint.HowReader {
		i.Reader = record.Reader{Name: t.Text("reader_name"), Relation: t.Text("reader_relation"), Email: t.Text("reader_email"),
			Consent: t.Ticked("consent", "")}
	}
	return i
}

// The ways of contact and the languages of letters that can be asked for.
var (
	waysOfContact   = []string{"email", "letter", "phone"}
	letterLanguages = []string{"nl", "en"}
)

// oneOrNone gives the answer when it is one of ours.
func oneOrNone(answer string, ours []string) string {
	if slices.Contains(ours, answer) {
		return answer
	}
	return ""
}

// foreign leaves the country out when it is this one, however it is written.
func foreign(country string) string {
	switch strings.ToLower(strings.TrimSpace(country)) {
	case "nederland", "nl", "the netherlands", "netherlands", "holland":
		return ""
	}
	return country
}

// secondKey says what comes from the first dossier. The scans stay with a complaint that
// somebody may not see.
func (s *intakeSheet) secondKey() string {
	if len(s.source.Barred) > 0 {
		return "intake.second.scans_stay"
	}
	return "intake.second"
}

// unsaid fills in what nobody should have to think up about a complaint about themselves:
// the colleague gives it its title.
func (s *intakeSheet) unsaid(in *office.Intake) {
	if in.Title == "" {
		in.Title = s.voice.Say("intake.handed_title")
	}
	if len(in.Subjects) == 0 {
		in.Subjects = []complaint.SubjectKind{complaint.AboutEmployee}
	}
}
