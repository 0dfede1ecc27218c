package personnel

import (
	"context"
	"fmt"
	"net/mail"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
)

// ProcedureChoice is a procedure that can be chosen, as its file says it.
type ProcedureChoice struct {
	ID, Title string
	Term      calendar.Term // within which is answered
}

// ProcedureChoices gives the imported procedures, of each its newest title.
func (p *Personnel) ProcedureChoices(ctx context.Context) ([]ProcedureChoice, error) {
	files, err := p.Cupboard.Procedures(ctx)
	if err != nil {
		return nil, fmt.Errorf("personnel: procedures: %w", err)
	}
	var choices []ProcedureChoice
	for _, f := range files {
		rules, err := p.Rules(f.Text)
		if err != nil {
			return nil, fmt.Errorf("personnel: procedure %s %s: %w", f.ID, f.Version, err)
		}
		choice := ProcedureChoice{ID: f.ID, Title: rules.Title, Term: rules.Term.Term}
		if n := len(choices); n > 0 && choices[n-1].ID == f.ID {
			choices[n-1] = choice // files come by id and date
			continue
		}
		choices = append(choices, choice)
	}
	return choices, nil
}

// The terms of retention that the page offers, in months; others can be typed.
var retentions = []string{"12", "24", "60"}

// Retentions gives the terms of retention to offer, in months.
func Retentions() []string { return slices.Clone(retentions) }

// OtherRetention is the answer "another number of months".
const OtherRetention = "other"

// The names of the fields of set-up, where mistakes stand. Rows count from 1.
const (
	FieldName          = "name"
	FieldShort         = "short"
	FieldPostal        = "postal"
	FieldPhone         = "phone"
	FieldEmail         = "email"
	FieldOpeningHours  = "opening_hours"
	FieldReplyNumber   = "reply_number"
	FieldProcedure     = "procedure"
	FieldRetention     = "retention"
	FieldMonths        = "months"
	FieldAdministrator = "administrator"
	FieldDirector      = "director"
	FieldPassword      = "password"
	FieldAgain         = "password_again"
)

// HelpdeskRow names the row of a helpdesk employee, DepartmentRow that of a department.
// A field is the row, an underscore, and what it asks: name, email, manager_name.
func HelpdeskRow(n int) string { return "helpdesk_" + strconv.Itoa(n+1) }

// DepartmentRow names the row of a department.
func DepartmentRow(n int) string { return "department_" + strconv.Itoa(n+1) }

// checkSetUp finds every mistake at once, and tidies what was typed. Empty rows are
// left out.
func (p *Personnel) checkSetUp(ctx context.Context, in *SetUp) error {
	choices, err := p.ProcedureChoices(ctx)
	if err != nil {
		return err
	}
	var m complaint.Mistakes
	checkOrganisation(&m, in)
	if in.Procedure == "" {
		m.Add(FieldProcedure, "error.choose")
	} else if !slices.ContainsFunc(choices, func(c ProcedureChoice) bool { return c.ID == in.Procedure }) {
		m.Add(FieldProcedure, "error.unknown_choice")
	}
	checkRetention(&m, in)
	if !slices.Contains(languages, in.Language) {
		in.Language = languages[0]
	}
	names := register{}
	in.Administrator = names.person(&m, FieldAdministrator+"_", in.Administrator, true)
	mayBe(&m, FieldPassword, in.Password, in.Administrator.Email)
	if in.Password != in.Again {
		m.Add(FieldAgain, "error.password_same")
	}
	in.Director = names.person(&m, FieldDirector+"_", in.Director, true)
	in.Helpdesk = checkHelpdesk(&m, names, in.Helpdesk)
	in.Departments = checkDepartments(&m, names, in.Departments)
	return m.Err()
}

func checkOrganisation(m *complaint.Mistakes, in *SetUp) {
	o := &in.Organisation
	text(m, FieldName, &o.Name, 120, true)
	text(m, FieldShort, &o.Short, 60, false)
	text(m, FieldPostal, &o.Postal, 400, false)
	text(m, FieldPhone, &o.Phone, 40, false)
	text(m, FieldOpeningHours, &o.OpeningHours, 200, false)
	text(m, FieldReplyNumber, &o.ReplyNumber, 200, false)
	text(m, FieldEmail, &o.Email, 254, false)
	if o.Phone != "" && !isPhone(o.Phone) {
		m.Add(FieldPhone, "error.phone")
	}
	if o.Email != "" && !isEmail(o.Email) {
		m.Add(FieldEmail, "error.email")
	}
}

// checkRetention wants a choice: no term is nobody's, so none is preselected.
func checkRetention(m *complaint.Mistakes, in *SetUp) {
	months := in.Retention
	switch {
	case in.Retention == "":
		m.Add(FieldRetention, "error.choose")
		return
	case in.Retention == OtherRetention:
		months = strings.TrimSpace(in.Months)
		if n, err := strconv.Atoi(months); err != nil || n < 1 || n > 120 {
			m.Add(FieldMonths, "error.retention_months", "Min", 1, "Max", 120)
			return
		}
	case !slices.Contains(retentions, in.Retention):
		m.Add(FieldRetention, "error.unknown_choice")
		return
	}
	n, _ := strconv.Atoi(months) // checked above
	in.Organisation.Retention = strconv.Itoa(n) + " month"
}

func checkHelpdesk(m *complaint.Mistakes, names register, rows []SetUpPerson) []SetUpPerson {
	var kept []SetUpPerson
	for i, row := range rows {
		if row.empty() {
			continue
		}
		kept = append(kept, names.person(m, HelpdeskRow(i)+"_", row, true))
	}
	if len(kept) == 0 {
		m.Add(HelpdeskRow(0)+"_name", "error.setup_helpdesk")
	}
	return kept
}

func checkDepartments(m *complaint.Mistakes, names register, rows []SetUpDepartment) []SetUpDepartment {
	var kept []SetUpDepartment
	taken := map[string]bool{}
	for i, row := range rows {
		if row.empty() {
			continue
		}
		at := DepartmentRow(i)
		text(m, at+"_name", &row.Name, 80, true)
		if low := strings.ToLower(row.Name); low != "" {
			if taken[low] {
				m.Add(at+"_name", "error.department_twice")
			}
			taken[low] = true
		}
		row.Manager = names.person(m, at+"_manager_", row.Manager, true)
		row.Deputy = names.person(m, at+"_deputy_", row.Deputy, false)
		if row.Deputy.Email != "" && row.Deputy.Email == row.Manager.Email {
			m.Add(at+"_deputy_email", "error.deputy_is_manager")
		}
		kept = append(kept, row)
	}
	if len(kept) == 0 {
		m.Add(DepartmentRow(0)+"_name", "error.setup_department")
	}
	return kept
}

// register remembers under which name each e-mail address was given.
type register map[string]string

// person checks a name and an e-mail address. One that may be left out is left out
// whole. The same address with another name is a slip: it would be one account.
func (r register) person(m *complaint.Mistakes, field string, p SetUpPerson, needed bool) SetUpPerson {
	p.Name, p.Email = strings.Join(strings.Fields(p.Name), " "), normal(p.Email)
	if p.empty() && !needed {
		return p
	}
	text(m, field+"name", &p.Name, 120, true)
	text(m, field+"email", &p.Email, 254, true)
	if p.Email == "" {
		return p
	}
	if !isEmail(p.Email) {
		m.Add(field+"email", "error.email")
		return p
	}
	if known, twice := r[p.Email]; twice && p.Name != "" && !strings.EqualFold(known, p.Name) {
		m.Add(field+"email", "error.email_other_name", "Name", known)
	} else if !twice && p.Name != "" {
		r[p.Email] = p.Name
	}
	return p
}

// text tidies one answer and checks its length.
func text(m *complaint.Mistakes, field string, value *string, longest int, needed bool) {
	*value = strings.TrimSpace(*value)
	switch {
	case *value == "" && needed:
		m.Add(field, "error.required")
	case utf8.RuneCountInString(*value) > longest:
		m.Add(field, "error.too_long", "Max", longest)
	}
}

// isEmail accepts a plain address: no display name, no comment.
func isEmail(s string) bool {
	a, err := mail.ParseAddress(s)
	return err == nil && a.Address == s && a.Name == "" && !strings.ContainsAny(s, " <>\"")
}

// isPhone wants the signs of a telephone number and at least six digits.
func isPhone(s string) bool {
	digits := 0
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			digits++
		case !strings.ContainsRune(" +-()/.", r):
			return false
		}
	}
	return digits >= 6
}
