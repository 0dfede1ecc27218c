package complaint

import (
	"fmt"
	"strings"
	"testing"
)

// told writes a list as "who:what,what if proviso!", the mark for who acts.
func told(list []Telling) string {
	var lines []string
	for _, t := range list {
		var tells []string
		for _, m := range t.Tells {
			tells = append(tells, string(m))
		}
		line := fmt.Sprintf("%s:%s", t.To, strings.Join(tells, ","))
		if t.If != NoProviso {
			line += " if " + string(t.If)
		}
		if t.Acts {
			line += "!"
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

// TestWhatMayBeTold is written by hand from the people of a dossier: who hears what at
// the telephone.
func TestWhatMayBeTold(t *testing.T) {
	const (
		all     = "stands,date,handler,letters"
		self    = "complainant:" + all + "!\n"
		caller  = "caller:stands,date,handler if knows\n"
		nothing = "anybody: if never"
	)
	helpdesk, handler := Person{ID: "jorien", Roles: []Role{Helpdesk}}, Relation{Handler: true}
	manager, director := Person{ID: "hedwig", Roles: []Role{Manager}}, Person{ID: "ankie", Roles: []Role{Director}}
	running := Dossier{State: InHandling, Level: Confidential}
	with := func(change func(*Dossier)) Dossier { d := running; change(&d); return d }
	deputy := []Event{{Kind: IdentityChanged, Open: Open{Fields: []string{"street"}}}, {Kind: IdentityChanged, Open: Open{Fields: []string{"deputy"}}}}
	for _, c := range []struct {
		name   string
		who    Person
		r      Relation
		d      Dossier
		course []Event
		want   string
	}{
		{"helpdesk", helpdesk, Relation{}, running, nil, self + caller + nothing},
		{"handler", manager, handler, running, deputy[:1], self + caller + nothing},
		{"a deputy was recorded", helpdesk, Relation{}, running, deputy, self + "contact:" + all + " if consent\nrepresentative:" + all + " if ground!\n" + caller + nothing},
		{"the reader has the text", helpdesk, Relation{}, with(func(d *Dossier) { d.State, d.SentHow = Awaiting, HowReader }), nil, self + "reader:text if one_text\n" + caller + nothing},
		{"the reader confirmed it", helpdesk, Relation{}, with(func(d *Dossier) { d.SentHow = HowReader }), nil, self + caller + nothing},
		{"the caller has the text", helpdesk, Relation{}, with(func(d *Dossier) { d.State, d.SentHow = Awaiting, HowEmail }), nil, self + caller + nothing},
		{"nameless", helpdesk, Relation{}, with(func(d *Dossier) { d.Level = Nameless }), deputy, "anybody: if nameless"},
		{"the complainant died", helpdesk, Relation{}, with(func(d *Dossier) { d.DiedOn = day("2026-05-13") }), deputy, "relative:waits if relative\n" + nothing},
		{"nobody went on", helpdesk, Relation{}, with(func(d *Dossier) { d.State, d.DiedOn = IsWithdrawn, day("2026-05-13") }), deputy, nothing},
		{"a relative goes on", helpdesk, Relation{}, with(func(d *Dossier) { d.DiedOn, d.RelativeOn = day("2026-05-13"), day("2026-05-15") }), deputy, "relative:" + all + " if goes_on!\n" + nothing},
		{"a director reads a late one", director, Relation{Overdue: true}, running, nil, "anybody: if not_yours"},
		{"the second reader", manager, Relation{Reader: true}, running, nil, "anybody: if not_yours"},
		{"another manager", manager, Relation{}, running, nil, ""},
		{"quality", Person{ID: "noor", Roles: []Role{Quality}}, Relation{}, running, nil, ""},
		{"the employee concerned", helpdesk, Relation{Barred: true}, running, deputy, ""},
	} {
		if got := told(c.d.MayTell(c.who, c.r, c.course)); got != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
}

// TestNewAddressSaysHow: of a new address it is recorded how it was said; of a form of
// address it may be.
func TestNewAddressSaysHow(t *testing.T) {
	d := handled(t, "2026-05-11")
	if _, err := d.ChangeIdentity([]string{"salutation", "street"}, false, "", at("2026-05-13")); strings.Join(fields(err), " ") != "how:error.choose" {
		t.Errorf("an address, and nobody says how: %v", err)
	}
	if _, err := d.ChangeIdentity([]string{"salutation"}, false, "pigeon", at("2026-05-13")); strings.Join(fields(err), " ") != "how:error.choose" {
		t.Errorf("a way that does not exist: %v", err)
	}
	if _, err := d.ChangeIdentity([]string{"salutation"}, false, "", at("2026-05-13")); err != nil {
		t.Error(err)
	}
	events, err := d.ChangeIdentity([]string{"postcode"}, false, HowPhone, at("2026-05-13"))
	if err != nil || events[0].Open.How != HowPhone {
		t.Errorf("%v %v", events, err)
	}
}
