package personnel_test

import (
	"fmt"
	"slices"
	"testing"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// handles puts a running dossier in the register.
func (c *crew) handles(t *testing.T, number, department string, s record.Staff, due, target string) {
	t.Helper()
	c.exec(t, `INSERT INTO dossier (id, number, version, state, title, content_key, identity_key, last_mac, mac, phase, channel, department, handler, received_by,
		second_reader, received_on, filed_on, due_on, first_due_on, target_on, answered_on, closed_on, work_on, wake_on)
		VALUES ($1, $1, 1, '{}', $2, $2, $2, $2, $2, 'in_handling', 'post', $3, $4, '', '', '2026-11-16', '2026-11-16', $5, $5, $6, '', '', $6, '')`,
		number, []byte("x"), department, string(s.ID), due, target)
}

// An absence says what falls due in it and who stands in, and does not move a date.
func TestForesee(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		c := o.crew(t)
		c.handles(t, "2026-100", c.department, c.manager, "2026-11-30", "2026-11-30")
		c.handles(t, "2026-101", c.department, c.manager, "2026-12-05", "2026-12-04") // to be sent on the last day of the absence
		c.handles(t, "2026-102", c.department, c.manager, "2026-12-07", "2026-12-07") // after it
		c.handles(t, "2026-103", "elsewhere", c.manager, "2026-12-01", "2026-12-01")  // of a department that has another manager
		c.handles(t, "2026-104", c.department, c.director, "2026-12-01", "2026-12-01")
		away := record.Absence{Staff: c.manager.ID, From: day("2026-11-26"), To: day("2026-12-04")}
		said := func(who record.Staff) string {
			t.Helper()
			f, err := c.Foresee(t.Context(), who.Person(), away)
			check(t, err)
			text := fmt.Sprint(f.Hidden)
			for _, x := range f.Covers {
				text += fmt.Sprintf("; %s %s %d", x.Department, c.called(x.Deputy), len(x.Away))
			}
			for _, x := range f.Due {
				text += fmt.Sprintf("; %s %s", x.Number, c.called(x.StandsIn))
			}
			return text
		}
		if got := said(c.manager); got != "false; Scholing nobody 0; 2026-100 nobody; 2026-103 nobody; 2026-101 nobody" {
			t.Errorf("without a deputy: %s", got)
		}
		c.deputise(t)
		if got := said(c.manager); got != "false; Scholing director 0; 2026-100 director; 2026-103 nobody; 2026-101 director" {
			t.Errorf("with a deputy: %s", got)
		}
		if got := said(c.admin); got != "true; Scholing director 0" {
			t.Errorf("the administrator: %s", got)
		}
		c.exec(t, `INSERT INTO barred (dossier, token) VALUES ($1, $2)`, "2026-100", c.Index("barred", string(c.director.ID)))
		if got := said(c.manager); got != "false; Scholing director 0; 2026-100 nobody; 2026-103 nobody; 2026-101 director" {
			t.Errorf("the deputy is barred from one: %s", got)
		}
		c.exec(t, `UPDATE staff SET active = $1 WHERE id = $2`, 0, string(c.director.ID))
		if got := said(c.manager); got != "false; Scholing nobody 0; 2026-100 nobody; 2026-103 nobody; 2026-101 nobody" {
			t.Errorf("the account of the deputy is closed: %s", got)
		}
		c.exec(t, `UPDATE staff SET active = $1 WHERE id = $2`, 1, string(c.director.ID))
		check(t, c.BeAbsent(t.Context(), c.director.Person(), record.Absence{Staff: c.director.ID, From: day("2026-12-03"), To: day("2026-12-10")}))
		if got := said(c.manager); got != "false; Scholing director 1; 2026-100 nobody; 2026-103 nobody; 2026-101 nobody" {
			t.Errorf("the deputy away too: %s", got)
		}
		check(t, c.BeAbsent(t.Context(), c.manager.Person(), away))
		check(t, c.CloseOn(t.Context(), c.admin.Person(), record.Days{From: day("2026-11-30"), To: day("2026-12-04")}))
		due, err := c.store.DueIn(t.Context(), complaint.Sight{All: true}, record.Days{From: day("2026-11-01"), To: day("2026-12-31")})
		check(t, err)
		var dates []string
		for _, x := range due {
			dates = append(dates, x.DueOn.String()+" "+x.TargetOn.String())
		}
		if want := []string{"2026-11-30 2026-11-30", "2026-12-01 2026-12-01", "2026-12-01 2026-12-01", "2026-12-05 2026-12-04", "2026-12-07 2026-12-07"}; !slices.Equal(dates, want) {
			t.Errorf("dates moved: %v", dates)
		}
		rows, err := c.ClosingDays(t.Context(), c.manager.Person())
		check(t, err)
		if len(rows) != 1 || len(rows[0].Due) != 3 {
			t.Errorf("in the closing days the manager sees %+v", rows)
		}
	})
}

func (c *crew) called(id complaint.Actor) string {
	switch id {
	case "":
		return "nobody"
	case c.director.ID:
		return "director"
	}
	return string(id)
}

// The working days on which the helpdesk would be empty, by everybody's own week.
func TestHelpdeskStaysManned(t *testing.T) {
	c := newOffice(t).crew(t)
	away := record.Absence{Staff: c.helpdesk.ID, From: day("2026-12-21"), To: day("2026-12-29")}
	unmanned := func() []calendar.Date {
		t.Helper()
		f, err := c.Foresee(t.Context(), c.helpdesk.Person(), away)
		check(t, err)
		return f.Unmanned
	}
	check(t, c.CloseOn(t.Context(), c.admin.Person(), record.Days{From: day("2026-12-29"), To: day("2026-12-29")}))
	if got := unmanned(); fmt.Sprint(got) != "[2026-12-21 2026-12-22 2026-12-23 2026-12-24 2026-12-28]" {
		t.Errorf("alone: %v", got)
	}
	second := c.hire(t, "second@lsr.example", complaint.Helpdesk)
	f := form(second)
	f.Days = record.Weekdays{1, 2} // Monday and Tuesday
	_, err := c.ChangeStaff(t.Context(), c.admin.Person(), second.ID, 0, f)
	check(t, err)
	if got := unmanned(); fmt.Sprint(got) != "[2026-12-23 2026-12-24]" {
		t.Errorf("with a second one: %v", got)
	}
	check(t, c.BeAbsent(t.Context(), second.Person(), record.Absence{Staff: second.ID, From: day("2026-12-22"), To: day("2026-12-22")}))
	if got := unmanned(); fmt.Sprint(got) != "[2026-12-22 2026-12-23 2026-12-24]" {
		t.Errorf("the second one away on a day: %v", got)
	}
	saturday := form(c.helpdesk)
	saturday.Days = record.Weekdays{1, 6}
	_, err = c.ChangeStaff(t.Context(), c.admin.Person(), c.helpdesk.ID, 0, saturday)
	check(t, err)
	away.From, away.To = day("2026-12-14"), day("2026-12-27")
	if got := unmanned(); fmt.Sprint(got) != "[2026-12-19]" { // the 26th is Boxing Day
		t.Errorf("alone on a working Saturday: %v", got)
	}
	away.Staff = c.manager.ID
	if f, err := c.Foresee(t.Context(), c.manager.Person(), away); err != nil || len(f.Unmanned) != 0 {
		t.Errorf("a manager is not the helpdesk: %v %v", f.Unmanned, err)
	}
}
