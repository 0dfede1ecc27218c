package dossier

import (
	"context"

	"github.com/a-h/templ"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/desk/frame"
	"gehoor/internal/office"
	"gehoor/internal/page"
	"gehoor/internal/record"
)

// extendForms are about a later date: proposing it, and what the complainant says.
func extendForms() []*taskForm {
	return []*taskForm{
		{path: "uitstel", task: complaint.TaskExtend, ask: askLaterDate, do: extend, beside: besideLaterDate, prepare: waysFor(record.ExtensionProposed)},
		{path: "uitstel-antwoord", task: complaint.TaskSettle, ask: askSettlement, do: settle, beside: besideSettlement},
	}
}

// askLaterDate asks why, until when, and how the complainant was told. For illness and
// holiday it first asks whether somebody else can do it.
func askLaterDate(s *sheet) []templ.Component {
	reasons := choices(s.voice, s.view.Rules.Extension.Reasons)
	for i, r := range reasons {
		if key := "extend.first." + r.Value; s.voice.Has(key) {
			reasons[i].Reveal = page.Prose(s.voice.Say(key))
		}
	}
	return []templ.Component{
		s.radios("reason", "", reasons),
		s.area("explanation", ""),
		s.date("date", calendar.Date{}, frame.Between(s.firstLater(), calendar.Date{}), frame.Hint(s.voice.Say("extend.now", "Due", s.voice.LongDate(s.view.DueOn)))),
		s.wayOut("", []string{complaint.HowPost, complaint.HowEmail, complaint.HowPhone}, frame.InOneRow),
		s.date("on", s.view.Today, frame.Between(s.view.FiledOn, s.view.Today)),
	}
}

// firstLater is the first date that may be proposed.
func (s *sheet) firstLater() calendar.Date {
	if next := s.view.DueOn.AddDays(1); next.After(s.view.Today) {
		return next
	}
	return s.view.Today
}

func extend(s *sheet) deed {
	p := complaint.Proposal{Reason: s.typed.Text("reason"), Explanation: s.typed.Text("explanation"), On: s.day("on"),
		How: s.typed.Text("how"), Date: s.day("date")}
	return func(ctx context.Context, o *office.Office) error { return o.Extend(ctx, s.who, s.form(), p) }
}

// besideLaterDate draws the term as it would become.
func besideLaterDate(_ context.Context, _ *office.Office, s *sheet) (templ.Component, error) {
	later, err := calendar.Parse(s.typed.Text("date"))
	if err != nil || !later.After(s.view.DueOn) {
		later = calendar.Date{}
	}
	return laterTerm(s, later), nil
}

// laterPairs says in words what the term would be.
func (s *sheet) laterPairs(later calendar.Date) []page.Pair {
	pairs := []page.Pair{{Term: s.voice.Say("extend.first_date"), Value: s.voice.WeekdayDate(s.view.OriginalDueOn)}}
	if s.view.DueOn != s.view.OriginalDueOn {
		pairs = append(pairs, page.Pair{Term: s.voice.Say("extend.agreed_date"), Value: s.voice.WeekdayDate(s.view.DueOn)})
	}
	if later.IsZero() {
		return pairs
	}
	counts := "extend.counts_agreed"
	if s.view.IsOverdue(s.view.Today) {
		counts = "extend.counts_late"
	}
	return append(pairs,
		page.Pair{Term: s.voice.Say("extend.new_date"), Value: frame.JoinLines(s.voice.WeekdayDate(later), s.voice.Count("extend.more_days", s.view.DueOn.DaysUntil(later)))},
		page.Pair{Term: s.voice.Say("extend.report"), Value: s.voice.Say(counts)})
}

// askSettlement asks what the complainant said, in their own words.
func askSettlement(s *sheet) []templ.Component {
	answers := s.options("answer", complaint.Agreed, complaint.OtherDate, complaint.RefusedIt, complaint.NoneYet)
	answers = revealing(answers, complaint.OtherDate, s.date("date", calendar.Date{}, frame.Between(s.view.DueOn.AddDays(1), calendar.Date{})))
	return []templ.Component{
		s.radios("answer", "", answers),
		s.date("on", s.view.Today, frame.Between(s.view.Extension.ToldOn, s.view.Today)),
		s.radios("how", "", s.options("how", complaint.HowPhone, complaint.HowEmail, complaint.HowPost), frame.InOneRow),
		s.area("said", "", frame.TheirWords),
	}
}

func settle(s *sheet) deed {
	x := complaint.Settlement{Answer: s.typed.Text("answer"), On: s.day("on"), How: s.typed.Text("how"), Said: s.typed.Text("said")}
	if x.Answer == complaint.OtherDate {
		x.Date = s.day("date")
	}
	return func(ctx context.Context, o *office.Office) error { return o.SettleExtension(ctx, s.who, s.form(), x) }
}

// besideSettlement shows what was proposed and why.
func besideSettlement(_ context.Context, _ *office.Office, s *sheet) (templ.Component, error) {
	return proposed(s), nil
}

// proposalText gives the reason of the running proposal, in the handler's words.
func (s *sheet) proposalText() string {
	for i := len(s.view.Events) - 1; i >= 0; i-- {
		if e := s.view.Events[i]; e.Kind == complaint.ExtensionAsked {
			return told(e, complaint.Explanation)
		}
	}
	return ""
}
