package personnel_test

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gehoor/internal/complaint"
	"gehoor/internal/personnel"
	"gehoor/internal/record"
)

func typed() personnel.SetUp {
	return personnel.SetUp{
		Key: "k1", Language: "nl", Procedure: "lsr-14-dagen", Retention: "24",
		Organisation:  record.Organisation{Name: "Landelijk Steunpunt", Short: "het LSR", Phone: "030-299 00 04", Email: "helpdesk@lsr.example"},
		Administrator: personnel.SetUpPerson{Name: "Bea Heer", Email: "bea@lsr.example"},
		Password:      "een zin die niemand raadt", Again: "een zin die niemand raadt",
		Director: personnel.SetUpPerson{Name: "Dirk Baas", Email: "dirk@lsr.example"},
		Helpdesk: []personnel.SetUpPerson{{}, {Name: "Anna de Wit", Email: "Anna@lsr.example"}},
		Departments: []personnel.SetUpDepartment{
			{Name: "Opleiding", Manager: personnel.SetUpPerson{Name: "Dirk Baas", Email: "dirk@lsr.example"}, Deputy: personnel.SetUpPerson{Name: "Els Bos", Email: "els@lsr.example"}},
			{},
			{Name: "Advies", Manager: personnel.SetUpPerson{Name: "Els Bos", Email: "els@lsr.example"}},
		},
	}
}

func TestSetUp(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		grants, err := o.SetUp(t.Context(), o.token, typed())
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, g := range grants {
			line := g.Name
			for _, r := range g.Roles {
				line += " " + string(r)
			}
			got = append(got, line+"|"+strings.Join(g.Manages, ",")+"|"+strings.Join(g.StandsIn, ","))
			if (g.StartPassword == "") != (g.Name == "Bea Heer") {
				t.Errorf("%s has start password %q", g.Name, g.StartPassword)
			}
		}
		want := []string{"Bea Heer administrator||", "Dirk Baas manager director|Opleiding|", "Anna de Wit helpdesk||", "Els Bos manager|Advies|Opleiding"}
		if d := cmp.Diff(want, got); d != "" {
			t.Error(d)
		}
		departments, err := o.Departments(t.Context())
		if err != nil || len(departments) != 2 {
			t.Errorf("departments %v, %v", departments, err)
		}
		text, err := o.store.Setting(t.Context(), "organisation")
		if err != nil {
			t.Fatal(err)
		}
		var org record.Organisation
		if err := json.Unmarshal([]byte(text), &org); err != nil {
			t.Fatal(err)
		}
		if org.Retention != "24 month" || org.ProcedureOn("2026-11-22") != "lsr-14-dagen" || org.Short != "het LSR" {
			t.Errorf("organisation %+v", org)
		}
		if o.count(t, "set_up") != 1 || o.count(t, "grant") != 4 {
			t.Errorf("log: %v", o.logged(t))
		}
	})
}

func TestStartPasswordMustBeChanged(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		grants, err := o.SetUp(t.Context(), o.token, typed())
		if err != nil {
			t.Fatal(err)
		}
		if _, bea, err := o.LogIn(t.Context(), "bea@lsr.example", typed().Password); err != nil || bea.MustChange {
			t.Fatalf("the administrator: %v, must change %v", err, bea.MustChange)
		}
		start := grants[2].StartPassword
		token, anna, err := o.LogIn(t.Context(), "anna@lsr.example", start)
		if err != nil || !anna.MustChange {
			t.Fatalf("%v, must change %v", err, anna.MustChange)
		}
		if err := o.ChangePassword(t.Context(), anna, token, personnel.NewPassword{Old: start, New: "mijn eigen lange zin", Again: "mijn eigen lange zin"}); err != nil {
			t.Fatal(err)
		}
		if anna, _, err = o.Who(t.Context(), token); err != nil || anna.MustChange {
			t.Errorf("%v, must change %v", err, anna.MustChange)
		}
	})
}

func TestSetUpHappensOnce(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		for _, token := range []string{"", "x"} {
			if _, err := o.SetUp(t.Context(), token, typed()); !complaint.IsKind(err, complaint.NotFound) {
				t.Errorf("token %q: %v", token, err)
			}
		}
		var first, second []personnel.Grant
		var both sync.WaitGroup // a double click
		for _, got := range []*[]personnel.Grant{&first, &second} {
			both.Go(func() {
				grants, err := o.SetUp(t.Context(), o.token, typed())
				if err != nil {
					t.Error(err)
				}
				*got = grants
			})
		}
		both.Wait()
		if d := cmp.Diff(first, second); d != "" || len(first) != 4 {
			t.Errorf("a double click gave something else: %s", d)
		}
		other := typed()
		other.Organisation.Name = "Een ander"
		again := typed()
		again.Key = "k2"
		for _, in := range []personnel.SetUp{other, again} {
			if _, err := o.SetUp(t.Context(), o.token, in); !complaint.IsKind(err, complaint.NotFound) {
				t.Errorf("a second set-up: %v", err)
			}
		}
		o.now = o.now.Add(10 * time.Minute)
		if _, err := o.SetUp(t.Context(), o.token, typed()); !complaint.IsKind(err, complaint.NotFound) {
			t.Errorf("the start passwords are still there after ten minutes: %v", err)
		}
		if err := o.MaySetUp(t.Context(), o.token); !complaint.IsKind(err, complaint.NotFound) {
			t.Errorf("set-up is open still: %v", err)
		}
	})
}

func TestSetUpNamesEveryMistake(t *testing.T) {
	for name, tt := range map[string]struct {
		change func(*personnel.SetUp)
		want   []string
	}{
		"nothing": {func(in *personnel.SetUp) { *in = personnel.SetUp{} }, []string{
			"name error.required", "procedure error.choose", "retention error.choose",
			"administrator_name error.required", "administrator_email error.required", "password error.required",
			"director_name error.required", "director_email error.required",
			"helpdesk_1_name error.setup_helpdesk", "department_1_name error.setup_department",
		}},
		"procedure":    {func(in *personnel.SetUp) { in.Procedure = "geen" }, []string{"procedure error.unknown_choice"}},
		"retention":    {func(in *personnel.SetUp) { in.Retention = "13" }, []string{"retention error.unknown_choice"}},
		"no months":    {func(in *personnel.SetUp) { in.Retention = "other" }, []string{"months error.retention_months"}},
		"many months":  {func(in *personnel.SetUp) { in.Retention, in.Months = "other", "121" }, []string{"months error.retention_months"}},
		"other months": {func(in *personnel.SetUp) { in.Retention, in.Months = "other", "18" }, nil},
		"passwords":    {func(in *personnel.SetUp) { in.Again = "anders" }, []string{"password_again error.password_same"}},
		"password is the address": {func(in *personnel.SetUp) { in.Password, in.Again = "Bea@lsr.example", "Bea@lsr.example" },
			[]string{"password error.password_email"}},
		"address":   {func(in *personnel.SetUp) { in.Director.Email = "dirk" }, []string{"director_email error.email"}},
		"phone":     {func(in *personnel.SetUp) { in.Organisation.Phone = "bel maar" }, []string{"phone error.phone"}},
		"two names": {func(in *personnel.SetUp) { in.Helpdesk[1].Email = "els@lsr.example" }, []string{"department_1_deputy_email error.email_other_name", "department_3_manager_email error.email_other_name"}},
		"deputy": {func(in *personnel.SetUp) { in.Departments[0].Deputy = in.Departments[0].Manager },
			[]string{"department_1_deputy_email error.deputy_is_manager"}},
		"department twice": {func(in *personnel.SetUp) { in.Departments[2].Name = "opleiding" }, []string{"department_3_name error.department_twice"}},
		"no manager":       {func(in *personnel.SetUp) { in.Departments[2].Manager = personnel.SetUpPerson{} }, []string{"department_3_manager_name error.required", "department_3_manager_email error.required"}},
		"half a deputy":    {func(in *personnel.SetUp) { in.Departments[2].Deputy.Name = "Els" }, []string{"department_3_deputy_email error.required"}},
	} {
		t.Run(name, func(t *testing.T) {
			o := newOffice(t)
			in := typed()
			tt.change(&in)
			_, err := o.SetUp(t.Context(), o.token, in)
			var m complaint.Mistakes
			if err != nil && !errors.As(err, &m) {
				t.Fatal(err)
			}
			var got []string
			for _, e := range m {
				got = append(got, e.Field+" "+e.Key)
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("got %v\nwant %v", got, tt.want)
			}
			if done, err := o.IsSetUp(t.Context()); err != nil || done != (tt.want == nil) {
				t.Errorf("set up: %v, %v", done, err)
			}
		})
	}
}

func TestProcedureChoices(t *testing.T) {
	choices, err := newOffice(t).ProcedureChoices(t.Context())
	if err != nil || len(choices) != 3 {
		t.Fatalf("%v, %v", choices, err)
	}
	for _, c := range choices {
		if c.Title == "" || c.Term.N == 0 {
			t.Errorf("%s has no title or no term", c.ID)
		}
	}
}
