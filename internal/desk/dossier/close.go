package dossier

import (
	"context"
	"slices"
	"strconv"

	"github.com/a-h/templ"

	"gehoor/internal/complaint"
	"gehoor/internal/desk/frame"
	"gehoor/internal/office"
	"gehoor/internal/page"
)

// closeForms settle a complaint: after the answer, or because nobody confirmed it.
func closeForms() []*taskForm {
	return []*taskForm{
		{path: "sluiten", task: complaint.TaskClose, ask: askClosing, do: closeIt, beside: besideClosing},
		{path: "niet-bevestigd", task: complaint.TaskUnconfirmed, danger: true, ask: askUnconfirmed, do: closeUnconfirmed, beside: besideUnconfirmed},
	}
}

// askClosing asks for what the register still lacks, or why it stays empty.
func askClosing(s *sheet) []templ.Component {
	questions := []templ.Component{cameBack(s.voice, s.view), s.date("on", s.view.Today, frame.Between(s.view.AnsweredOn, s.view.Today))}
	if !s.view.ActionTaken {
		questions = append(questions, s.area("action", ""))
	}
	if len(s.lacking()) > 0 {
		questions = append(questions, s.area("explanation", "", frame.Rows(3)))
	}
	return questions
}

// lacking are the items that closing does not fill in by itself.
func (s *sheet) lacking() []complaint.Item {
	return slices.DeleteFunc(s.view.Missing(), func(i complaint.Item) bool { return i == complaint.ItemClosed })
}

func closeIt(s *sheet) deed {
	c := complaint.Closing{On: s.day("on"), Action: s.typed.Text("action"), Explanation: s.typed.Text("explanation")}
	return func(ctx context.Context, o *office.Office) error { return o.Close(ctx, s.who, s.form(), c) }
}

// besideClosing shows the register, and where to fill in what is missing.
func besideClosing(_ context.Context, _ *office.Office, s *sheet) (templ.Component, error) {
	return closingBeside(s), nil
}

// fillIn leads to the forms for what is missing.
func (s *sheet) fillIn() []page.Link {
	var links []page.Link
	missing := s.lacking()
	for _, f := range []struct {
		item complaint.Item
		path string
		task complaint.Task
	}{
		{complaint.ItemIdentity, "gegevens", complaint.TaskIdentity},
		{complaint.ItemMember, "aanvullen", complaint.TaskSupplement},
		{complaint.ItemReceivedBy, "aannemen", complaint.TaskTakeUp},
	} {
		if slices.Contains(missing, f.item) && slices.Contains(s.view.May, f.task) {
			links = append(links, page.Link{Label: s.voice.Say("task." + string(f.task)), Href: frame.DossierPath(s.view.ID) + "/" + f.path})
		}
	}
	return links
}

func askUnconfirmed(s *sheet) []templ.Component {
	return []templ.Component{
		s.date("on", s.view.Today, frame.Between(s.view.ReceivedOn, s.view.Today)),
		s.area("said", ""),
	}
}

func closeUnconfirmed(s *sheet) deed {
	x := complaint.End{On: s.day("on"), Said: s.typed.Text("said")}
	return func(ctx context.Context, o *office.Office) error { return o.CloseUnconfirmed(ctx, s.who, s.form(), x) }
}

func besideUnconfirmed(_ context.Context, _ *office.Office, s *sheet) (templ.Component, error) {
	return waitingList(s), nil
}

// leastWait is the least number of days to wait for a yes, whatever the procedure
// says; the law keeps it.
const leastWait = 21

// waitingItems say what was tried to get a yes.
func waitingItems(s *sheet) []page.Item {
	channels := map[string]bool{}
	for _, how := range s.view.Reminders {
		channels[how] = true
	}
	day := s.view.ReceivedOn.AddDays(max(leastWait, s.view.Rules.Confirmation.CloseAfter))
	items := []page.Item{
		{Label: s.voice.Say("close_unconfirmed.reminders"), Done: len(s.view.Reminders) >= 2,
			Detail: s.voice.Say("close_unconfirmed.sent", "N", strconv.Itoa(len(s.view.Reminders)))},
		{Label: s.voice.Say("close_unconfirmed.other_channel"), Done: len(channels) >= 2},
		{Label: s.voice.Say("close_unconfirmed.waited", "Date", s.voice.WeekdayDate(day)), Done: !s.view.Today.Before(day)},
		{Label: s.voice.Say("close_unconfirmed.last"), Done: !s.view.LastMessageOn.IsZero(), Detail: s.voice.Date(s.view.LastMessageOn)},
	}
	return items
}
