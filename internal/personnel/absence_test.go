package personnel_test

import (
	"slices"
	"testing"

	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// deputise makes the director the deputy of the department.
func (c *crew) deputise(t *testing.T) {
	t.Helper()
	_, err := c.SaveDepartment(t.Context(), c.admin.Person(), 0, record.Department{ID: c.department, Name: "Scholing", Manager: c.manager.ID, Deputy: c.director.ID})
	check(t, err)
	_, err = c.Approve(t.Context(), c.other.Person(), c.waits(t).ID)
	check(t, err)
}

func (c *crew) standsFor(t *testing.T, s record.Staff) []complaint.Stand {
	t.Helper()
	p, err := c.Person(t.Context(), s)
	check(t, err)
	return p.StandsFor
}

func TestDeputyStandsIn(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		c := o.crew(t)
		c.deputise(t)
		who := c.manager.Person()
		check(t, c.BeAbsent(t.Context(), who, record.Absence{Staff: who.ID, From: day("2026-11-23"), To: day("2026-11-24")}))
		if got := c.standsFor(t, c.director); len(got) != 0 {
			t.Errorf("the day before: %v", got)
		}
		for _, x := range []struct {
			days int
			want []complaint.Stand
		}{{1, []complaint.Stand{{Department: c.department, For: who.ID}}}, {1, []complaint.Stand{{Department: c.department, For: who.ID}}}, {1, nil}} {
			o.now = o.now.AddDate(0, 0, x.days)
			if got := c.standsFor(t, c.director); !slices.Equal(got, x.want) {
				t.Errorf("%s: %v", o.now, got)
			}
		}
		o.now = o.now.AddDate(0, 0, -1)
		check(t, c.BeAbsent(t.Context(), c.admin.Person(), record.Absence{Staff: c.director.ID, From: c.Today(), To: c.Today()}))
		if got := c.standsFor(t, c.director); len(got) != 0 {
			t.Errorf("absent too: %v", got)
		}
		away, err := c.AbsencesOf(t.Context(), c.director.Person(), c.director.ID)
		check(t, err)
		if err := c.Return(t.Context(), c.helpdesk.Person(), away[0].ID); !complaint.IsKind(err, complaint.NotFound) {
			t.Errorf("the helpdesk calls the director back: %v", err)
		}
		check(t, c.Return(t.Context(), c.director.Person(), away[0].ID))
		if got := c.standsFor(t, c.director); len(got) != 1 {
			t.Errorf("back: %v", got)
		}
		list, err := c.AbsencesOf(t.Context(), who, who.ID)
		check(t, err)
		check(t, c.Return(t.Context(), who, list[0].ID)) // began yesterday: it ends
		if got := c.standsFor(t, c.director); len(got) != 0 {
			t.Errorf("the manager is back: %v", got)
		}
	})
}

func TestAbsenceMistakes(t *testing.T) {
	c := newOffice(t).crew(t)
	for _, x := range []struct {
		who  record.Staff
		a    record.Absence
		want string
	}{
		{c.helpdesk, record.Absence{Staff: c.manager.ID, From: c.Today(), To: c.Today()}, "error.forbidden"},
		{c.director, record.Absence{Staff: c.manager.ID, From: c.Today(), To: c.Today()}, "error.forbidden"},
		{c.admin, record.Absence{From: c.Today(), To: c.Today()}, "staff error.choose"},
		{c.admin, record.Absence{Staff: "nobody", From: c.Today(), To: c.Today()}, "error.not_found"},
		{c.manager, record.Absence{Staff: c.manager.ID}, "from error.required, to error.required"},
		{c.manager, record.Absence{Staff: c.manager.ID, From: c.Today(), To: c.Today().AddDays(-1)}, "to error.date_order, to error.past_date"},
		{c.manager, record.Absence{Staff: c.manager.ID, From: c.Today(), To: c.Today().AddDays(1000)}, "to error.too_far"},
	} {
		if got := keys(c.BeAbsent(t.Context(), x.who.Person(), x.a)); got != x.want {
			t.Errorf("%s: %q, want %q", x.who.Email, got, x.want)
		}
	}
}
