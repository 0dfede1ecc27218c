package house

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"gehoor/internal/calendar"
	"gehoor/internal/complaint"
	"gehoor/internal/record"
)

// DemoPassword opens every account of the furnished house.
const DemoPassword = "elke klacht gehoord"

// DemoStaff are the people of the invented organisation, in the order in which the
// demo shows them.
var DemoStaff = []record.Staff{
	{Name: "Jorien Tasselaar", Email: "jorien@lsr.example.org", Function: "Medewerker helpdesk", Phone: "088-0000101", Roles: []complaint.Role{complaint.Helpdesk}},
	{Name: "Pim Haverdonk", Email: "pim@lsr.example.org", Function: "Medewerker helpdesk", Phone: "088-0000102", Roles: []complaint.Role{complaint.Helpdesk}},
	{Name: "Hedwig Brandsema", Email: "hedwig@lsr.example.org", Function: "Manager Scholing", Phone: "088-0000103", Roles: []complaint.Role{complaint.Manager}},
	{Name: "Rutger Eikelhof", Email: "rutger@lsr.example.org", Function: "Manager Kwaliteitstoetsing", Phone: "088-0000104", Roles: []complaint.Role{complaint.Manager}},
	{Name: "Liesbeth van der Oort", Email: "liesbeth@lsr.example.org", Function: "Manager Ledenadvies", Phone: "088-0000105", Roles: []complaint.Role{complaint.Manager}},
	{Name: "Ankie Verloop", Email: "ankie@lsr.example.org", Function: "Directeur", Phone: "088-0000106", Roles: []complaint.Role{complaint.Director}},
	{Name: "Noor Stalpers", Email: "noor@lsr.example.org", Function: "Kwaliteitsmedewerker", Phone: "088-0000107", Roles: []complaint.Role{complaint.Quality}},
	{Name: "Bram Hoogland", Email: "bram@lsr.example.org", Function: "Beheerder", Phone: "088-0000108", Roles: []complaint.Role{complaint.Administrator}},
}

// demoDepartments name their manager and deputy.
var demoDepartments = []struct{ name, manager, deputy string }{
	{"Scholing", "Hedwig Brandsema", "Liesbeth van der Oort"},
	{"Kwaliteitstoetsing", "Rutger Eikelhof", "Hedwig Brandsema"},
	{"Ledenadvies", "Liesbeth van der Oort", "Rutger Eikelhof"},
}

// DemoOrganisation is the invented organisation's settings.
var DemoOrganisation = record.Organisation{
	Name: "Landelijk Steunpunt (mede)zeggenschap", Short: "het LSR", Postal: "Postbus 99999\n3500 ZZ Utrecht",
	Phone: "088-0000100", Email: "helpdesk@lsr.example.org", OpeningHours: "maandag tot en met vrijdag, 9 tot 17 uur",
	ReplyNumber: "Antwoordnummer 99999, 3500 ZZ Utrecht", Procedures: []record.InForce{{Procedure: "lsr-14-dagen"}}, Retention: "24 month",
}

// FurnishPeople writes staff, departments and settings as set-up does, and switches the
// form of the counter on. On a furnished
// register it refuses.
func (h *House) FurnishPeople(ctx context.Context) error {
	hash, err := h.People.Passwords.Hash(DemoPassword)
	if err != nil {
		return err
	}
	now := h.Clock.Now()
	ids := map[string]complaint.Actor{}
	var set record.SetUp
	for _, s := range DemoStaff {
		s.ID, s.Active, s.Password, s.Language, s.At = complaint.Actor(record.NewID()), true, hash, "nl", now
		ids[s.Name] = s.ID
		set.Staff = append(set.Staff, s)
	}
	for _, d := range demoDepartments {
		set.Departments = append(set.Departments, record.Department{ID: record.NewID(), Name: d.name, Manager: ids[d.manager], Deputy: ids[d.deputy], Active: true})
	}
	org, err := json.Marshal(DemoOrganisation)
	if err != nil {
		return fmt.Errorf("house: %w", err)
	}
	set.Setting = record.Setting{ID: record.NewID(), Name: record.SettingOrganisation, Value: string(org), At: now, Actor: "gehoor"}
	if err := h.FurnishForm(ctx); err != nil {
		return err
	}
	return h.Store.SetUp(ctx, set)
}

// FurnishDays writes down, through the tasks, a manager's week off and the days between
// Christmas and New Year.
func (h *House) FurnishDays(ctx context.Context) error {
	admin, err := h.Person(ctx, "Bram Hoogland")
	if err != nil {
		return err
	}
	away, err := h.Person(ctx, "Rutger Eikelhof")
	if err != nil {
		return err
	}
	today := h.People.Today()
	week := record.Absence{Staff: away.ID, From: today.AddDays(6), To: today.AddDays(10)}
	if err := h.People.BeAbsent(ctx, admin, week); err != nil {
		return fmt.Errorf("house: %w", err)
	}
	days := record.Days{From: calendar.NewDate(today.Year(), time.December, 27), To: calendar.NewDate(today.Year(), time.December, 31)}
	if today.After(days.From) {
		return nil
	}
	if err := h.People.CloseOn(ctx, admin, days); err != nil && !complaint.IsKind(err, complaint.Invalid) { // all free already
		return fmt.Errorf("house: %w", err)
	}
	return nil
}

// Person gives someone of the invented organisation by name; the zero Person when
// nobody is called so.
func (h *House) Person(ctx context.Context, name string) (complaint.Person, error) {
	staff, err := h.Store.Staff(ctx)
	for _, s := range staff {
		if s.Name == name {
			return s.Person(), err
		}
	}
	return complaint.Person{}, err
}
