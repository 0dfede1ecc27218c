package dossier

import (
	"context"
	"slices"

	"github.com/a-h/templ"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/desk/frame"
	"gehoor/internal/office"
	"gehoor/internal/page"
)

// noteForms write down what happened beside the course.
func noteForms() []*taskForm {
	return []*taskForm{
		{path: "notitie", task: complaint.TaskNote, ask: askNote, do: note},
		{path: "contact", task: complaint.TaskContact, ask: askContact, do: contact},
		{path: "actie", task: complaint.TaskAct, ask: askAction, do: act},
		{path: "gesprek", task: complaint.TaskTalk, ask: askTalk, do: endTalk},
		{path: "aanvullen", task: complaint.TaskSupplement, ask: askSupplement, do: supplement},
	}
}

func askNote(s *sheet) []templ.Component { return []templ.Component{s.area("text", "", frame.Rows(6))} }

func note(s *sheet) deed {
	text := s.typed.Text("text")
	return func(ctx context.Context, o *office.Office) error { return o.Note(ctx, s.who, s.form(), text) }
}

func askContact(s *sheet) []templ.Component {
	codes := []string{complaint.HowPhone, complaint.HowVoicemail, complaint.HowSpoken, complaint.HowEmail, complaint.HowPost}
	if s.view.HasPage {
		codes = append(codes, complaint.HowPage)
	}
	ways := s.options("how", codes...)
	questions := []templ.Component{s.radios("how", "", ways, frame.InOneRow), s.endedOn(), s.area("text", "", frame.Rows(6))}
	if s.view.State == complaint.Awaiting {
		questions = append(questions, s.tick("reminder", false))
	}
	return questions
}

func contact(s *sheet) deed {
	c := complaint.Contact{On: s.day("on"), How: s.typed.Text("how"), Reminder: s.typed.Ticked("reminder", ""), Text: s.typed.Text("text")}
	return func(ctx context.Context, o *office.Office) error { return o.Contact(ctx, s.who, s.form(), c) }
}

func askAction(s *sheet) []templ.Component {
	return []templ.Component{
		s.area("text", ""),
		s.endedOn(),
		s.line("owner", "", frame.Optional, frame.Narrow),
		s.date("before", calendar.Date{}, frame.Optional),
	}
}

func act(s *sheet) deed {
	a := complaint.Act{On: s.day("on"), Text: s.typed.Text("text"), Owner: s.typed.Text("owner"), Before: s.day("before")}
	return func(ctx context.Context, o *office.Office) error { return o.Act(ctx, s.who, s.form(), a) }
}

func askTalk(s *sheet) []templ.Component {
	return []templ.Component{s.endedOn(), s.area("text", "")}
}

func endTalk(s *sheet) deed {
	on, result := s.day("on"), s.typed.Text("text")
	return func(ctx context.Context, o *office.Office) error { return o.EndTalk(ctx, s.who, s.form(), on, result) }
}

func askSupplement(s *sheet) []templ.Component {
	member := s.options("member", string(complaint.MemberYes), string(complaint.MemberNo), string(complaint.MemberUnknown))
	questions := []templ.Component{s.radios("member", string(s.view.Member), member, frame.InOneRow)}
	if categories := s.categories(); len(categories) > 0 {
		questions = append(questions, s.list("category", s.view.Category, categories, frame.Narrow, frame.Optional))
	}
	return questions
}

// categories are those of what the complaint is about, in the procedure's words.
func (s *sheet) categories() []page.Option {
	var list []complaint.Choice
	for _, r := range s.view.Rules.Subjects {
		if slices.Contains(s.view.Subjects, r.Kind) {
			list = append(list, r.Categories...)
		}
	}
	return choices(s.voice, list)
}

func supplement(s *sheet) deed {
	member, category := complaint.Member(s.typed.Text("member")), s.typed.Text("category")
	if member == "" && category == "" {
		s.wrong.Add("member", "error.choose")
	}
	if category != "" && !slices.ContainsFunc(s.categories(), func(o page.Option) bool { return o.Value == category }) {
		s.wrong.Add("category", "error.category_of_subject")
	}
	return func(ctx context.Context, o *office.Office) error {
		return o.Supplement(ctx, s.who, s.form(), member, category)
	}
}
