package dossier

import (
	"context"

	"github.com/a-h/templ"

	"gehoor/internal/complaint"
	"gehoor/internal/desk/frame"
	"gehoor/internal/office"
	"gehoor/internal/record"
)

// saidForms record what the complainant says about name, post and code.
func saidForms() []*taskForm {
	return []*taskForm{
		{path: "naam-noemen", task: complaint.TaskLevel, ask: askLevel, do: changeLevel},
		{path: "contactpersoon", task: complaint.TaskDeputy, ask: askDeputy, do: changeDeputy},
		{path: "nalezer-stoppen", task: complaint.TaskRevokeReader, ask: askStatement, do: revokeReader},
		{path: "nieuwe-code", task: complaint.TaskReplaceCode, danger: true, ask: askCode, do: replaceCode},
	}
}

// askStatement asks when, how and in which words the complainant said it.
func askStatement(s *sheet) []templ.Component {
	return []templ.Component{
		s.date("on", s.view.Today, frame.Between(s.view.ReceivedOn, s.view.Today)),
		s.radios("how", complaint.HowPhone, s.options("how", complaint.HowPhone, complaint.HowPost, complaint.HowEmail), frame.InOneRow),
		s.area("said", "", frame.TheirWords, frame.Rows(3)),
	}
}

// statement reads those answers.
func (s *sheet) statement() complaint.Statement {
	return complaint.Statement{On: s.day("on"), How: s.typed.Text("how"), Said: s.typed.Text("said")}
}

// askLevel proposes the other level: that is what somebody calls about.
func askLevel(s *sheet) []templ.Component {
	other := complaint.OpenName
	if s.view.Level == complaint.OpenName {
		other = complaint.Confidential
	}
	return append([]templ.Component{s.radios("level", string(other), s.options("level", string(complaint.OpenName), string(complaint.Confidential)))}, askStatement(s)...)
}

func changeLevel(s *sheet) deed {
	level, x := complaint.Level(s.typed.Text("level")), s.statement()
	return func(ctx context.Context, o *office.Office) error {
		return o.ChangeLevel(ctx, s.who, s.form(), level, x)
	}
}

// The answer that nobody gets the post for the complainant any more.
const noDeputy = "none"

func askDeputy(s *sheet) []templ.Component {
	kinds := s.options("deputy_kind", record.ContactPerson, record.Representative, noDeputy)
	kinds = revealing(kinds, record.Representative, s.line("deputy_ground", "", frame.Narrow))
	return append([]templ.Component{
		s.radios("deputy_kind", "", kinds),
		s.group("deputy", besides(s.line("deputy_name", "", frame.Optional, frame.Narrow), s.line("deputy_relation", "", frame.Optional, frame.Narrow)),
			s.line("deputy_salutation", "", frame.Optional, frame.Narrow),
			besides(s.line("deputy_postcode", "", frame.Optional, frame.Short), s.line("deputy_house", "", frame.Optional, frame.Short)),
			besides(s.line("deputy_street", "", frame.Optional, frame.Narrow), s.line("deputy_town", "", frame.Optional, frame.Narrow)),
			besides(s.line("deputy_phone", "", frame.Optional, frame.Narrow), s.line("deputy_email", "", frame.Optional, frame.Narrow))),
	}, askStatement(s)...)
}

func changeDeputy(s *sheet) deed {
	x, t := s.statement(), s.typed
	if t.Text("deputy_kind") == noDeputy {
		return func(ctx context.Context, o *office.Office) error { return o.RevokeDeputy(ctx, s.who, s.form(), x) }
	}
	d := record.Deputy{Kind: t.Text("deputy_kind"), Name: t.Text("deputy_name"), Salutation: t.Text("deputy_salutation"), Relation: t.Text("deputy_relation"),
		Street: t.Text("deputy_street"), House: t.Text("deputy_house"), Postcode: t.Text("deputy_postcode"), Town: t.Text("deputy_town"),
		Phone: t.Text("deputy_phone"), Email: t.Text("deputy_email")}
	if d.Kind == record.Representative {
		d.Ground = t.Text("deputy_ground")
	}
	return func(ctx context.Context, o *office.Office) error { return o.ChangeDeputy(ctx, s.who, s.form(), d, x) }
}

func revokeReader(s *sheet) deed {
	x := s.statement()
	return func(ctx context.Context, o *office.Office) error { return o.RevokeReader(ctx, s.who, s.form(), x) }
}

func askCode(s *sheet) []templ.Component {
	return append([]templ.Component{s.tick("checked", false)}, askStatement(s)...)
}

func replaceCode(s *sheet) deed {
	checked, x := s.typed.Ticked("checked", ""), s.statement()
	return func(ctx context.Context, o *office.Office) error {
		return o.ReplaceCode(ctx, s.who, s.form(), checked, x)
	}
}
