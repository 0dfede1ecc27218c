package dossier

import (
	"context"
	"strconv"

	"github.com/a-h/templ"

	"gehoor/internal/complaint"
	"gehoor/internal/desk/frame"
	"gehoor/internal/office"
	"gehoor/internal/page"
)

// confirmForms is the caller's yes: on the slip, in a reply copied in by hand, or
// after reading aloud. After "not confirmed" a late yes opens the dossier again.
func confirmForms() []*taskForm {
	return []*taskForm{{path: "bevestigen", task: complaint.TaskConfirm, ask: askYes, do: confirm, beside: besideYes, field: yesField}}
}

func askYes(s *sheet) []templ.Component {
	ways := s.options("how", complaint.HowSlip, complaint.HowReply, complaint.HowReadAloud)
	ways = revealing(ways, complaint.HowReply, s.area("reply", "", frame.TheirWords), s.tick("harmless", false))
	ways = revealing(ways, complaint.HowReadAloud, askAloud(s))
	return []templ.Component{
		frame.GoField("version", strconv.Itoa(s.view.TextVersion)),
		s.radios("how", "", ways),
		s.radios("by", complaint.CallerConfirms, s.options("by", s.whoConfirms()...), frame.InOneRow),
		s.date("on", s.view.Today, frame.Between(s.view.ReceivedOn, s.view.Today)),
	}
}

// whoConfirms lists who may say yes: a reader only when the text went to one.
func (s *sheet) whoConfirms() []string {
	if s.view.SentHow == complaint.HowReader {
		return []string{complaint.CallerConfirms, complaint.ReaderConfirms, complaint.RepresentativeConfirms}
	}
	return []string{complaint.CallerConfirms, complaint.RepresentativeConfirms}
}

// askAloud asks how the reading aloud was witnessed. Every way has places of its own,
// because the browser sends hidden ones too.
func askAloud(s *sheet) templ.Component {
	ways := s.options("aloud", complaint.Listened, complaint.CalledBack, complaint.Alone)
	ways = revealing(ways, complaint.Listened, s.line("present", "", frame.Narrow), s.tick("asked", false))
	ways = revealing(ways, complaint.CalledBack, s.line("number_back", "", frame.Narrow))
	ways = revealing(ways, complaint.Alone, s.area("said", "", frame.TheirWords), s.line("number_alone", "", frame.Narrow), s.line("moment", "", frame.Narrow))
	return s.radios("aloud", "", ways)
}

// yesField finds the place of a question that is asked in more than one.
func yesField(s *sheet, law string) string {
	reply := s.typed.Text("how") == complaint.HowReply
	alone := s.typed.Text("aloud") == complaint.Alone
	switch {
	case law == "said" && reply:
		return "reply"
	case law == "number" && alone:
		return "number_alone"
	case law == "number":
		return "number_back"
	}
	return law
}

func confirm(s *sheet) deed {
	version, err := strconv.Atoi(s.typed.Text("version"))
	if err != nil {
		version = s.view.TextVersion
	}
	c := complaint.Confirmation{
		How: s.typed.Text("how"), On: s.day("on"), By: s.typed.Text("by"), Version: version,
		Aloud: complaint.Aloud{Way: s.typed.Text("aloud"), Present: s.typed.Text("present"), Asked: s.typed.Ticked("asked", ""), Moment: s.typed.Text("moment")},
	}
	c.Said, c.Aloud.Number = s.typed.Text(yesField(s, "said")), s.typed.Text(yesField(s, "number"))
	c.Harmless = s.typed.Ticked("harmless", "")
	if c.How == complaint.HowSlip {
		c.Said = ""
	}
	if c.How != complaint.HowReadAloud {
		c.Aloud = complaint.Aloud{}
	}
	return func(ctx context.Context, o *office.Office) error { return o.Confirm(ctx, s.who, s.form(), c) }
}

// besideYes shows the text that is confirmed, and warns when it never went out.
func besideYes(_ context.Context, _ *office.Office, s *sheet) (templ.Component, error) {
	var parts []templ.Component
	if s.view.State == complaint.ClosedUnconfirmed {
		parts = append(parts, frame.ParagraphNote(page.NotePlan, s.voice.Say("confirm.late_title"), s.voice.Say("confirm.late")))
	} else if s.view.SentVersion != s.view.TextVersion {
		parts = append(parts, frame.ParagraphNote(page.NoteWarn, "", s.voice.Say("confirm.not_sent")))
	}
	return templ.Join(append(parts, theText(s), page.SayAloud(s.voice, s.voice.Say("confirm.say")))...), nil
}
